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

    private static bool ReadsInput(GraphNode node) => node.From[0] < 0;

    private int Weights(GraphNode node) => node.Units * Read(node);
}
