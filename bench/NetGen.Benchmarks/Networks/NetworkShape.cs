using System;
using System.Collections.Generic;
using NetGen.Benchmarks.Comparing;

namespace NetGen.Benchmarks.Networks;

/// <summary>What measuring a network needs to know of it.</summary>
/// <param name="Name">Its name on the command line.</param>
internal abstract record NetworkShape(string Name)
{
    /// <summary>Values of a sample.</summary>
    public abstract int Inputs { get; }

    /// <summary>Values of its outputs, and of its targets.</summary>
    public abstract int Outputs { get; }

    /// <summary>The shape and functions in one short text, such as <c>4-16-3 tanh, softmax</c>.</summary>
    public abstract string Description { get; }

    /// <summary>Multiply-adds of one forward pass.</summary>
    public abstract long MultiplyAdds { get; }

    /// <summary>Multiply-adds of the layers that read inputs, which need no gradient.</summary>
    public abstract long FirstMultiplyAdds { get; }

    /// <summary>The units of those layers.</summary>
    public abstract int FirstUnits { get; }

    public abstract int ParameterCount { get; }

    /// <summary>How the parameters are drawn, in canonical order.</summary>
    public abstract IEnumerable<ParameterRange> Ranges { get; }

    /// <summary>Draws the target of a sample.</summary>
    public abstract void FillTarget(Span<float> target, Random random);

    /// <summary>The network in double precision, independent of the generator and of every contestant.</summary>
    public abstract Reference CreateReference(ReadOnlySpan<float> parameters);
}

/// <summary>Parameters that are drawn alike.</summary>
/// <param name="Count">How many.</param>
/// <param name="Middle">The middle of the range.</param>
/// <param name="Bound">The largest distance from it.</param>
internal readonly record struct ParameterRange(int Count, double Middle, double Bound);
