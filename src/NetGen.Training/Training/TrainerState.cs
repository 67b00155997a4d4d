using System;
using System.IO;

namespace NetGen.Training;

/// <summary>The place in a training.</summary>
internal sealed class TrainerState
{
    private const string EpochKey = "netgen.trainer.epoch";
    private const string PositionKey = "netgen.trainer.position";
    private const string LossSumKey = "netgen.trainer.loss_sum";
    private const string BestKey = "netgen.trainer.best";
    private const string WaitedKey = "netgen.trainer.epochs_since_best";

    /// <summary>Epochs at most.</summary>
    public const int LargestEpoch = int.MaxValue - 1;

    /// <summary>Number of epochs done.</summary>
    public int Epoch { get; private set; }

    /// <summary>Samples of the current epoch that have been taken.</summary>
    public int Position { get; set; }

    /// <summary>The sum of their losses.</summary>
    public double LossSum { get; set; }

    public void BeginEpoch(int epoch)
    {
        Epoch = epoch;
        Position = 0;
        LossSum = 0;
    }

    public void Describe<T>(SafetensorsWriter<T> writer)
        where T : unmanaged
    {
        writer.AddMetadata(EpochKey, Epoch.ToString(CheckpointNames.Culture));
        writer.AddMetadata(PositionKey, Position.ToString(CheckpointNames.Culture));
        writer.AddNumber(LossSumKey, LossSum);
    }

    /// <param name="content">The file.</param>
    /// <param name="order">The orders of the epochs.</param>
    /// <param name="validates">Whether there is a validation, in which all samples of an epoch have been taken.</param>
    /// <returns>What makes the loaded place the current one.</returns>
    public Action Read<T>(CheckpointContent<T> content, SampleOrder order, bool validates)
        where T : unmanaged
    {
        int epoch = (int)content.Count(EpochKey, LargestEpoch);
        int position = (int)content.Count(PositionKey, epoch == LargestEpoch ? 0 : order.CountOf(epoch) - (validates ? 0 : 1));
        double lossSum = content.Number(LossSumKey);
        double largest = position == 0 ? 0 : position * (Number<T>.IsSingle ? float.MaxValue : double.MaxValue);
        if (Math.Abs(lossSum) > largest)
        {
            throw new InvalidDataException(
                $"'{LossSumKey}' in its metadata is {content.Metadata(LossSumKey)}, expected the sum of the losses of {position} samples");
        }

        return () =>
        {
            BeginEpoch(epoch);
            Position = position;
            LossSum = lossSum;
        };
    }

    public static void DescribeBest<T>(SafetensorsWriter<T> writer, BestParameters<T> best)
        where T : unmanaged
    {
        writer.AddMetadata(WaitedKey, best.Waited.ToString(CheckpointNames.Culture));
        if (best.Value is { } value)
        {
            writer.AddNumber(BestKey, value);
            writer.Add(best.Buffer, "The best network", parameter => $"trainer.{parameter}.best");
        }
    }

    /// <exception cref="InvalidDataException">The file has best parameters, which a trainer without early stopping would lose.</exception>
    public static Action RefuseBest<T>(CheckpointContent<T> content)
        where T : unmanaged => content.HasMetadata(WaitedKey)
        ? throw new InvalidDataException("it was saved with early stopping, but the trainer has none")
        : () => { };

    public static Action ReadBest<T>(CheckpointContent<T> content, BestParameters<T> best)
        where T : unmanaged
    {
        int waited = (int)content.Count(WaitedKey, int.MaxValue);
        double? value = content.HasMetadata(BestKey) ? content.Number(BestKey) : null;
        if (value is not null)
        {
            content.ReadExactly(best.Buffer, parameter => $"trainer.{parameter}.best");
        }

        return () => (best.Waited, best.Value) = (waited, value);
    }
}
