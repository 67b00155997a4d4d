using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the steps of a formula with a sample in every lane of a vector. The quantities of few units are locals: <c>a1_0</c>, <c>a1_1</c>, …
/// Those of more units lie in memory, and what exists for each unit is computed in a loop: one copy of the code for all of them.
/// </summary>
internal sealed class LaneSteps
{
    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly LayerPlan _layer;
    private readonly VectorText _text;
    private readonly LaneMemory _memory;
    private readonly VectorCode _code;
    private readonly Dictionary<string, Func<int, string>> _units = new();
    private readonly Dictionary<string, string> _scalars = new();
    private readonly Dictionary<string, string> _renamed = new();
    private readonly HashSet<string> _inMemory = new();

    public LaneSteps(EmitContext context, LayerPlan layer, VectorText text, LaneMemory memory)
    {
        _context = context;
        _writer = context.Writer;
        _layer = layer;
        _text = text;
        _memory = memory;
        _code = new VectorCode(context, layer.Units, text.Widest);
    }

    /// <summary>Declares how a quantity of each unit is spelled.</summary>
    public void Given(string quantity, Func<int, string> unit)
    {
        _units[quantity] = unit;
        _inMemory.Remove(quantity);
    }

    /// <summary>Declares that a quantity of each unit lies in memory.</summary>
    public void GivenInMemory(string quantity, string place)
    {
        _units[quantity] = _memory.Lane(place);
        _inMemory.Add(quantity);
    }

    /// <summary>How a quantity of each unit is spelled.</summary>
    public Func<int, string> Of(string quantity) => _units[quantity];

    /// <summary>The name of the memory for a quantity of each unit: that of another one of which it is only a new name.</summary>
    public string Place(string quantity) => _renamed.TryGetValue(quantity, out string place) ? place : LanePasses.Lanes(quantity, _layer.Number);

    /// <summary>Writes the output, the loss and the delta.</summary>
    public void Write(HeadPlan head)
    {
        foreach (HeadPart part in head.Parts)
        {
            if (!part.Steps.OnlyRename() || part == head.Parts[head.Parts.Count - 1])
            {
                _writer.Comment($"{part.Comment}");
            }

            Write(part.Steps);
        }
    }

    public void Write(IEnumerable<Step> steps)
    {
        var loop = new List<Step>();
        foreach (Step step in steps.SelectMany(Split))
        {
            if (step.Kind == StepKind.Each && step.Value.Fold(_layer.Units) is Symbol same && _units.TryGetValue(same.Name, out Func<int, string> unit))
            {
                if (loop.Any(waiting => waiting.Name == same.Name))
                {
                    // What reads the new name must find it in memory.
                    WriteLoop(loop);
                }

                _units[step.Name] = unit;
                _renamed[step.Name] = Place(same.Name);
                if (_inMemory.Contains(same.Name))
                {
                    _inMemory.Add(step.Name);
                }

                continue;
            }

            if (step.Kind == StepKind.Each && _layer.Units > Limits.LaneLocals)
            {
                loop.Add(step);
                _units[step.Name] = _memory.Lane(Place(step.Name));
                continue;
            }

            WriteLoop(loop);
            switch (step.Kind)
            {
                case StepKind.Each:
                    WriteEach(step);
                    break;
                case StepKind.Max or StepKind.Sum when _layer.Units > Limits.LaneLocals:
                    WriteReductionLoop(step);
                    break;
                case StepKind.Max:
                    WriteMax(step);
                    break;
                case StepKind.Sum:
                    NameRepeated(step);
                    Declare(step, string.Join(" + ", Enumerable.Range(0, _layer.Units).Select(unit => unit == 0 ? Render(step, unit) : Term(step, unit))));
                    break;
                default:
                    Declare(step, Render(step, 0));
                    break;
            }
        }

        WriteLoop(loop);
    }

    /// <summary>The terms of a sum are computed first where they call a function in a loop.</summary>
    private IEnumerable<Step> Split(Step step)
    {
        if (step.Kind != StepKind.Sum || _layer.Units <= Limits.LaneLocals || !step.Value.CallsFunction())
        {
            return new[] { step };
        }

        string term = step.Name + "Term";
        return new[] { Step.Each(term, step.Value), step with { Value = Expression.Symbol(term) } };
    }

    private void WriteEach(Step step)
    {
        NameRepeated(step);
        WriteUnits(step.Name, unit => Render(step, unit));
    }

    /// <summary>What a step reads from memory more than once gets a name: a formula that spells its place each time is too long to read.</summary>
    private void NameRepeated(Step step)
    {
        foreach (string repeated in NamedParts.Repeated(step.Value).Where(_inMemory.Contains))
        {
            WriteUnits(repeated, _units[repeated]);
        }
    }

    /// <summary>Writes a local for each unit of a quantity.</summary>
    private void WriteUnits(string quantity, Func<int, string> value)
    {
        string local = $"{quantity}{EmitContext.Text(_layer.Number)}_";
        for (int unit = 0; unit < _layer.Units; unit++)
        {
            _writer.Line($"var {local}{unit} = {value(unit)};");
        }

        Given(quantity, unit => local + EmitContext.Text(unit));
    }

    /// <summary>Writes one loop for several steps, and forgets them.</summary>
    private void WriteLoop(List<Step> steps)
    {
        if (steps.Count == 0)
        {
            return;
        }

        var places = new Dictionary<string, string>();
        var computed = new HashSet<string>();
        foreach (Step step in steps)
        {
            foreach (string symbol in UnitsOf(step).Where(symbol => !computed.Contains(symbol)))
            {
                places[symbol] = _memory.Store(Place(symbol), _layer.Units, _units[symbol]);
            }

            computed.Add(step.Name);
        }

        foreach (Step step in steps)
        {
            _memory.Reserve(Place(step.Name), _layer.Units);
        }

        OpenLoop(0, places);
        foreach (Step step in steps)
        {
            _writer.Line($"var {step.Name}j = {RenderInLoop(step)};");
            _writer.Line($"{_text.Store(_text.Widest, step.Name + "j", Place(step.Name), "j")}");
        }

        _writer.Close();
        steps.Clear();
    }

    /// <summary>Writes a sum or maximum over the units, from the first one on: one copy of the code for all but that.</summary>
    private void WriteReductionLoop(Step step)
    {
        Dictionary<string, string> places = UnitsOf(step).ToDictionary(symbol => symbol, symbol => _memory.Store(Place(symbol), _layer.Units, _units[symbol]));
        string local = Declare(step, Render(step, 0));
        OpenLoop(1, places);
        if (step.Kind == StepKind.Sum)
        {
            _writer.Line($"{local} += {RenderInLoop(step)};");
        }
        else
        {
            _writer.Line($"var {step.Name}j = {RenderInLoop(step)};");
            WriteLarger(local, step.Name + "j");
        }

        _writer.Close();
    }

    private void OpenLoop(int firstUnit, IReadOnlyDictionary<string, string> places)
    {
        int lanes = _text.Widest.Count;
        _writer.Open($"for (int j = {firstUnit * lanes}; j < {_layer.Units * lanes}; j += {lanes})");
        foreach (KeyValuePair<string, string> place in places)
        {
            _writer.Line($"var {place.Key}j = {_text.Load(_text.Widest, place.Value, "j")};");
        }
    }

    private string RenderInLoop(Step step) => _code.Render(step.Value, name => _scalars.TryGetValue(name, out string scalar) ? scalar : name + "j");

    /// <summary>The quantities of a unit that a step reads.</summary>
    private IEnumerable<string> UnitsOf(Step step) => step.Value.Symbols().Where(_units.ContainsKey).Distinct();

    private void WriteMax(Step step)
    {
        string local = Declare(step, Render(step, 0));
        for (int unit = 1; unit < _layer.Units; unit++)
        {
            WriteLarger(local, Render(step, unit));
        }
    }

    private void WriteLarger(string local, string value)
    {
        _writer.Line($"{local} = {_context.Functions.Use(VectorHelpers.Largest, _text.Widest)}({value}, {local});");
    }

    private string Declare(Step step, string value)
    {
        string local = step.Name == Quantity.Loss ? step.Name : step.Name + EmitContext.Text(_layer.Number);
        _writer.Line($"var {local} = {value};");
        _scalars[step.Name] = local;
        return local;
    }

    /// <summary>A term of a sum; terms are added one by one, so that a sum or difference needs parentheses.</summary>
    private string Term(Step step, int unit)
    {
        string text = Render(step, unit);
        Expression term = _context.IsFused ? Express.Products(step.Value.Fold(_layer.Units)) : step.Value;
        return term is Binary { Operator: BinaryOperator.Add or BinaryOperator.Subtract } ? $"({text})" : text;
    }

    private string Render(Step step, int unit) =>
        _code.Render(step.Value, name => _units.TryGetValue(name, out Func<int, string> local) ? local(unit) : _scalars[name]);

}
