using System;
using System.Linq;
using System.Numerics;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Contestants;

/// <summary>A graph in plain loops over arrays that are allocated once, node by node and back.</summary>
/// <typeparam name="T">The numbers.</typeparam>
internal sealed class GraphLoops<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T Epsilon = T.CreateChecked(1e-5);

    private readonly GraphShape _shape;
    private readonly int[] _first;
    private readonly T[][] _sums;
    private readonly T[][] _values;
    private readonly T[][] _deltas;
    private readonly T[] _inverses;
    private readonly T[] _input;

    public GraphLoops(GraphShape shape)
    {
        _shape = shape;
        Parameters = new T[shape.ParameterCount];
        Gradient = new T[shape.ParameterCount];
        _first = new int[shape.Nodes.Count];
        for (int node = 1; node < _first.Length; node++)
        {
            GraphNode before = shape.Nodes[node - 1];
            int rows = before.Kind switch { GraphNodeKind.Dense => shape.Read(before) + 1, GraphNodeKind.LayerNorm => 2, _ => 0 };
            _first[node] = _first[node - 1] + rows * before.Units;
        }

        _sums = Vectors();
        _values = Vectors();
        _deltas = Vectors();
        _inverses = new T[shape.Nodes.Count];
        _input = new T[shape.Inputs];
    }

    /// <summary>In canonical order.</summary>
    public T[] Parameters { get; }

    /// <summary>What gradients are added to, in canonical order.</summary>
    public T[] Gradient { get; }

    /// <summary>Computes the outputs of a sample.</summary>
    public void Forward(ReadOnlySpan<T> input, Span<T> output)
    {
        Propagate(input);
        foreach (GraphOutput head in _shape.Heads)
        {
            _values[head.Node].CopyTo(output);
            output = output[_values[head.Node].Length..];
        }
    }

    /// <summary>Adds the gradient of a sample times a number.</summary>
    public void AddGradient(ReadOnlySpan<T> input, ReadOnlySpan<T> target, T scale)
    {
        Propagate(input);
        foreach (T[] deltas in _deltas)
        {
            Array.Clear(deltas);
        }

        foreach (GraphOutput head in _shape.Heads)
        {
            T[] a = _values[head.Node];
            SetLossGradient(head.Loss, a, target[..a.Length], scale, _deltas[head.Node]);
            target = target[a.Length..];
        }

        for (int node = _shape.Nodes.Count - 1; node >= 0; node--)
        {
            GraphActivation.MultiplyByDerivative(_shape.Nodes[node].Activation, _values[node], _deltas[node]);
            PropagateBack(node);
        }
    }

    /// <summary>Whether some z, before a relu, is closer to 0 than a distance in the sample that was computed last.</summary>
    public bool IsNearKink(T margin) => _shape.Nodes.Zip(_sums).Any(node => node.First.Activation == Activation.Relu && node.Second.Any(z => T.Abs(z) < margin));

    private void Propagate(ReadOnlySpan<T> input)
    {
        input.CopyTo(_input);
        for (int index = 0; index < _sums.Length; index++)
        {
            GraphNode node = _shape.Nodes[index];
            switch (node.Kind)
            {
                case GraphNodeKind.Dense:
                    Multiply(Values(node.From[0]), Parameters.AsSpan(_first[index]), _sums[index]);
                    break;
                case GraphNodeKind.LayerNorm:
                    _inverses[index] = Normalize(Values(node.From[0]), Parameters.AsSpan(_first[index]), _sums[index]);
                    break;
                case GraphNodeKind.Add:
                    Add(Values(node.From[0]), Values(node.From[1]), _sums[index]);
                    break;
                default:
                    Blend(node, _sums[index]);
                    break;
            }

            GraphActivation.Activate(node.Activation, _sums[index], _values[index]);
        }
    }

    private void PropagateBack(int index)
    {
        GraphNode node = _shape.Nodes[index];
        T[] delta = _deltas[index];
        switch (node.Kind)
        {
            case GraphNodeKind.Dense:
                MultiplyBack(Values(node.From[0]), Parameters.AsSpan(_first[index]), delta, Gradient.AsSpan(_first[index]), Deltas(node.From[0]));
                break;
            case GraphNodeKind.LayerNorm:
                NormalizeBack(
                    Values(node.From[0]), _inverses[index], Parameters.AsSpan(_first[index]), delta, Gradient.AsSpan(_first[index]), Deltas(node.From[0]));
                break;
            case GraphNodeKind.Add:
                AddTo(Deltas(node.From[0]), delta, T.One);
                AddTo(Deltas(node.From[1]), delta, T.One);
                break;
            default:
                for (int expert = 1; expert < node.From.Length; expert++)
                {
                    Deltas(node.From[0])[expert - 1] += Dot(Values(node.From[expert]), delta);
                    AddTo(Deltas(node.From[expert]), delta, Values(node.From[0])[expert - 1]);
                }

                break;
        }
    }

    private static void Multiply(T[] x, ReadOnlySpan<T> parameters, T[] z)
    {
        ReadOnlySpan<T> biases = parameters[(z.Length * x.Length)..];
        for (int unit = 0; unit < z.Length; unit++)
        {
            ReadOnlySpan<T> row = parameters.Slice(unit * x.Length, x.Length);
            T sum = biases[unit];
            for (int i = 0; i < row.Length; i++)
            {
                sum += row[i] * x[i];
            }

            z[unit] = sum;
        }
    }

    private static void MultiplyBack(T[] x, ReadOnlySpan<T> parameters, T[] delta, Span<T> gradient, Span<T> inputGradient)
    {
        Span<T> biases = gradient[(delta.Length * x.Length)..];
        for (int unit = 0; unit < delta.Length; unit++)
        {
            Span<T> row = gradient.Slice(unit * x.Length, x.Length);
            for (int i = 0; i < row.Length; i++)
            {
                row[i] += delta[unit] * x[i];
            }

            biases[unit] += delta[unit];
            ReadOnlySpan<T> weights = parameters.Slice(unit * x.Length, x.Length);
            for (int i = 0; i < inputGradient.Length; i++)
            {
                inputGradient[i] += delta[unit] * weights[i];
            }
        }
    }

    private static T Normalize(T[] x, ReadOnlySpan<T> parameters, T[] z)
    {
        T mean = Mean(x);
        T squares = T.Zero;
        foreach (T value in x)
        {
            squares += (value - mean) * (value - mean);
        }

        T inverse = T.One / T.Sqrt(squares / T.CreateChecked(x.Length) + Epsilon);
        for (int i = 0; i < z.Length; i++)
        {
            z[i] = (x[i] - mean) * inverse * parameters[i] + parameters[z.Length + i];
        }

        return inverse;
    }

    private static void NormalizeBack(T[] x, T inverse, ReadOnlySpan<T> parameters, T[] delta, Span<T> gradient, Span<T> inputGradient)
    {
        T mean = Mean(x);
        T slopes = T.Zero;
        T products = T.Zero;
        for (int i = 0; i < x.Length; i++)
        {
            T normalized = (x[i] - mean) * inverse;
            gradient[i] += delta[i] * normalized;
            gradient[x.Length + i] += delta[i];
            slopes += delta[i] * parameters[i];
            products += delta[i] * parameters[i] * normalized;
        }

        T count = T.CreateChecked(x.Length);
        for (int i = 0; i < inputGradient.Length; i++)
        {
            T normalized = (x[i] - mean) * inverse;
            inputGradient[i] += (delta[i] * parameters[i] - slopes / count - normalized * products / count) * inverse;
        }
    }

    private void Blend(GraphNode node, T[] z)
    {
        Array.Clear(z);
        for (int expert = 1; expert < node.From.Length; expert++)
        {
            AddTo(z, Values(node.From[expert]), Values(node.From[0])[expert - 1]);
        }
    }

    private static void SetLossGradient(Loss loss, T[] a, ReadOnlySpan<T> target, T scale, T[] delta)
    {
        T factor = loss == Loss.SquaredError ? scale * T.CreateChecked(2.0 / a.Length) : loss == Loss.HalfSquaredError ? scale / T.CreateChecked(a.Length) : scale;
        GraphActivation.Activate(loss == Loss.CategoricalCrossEntropyWithLogits ? Activation.Softmax : Activation.Identity, a, delta);
        for (int i = 0; i < a.Length; i++)
        {
            delta[i] = factor * (delta[i] - target[i]);
        }
    }

    private static T Mean(T[] x)
    {
        T sum = T.Zero;
        foreach (T value in x)
        {
            sum += value;
        }

        return sum / T.CreateChecked(x.Length);
    }

    private static T Dot(T[] x, T[] y)
    {
        T sum = T.Zero;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    private static void Add(T[] x, T[] y, T[] z)
    {
        for (int i = 0; i < z.Length; i++)
        {
            z[i] = x[i] + y[i];
        }
    }

    private static void AddTo(Span<T> sum, T[] x, T factor)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += factor * x[i];
        }
    }

    private T[] Values(int node) => node < 0 ? _input : _values[node];

    // Nothing needs the gradient of the input.
    private Span<T> Deltas(int node) => node < 0 ? default : _deltas[node];

    private T[][] Vectors() => _shape.Nodes.Select(node => new T[node.Units]).ToArray();
}
