using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>
/// The steps of a formula in a straight line of vectors: what exists for each unit in the elements of vectors, sums and maxima from unit to unit as numbers.
/// </summary>
internal sealed class LineSteps
{
    private readonly LayerPlan _layer;
    private readonly VectorWidth _width;
    private readonly bool _isFused;
    private readonly string _number;
    private readonly Dictionary<string, LineValue> _values = new();
    private readonly Dictionary<string, string> _scalars = new();

    public LineSteps(LayerPlan layer, VectorWidth width, bool isFused)
    {
        _layer = layer;
        _width = width;
        _isFused = isFused;
        _number = Notation.Text(layer.Number);
    }

    /// <summary>Declares that a quantity has variables already.</summary>
    public void Given(string quantity, LineValue value) => _values[quantity] = value;

    /// <summary>Declares that a quantity of the layer has a variable already.</summary>
    public void GivenOnce(string quantity, string local) => _scalars[quantity] = local;

    /// <summary>The variables of a quantity.</summary>
    public LineValue Value(string quantity) => _values[quantity];

    /// <summary>Lowers steps, one after another.</summary>
    public IReadOnlyList<Statement> Lower(IEnumerable<Step> steps) => steps.SelectMany(Lower).ToList();

    private IEnumerable<Statement> Lower(Step step)
    {
        Expression value = Express.Formula(step.Value, _layer.Units, _isFused);
        switch (step.Kind)
        {
            case StepKind.Each when value is Symbol same && _values.TryGetValue(same.Name, out LineValue? known):
                Given(step.Name, known);
                return Enumerable.Empty<Statement>();
            case StepKind.Each:
                return Each(step.Name, value);
            case StepKind.Once:
                return new[] { new Let(Scalar(step.Name), value.Replace(name => Expression.Symbol(_scalars[name]))) };
            default:
                return Reduction(step, value);
        }
    }

    private List<Statement> Each(string name, Expression value)
    {
        LineValue result = LineValue.Of(name + _number, _layer.PaddedUnits, _width);
        List<Statement> statements = result
            .Declare((chunk, index) => value.Replace(symbol => _values.TryGetValue(symbol, out LineValue? known)
                ? known.Chunks[index].Value
                : VectorOperation.Splat(chunk.Type, Expression.Symbol(_scalars[symbol]))))
            .ToList();
        Given(name, result);
        return statements;
    }

    private IEnumerable<Statement> Reduction(Step step, Expression term)
    {
        string name = term is Symbol symbol ? symbol.Name : step.Name + "Term";
        List<Statement> statements = term is Symbol ? new List<Statement>() : Each(name, term);
        List<Expression> elements = Enumerable.Range(0, _layer.Units).Select(_values[name].Element).ToList();
        string local = Scalar(step.Name);
        statements.AddRange(StraightSteps.Reduced(step.Kind, local, elements));
        return statements;
    }

    /// <summary>The variable of a quantity of the layer, from now on.</summary>
    private string Scalar(string name) => _scalars[name] = name == Quantity.Loss ? name : name + _number;
}
