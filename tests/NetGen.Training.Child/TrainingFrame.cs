using System;
using System.Threading;

namespace NetGen.Training.Child;

/// <summary>What the JIT compiles in the first frame of a game that trains.</summary>
internal static class TrainingFrame
{
    private const int Samples = 200;

    /// <summary>Prints the number of methods that were compiled, and microseconds.</summary>
    /// <param name="network">A network of <see cref="FirstFrame"/>.</param>
    /// <param name="optimizers">Optimizers with commas between them, each for a network and a trainer of its own.</param>
    /// <param name="manner">How to train: "frame" is what a game does, and the others do everything that a trainer can.</param>
    /// <param name="isPrepared">Whether network and trainer are prepared.</param>
    public static void Run(string network, string optimizers, string manner, bool isPrepared)
    {
        long methods = 0;
        double time = 0;
        foreach (string optimizer in optimizers.Split(','))
        {
            (long ofOne, double timeOfOne) = network switch
            {
                "classifier" => Train(new Classifier(), optimizer, manner, isPrepared),
                "chooser" => Train(new Chooser(), optimizer, manner, isPrepared),
                "wide" => Train(new Brain(), optimizer, manner, isPrepared),
                "double" when manner == "threads-begin" => BeginThreads(isPrepared),
                "double" => Train(new DoubleBrain(), optimizer, manner, isPrepared),
                _ => throw new ArgumentException(network),
            };
            methods += ofOne;
            time += timeOfOne;
        }

        Console.WriteLine(FormattableString.Invariant($"{methods} {time:0}"));
    }

    private static (long Methods, double Time) Train<T>(ITrainable<T> network, string optimizer, string manner, bool isPrepared)
        where T : unmanaged
    {
        network.Initialize(1);
        Optimizer<T> steps = Create(optimizer, network.Parameters);
        IDataset<T> data = Data(network, manner == "own");
        TrainerOptions<T> options = Options(manner, data);
        if (manner == "own")
        {
            // Code of the user's compiles when it is called first.
            steps.Schedule = new OwnSchedule();
            _ = steps.CurrentLearningRate;
            T[] sample = new T[data.InputCount + data.TargetCount];
            data.Read([0], sample.AsSpan(data.TargetCount), sample.AsSpan(0, data.TargetCount));
            _ = options.Metric!(sample, sample);
        }
        else if (manner == "threads")
        {
            (steps.ClipNorm, steps.Schedule) = (0.5, new CosineSchedule(12, warmupSteps: 3));
        }
        else if (manner == "early")
        {
            (steps.ClipValue, steps.Schedule) = (0.5, new StepSchedule(5, 0.5));
        }
        else
        {
            steps.Schedule = new CosineRestartsSchedule(2, growth: 2);
        }

        using var trainer = new Trainer<T>(network, steps, data, options);
        var input = new T[data.InputCount];
        var output = new T[data.TargetCount];
        if (isPrepared)
        {
            FirstFrame.Prepare(network);
            trainer.Prepare();
        }

        void Frame()
        {
            trainer.RunFor(TimeSpan.FromMilliseconds(2), 2);
            network.Forward(input, output);
        }

        void Everything()
        {
            trainer.Step();
            while (trainer.RunFor(TimeSpan.Zero, 2) && !trainer.IsStopped)
            {
            }

            trainer.Fit(4);
            trainer.Evaluate(data);
            _ = trainer.LastEpoch?.Loss;
        }

        return FirstFrame.Count(manner == "frame" ? Frame : Everything);
    }

    /// <summary>Threads begin in the frame, and each computes a part of a batch.</summary>
    private static (long Methods, double Time) BeginThreads(bool isPrepared)
    {
        var network = new DoubleBrain();
        network.Initialize(1);
        var optimizer = new Sgd<double>(network.Parameters, 0.01);
        IDataset<double> data = Data(network, isOwn: false);
        using var other = new ManualResetEventSlim();
        int caller = Environment.CurrentManagedThreadId;
        double Meet(ReadOnlySpan<double> output, ReadOnlySpan<double> target)
        {
            if (Environment.CurrentManagedThreadId != caller)
            {
                other.Set();
            }
            else if (!other.Wait(TimeSpan.FromMinutes(1)))
            {
                throw new TimeoutException();
            }

            return 0;
        }

        var alone = new TrainerOptions<double> { Shards = 2, ValidationSplit = 0.5, Metric = Meet };
        TrainerOptions<double> together = alone with { Threads = 2 };
        using var trainer = new Trainer<double>(network, optimizer, data, alone);
        other.Set();
        _ = alone.Metric!([], []);
        other.Reset();
        if (isPrepared)
        {
            network.Prepare();
            trainer.Prepare();
        }

        return FirstFrame.Count(() =>
        {
            using var team = new Trainer<double>(network, optimizer, data, together);
            team.Fit(1);
        });
    }

    private static Optimizer<T> Create<T>(string name, ParameterBuffer<T> parameters)
        where T : unmanaged => name switch
        {
            "sgd" => new Sgd<T>(parameters, 0.01),
            "momentum" => new Sgd<T>(parameters, 0.01, momentum: 0.9, weightDecay: 1e-3, nesterov: true),
            "adam" => new Adam<T>(parameters),
            "adam-decay" => new Adam<T>(parameters, weightDecay: 1e-3),
            "adam-groups" => WithGroups(new Adam<T>(parameters, weightDecay: 1e-3)),
            "amsgrad" => new Adam<T>(parameters, amsgrad: true),
            "adamw" => new AdamW<T>(parameters),
            "adagrad" => new Adagrad<T>(parameters),
            "rmsprop" => new RmsProp<T>(parameters),
            "rmsprop-momentum" => new RmsProp<T>(parameters, momentum: 0.5),
            "rmsprop-centered" => new RmsProp<T>(parameters, centered: true),
            "rmsprop-both" => new RmsProp<T>(parameters, momentum: 0.5, centered: true),
            _ => throw new ArgumentException(name),
        };

    /// <summary>Nothing decays any more.</summary>
    private static Optimizer<T> WithGroups<T>(Optimizer<T> optimizer)
        where T : unmanaged
    {
        optimizer.Group("layers", rate: 0.5, weightDecay: 0);
        optimizer.DecaysOnlyWeights = true;
        return optimizer;
    }

    private static TrainerOptions<T> Options<T>(string manner, IDataset<T> data)
        where T : unmanaged => manner switch
        {
            "frame" or "plain" => new TrainerOptions<T>(),
            "threads" => new TrainerOptions<T> { BatchSize = 48, Shards = 5, Threads = 2, ValidationSplit = 0.1, Metric = Metrics.Accuracy },
            "early" => new TrainerOptions<T>
            {
                Shuffle = false,
                Metric = Metrics.BinaryAccuracy,
                ValidationData = data,
                EarlyStopping = new EarlyStopping { Patience = 1, MonitorMetric = true },
            },
            "own" => new TrainerOptions<T>
            {
                ValidationSplit = 0.1,
                EarlyStopping = new EarlyStopping(),
                Metric = (output, target) => output.Length + target.Length,
            },
            _ => throw new ArgumentException(manner),
        };

    private static IDataset<T> Data<T>(ITrainable<T> network, bool isOwn)
        where T : unmanaged
    {
        ParameterLayout layout = network.Parameters.Layout;
        var inputs = new T[Samples * layout.Layers[0].Inputs];
        int outputs = layout.Layers[^1].Units;
        IDataset<T> data = network is IWeightedTrainable<T> weighted
            ? Workout.WeightedData(weighted, Samples)
            : network is IClassifier<T>
            ? Dataset.Create(network, inputs, new int[Samples])
            : Dataset.Create(network, inputs, new T[Samples * outputs]);
        return isOwn ? new OwnDataset<T>(data) : data;
    }

    private sealed class OwnDataset<T>(IDataset<T> inner) : IDataset<T>
        where T : unmanaged
    {
        public int Count => inner.Count;

        public int InputCount => inner.InputCount;

        public int TargetCount => inner.TargetCount;

        public void Read(ReadOnlySpan<int> samples, Span<T> inputs, Span<T> targets)
        {
            inputs.Clear();
            targets.Clear();
        }
    }

    private sealed class OwnSchedule : LearningRateSchedule
    {
        public override double Factor(long step) => 0.5;
    }
}
