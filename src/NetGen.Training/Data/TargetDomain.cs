using System;
#if NET
using System.Numerics;
using System.Runtime.InteropServices;
#endif

namespace NetGen.Training;

/// <summary>The targets that the losses of a network are defined for: a cross-entropy takes probabilities, everything else any number.</summary>
internal sealed class TargetDomain<T>
    where T : unmanaged
{
    private readonly Loss[] _losses;
    private readonly bool _hasProbability;
    private readonly bool _isAllProbability;

    public TargetDomain(INetwork<T> network)
    {
        _losses = Losses.Of(network);
        _hasProbability = Array.Exists(_losses, IsProbability);
        _isAllProbability = Array.TrueForAll(_losses, IsProbability);
    }

    /// <summary>Looks for a target that its loss is not defined for. NaN is none: the loss of its sample tells.</summary>
    /// <param name="targets">Those of some samples, one after another.</param>
    /// <returns>The index of the first one, or −1.</returns>
    public int FirstOutside(ReadOnlySpan<T> targets)
    {
        if (!_hasProbability)
        {
            return -1;
        }

        for (int i = _isAllProbability ? Inside(targets) : 0; i < targets.Length; i++)
        {
            double target = Number<T>.ToDouble(targets[i]);
            if (target is < 0 or > 1 && IsProbability(_losses[i % _losses.Length]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Says which target is wrong and what to write.</summary>
    /// <param name="sample">Its sample.</param>
    /// <param name="output">Its output.</param>
    /// <param name="target">The target.</param>
    public string Message(int sample, int output, T target) => FormattableString.Invariant(
        $"Sample {sample}, output {output}: the target is {target}, and {nameof(Loss)}.{_losses[output]} needs targets from 0 to 1. ")
        + $"Write 0 and 1 in place of -1 and 1; for targets of any size declare {nameof(Loss)}.{nameof(Loss.HalfSquaredError)}.";

    private static bool IsProbability(Loss loss) => loss is Loss.BinaryCrossEntropy or Loss.BinaryCrossEntropyWithLogits
        or Loss.CategoricalCrossEntropy or Loss.CategoricalCrossEntropyWithLogits;

    /// <summary>Skips vectors of targets from 0 to 1.</summary>
    /// <returns>How many targets are known to be inside.</returns>
    private static int Inside(ReadOnlySpan<T> targets)
    {
#if NET
        ReadOnlySpan<Vector<T>> vectors = MemoryMarshal.Cast<T, Vector<T>>(targets);
        for (int i = 0; i < vectors.Length; i++)
        {
            if (Vector.LessThanAny(vectors[i], Vector<T>.Zero) || Vector.GreaterThanAny(vectors[i], Vector<T>.One))
            {
                return i * Vector<T>.Count;
            }
        }

        return vectors.Length * Vector<T>.Count;
#else
        return 0;
#endif
    }
}
