using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.TestKit;

/// <summary>
/// A network as plain loops in double, written without a look at the generator: activations through their Jacobian matrices,
/// losses without any combined form. What the generated code is checked against.
/// </summary>
public sealed class ReferenceNetwork
{
    private readonly Declaration _declaration;
    private readonly double[][,] _weights;
    private readonly double[][] _biases;

    /// <summary>Creates a network with parameters in canonical order.</summary>
    public ReferenceNetwork(Declaration declaration, IReadOnlyList<double> parameters)
    {
        _declaration = declaration;
        int count = declaration.Layers.Count;
        _weights = new double[count][,];
        _biases = new double[count][];
        int next = 0;
        for (int l = 0; l < count; l++)
        {
            int inputs = l == 0 ? declaration.Inputs : declaration.Layers[l - 1].Units;
            Layer layer = declaration.Layers[l];
            _weights[l] = new double[layer.Units, inputs];
            _biases[l] = new double[layer.Units];
            for (int o = 0; o < layer.Units; o++)
            {
                for (int i = 0; i < inputs; i++)
                {
                    _weights[l][o, i] = parameters[next++];
                }
            }

            for (int o = 0; layer.UseBias && o < layer.Units; o++)
            {
                _biases[l][o] = parameters[next++];
            }
        }
    }

    public double[] Forward(double[] input) => Run(input).Outputs[^1];

    public double Loss(double[] input, double[] target) => LossOf(Forward(input), target);

    /// <summary>dL/dθ in canonical order and dL/dx, for a given dL/da.</summary>
    public (double[] Gradient, double[] InputGradient) Backward(double[] input, double[] outputGradient)
    {
        (double[][] inputs, double[][] sums, double[][] outputs) = Run(input);
        var gradients = new List<double>[_weights.Length];
        double[] da = outputGradient;
        for (int l = _weights.Length - 1; l >= 0; l--)
        {
            double[,] jacobian = Jacobian(_declaration.Layers[l].Activation, sums[l], outputs[l]);
            double[] delta = new double[da.Length];
            for (int j = 0; j < delta.Length; j++)
            {
                for (int k = 0; k < da.Length; k++)
                {
                    delta[j] += da[k] * jacobian[k, j];
                }
            }

            gradients[l] = new List<double>();
            foreach (double d in delta)
            {
                gradients[l].AddRange(inputs[l].Select(x => d * x));
            }

            if (_declaration.Layers[l].UseBias)
            {
                gradients[l].AddRange(delta);
            }

            var dx = new double[inputs[l].Length];
            for (int o = 0; o < delta.Length; o++)
            {
                for (int i = 0; i < dx.Length; i++)
                {
                    dx[i] += _weights[l][o, i] * delta[o];
                }
            }

            da = dx;
        }

        return (gradients.SelectMany(layer => layer).ToArray(), da);
    }

    /// <summary>dL/da of the declared loss.</summary>
    public double[] OutputGradient(double[] input, double[] target)
    {
        double[] a = Forward(input);
        double n = _declaration.Reduction == "Mean" ? a.Length : 1;
        return a.Zip(target, (aj, y) => _declaration.Loss switch
        {
            "HalfSquaredError" => aj - y,
            "SquaredError" => 2 * (aj - y) / n,
            "BinaryCrossEntropy" => ((1 - y) / (1 - aj) - (y / aj)) / n,
            "CategoricalCrossEntropy" => -y / aj,
            _ => throw new NotSupportedException(_declaration.Loss),
        }).ToArray();
    }

    private double LossOf(double[] a, double[] target)
    {
        double n = _declaration.Reduction == "Mean" ? a.Length : 1;
        return a.Zip(target, (aj, y) => _declaration.Loss switch
        {
            "HalfSquaredError" => (aj - y) * (aj - y) / 2,
            "SquaredError" => (aj - y) * (aj - y) / n,
            "BinaryCrossEntropy" => -((y * Math.Log(aj)) + ((1 - y) * Math.Log(1 - aj))) / n,
            "CategoricalCrossEntropy" => -y * Math.Log(aj),
            _ => throw new NotSupportedException(_declaration.Loss),
        }).Sum();
    }

    private (double[][] Inputs, double[][] Sums, double[][] Outputs) Run(double[] input)
    {
        var inputs = new double[_weights.Length][];
        var sums = new double[_weights.Length][];
        var outputs = new double[_weights.Length][];
        double[] x = input;
        for (int l = 0; l < _weights.Length; l++)
        {
            inputs[l] = x;
            sums[l] = new double[_biases[l].Length];
            for (int o = 0; o < sums[l].Length; o++)
            {
                sums[l][o] = _biases[l][o];
                for (int i = 0; i < x.Length; i++)
                {
                    sums[l][o] += _weights[l][o, i] * x[i];
                }
            }

            x = outputs[l] = Activate(_declaration.Layers[l].Activation, sums[l]);
        }

        return (inputs, sums, outputs);
    }

    private static double[] Activate(string activation, double[] z)
    {
        switch (activation)
        {
            case "Identity":
                return z.ToArray();
            case "Sigmoid":
                return z.Select(v => 1 / (1 + Math.Exp(-v))).ToArray();
            case "Tanh":
                return z.Select(Math.Tanh).ToArray();
            case "Relu":
                return z.Select(v => Math.Max(v, 0)).ToArray();
            case "Softmax":
                double max = z.Max();
                double[] e = z.Select(v => Math.Exp(v - max)).ToArray();
                double sum = e.Sum();
                return e.Select(v => v / sum).ToArray();
            default:
                throw new NotSupportedException(activation);
        }
    }

    /// <summary>da_k/dz_j.</summary>
    private static double[,] Jacobian(string activation, double[] z, double[] a)
    {
        var jacobian = new double[a.Length, a.Length];
        for (int k = 0; k < a.Length; k++)
        {
            for (int j = 0; j < a.Length; j++)
            {
                double same = k == j ? 1 : 0;
                jacobian[k, j] = activation switch
                {
                    "Identity" => same,
                    "Sigmoid" => same * Math.Exp(-z[j]) * a[j] * a[j],
                    "Tanh" => same / (Math.Cosh(z[j]) * Math.Cosh(z[j])),
                    "Relu" => z[j] > 0 ? same : 0,
                    "Softmax" => a[k] * (same - a[j]),
                    _ => throw new NotSupportedException(activation),
                };
            }
        }

        return jacobian;
    }
}
