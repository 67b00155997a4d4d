using System;
using System.IO;

namespace NetGen.Training;

/// <summary>What stays the same during a training, checked.</summary>
internal sealed class TrainerSetup<T>
    where T : unmanaged
{
    private const int SamplesPerShard = 64;
    private const int MaximumShards = 16;

    /// <summary>Elements of an array at most.</summary>
    private const int MaximumArrayLength = 0x7FFFFFC7;

    private readonly ITrainable<T> _network;
    private readonly int _inputCount;
    private readonly int _outputCount;

    public TrainerSetup(ITrainable<T> network, Optimizer<T> optimizer, IDataset<T> data, TrainerOptions<T> options)
    {
        _network = network;
        (_inputCount, _outputCount) = Dataset.Sizes(network);
        ArgumentNullException.ThrowIfNull(optimizer);
        if (!ReferenceEquals(network.Parameters, optimizer.Parameters))
        {
            throw new ArgumentException("Expected the optimizer of this network's parameters, given one of other parameters.", nameof(optimizer));
        }

        CheckData(data, nameof(data));
        CheckOptions(options);
        Options = options;
        Data = data;
        int validationCount = CountValidation(data.Count, options);
        BatchSize = Math.Min(
            options.BatchSize, Math.Max(LongestEpoch(data.Count - validationCount), options.ValidationData?.Count ?? validationCount));
        if ((long)BatchSize * Math.Max(_inputCount, _outputCount) > MaximumArrayLength)
        {
            throw new ArgumentException($"A batch of {BatchSize} samples does not fit into an array; choose a smaller {nameof(options.BatchSize)}.", nameof(options));
        }

        Order = new SampleOrder(data.Count, validationCount, options.Shuffle, options.Seed, options.Order);
        ValidationData = options.ValidationData ?? data;
        ValidationRows = options.ValidationData is { } other ? All(other.Count) : Order.Validation;
        if (options.EarlyStopping is { } rule)
        {
            CheckEarlyStopping(rule);
        }

        Terms = TermKinds.Of(data);
        ValidationTerms = ValidationRows.Length > 0 ? TermKinds.Of(ValidationData) : default;
        Losses = NetGen.Training.Losses.Of(network);
        Metric = Metrics.For(options.Metric, Losses) ?? (data is MemoryDataset<T> { HasLabels: true } ? Metrics.Accuracy : null);
        if (Metric is null && options.EarlyStopping is { MonitorMetric: true })
        {
            throw new ArgumentException($"Early stopping looks at a metric, but there is none; set {nameof(options.Metric)}.", nameof(options));
        }

        Shards = options.Shards > 0 ? Math.Min(options.Shards, BatchSize) : Math.Clamp(BatchSize / SamplesPerShard, 1, MaximumShards);
    }

    public TrainerOptions<T> Options { get; }

    public IDataset<T> Data { get; }

    public SampleOrder Order { get; }

    public IDataset<T> ValidationData { get; }

    /// <summary>The samples of <see cref="ValidationData"/> to look at; none without validation.</summary>
    public int[] ValidationRows { get; }

    /// <summary>Which terms the samples have that train.</summary>
    public TermKinds Terms { get; }

    /// <summary>Which terms the samples of the validation have.</summary>
    public TermKinds ValidationTerms { get; }

    /// <summary>The loss of each output.</summary>
    public Loss[] Losses { get; }

    public Metric<T>? Metric { get; }

    /// <summary>The option, or less if there are not so many samples.</summary>
    public int BatchSize { get; }

    public int Shards { get; }

    public void CheckData(IDataset<T> data, string name)
    {
        ArgumentNullException.ThrowIfNull(data, name);
        if (data.Count < 1)
        {
            throw new ArgumentException($"Expected one sample or more, given {data.Count}.", name);
        }

        if (data.InputCount != _inputCount || data.TargetCount != _outputCount)
        {
            throw new ArgumentException(
                $"Expected samples of {_inputCount} inputs and {_outputCount} targets, given samples of {data.InputCount} and {data.TargetCount}.", name);
        }

        TermKinds.Check(_network, data, name);
    }

    /// <summary>Writes what decides about the course of the training.</summary>
    public void Describe(SafetensorsWriter<T> writer, Optimizer<T> optimizer)
    {
        foreach ((string key, string value) in TrainerDescription.Of(this, optimizer))
        {
            writer.AddMetadata(key, value);
        }
    }

    /// <exception cref="InvalidDataException">The file comes from a training that takes another course.</exception>
    public void Compare(CheckpointContent<T> content, Optimizer<T> optimizer)
    {
        foreach ((string key, string value) in TrainerDescription.Of(this, optimizer))
        {
            if (TrainerDescription.IsInAllFiles(key) || content.HasMetadata(key))
            {
                string saved = content.Metadata(key);
                if (saved != value)
                {
                    throw new InvalidDataException($"'{key}' in its metadata is '{saved}', but the trainer has '{value}'");
                }
            }
            else if (TrainerDescription.IsNoneUnlessSaid(key) && value != TrainerDescription.None)
            {
                throw new InvalidDataException($"its metadata has no '{key}', which stands for '{TrainerDescription.None}', but the trainer has '{value}'");
            }
        }
    }

    private void CheckOptions(TrainerOptions<T> options)
    {
        Check.AtLeast(1, options.BatchSize, nameof(options.BatchSize));
        Check.AtLeast(1, options.Threads, nameof(options.Threads));
        Check.AtLeast(0, options.Shards, nameof(options.Shards));
        Check.Decay(options.ValidationSplit, nameof(options.ValidationSplit));
        if (options.ValidationData is not null)
        {
            CheckData(options.ValidationData, nameof(options.ValidationData));
        }

        if (options.ValidationSplit > 0 && (options.ValidationData is not null || options.Order is not null))
        {
            throw new ArgumentException(
                $"{nameof(options.ValidationSplit)} goes with neither {nameof(options.ValidationData)} nor {nameof(options.Order)}.", nameof(options));
        }
    }

    private int CountValidation(int count, TrainerOptions<T> options)
    {
        int validationCount = (int)(count * options.ValidationSplit);
        if (options.ValidationSplit > 0 && validationCount == 0)
        {
            throw new ArgumentException(
                $"A share of {options.ValidationSplit.ToString(CheckpointNames.Culture)} of {count} samples leaves none for validation.", nameof(options));
        }

        if (options.Order is not { } order)
        {
            return validationCount;
        }

        if (order.Count == 0)
        {
            throw new ArgumentException($"Expected the order of one epoch or more in {nameof(options.Order)}, given none.", nameof(options));
        }

        for (int epoch = 0; epoch < order.Count; epoch++)
        {
            if (order[epoch] is not { Length: > 0 } || Array.Exists(order[epoch], sample => (uint)sample >= (uint)count))
            {
                throw new ArgumentException(
                    $"Expected one or more samples from 0 to {count - 1} in {nameof(options.Order)}[{epoch}], given others or none.", nameof(options));
            }
        }

        return validationCount;
    }

    private void CheckEarlyStopping(EarlyStopping rule)
    {
        Check.AtLeast(1, rule.Patience, nameof(rule.Patience));
        Check.FiniteAndNotNegative(rule.MinDelta, nameof(rule.MinDelta));
        if (ValidationRows.Length == 0)
        {
            throw new ArgumentException(
                $"Early stopping needs samples for validation; set {nameof(Options.ValidationSplit)} or {nameof(Options.ValidationData)}.", "options");
        }
    }

    private int LongestEpoch(int trainingCount)
    {
        int longest = trainingCount;
        foreach (int[] epoch in Options.Order ?? [])
        {
            longest = Math.Max(longest, epoch.Length);
        }

        return longest;
    }

    private static int[] All(int count)
    {
        int[] all = new int[count];
        for (int sample = 0; sample < count; sample++)
        {
            all[sample] = sample;
        }

        return all;
    }
}
