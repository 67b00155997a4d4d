using System;

namespace NetGen;

/// <summary>
/// Where the parameters of one layer lie in a <see cref="ParameterBuffer{T}"/>. The weight from input <c>i</c> to unit <c>o</c> is
/// element <c>WeightOffset + i·InputStride + o·UnitStride</c>, the bias of unit <c>o</c> is element <c>BiasOffset + o</c>.
/// Elements between them are padding and stay zero.
/// </summary>
public sealed class LayerLayout
{
    /// <summary>Describes a layer. Generated code calls this; the numbers come from the generator's layout rule.</summary>
    /// <param name="inputs">Inputs of the layer.</param>
    /// <param name="units">Units of the layer.</param>
    /// <param name="weightOffset">Element of the first weight.</param>
    /// <param name="inputStride">Distance between the weights of neighbouring inputs.</param>
    /// <param name="unitStride">Distance between the weights of neighbouring units.</param>
    /// <param name="biasOffset">Element of the first bias, or −1 when the layer has none.</param>
    /// <param name="initialBound">Initial weights are uniform in ±this.</param>
    /// <param name="traceOffset">Element of a trace that holds the output of the first unit, or −1 when a trace need not hold them.</param>
    public LayerLayout(int inputs, int units, int weightOffset, int inputStride, int unitStride, int biasOffset, double initialBound, int traceOffset)
    {
        Inputs = inputs;
        Units = units;
        WeightOffset = weightOffset;
        InputStride = inputStride;
        UnitStride = unitStride;
        BiasOffset = biasOffset;
        InitialBound = initialBound;
        TraceOffset = traceOffset;
    }

    /// <summary>Describes a layer that is no product, whose parameters are told by <see cref="ParameterLayout.Blocks"/> alone. Generated code calls this.</summary>
    /// <param name="inputs">Values of the first node that the layer reads.</param>
    /// <param name="units">Units of the layer.</param>
    /// <param name="traceOffset">Element of a trace that holds the output of the first unit, or −1 when a trace need not hold them.</param>
    public LayerLayout(int inputs, int units, int traceOffset)
        : this(inputs, units, -1, 0, 0, -1, 0, traceOffset)
    {
    }

    /// <summary>Inputs of the layer.</summary>
    public int Inputs { get; }

    /// <summary>Units of the layer.</summary>
    public int Units { get; }

    /// <summary>Element of the first weight, or −1 when the layer has no matrix of weights.</summary>
    public int WeightOffset { get; }

    /// <summary>Whether the layer is a product with a matrix of weights.</summary>
    public bool HasWeights => WeightOffset >= 0;

    /// <summary>Distance between the weights of neighbouring inputs.</summary>
    public int InputStride { get; }

    /// <summary>Distance between the weights of neighbouring units.</summary>
    public int UnitStride { get; }

    /// <summary>Element of the first bias, or −1 when the layer has none.</summary>
    public int BiasOffset { get; }

    /// <summary>Whether the layer has a bias.</summary>
    public bool HasBias => BiasOffset >= 0;

    /// <summary>Initial weights are uniform in ±this; initial biases are 0.</summary>
    public double InitialBound { get; }

    /// <summary>Element of a trace that holds the output of the first unit; the others follow. −1 for the last layer.</summary>
    internal int TraceOffset { get; }

    /// <summary>Number of weights of a product.</summary>
    public int WeightCount => HasWeights ? Inputs * Units : 0;

    /// <summary>Number of weights and biases of a product.</summary>
    public int ParameterCount => WeightCount + (HasBias ? Units : 0);

    /// <summary>Element of the weight from an input to a unit.</summary>
    /// <param name="unit">0 ≤ unit &lt; <see cref="Units"/>.</param>
    /// <param name="input">0 ≤ input &lt; <see cref="Inputs"/>.</param>
    /// <returns>An index into the elements of a <see cref="ParameterBuffer{T}"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index lies outside the layer.</exception>
    /// <exception cref="InvalidOperationException">The layer has no matrix of weights.</exception>
    public int WeightElement(int unit, int input)
    {
        Require.Index(unit, Units, nameof(unit));
        Require.Index(input, Inputs, nameof(input));
        if (!HasWeights)
        {
            throw new InvalidOperationException("This layer has no matrix of weights; its parameters, if it has any, are in ParameterLayout.Blocks.");
        }

        return WeightOffset + input * InputStride + unit * UnitStride;
    }

    /// <summary>Element of the bias of a unit.</summary>
    /// <param name="unit">0 ≤ unit &lt; <see cref="Units"/>.</param>
    /// <returns>An index into the elements of a <see cref="ParameterBuffer{T}"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The unit lies outside the layer.</exception>
    /// <exception cref="InvalidOperationException">The layer has no bias.</exception>
    public int BiasElement(int unit)
    {
        Require.Index(unit, Units, nameof(unit));
        return HasBias ? BiasOffset + unit : throw new InvalidOperationException("This layer has no bias (UseBias = false).");
    }
}
