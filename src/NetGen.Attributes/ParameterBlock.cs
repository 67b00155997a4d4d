using System;
using System.Collections.Generic;

namespace NetGen;

/// <summary>
/// Parameters that belong together, such as the weights of a layer: one tensor of a file. Its parameters follow each other in canonical order, the last
/// index of <see cref="Shape"/> running fastest.
/// </summary>
public sealed class ParameterBlock
{
    private readonly int[] _shape;
    private readonly int _element;
    private readonly int _inputStride;
    private readonly int _unitStride;

    /// <summary>Describes a block. Generated code calls this; the numbers come from the generator's layout rule.</summary>
    /// <param name="name">Its name, which no other block of the network has.</param>
    /// <param name="layer">The index of its layer, from 0.</param>
    /// <param name="role">What it is to its layer.</param>
    /// <param name="shape">Its sizes, <c>[units][inputs]</c> or <c>[units]</c>.</param>
    /// <param name="element">Element of its first parameter.</param>
    /// <param name="inputStride">Distance between the parameters of neighbouring inputs; 0 where it has none.</param>
    /// <param name="unitStride">Distance between the parameters of neighbouring units.</param>
    /// <param name="initialBound">Initial values are uniform in ±this; where it is 0, all are the same.</param>
    /// <param name="initialValue">What they all are.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="shape"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="shape"/> has not one or two sizes.</exception>
    public ParameterBlock(
        string name, int layer, ParameterRole role, int[] shape, int element, int inputStride, int unitStride, double initialBound, double initialValue)
        : this(name, layer, role, shape, element, inputStride, unitStride, initialBound, initialValue, isTrained: true)
    {
    }

    /// <summary>Describes a block that may be left alone by training. Generated code calls this; the numbers come from the generator's layout rule.</summary>
    /// <param name="name">Its name, which no other block of the network has.</param>
    /// <param name="layer">The index of its layer, from 0.</param>
    /// <param name="role">What it is to its layer.</param>
    /// <param name="shape">Its sizes, <c>[units][inputs]</c> or <c>[units]</c>.</param>
    /// <param name="element">Element of its first parameter.</param>
    /// <param name="inputStride">Distance between the parameters of neighbouring inputs; 0 where it has none.</param>
    /// <param name="unitStride">Distance between the parameters of neighbouring units.</param>
    /// <param name="initialBound">Initial values are uniform in ±this; where it is 0, all are the same.</param>
    /// <param name="initialValue">What they all are.</param>
    /// <param name="isTrained">Whether it has a gradient.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="shape"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="shape"/> has not one or two sizes.</exception>
    public ParameterBlock(
        string name, int layer, ParameterRole role, int[] shape, int element, int inputStride, int unitStride, double initialBound, double initialValue, bool isTrained)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        _shape = (int[])(shape ?? throw new ArgumentNullException(nameof(shape))).Clone();
        if (_shape.Length is not (1 or 2))
        {
            throw new ArgumentException($"Expected one or two sizes, given {_shape.Length}.", nameof(shape));
        }

        Layer = layer;
        Role = role;
        Count = _shape[0] * Columns;
        InitialBound = initialBound;
        InitialValue = initialValue;
        IsTrained = isTrained;
        _element = element;
        _inputStride = inputStride;
        _unitStride = unitStride;
    }

    /// <summary>Its name, which no other block of the network has and which files give to it, such as <c>layers.0.weight</c>.</summary>
    public string Name { get; }

    /// <summary>What it is to its layer.</summary>
    public ParameterRole Role { get; }

    /// <summary>The index of its layer in <see cref="ParameterLayout.Layers"/>.</summary>
    public int Layer { get; }

    /// <summary>Its sizes: <c>[units][inputs]</c> for weights of a product, <c>[units]</c> for biases and for weights that multiply units one by one.</summary>
    public IReadOnlyList<int> Shape => _shape;

    /// <summary>The place of its first parameter among all parameters of the network in canonical order.</summary>
    public int FirstParameter { get; internal set; }

    /// <summary>Number of its parameters: the product of the sizes.</summary>
    public int Count { get; }

    /// <summary>Initial values are uniform in ±this; where it is 0, all are <see cref="InitialValue"/>.</summary>
    public double InitialBound { get; }

    /// <summary>What all initial values are where <see cref="InitialBound"/> is 0.</summary>
    public double InitialValue { get; }

    /// <summary>Whether it is trained. Otherwise its gradient is always 0, and optimizers leave it as it is, whatever their weight decay.</summary>
    public bool IsTrained { get; }

    /// <summary>The shape in a message, as in <c>[units][inputs]</c>.</summary>
    internal string ShapeText => "[" + string.Join("][", _shape) + "]";

    /// <summary>Parameters of a unit.</summary>
    private int Columns => _shape.Length == 2 ? _shape[1] : 1;

    /// <summary>Element of one of its parameters.</summary>
    /// <param name="parameter">Its place in the block in canonical order: 0 ≤ parameter &lt; <see cref="Count"/>.</param>
    /// <returns>An index into the elements of a <see cref="ParameterBuffer{T}"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The parameter lies outside the block.</exception>
    public int Element(int parameter)
    {
        Require.Index(parameter, Count, nameof(parameter));
        return ElementOf(parameter);
    }

    /// <summary>The same for a parameter that the block is known to have.</summary>
    internal int ElementOf(int parameter) => _element + parameter % Columns * _inputStride + parameter / Columns * _unitStride;
}
