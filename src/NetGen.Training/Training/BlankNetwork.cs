using System;

namespace NetGen.Training;

/// <summary>
/// Stands for a network where a trainer is only to be compiled: a few parameters, which fill some vectors and a part of one, and a gradient that is always the
/// same.
/// </summary>
internal sealed class BlankNetwork<T>(Loss[] losses) : IWeightedTrainable<T>
    where T : unmanaged
{
    public const int Inputs = 4;
    public const int Outputs = 4;

    private const int Units = 7;
    private const int Weights = Inputs * Units;
    private const int Second = Weights + Units;

    // An odd number of elements: whole vectors and a rest, however wide they are.
    private static readonly ParameterLayout Layout = new(
        Second + Units * Outputs + Outputs,
        new LayerLayout(Inputs, Units, 0, Units, 1, Weights, 0.5, 0),
        new LayerLayout(Units, Outputs, Second, Outputs, 1, Second + Units * Outputs, 0.5, 0));

    public ParameterBuffer<T> Parameters { get; } = new(Layout);

    public int TraceLength => 0;

    public Loss LossOf(int output) => losses[output % losses.Length];

    public ParameterBuffer<T> CreateGradient() => new(Layout);

    public void Initialize(ulong seed) => Parameters.Initialize(seed);

    public void Forward(ReadOnlySpan<T> input, Span<T> output) => output.Clear();

    public void Forward(ReadOnlySpan<T> input, Span<T> output, Span<T> trace) => output.Clear();

    public ReadOnlySpan<T> Activations(ReadOnlySpan<T> trace, int layer) => default;

    public void ForwardBatch(ReadOnlySpan<T> inputs, Span<T> outputs) => outputs.Clear();

    public void Backward(ReadOnlySpan<T> input, ReadOnlySpan<T> trace, ReadOnlySpan<T> outputGradient, ParameterBuffer<T> gradient) => Add(gradient);

    public void Backward(ReadOnlySpan<T> input, ReadOnlySpan<T> trace, ReadOnlySpan<T> outputGradient, ParameterBuffer<T> gradient, Span<T> inputGradient) =>
        Add(gradient);

    public T Backward(ReadOnlySpan<T> input, ReadOnlySpan<T> target, ParameterBuffer<T> gradient) => Add(gradient);

    public T Backward(ReadOnlySpan<T> input, ReadOnlySpan<T> target, ParameterBuffer<T> gradient, Span<T> inputGradient) => Add(gradient);

    public T BackwardBatch(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ParameterBuffer<T> gradient) => Add(gradient);

    public T BackwardBatch(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ParameterBuffer<T> gradient, Span<T> inputGradients) => Add(gradient);

    public T BackwardBatch(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ParameterBuffer<T> gradient, in BatchTerms<T> terms) => Add(gradient);

    public T BackwardBatch(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ParameterBuffer<T> gradient, Span<T> inputGradients, in BatchTerms<T> terms) => Add(gradient);

    public T SgdStep(ReadOnlySpan<T> input, ReadOnlySpan<T> target, T learningRate) => default;

    public T SgdStep(ReadOnlySpan<T> input, ReadOnlySpan<T> target, T learningRate, Span<T> inputGradient) => default;

    /// <summary>Adds a gradient that is neither nothing nor tiny.</summary>
    /// <returns>A loss.</returns>
    private static T Add(ParameterBuffer<T> gradient) => gradient.Weight(0, 0, 0) = Number<T>.From(1e-3);
}
