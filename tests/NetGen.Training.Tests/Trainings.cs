using System;
using System.Linq;

namespace NetGen.Training.Tests;

/// <summary>Small trainings with made-up samples.</summary>
internal static class Trainings
{
    public const int Samples = 70;

    public static float[] Inputs { get; } = Values.Random(1, Samples * 4);

    /// <summary>Classes that a network can learn.</summary>
    public static int[] Labels { get; } = Enumerable.Range(0, Samples)
        .Select(sample => Inputs[sample * 4] > 0.3f ? 2 : Inputs[sample * 4 + 1] > 0 ? 1 : 0)
        .ToArray();

    public static IrisNet Network(ulong seed = 1)
    {
        var network = new IrisNet();
        network.Initialize(seed);
        return network;
    }

    public static Trainer<float> Trainer(IrisNet network, TrainerOptions<float>? options = null, float[]? inputs = null, double learningRate = 0.01) =>
        new(network, new Adam<float>(network.Parameters, learningRate), Dataset.Create(network, inputs ?? Inputs, Labels), options);

    /// <summary>A few steps of a new trainer.</summary>
    /// <returns>The parameters after them.</returns>
    public static float[] ParametersAfter(int steps, TrainerOptions<float> options)
    {
        IrisNet network = Network();
        using Trainer<float> trainer = Trainer(network, options);
        for (int step = 0; step < steps; step++)
        {
            trainer.Step();
        }

        return network.Parameters.Canonical();
    }

    public static IProgress<TrainingProgress> Progress(Action<TrainingProgress> report) => new Immediate(report);

    /// <summary><see cref="Progress{T}"/> would report later, on another thread.</summary>
    private sealed class Immediate(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
