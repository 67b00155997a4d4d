using System;
using System.Linq;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Contestants;

/// <summary>Plain loops over jagged arrays.</summary>
internal sealed class NaiveNetwork : PlainChain
{
    private readonly float[][][] _weights;
    private readonly float[][] _biases;
    private readonly float[][][] _weightGradients;
    private readonly float[][] _biasGradients;
    private readonly float[][] _sums;
    private readonly float[][] _outputs;
    private readonly float[][] _deltas;

    public NaiveNetwork(Topology topology)
        : base(topology)
    {
        _weights = CreateMatrices(topology);
        _weightGradients = CreateMatrices(topology);
        _biases = CreateVectors(topology);
        _biasGradients = CreateVectors(topology);
        _sums = CreateVectors(topology);
        _outputs = CreateVectors(topology);
        _deltas = CreateVectors(topology);
    }

    public override void Load(ReadOnlySpan<float> parameters)
    {
        for (int layer = 0; layer < Topology.Layers; layer++)
        {
            foreach (float[] row in _weights[layer])
            {
                parameters[..row.Length].CopyTo(row);
                parameters = parameters[row.Length..];
            }

            parameters[.._biases[layer].Length].CopyTo(_biases[layer]);
            parameters = parameters[_biases[layer].Length..];
        }
    }

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

    public override void ClearGradient()
    {
        for (int layer = 0; layer < Topology.Layers; layer++)
        {
            foreach (float[] row in _weightGradients[layer])
            {
                Array.Clear(row);
            }

            Array.Clear(_biasGradients[layer]);
        }
    }

    public override void Update(float learningRate)
    {
        for (int layer = 0; layer < Topology.Layers; layer++)
        {
            for (int unit = 0; unit < _weights[layer].Length; unit++)
            {
                float[] row = _weights[layer][unit];
                float[] gradient = _weightGradients[layer][unit];
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] -= learningRate * gradient[i];
                }

                _biases[layer][unit] -= learningRate * _biasGradients[layer][unit];
            }
        }
    }

    public override NaiveAdam CreateAdam(float learningRate) => new(
        [.. _weights.SelectMany(layer => layer), .. _biases],
        [.. _weightGradients.SelectMany(layer => layer), .. _biasGradients],
        learningRate);

    public override void CopyGradient(Span<float> destination) => Copy(_weightGradients, _biasGradients, destination);

    public override void CopyParameters(Span<float> destination) => Copy(_weights, _biases, destination);

    private void Propagate(ReadOnlySpan<float> input)
    {
        for (int layer = 0; layer < _weights.Length; layer++)
        {
            float[][] weights = _weights[layer];
            float[] biases = _biases[layer];
            float[] sums = _sums[layer];
            for (int unit = 0; unit < weights.Length; unit++)
            {
                float[] row = weights[unit];
                float sum = biases[unit];
                for (int i = 0; i < row.Length; i++)
                {
                    sum += row[i] * input[i];
                }

                sums[unit] = sum;
            }

            Activate(Topology.Activations[layer], sums, _outputs[layer]);
            input = _outputs[layer];
        }
    }

    private void AddGradient(ReadOnlySpan<float> input, ReadOnlySpan<float> target, float scale)
    {
        Propagate(input);
        int last = _weights.Length - 1;
        for (int unit = 0; unit < target.Length; unit++)
        {
            _deltas[last][unit] = Topology.OutputFactor * scale * (_outputs[last][unit] - target[unit]);
        }

        if (Topology.OutputDerivativeRemains)
        {
            MultiplyByDerivative(last);
        }

        for (int layer = last; layer >= 0; layer--)
        {
            ReadOnlySpan<float> before = layer == 0 ? input : _outputs[layer - 1];
            if (layer > 0)
            {
                Array.Clear(_deltas[layer - 1]);
            }

            for (int unit = 0; unit < _weights[layer].Length; unit++)
            {
                float delta = _deltas[layer][unit];
                float[] gradient = _weightGradients[layer][unit];
                for (int i = 0; i < gradient.Length; i++)
                {
                    gradient[i] += delta * before[i];
                }

                _biasGradients[layer][unit] += delta;
                if (layer > 0)
                {
                    float[] row = _weights[layer][unit];
                    float[] inputGradient = _deltas[layer - 1];
                    for (int i = 0; i < row.Length; i++)
                    {
                        inputGradient[i] += row[i] * delta;
                    }
                }
            }

            if (layer > 0)
            {
                MultiplyByDerivative(layer - 1);
            }
        }
    }

    private static void Activate(Activation activation, float[] z, float[] a)
    {
        switch (activation)
        {
            case Activation.Sigmoid:
                for (int i = 0; i < z.Length; i++)
                {
                    a[i] = Sigmoid(z[i]);
                }

                break;
            case Activation.Tanh:
                for (int i = 0; i < z.Length; i++)
                {
                    a[i] = MathF.Tanh(z[i]);
                }

                break;
            case Activation.Relu:
                for (int i = 0; i < z.Length; i++)
                {
                    a[i] = Math.Max(z[i], 0f);
                }

                break;
            case Activation.Silu:
                for (int i = 0; i < z.Length; i++)
                {
                    a[i] = z[i] * Sigmoid(z[i]);
                }

                break;
            case Activation.Softmax:
                Softmax(z, a);
                break;
            default:
                z.CopyTo(a, 0);
                break;
        }
    }

    private static void Softmax(float[] z, float[] a)
    {
        float max = z[0];
        for (int i = 1; i < z.Length; i++)
        {
            max = Math.Max(max, z[i]);
        }

        float sum = 0;
        for (int i = 0; i < z.Length; i++)
        {
            a[i] = MathF.Exp(z[i] - max);
            sum += a[i];
        }

        for (int i = 0; i < z.Length; i++)
        {
            a[i] /= sum;
        }
    }

    private void MultiplyByDerivative(int layer)
    {
        float[] a = _outputs[layer];
        float[] delta = _deltas[layer];
        switch (Topology.Activations[layer])
        {
            case Activation.Sigmoid:
                for (int i = 0; i < a.Length; i++)
                {
                    delta[i] *= a[i] * (1 - a[i]);
                }

                break;
            case Activation.Tanh:
                for (int i = 0; i < a.Length; i++)
                {
                    delta[i] *= 1 - a[i] * a[i];
                }

                break;
            case Activation.Relu:
                for (int i = 0; i < a.Length; i++)
                {
                    if (a[i] <= 0)
                    {
                        delta[i] = 0;
                    }
                }

                break;
            case Activation.Silu:
                for (int i = 0; i < a.Length; i++)
                {
                    float s = Sigmoid(_sums[layer][i]);
                    delta[i] *= s + a[i] * (1 - s);
                }

                break;
        }
    }

    private static float Sigmoid(float z) => 1 / (1 + MathF.Exp(-z));

    private static void Copy(float[][][] matrices, float[][] vectors, Span<float> destination)
    {
        for (int layer = 0; layer < matrices.Length; layer++)
        {
            foreach (float[] row in matrices[layer])
            {
                row.CopyTo(destination);
                destination = destination[row.Length..];
            }

            vectors[layer].CopyTo(destination);
            destination = destination[vectors[layer].Length..];
        }
    }

    private static float[][][] CreateMatrices(Topology topology)
    {
        var matrices = new float[topology.Layers][][];
        for (int layer = 0; layer < matrices.Length; layer++)
        {
            matrices[layer] = new float[topology.Sizes[layer + 1]][];
            for (int unit = 0; unit < matrices[layer].Length; unit++)
            {
                matrices[layer][unit] = new float[topology.Sizes[layer]];
            }
        }

        return matrices;
    }

    private static float[][] CreateVectors(Topology topology)
    {
        var vectors = new float[topology.Layers][];
        for (int layer = 0; layer < vectors.Length; layer++)
        {
            vectors[layer] = new float[topology.Sizes[layer + 1]];
        }

        return vectors;
    }
}
