using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using NetGen.Training.Child;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>A trainer that is prepared goes on as if it were not.</summary>
public sealed class TrainerPreparationTests
{
    private const int Samples = 40;

    public static TheoryData<int> Optimizers => [.. Enumerable.Range(0, 6)];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_training_takes_the_same_course(int optimizer)
    {
        Assert.Equal(Course<float>(new Brain(), optimizer, isPrepared: false), Course<float>(new Brain(), optimizer, isPrepared: true));
        Assert.Equal(Course<double>(new DoubleBrain(), optimizer, isPrepared: false), Course<double>(new DoubleBrain(), optimizer, isPrepared: true));
    }

    [Fact]
    public void No_code_of_the_users_runs()
    {
        var users = new Refusing();
        var optimizer = new Sgd<float>(users.Parameters, 0.1) { Schedule = users.Schedule };
        var options = new TrainerOptions<float>
        {
            Metric = users.Metric,
            ValidationData = users,
            EarlyStopping = new EarlyStopping { MonitorMetric = true },
            Order = users,
        };
        using var trainer = new Trainer<float>(users, optimizer, users, options);
        users.IsStrict = true;
        Assert.Throws<NotSupportedException>(() => trainer.Evaluate(users));
        trainer.Prepare();
        Assert.Equal(0, optimizer.StepCount);
        Assert.Null(trainer.LastEpoch);
    }

    [Fact]
    public void A_metric_that_only_begins_with_one_of_NetGens_does_not_run()
    {
        var network = new DoubleBrain();
        network.Initialize(1);
        int calls = 0;
        Metric<double> metric = (_, _) => ++calls;
        metric += Metrics.BinaryAccuracy;
        var options = new TrainerOptions<double> { Metric = metric, ValidationSplit = 0.5 };
        using var trainer = new Trainer<double>(network, new Adam<double>(network.Parameters), Workout.Data(network, Samples), options);
        trainer.Prepare();
        Assert.Equal(0, calls);
    }

    [Fact]
    public void A_trainer_that_is_not_free_refuses()
    {
        var network = new DoubleBrain();
        network.Initialize(1);
        Trainer<double>? trainer = null;
        var options = new TrainerOptions<double> { Metric = Call, ValidationSplit = 0.5 };
        double Call(ReadOnlySpan<double> output, ReadOnlySpan<double> target)
        {
            trainer!.Prepare();
            return 0;
        }

        using (trainer = new Trainer<double>(network, new Adam<double>(network.Parameters), Workout.Data(network, Samples), options))
        {
            Assert.Throws<InvalidOperationException>(() => trainer.Fit(1));
        }

        Assert.Throws<ObjectDisposedException>(trainer.Prepare);
    }

    /// <summary>Prepares at every place where a caller could.</summary>
    private static (string File, string Epochs) Course<T>(ITrainable<T> network, int optimizer, bool isPrepared)
        where T : unmanaged
    {
        network.Initialize(1);
        Optimizer<T> steps = Create<T>(optimizer, network.Parameters);
        var options = new TrainerOptions<T>
        {
            BatchSize = 8,
            Shards = 3,
            Threads = 2,
            ValidationSplit = 0.25,
            Metric = Metrics.Accuracy,
            EarlyStopping = new EarlyStopping { Patience = 5 },
            Seed = 5,
        };
        using var trainer = new Trainer<T>(network, steps, Workout.Data(network, Samples), options);
        var epochs = new List<string>();
        string file = Path.GetTempFileName();
        try
        {
            for (int batch = 0; trainer.Epoch < 4; batch++)
            {
                if (isPrepared)
                {
                    trainer.Prepare();
                }

                if (batch == 6)
                {
                    trainer.Save(file);
                    trainer.Load(file);
                }

                trainer.RunFor(TimeSpan.Zero, 10);
                epochs.Add($"{trainer.Epoch} {steps.StepCount} {steps.CurrentLearningRate} {trainer.LastEpoch} {trainer.LastEpoch?.Loss:R}");
            }

            trainer.Save(file);
            return (Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))), string.Join('\n', epochs));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Optimizer<T> Create<T>(int optimizer, ParameterBuffer<T> parameters)
        where T : unmanaged => optimizer switch
        {
            0 => new Sgd<T>(parameters, 0.05) { ClipValue = 0.01 },
            1 => new Sgd<T>(parameters, 0.02, momentum: 0.9, weightDecay: 1e-3, nesterov: true) { Schedule = new StepSchedule(3, 0.5) },
            2 => new Adam<T>(parameters, weightDecay: 1e-3) { ClipNorm = 0.5, Schedule = new CosineRestartsSchedule(3) },
            3 => new AdamW<T>(parameters, amsgrad: true) { Schedule = new CosineSchedule(12, warmupSteps: 3) },
            4 => new RmsProp<T>(parameters, 0.001, momentum: 0.5, centered: true),
            _ => new Adagrad<T>(parameters),
        };
}
