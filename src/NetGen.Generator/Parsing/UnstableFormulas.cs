using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Activations;
using NetGen.Generator.Formulas.Own;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>Combinations of functions that lose digits or are infinite where one function is right.</summary>
internal static class UnstableFormulas
{
    private static readonly (string What, string Better) SoftplusOfX = ("ln (1 + e^x)", "StrictMath.Softplus(x)");

    /// <summary>What x − y is that there is a function for.</summary>
    public static (string What, string Better)? OfDifference(FormulaGraph graph, int x, int y) => (Is(graph, x, Function.Exp), Is(graph, y, Function.Exp)) switch
    {
        (true, true) => ("e^x − e^y", "StrictMath.Exp(y) * StrictMath.Expm1(x - y)"),
        (true, false) when graph.ValueOf(y) == 1 => ("e^x − 1", "StrictMath.Expm1(x)"),
        (false, true) when graph.ValueOf(x) == 1 => ("1 − e^x", "-StrictMath.Expm1(x)"),
        _ when graph.ValueOf(x) == 1 && Is(graph, y, Function.Erf) => ("1 − erf x", "StrictMath.Erfc(x)"),
        _ when graph.ValueOf(x) == 1 && Is(graph, y, Function.Erfc) => ("1 − erfc x", "StrictMath.Erf(x)"),
        _ => null,
    };

    /// <summary>What a function makes of x that there is another function for.</summary>
    public static (string What, string Better)? OfCall(FormulaGraph graph, string name, int x) => name switch
    {
        "Log" => OfLogarithm(graph, x),
        "Log1p" or "LogP1" when Is(graph, x, Function.Exp) => SoftplusOfX,
        _ => null,
    };

    /// <summary>What a loss makes of the values of an activation that there is something better for.</summary>
    public static (string What, string Better)? OfLoss(OwnFormula loss, string? activation)
    {
        FormulaGraph graph = FormulaGraph.Of(loss);
        bool takesLogarithm = Enumerable.Range(0, graph.Count)
            .Any(node => graph.ArgumentOf(node, Function.Log) is { } x && graph[x] is { Operator: FormulaOperator.Variable, Index: 0 });
        return !takesLogarithm ? null : activation switch
        {
            nameof(Softmax) => ("The logarithm of Activation.Softmax", "Activation.LogSoftmax"),
            nameof(Formulas.Activations.Sigmoid) => ("The logarithm of Activation.Sigmoid", "-StrictMath.Softplus(-a) of the logits"),
            _ => null,
        };
    }

    private static (string What, string Better)? OfLogarithm(FormulaGraph graph, int x)
    {
        FormulaNode node = graph[x];
        bool isOneMore = node.Operator == FormulaOperator.Add && (graph.ValueOf(node.Operands[0]) == 1 || graph.ValueOf(node.Operands[1]) == 1);
        bool isLess = node.Operator == FormulaOperator.Subtract && graph.ValueOf(node.Operands[0]) == 1;
        return Is(graph, x, Function.Sigmoid) ? ("The logarithm of a sigmoid", "-StrictMath.Softplus(-x)")
            : isLess && Is(graph, node.Operands[1], Function.Sigmoid) ? ("ln (1 − σ(x))", "-StrictMath.Softplus(x)")
            : isOneMore && (Is(graph, node.Operands[0], Function.Exp) || Is(graph, node.Operands[1], Function.Exp)) ? SoftplusOfX
            : null;
    }

    private static bool Is(FormulaGraph graph, int node, Function function) => graph.ArgumentOf(node, function) is not null;
}
