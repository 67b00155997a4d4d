using System;
using NetGen.Training;

namespace NetGen.Sample.Swarm;

/// <summary>Teaches a brain to steer: towards the goal, and slower the faster it is already.</summary>
internal static class SwarmTraining
{
    private const int Samples = 4096;
    private const int Epochs = 40;
    private const ulong Seed = 1;

    /// <returns>The network and its loss in the end.</returns>
    public static (SwarmNet Brain, double Loss) Run()
    {
        var random = new SeededRandom(Seed);
        float[] inputs = new float[Samples * SwarmNet.InputCount];
        float[] targets = new float[Samples * SwarmNet.OutputCount];
        for (int sample = 0; sample < Samples; sample++)
        {
            Span<float> input = inputs.AsSpan(sample * SwarmNet.InputCount, SwarmNet.InputCount);
            for (int i = 0; i < input.Length; i++)
            {
                input[i] = (float)(random.NextDouble() * 2 - 1);
            }

            for (int axis = 0; axis < SwarmNet.OutputCount; axis++)
            {
                targets[sample * SwarmNet.OutputCount + axis] = MathF.Tanh(3 * input[axis] - 2 * input[axis + 2]);
            }
        }

        var brain = new SwarmNet();
        brain.Initialize(Seed);
        var optimizer = Adam.For(brain, 0.01);
        optimizer.Schedule = new CosineSchedule(Epochs * Samples / 32);
        using var trainer = Trainer.Create(brain, optimizer, Dataset.Create(brain, inputs, targets), new() { Seed = Seed });
        trainer.Fit(Epochs);
        return (brain, trainer.LastEpoch!.Value.Loss);
    }
}
