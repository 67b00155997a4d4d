using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>
/// The steps of a formula with one variable for each unit: <c>a1_0</c>, <c>a1_1</c>, … A step that only renames a quantity
/// writes nothing.
/// </summary>
internal sealed class StraightSteps
{
    /// <summary>Quantities in one statement of a sum.</summary>
    private const int Longest = 32;

    private readonly LayerPlan _layer;
    private readonly string _number;
    private readonly Rounding _rounding;
    private readonly Dictionary<string, string> _names = new();
    private readonly HashSet<string> _perUnit = new();

    public StraightSteps(LayerPlan layer, Rounding rounding)
    {
        _layer = layer;
        _number = Notation.Text(layer.Number);
        _rounding = rounding;
    }

    /// <summary>Declares that a quantity of each unit already has variables, called <c>local0</c> or <c>local_0</c>.</summary>
    public void Given(string quantity, string local)
    {
        _names[quantity] = local;
        _perUnit.Add(quantity);
    }

    /// <summary>The variable of a unit's quantity.</summary>
    public string Local(string quantity, int unit) => _names[quantity] + Notation.Text(unit);

    /// <summary>Lowers steps, one after another.</summary>
    public IReadOnlyList<Statement> Lower(IEnumerable<Step> steps)
    {
        var statements = new List<Statement>();
        foreach (Step step in _rounding.ByCast ? steps.SelectMany(step => NamedParts.Split(step, _layer.Units)) : steps)
        {
            Expression folded = step.Value.Fold(_layer.Units);
            if (step.Kind != StepKind.Each)
            {
                statements.AddRange(OfLayer(step, folded));
            }
            else if (folded is Symbol same && _perUnit.Contains(same.Name))
            {
                Given(step.Name, _names[same.Name]);
            }
            else
            {
                string local = $"{step.Name}{_number}_";
                statements.AddRange(Enumerable.Range(0, _layer.Units).Select(unit => new Let(local + Notation.Text(unit), OfUnit(folded, unit))));
                Given(step.Name, local);
            }
        }

        return statements;
    }

    private IReadOnlyList<Statement> OfLayer(Step step, Expression value)
    {
        string local = step.Name == Quantity.Loss ? step.Name : step.Name + _number;
        var statements = new List<Statement> { new Let(local, OfUnit(value, 0)) };
        IEnumerable<Expression> further = Enumerable.Range(1, _layer.Units - 1).Select(unit => OfUnit(value, unit));
        if (step.Kind == StepKind.Max)
        {
            statements.AddRange(further.Select(term => new Assign(local, LoopSteps.Larger(term, local))));
        }
        else if (step.Kind == StepKind.Sum && _rounding.ByCast)
        {
            Statement[] additions = further.Select(term => Assign.Add(local, term)).ToArray();
            statements.AddRange(additions.Length == 0 ? additions : new[] { new Row(additions) });
        }
        else if (step.Kind == StepKind.Sum)
        {
            statements = Sum(local, Enumerable.Range(0, _layer.Units).Select(unit => OfUnit(value, unit))).ToList();
        }

        _names[step.Name] = local;
        return statements;
    }

    /// <summary>A sum in statements that are not too long to read; the terms are added one by one, in their order.</summary>
    public static IEnumerable<Statement> Sum(string local, IEnumerable<Expression> terms)
    {
        bool isDeclared = false;
        Expression? sum = null;
        int length = 0;
        foreach (Expression term in terms)
        {
            int symbols = term.Symbols().Count;
            if (sum is not null && length + symbols > Longest)
            {
                yield return isDeclared ? new Assign(local, sum) : new Let(local, sum);
                isDeclared = true;
                sum = Expression.Symbol(local);
                length = 0;
            }

            sum = sum is null ? term : new Binary(BinaryOperator.Add, sum, term);
            length += symbols;
        }

        yield return isDeclared ? new Assign(local, sum!) : new Let(local, sum!);
    }

    private Expression OfUnit(Expression value, int unit) =>
        value.Replace(name => Expression.Symbol(_perUnit.Contains(name) ? Local(name, unit) : _names[name]));
}
