using System.Collections.Generic;

namespace NetGen.Models.Graphs;

/// <summary>A model in the layers that NetGen has: as a class could declare it.</summary>
/// <param name="Layers">The layers, each behind those that it reads; the inputs come first.</param>
/// <param name="Outputs">The outputs.</param>
internal sealed record LayeredModel(IReadOnlyList<ModelLayer> Layers, IReadOnlyList<LayeredOutput> Outputs);

/// <summary>A result of a model.</summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="Layer">The index of the layer whose values it is, or is chosen by.</param>
/// <param name="ChoiceGroup">Of each group of so many values the index of the largest is the output; null where the values are it.</param>
internal sealed record LayeredOutput(string Name, int Layer, int? ChoiceGroup);

/// <summary>A layer.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name, which no other has.</param>
/// <param name="Size">Values that it computes.</param>
/// <param name="Inputs">The indices of the layers that it reads.</param>
internal sealed record ModelLayer(LayerKind Kind, string Name, int Size, ValueList<int> Inputs)
{
    /// <summary>ε of a normalisation by constants, which is that of its declaration.</summary>
    public const double NormalizeEpsilon = 1e-8;

    /// <summary>What is applied to its values.</summary>
    public ModelActivation Activation { get; init; } = ModelActivation.Identity;

    /// <summary>The index of the layer whose parameters it has too, or null.</summary>
    public int? SharesWith { get; init; }

    /// <summary>Whether its parameters are no weights that were learned.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>Whether a product or a normalisation has biases, its own or those that it shares.</summary>
    public bool UseBias { get; init; }

    /// <summary>Whether a normalisation has weights.</summary>
    public bool UseWeight { get; init; }

    /// <summary>The largest magnitude of what a normalisation by constants computes, or null.</summary>
    public double? Clip { get; init; }

    /// <summary>ε of a normalisation by the values themselves.</summary>
    public double Epsilon { get; init; }

    /// <summary>The first value of a slice.</summary>
    public int Start { get; init; }

    /// <summary>Values of a group of a softmax.</summary>
    public int Group { get; init; }

    /// <summary>Its parameters in canonical order.</summary>
    public IReadOnlyList<ModelBlock> Blocks { get; init; } = new ModelBlock[0];

    /// <summary>The name of some of its parameters in files and networks.</summary>
    public string BlockName(ModelBlock block) => Name + "." + block.Name;
}

/// <summary>The kinds of layers that models have, by the names of their declarations.</summary>
internal enum LayerKind
{
    Input,
    Parameter,
    Dense,
    Normalize,
    LayerNorm,
    SoftmaxGroups,
    Concat,
    Slice,
    Add,
    Subtract,
    Multiply,
}

/// <summary>Parameters of a layer that belong together.</summary>
/// <param name="Name">Their name within the layer, as files have it.</param>
/// <param name="Shape">Their sizes.</param>
/// <param name="Values">The values, the last index fastest.</param>
internal sealed record ModelBlock(string Name, ValueList<int> Shape, double[] Values);
