using System;
using System.Numerics.Tensors;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Contestants;

/// <summary>Flat arrays in canonical order and <see cref="TensorPrimitives"/> for whatever it offers.</summary>
internal sealed class TensorNetwork : PlainChain
{
    private readonly float[] _parameters;
    private readonly float[] _gradient;
    private readonly int[] _offsets;
    private readonly float[][] _sums;
    private readonly float[][] _outputs;
    private readonly float[][] _deltas;
    private readonly float[] _scratch;

    public TensorNetwork(Topology topology)
        : base(topology)
    {
        _parameters = new float[topology.ParameterCount];
        _gradient = new float[topology.ParameterCount];
        _offsets = new int[topology.Layers];
        _sums = new float[topology.Layers][];
        _outputs = new float[topology.Layers][];
        _deltas = new float[topology.Layers][];
        int widest = 0;
        for (int layer = 0; layer < topology.Layers; layer++)
        {
            int units = topology.Sizes[layer + 1];
            _offsets[layer] = layer == 0 ? 0 : _offsets[layer - 1] + (topology.Sizes[layer - 1] + 1) * topology.Sizes[layer];
            _sums[layer] = new float[units];
            _outputs[layer] = new float[units];
            _deltas[layer] = new float[units];
            widest = Math.Max(widest, units);
        }

        _scratch = new float[widest];
    }

    public override void Load(ReadOnlySpan<float> parameters) => parameters.CopyTo(_parameters);

    public override void Forward(ReadOnlySpan<float> input, Span<float> output)
    {
        Propagate(input);
        _outputs[^1].CopyTo(output);
    }

    public override void ForwardBatch(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        for (int sample = 0; sample < inputs.Length / Topology.Inputs; sample++)
        {
            Forward(inputs.Slice(sample * Topology.Inputs, Topology.Inputs), outputs.Slice(sample * Topology.Outputs, Topology.Outputs));
        }
    }

    public override void AddGradient(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets)
    {
        int count = inputs.Length / Topology.Inputs;
        for (int sample = 0; sample < count; sample++)
        {
            AddGradient(inputs.Slice(sample * Topology.Inputs, Topology.Inputs), targets.Slice(sample * Topology.Outputs, Topology.Outputs), 1f / count);
        }
    }

    public override void ClearGradient() => Array.Clear(_gradient);

    public override void Update(float learningRate) => TensorPrimitives.MultiplyAdd(_gradient, -learningRate, _parameters, _parameters);

    public override TensorAdam CreateAdam(float learningRate) => new(_parameters, _gradient, learningRate);

    public override void CopyGradient(Span<float> destination) => _gradient.CopyTo(destination);

    public override void CopyParameters(Span<float> destination) => _parameters.CopyTo(destination);

    private void Propagate(ReadOnlySpan<float> input)
    {
        for (int layer = 0; layer < Topology.Layers; layer++)
        {
            ReadOnlySpan<float> rows = _parameters.AsSpan(_offsets[layer]);
            float[] z = _sums[layer];
            for (int unit = 0; unit < z.Length; unit++)
            {
                z[unit] = TensorPrimitives.Dot(rows.Slice(unit * input.Length, input.Length), input);
            }

            TensorPrimitives.Add(z, rows.Slice(z.Length * input.Length, z.Length), z);
            Activate(Topology.Activations[layer], z, _outputs[layer]);
            input = _outputs[layer];
        }
    }

    private void AddGradient(ReadOnlySpan<float> input, ReadOnlySpan<float> target, float scale)
    {
        Propagate(input);
        int last = Topology.Layers - 1;
        TensorPrimitives.Subtract(_outputs[last], target, _deltas[last]);
        TensorPrimitives.Multiply(_deltas[last], Topology.OutputFactor * scale, _deltas[last]);
        if (Topology.OutputDerivativeRemains)
        {
            MultiplyByDerivative(last);
        }

        for (int layer = last; layer >= 0; layer--)
        {
            ReadOnlySpan<float> before = layer == 0 ? input : _outputs[layer - 1];
            ReadOnlySpan<float> rows = _parameters.AsSpan(_offsets[layer]);
            Span<float> gradients = _gradient.AsSpan(_offsets[layer]);
            float[] delta = _deltas[layer];
            for (int unit = 0; unit < delta.Length; unit++)
            {
                Span<float> gradient = gradients.Slice(unit * before.Length, before.Length);
                TensorPrimitives.MultiplyAdd(before, delta[unit], gradient, gradient);
            }

            Span<float> biasGradient = gradients.Slice(delta.Length * before.Length, delta.Length);
            TensorPrimitives.Add(biasGradient, delta, biasGradient);
            if (layer > 0)
            {
                float[] inputGradient = _deltas[layer - 1];
                Array.Clear(inputGradient);
                for (int unit = 0; unit < delta.Length; unit++)
                {
                    TensorPrimitives.MultiplyAdd(rows.Slice(unit * before.Length, before.Length), delta[unit], inputGradient, inputGradient);
                }

                MultiplyByDerivative(layer - 1);
            }
        }
    }

    private static void Activate(Activation activation, float[] z, float[] a)
    {
        switch (activation)
        {
            case Activation.Sigmoid:
                TensorPrimitives.Sigmoid(z, a);
                break;
            case Activation.Tanh:
                TensorPrimitives.Tanh(z, a);
                break;
            case Activation.Relu:
                TensorPrimitives.Max(z, 0f, a);
                break;
            case Activation.Silu:
                TensorPrimitives.Sigmoid(z, a);
                TensorPrimitives.Multiply(a, z, a);
                break;
            case Activation.Softmax:
                // The largest z is subtracted first, as every contestant does against overflow.
                TensorPrimitives.Subtract(z, TensorPrimitives.Max<float>(z), a);
                TensorPrimitives.SoftMax(a, a);
                break;
            default:
                z.CopyTo(a, 0);
                break;
        }
    }

    private void MultiplyByDerivative(int layer)
    {
        float[] a = _outputs[layer];
        float[] delta = _deltas[layer];
        Span<float> derivative = _scratch.AsSpan(0, a.Length);
        switch (Topology.Activations[layer])
        {
            case Activation.Sigmoid:
                TensorPrimitives.Subtract(1f, a, derivative);
                TensorPrimitives.Multiply(derivative, a, derivative);
                TensorPrimitives.Multiply(delta, derivative, delta);
                break;
            case Activation.Tanh:
                TensorPrimitives.Multiply(a, a, derivative);
                TensorPrimitives.Subtract(1f, derivative, derivative);
                TensorPrimitives.Multiply(delta, derivative, delta);
                break;
            case Activation.Relu:
                // There is no vectorised selection by sign; a loop is what remains.
                for (int i = 0; i < a.Length; i++)
                {
                    delta[i] = a[i] > 0 ? delta[i] : 0;
                }

                break;
            case Activation.Silu:
                // s + a (1 − s) = a + s (1 − a)
                TensorPrimitives.Sigmoid(_sums[layer], derivative);
                TensorPrimitives.Multiply(delta, Complement(a, derivative), delta);
                break;
        }
    }

    /// <summary>Turns s into a + s (1 − a).</summary>
    private static Span<float> Complement(float[] a, Span<float> s)
    {
        for (int i = 0; i < s.Length; i++)
        {
            s[i] = a[i] + s[i] * (1 - a[i]);
        }

        return s;
    }
}
