using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using static NetGen.TestKit.Tensors;

namespace NetGen.TestKit;

/// <summary>Compares what a network computes with the reference.</summary>
public static class ReferenceCheck
{
    /// <summary>Where a network differs from the reference: output, loss, gradients and the vector-Jacobian product of one sample.</summary>
    /// <param name="network">The network; its parameters are set.</param>
    /// <param name="declaration">What it should be.</param>
    /// <param name="seed">Chooses dL/da of the product.</param>
    /// <param name="data">Parameters, an input and a target.</param>
    /// <param name="tolerance">The error that is allowed, as a fraction of the largest value.</param>
    /// <param name="absolute">An error that is allowed whatever the largest value.</param>
    public static IReadOnlyList<string> Differences<T>(
        ITrainable<T> network, Declaration declaration, int seed, (double[] Parameters, double[] Input, double[] Target) data, double tolerance, double absolute = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (double[] parameters, double[] input, double[] target) = data;
        network.Parameters.CopyFrom(To<T>(parameters));
        var reference = new ReferenceNetwork(declaration, parameters);
        var differences = new List<string?>();
        var output = new T[declaration.Outputs];
        network.Forward(To<T>(input), output);
        differences.Add(Difference(reference.Forward(input), output, tolerance, $"{declaration}: output", absolute));

        ParameterBuffer<T> gradient = network.CreateGradient();
        var inputGradient = new T[declaration.Inputs];
        if (declaration.Loss != "None")
        {
            T loss = network.Backward(To<T>(input), To<T>(target), gradient, inputGradient);
            (double[] expected, double[] expectedInput) = reference.Backward(input, reference.OutputGradient(input, target));
            differences.Add(Difference(new[] { reference.Loss(input, target) }, new[] { loss }, tolerance, $"{declaration}: loss", absolute));
            differences.Add(Difference(expected, gradient.Canonical(), tolerance, $"{declaration}: gradient", absolute));
            differences.Add(Difference(expectedInput, inputGradient, tolerance * 10, $"{declaration}: input gradient", absolute));
        }

        // The vector-Jacobian product for an arbitrary dL/da.
        double[] outputGradient = Random(new Random(seed + 1), declaration.Outputs);
        var trace = new T[network.TraceLength];
        network.Forward(To<T>(input), output, trace);
        ParameterBuffer<T> product = network.CreateGradient();
        network.Backward(To<T>(input), trace, To<T>(outputGradient), product, inputGradient);
        (double[] slopes, double[] inputSlopes) = reference.Backward(input, outputGradient);
        differences.Add(Difference(slopes, product.Canonical(), tolerance, $"{declaration}: product", absolute));
        differences.Add(Difference(inputSlopes, inputGradient, tolerance * 10, $"{declaration}: input product", absolute));
        return differences.OfType<string>().ToList();
    }

    /// <summary>Parameters, an input and a target that fits the loss; all exact in single precision.</summary>
    /// <param name="declaration">The network.</param>
    /// <param name="seed">Chooses the values.</param>
    /// <param name="largest">The largest parameter.</param>
    public static (double[] Parameters, double[] Input, double[] Target) Data(Declaration declaration, int seed, double largest = 0.7)
    {
        var random = new Random(seed);

        // Beyond its kinks hard_sigmoid gives probabilities 0 and 1, and then the loss is infinite.
        double scale = declaration.Layers[^1].Activation == "HardSigmoid" ? Math.Min(0.05, largest) : largest;
        double[] parameters = ToDouble(To<float>(Random(random, declaration.ParameterCount, scale)));
        double[] input = ToDouble(To<float>(Random(random, declaration.Inputs)));
        return (parameters, input, Target(declaration, random));
    }

    /// <summary>A target that fits the loss, exact in single precision.</summary>
    public static double[] Target(Declaration declaration, Random random)
    {
        double[] target = Random(random, declaration.Outputs).Select(value => (double)(float)Math.Abs(value)).ToArray();
        if (declaration.Loss == "CategoricalCrossEntropy")
        {
            // A distribution in eighths, so that its sum is exact.
            Array.Clear(target);
            target[random.Next(target.Length)] += 0.625;
            target[random.Next(target.Length)] += 0.375;
        }

        return target;
    }
}
