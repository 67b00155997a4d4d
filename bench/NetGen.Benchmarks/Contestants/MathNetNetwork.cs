using System;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Single;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Contestants;

/// <summary>Matrices of MathNet.Numerics, one column for each sample, with results written into matrices that exist.</summary>
internal sealed class MathNetNetwork : PlainChain
{
    private readonly DenseMatrix[] _weights;
    private readonly DenseVector[] _biases;
    private readonly DenseMatrix[] _weightGradients;
    private readonly DenseVector[] _biasGradients;
    private readonly DenseMatrix[] _products;
    private Columns _columns;

    public MathNetNetwork(Topology topology)
        : base(topology)
    {
        // One core, like every other contestant.
        Control.UseSingleThread();
        _weights = CreateMatrices(topology);
        _weightGradients = CreateMatrices(topology);
        _products = CreateMatrices(topology);
        _biases = CreateVectors(topology);
        _biasGradients = CreateVectors(topology);
        _columns = new Columns(topology, 1);
    }

    public override void Load(ReadOnlySpan<float> parameters)
    {
        for (int layer = 0; layer < _weights.Length; layer++)
        {
            DenseMatrix weights = _weights[layer];
            for (int unit = 0; unit < weights.RowCount; unit++)
            {
                for (int i = 0; i < weights.ColumnCount; i++)
                {
                    weights[unit, i] = parameters[unit * weights.ColumnCount + i];
                }
            }

            parameters = parameters[weights.Values.Length..];
            parameters[..weights.RowCount].CopyTo(_biases[layer].Values);
            parameters = parameters[weights.RowCount..];
        }
    }

    public override void Forward(ReadOnlySpan<float> input, Span<float> output) => ForwardBatch(input, output);

    public override void ForwardBatch(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        Propagate(inputs);
        _columns.Outputs[^1].Values.CopyTo(outputs);
    }

    public override void AddGradient(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets)
    {
        Propagate(inputs);
        int last = _weights.Length - 1;
        float[] a = _columns.Outputs[last].Values;
        float[] delta = _columns.Deltas[last].Values;
        float factor = Topology.OutputFactor / _columns.Count;
        for (int i = 0; i < delta.Length; i++)
        {
            delta[i] = factor * (a[i] - targets[i]);
        }

        if (Topology.OutputDerivativeRemains)
        {
            MultiplyByDerivative(last);
        }

        for (int layer = last; layer >= 0; layer--)
        {
            DenseMatrix before = layer == 0 ? _columns.Inputs : _columns.Outputs[layer - 1];
            _columns.Deltas[layer].TransposeAndMultiply(before, _products[layer]);
            _weightGradients[layer].Add(_products[layer], _weightGradients[layer]);
            AddColumns(_columns.Deltas[layer].Values, _biasGradients[layer].Values);
            if (layer > 0)
            {
                _weights[layer].TransposeThisAndMultiply(_columns.Deltas[layer], _columns.Deltas[layer - 1]);
                MultiplyByDerivative(layer - 1);
            }
        }
    }

    public override void ClearGradient()
    {
        for (int layer = 0; layer < _weights.Length; layer++)
        {
            _weightGradients[layer].Clear();
            _biasGradients[layer].Clear();
        }
    }

    public override void Update(float learningRate)
    {
        for (int layer = 0; layer < _weights.Length; layer++)
        {
            _weightGradients[layer].Multiply(learningRate, _products[layer]);
            _weights[layer].Subtract(_products[layer], _weights[layer]);
            for (int unit = 0; unit < _biases[layer].Count; unit++)
            {
                _biases[layer][unit] -= learningRate * _biasGradients[layer][unit];
            }
        }
    }

    public override void CopyGradient(Span<float> destination) => Copy(_weightGradients, _biasGradients, destination);

    public override void CopyParameters(Span<float> destination) => Copy(_weights, _biases, destination);

    private void Propagate(ReadOnlySpan<float> inputs)
    {
        int count = inputs.Length / Topology.Inputs;
        if (_columns.Count != count)
        {
            _columns = new Columns(Topology, count);
        }

        inputs.CopyTo(_columns.Inputs.Values);
        DenseMatrix x = _columns.Inputs;
        for (int layer = 0; layer < _weights.Length; layer++)
        {
            DenseMatrix z = _columns.Sums[layer];
            _weights[layer].Multiply(x, z);
            float[] biases = _biases[layer].Values;
            float[] values = z.Values;
            for (int i = 0; i < values.Length; i += biases.Length)
            {
                for (int unit = 0; unit < biases.Length; unit++)
                {
                    values[i + unit] += biases[unit];
                }
            }

            x = _columns.Outputs[layer];
            Activate(Topology.Activations[layer], z, x);
        }
    }

    private static void Activate(Activation activation, DenseMatrix z, DenseMatrix a)
    {
        switch (activation)
        {
            case Activation.Sigmoid:
                z.Map(Sigmoid, a, Zeros.Include);
                break;
            case Activation.Tanh:
                z.Map(MathF.Tanh, a, Zeros.Include);
                break;
            case Activation.Relu:
                z.Map(static v => Math.Max(v, 0f), a, Zeros.Include);
                break;
            case Activation.Silu:
                z.Map(static v => v * Sigmoid(v), a, Zeros.Include);
                break;
            case Activation.Softmax:
                Softmax(z.Values, a.Values, z.RowCount);
                break;
            default:
                z.CopyTo(a);
                break;
        }
    }

    private static void Softmax(float[] z, float[] a, int units)
    {
        for (int first = 0; first < z.Length; first += units)
        {
            float max = z[first];
            for (int i = first + 1; i < first + units; i++)
            {
                max = Math.Max(max, z[i]);
            }

            float sum = 0;
            for (int i = first; i < first + units; i++)
            {
                a[i] = MathF.Exp(z[i] - max);
                sum += a[i];
            }

            for (int i = first; i < first + units; i++)
            {
                a[i] /= sum;
            }
        }
    }

    private void MultiplyByDerivative(int layer)
    {
        float[] z = _columns.Sums[layer].Values;
        float[] a = _columns.Outputs[layer].Values;
        float[] delta = _columns.Deltas[layer].Values;
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
                    delta[i] = a[i] > 0 ? delta[i] : 0;
                }

                break;
            case Activation.Silu:
                for (int i = 0; i < a.Length; i++)
                {
                    float s = Sigmoid(z[i]);
                    delta[i] *= s + a[i] * (1 - s);
                }

                break;
        }
    }

    private static void AddColumns(float[] columns, float[] sum)
    {
        for (int i = 0; i < columns.Length; i += sum.Length)
        {
            for (int unit = 0; unit < sum.Length; unit++)
            {
                sum[unit] += columns[i + unit];
            }
        }
    }

    private static float Sigmoid(float z) => 1 / (1 + MathF.Exp(-z));

    private static void Copy(DenseMatrix[] matrices, DenseVector[] vectors, Span<float> destination)
    {
        for (int layer = 0; layer < matrices.Length; layer++)
        {
            matrices[layer].ToRowMajorArray().CopyTo(destination);
            destination = destination[matrices[layer].Values.Length..];
            vectors[layer].Values.CopyTo(destination);
            destination = destination[vectors[layer].Count..];
        }
    }

    private static DenseMatrix[] CreateMatrices(Topology topology)
    {
        var matrices = new DenseMatrix[topology.Layers];
        for (int layer = 0; layer < matrices.Length; layer++)
        {
            matrices[layer] = new DenseMatrix(topology.Sizes[layer + 1], topology.Sizes[layer]);
        }

        return matrices;
    }

    private static DenseVector[] CreateVectors(Topology topology)
    {
        var vectors = new DenseVector[topology.Layers];
        for (int layer = 0; layer < vectors.Length; layer++)
        {
            vectors[layer] = new DenseVector(topology.Sizes[layer + 1]);
        }

        return vectors;
    }

    /// <summary>Matrices for a number of samples; kept until another number comes.</summary>
    private sealed class Columns(Topology topology, int count)
    {
        public int Count => count;

        public DenseMatrix Inputs { get; } = new(topology.Inputs, count);

        public DenseMatrix[] Sums { get; } = Create(topology, count);

        public DenseMatrix[] Outputs { get; } = Create(topology, count);

        public DenseMatrix[] Deltas { get; } = Create(topology, count);

        private static DenseMatrix[] Create(Topology topology, int count)
        {
            var matrices = new DenseMatrix[topology.Layers];
            for (int layer = 0; layer < matrices.Length; layer++)
            {
                matrices[layer] = new DenseMatrix(topology.Sizes[layer + 1], count);
            }

            return matrices;
        }
    }
}
