using System;
using System.IO;
using System.Linq;

namespace NetGen.Training;

/// <summary>What of a network and its optimizer goes into a file, and how it comes back.</summary>
internal static class CheckpointParts
{
    /// <exception cref="InvalidOperationException">A parameter is not finite.</exception>
    public static void AddParameters<T>(this SafetensorsWriter<T> writer, ParameterBuffer<T> parameters)
        where T : unmanaged
    {
        if (!parameters.IsFinite())
        {
            throw new InvalidOperationException("A parameter of the network is NaN or infinite; such a network is not saved over a better one.");
        }

        writer.Add(parameters, name => name);
    }

    /// <summary>Adds values in the shape of the parameters.</summary>
    public static void Add<T>(this SafetensorsWriter<T> writer, ParameterBuffer<T> buffer, Func<string, string> name)
        where T : unmanaged
    {
        var values = new T[buffer.Layout.ParameterCount];
        buffer.CopyTo(values);
        int start = 0;
        foreach ((string parameter, long[] shape) in CheckpointNames.Of(buffer.Layout))
        {
            int length = (int)shape.Aggregate(1L, (product, dimension) => product * dimension);
            writer.Add(name(parameter), values.AsMemory(start, length), shape);
            start += length;
        }
    }

    public static void AddOptimizer<T>(this SafetensorsWriter<T> writer, Optimizer<T> optimizer)
        where T : unmanaged
    {
        writer.AddMetadata(CheckpointNames.Optimizer, optimizer.Name);
        writer.AddMetadata(CheckpointNames.Step, optimizer.StepCount.ToString(CheckpointNames.Culture));
        writer.AddMetadata(CheckpointNames.LearningRate, optimizer.LearningRate.ToString("R", CheckpointNames.Culture));
        foreach (OptimizerState<T> state in optimizer.States)
        {
            writer.Add(state.Buffer, parameter => CheckpointNames.OfState(parameter, state.Name));
        }
    }

    /// <summary>Stages the network and the optimizer.</summary>
    /// <returns>What remains to be done when everything else was read too.</returns>
    public static Action ReadOptimizer<T>(this CheckpointContent<T> content, Optimizer<T> optimizer)
        where T : unmanaged
    {
        content.ReadExactly(optimizer.Parameters, name => name);
        string saved = content.Metadata(CheckpointNames.Optimizer);
        if (saved != optimizer.Name)
        {
            throw new InvalidDataException($"it was saved with the optimizer '{saved}', expected '{optimizer.Name}'");
        }

        long step = content.Count(CheckpointNames.Step);
        double learningRate = content.Number(CheckpointNames.LearningRate);
        if (learningRate < 0)
        {
            throw new InvalidDataException($"'{CheckpointNames.LearningRate}' in its metadata is negative");
        }

        foreach (OptimizerState<T> state in optimizer.States)
        {
            content.ReadExactly(state.Buffer, parameter => CheckpointNames.OfState(parameter, state.Name));
        }

        return () =>
        {
            optimizer.StepCount = step;
            optimizer.LearningRate = learningRate;
        };
    }
}
