using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the steps of a formula as loops over spans, in as few loops as the sums and maxima allow: a step joins the first loop
/// in which everything it needs is known. A quantity needed in a later loop is computed again when that is cheap, else stored.
/// </summary>
/// <remarks>
/// With vectors the quantities lie behind references, padded like the layer, and what exists for each unit is computed in loops of its own over
/// whole vectors. Sums and maxima go from unit to unit: their order is that of the units.
/// </remarks>
internal sealed class LoopedSteps
{
    private readonly EmitContext _context;
    private readonly LayerPlan _layer;
    private readonly ExpressionCode _code;
    private readonly VectorText? _vectors;
    private readonly bool _vectorsForFunctionsOnly;
    private readonly Dictionary<string, string> _spans = new();
    private readonly Dictionary<string, string> _scalars = new();
    private readonly Dictionary<string, Step> _steps = new();
    private readonly Dictionary<string, int> _loops = new();
    private List<Step> _needed = new();
    private HashSet<string>? _stored;

    /// <summary>Creates a writer.</summary>
    /// <param name="context">The network.</param>
    /// <param name="layer">The layer whose units the steps run over.</param>
    /// <param name="vectors">How vectors are spelled, or null for scalar code over spans.</param>
    /// <param name="vectorsForFunctionsOnly">Only what calls an elementary function is worth vectors: some quantities are not padded.</param>
    public LoopedSteps(EmitContext context, LayerPlan layer, VectorText? vectors = null, bool vectorsForFunctionsOnly = false)
    {
        _context = context;
        _layer = layer;
        _vectors = vectors;
        _vectorsForFunctionsOnly = vectorsForFunctionsOnly;
        _code = new ExpressionCode(context, layer.Units);
    }

    /// <summary>Elements over which vectors run, where it is not one sample: a text and the length of a sample.</summary>
    public string? AllSamples { get; set; }

    /// <summary>Declares the span that holds, or is to hold, a quantity of each unit.</summary>
    public void Span(string quantity, string span) => _spans[quantity] = span;

    /// <summary>Writes the loops. What the formula computes for a declared span is stored there.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="results">The declared spans that the steps are to fill.</param>
    public void Write(IReadOnlyList<Step> steps, params string[] results)
    {
        if (_stored is null)
        {
            WriteMemory(steps, results);
        }

        int count = _needed.Where(IsInLoop).Max(step => (int?)_loops[step.Name] + 1) ?? 0;
        for (int loop = 0; loop <= count; loop++)
        {
            foreach (Step step in _needed.Where(step => step.Kind == StepKind.Once && _loops[step.Name] == loop))
            {
                Declare(step, _code.Render(step.Value, name => _scalars[name]));
            }

            List<Step> inLoop = _needed.Where(step => IsInLoop(step) && _loops[step.Name] == loop).ToList();
            if (inLoop.Count > 0)
            {
                WriteLoop(loop, inLoop, _stored!);
            }
        }
    }

    /// <summary>Writes the memory for what is computed in one loop and used in another, where the loops themselves stand in a loop.</summary>
    public void WriteMemory(IReadOnlyList<Step> steps, params string[] results)
    {
        _needed = steps.SelectMany(Split).Where(step => !IsNoOp(step)).ToList();
        foreach (Step step in _needed)
        {
            _steps[step.Name] = step;
            _loops[step.Name] = Loop(step);
        }

        int count = _needed.Where(IsInLoop).Max(step => (int?)_loops[step.Name] + 1) ?? 0;
        _stored = new HashSet<string>(results.Where(_steps.ContainsKey));
        for (int loop = 0; loop < count; loop++)
        {
            foreach (string name in ReadIn(loop).Where(name => IsEach(name) && _loops[name] < loop && !IsRecomputed(name)))
            {
                _stored.Add(name);
            }
        }

        foreach (string name in _stored.Where(name => !_spans.ContainsKey(name)))
        {
            string span = $"{name}{EmitContext.Text(_layer.Number)}";
            string memory = _vectors is null ? span : span + "s";
            _context.WriteMemory(memory, _vectors is null ? _layer.Units : _layer.PaddedUnits);
            if (_vectors is not null)
            {
                _context.Writer.Line($"ref {_context.T} {span} = ref {_context.FirstOf(memory)};");
            }

            _spans[name] = span;
        }

    }

    private void WriteLoop(int loop, IReadOnlyList<Step> steps, HashSet<string> stored)
    {
        foreach (Step step in steps.Where(step => step.Kind == StepKind.Sum))
        {
            Declare(step, _context.Number(0));
        }

        foreach (Step step in steps.Where(step => step.Kind == StepKind.Max))
        {
            Declare(step, _context.Number(double.NegativeInfinity));
        }

        if (!IsVector(steps[0]))
        {
            string index = _layer.Units == 1 ? "0" : "j";
            string Place(string span) => _vectors is null ? $"{span}[{index}]" : _context.At(span, index);
            WriteBody(
                _layer.Units == 1 ? null : $"for (int j = 0; j < {_layer.Units}; j++)",
                loop,
                steps,
                stored,
                new Element(_code, _context.T, Place, scalar => scalar, (span, value) => $"{Place(span)} = {value};"));
            return;
        }

        VectorType dividing = _vectors!.Dividing(_layer.PaddedUnits);
        IEnumerable<VectorBlock> blocks = AllSamples is null
            ? _vectors.Blocks(_layer.PaddedUnits, _layer.PaddedUnits, 1)
            : new[] { new VectorBlock(dividing, 0, _layer.PaddedUnits, 1, _layer.PaddedUnits) };
        foreach (VectorBlock block in blocks)
        {
            VectorType type = block.Type;
            bool isLoop = block.IsLoop || AllSamples is not null;
            string end = AllSamples ?? EmitContext.Text(block.End);
            string j = isLoop ? "j" : EmitContext.Text(block.Start);
            WriteBody(
                isLoop ? $"for (int j = {block.Start}; j < {end}; j += {type.Count})" : null,
                loop,
                steps,
                stored,
                new Element(
                    new VectorCode(_context, _layer.Units, type),
                    "var",
                    span => _vectors!.Load(type, span, j),
                    scalar => _vectors!.Broadcast(type, scalar),
                    (span, value) => _vectors!.Store(type, value, span, j)));
        }
    }

    /// <summary>Writes the steps of a loop. What happens once needs none, but a block where it has locals, whose names repeat.</summary>
    private void WriteBody(string? header, int loop, IReadOnlyList<Step> steps, HashSet<string> stored, Element element)
    {
        var locals = new Dictionary<string, string>();
        List<string> read = ReadIn(loop).ToList();
        string Name(string name) => locals.TryGetValue(name, out string? local)
            ? local
            : _spans.TryGetValue(name, out string? span) ? element.Read(span) : element.Scalar(_scalars[name]);
        bool IsStored(Step step) => step.Kind == StepKind.Each && stored.Contains(step.Name) && !read.Contains(step.Name);
        bool IsName(Step step) => step.Kind == StepKind.Each && step.Value.Fold(_layer.Units) is Symbol && !stored.Contains(step.Name);
        List<Step> all = Recomputed(read, loop).Concat(steps).ToList();

        // What vectors read from memory more than once gets a name: a formula that spells its place each time is too long to read.
        List<string> repeated = element.Code is VectorCode
            ? all.SelectMany(step => NamedParts.Repeated(step.Value)).Distinct().Where(name => _spans.ContainsKey(name) && all.All(step => step.Name != name)).ToList()
            : new List<string>();
        bool isBlock = header is not null || repeated.Count > 0 || all.Any(step => !IsReduction(step) && !IsStored(step) && !IsName(step));
        if (isBlock)
        {
            _context.Writer.Open($"{header}");
        }

        foreach (string name in repeated)
        {
            _context.Writer.Line($"var {name}j = {element.Read(_spans[name])};");
            locals[name] = name + "j";
        }

        foreach (Step step in all)
        {
            string value = element.Code.Render(step.Value, Name);
            switch (step.Kind)
            {
                case StepKind.Sum:
                    _context.Writer.Line($"{_context.AddTo(_scalars[step.Name], step.Value is Select && _context.RoundsByCast ? $"({value})" : value)}");
                    break;
                case StepKind.Max:
                    _context.Writer.Line($"{_scalars[step.Name]} = {value} > {_scalars[step.Name]} ? {value} : {_scalars[step.Name]};");
                    break;
                case StepKind.Each when IsStored(step):
                    _context.Writer.Line($"{element.Write(_spans[step.Name], value)}");
                    break;
                case StepKind.Each when IsName(step):
                    locals[step.Name] = value;
                    break;
                default:
                    _context.Writer.Line($"{element.Type} {step.Name} = {value};");
                    locals[step.Name] = step.Name;
                    if (stored.Contains(step.Name) && _loops[step.Name] == loop)
                    {
                        _context.Writer.Line($"{element.Write(_spans[step.Name], step.Name)}");
                    }

                    break;
            }
        }

        if (isBlock)
        {
            _context.Writer.Close();
        }
    }

    /// <summary>
    /// The earliest loop for a step; for a step that happens once, the loop before which it is written. With vectors, loops over vectors are even
    /// and loops over units odd.
    /// </summary>
    private int Loop(Step step)
    {
        bool isVector = IsVector(step) || step.Kind == StepKind.Once;
        IEnumerable<Step> needed = step.Value.Symbols().Where(_steps.ContainsKey).Select(name => _steps[name]);
        if (_vectors is null)
        {
            return needed.Select(before => _loops[before.Name] + (IsReduction(before) ? 1 : 0)).DefaultIfEmpty(0).Max();
        }

        int pair = needed
            .Select(before => (_loops[before.Name] / 2) + (IsReduction(before) || (isVector && before.Kind == StepKind.Each && !IsVector(before)) ? 1 : 0))
            .DefaultIfEmpty(0)
            .Max();
        return (2 * pair) + (isVector ? 0 : 1);
    }

    /// <summary>With vectors the terms of a sum are computed first where they call a function; among casts parts of a deep value get names.</summary>
    private IEnumerable<Step> Split(Step step)
    {
        if (_context.RoundsByCast)
        {
            return NamedParts.Split(step, _layer.Units);
        }

        if (_vectors is null || step.Kind != StepKind.Sum || !step.Value.CallsFunction())
        {
            return new[] { step };
        }

        string term = step.Name + "Term";
        return new[] { Step.Each(term, step.Value), step with { Value = Expression.Symbol(term) } };
    }

    private bool IsVector(Step step) => _vectors is not null && step.Kind == StepKind.Each
        && (!_vectorsForFunctionsOnly || (step.Value.CallsFunction() && !Reads(step, Quantity.Y)));

    private bool Reads(Step step, string name) => step.Value.Symbols()
        .Any(symbol => symbol == name || (_steps.TryGetValue(symbol, out Step? before) && Reads(before, name)));

    /// <summary>The quantities that a loop reads, those of recomputed steps included.</summary>
    private IEnumerable<string> ReadIn(int loop)
    {
        var seen = new HashSet<string>();
        var open = new Queue<string>(_needed
            .Where(step => IsInLoop(step) && _loops[step.Name] == loop)
            .SelectMany(step => step.Value.Symbols()));
        while (open.Count > 0)
        {
            string name = open.Dequeue();
            if (seen.Add(name) && IsEach(name) && _loops[name] < loop && IsRecomputed(name))
            {
                foreach (string inner in _steps[name].Value.Symbols())
                {
                    open.Enqueue(inner);
                }
            }
        }

        return seen;
    }

    private IEnumerable<Step> Recomputed(IReadOnlyCollection<string> read, int loop) =>
        _needed.Where(step => read.Contains(step.Name) && IsEach(step.Name) && _loops[step.Name] < loop && IsRecomputed(step.Name));

    private void Declare(Step step, string value)
    {
        string local = step.Name == Quantity.Loss ? step.Name : $"{step.Name}{EmitContext.Text(_layer.Number)}";
        _context.Writer.Line($"{_context.T} {local} = {value};");
        _scalars[step.Name] = local;
    }

    /// <summary>A step that renames a quantity that lies where its result belongs.</summary>
    private bool IsNoOp(Step step) => step.Kind == StepKind.Each
        && step.Value.Fold(_layer.Units) is Symbol symbol
        && _spans.TryGetValue(symbol.Name, out string? source)
        && _spans.TryGetValue(step.Name, out string? destination)
        && source == destination;

    private bool IsRecomputed(string name) => !_spans.ContainsKey(name) && _steps[name].Value.IsCheap();

    private bool IsEach(string name) => _steps.TryGetValue(name, out Step? step) && step.Kind == StepKind.Each;

    private static bool IsInLoop(Step step) => step.Kind != StepKind.Once;

    private static bool IsReduction(Step step) => step.Kind is StepKind.Sum or StepKind.Max;

    /// <summary>How the quantities of a unit, or of several in a vector, are spelled.</summary>
    private sealed record Element(
        ExpressionCode Code, string Type, Func<string, string> Read, Func<string, string> Scalar, Func<string, string, string> Write);
}
