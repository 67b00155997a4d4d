using System;
using System.Collections.Generic;

namespace NetGen.Training;

/// <summary>
/// Which samples train, which validate, and in which order an epoch takes them. An order follows from the options and the number of the
/// epoch alone, so a checkpoint does not store it.
/// </summary>
internal sealed class SampleOrder
{
    private readonly int[] _training;
    private readonly int[] _shuffled;
    private readonly IReadOnlyList<int[]>? _given;
    private readonly SeededRandom _random = new(0);
    private readonly bool _shuffles;
    private readonly ulong _seed;

    /// <param name="count">All samples.</param>
    /// <param name="validationCount">Those of them to set apart.</param>
    /// <param name="shuffles">Whether to mix, before setting apart and in every epoch.</param>
    /// <param name="seed">Decides how.</param>
    /// <param name="given">Orders of the caller instead, one for each epoch and starting again after the last.</param>
    public SampleOrder(int count, int validationCount, bool shuffles, ulong seed, IReadOnlyList<int[]>? given)
    {
        int[] all = new int[count];
        for (int sample = 0; sample < count; sample++)
        {
            all[sample] = sample;
        }

        _shuffles = shuffles;
        _seed = seed;
        _given = given;
        if (validationCount > 0 && shuffles)
        {
            Restart(epoch: -1);
            _random.Shuffle(all.AsSpan());
        }

        _training = all[..(count - validationCount)];
        Validation = all[(count - validationCount)..];
        _shuffled = new int[_training.Length];
    }

    /// <summary>The samples set apart.</summary>
    public int[] Validation { get; }

    /// <summary>The number of samples in an epoch, unless an order of the caller has fewer or more.</summary>
    public int TrainingCount => _training.Length;

    /// <summary>The number of samples that an epoch takes.</summary>
    /// <param name="epoch">The number of the epoch, from 0.</param>
    public int CountOf(int epoch) => _given is null ? TrainingCount : _given[epoch % _given.Count].Length;

    /// <summary>The samples of an epoch; the result is overwritten by the next call.</summary>
    /// <param name="epoch">The number of the epoch, from 0.</param>
    public int[] Of(int epoch)
    {
        if (_given is not null)
        {
            return _given[epoch % _given.Count];
        }

        if (!_shuffles)
        {
            return _training;
        }

        _training.CopyTo(_shuffled, 0);
        Restart(epoch);
        _random.Shuffle(_shuffled.AsSpan());
        return _shuffled;
    }

    private void Restart(int epoch)
    {
        _random.State = _seed;
        _random.State = unchecked(_random.NextUInt64() + (ulong)(epoch + 1));
    }
}
