using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Runtime.InteropServices;
using NetGen.Runtime;

namespace NetGen;

/// <summary>
/// What the kernels of a network with <see cref="BatchTerms{T}"/> read in place of targets: for each sample and each output the targets, the weight of the sample, and, where the loss is
/// categorical, 1 or 0 for each value that is allowed or not, padded with 0. Generated code calls this.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TargetRows
{
    /// <summary>Checks the terms of a batch.</summary>
    /// <typeparam name="T">The number type.</typeparam>
    /// <param name="terms">The terms.</param>
    /// <param name="samples">Samples of the batch.</param>
    /// <param name="outputs">Values of all outputs of a sample.</param>
    /// <exception cref="ArgumentException">They are more or fewer than the samples, or a weight is not finite.</exception>
    public static void Check<T>(in BatchTerms<T> terms, int samples, int outputs)
        where T : unmanaged
    {
        if (!terms.Weights.IsEmpty && terms.Weights.Length != samples)
        {
            throw new ArgumentException($"Expected a weight for each of {samples} samples, given {terms.Weights.Length}.", nameof(terms));
        }

        if (!terms.Allowed.IsEmpty && terms.Allowed.Length != (long)samples * outputs)
        {
            throw new ArgumentException($"Expected {(long)samples * outputs} values of what is allowed ({samples} samples of {outputs}), given {terms.Allowed.Length}.", nameof(terms));
        }

        int sample = typeof(T) == typeof(float) ? FirstNotFinite(MemoryMarshal.Cast<T, float>(terms.Weights)) : FirstNotFinite(MemoryMarshal.Cast<T, double>(terms.Weights));
        if (sample >= 0)
        {
            throw new ArgumentException($"The weight of sample {sample} is {terms.Weights.Slice(sample, 1).ToArray()[0]}; it must be a finite number.", nameof(terms));
        }
    }

    /// <summary>Checks what is allowed of an output.</summary>
    /// <typeparam name="T">The number type.</typeparam>
    /// <param name="terms">The terms, which <see cref="Check{T}"/> found right.</param>
    /// <param name="targets">The targets of all samples, or none where labels are given.</param>
    /// <param name="labels">The classes of all samples, or none.</param>
    /// <param name="outputs">Values of all outputs of a sample.</param>
    /// <param name="start">The first value of the output.</param>
    /// <param name="units">How many it has.</param>
    /// <param name="isCategorical">Whether its loss is categorical.</param>
    /// <exception cref="ArgumentException">Nothing is allowed, a target is not 0 or a label is of what is not allowed, or the loss is not categorical and not all is.</exception>
    public static void CheckAllowed<T>(
        in BatchTerms<T> terms, ReadOnlySpan<T> targets, ReadOnlySpan<int> labels, int outputs, int start, int units, bool isCategorical)
        where T : unmanaged
    {
        for (int s = 0; s < terms.Allowed.Length / outputs; s++)
        {
            int first = (s * outputs) + start;
            ReadOnlySpan<bool> allowed = terms.Allowed.Slice(first, units);
            int refused = allowed.IndexOf(false);
            if (refused < 0)
            {
                continue;
            }

            if (!isCategorical)
            {
                throw new ArgumentException($"Output {start + refused} of sample {s} is not allowed, but its loss is not categorical: all of it must be.", nameof(terms));
            }

            if (allowed.IndexOf(true) < 0)
            {
                throw new ArgumentException($"Of sample {s} nothing is allowed of outputs {start} to {start + units - 1}.", nameof(terms));
            }

            int wrong = labels.IsEmpty ? FirstUsed(targets.Slice(first, units), allowed) : LabelNotAllowed(labels, s, allowed);
            if (wrong >= 0)
            {
                throw new ArgumentException($"Output {start + wrong} of sample {s} is not allowed, but it is the {(labels.IsEmpty ? "target, in part" : "label")}.", nameof(terms));
            }
        }
    }

    /// <summary>Fills in an output of some samples.</summary>
    /// <typeparam name="T">The number type.</typeparam>
    /// <param name="rows">Receives the rows.</param>
    /// <param name="length">Values of a row.</param>
    /// <param name="place">Where the output begins in it.</param>
    /// <param name="units">Values of the output.</param>
    /// <param name="mask">Values for what is allowed, padding included; 0 where the loss is not categorical.</param>
    /// <param name="one">1.</param>
    /// <param name="terms">The terms of the whole batch.</param>
    /// <param name="targets">The targets of the whole batch, where no labels are given.</param>
    /// <param name="labels">The classes of the whole batch, or none.</param>
    /// <param name="outputs">Values of all outputs of a sample.</param>
    /// <param name="start">The first value of the output among these.</param>
    /// <param name="first">The first sample.</param>
    /// <param name="samples">How many.</param>
    public static void Fill<T>(
        Span<T> rows,
        int length,
        int place,
        int units,
        int mask,
        T one,
        in BatchTerms<T> terms,
        ReadOnlySpan<T> targets,
        ReadOnlySpan<int> labels,
        int outputs,
        int start,
        int first,
        int samples)
        where T : unmanaged
    {
        Span<T> weights = Floor.Elements(terms.Weights, terms.Weights.Length);
        Span<bool> all = Floor.Elements(terms.Allowed, terms.Allowed.Length);
        Span<int> classes = Floor.Elements(labels, labels.Length);
        for (int s = 0; s < samples; s++)
        {
            Span<T> row = rows.Slice((s * length) + place, units + 1 + mask);
            int output = ((first + s) * outputs) + start;
            if (labels.IsEmpty)
            {
                targets.Slice(output, units).CopyTo(row);
            }
            else
            {
                row.Slice(0, units).Clear();
                row[classes[first + s]] = one;
            }

            row[units] = weights.IsEmpty ? one : weights[first + s];
            Span<T> allowed = row.Slice(units + 1);
            for (int unit = 0; unit < allowed.Length; unit++)
            {
                allowed[unit] = unit < units && (all.IsEmpty || all[output + unit]) ? one : default;
            }
        }
    }

    private static int LabelNotAllowed(ReadOnlySpan<int> labels, int sample, ReadOnlySpan<bool> allowed)
    {
        int label = Floor.Elements(labels, labels.Length)[sample];
        return Floor.Elements(allowed, allowed.Length)[label] ? -1 : label;
    }

    private static int FirstNotFinite(ReadOnlySpan<float> given)
    {
        Span<float> values = Floor.Elements(given, given.Length);
        for (int index = 0; index < values.Length; index++)
        {
            if (!float.IsFinite(values[index]))
            {
                return index;
            }
        }

        return -1;
    }

    private static int FirstNotFinite(ReadOnlySpan<double> given)
    {
        Span<double> values = Floor.Elements(given, given.Length);
        for (int index = 0; index < values.Length; index++)
        {
            if (!double.IsFinite(values[index]))
            {
                return index;
            }
        }

        return -1;
    }

    private static int FirstUsed<T>(ReadOnlySpan<T> given, ReadOnlySpan<bool> legal)
        where T : unmanaged
    {
        Span<T> targets = Floor.Elements(given, given.Length);
        Span<bool> allowed = Floor.Elements(legal, legal.Length);
        for (int unit = 0; unit < targets.Length; unit++)
        {
            // A target −0 equals 0, and NaN does not.
            if (!allowed[unit] && !EqualityComparer<T>.Default.Equals(targets[unit], default))
            {
                return unit;
            }
        }

        return -1;
    }
}
