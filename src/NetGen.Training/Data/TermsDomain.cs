using System;
using System.Collections.Generic;

namespace NetGen.Training;

/// <summary>The terms that samples of a network may have: finite weights, and of what is possible at least one output of each distribution.</summary>
internal sealed class TermsDomain<T>
    where T : unmanaged
{
    private readonly Loss[] _losses;

    /// <summary>Outputs one after another that have one categorical loss: a distribution each, or several that the losses do not tell apart.</summary>
    private readonly (int Start, int Length)[] _distributions;

    public TermsDomain(INetwork<T> network)
    {
        _losses = Losses.Of(network);
        var distributions = new List<(int Start, int Length)>();
        for (int start = 0, end; start < _losses.Length; start = end)
        {
            for (end = start + 1; end < _losses.Length && _losses[end] == _losses[start];)
            {
                end++;
            }

            if (IsCategorical(_losses[start]))
            {
                distributions.Add((start, end - start));
            }
        }

        _distributions = distributions.ToArray();
    }

    public static bool IsCategorical(Loss loss) => loss is Loss.CategoricalCrossEntropy or Loss.CategoricalCrossEntropyWithLogits;

    /// <summary>Looks for what is wrong with the terms of a sample.</summary>
    /// <param name="weight">Its weight, or nothing.</param>
    /// <param name="allowed">For each of its outputs whether it is possible, or nothing.</param>
    /// <param name="target">Its target, or nothing where a label is given.</param>
    /// <param name="label">The index of its class, or −1.</param>
    /// <returns>What is wrong, as the end of a sentence, or null.</returns>
    public string? Mistake(ReadOnlySpan<T> weight, ReadOnlySpan<bool> allowed, ReadOnlySpan<T> target, int label = -1)
    {
        if (weight.Length > 0 && !Number<T>.IsFinite(weight[0]))
        {
            return FormattableString.Invariant($"the weight is {weight[0]}; it must be a finite number.");
        }

        if (allowed.IndexOf(false) < 0)
        {
            return null;
        }

        foreach ((int start, int length) in _distributions)
        {
            if (allowed.Slice(start, length).IndexOf(true) < 0)
            {
                return $"of outputs {start} to {start + length - 1} nothing is allowed.";
            }
        }

        for (int output = 0; output < allowed.Length; output++)
        {
            if (!allowed[output] && MistakeOf(output, target, label) is { } mistake)
            {
                return $"output {output} is not allowed, but {mistake}";
            }
        }

        return null;
    }

    /// <summary>What is wrong with an output that is not allowed.</summary>
    private string? MistakeOf(int output, ReadOnlySpan<T> target, int label) =>
        !IsCategorical(_losses[output]) ? $"{nameof(Loss)}.{_losses[output]} is not categorical: all of it must be."
        : output == label ? "it is the label."
        : target.Length > 0 && Number<T>.ToDouble(target[output]) is not 0 ? FormattableString.Invariant($"its target is {target[output]}; it must be 0.")
        : null;
}
