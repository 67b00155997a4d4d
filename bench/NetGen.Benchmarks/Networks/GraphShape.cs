using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Benchmarks.Comparing;

namespace NetGen.Benchmarks.Networks;

/// <summary>What a node of a graph computes.</summary>
internal enum GraphNodeKind
{
    /// <summary>W·x + b.</summary>
    Dense,

    /// <summary>x̂ ⊙ w + b, with ε = 10⁻⁵.</summary>
    LayerNorm,

    /// <summary>The sum of two.</summary>
    Add,

    /// <summary>Σ gₖ xₖ; the gate g comes first.</summary>
    Blend,
}

/// <summary>A node of a graph.</summary>
/// <param name="Kind">What it computes.</param>
/// <param name="Units">The values of its result.</param>
/// <param name="Activation">What follows.</param>
/// <param name="From">What it reads: the index of a node, or −1 for the input.</param>
internal sealed record GraphNode(GraphNodeKind Kind, int Units, Activation Activation, params int[] From);

/// <summary>An output of a graph.</summary>
/// <param name="Node">The index of the node.</param>
/// <param name="Loss">Its loss, as a mean over its values where that is an option.</param>
internal sealed record GraphOutput(int Node, Loss Loss);

/// <summary>A graph as data. Its outputs lie one after another.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Description">What it is.</param>
/// <param name="Inputs">Values of its input.</param>
/// <param name="Nodes">What it computes, in an order in which it can be.</param>
/// <param name="Heads">Its outputs.</param>
internal sealed record GraphShape(string Name, string Description, int Inputs, IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphOutput> Heads) : NetworkShape(Name)
{
    public override string Description { get; } = Description;

    public override int Inputs { get; } = Inputs;

    public override int Outputs => Heads.Sum(head => Nodes[head.Node].Units);

    public override long MultiplyAdds => Products.Sum(node => Weights(node));

    public override long FirstMultiplyAdds => Products.Where(ReadsInput).Sum(node => Weights(node));

    public override int FirstUnits => Products.Where(ReadsInput).Sum(node => node.Units);

    public override int ParameterCount => Ranges.Sum(range => range.Count);

    public override IEnumerable<ParameterRange> Ranges => Nodes.SelectMany(node => node.Kind switch
    {
        GraphNodeKind.Dense => [new(Weights(node), 0, 0.7 * Math.Sqrt(6.0 / Read(node))), new(node.Units, 0, 0.2)],
        GraphNodeKind.LayerNorm => [new(node.Units, 1, 0.3), new(node.Units, 0, 0.2)],
        _ => Array.Empty<ParameterRange>(),
    });

    /// <summary>Operations on single values, and values loaded and stored for them, that a sample has beside the products and activations of dense layers.</summary>
    public (long Operations, long Values) Extra(bool isForward)
    {
        (long Operations, long Values)[] extras = [.. Nodes.SelectMany(node => isForward ? [Forward(node)] : new[] { Forward(node), Adjoint(node) })];
        return (extras.Sum(extra => extra.Operations), extras.Sum(extra => extra.Values));
    }

    private IEnumerable<GraphNode> Products => Nodes.Where(node => node.Kind == GraphNodeKind.Dense);

    /// <summary>The values of what a node reads first.</summary>
    public int Read(GraphNode node) => node.From[0] < 0 ? Inputs : Nodes[node.From[0]].Units;

    public override void FillTarget(Span<float> target, Random random)
    {
        foreach (GraphOutput head in Heads)
        {
            Span<float> values = target[..Nodes[head.Node].Units];
            target = target[values.Length..];
            if (head.Loss == Loss.CategoricalCrossEntropyWithLogits)
            {
                values[random.Next(values.Length)] = 1;
                continue;
            }

            foreach (ref float value in values)
            {
                value = random.NextSingle();
            }
        }
    }

    public override Reference CreateReference(ReadOnlySpan<float> parameters) => new GraphReference(this, parameters);

    /// <summary>
    /// A layer norm adds up x (1 operation), then the squares of x − mean (3), and scales with mean, deviation, weight and bias (4); it reads x three times, weight and bias, and stores once;
    /// a blend has a product and a sum for each expert but the first.
    /// </summary>
    private static (long Operations, long Values) Forward(GraphNode node)
    {
        (int operations, int values) = node.Kind switch
        {
            GraphNodeKind.LayerNorm => (8, 6),
            GraphNodeKind.Add => (1, 3),
            GraphNodeKind.Blend => ((2 * Experts(node)) - 1, Experts(node) + 1),
            _ => (0, 0),
        };
        return ((long)operations * node.Units, (long)values * node.Units);
    }

    /// <summary>
    /// The adjoint of a layer norm makes x̂ (2 operations), adds to dw and db (3) and up (4, with delta ⊙ w), and makes dx, which is a part beside another (7): it reads delta and x twice, w twice, dx, dw and db, and stores the last three.
    /// That of a sum gives delta away. That of a blend has a dot product and a product for each expert.
    /// </summary>
    private static (long Operations, long Values) Adjoint(GraphNode node)
    {
        (int operations, int values) = node.Kind switch
        {
            GraphNodeKind.LayerNorm => (16, 12),
            GraphNodeKind.Blend => (3 * Experts(node), (2 * Experts(node)) + 1),
            _ => (0, 0),
        };
        return ((long)operations * node.Units, (long)values * node.Units);
    }

    private static int Experts(GraphNode node) => node.From.Length - 1;

    private static bool ReadsInput(GraphNode node) => node.From[0] < 0;

    private int Weights(GraphNode node) => node.Units * Read(node);
}
