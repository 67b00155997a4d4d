using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;
using NetGen.Models.Graphs;

namespace NetGen.Generator.Importing;

/// <summary>A model as a network: its graph, and the values of the blocks of each node.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Blocks">The values.</param>
/// <param name="Choices">The outputs that are whole numbers.</param>
internal sealed record ModelNetwork(NetworkGraph Graph, IReadOnlyList<double[][]> Blocks, IReadOnlyList<ChosenOutput> Choices)
{
    /// <summary>Makes a network of a model.</summary>
    public static ModelNetwork Of(LayeredModel model)
    {
        GraphNode[] nodes = model.Layers
            .Select(layer => new GraphNode(layer.Name, Spec(layer), new EquatableArray<int>(layer.Inputs), layer.SharesWith, layer.IsFrozen))
            .ToArray();
        GraphOutput[] outputs = model.Outputs.Select(output => new GraphOutput(output.Name, output.Layer, new LossSpec(LossSpec.None))).ToArray();
        NetworkGraph graph = OutputNodes.Apart(new NetworkGraph(new EquatableArray<GraphNode>(nodes), new EquatableArray<GraphOutput>(outputs)));
        return new ModelNetwork(
            graph,
            graph.Nodes.Select((_, index) => index >= model.Layers.Count ? Array.Empty<double[]>() : model.Layers[index].Blocks.Select(block => block.Values).ToArray()).ToArray(),
            model.Outputs.Select((output, index) => (output.ChoiceGroup, index)).Where(output => output.ChoiceGroup is not null).Select(output => new ChosenOutput(output.index, output.ChoiceGroup!.Value)).ToArray());
    }

    private static LayerSpec Spec(ModelLayer layer)
    {
        ModelActivation activation = layer.Activation;
        LayerSpec spec = Plain(layer);
        return activation.IsIdentity ? spec : spec with { Activation = activation.Name ?? Catalogue.Own, Alpha = activation.Alpha, Own = activation.Formula is null ? null : ModelFormulas.Own(activation.Formula) };
    }

    private static LayerSpec Plain(ModelLayer layer) => layer.Kind switch
    {
        LayerKind.Input => new Input(layer.Size),
        LayerKind.Parameter => new Parameter(layer.Size),
        LayerKind.Dense => new Dense(layer.Size, ModelActivation.Identity.Name!, layer.UseBias),
        LayerKind.Normalize => new Normalize(layer.Clip, ModelLayer.NormalizeEpsilon),
        LayerKind.LayerNorm => new LayerNorm(layer.Epsilon, layer.UseWeight, layer.UseBias),
        LayerKind.SoftmaxGroups => new SoftmaxGroups(layer.Group),
        LayerKind.Concat => new Concat(layer.Inputs.Count),
        LayerKind.Slice => new Slice(layer.Start, layer.Size),
        LayerKind.Add => new Add(),
        LayerKind.Subtract => new Subtract(),
        LayerKind.Multiply => new Multiply(),
        _ => throw new InvalidOperationException($"A {layer.Kind} is no layer."),
    };
}
