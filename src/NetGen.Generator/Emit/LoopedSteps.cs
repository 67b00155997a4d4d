using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the steps of a formula as loops, as <see cref="StepSchedule"/> distributes them. The quantities lie behind references, padded like the layer, and what exists for
/// each unit is computed in loops of its own over whole vectors. Sums and maxima go from unit to unit: their order is that of the units.
/// </summary>
internal sealed class LoopedSteps
{
    private readonly EmitContext _context;
    private readonly LayerPlan _layer;
    private readonly ExpressionCode _code;
    private readonly VectorText _vectors;
    private readonly bool _vectorsForFunctionsOnly;
    private readonly Dictionary<string, string> _spans = new();
    private readonly Dictionary<string, string> _scalars = new();
    private StepSchedule? _schedule;

    /// <summary>Creates a writer.</summary>
    /// <param name="context">The network.</param>
    /// <param name="layer">The layer whose units the steps run over.</param>
    /// <param name="vectors">How vectors are spelled.</param>
    /// <param name="vectorsForFunctionsOnly">Only what calls an elementary function is worth vectors: some quantities are not padded.</param>
    public LoopedSteps(EmitContext context, LayerPlan layer, VectorText vectors, bool vectorsForFunctionsOnly = false)
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
        if (_schedule is null)
        {
            WriteMemory(steps, results);
        }

        for (int loop = 0; loop <= _schedule!.Count; loop++)
        {
            foreach (Step step in _schedule.Before(loop))
            {
                Declare(step, _code.Render(step.Value, name => _scalars[name]));
            }

            List<Step> inLoop = _schedule.In(loop);
            if (inLoop.Count > 0)
            {
                WriteLoop(loop, inLoop, _schedule);
            }
        }
    }

    /// <summary>Writes the memory for what is computed in one loop and used in another, where the loops themselves stand in a loop.</summary>
    public void WriteMemory(IReadOnlyList<Step> steps, params string[] results)
    {
        _schedule = new StepSchedule(
            steps.SelectMany(Split), _layer.Units, name => _spans.TryGetValue(name, out string? span) ? span : null, results, IsVector);
        foreach (string name in _schedule.Stored.Where(name => !_spans.ContainsKey(name)).ToList())
        {
            string span = $"{name}{EmitContext.Text(_layer.Number)}";
            string memory = span + "s";
            _context.WriteMemory(memory, _layer.PaddedUnits);
            _context.Writer.Line($"ref {_context.T} {span} = ref {_context.FirstOf(memory)};");
            _spans[name] = span;
        }
    }

    private void WriteLoop(int loop, IReadOnlyList<Step> steps, StepSchedule schedule)
    {
        foreach (Step step in steps.Where(step => step.Kind == StepKind.Sum))
        {
            Declare(step, _context.Number(0));
        }

        foreach (Step step in steps.Where(step => step.Kind == StepKind.Max))
        {
            Declare(step, _context.Number(double.NegativeInfinity));
        }

        if (!IsVector(schedule, steps[0]))
        {
            string index = _layer.Units == 1 ? "0" : "j";
            string Place(string span) => _context.At(span, index);
            WriteBody(
                _layer.Units == 1 ? null : $"for (int j = 0; j < {_layer.Units}; j++)",
                loop,
                steps,
                schedule,
                new Element(_code, _context.T, Place, scalar => scalar, (span, value) => $"{Place(span)} = {value};"));
            return;
        }

        VectorType dividing = _vectors.Width.Dividing(_layer.PaddedUnits);
        IEnumerable<VectorBlock> blocks = AllSamples is null
            ? _vectors.Width.Blocks(_layer.PaddedUnits, _layer.PaddedUnits, 1)
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
                schedule,
                new Element(
                    new VectorCode(_context, _layer.Units, type),
                    "var",
                    span => _vectors.Load(type, span, j),
                    scalar => _vectors.Broadcast(type, scalar),
                    (span, value) => _vectors.Store(type, value, span, j)));
        }
    }

    /// <summary>Writes the steps of a loop. What happens once needs none, but a block where it has locals, whose names repeat.</summary>
    private void WriteBody(string? header, int loop, IReadOnlyList<Step> steps, StepSchedule schedule, Element element)
    {
        var locals = new Dictionary<string, string>();
        IReadOnlyCollection<string> read = schedule.ReadIn(loop);
        string Name(string name) => locals.TryGetValue(name, out string? local)
            ? local
            : _spans.TryGetValue(name, out string? span) ? element.Read(span) : element.Scalar(_scalars[name]);
        bool IsStored(Step step) => step.Kind == StepKind.Each && schedule.IsStored(step.Name) && !read.Contains(step.Name);
        bool IsName(Step step) => step.Kind == StepKind.Each && step.Value.Fold(_layer.Units) is Symbol && !schedule.IsStored(step.Name);
        List<Step> all = schedule.Again(read, loop).Concat(steps).ToList();

        // What vectors read from memory more than once gets a name: a formula that spells its place each time is too long to read.
        List<string> repeated = element.Code is VectorCode
            ? all.SelectMany(step => NamedParts.Repeated(step.Value)).Distinct().Where(name => _spans.ContainsKey(name) && all.All(step => step.Name != name)).ToList()
            : new List<string>();
        bool isBlock = header is not null || repeated.Count > 0 || all.Any(step => !StepSchedule.IsReduction(step) && !IsStored(step) && !IsName(step));
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
                    _context.Writer.Line($"{_scalars[step.Name]} += {value};");
                    break;
                case StepKind.Max:
                    _context.Writer.Line($"{_scalars[step.Name]} = {_scalars[step.Name]} < {value} ? {value} : {_scalars[step.Name]};");
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
                    if (schedule.IsStored(step.Name) && schedule.LoopOf(step) == loop)
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

    /// <summary>The terms of a sum are computed first where they call a function.</summary>
    private static IEnumerable<Step> Split(Step step)
    {
        if (step.Kind != StepKind.Sum || !step.Value.CallsFunction())
        {
            return new[] { step };
        }

        string term = step.Name + "Term";
        return new[] { Step.Each(term, step.Value), step with { Value = Expression.Symbol(term) } };
    }

    private bool IsVector(StepSchedule schedule, Step step) => step.Kind == StepKind.Each
        && (!_vectorsForFunctionsOnly || (step.Value.CallsFunction() && !schedule.Reads(step, Quantity.Y)));

    private void Declare(Step step, string value)
    {
        string local = step.Name == Quantity.Loss ? step.Name : $"{step.Name}{EmitContext.Text(_layer.Number)}";
        _context.Writer.Line($"{_context.T} {local} = {value};");
        _scalars[step.Name] = local;
    }

    /// <summary>How the quantities of a unit, or of several in a vector, are spelled.</summary>
    private sealed record Element(
        ExpressionCode Code, string Type, Func<string, string> Read, Func<string, string> Scalar, Func<string, string, string> Write);
}
