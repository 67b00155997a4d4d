using System;
using System.Runtime.CompilerServices;

namespace NetGen.Training;

/// <summary>Samples in memory. Reading them changes nothing, so several threads may do it at a time.</summary>
internal sealed class MemoryDataset<T> : IWeightedDataset<T>
    where T : unmanaged
{
    private readonly ReadOnlyMemory<T> _inputs;
    private readonly ReadOnlyMemory<T> _targets;
    private readonly ReadOnlyMemory<int> _labels;
    private readonly ReadOnlyMemory<T> _weights;
    private readonly ReadOnlyMemory<bool> _allowed;

    /// <summary>Takes either targets or labels, and terms or none; the lengths have been checked.</summary>
    public MemoryDataset(
        ReadOnlyMemory<T> inputs,
        ReadOnlyMemory<T> targets,
        ReadOnlyMemory<int> labels,
        ReadOnlyMemory<T> weights,
        ReadOnlyMemory<bool> allowed,
        int count,
        int inputCount,
        int targetCount)
    {
        _inputs = inputs;
        _targets = targets;
        _labels = labels;
        _weights = weights;
        _allowed = allowed;
        Count = count;
        InputCount = inputCount;
        TargetCount = targetCount;
    }

    public int Count { get; }

    public int InputCount { get; }

    public int TargetCount { get; }

    public bool HasLabels => !_labels.IsEmpty;

    public bool HasWeights => !_weights.IsEmpty;

    public bool HasAllowed => !_allowed.IsEmpty;

    [MethodImpl(HotCode.ByItself)]
    public void Read(ReadOnlySpan<int> samples, Span<T> inputs, Span<T> targets)
    {
        ReadOnlySpan<T> allInputs = _inputs.Span;
        ReadOnlySpan<T> allTargets = _targets.Span;
        ReadOnlySpan<int> labels = _labels.Span;
        if (HasLabels)
        {
            targets.Clear();
        }

        for (int i = 0; i < samples.Length; i++)
        {
            int sample = samples[i];
            allInputs.Slice(sample * InputCount, InputCount).CopyTo(inputs.Slice(i * InputCount, InputCount));
            if (HasLabels)
            {
                targets[i * TargetCount + labels[sample]] = Number<T>.From(1);
            }
            else
            {
                allTargets.Slice(sample * TargetCount, TargetCount).CopyTo(targets.Slice(i * TargetCount, TargetCount));
            }
        }
    }
    [MethodImpl(HotCode.ByItself)]
    public void ReadTerms(ReadOnlySpan<int> samples, Span<T> weights, Span<bool> allowed)
    {
        ReadOnlySpan<T> allWeights = _weights.Span;
        ReadOnlySpan<bool> allAllowed = _allowed.Span;
        for (int i = 0; i < samples.Length; i++)
        {
            int sample = samples[i];
            if (weights.Length > 0)
            {
                weights[i] = allWeights[sample];
            }

            if (allowed.Length > 0)
            {
                allAllowed.Slice(sample * TargetCount, TargetCount).CopyTo(allowed.Slice(i * TargetCount, TargetCount));
            }
        }
    }
}
