using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NetGen.Training.Child;

/// <summary>Trains with everything that could depend on threads or on the width of vectors.</summary>
public static class Workout
{
    private const int Samples = 200;
    private const int Batch = 48;
    private const int Shards = 5;

    /// <summary>Trains with several optimizers, in single and double precision.</summary>
    /// <param name="threads">Threads of the trainer.</param>
    /// <returns>A hash of all bits of the parameters, the losses and the optimizers' states.</returns>
    public static string Run(int threads)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Func<ParameterBuffer<float>, Optimizer<float>> create in Optimizers<float>())
        {
            Train(new Brain(), create, hash, threads);
        }

        foreach (Func<ParameterBuffer<double>, Optimizer<double>> create in Optimizers<double>())
        {
            Train(new DoubleBrain(), create, hash, threads);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>Counts what all threads of the process allocate in steps after the first ones.</summary>
    /// <param name="threads">Threads of the trainer.</param>
    /// <returns>Bytes.</returns>
    public static long CountBytes(int threads)
    {
        var brain = new Brain();
        var chooser = new Chooser();
        return CountBytes(brain, Data(brain, Samples), threads) + CountBytes(chooser, WeightedData(chooser, Samples), threads);
    }

    private static long CountBytes(ITrainable<float> network, IDataset<float> data, int threads)
    {
        network.Initialize(1);
        var options = new TrainerOptions<float> { BatchSize = Batch, Shards = Shards, Threads = threads, ValidationSplit = 0.1, Metric = Metrics.Accuracy };
        using var trainer = new Trainer<float>(network, new Adam<float>(network.Parameters) { ClipNorm = 1 }, data, options);

        // Four steps make an epoch, which ends with a validation and a new order.
        Steps(trainer, 60);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        Steps(trainer, 60);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private static void Steps(Trainer<float> trainer, int count)
    {
        for (int step = 0; step < count; step++)
        {
            trainer.Step();
        }
    }

    private static IEnumerable<Func<ParameterBuffer<T>, Optimizer<T>>> Optimizers<T>()
        where T : unmanaged
    {
        yield return parameters => new Sgd<T>(parameters, 0.05) { ClipValue = 0.01 };
        yield return parameters => new Sgd<T>(parameters, 0.02, momentum: 0.9, nesterov: true, weightDecay: 1e-3);
        yield return parameters => new AdamW<T>(parameters, amsgrad: true) { ClipNorm = 0.5, Schedule = new CosineSchedule(12, warmupSteps: 3) };
        yield return parameters => new RmsProp<T>(parameters, 0.001, momentum: 0.5, centered: true);
    }

    private static void Train<T>(ITrainable<T> network, Func<ParameterBuffer<T>, Optimizer<T>> create, IncrementalHash hash, int threads)
        where T : unmanaged
    {
        network.Initialize(1);
        Optimizer<T> optimizer = create(network.Parameters);
        var options = new TrainerOptions<T> { BatchSize = Batch, Shards = Shards, Threads = threads, ValidationSplit = 0.1, Seed = 3 };
        using var trainer = new Trainer<T>(network, optimizer, Data(network, Samples), options);
        foreach (TrainingProgress epoch in trainer.Fit(3).Epochs)
        {
            hash.AppendData(BitConverter.GetBytes(epoch.Loss));
            hash.AppendData(BitConverter.GetBytes(epoch.ValidationLoss!.Value));
        }

        hash.AppendData(MemoryMarshal.AsBytes(network.Parameters.AsSpan()));
        foreach (OptimizerState<T> state in optimizer.States)
        {
            hash.AppendData(MemoryMarshal.AsBytes(state.Buffer.AsSpan()));
        }
    }

    /// <summary>Samples of random numbers, the same each time.</summary>
    /// <typeparam name="T">The number type.</typeparam>
    /// <param name="network">The network that they are for.</param>
    /// <param name="samples">How many.</param>
    /// <returns>Inputs and targets from −1 to 1.</returns>
    public static IDataset<T> Data<T>(ITrainable<T> network, int samples)
        where T : unmanaged
    {
        var random = new SeededRandom(2);
        T[] Values(int count)
        {
            var values = new T[count];
            for (int i = 0; i < count; i++)
            {
                double value = random.NextDouble() * 2 - 1;
                values[i] = typeof(T) == typeof(float) ? (T)(object)(float)value : (T)(object)value;
            }

            return values;
        }

        ParameterLayout layout = network.Parameters.Layout;
        return Dataset.Create(network, Values(samples * layout.Layers[0].Inputs), Values(samples * layout.Layers[^1].Units));
    }

    /// <summary>Samples with weights, and with some classes that are not allowed.</summary>
    /// <typeparam name="T">The number type.</typeparam>
    /// <param name="network">The network that they are for.</param>
    /// <param name="samples">How many.</param>
    /// <returns>Samples of the first class, each with the weight ½.</returns>
    public static IDataset<T> WeightedData<T>(IWeightedTrainable<T> network, int samples)
        where T : unmanaged
    {
        ParameterLayout layout = network.Parameters.Layout;
        var weights = new T[samples];
        Array.Fill(weights, typeof(T) == typeof(float) ? (T)(object)0.5f : (T)(object)0.5);
        var allowed = new bool[samples * layout.OutputCount];
        for (int output = 0; output < allowed.Length; output++)
        {
            allowed[output] = output % 2 == 0 || output % layout.OutputCount == 0;
        }

        return Dataset.Create(network, new T[samples * layout.InputCount], new int[samples], weights, allowed);
    }
}
