using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace NetGen.Models.Tests;

/// <summary>A model in ONNX Runtime, on one thread: what others compute files of ONNX with.</summary>
internal sealed class OnnxRuntimeSession : IDisposable
{
    private readonly SessionOptions _options;

    /// <param name="path">The file, which it may optimise as it can.</param>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime refuses it.</exception>
    public OnnxRuntimeSession(string path)
    {
        _options = CreateOptions();
        Session = new InferenceSession(path, _options);
    }

    /// <param name="model">The content of a file.</param>
    /// <param name="optimisations">What it may do with the graph.</param>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime refuses it.</exception>
    public OnnxRuntimeSession(byte[] model, GraphOptimizationLevel optimisations)
    {
        _options = CreateOptions();
        _options.GraphOptimizationLevel = optimisations;
        Session = new InferenceSession(model, _options);
    }

    /// <summary>Why ONNX Runtime does not load on this machine, or null.</summary>
    public static string? Complaint { get; } = FindComplaint();

    /// <summary>The session.</summary>
    public InferenceSession Session { get; }

    /// <summary>Options of runs, which may be used by all of them.</summary>
    public RunOptions RunOptions { get; } = new();

    /// <summary>The memory that programs have.</summary>
    public static OrtMemoryInfo Memory => OrtMemoryInfo.DefaultInstance;

    /// <summary>The shape of an input where each dimension that is free is a number of samples.</summary>
    public long[] Shape(string input, long samples) => [.. Session.InputMetadata[input].Dimensions.Select(size => size < 0 ? samples : size)];

    /// <summary>Computes outputs.</summary>
    /// <param name="inputs">The values of all inputs of floats.</param>
    /// <param name="outputs">The names of outputs.</param>
    /// <param name="samples">The number of samples, which is what free dimensions are.</param>
    public IReadOnlyDictionary<string, double[]> Run(IReadOnlyDictionary<string, double[]> inputs, IReadOnlyCollection<string> outputs, long samples = 1)
    {
        Dictionary<string, OrtValue> values = inputs.ToDictionary(
            input => input.Key, input => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(input.Value, value => (float)value), Shape(input.Key, samples)));
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> results = Session.Run(RunOptions, values, outputs);
            return outputs.Zip(results).ToDictionary(pair => pair.First, pair => Widen(pair.Second));
        }
        finally
        {
            foreach (OrtValue value in values.Values)
            {
                value.Dispose();
            }
        }
    }

    public void Dispose()
    {
        RunOptions.Dispose();
        Session.Dispose();
        _options.Dispose();
    }

    private static double[] Widen(OrtValue value) => value.GetTensorTypeAndShape().ElementDataType == TensorElementType.Int64
        ? Array.ConvertAll(value.GetTensorDataAsSpan<long>().ToArray(), number => (double)number)
        : Array.ConvertAll(value.GetTensorDataAsSpan<float>().ToArray(), number => (double)number);

    private static SessionOptions CreateOptions() => new()
    {
        IntraOpNumThreads = 1,
        InterOpNumThreads = 1,
        ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,

        // What it refuses, an exception says too.
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
    };

    private static string? FindComplaint()
    {
        try
        {
            // The first call of the native library, which a system may lack, or have none for its processor.
            using SessionOptions options = CreateOptions();
            return null;
        }
        catch (Exception exception) when ((exception as TypeInitializationException)?.InnerException is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            return $"ONNX Runtime does not load here: {exception.InnerException!.Message.Split('\n')[0]}";
        }
    }
}
