using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>The steps of a formula as loops over the units of a layer, whose quantities lie in memory. Sums and maxima go from unit to unit.</summary>
internal sealed class LoopSteps
{
    private readonly int _units;
    private readonly string _number;
    private readonly Dictionary<string, Buffer> _buffers = new();
    private readonly Dictionary<string, string> _scalars = new();
    private readonly List<Statement> _statements = new();
    private readonly StepSchedule _schedule;

    private LoopSteps(LayerPlan layer, IReadOnlyList<Step> steps, string result, Rounding rounding, IEnumerable<(string Quantity, Buffer Buffer)> buffers)
    {
        _units = layer.Units;
        _number = Notation.Text(layer.Number);
        foreach ((string quantity, Buffer buffer) in buffers)
        {
            _buffers[quantity] = buffer;
        }

        _schedule = new StepSchedule(
            rounding.ByCast ? steps.SelectMany(step => NamedParts.Split(step, _units)) : steps,
            _units,
            name => _buffers.TryGetValue(name, out Buffer? buffer) ? buffer : null,
            new[] { result });
    }

    /// <summary>Lowers the steps.</summary>
    /// <param name="layer">The layer whose units they run over.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="result">The quantity that is wanted, whose buffer is among the given.</param>
    /// <param name="rounding">How the kernel rounds.</param>
    /// <param name="buffers">Where quantities of each unit lie.</param>
    public static IReadOnlyList<Statement> Lower(
        LayerPlan layer, IReadOnlyList<Step> steps, string result, Rounding rounding, params (string Quantity, Buffer Buffer)[] buffers) =>
        new LoopSteps(layer, steps, result, rounding, buffers).Lower();

    private IReadOnlyList<Statement> Lower()
    {
        foreach (string name in _schedule.Stored.Where(name => !_buffers.ContainsKey(name)))
        {
            var memory = new Buffer(name + _number, _units);
            _statements.Add(new Allocate(memory));
            _buffers[name] = memory;
        }

        for (int loop = 0; loop <= _schedule.Count; loop++)
        {
            foreach (Step step in _schedule.Before(loop))
            {
                Declare(step, Value(step, name => Expression.Symbol(_scalars[name])));
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
        foreach (Step step in steps.Where(step => step.Kind == StepKind.Sum))
        {
            Declare(step, 0);
        }

        foreach (Step step in steps.Where(step => step.Kind == StepKind.Max))
        {
            Declare(step, double.NegativeInfinity);
        }

        List<Statement> body = new();
        Loop? variable = _units == 1 ? null : new Loop("j", 0, _units);
        LowerUnit(loop, steps, variable is null ? 0 : variable, body);
        _statements.AddRange(variable is not null ? new[] { new For(variable, body) }
            : body.Any(statement => statement is Let) ? new[] { new Scope(body) }
            : body);
    }

    private void LowerUnit(int loop, IReadOnlyList<Step> steps, Index unit, List<Statement> body)
    {
        var locals = new Dictionary<string, Expression>();
        IReadOnlyCollection<string> read = _schedule.ReadIn(loop);
        Expression Named(string name) => locals.TryGetValue(name, out Expression? local) ? local
            : _buffers.TryGetValue(name, out Buffer? buffer) ? new Load(buffer, unit)
            : Expression.Symbol(_scalars[name]);
        foreach (Step step in _schedule.Again(read, loop).Concat(steps))
        {
            Expression value = Value(step, Named);
            bool isStored = _schedule.IsStored(step.Name);
            switch (step.Kind)
            {
                case StepKind.Sum:
                    body.Add(Assign.Add(_scalars[step.Name], value));
                    break;
                case StepKind.Max:
                    body.Add(new Assign(_scalars[step.Name], Larger(value, _scalars[step.Name])));
                    break;
                case StepKind.Each when isStored && !read.Contains(step.Name):
                    body.Add(new Store(_buffers[step.Name], unit, value));
                    break;
                case StepKind.Each when !isStored && step.Value.Fold(_units) is Symbol:
                    locals[step.Name] = value;
                    break;
                default:
                    body.Add(new Let(step.Name, value));
                    locals[step.Name] = Expression.Symbol(step.Name);
                    if (isStored && _schedule.LoopOf(step) == loop)
                    {
                        body.Add(new Store(_buffers[step.Name], unit, Expression.Symbol(step.Name)));
                    }

                    break;
            }
        }
    }

    /// <summary>The larger of a value and a variable, which NaN never becomes.</summary>
    public static Expression Larger(Expression value, string variable) =>
        new Select(Expression.Symbol(variable), value, value, Expression.Symbol(variable), Comparison.Below);

    private Expression Value(Step step, Func<string, Expression> named) => step.Value.Fold(_units).Replace(named);

    private void Declare(Step step, Expression value)
    {
        string local = step.Name == Quantity.Loss ? step.Name : step.Name + _number;
        _statements.Add(new Let(local, value));
        _scalars[step.Name] = local;
    }
}
