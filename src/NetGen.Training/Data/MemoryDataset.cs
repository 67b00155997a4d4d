using System;
using System.Runtime.CompilerServices;

namespace NetGen.Training;

/// <summary>Samples in memory. Reading them changes nothing, so several threads may do it at a time.</summary>
internal sealed class MemoryDataset<T> : IDataset<T>
    where T : unmanaged
{
    private readonly ReadOnlyMemory<T> _inputs;
    private readonly ReadOnlyMemory<T> _targets;
    private readonly ReadOnlyMemory<int> _labels;

    /// <summary>Takes either targets or labels; the lengths have been checked.</summary>
    public MemoryDataset(
        ReadOnlyMemory<T> inputs, ReadOnlyMemory<T> targets, ReadOnlyMemory<int> labels, int count, int inputCount, int targetCount)
    {
        _inputs = inputs;
        _targets = targets;
        _labels = labels;
        Count = count;
        InputCount = inputCount;
        TargetCount = targetCount;
    }

    public int Count { get; }

    public int InputCount { get; }

    public int TargetCount { get; }

    public bool HasLabels => !_labels.IsEmpty;

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
}
