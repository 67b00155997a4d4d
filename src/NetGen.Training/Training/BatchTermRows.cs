using System;

namespace NetGen.Training;

/// <summary>The terms of the samples of a batch, checked shard by shard, and the gradients with them.</summary>
internal sealed class BatchTermRows<T>
    where T : unmanaged
{
    private readonly IWeightedTrainable<T> _network;
    private readonly TermsDomain<T> _domain;
    private readonly T[] _weights;
    private readonly bool[] _allowed;
    private readonly (int Sample, string Mistake)?[] _wrong;
    private readonly int _inputCount;
    private readonly int _outputCount;
    private IWeightedDataset<T>? _data;
    private TermKinds _kinds;

    public BatchTermRows(IWeightedTrainable<T> network, int capacity, int shards)
    {
        _network = network;
        _domain = new TermsDomain<T>(network);
        (_inputCount, _outputCount) = Dataset.Sizes(network);
        _weights = new T[capacity];
        _allowed = new bool[checked(capacity * _outputCount)];
        _wrong = new (int Sample, string Mistake)?[shards];
    }

    /// <summary>Whether the samples of the batch have any.</summary>
    public bool HasAny => _kinds.HasAny;

    /// <summary>Begins a batch.</summary>
    public void Begin(IDataset<T> data)
    {
        _kinds = TermKinds.Of(data);
        _data = _kinds.HasAny ? (IWeightedDataset<T>)data : null;
        Array.Clear(_wrong, 0, _wrong.Length);
    }

    /// <summary>Reads the terms of samples of the batch.</summary>
    /// <param name="samples">Which they are in the dataset.</param>
    /// <param name="first">The place of the first in the batch.</param>
    public void Read(ReadOnlySpan<int> samples, int first) => _data?.ReadTerms(samples, Weights(first, samples.Length), Allowed(first, samples.Length));

    /// <summary>What is wrong with the first sample of a shard whose terms are wrong, and its place in the batch.</summary>
    public (int Sample, string Mistake)? Wrong(int shard) => _wrong[shard];

    /// <summary>Adds the mean gradient of a shard, divided by its samples whatever they weigh.</summary>
    /// <returns>The loss, or 0 and nothing is added where terms are wrong.</returns>
    public T BackwardOfShard(int shard, int first, int count, ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ParameterBuffer<T> gradient)
    {
        for (int sample = 0; sample < count; sample++)
        {
            if (_domain.Mistake(Weights(first + sample, 1), Allowed(first + sample, 1), targets.Slice(sample * _outputCount, _outputCount)) is { } mistake)
            {
                _wrong[shard] = (first + sample, mistake);
                return default;
            }
        }

        try
        {
            return Backward(first, count, inputs, targets, gradient);
        }
        catch (ArgumentException exception) when (exception.ParamName == "terms" && count > 1)
        {
            // The network knows where one of several distributions ends and the next begins.
            for (int sample = 0; sample < count && _wrong[shard] is null; sample++)
            {
                BackwardOfShard(
                    shard, first + sample, 1, inputs.Slice(sample * _inputCount, _inputCount), targets.Slice(sample * _outputCount, _outputCount), gradient);
            }

            if (_wrong[shard] is null)
            {
                throw;
            }

            return default;
        }
        catch (ArgumentException exception) when (exception.ParamName == "terms")
        {
            _wrong[shard] = (first, $"the network refuses it as sample 0 of a batch of one: {exception.Message}");
            return default;
        }
    }

    /// <summary>Adds the mean gradient of some samples whose terms are known to be right.</summary>
    /// <returns>The loss.</returns>
    public T Backward(int first, int count, ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ParameterBuffer<T> gradient) =>
        _network.BackwardBatch(inputs, targets, gradient, new BatchTerms<T>(Weights(first, count), Allowed(first, count)));

    /// <summary>Hides from a metric what is not possible, so that it is the largest output of no sample.</summary>
    /// <param name="first">The place of the first sample in the batch.</param>
    /// <param name="outputs">The outputs of some samples.</param>
    public void Hide(int first, Span<T> outputs)
    {
        Span<bool> allowed = Allowed(first, outputs.Length / _outputCount);
        for (int output = 0; output < allowed.Length; output++)
        {
            if (!allowed[output])
            {
                outputs[output] = Number<T>.From(double.NegativeInfinity);
            }
        }
    }

    private Span<T> Weights(int first, int count) => _kinds.HasWeights ? _weights.AsSpan(first, count) : default;

    private Span<bool> Allowed(int first, int count) => _kinds.HasAllowed ? _allowed.AsSpan(first * _outputCount, count * _outputCount) : default;
}
