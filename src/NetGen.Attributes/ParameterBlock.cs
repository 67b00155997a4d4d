using System.Collections.Generic;
using System.Globalization;

namespace NetGen;

/// <summary>
/// Parameters that belong together, such as the weights of a layer: one tensor of a file. Its parameters follow each other in canonical order, the last
/// index of <see cref="Shape"/> running fastest.
/// </summary>
public sealed class ParameterBlock
{
    private readonly LayerLayout _layout;
    private readonly int[] _shape;

    internal ParameterBlock(LayerLayout layout, int layer, ParameterRole role, int firstParameter)
    {
        _layout = layout;
        _shape = role == ParameterRole.Weight ? new[] { layout.Units, layout.Inputs } : new[] { layout.Units };
        Layer = layer;
        Role = role;
        FirstParameter = firstParameter;
        Count = role == ParameterRole.Weight ? layout.WeightCount : layout.Units;
        Name = $"layers.{layer.ToString(CultureInfo.InvariantCulture)}.{(role == ParameterRole.Weight ? "weight" : "bias")}";
    }

    /// <summary>Its name, which no other block of the network has and which files give to it, such as <c>layers.0.weight</c>.</summary>
    public string Name { get; }

    /// <summary>What it is to its layer.</summary>
    public ParameterRole Role { get; }

    /// <summary>The index of its layer in <see cref="ParameterLayout.Layers"/>.</summary>
    public int Layer { get; }

    /// <summary>Its sizes: <c>[units][inputs]</c> for weights, <c>[units]</c> for biases.</summary>
    public IReadOnlyList<int> Shape => _shape;

    /// <summary>The place of its first parameter among all parameters of the network in canonical order.</summary>
    public int FirstParameter { get; }

    /// <summary>Number of its parameters: the product of the sizes.</summary>
    public int Count { get; }

    /// <summary>Initial values are uniform in ±this; 0 where they are 0.</summary>
    public double InitialBound => Role == ParameterRole.Weight ? _layout.InitialBound : 0;

    /// <summary>Element of one of its parameters.</summary>
    /// <param name="parameter">Its place in the block in canonical order: 0 ≤ parameter &lt; <see cref="Count"/>.</param>
    /// <returns>An index into the elements of a <see cref="ParameterBuffer{T}"/>.</returns>
    /// <exception cref="System.ArgumentOutOfRangeException">The parameter lies outside the block.</exception>
    public int Element(int parameter)
    {
        Require.Index(parameter, Count, nameof(parameter));
        return _layout.Element(Role == ParameterRole.Weight ? parameter : _layout.WeightCount + parameter);
    }
}
