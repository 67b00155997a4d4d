using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.TestKit;

/// <summary>
/// A network as plain loops in double, written without a look at the generator: activations through the derivatives of their definitions,
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

    /// <summary>a of every layer.</summary>
    public double[][] Outputs(double[] input) => Run(input).Outputs;

    /// <summary>z of every layer.</summary>
    public double[][] Sums(double[] input) => Run(input).Sums;

    public double Loss(double[] input, double[] target) => LossOf(Forward(input), target);

    /// <summary>dL/dθ in canonical order and dL/dx, for a given dL/da.</summary>
    public (double[] Gradient, double[] InputGradient) Backward(double[] input, double[] outputGradient)
    {
        (double[][] inputs, double[][] sums, double[][] outputs) = Run(input);
        var gradients = new List<double>[_weights.Length];
        double[] da = outputGradient;
        for (int l = _weights.Length - 1; l >= 0; l--)
        {
            double[] delta = SumGradient(_declaration.Layers[l], sums[l], da);
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
        double δ = _declaration.Delta ?? 1;
        double[] p = _declaration.Loss == "CategoricalCrossEntropyWithLogits" ? Activate(new Layer(0, "Softmax"), a) : a;
        double total = target.Sum();
        return a.Select((aj, j) => (aj, y: target[j], p: p[j])).Select(v => _declaration.Loss switch
        {
            "HalfSquaredError" => v.aj - v.y,
            "SquaredError" => 2 * (v.aj - v.y) / n,
            "AbsoluteError" => Math.Sign(v.aj - v.y) / n,
            "Huber" => Math.Clamp(v.aj - v.y, -δ, δ) / n,
            "LogCosh" => Math.Tanh(v.aj - v.y) / n,
            "Linear" => v.y,
            "BinaryCrossEntropy" => ((1 - v.y) / (1 - v.aj) - (v.y / v.aj)) / n,
            "BinaryCrossEntropyWithLogits" => ((1 / (1 + Math.Exp(-v.aj))) - v.y) / n,
            "CategoricalCrossEntropy" => -v.y / v.aj,
            "CategoricalCrossEntropyWithLogits" => (v.p * total) - v.y,
            _ => throw new NotSupportedException(_declaration.Loss),
        }).ToArray();
    }

    private double LossOf(double[] a, double[] target)
    {
        double n = _declaration.Reduction == "Mean" ? a.Length : 1;
        double δ = _declaration.Delta ?? 1;
        double max = a.Max();
        double logSum = max + Math.Log(a.Sum(v => Math.Exp(v - max)));
        return a.Zip(target, (aj, y) => _declaration.Loss switch
        {
            "HalfSquaredError" => (aj - y) * (aj - y) / 2,
            "SquaredError" => (aj - y) * (aj - y) / n,
            "AbsoluteError" => Math.Abs(aj - y) / n,
            "Huber" => (Math.Abs(aj - y) <= δ ? (aj - y) * (aj - y) / 2 : δ * (Math.Abs(aj - y) - (δ / 2))) / n,
            "LogCosh" => Math.Log(Math.Cosh(aj - y)) / n,
            "Linear" => aj * y,
            "BinaryCrossEntropy" => -((y * Math.Log(aj)) + ((1 - y) * Math.Log(1 - aj))) / n,
            "BinaryCrossEntropyWithLogits" => -((y * LogSigmoid(aj)) + ((1 - y) * LogSigmoid(-aj))) / n,
            "CategoricalCrossEntropy" => -y * Math.Log(aj),
            "CategoricalCrossEntropyWithLogits" => -y * (aj - logSum),
            _ => throw new NotSupportedException(_declaration.Loss),
        }).Sum();
    }

    private static double LogSigmoid(double z) => -Math.Log(1 + Math.Exp(-z));

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

            x = outputs[l] = Activate(_declaration.Layers[l], sums[l]);
        }

        return (inputs, sums, outputs);
    }

    private static double[] Activate(Layer layer, double[] z)
    {
        switch (layer.Activation)
        {
            case "Softmax":
                double max = z.Max();
                double[] e = z.Select(v => Math.Exp(v - max)).ToArray();
                double sum = e.Sum();
                return e.Select(v => v / sum).ToArray();
            case "LogSoftmax":
                return Activate(layer with { Activation = "Softmax" }, z).Select(v => Math.Log(v)).ToArray();
            default:
                return z.Select(v => ReferenceActivations.Value(layer, v)).ToArray();
        }
    }

    /// <summary>
    /// dL/dz_j = Σ_k dL/da_k · da_k/dz_j. A unit of most activations depends on its own z alone. The others divide by S = Σ e^z, or subtract log S, on which
    /// every unit depends: dS/dz_j = e^z_j.
    /// </summary>
    private static double[] SumGradient(Layer layer, double[] z, double[] da)
    {
        if (layer.Activation is not ("Softmax" or "LogSoftmax"))
        {
            // An inactive unit passes nothing back, whatever arrives.
            bool hasInactive = layer.Activation is "Relu" or "Relu6" or "HardTanh" or "HardSigmoid";
            return z.Zip(da, (zj, dj) => ReferenceActivations.Derivative(layer, zj) is var slope && hasInactive && slope == 0 ? 0 : dj * slope).ToArray();
        }

        double max = z.Max();
        double[] e = z.Select(v => Math.Exp(v - max)).ToArray();
        double sum = e.Sum();
        if (layer.Activation == "LogSoftmax")
        {
            double dLogSum = -da.Sum();
            return e.Zip(da, (ej, dj) => dj + (dLogSum * ej / sum)).ToArray();
        }

        double dSum = -e.Zip(da, (ek, dk) => dk * ek).Sum() / (sum * sum);
        return e.Zip(da, (ej, dj) => (dj / sum * ej) + (dSum * ej)).ToArray();
    }
}
