using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>
/// The steps of a formula as loops over the units of a layer, whose quantities lie in memory; a quantity of the layer may lie there too, in one element. Maxima, and sums
/// that are not in lanes, go from unit to unit; with vectors, what exists for each unit is computed in loops of its own over whole vectors.
/// </summary>
internal sealed class LoopSteps
{
    private readonly LayerPlan _layer;
    private readonly int _units;
    private readonly string _number;
    private readonly StepVectors? _vectors;
    private readonly Dictionary<string, QuantityPlace> _places = new();
    private readonly Dictionary<string, string> _scalars = new();
    private readonly List<Statement> _statements = new();
    private readonly StepSchedule _schedule;

    private LoopSteps(
        LayerPlan layer, int units, IEnumerable<Step> steps, IReadOnlyList<string> results, StepVectors? vectors, IEnumerable<(string Quantity, QuantityPlace Place)> places)
    {
        _layer = layer;
        _units = units;
        _number = Notation.Text(layer.Number);
        _vectors = vectors;
        foreach ((string quantity, QuantityPlace place) in places)
        {
            _places[quantity] = place;
        }

        _schedule = new StepSchedule(
            steps,
            _units,
            name => _places.TryGetValue(name, out QuantityPlace? place) ? place : null,
            results,
            vectors is null ? null : vectors.Has);
    }

    /// <summary>Lowers the steps.</summary>
    /// <param name="layer">The layer whose units they run over.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="result">The quantity that is wanted, whose buffer is among the given.</param>
    /// <param name="rounding">How the kernel rounds.</param>
    /// <param name="places">Where quantities lie.</param>
    public static IReadOnlyList<Statement> Lower(
        LayerPlan layer, IReadOnlyList<Step> steps, string result, Rounding rounding, params (string Quantity, QuantityPlace Place)[] places) =>
        Lower(layer, layer.Units, steps, new[] { result }, rounding, places);

    /// <summary>Lowers the steps for several results.</summary>
    public static IReadOnlyList<Statement> Lower(
        LayerPlan layer, int units, IReadOnlyList<Step> steps, IReadOnlyList<string> results, Rounding rounding, IEnumerable<(string Quantity, QuantityPlace Place)> places)
    {
        IEnumerable<Step> divided = rounding.ByCast ? steps.SelectMany(step => NamedParts.Split(step, units)) : steps;
        var lowering = new LoopSteps(layer, units, divided, results, null, places);
        return lowering.Memory().Concat(lowering.Lower()).ToList();
    }

    /// <summary>Lowers the steps for several results, for each group of neighbouring units by itself.</summary>
    public static IReadOnlyList<Statement> LowerGroups(
        LayerPlan layer, int group, IReadOnlyList<Step> steps, IReadOnlyList<string> results, Rounding rounding, IReadOnlyCollection<(string Quantity, QuantityPlace Place)> places)
    {
        IEnumerable<Step> divided = (rounding.ByCast ? steps.SelectMany(step => NamedParts.Split(step, group)) : steps).ToArray();
        IReadOnlyList<Statement> memory = Array.Empty<Statement>();
        IEnumerable<Statement> loops = Loops.Over("group", 0, layer.Units, group, first =>
        {
            var lowering = new LoopSteps(layer, group, divided, results, null, places.Select(place => (place.Quantity, place.Place with { Start = first + (place.Place.Start ?? 0) })));
            memory = lowering.Memory();
            return lowering.Lower();
        }).ToArray();
        return memory.Concat(loops).ToList();
    }

    /// <summary>Lowers the steps with vectors.</summary>
    /// <param name="layer">The layer whose units they run over.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="result">The quantity that is wanted, whose buffer is among the given.</param>
    /// <param name="vectors">The vectors.</param>
    /// <param name="places">Where quantities lie, padded like the layer.</param>
    /// <returns>The memory for what is computed in one loop and read in another, and the loops.</returns>
    public static (IReadOnlyList<Statement> Memory, IReadOnlyList<Statement> Loops) Lower(
        LayerPlan layer, IReadOnlyList<Step> steps, string result, StepVectors vectors, IEnumerable<(string Quantity, QuantityPlace Place)> places) =>
        Lower(layer, steps, new[] { result }, vectors, places);

    /// <summary>Lowers the steps for several results with vectors.</summary>
    public static (IReadOnlyList<Statement> Memory, IReadOnlyList<Statement> Loops) Lower(
        LayerPlan layer, IReadOnlyList<Step> steps, IReadOnlyList<string> results, StepVectors vectors, IEnumerable<(string Quantity, QuantityPlace Place)> places)
    {
        var lowering = new LoopSteps(layer, layer.Units, steps.SelectMany(StepSchedule.TermsFirst), results, vectors, places);
        return (lowering.Memory(), lowering.Lower());
    }

    private List<Statement> Memory()
    {
        var statements = new List<Statement>();
        foreach (string name in _schedule.Stored.Where(name => !_places.ContainsKey(name)).ToList())
        {
            var memory = new Buffer(name + _number, _vectors is null ? _units : _layer.PaddedUnits);
            if (_vectors is null)
            {
                statements.Add(new Allocate(memory));
            }
            else
            {
                Buffer all = memory with { Name = memory.Name + "s" };
                memory = memory with { Kind = BufferKind.Reference };
                statements.Add(new Allocate(all));
                statements.Add(new View(memory, all, 0));
            }

            _places[name] = memory;
        }

        return statements;
    }

    private List<Statement> Lower()
    {
        for (int loop = 0; loop <= _schedule.Count; loop++)
        {
            foreach (Step step in _schedule.Before(loop))
            {
                Declare(step, Value(step, name => Named(name, 0, null)));
                Keep(step);
            }

            List<Step> inLoop = _schedule.In(loop);
            if (inLoop.Count > 0)
            {
                LowerLoop(loop, inLoop);
            }
        }

        return _statements;
    }

    private void LowerLoop(int loop, IReadOnlyList<Step> steps)
    {
        var lanes = steps.Where(step => step is { Kind: StepKind.Sum, InLanes: true }).ToDictionary(step => step.Name, step => new Lanes(step.Name + _number + "Lanes", _layer, _vectors));
        foreach (Step step in steps.Where(step => step.Kind == StepKind.Sum))
        {
            if (lanes.TryGetValue(step.Name, out Lanes? sums))
            {
                _statements.AddRange(sums.Declare());
            }
            else
            {
                Declare(step, 0);
            }
        }

        foreach (Step step in steps.Where(step => step.Kind == StepKind.Max))
        {
            Declare(step, double.NegativeInfinity);
        }

        _statements.AddRange(lanes.Count > 0 && _vectors is not null ? Lanes.Over(_layer, lanes.Values, Vector, Unit)
            : lanes.Count > 0 ? Lanes.Over(_layer, Unit)
            : _vectors is not null && _vectors.Has(_schedule, steps[0]) ? InVectors(_vectors)
            : Repeated(_units == 1 ? null : new Loop("j", 0, _units), 0, unit => Unit(unit, 0)));
        foreach (Step step in steps.Where(StepSchedule.IsReduction))
        {
            if (lanes.TryGetValue(step.Name, out Lanes? sums))
            {
                _statements.AddRange(sums.Fold());
                Declare(step, sums.Sum());
            }

            Keep(step);
        }

        IReadOnlyList<Statement> Unit(Index unit, Index lane)
        {
            List<Statement> body = new();
            LowerUnit(loop, steps, unit, null, body, (step, value) => lanes.TryGetValue(step.Name, out Lanes? sums)
                ? Store.Add(sums.Memory, lane, value)
                : Assign.Add(_scalars[step.Name], value));
            return body;
        }

        IReadOnlyList<Statement> Vector(Index unit, VectorType type, int vector)
        {
            List<Statement> body = new();
            LowerUnit(loop, steps, unit, type, body, (step, value) => lanes[step.Name].Add(vector, value));
            return body;
        }

        IEnumerable<Statement> InVectors(StepVectors vectors) => vectors.Blocks(_layer.PaddedUnits).SelectMany(block => Repeated(
            vectors.Loop(block, _layer.PaddedUnits),
            block.Start,
            unit =>
            {
                List<Statement> body = new();
                LowerUnit(loop, steps, unit, block.Type, body, (step, _) => throw new InvalidOperationException($"{step.Name} is a sum over units, which vectors have not."));
                return body;
            }));
    }

    /// <summary>Statements for every turn of a loop. What happens once needs none, but a block where it has locals, whose names repeat.</summary>
    private static IReadOnlyList<Statement> Repeated(Loop? loop, int once, Func<Index, IReadOnlyList<Statement>> lower)
    {
        IReadOnlyList<Statement> body = lower(loop is null ? once : loop);
        return loop is not null ? new[] { new For(loop, body) }
            : body.Any(statement => statement is Let) ? new[] { new Scope(body) }
            : body;
    }

    /// <summary>Lowers what happens in a turn of a loop: for a unit, or for as many as a vector has.</summary>
    private void LowerUnit(int loop, IReadOnlyList<Step> steps, Index unit, VectorType? type, List<Statement> body, Func<Step, Expression, Statement> add)
    {
        var locals = new Dictionary<string, Expression>();
        IReadOnlyCollection<string> read = _schedule.ReadIn(loop);
        List<Step> all = _schedule.Again(read, loop).Concat(steps).ToList();

        // What vectors read from memory more than once gets a name: a formula that spells its place each time is too long to read.
        IEnumerable<string> repeated = type is null ? Enumerable.Empty<string>() : all.SelectMany(step => NamedParts.Repeated(step.Value)).Distinct();
        foreach (string name in repeated.Where(name => _places.ContainsKey(name) && all.All(step => step.Name != name)))
        {
            body.Add(new Let(name + "j", Named(name, unit, type), type));
            locals[name] = Expression.Symbol(name + "j");
        }

        foreach (Step step in all)
        {
            Expression value = Value(step, name => locals.TryGetValue(name, out Expression? local) ? local : Named(name, unit, type));
            bool isStored = _schedule.IsStored(step.Name);
            switch (step.Kind)
            {
                case StepKind.Sum:
                    body.Add(add(step, value));
                    break;
                case StepKind.Max:
                    body.Add(new Assign(_scalars[step.Name], Larger(value, _scalars[step.Name])));
                    break;
                case StepKind.Each when isStored && !read.Contains(step.Name):
                    body.Add(_places[step.Name].Write(unit, value, type));
                    break;
                case StepKind.Each when !isStored && step.Value.Fold(_units) is Symbol:
                    locals[step.Name] = value;
                    break;
                default:
                    body.Add(new Let(step.Name, value, type));
                    locals[step.Name] = Expression.Symbol(step.Name);
                    if (isStored && _schedule.LoopOf(step) == loop)
                    {
                        body.Add(_places[step.Name].Write(unit, Expression.Symbol(step.Name), type));
                    }

                    break;
            }
        }
    }

    /// <summary>The larger of a value and a variable, which NaN never becomes.</summary>
    public static Expression Larger(Expression value, string variable) =>
        new Select(Expression.Symbol(variable), value, value, Expression.Symbol(variable), Comparison.Below);

    private Expression Value(Step step, Func<string, Expression> named) => Express.Formula(step.Value, _units, _vectors is { IsFused: true }).Replace(named);

    /// <summary>A quantity that is no local of a loop. A number that the kernel is given goes by its own name.</summary>
    private Expression Named(string name, Index unit, VectorType? type)
    {
        if (!_scalars.ContainsKey(name) && _places.TryGetValue(name, out QuantityPlace? place))
        {
            return place.Read(unit, type);
        }

        Expression number = Expression.Symbol(_scalars.TryGetValue(name, out string? scalar) ? scalar : name);
        return type is null ? number : VectorOperation.Splat(type, number);
    }

    /// <summary>Stores a quantity of the layer where it is wanted.</summary>
    private void Keep(Step step)
    {
        if (_places.TryGetValue(step.Name, out QuantityPlace? place))
        {
            _statements.Add(place.Write(0, Expression.Symbol(_scalars[step.Name])));
        }
    }

    private void Declare(Step step, Expression value)
    {
        string local = step.Name == Quantity.Loss ? step.Name : step.Name + _number;

        // Memory may have the name already: that of z where z is a sum.
        local += _places.Values.Any(place => place.Buffer.Name == local) ? "Sum" : "";
        _statements.Add(new Let(local, value));
        _scalars[step.Name] = local;
    }
}
