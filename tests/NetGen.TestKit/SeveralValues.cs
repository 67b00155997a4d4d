using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.TestKit;

/// <summary>Networks of several inputs and outputs, from one that has one of each.</summary>
internal static class SeveralValues
{
    private static readonly LossSpec[] Losses =
    [
        new("HalfSquaredError"), new("SquaredError", Weight: 0.5), new("None"), new("BinaryCrossEntropyWithLogits", Weight: 0.25), new("CategoricalCrossEntropyWithLogits"), new("Huber", Delta: 0.5),
        new("LogCosh"), new("Linear"), new("AbsoluteError"), new("BinaryCrossEntropy"), new("CategoricalCrossEntropy"), new("CategoricalCrossEntropyWithLogits", LabelSmoothing: 0.25),
    ];

    /// <summary>Adds an input whose layer is added to the first one, an input that nothing reads or an output reads alone, and one to four outputs.</summary>
    /// <param name="graph">A network of one input and one output.</param>
    /// <param name="seed">Any number; each has its own.</param>
    public static NetworkGraph Of(NetworkGraph graph, int seed)
    {
        var random = new Random(seed);
        int first = graph.Sizes()[0];
        List<GraphNode> nodes =
        [
            graph.Nodes[0] with { Name = "State" },
            new("Action", new Input(random.Next(1, 6)), default),
            new("Goal", new Input(random.Next(1, 10)), default),
            new("mixed", new Dense(first, "Tanh"), Of(1)),
            new("both", new Add(), Of(0, 3)),
        ];
        int moved = nodes.Count - 1;
        nodes.AddRange(graph.Nodes.Skip(1).Select(node => node with { Inputs = Of([.. node.Inputs.Select(input => input + moved)]), SharesWith = node.SharesWith + moved }));
        List<GraphOutput> outputs = [graph.Outputs[0] with { Name = "Policy", Node = nodes.Count - 1 }];
        int inner = nodes.Count - 1;
        for (int extra = random.Next(1, 4); extra > 0; extra--)
        {
            int source = random.Next(4) == 0 ? 2 : random.Next(moved, inner);
            LossSpec loss = Losses[random.Next(Losses.Length)];
            string activation = loss.Name switch
            {
                "BinaryCrossEntropy" => "Sigmoid",
                "CategoricalCrossEntropy" => "Softmax",
                _ => loss.Name.EndsWith("WithLogits", StringComparison.Ordinal) ? "Identity" : random.Next(2) == 0 ? "Tanh" : "Silu",
            };
            outputs.Insert(random.Next(outputs.Count + 1), new GraphOutput($"Extra{extra}", nodes.Count, loss));
            nodes.Add(new GraphNode($"extra{extra}", new Dense(random.Next(1, 10), activation, UseBias: extra != 2), Of(source)));
        }

        return new NetworkGraph(new EquatableArray<GraphNode>(nodes), new EquatableArray<GraphOutput>(outputs));
    }

    private static EquatableArray<int> Of(params int[] inputs) => new(inputs);
}
