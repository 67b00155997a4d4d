using System;

namespace NetGen.Training;

/// <summary>
/// A loss or a gradient is NaN or infinite, or a parameter after the last step of all. The network has the last good parameters: those before
/// the step in question if the data is to blame, and those that last had a finite loss if the training diverged.
/// </summary>
public sealed class NonFiniteLossException : ArithmeticException
{
    internal NonFiniteLossException(string message, int epoch, int? sampleIndex)
        : base(message)
    {
        Epoch = epoch;
        SampleIndex = sampleIndex;
    }

    /// <summary>The number of the epoch, from 1.</summary>
    public int Epoch { get; }

    /// <summary>
    /// The index in its dataset of the first sample of the batch that is to blame; null if each sample by itself is finite and only their
    /// sum is not.
    /// </summary>
    public int? SampleIndex { get; }
}
