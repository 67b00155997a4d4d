using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;
using NetGen.Models.Tests;

namespace NetGen.Benchmarks.Contestants;

/// <summary>
/// A model file in ONNX Runtime, called in the way in which a run costs least there: the memory of inputs and outputs is bound once, so that a call copies nothing, makes no object, and looks up no name.
/// </summary>
internal sealed unsafe class OnnxRuntimeContestant(ModelShape model, Samples samples) : FixedContestant(Roster.OnnxRuntime, Group.Library), IDisposable
{
    private readonly OnnxRuntimeSession _session = new(model.Path);
    private readonly Dictionary<int, OrtIoBinding[]> _bindings = [];
    private readonly List<OrtValue> _values = [];

    public override TimedCall? Call(BenchTask task, float learningRate)
    {
        if (!task.IsForward)
        {
            return null;
        }

        Rotation rotation = samples.Rotation(task);
        if (!_bindings.TryGetValue(task.Batch, out OrtIoBinding[]? bindings))
        {
            bindings = Enumerable.Range(0, rotation.Mask + 1).Select(sample => Bind(rotation.Input + sample * rotation.InputStride * sizeof(float), rotation.Other, task.Batch)).ToArray();
            _bindings.Add(task.Batch, bindings);
        }

        return bindings is [var only] ? TimedCall.Of(new BoundCall(_session, only)) : TimedCall.Of(new BoundCalls(_session, bindings, rotation.Input, rotation.InputStride));
    }

    public void Dispose()
    {
        foreach (OrtIoBinding binding in _bindings.Values.SelectMany(bindings => bindings))
        {
            binding.Dispose();
        }

        foreach (OrtValue value in _values)
        {
            value.Dispose();
        }

        _session.Dispose();
    }

    private OrtIoBinding Bind(nint input, nint output, int batch)
    {
        OrtIoBinding binding = _session.Session.CreateIoBinding();
        binding.BindInput(_session.Session.InputNames[0], Value(input, batch, model.Inputs));
        binding.BindOutput(_session.Session.OutputNames[0], Value(output, batch, model.Outputs));
        return binding;
    }

    /// <summary>Samples that lie in memory that does not move.</summary>
    private OrtValue Value(nint first, int batch, int size)
    {
        _values.Add(OrtValue.CreateTensorValueWithData(OnnxRuntimeSession.Memory, TensorElementType.Float, [batch, size], first, (long)batch * size * sizeof(float)));
        return _values[^1];
    }

    private readonly struct BoundCall(OnnxRuntimeSession session, OrtIoBinding binding) : ICall
    {
        private readonly InferenceSession _session = session.Session;
        private readonly RunOptions _options = session.RunOptions;

        public void Invoke(float* input, float* other) => _session.RunWithBinding(_options, binding);
    }

    /// <summary>Single samples, each bound where it lies.</summary>
    private readonly struct BoundCalls(OnnxRuntimeSession session, OrtIoBinding[] bindings, nint first, int stride) : ICall
    {
        private readonly InferenceSession _session = session.Session;
        private readonly RunOptions _options = session.RunOptions;

        public void Invoke(float* input, float* other) => _session.RunWithBinding(_options, bindings[(int)(input - (float*)first) / stride]);
    }
}
