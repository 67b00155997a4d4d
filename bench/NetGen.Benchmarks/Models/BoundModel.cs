using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using NetGen.Models.Graphs;
using NetGen.Models.Tests;

namespace NetGen.Benchmarks.Models;

/// <summary>A model file in ONNX Runtime with all inputs and the wanted outputs bound to memory.</summary>
internal sealed class BoundModel : IDisposable
{
    private readonly OnnxRuntimeSession _session;
    private readonly OrtIoBinding _binding;
    private readonly List<OrtValue> _values = [];

    private BoundModel(string path, ModelGraph graph, IReadOnlyDictionary<string, double[]> inputs)
    {
        _session = new OnnxRuntimeSession(path);
        _binding = _session.Session.CreateIoBinding();
        foreach ((string name, NodeMetadata metadata) in _session.Session.InputMetadata)
        {
            OrtValue value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, metadata.ElementDataType, _session.Shape(name, 1));
            _values.Add(value);

            // What an input needs that no output depends on, nobody knows.
            if (inputs.TryGetValue(name, out double[]? numbers) && metadata.ElementDataType == TensorElementType.Float)
            {
                Array.ConvertAll(numbers, number => (float)number).CopyTo(value.GetTensorMutableDataAsSpan<float>());
            }

            _binding.BindInput(name, value);
        }

        foreach (ModelOutput output in graph.Outputs)
        {
            _binding.BindOutputToDevice(output.Name, OnnxRuntimeSession.Memory);
        }

        Invoke();

        // Where they came to lie: the next runs need not find places.
        string[] names = _binding.GetOutputNames();
        using IDisposableReadOnlyCollection<OrtValue> results = _binding.GetOutputValues();
        long[][] shapes = [.. results.Select(result => result.GetTensorTypeAndShape().Shape)];
        TensorElementType[] types = [.. results.Select(result => result.GetTensorTypeAndShape().ElementDataType)];
        _binding.ClearBoundOutputs();
        for (int index = 0; index < names.Length; index++)
        {
            _values.Add(OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, types[index], shapes[index]));
            _binding.BindOutput(names[index], _values[^1]);
        }
    }

    /// <summary>The model, or null where ONNX Runtime does not load or refuses the file.</summary>
    public static BoundModel? TryCreate(string path, ModelGraph graph, IReadOnlyDictionary<string, double[]> inputs)
    {
        try
        {
            return OnnxRuntimeSession.Complaint is null ? new BoundModel(path, graph, inputs) : null;
        }
        catch (OnnxRuntimeException)
        {
            return null;
        }
    }

    /// <summary>Computes the outputs.</summary>
    public void Invoke() => _session.Session.RunWithBinding(_session.RunOptions, _binding);

    public void Dispose()
    {
        _binding.Dispose();
        foreach (OrtValue value in _values)
        {
            value.Dispose();
        }

        _session.Dispose();
    }
}
