using System;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Contestants;

/// <summary>Forward of a generated class, of one sample or of a batch.</summary>
internal delegate void ForwardMethod(ReadOnlySpan<float> input, Span<float> output);

/// <summary>A call of it, through a delegate that is bound to the method.</summary>
internal readonly unsafe struct ForwardCall(ForwardMethod method, int inputs, int outputs) : ICall
{
    public void Invoke(float* input, float* other) => method(new ReadOnlySpan<float>(input, inputs), new Span<float>(other, outputs));
}
