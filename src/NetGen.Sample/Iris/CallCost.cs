using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace NetGen.Sample.Iris;

/// <summary>What one call of a generated method costs, in time and in memory.</summary>
/// <param name="Name">The method and what it computes.</param>
/// <param name="MinimumNanoseconds">Time per call in the fastest round.</param>
/// <param name="MedianNanoseconds">Time per call in the median round.</param>
/// <param name="Bytes">Bytes allocated per call on the managed heap.</param>
internal sealed record CallCost(string Name, double MinimumNanoseconds, double MedianNanoseconds, double Bytes)
{
    public const int Rounds = 21;
    private const int PassesPerRound = 50;
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(200);

    /// <summary>Measures the calls on all flowers in turn; the network itself is not changed.</summary>
    public static IReadOnlyList<CallCost> Measure(IrisNet network, float[] features, int[] labels)
    {
        float[] output = new float[IrisNet.OutputCount];
        ParameterBuffer<float> gradient = network.CreateGradient();
        var learner = new IrisNet();
        learner.Parameters.CopyFrom(network.Parameters);

        // Each loop stands inside its delegate, so that calling the delegate is no part of the time.
        return
        [
            Measure("Forward: the output", labels.Length, () =>
            {
                for (int row = 0; row < labels.Length; row++)
                {
                    network.Forward(Flower(features, row), output);
                }
            }),
            Measure("Backward: loss and gradient", labels.Length, () =>
            {
                for (int row = 0; row < labels.Length; row++)
                {
                    network.Backward(Flower(features, row), labels[row], gradient);
                }
            }),
            Measure("SgdStep: loss and update", labels.Length, () =>
            {
                for (int row = 0; row < labels.Length; row++)
                {
                    learner.SgdStep(Flower(features, row), labels[row], IrisTraining.LearningRate);
                }
            }),
        ];
    }

    private static CallCost Measure(string name, int callsPerPass, Action pass)
    {
        // Long enough for the runtime to replace its first, quickly compiled version of the loop.
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < WarmUp)
        {
            pass();
        }

        int calls = PassesPerRound * callsPerPass;
        double[] nanoseconds = new double[Rounds];
        long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < Rounds; round++)
        {
            start = Stopwatch.GetTimestamp();
            for (int i = 0; i < PassesPerRound; i++)
            {
                pass();
            }

            nanoseconds[round] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        Array.Sort(nanoseconds);
        return new CallCost(name, nanoseconds[0], nanoseconds[Rounds / 2], (double)allocated / (calls * Rounds));
    }

    private static ReadOnlySpan<float> Flower(float[] features, int row) =>
        features.AsSpan(row * IrisData.Features, IrisData.Features);
}
