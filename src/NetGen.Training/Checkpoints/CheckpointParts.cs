using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NetGen.Training;

/// <summary>What of a network and its optimizer goes into a file, and how it comes back.</summary>
internal static class CheckpointParts
{
    /// <summary>Adds the parameters and what a program has beside them.</summary>
    /// <exception cref="InvalidOperationException">A parameter is not finite.</exception>
    /// <exception cref="ArgumentException">The extras could not be loaded.</exception>
    public static void AddParameters<T>(this SafetensorsWriter<T> writer, ParameterBuffer<T> parameters, CheckpointExtras? extras = null)
        where T : unmanaged
    {
        ExtraParts.CheckNames(extras?.Names, parameters.Layout.Layers.Count);
        writer.Add(parameters, "The network", name => name, extras?.Names);
        writer.AddExtras(extras);
    }

    /// <summary>Adds values in the shape of the parameters.</summary>
    /// <param name="writer">The file.</param>
    /// <param name="buffer">The values.</param>
    /// <param name="owner">Whose they are, for a message.</param>
    /// <param name="name">The tensor's name for a parameter such as <c>layers.0.weight</c>.</param>
    /// <param name="names">Names of the layers in place of <c>layers.0</c>, as many as there are.</param>
    /// <exception cref="InvalidOperationException">A value is not finite, so the file could not be loaded.</exception>
    public static void Add<T>(
        this SafetensorsWriter<T> writer, ParameterBuffer<T> buffer, string owner, Func<string, string> name, IReadOnlyList<string>? names = null)
        where T : unmanaged
    {
        if (!buffer.IsFinite())
        {
            throw new InvalidOperationException($"{owner} has a number that is NaN or infinite. It could not be loaded, and is not saved over a better one.");
        }

        var values = new T[buffer.Layout.ParameterCount];
        buffer.CopyTo(values);
        int start = 0;
        foreach ((string parameter, long[] shape) in CheckpointNames.Of(buffer.Layout, names))
        {
            int length = (int)shape.Aggregate(1L, (product, dimension) => product * dimension);
            writer.Add(name(parameter), values.AsMemory(start, length), shape);
            start += length;
        }
    }

    /// <exception cref="InvalidOperationException">The number is not finite, so the file could not be loaded.</exception>
    public static void AddNumber<T>(this SafetensorsWriter<T> writer, string key, double value)
        where T : unmanaged => writer.AddMetadata(key, double.IsFinite(value)
        ? value.ToString("R", CheckpointNames.Culture)
        : throw new InvalidOperationException($"'{key}' is NaN or infinite. It could not be loaded, and is not saved over a better one."));

    /// <exception cref="InvalidOperationException">A number of the optimizer's is not finite.</exception>
    public static void AddOptimizer<T>(this SafetensorsWriter<T> writer, Optimizer<T> optimizer)
        where T : unmanaged
    {
        writer.AddMetadata(CheckpointNames.Optimizer, optimizer.Name);
        writer.AddMetadata(CheckpointNames.Step, optimizer.StepCount.ToString(CheckpointNames.Culture));
        writer.AddNumber(CheckpointNames.LearningRate, optimizer.LearningRate);
        foreach (OptimizerState<T> state in optimizer.States)
        {
            writer.Add(state.Buffer, $"The optimizer's '{state.Name}'", parameter => CheckpointNames.OfState(parameter, state.Name));
        }
    }

    /// <summary>Stages the network and the optimizer.</summary>
    /// <returns>What remains to be done when everything else was read too.</returns>
    public static Action ReadOptimizer<T>(this CheckpointContent<T> content, Optimizer<T> optimizer)
        where T : unmanaged
    {
        content.ReadExactly(optimizer.Parameters, name => name, names: content.LayerNames(optimizer.Parameters.Layout));
        string saved = content.Metadata(CheckpointNames.Optimizer);
        if (saved != optimizer.Name)
        {
            throw new InvalidDataException($"it was saved with the optimizer '{saved}', expected '{optimizer.Name}'");
        }

        long step = content.Count(CheckpointNames.Step, Optimizer<T>.LargestStepCount);
        double learningRate = content.Number(CheckpointNames.LearningRate);
        if (!Check.IsRate(learningRate))
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"'{CheckpointNames.LearningRate}' in its metadata is {learningRate}, expected a number from 0 to {Check.LargestRate}"));
        }

        content.RefuseOtherStates(optimizer);
        foreach (OptimizerState<T> state in optimizer.States)
        {
            content.ReadExactly(state.Buffer, parameter => CheckpointNames.OfState(parameter, state.Name), state.HasSquares);
        }

        return () =>
        {
            optimizer.StepCount = step;
            optimizer.LearningRate = learningRate;
        };
    }
}
