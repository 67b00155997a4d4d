using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Models.Graphs;

/// <summary>
/// A model in the form that all formats are brought to: what one sample's values go through, without a batch and without shapes. Constants are in double precision, which has those of all formats.
/// </summary>
/// <param name="Nodes">The nodes, each behind those that it reads; the inputs come first.</param>
/// <param name="Outputs">The outputs.</param>
internal sealed record ModelGraph(IReadOnlyList<ModelNode> Nodes, IReadOnlyList<ModelOutput> Outputs)
{
    /// <summary>The inputs.</summary>
    public IEnumerable<InputNode> Inputs => Nodes.OfType<InputNode>();

    /// <summary>Number of constants that are weights.</summary>
    public long Parameters => Nodes.Sum(node => node.Constants.Sum(constants => (long)constants.Length));
}

/// <summary>A result of a model.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Node">The index of the node whose values it is.</param>
/// <param name="IsInteger">Whether its values are whole numbers.</param>
internal sealed record ModelOutput(string Name, int Node, bool IsInteger = false);

/// <summary>A node of a model: some values of a sample.</summary>
/// <param name="Size">How many.</param>
internal abstract record ModelNode(int Size)
{
    /// <summary>Its name in the file, as far as it has one there; for a layer, the name that its weights have.</summary>
    public string Name { get; init; } = "";

    /// <summary>The indices of the nodes that it reads.</summary>
    public abstract IReadOnlyList<int> Inputs { get; }

    /// <summary>What it has of its own.</summary>
    public virtual IEnumerable<double[]> Constants => Enumerable.Empty<double[]>();

    /// <summary>The same node where those that it names have other indices.</summary>
    public abstract ModelNode Moved(Func<int, int> index);
}

/// <summary>Values that depend on nothing in the graph.</summary>
internal abstract record SourceNode(int Size) : ModelNode(Size)
{
    public override IReadOnlyList<int> Inputs => Array.Empty<int>();

    public override ModelNode Moved(Func<int, int> index) => this;
}

/// <summary>Values that the caller has.</summary>
/// <param name="InputName">Their name in the file.</param>
/// <param name="Size">How many.</param>
internal sealed record InputNode(string InputName, int Size) : SourceNode(Size);

/// <summary>Values that are the same for every sample.</summary>
/// <param name="Values">The values.</param>
internal sealed record ConstantNode(double[] Values) : SourceNode(Values.Length)
{
    public override IEnumerable<double[]> Constants => new[] { Values };
}

/// <summary>What reads one node.</summary>
/// <param name="Input">The node.</param>
/// <param name="Size">How many values it has.</param>
internal abstract record UnaryNode(int Input, int Size) : ModelNode(Size)
{
    public override IReadOnlyList<int> Inputs => new[] { Input };

    public override ModelNode Moved(Func<int, int> index) => this with { Input = index(Input) };
}

/// <summary><c>z = W·x + b</c>.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Weight">W, <c>[unit][input]</c>.</param>
/// <param name="Bias">b, or null.</param>
/// <param name="Size">Its units.</param>
internal sealed record DenseNode(int Input, double[] Weight, double[]? Bias, int Size) : UnaryNode(Input, Size)
{
    /// <summary>The number of an earlier node that has the same weights, or null.</summary>
    public int? SharesWith { get; init; }

    /// <summary>Whether the weights are how values are chosen, summed or averaged, and nothing that was learned.</summary>
    public bool IsFixed { get; init; }

    public override IEnumerable<double[]> Constants => SharesWith is not null ? Enumerable.Empty<double[]>() : Bias is null ? new[] { Weight } : new[] { Weight, Bias };

    public override ModelNode Moved(Func<int, int> index) => this with { Input = index(Input), SharesWith = SharesWith is { } shared ? index(shared) : null };
}

/// <summary><c>z = (x − centre) ⊙ scale + offset</c>.</summary>
internal sealed record AffineNode(int Input, double[] Center, double[] Scale, double[] Offset) : UnaryNode(Input, Scale.Length)
{
    public override IEnumerable<double[]> Constants => new[] { Center, Scale, Offset };

    /// <summary>One number for each value.</summary>
    public static double[] Same(int count, double value) => Enumerable.Repeat(value, count).ToArray();
}

/// <summary>One formula, applied to each value.</summary>
internal sealed record ScalarNode(int Input, Scalar Formula, int Size) : UnaryNode(Input, Size);

/// <summary>The sum, difference or product of two nodes, value by value.</summary>
internal sealed record PairNode(ScalarOperator Operator, int Left, int Right, int Size) : ModelNode(Size)
{
    public override IReadOnlyList<int> Inputs => new[] { Left, Right };

    public override ModelNode Moved(Func<int, int> index) => this with { Left = index(Left), Right = index(Right) };
}

/// <summary>Neighbouring values of a node.</summary>
internal sealed record SliceNode(int Input, int Start, int Size) : UnaryNode(Input, Size);

/// <summary>The values of some nodes one after another.</summary>
internal sealed record ConcatNode(ValueList<int> Parts, int Size) : ModelNode(Size)
{
    public override IReadOnlyList<int> Inputs => Parts;

    public override ModelNode Moved(Func<int, int> index) => this with { Parts = new ValueList<int>(Parts.Select(index).ToArray()) };
}

/// <summary>Softmax over each group of neighbouring values, or its logarithm.</summary>
internal sealed record SoftmaxNode(int Input, int Group, bool IsLog, int Size) : UnaryNode(Input, Size);

/// <summary>The values minus their mean, divided by √(their variance + ε): times a weight, plus a bias.</summary>
internal sealed record LayerNormNode(int Input, double Epsilon, double[]? Weight, double[]? Bias, int Size) : UnaryNode(Input, Size)
{
    public override IEnumerable<double[]> Constants => new[] { Weight, Bias }.OfType<double[]>();
}

/// <summary>Of each group of neighbouring values the index, from 0, of the largest, which is the first of equal ones.</summary>
internal sealed record ArgMaxNode(int Input, int Group, int Size) : UnaryNode(Input, Size);
