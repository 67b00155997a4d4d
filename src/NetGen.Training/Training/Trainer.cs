using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;

namespace NetGen.Training;

/// <summary>
/// Trains a network on samples, batch by batch. After the first steps a step allocates nothing, on one thread or several. With strict
/// arithmetic the parameters that come out have the same bits on every machine; they have the same bits for every number of threads.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// A trainer is used by one thread at a time, and nothing else changes the network meanwhile. Its further threads wait for work until it is
/// disposed of or collected.
/// </remarks>
public sealed partial class Trainer<T> : IDisposable
    where T : unmanaged
{
    private readonly TrainerSetup<T> _setup;
    private readonly Optimizer<T> _optimizer;
    private readonly WorkerTeam _team;
    private readonly BatchEngine<T> _engine;
    private readonly UpdateWork<T> _update;
    private readonly BestParameters<T>? _best;
    private readonly TrainerState _state = new();
    private int[] _order;
    private double _validationLoss;
    private double _validationMetric;
    private int _validated;
    private long _longestOfLastCall;
    private bool _isDisposed;
    private bool _isBusy;
    private bool _wasLookedAt;

    /// <summary>Creates a trainer.</summary>
    /// <param name="network">The network, with its initial parameters.</param>
    /// <param name="optimizer">The optimizer of its parameters.</param>
    /// <param name="data">The samples, for instance from <see cref="Dataset"/>; also an <see cref="IWeightedDataset{T}"/> for a network with <see cref="NetworkAttribute.BatchTerms"/>.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The optimizer, the samples or the options do not fit; the message says how.</exception>
    public Trainer(ITrainable<T> network, Optimizer<T> optimizer, IDataset<T> data, TrainerOptions<T>? options = null)
    {
        _setup = new TrainerSetup<T>(network, optimizer, data, options ?? new TrainerOptions<T>());
        _optimizer = optimizer;
        _team = new WorkerTeam(Math.Min(_setup.Options.Threads, _setup.Shards));
        _engine = new BatchEngine<T>(network, _team, _setup.BatchSize, _setup.Shards);
        _update = new UpdateWork<T>(optimizer, _team);
        _best = _setup.Options.EarlyStopping is { } rule ? new BestParameters<T>(rule, network.Parameters) : null;
        _order = _setup.Order.Of(0);
    }

    /// <summary>Number of epochs done.</summary>
    public int Epoch => _state.Epoch;

    /// <summary>The result of the last epoch; null before the first has ended.</summary>
    public TrainingProgress? LastEpoch { get; private set; }

    /// <summary>The time, in units of <see cref="Stopwatch.Frequency"/>.</summary>
    internal Func<long> Clock { get; init; } = Stopwatch.GetTimestamp;

    /// <summary>Whether early stopping has ended the training.</summary>
    public bool IsStopped => _best?.IsOver ?? false;

    /// <summary>
    /// Trains until a number of epochs is done, counted from the first: after a cancellation, or in another process after
    /// <see cref="Load"/>, the same call does the rest. With early stopping, the network has the best parameters in the end.
    /// </summary>
    /// <param name="untilEpoch">The number of epochs, 0 or more.</param>
    /// <param name="progress">Is told of every epoch.</param>
    /// <param name="cancellationToken">Ends the training between two steps, without an exception.</param>
    /// <returns>Why the training ended, and the epochs that ended in this call.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="untilEpoch"/> is negative.</exception>
    /// <exception cref="NonFiniteLossException">A loss or gradient is NaN or infinite, or a parameter after the last step.</exception>
    /// <exception cref="InvalidOperationException">
    /// All weights of a network of two layers or more are 0, so nobody has initialised it; a target is none that the loss is defined for; a weight of a sample
    /// or what is allowed of it is wrong; or the trainer is called by its own dataset, metric or schedule.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed of.</exception>
    public TrainingResult Fit(int untilEpoch, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Check.AtLeast(0, untilEpoch, nameof(untilEpoch));
        BeginTraining();
        var epochs = new List<TrainingProgress>();
        while (Epoch < untilEpoch && !IsStopped)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return new TrainingResult(StopReason.Canceled, epochs);
            }

            if (Advance())
            {
                epochs.Add(LastEpoch!.Value);
                progress?.Report(LastEpoch.Value);
            }
        }

        Finish();
        return new TrainingResult(IsStopped ? StopReason.EarlyStopped : StopReason.Completed, epochs);
    }

    /// <summary>
    /// Trains for a limited time, as the frame of a game allows: one batch after another, of the training or the validation, as long as one like
    /// the longest of this call and the one before would still fit, and at least one. What takes long once, an interruption or the compiler,
    /// shortens the next call and none after it.
    /// </summary>
    /// <param name="budget">The time.</param>
    /// <param name="untilEpoch">The number of epochs, counted from the first, 0 or more.</param>
    /// <returns>Whether there is more to do; if not, and with early stopping, the network has the best parameters.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="untilEpoch"/> is negative.</exception>
    /// <exception cref="NonFiniteLossException">A loss or gradient is NaN or infinite, or a parameter after the last step.</exception>
    /// <exception cref="InvalidOperationException">
    /// All weights of a network of two layers or more are 0, so nobody has initialised it; a target is none that the loss is defined for; a weight of a sample
    /// or what is allowed of it is wrong; or the trainer is called by its own dataset, metric or schedule.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed of.</exception>
    public bool RunFor(TimeSpan budget, int untilEpoch)
    {
        Check.AtLeast(0, untilEpoch, nameof(untilEpoch));
        BeginTraining();
        long start = Clock();
        double ticks = budget.TotalSeconds * Stopwatch.Frequency;
        long end = ticks < long.MaxValue - start ? start + (long)ticks : long.MaxValue;
        long now = start;
        long longest = 0;
        do
        {
            if (Epoch >= untilEpoch || IsStopped)
            {
                Finish();
                return false;
            }

            long before = now;
            Advance();
            now = Clock();

            longest = Math.Max(longest, now - before);
        }
        while (now <= end - Math.Max(longest, _longestOfLastCall));

        // A batch that waited for the compiler or was interrupted counts for one more call and no longer, however few batches that call has.
        _longestOfLastCall = longest;
        return true;
    }

    /// <summary>Trains one batch: one step of the optimizer. The last batch of an epoch is followed by the validation.</summary>
    /// <returns>The mean loss of the batch before the step.</returns>
    /// <exception cref="NonFiniteLossException">The loss or gradient is NaN or infinite.</exception>
    /// <exception cref="InvalidOperationException">
    /// All weights of a network of two layers or more are 0, so nobody has initialised it; a target is none that the loss is defined for; a weight of a sample
    /// or what is allowed of it is wrong; or the trainer is called by its own dataset, metric or schedule.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed of.</exception>
    public double Step()
    {
        BeginTraining();
        _isBusy = true;
        try
        {
            while (IsValidating)
            {
                Validate();
            }

            double loss = TrainBatch();
            while (IsValidating)
            {
                Validate();
            }

            return loss;
        }
        finally
        {
            _isBusy = false;
        }
    }

    /// <summary>Computes loss and metric of the network as it is now on other samples, without changing anything.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="metric">What to report beside the loss; unless given, what the trainer reports for its own samples.</param>
    /// <returns>The mean loss, which is NaN or infinite if that of a sample is, and the mean metric.</returns>
    /// <exception cref="ArgumentException">The samples do not fit the network, or have weights or say what is allowed, and it was declared without terms.</exception>
    /// <exception cref="InvalidOperationException">
    /// A target is none that the loss is defined for; a weight of a sample or what is allowed of it is wrong; or the trainer's own dataset, metric or schedule calls it.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed of.</exception>
    public Evaluation Evaluate(IDataset<T> data, Metric<T>? metric = null)
    {
        ThrowIfNotFree();
        _setup.CheckData(data, nameof(data));
        metric = Metrics.For(metric, _setup.Losses) ?? _setup.Metric;
        int[] all = new int[_setup.BatchSize];
        double loss = 0;
        double sum = 0;
        _isBusy = true;
        try
        {
            for (int start = 0; start < data.Count; start += all.Length)
            {
                int count = Math.Min(all.Length, data.Count - start);
                for (int i = 0; i < count; i++)
                {
                    all[i] = start + i;
                }

                (double batchLoss, double batchMetric) = _engine.Evaluate(data, all, 0, count, metric);
                loss += batchLoss * count;
                sum += batchMetric * count;
            }
        }
        finally
        {
            _isBusy = false;
        }

        return new Evaluation(loss / data.Count, metric is null ? null : sum / data.Count);
    }

    /// <summary>Ends the further threads. The network stays as it is; the trainer can still be saved, but does nothing else.</summary>
    /// <exception cref="InvalidOperationException">The trainer's own dataset, metric or schedule calls it; the training goes on.</exception>
    public void Dispose()
    {
        ThrowIfBusy();
        _isDisposed = true;
        _team.Dispose();
    }

    private bool IsValidating => _state.Position == _order.Length;

    private void ThrowIfNotFree()
    {
        if (_isDisposed)
        {
            throw new ObjectDisposedException(nameof(Trainer));
        }

        ThrowIfBusy();
    }

    private void ThrowIfBusy()
    {
        if (_isBusy)
        {
            throw new InvalidOperationException("The trainer is in the middle of a batch: what it calls, a dataset, a metric or a schedule, cannot call it.");
        }
    }

    /// <summary>Looks once whether there is something to learn from: in two layers or more whose weights are all 0, units of a layer stay equal.</summary>
    private void BeginTraining()
    {
        ThrowIfNotFree();
        if (!_wasLookedAt)
        {
            ParameterBuffer<T> parameters = _optimizer.Parameters;
            if (parameters.Layout.Layers.Count > 1 && Check.HasNoWeight(parameters))
            {
                throw new InvalidOperationException(
                    "All weights of the network are 0, from which it cannot learn; call network.Initialize(seed) first, or load parameters.");
            }

            _wasLookedAt = true;
        }
    }

    /// <summary>Computes one batch of the training or the validation.</summary>
    /// <returns>Whether an epoch has ended.</returns>
    private bool Advance()
    {
        // Whoever is told of an epoch may have disposed of the trainer.
        ThrowIfNotFree();
        int epoch = Epoch;
        _isBusy = true;
        try
        {
            if (IsValidating)
            {
                Validate();
            }
            else
            {
                TrainBatch();
            }
        }
        finally
        {
            _isBusy = false;
        }

        return Epoch > epoch;
    }

    private double TrainBatch()
    {
        if (Epoch >= TrainerState.LargestEpoch)
        {
            throw new InvalidOperationException($"The trainer has done {Epoch} epochs, as many as it counts.");
        }

        int count = Math.Min(_setup.BatchSize, _order.Length - _state.Position);
        double loss = _engine.ComputeGradient(_setup.Data, _order, _state.Position, count);
        if (!double.IsFinite(loss) || !_update.TryStep(_engine.Gradient))
        {
            throw Blame();
        }

        _state.Position += count;
        _state.LossSum += loss * count;
        if (IsValidating)
        {
            _validated = 0;
            if (_setup.ValidationRows.Length == 0)
            {
                EndEpoch(null);
            }
        }

        return loss;
    }

    private void Validate()
    {
        if (_validated == 0)
        {
            _validationLoss = 0;
            _validationMetric = 0;
        }

        int[] rows = _setup.ValidationRows;
        int count = Math.Min(_setup.BatchSize, rows.Length - _validated);
        (double loss, double metric) = _engine.Evaluate(_setup.ValidationData, rows, _validated, count, _setup.Metric);
        if (!double.IsFinite(loss))
        {
            throw Blame();
        }

        _validated += count;
        _validationLoss += loss * count;
        _validationMetric += metric * count;
        if (_validated == rows.Length)
        {
            EndEpoch(new Evaluation(_validationLoss / rows.Length, _setup.Metric is null ? null : _validationMetric / rows.Length));
        }
    }

    private void EndEpoch(Evaluation? validation)
    {
        bool isBest = validation is { } evaluation && _best is not null && _best.Take(evaluation);
        double loss = _state.LossSum / _order.Length;
        _state.BeginEpoch(Epoch + 1);
        _order = _setup.Order.Of(Epoch);
        LastEpoch = new TrainingProgress(Epoch, _optimizer.StepCount, loss, validation?.Loss, validation?.Metric, isBest);
    }

    /// <summary>Leaves the best parameters, or else the last ones: no further batch would show that the last step has spoilt them.</summary>
    private void Finish()
    {
        if (_best?.TryRestore() == true)
        {
            _update.Forget();
        }
        else if (!_optimizer.Parameters.IsFinite() && _update.TryUndo())
        {
            throw Diverged($"Epoch {Epoch}: the last step made a parameter NaN or infinite", "the last ones with a finite loss", Epoch, null);
        }
    }

    private NonFiniteLossException Blame()
    {
        int? sample = _engine.FindNonFinite(out bool isData);
        string where = $"Epoch {Epoch + 1}{(IsValidating ? ", validation" : "")}";
        if (isData)
        {
            return new NonFiniteLossException(
                $"{where}: sample {sample} has an input or a target that is NaN or infinite. The parameters are those before the batch.", Epoch + 1, sample);
        }

        string what = sample is null ? "a batch" : $"sample {sample}";
        return Diverged(
            $"{where}: the loss or the gradient of {what} is NaN or infinite, though the samples are finite",
            _update.TryUndo() ? "the last ones with a finite loss" : "those before the batch",
            Epoch + 1,
            sample);
    }

    private static NonFiniteLossException Diverged(string what, string parameters, int epoch, int? sample) => new(
        $"{what}: the training diverged. The parameters are {parameters}. A lower learning rate or clipping of the gradient may help.", epoch, sample);
}
