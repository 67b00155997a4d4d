using System;

namespace NetGen.Benchmarks.Contestants;

/// <summary>A contestant with the parameters of a file, which nobody changes: it has forward passes alone.</summary>
internal abstract class FixedContestant(string name, Group group) : Contestant(name, group)
{
    public sealed override void Load(ReadOnlySpan<float> parameters)
    {
    }

    public sealed override void ClearGradient()
    {
    }

    public sealed override void CopyGradient(Span<float> destination)
    {
    }

    public sealed override void CopyParameters(Span<float> destination)
    {
    }
}
