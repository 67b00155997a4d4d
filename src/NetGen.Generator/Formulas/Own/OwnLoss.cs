using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Own;

/// <summary>A loss that the class itself has as a method of an output and its target: <c>L = (1/n) Σ ℓ(a, y)</c>, <c>dL/da = (1/n) dℓ/da</c> by the rules.</summary>
internal sealed class OwnLoss : LossFormula
{
    private readonly FormulaGraph _graph;
    private readonly string _name;
    private readonly int _value;
    private readonly int _slope;

    /// <summary>Prepares a loss.</summary>
    /// <param name="formula">The formula; null is the output itself, in the place of one that could not be read.</param>
    public OwnLoss(OwnFormula? formula)
    {
        OwnFormula known = formula ?? new OwnFormula("own", EquatableArray<FormulaNode>.Of(new FormulaNode(FormulaOperator.Variable)));
        _name = known.Name;
        _graph = FormulaGraph.Of(known);
        _value = _graph.Count - 1;
        _slope = Differentiation.Derivative(_graph, _value);
    }

    public override bool HasReduction => true;

    public override string ValueText(bool sumOutputs) => $"{Factor(sumOutputs)}Σ {FormulaText.Of(_graph, _value, isFactor: true, Text) ?? $"{_name}({{a}}, {{y}})"}";

    public override string GradientText(bool sumOutputs) => $"{Factor(sumOutputs)}{FormulaText.Of(_graph, _slope, isFactor: !sumOutputs, Text) ?? $"{_name}′({{a}}, {{y}})"}";

    public override IReadOnlyList<Step> Steps(bool sumOutputs)
    {
        (IReadOnlyList<Step> steps, IReadOnlyList<Expression> values) = FormulaSteps.Of(_graph, "cost", Variable, _value, _slope);
        return steps
            .Append(Step.Sum("costs", values[0]))
            .Append(Step.Once(Loss, Reduce(Symbol("costs"), sumOutputs)))
            .Append(Step.Each(OutputGradient, Reduce(values[1], sumOutputs)))
            .ToArray();
    }

    private static Expression Symbol(string name) => Expression.Symbol(name);

    private Expression? Variable(int node) => _graph[node].Operator != FormulaOperator.Variable ? null : _graph[node].Index == 0 ? AValue : YValue;

    private string? Text(int node) => _graph[node].Operator != FormulaOperator.Variable ? null : _graph[node].Index == 0 ? "{a}" : "{y}";
}
