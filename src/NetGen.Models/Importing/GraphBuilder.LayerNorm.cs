using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Importing;

/// <summary>Layer normalisation that is written out: <c>(x − mean(x)) / √(mean((x − mean(x))²) + ε)</c>.</summary>
internal sealed partial class GraphBuilder
{
    /// <summary>Nodes that are the means of groups of neighbouring values of another.</summary>
    private readonly Dictionary<int, (int Input, int Group)> _means = new();

    /// <summary>Nodes that are another one minus the means of its groups.</summary>
    private readonly Dictionary<int, (int Input, int Group)> _centered = new();

    private void NoteCentering(ScalarOperator operation, int pair, int left, Tensor right)
    {
        if (operation == ScalarOperator.Subtract && OnlyNode(right) is { } mean && _means.TryGetValue(mean, out (int Input, int Group) of) && of.Input == left && IsOfGroups(right, of.Group))
        {
            _centered[pair] = of;
        }
    }

    /// <summary>A quotient as a normalisation, where it is one.</summary>
    private Tensor? LayerNorm(Tensor left, Tensor right)
    {
        if (OnlyNode(left) is not { } centered
            || !_centered.TryGetValue(centered, out (int Input, int Group) of)
            || OnlyNode(right) is not { } deviation
            || !IsOfGroups(right, of.Group)
            || !left.Places.Select(place => place.Index).SequenceEqual(Enumerable.Range(0, _nodes[centered].Size))
            || _nodes[deviation] is not ScalarNode { Formula: ScalarOperation { Operator: ScalarOperator.SquareRoot } root } scalar
            || root.Operands[0] is not ScalarOperation { Operator: ScalarOperator.Add } sum
            || !sum.Operands[0].IsVariable
            || sum.Operands[1] is not ScalarNumber epsilon
            || !_means.TryGetValue(scalar.Input, out (int Input, int Group) variance)
            || variance.Group != of.Group
            || _nodes[variance.Input] is not ScalarNode square
            || square.Input != centered
            || square.Formula != Scalar.Apply(ScalarOperator.Power, 2, Scalar.Variable))
        {
            return null;
        }

        int rows = left.Count / of.Group;
        Tensor normalised = LayerNorm(Tensor.All(new[] { new Dimension(rows), new Dimension(of.Group) }, of.Input), epsilon.Value, null, null);
        return normalised.In(left.Dimensions);
    }

    /// <summary>Whether each value of a tensor is that of its group.</summary>
    private static bool IsOfGroups(Tensor tensor, int group) => tensor.Places.Select(place => place.Index).SequenceEqual(Enumerable.Range(0, tensor.Count).Select(index => index / group));
}
