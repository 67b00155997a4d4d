using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>
/// The steps of a formula with one variable for each unit: <c>a1_0</c>, <c>a1_1</c>, … These are numbers, or vectors of one type whose lanes do
/// not meet. A step that only renames a quantity writes nothing.
/// </summary>
internal sealed class StraightSteps
{
    /// <summary>Quantities in one statement of a sum.</summary>
    private const int Longest = 32;

    private readonly LayerPlan _layer;
    private readonly string _number;
    private readonly Rounding _rounding;
    private readonly VectorType? _type;
    private readonly Dictionary<string, Func<int, Expression>> _units = new();
    private readonly Dictionary<string, string> _scalars = new();

    public StraightSteps(LayerPlan layer, Rounding rounding, VectorType? type = null)
    {
        _layer = layer;
        _number = Notation.Text(layer.Number);
        _rounding = rounding;
        _type = type;
    }

    /// <summary>Declares that a quantity of each unit already has variables, called <c>local0</c> or <c>local_0</c>.</summary>
    public void Given(string quantity, string local) => Given(quantity, unit => Expression.Symbol(local + Notation.Text(unit)));

    /// <summary>Declares what a quantity of each unit is.</summary>
    public void Given(string quantity, Func<int, Expression> unit) => _units[quantity] = unit;

    /// <summary>Whether there is a quantity of each unit.</summary>
    public bool Has(string quantity) => _units.ContainsKey(quantity);

    /// <summary>The quantity of a unit.</summary>
    public Func<int, Expression> Of(string quantity) => _units[quantity];

    /// <summary>The variable of a unit's quantity.</summary>
    public string Local(string quantity, int unit) => ((Symbol)_units[quantity](unit)).Name;

    /// <summary>Lowers steps, one after another.</summary>
    public IReadOnlyList<Statement> Lower(IEnumerable<Step> steps) =>
        (_rounding.ByCast ? steps.SelectMany(step => NamedParts.Split(step, _layer.Units)) : steps).SelectMany(Lower).ToList();

    /// <summary>Lowers a step.</summary>
    public IEnumerable<Statement> Lower(Step step)
    {
        Expression value = Folded(step);
        if (step.Kind != StepKind.Each)
        {
            return OfLayer(step, value);
        }

        if (value is Symbol same && Has(same.Name))
        {
            Given(step.Name, Of(same.Name));
            return Array.Empty<Statement>();
        }

        return Declare(step.Name, unit => OfUnit(value, unit));
    }

    /// <summary>Declares a variable for a quantity of each unit.</summary>
    public IReadOnlyList<Statement> Declare(string quantity, Func<int, Expression> value)
    {
        string local = $"{quantity}{_number}_";
        Let[] units = Enumerable.Range(0, _layer.Units).Select(unit => new Let(local + Notation.Text(unit), value(unit), _type)).ToArray();
        Given(quantity, local);
        return units;
    }

    /// <summary>The variable of a quantity of the layer, from now on.</summary>
    public string Scalar(string quantity) => _scalars[quantity] = quantity == Quantity.Loss ? quantity : quantity + _number;

    /// <summary>The value of a step for a unit.</summary>
    public Expression OfUnit(Step step, int unit) => OfUnit(Folded(step), unit);

    /// <summary>The value of a step, where quantities of each unit have another name.</summary>
    public Expression Value(Step step, Func<string, Expression> unit) => Value(Folded(step), unit);

    private Expression Folded(Step step) => Express.Formula(step.Value, _layer.Units, _rounding.IsFused);

    private IReadOnlyList<Statement> OfLayer(Step step, Expression value)
    {
        List<Expression> terms = Enumerable.Range(0, step.Kind == StepKind.Once ? 1 : _layer.Units).Select(unit => OfUnit(value, unit)).ToList();
        string local = Scalar(step.Name);
        return step.Kind != StepKind.Max && _rounding.ByCast && terms.Count > 1
            ? new Statement[] { new Let(local, terms[0]), Row.Of(terms.Skip(1).Select(term => Assign.Add(local, term))) }
            : Reduced(step.Kind, local, terms, _type).ToList();
    }

    /// <summary>Declares the maximum of some terms, or their sum, from the first on.</summary>
    public static IEnumerable<Statement> Reduced(StepKind kind, string local, IReadOnlyList<Expression> terms, VectorType? type = null) => kind == StepKind.Max
        ? terms.Skip(1).Select(term => (Statement)new Assign(local, LoopSteps.Larger(term, local), type)).Prepend(new Let(local, terms[0], type))
        : Sum(local, terms, type);

    /// <summary>A sum in statements that are not too long to read; the terms are added one by one, in their order.</summary>
    private static IEnumerable<Statement> Sum(string local, IEnumerable<Expression> terms, VectorType? type)
    {
        bool isDeclared = false;
        Expression? sum = null;
        int length = 0;
        foreach (Expression term in terms)
        {
            int symbols = term.Symbols().Count;
            if (sum is not null && length + symbols > Longest)
            {
                yield return isDeclared ? new Assign(local, sum, type) : new Let(local, sum, type);
                isDeclared = true;
                sum = Expression.Symbol(local);
                length = 0;
            }

            sum = sum is null ? term : new Binary(BinaryOperator.Add, sum, term);
            length += symbols;
        }

        yield return isDeclared ? new Assign(local, sum!, type) : new Let(local, sum!, type);
    }

    private Expression OfUnit(Expression value, int unit) => Value(value, name => Of(name)(unit));

    private Expression Value(Expression value, Func<string, Expression> unit) => value.Replace(name => Has(name) ? unit(name) : Expression.Symbol(_scalars[name]));
}
