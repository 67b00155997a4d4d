using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;
using static NetGen.Training.Tests.Trainings;

namespace NetGen.Training.Tests;

/// <summary>A training that was saved and loaded is the training that never stopped.</summary>
public sealed class ResumeTests : IDisposable
{
    private const int Epochs = 5;

    private static readonly TrainerOptions<float> Options = new()
    {
        BatchSize = 16,
        Shards = 3,
        Threads = 2,
        ValidationSplit = 0.3,
        EarlyStopping = new EarlyStopping { Patience = 50 },
        Seed = 11,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Saved after every batch of the training and the validation in turn: an epoch has four of the one and two of the other.</summary>
    [Fact]
    public void The_bits_are_those_of_a_training_that_never_stopped()
    {
        IrisNet straight = Network();
        using Trainer<float> whole = Trainer(straight, Options, learningRate: 0.1);
        IReadOnlyList<TrainingProgress> expected = whole.Fit(Epochs).Epochs;
        Assert.Contains(expected, epoch => !epoch.IsBest);
        float[] best = straight.Parameters.Canonical();

        int batches = 6 * Epochs - 1;
        for (int stop = 0; stop <= batches; stop++)
        {
            using Trainer<float> first = Trainer(Network(), Options, learningRate: 0.1);
            for (int batch = 0; batch < stop; batch++)
            {
                Assert.True(first.RunFor(TimeSpan.Zero, Epochs));
            }

            first.Save(_folder["training"]);

            // Other parameters, another optimizer and a validation half done, so that everything must come from the file.
            IrisNet network = Network(seed: 99);
            using Trainer<float> second = Trainer(network, Options with { Threads = 1 }, learningRate: 3);
            for (int batch = 0; batch < 5; batch++)
            {
                second.RunFor(TimeSpan.Zero, Epochs);
            }

            second.Load(_folder["training"]);
            Assert.Equal(stop / 6, second.Epoch);
            Assert.Null(second.LastEpoch);
            TrainingResult result = second.Fit(Epochs);
            Assert.Equal(expected.Skip(stop / 6), result.Epochs);
            Assert.Equal(best, network.Parameters.Canonical());
        }
    }

    [Fact]
    public void A_training_that_was_stopped_early_stays_so()
    {
        TrainerOptions<float> options = Options with { EarlyStopping = new EarlyStopping { Patience = 1 } };
        IrisNet network = Network();
        using Trainer<float> trainer = Trainer(network, options, learningRate: 0.5);
        Assert.Equal(StopReason.EarlyStopped, trainer.Fit(200).Reason);
        trainer.Save(_folder["training"]);
        IrisNet loaded = Network(2);
        using Trainer<float> second = Trainer(loaded, options);
        second.Load(_folder["training"]);
        Assert.True(second.IsStopped);
        Assert.Equal(StopReason.EarlyStopped, second.Fit(200).Reason);
        Assert.Equal(network.Parameters.Canonical(), loaded.Parameters.Canonical());
    }

    [Fact]
    public void The_network_alone_can_be_loaded_too()
    {
        IrisNet network = Network();
        using Trainer<float> trainer = Trainer(network, Options);
        trainer.Fit(2);
        trainer.Save(_folder["training"]);
        IrisNet loaded = Network(2);
        Checkpoint.Load(_folder["training"], loaded);
        Assert.Equal(network.Parameters.Canonical(), loaded.Parameters.Canonical());
        Assert.Equal(["training"], _folder.Files);
    }

    [Fact]
    public void A_file_of_another_training_changes_nothing()
    {
        using Trainer<float> trainer = Trainer(Network(), Options);
        trainer.Step();
        trainer.Step();
        trainer.Save(_folder["training"]);
        Refused(Options with { BatchSize = 8 }, "'netgen.trainer.batch_size' in its metadata is '16', but the trainer has '8'");
        Refused(Options with { Seed = 12 }, "'netgen.trainer.seed' in its metadata is '11', but the trainer has '12'");
        Refused(Options with { Shards = 2 }, "'netgen.trainer.shards'");
        Refused(Options with { Shuffle = false }, "'netgen.trainer.order' in its metadata is 'shuffled', but the trainer has 'sequential'");
        Refused(Options with { ValidationSplit = 0.5 }, "'netgen.trainer.validation_samples'");

        // Damaged in the last thing that is read: nothing of the rest has been taken either.
        string text = Encoding.Latin1.GetString(File.ReadAllBytes(_folder["training"]));
        void Damage(string from, string to)
        {
            Assert.Equal(from.Length, to.Length);
            Assert.Contains(from, text);
            File.WriteAllBytes(_folder["training"], Encoding.Latin1.GetBytes(text.Replace(from, to, StringComparison.Ordinal)));
        }

        Damage("\"netgen.trainer.epochs_since_best\":\"0\"", "\"netgen.trainer.epochs_since_best\":\"x\"");
        Refused(Options, "'netgen.trainer.epochs_since_best' in its metadata is 'x', expected a whole number of 0 or more");
        Damage("\"netgen.trainer.position\":\"32\"", "\"netgen.trainer.position\":\"50\"");
        Refused(Options, "'netgen.trainer.position' in its metadata is 50, expected 49 at most");
        Damage("\"netgen.trainer.loss_sum\":", "\"netgen.trainer.lost_sum\":");
        Refused(Options, "its metadata has no 'netgen.trainer.loss_sum'");
    }

    private void Refused(TrainerOptions<float> options, string message)
    {
        IrisNet network = Network();
        using Trainer<float> trainer = Trainer(network, options);
        trainer.Step();
        float[] before = network.Parameters.Canonical();
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => trainer.Load(_folder["training"]));
        Assert.Contains(message, error.Message);
        Assert.Equal(before, network.Parameters.Canonical());

        // And it goes on as if nobody had tried.
        trainer.Step();
        Assert.Equal(ParametersAfter(2, options), network.Parameters.Canonical());
    }
}
