using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>
/// The steps of a formula as loops over the units of a layer, whose quantities lie in memory; a quantity of the layer may lie there too, in one element. Maxima, and sums
/// that are not in lanes, go from unit to unit.
/// </summary>
internal sealed class LoopSteps
{
    private readonly LayerPlan _layer;
    private readonly int _units;
    private readonly string _number;
    private readonly Rounding _rounding;
    private readonly Dictionary<string, QuantityPlace> _places = new();
    private readonly Dictionary<string, string> _scalars = new();
    private readonly List<Statement> _statements = new();
    private readonly StepSchedule _schedule;

    private LoopSteps(LayerPlan layer, IReadOnlyList<Step> steps, IReadOnlyList<string> results, Rounding rounding, IEnumerable<(string Quantity, QuantityPlace Place)> places)
    {
        _layer = layer;
        _units = layer.Units;
        _number = Notation.Text(layer.Number);
        _rounding = rounding;
        foreach ((string quantity, QuantityPlace place) in places)
        {
            _places[quantity] = place;
        }

        _schedule = new StepSchedule(
            rounding.ByCast ? steps.SelectMany(step => NamedParts.Split(step, _units)) : steps,
            _units,
            name => _places.TryGetValue(name, out QuantityPlace? place) ? place : null,
            results);
    }

    /// <summary>Lowers the steps.</summary>
    /// <param name="layer">The layer whose units they run over.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="result">The quantity that is wanted, whose buffer is among the given.</param>
    /// <param name="rounding">How the kernel rounds.</param>
    /// <param name="places">Where quantities lie.</param>
    public static IReadOnlyList<Statement> Lower(
        LayerPlan layer, IReadOnlyList<Step> steps, string result, Rounding rounding, params (string Quantity, QuantityPlace Place)[] places) =>
        Lower(layer, steps, new[] { result }, rounding, places);

    /// <summary>Lowers the steps for several results.</summary>
    public static IReadOnlyList<Statement> Lower(
        LayerPlan layer, IReadOnlyList<Step> steps, IReadOnlyList<string> results, Rounding rounding, IEnumerable<(string Quantity, QuantityPlace Place)> places) =>
        new LoopSteps(layer, steps, results, rounding, places).Lower();

    private IReadOnlyList<Statement> Lower()
    {
        foreach (string name in _schedule.Stored.Where(name => !_places.ContainsKey(name)))
        {
            var memory = new Buffer(name + _number, _units);
            _statements.Add(new Allocate(memory));
            _places[name] = memory;
        }

        for (int loop = 0; loop <= _schedule.Count; loop++)
        {
            foreach (Step step in _schedule.Before(loop))
            {
                Declare(step, Value(step, name => Named(name, 0)));
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
        var lanes = steps.Where(step => step is { Kind: StepKind.Sum, InLanes: true }).ToDictionary(step => step.Name, step => new Lanes(step.Name + _number + "Lanes", _layer));
        foreach (Step step in steps.Where(step => step.Kind == StepKind.Sum))
        {
            if (lanes.TryGetValue(step.Name, out Lanes? sums))
            {
                _statements.Add(new Allocate(sums.Memory));
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

        _statements.AddRange(lanes.Count > 0
            ? Lanes.Over(_layer, (unit, lane) => Unit(unit, lane))
            : AllUnits());
        foreach (Step step in steps.Where(StepSchedule.IsReduction))
        {
            if (lanes.TryGetValue(step.Name, out Lanes? sums))
            {
                _statements.AddRange(sums.Fold());
                Declare(step, new Load(sums.Memory, 0));
            }

            Keep(step);
        }

        IReadOnlyList<Statement> Unit(Index unit, Index lane)
        {
            List<Statement> body = new();
            LowerUnit(loop, steps, unit, body, (step, value) => lanes.TryGetValue(step.Name, out Lanes? sums)
                ? Store.Add(sums.Memory, lane, value)
                : Assign.Add(_scalars[step.Name], value));
            return body;
        }

        IEnumerable<Statement> AllUnits()
        {
            Loop? variable = _units == 1 ? null : new Loop("j", 0, _units);
            IReadOnlyList<Statement> body = Unit(variable is null ? 0 : variable, 0);
            return variable is not null ? new[] { new For(variable, body) }
                : body.Any(statement => statement is Let) ? new[] { new Scope(body) }
                : body;
        }
    }

    private void LowerUnit(int loop, IReadOnlyList<Step> steps, Index unit, List<Statement> body, Func<Step, Expression, Statement> add)
    {
        var locals = new Dictionary<string, Expression>();
        IReadOnlyCollection<string> read = _schedule.ReadIn(loop);
        foreach (Step step in _schedule.Again(read, loop).Concat(steps))
        {
            Expression value = Value(step, name => locals.TryGetValue(name, out Expression? local) ? local : Named(name, unit));
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
                    body.Add(_places[step.Name].Write(unit, value));
                    break;
                case StepKind.Each when !isStored && step.Value.Fold(_units) is Symbol:
                    locals[step.Name] = value;
                    break;
                default:
                    body.Add(new Let(step.Name, value));
                    locals[step.Name] = Expression.Symbol(step.Name);
                    if (isStored && _schedule.LoopOf(step) == loop)
                    {
                        body.Add(_places[step.Name].Write(unit, Expression.Symbol(step.Name)));
                    }

                    break;
            }
        }
    }

    /// <summary>The larger of a value and a variable, which NaN never becomes.</summary>
    public static Expression Larger(Expression value, string variable) =>
        new Select(Expression.Symbol(variable), value, value, Expression.Symbol(variable), Comparison.Below);

    private Expression Value(Step step, Func<string, Expression> named) => step.Value.Fold(_units).Replace(named);

    /// <summary>A quantity that is no local of a loop. A number that the kernel is given goes by its own name.</summary>
    private Expression Named(string name, Index unit) => _scalars.TryGetValue(name, out string? scalar) ? Expression.Symbol(scalar)
        : _places.TryGetValue(name, out QuantityPlace? place) ? place.Read(unit)
        : Expression.Symbol(name);

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
        _statements.Add(new Let(local, value));
        _scalars[step.Name] = local;
    }
}
