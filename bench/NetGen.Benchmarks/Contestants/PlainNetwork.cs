using System;

namespace NetGen.Benchmarks.Contestants;

/// <summary>
/// A network as a C# user would write it: for any sizes, with buffers that are allocated once. Parameters enter and leave in canonical
/// order, per layer the weights <c>[unit][input]</c>, then the biases.
/// </summary>
internal abstract class PlainNetwork
{
    /// <summary>Takes all parameters.</summary>
    public abstract void Load(ReadOnlySpan<float> parameters);

    /// <summary>Computes the outputs of one sample.</summary>
    public abstract void Forward(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Computes the outputs of as many samples as there are in the inputs.</summary>
    public abstract void ForwardBatch(ReadOnlySpan<float> inputs, Span<float> outputs);

    /// <summary>Adds the mean gradient of the samples.</summary>
    public abstract void AddGradient(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets);

    /// <summary>Sets the gradient to zero.</summary>
    public abstract void ClearGradient();

    /// <summary>θ ← θ − η dL/dθ with the gradient that has been added up.</summary>
    public abstract void Update(float learningRate);

    /// <summary>Adam for the gradient that has been added up, where the network has it.</summary>
    public virtual PlainAdam? CreateAdam(float learningRate) => null;

    /// <summary>Writes the gradient in canonical order.</summary>
    public abstract void CopyGradient(Span<float> destination);

    /// <summary>Writes the parameters in canonical order.</summary>
    public abstract void CopyParameters(Span<float> destination);
}
