using System;

namespace NetGen.Fuzz.Damaged;

/// <summary>A network that has parameters and computes nothing.</summary>
/// <param name="layout">Its parameters.</param>
internal sealed class BareNetwork(ParameterLayout layout) : INetwork<float>
{
    public ParameterBuffer<float> Parameters { get; } = new(layout);

    public int TraceLength => 0;

    public float[] Values
    {
        get
        {
            float[] values = new float[layout.ParameterCount];
            Parameters.CopyTo(values);
            return values;
        }
    }

    public ParameterBuffer<float> CreateGradient() => new(layout);

    public void Initialize(ulong seed) => throw new NotSupportedException();

    public void Forward(ReadOnlySpan<float> input, Span<float> output) => throw new NotSupportedException();

    public void Forward(ReadOnlySpan<float> input, Span<float> output, Span<float> trace) => throw new NotSupportedException();

    public ReadOnlySpan<float> Activations(ReadOnlySpan<float> trace, int layer) => throw new NotSupportedException();

    public void ForwardBatch(ReadOnlySpan<float> inputs, Span<float> outputs) => throw new NotSupportedException();

    public void Backward(ReadOnlySpan<float> input, ReadOnlySpan<float> trace, ReadOnlySpan<float> outputGradient, ParameterBuffer<float> gradient) => throw new NotSupportedException();

    public void Backward(ReadOnlySpan<float> input, ReadOnlySpan<float> trace, ReadOnlySpan<float> outputGradient, ParameterBuffer<float> gradient, Span<float> inputGradient) => throw new NotSupportedException();
}
