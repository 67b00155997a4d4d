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
internal sealed class LoopedSteps
{
    private readonly EmitContext _context;
    private readonly LayerPlan _layer;
    private readonly ExpressionCode _code;
    private readonly Dictionary<string, string> _spans = new();
    private readonly Dictionary<string, string> _scalars = new();
    private readonly Dictionary<string, Step> _steps = new();
    private readonly Dictionary<string, int> _loops = new();
    private List<Step> _needed = new();

    public LoopedSteps(EmitContext context, LayerPlan layer)
    {
        _context = context;
        _layer = layer;
        _code = new ExpressionCode(context, layer.Units, "");
    }

    /// <summary>Declares the span that holds, or is to hold, a quantity of each unit.</summary>
    public void Span(string quantity, string span) => _spans[quantity] = span;

    /// <summary>Writes the loops. What the formula computes for a declared span is stored there.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="results">The declared spans that the steps are to fill.</param>
    public void Write(IReadOnlyList<Step> steps, params string[] results)
    {
        _needed = steps.Where(step => !IsNoOp(step)).ToList();
        foreach (Step step in _needed)
        {
            _steps[step.Name] = step;
            _loops[step.Name] = Loop(step);
        }

        int count = _needed.Where(IsInLoop).Max(step => (int?)_loops[step.Name] + 1) ?? 0;
        var stored = new HashSet<string>(results.Where(_steps.ContainsKey));
        for (int loop = 0; loop < count; loop++)
        {
            foreach (string name in ReadIn(loop).Where(name => IsEach(name) && _loops[name] < loop && !IsRecomputed(name)))
            {
                stored.Add(name);
            }
        }

        foreach (string name in stored.Where(name => !_spans.ContainsKey(name)))
        {
            string span = $"{name}{EmitContext.Text(_layer.Number)}";
            _context.Writer.Line($"{_context.Span} {span} = stackalloc {_context.T}[{_layer.Units}];");
            _spans[name] = span;
        }

        for (int loop = 0; loop <= count; loop++)
        {
            foreach (Step step in _needed.Where(step => step.Kind == StepKind.Once && _loops[step.Name] == loop))
            {
                Declare(step, _code.Render(step.Value, name => _scalars[name]));
            }

            if (loop < count)
            {
                WriteLoop(loop, stored);
            }
        }
    }

    private void WriteLoop(int loop, HashSet<string> stored)
    {
        List<Step> steps = _needed.Where(step => IsInLoop(step) && _loops[step.Name] == loop).ToList();
        foreach (Step step in steps.Where(step => step.Kind == StepKind.Sum))
        {
            Declare(step, _context.Number(0));
        }

        foreach (Step step in steps.Where(step => step.Kind == StepKind.Max))
        {
            Declare(step, _context.Number(double.NegativeInfinity));
        }

        _context.Writer.Open($"for (int j = 0; j < {_layer.Units}; j++)");
        var locals = new Dictionary<string, string>();
        List<string> read = ReadIn(loop).ToList();
        foreach (Step step in Recomputed(read, loop).Concat(steps))
        {
            string value = _code.Render(step.Value, name => Element(name, locals));
            switch (step.Kind)
            {
                case StepKind.Sum:
                    _context.Writer.Line($"{_scalars[step.Name]} += {value};");
                    break;
                case StepKind.Max:
                    _context.Writer.Line($"{_scalars[step.Name]} = {value} > {_scalars[step.Name]} ? {value} : {_scalars[step.Name]};");
                    break;
                case StepKind.Each when stored.Contains(step.Name) && !read.Contains(step.Name):
                    _context.Writer.Line($"{_spans[step.Name]}[j] = {value};");
                    break;
                case StepKind.Each when step.Value.Fold(_layer.Units) is Symbol && !stored.Contains(step.Name):
                    locals[step.Name] = value;
                    break;
                default:
                    _context.Writer.Line($"{_context.T} {step.Name} = {value};");
                    locals[step.Name] = step.Name;
                    if (stored.Contains(step.Name) && _loops[step.Name] == loop)
                    {
                        _context.Writer.Line($"{_spans[step.Name]}[j] = {step.Name};");
                    }

                    break;
            }
        }

        _context.Writer.Close();
    }

    /// <summary>The earliest loop for a step; for a step that happens once, the loop before which it is written.</summary>
    private int Loop(Step step) => step.Value.Symbols()
        .Where(_steps.ContainsKey)
        .Select(name => _loops[name] + (_steps[name].Kind is StepKind.Sum or StepKind.Max ? 1 : 0))
        .DefaultIfEmpty(0)
        .Max();

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

    private string Element(string name, Dictionary<string, string> locals) =>
        locals.TryGetValue(name, out string? local) ? local : _spans.TryGetValue(name, out string? span) ? span + "[j]" : _scalars[name];

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
}
