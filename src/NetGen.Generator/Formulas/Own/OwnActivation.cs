using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Own;

/// <summary>An activation that the class itself has as a method: its value as it was read, its derivative by the rules.</summary>
internal sealed class OwnActivation : ActivationFormula
{
    private readonly OwnFormula _formula;
    private readonly Lazy<(FormulaGraph Graph, int Value, int Slope)> _parts;

    /// <summary>Prepares an activation.</summary>
    /// <param name="formula">The formula; null is the identity, in the place of one that could not be read.</param>
    public OwnActivation(OwnFormula? formula)
    {
        _formula = formula ?? new OwnFormula("own", EquatableArray<FormulaNode>.Of(new FormulaNode(FormulaOperator.Variable)));
        _parts = new Lazy<(FormulaGraph, int, int)>(() =>
        {
            FormulaGraph graph = FormulaGraph.Of(_formula);
            int value = graph.Count - 1;
            return (graph, value, Differentiation.Derivative(graph, value));
        });
    }

    public override string Name => _formula.Name;

    public override string ValueText => FormulaText.Of(Graph, Value, isFactor: false, Given("{z}")) ?? $"{Name}({{z}})";

    public override string DeltaText => "{g} ⊙ " + (FormulaText.Of(Graph, Slope, isFactor: true, node => SlopeReadsOutput && node == Value ? "{a}" : Given("{z}")(node)) ?? $"{Name}′({{z}})");

    public override IReadOnlyList<Step> Forward
    {
        get
        {
            (IReadOnlyList<Step> steps, IReadOnlyList<Expression> values) = FormulaSteps.Of(Graph, "part", Variable, Value);

            // What is linear between kinks is no smaller than z.
            Expression value = IsConstant(Slope) ? values[0] : new Flush(values[0], IsHidden);
            return steps.Append(Step.Each(A, value)).ToArray();
        }
    }

    public override IReadOnlyList<Step> Backward
    {
        get
        {
            bool readsOutput = SlopeReadsOutput;
            (IReadOnlyList<Step> steps, IReadOnlyList<Expression> values) = FormulaSteps.Of(Graph, "slope", node => readsOutput && node == Value ? AValue : Variable(node), Slope);
            Expression delta = IsConstant(Slope) ? OutputGradientValue * values[0] : new Damp(OutputGradientValue, values[0], IsAfterHidden);
            return steps.Append(Step.Each(Delta, delta)).ToArray();
        }
    }

    private FormulaGraph Graph => _parts.Value.Graph;

    private int Value => _parts.Value.Value;

    private int Slope => _parts.Value.Slope;

    /// <summary>Whether the slope follows from the output alone, which a trace has anyway where another layer reads it.</summary>
    private bool SlopeReadsOutput => Graph[Value].Operator == FormulaOperator.Apply && Reads(Slope, Value) && !Reads(Slope, Graph.Variable(0), Value);

    private Expression? Variable(int node) => Graph[node].Operator == FormulaOperator.Variable ? ZValue : null;

    private Func<int, string?> Given(string z) => node => Graph[node].Operator == FormulaOperator.Variable ? z : null;

    /// <summary>Whether a node reads another, other than through a third.</summary>
    private bool Reads(int node, int other, int except = -1)
    {
        var seen = new HashSet<int>();
        bool Find(int at) => at == other || (at != except && seen.Add(at) && Graph[at].Operands.Any(Find));
        return Find(node);
    }

    /// <summary>Whether a value is one of some constants.</summary>
    private bool IsConstant(int node) => Graph.ValueOf(node) is not null || (FormulaGraph.IsSelect(Graph[node]) && Graph[node].Operands.Skip(2).All(IsConstant));
}
