using System;
using System.Linq;
using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Comparing;

/// <summary>Compares what the timed calls compute with the reference.</summary>
internal sealed unsafe class Check(Samples samples, Expected expected)
{
    /// <summary>
    /// Largest error of a right contestant, as a share of the largest expected value. Single precision was seen to leave up to 2·10⁻⁶ in
    /// outputs and gradients, and up to 7·10⁻⁶ in a step, which is small beside the parameters that it is added to.
    /// </summary>
    public const double Tolerance = 2e-5;

    // Large enough that a step shows beside the rounding of the parameters.
    private const float LearningRate = 0.25f;

    /// <summary>The error of one task. The contestant has the parameters of the samples again afterwards.</summary>
    public double Error(Contestant contestant, BenchTask task)
    {
        contestant.Load(samples.Parameters);
        TimedCall call = contestant.Call(task, LearningRate)
            ?? throw new ArgumentException($"{contestant.Name} has no {task.Title}.", nameof(task));
        Rotation rotation = samples.Rotation(task);
        double error = task.Kind switch
        {
            TaskKind.Latency or TaskKind.Throughput => SinglesError(call),
            TaskKind.ForwardBatch => BatchError(call, task.Batch, rotation),
            TaskKind.Adam => AdamError(contestant, call, rotation),
            TaskKind.Step => StepError(contestant, call, task, rotation),
            _ => GradientError(contestant, call, task, rotation),
        };
        contestant.Load(samples.Parameters);
        return error;
    }

    private double SinglesError(TimedCall call)
    {
        double largest = 0;
        for (int sample = 0; sample < Samples.Singles; sample++)
        {
            Outputs(1).Fill(float.NaN);
            call.Invoke(samples.SingleInput(sample), samples.Outputs);
            double[] outputs = expected.Outputs[sample];
            largest = Math.Max(largest, Statistics.Error(Outputs(1), outputs, Statistics.Magnitude(outputs)));
        }

        return largest;
    }

    private double BatchError(TimedCall call, int batch, Rotation rotation)
    {
        Outputs(batch).Fill(float.NaN);
        call.Invoke((float*)rotation.Input, (float*)rotation.Other);
        double[] outputs = expected.Outputs.Take(batch).SelectMany(sample => sample).ToArray();
        return Statistics.Error(Outputs(batch), outputs, Statistics.Magnitude(outputs));
    }

    private double GradientError(Contestant contestant, TimedCall call, BenchTask task, Rotation rotation)
    {
        // A task that clears must do so itself: this leaves something behind.
        contestant.ClearGradient();
        if (task.Kind == TaskKind.NewGradient)
        {
            call.Invoke((float*)rotation.Input, (float*)rotation.Other);
        }

        call.Invoke((float*)rotation.Input, (float*)rotation.Other);
        var gradient = new float[samples.Parameters.Length];
        contestant.CopyGradient(gradient);
        return Statistics.Error(gradient, expected.Gradient(task.Batch), Statistics.Magnitude(expected.Gradient(task.Batch)));
    }

    /// <summary>The first step of Adam: θ − η g / (|g| + ε).</summary>
    private double AdamError(Contestant contestant, TimedCall call, Rotation rotation)
    {
        BenchTask gradientTask = BenchTask.All.First(task => task is { Kind: TaskKind.Gradient, Batch: 1 });
        contestant.ClearGradient();
        contestant.Call(gradientTask, LearningRate)!.Invoke((float*)rotation.Input, (float*)rotation.Other);
        call.Invoke((float*)rotation.Input, (float*)rotation.Other);
        var parameters = new float[samples.Parameters.Length];
        contestant.CopyParameters(parameters);
        double[] moves = expected.Gradient(1).Select(slope => LearningRate * slope / (Math.Abs(slope) + PlainAdam.Epsilon)).ToArray();
        double[] stepped = samples.Parameters.Zip(moves, (parameter, move) => parameter - move).ToArray();
        return Statistics.Error(parameters, stepped, Statistics.Magnitude(moves));
    }

    private double StepError(Contestant contestant, TimedCall call, BenchTask task, Rotation rotation)
    {
        call.Invoke((float*)rotation.Input, (float*)rotation.Other);
        var parameters = new float[samples.Parameters.Length];
        contestant.CopyParameters(parameters);
        double[] gradient = expected.Gradient(task.Batch);
        double[] stepped = samples.Parameters.Zip(gradient, (parameter, slope) => parameter - LearningRate * slope).ToArray();
        return Statistics.Error(parameters, stepped, LearningRate * Statistics.Magnitude(gradient));
    }

    private Span<float> Outputs(int count) => new(samples.Outputs, count * samples.Shape.Outputs);
}
