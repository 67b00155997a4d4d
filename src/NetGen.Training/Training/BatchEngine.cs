using System;
#if NET
using System.Numerics;
#endif
using System.Runtime.CompilerServices;

namespace NetGen.Training;

/// <summary>
/// Computes the gradient, or loss and metric, of a batch. The batch is cut into shards by its size alone. Each shard is summed by itself,
/// in order, and the shards are added in order: the number of threads decides who computes a shard, never what. The mean of a shard with weights is
/// divided by its samples, as that of the batch is, so that shards add up with weights as without.
/// </summary>
internal sealed class BatchEngine<T>
    where T : unmanaged
{
    private readonly ITrainable<T> _network;
    private readonly WorkerTeam _team;
    private readonly ParameterBuffer<T>[] _gradients;
    private readonly T[] _inputs;
    private readonly T[] _targets;
    private readonly T[] _outputs;
    private readonly double[] _losses;
    private readonly double[] _metrics;
    private readonly int[] _outside;
    private readonly TargetDomain<T> _domain;
    private readonly BatchTermRows<T>? _terms;
    private readonly int _inputCount;
    private readonly int _outputCount;
    private readonly ITeamWork _gradientWork;
    private readonly ITeamWork _evaluationWork;
    private readonly ITeamWork _additionWork;

    private IDataset<T>? _data;
    private int[] _order = [];
    private int _start;
    private int _count;
    private int _shards;
    private Metric<T>? _metric;

    public BatchEngine(ITrainable<T> network, WorkerTeam team, int capacity, int shards)
    {
        _network = network;
        _team = team;
        (_inputCount, _outputCount) = Dataset.Sizes(network);
        _gradients = new ParameterBuffer<T>[shards];
        for (int shard = 0; shard < shards; shard++)
        {
            _gradients[shard] = network.CreateGradient();
        }

        _inputs = new T[checked(capacity * _inputCount)];
        _targets = new T[checked(capacity * _outputCount)];
        _outputs = new T[checked(capacity * _outputCount)];
        _losses = new double[shards];
        _metrics = new double[shards];
        _outside = new int[shards];
        _domain = new TargetDomain<T>(network);
        _terms = network is IWeightedTrainable<T> weighted ? new BatchTermRows<T>(weighted, capacity, shards) : null;
        _gradientWork = new GradientWork(this);
        _evaluationWork = new EvaluationWork(this);
        _additionWork = new AdditionWork(this);
    }

    /// <summary>The mean gradient of the last batch.</summary>
    public ParameterBuffer<T> Gradient => _gradients[0];

    /// <summary>Computes the mean gradient of a batch.</summary>
    /// <returns>The mean loss.</returns>
    public double ComputeGradient(IDataset<T> data, int[] order, int start, int count)
    {
        Prepare(data, order, start, count);
        _team.Run(_gradientWork, _shards);
        ThrowIfRefused();
        if (_shards > 1)
        {
            _team.Run(_additionWork, ElementBlocks.Count(Gradient.Length));
        }

        return Mean(_losses);
    }

    /// <summary>Computes loss and metric of a batch; overwrites <see cref="Gradient"/>.</summary>
    /// <returns>The mean loss and the mean metric.</returns>
    public (double Loss, double Metric) Evaluate(IDataset<T> data, int[] order, int start, int count, Metric<T>? metric)
    {
        Prepare(data, order, start, count);
        _metric = metric;
        _team.Run(_evaluationWork, _shards);
        ThrowIfRefused();
        return (Mean(_losses), metric is null ? 0 : Mean(_metrics));
    }

    /// <summary>Looks for the first sample of the last batch whose loss or gradient is not finite.</summary>
    /// <param name="isData">Whether its input or target already is not finite.</param>
    /// <returns>Its index in the dataset, or null.</returns>
    public int? FindNonFinite(out bool isData)
    {
        isData = false;
        for (int i = 0; i < _count; i++)
        {
            Span<T> input = _inputs.AsSpan(i * _inputCount, _inputCount);
            Span<T> target = _targets.AsSpan(i * _outputCount, _outputCount);
            Gradient.Clear();
            T loss = _terms is { HasAny: true } terms ? terms.Backward(i, 1, input, target, Gradient) : _network.Backward(input, target, Gradient);
            if (!Number<T>.IsFinite(loss) || !Gradient.IsFinite())
            {
                isData = !AreFinite(input) || !AreFinite(target);
                return _order[_start + i];
            }
        }

        return null;
    }

    private void Prepare(IDataset<T> data, int[] order, int start, int count)
    {
        (_data, _order, _start, _count) = (data, order, start, count);
        _shards = Math.Min(_gradients.Length, count);
        _terms?.Begin(data);
        if (data is not MemoryDataset<T>)
        {
            Read(0, count);
        }
    }

    private void Read(int first, int count)
    {
        ReadOnlySpan<int> samples = _order.AsSpan(_start + first, count);
        _data!.Read(
            samples,
            _inputs.AsSpan(first * _inputCount, count * _inputCount),
            _targets.AsSpan(first * _outputCount, count * _outputCount));
        _terms?.Read(samples, first);
    }

    /// <summary>The samples of a shard.</summary>
    private (int First, int Count) Shard(int shard)
    {
        int first = First(shard);
        return (first, First(shard + 1) - first);
    }

    private int First(int shard) => (int)((long)shard * _count / _shards);

    private double Mean(double[] values)
    {
        double sum = 0;
        for (int shard = 0; shard < _shards; shard++)
        {
            sum += values[shard] * Shard(shard).Count;
        }

        return sum / _count;
    }

    /// <summary>Refuses the first sample of the batch with a target that the loss is not defined for or with wrong terms, whoever came upon it first.</summary>
    private void ThrowIfRefused()
    {
        for (int shard = 0; shard < _shards; shard++)
        {
            int outside = _outside[shard] < 0 ? int.MaxValue : First(shard) + _outside[shard] / _outputCount;
            if (_terms?.Wrong(shard) is { } wrong && wrong.Sample < outside)
            {
                throw new InvalidOperationException($"Sample {_order[_start + wrong.Sample]}: {wrong.Mistake} Nothing has been changed by this batch.");
            }

            if (_outside[shard] >= 0)
            {
                int target = First(shard) * _outputCount + _outside[shard];
                throw new InvalidOperationException(
                    _domain.Message(_order[_start + outside], target % _outputCount, _targets[target]) + " Nothing has been changed by this batch.");
            }
        }
    }

    /// <summary>Reads the samples of a shard and computes their gradient.</summary>
    private (int First, int Count) RunShard(int shard)
    {
        (int first, int count) = Shard(shard);
        if (_data is MemoryDataset<T>)
        {
            Read(first, count);
        }

        ParameterBuffer<T> gradient = _gradients[shard];
        gradient.Clear();
        Span<T> inputs = _inputs.AsSpan(first * _inputCount, count * _inputCount);
        Span<T> targets = _targets.AsSpan(first * _outputCount, count * _outputCount);

        _outside[shard] = _domain.FirstOutside(targets);

        // One sample by itself: the same bits, and a batch would take twice as long.
        T loss = _terms is { HasAny: true } terms ? terms.BackwardOfShard(shard, first, count, inputs, targets, gradient)
            : count == 1 ? _network.Backward(inputs, targets, gradient)
            : _network.BackwardBatch(inputs, targets, gradient);
        _losses[shard] = Number<T>.ToDouble(loss);
        return (first, count);
    }

    private void EvaluateShard(int shard)
    {
        // The loss comes with a gradient, which nobody needs here.
        (int first, int count) = RunShard(shard);
        if (_metric is null || _outside[shard] >= 0 || _terms?.Wrong(shard) is not null)
        {
            return;
        }

        Span<T> outputs = _outputs.AsSpan(first * _outputCount, count * _outputCount);
        _network.ForwardBatch(_inputs.AsSpan(first * _inputCount, count * _inputCount), outputs);
        _terms?.Hide(first, outputs);
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += _metric(outputs.Slice(i * _outputCount, _outputCount), _targets.AsSpan((first + i) * _outputCount, _outputCount));
        }

        _metrics[shard] = sum / count;
    }

    /// <summary>Adds the shards' means, each with the share that it has of the batch.</summary>
    private void AddShards(Range range)
    {
        for (int shard = 1; shard < _shards; shard++)
        {
            double share = shard == 1 ? (double)Shard(0).Count / _count : 1;
            var rule = new WeightedSum(
                new Vector<T>(Number<T>.From(share)), new Vector<T>(Number<T>.From((double)Shard(shard).Count / _count)));
            UpdateLoop<T>.Run(rule, Update.Of(Clip.None), Gradient, _gradients[shard], [], range);
        }
    }

    private static bool AreFinite(ReadOnlySpan<T> values)
    {
        foreach (T value in values)
        {
            if (!Number<T>.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }

    private readonly struct WeightedSum(Vector<T> own, Vector<T> other) : IUpdateRule<T>
    {
        public int StateCount => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Update<TCare>(Vector<T> parameter, Vector<T> gradient, ref Vector<T> first, ref Vector<T> second, ref Vector<T> third)
            where TCare : struct, ICare =>
            own * parameter + other * gradient;
    }

    private sealed class GradientWork(BatchEngine<T> engine) : ITeamWork
    {
        public void Run(int item) => engine.RunShard(item);
    }

    private sealed class EvaluationWork(BatchEngine<T> engine) : ITeamWork
    {
        public void Run(int item) => engine.EvaluateShard(item);
    }

    private sealed class AdditionWork(BatchEngine<T> engine) : ITeamWork
    {
        public void Run(int item) => engine.AddShards(ElementBlocks.Of(item, engine.Gradient.Length));
    }
}
