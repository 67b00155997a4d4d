using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using static NetGen.TestKit.Tensors;

namespace NetGen.TestKit;

/// <summary>Compares what a network computes with the reference.</summary>
public static class ReferenceCheck
{
    /// <summary>Where a network differs from the reference: output, loss, gradients, hidden layers and the vector-Jacobian product of one sample.</summary>
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
        double[][] layers = reference.Outputs(input);
        for (int layer = 0; layer < layers.Length - 1; layer++)
        {
            differences.Add(Difference(layers[layer], network.Activations(trace, layer).ToArray(), tolerance, $"{declaration}: layer {layer}", absolute));
        }

        ParameterBuffer<T> product = network.CreateGradient();
        network.Backward(To<T>(input), trace, To<T>(outputGradient), product, inputGradient);
        (double[] slopes, double[] inputSlopes) = reference.Backward(input, outputGradient);
        differences.Add(Difference(slopes, product.Canonical(), tolerance, $"{declaration}: product", absolute));
        differences.Add(Difference(inputSlopes, inputGradient, tolerance * 10, $"{declaration}: input product", absolute));
        return differences.OfType<string>().ToList();
    }

    /// <summary>Where the results of a batch differ from the reference: outputs and, with a loss, the mean of the losses and their gradients.</summary>
    /// <param name="network">The network; its parameters are set.</param>
    /// <param name="declaration">What it should be.</param>
    /// <param name="seed">Chooses the targets.</param>
    /// <param name="samples">Samples in the batch.</param>
    /// <param name="data">Parameters and the first input.</param>
    /// <param name="tolerance">The error that is allowed, as a fraction of the largest value.</param>
    /// <param name="absolute">An error that is allowed whatever the largest value.</param>
    public static IReadOnlyList<string> BatchDifferences<T>(
        ITrainable<T> network, Declaration declaration, int seed, int samples, (double[] Parameters, double[] Input, double[] Target) data, double tolerance, double absolute = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var reference = new ReferenceNetwork(declaration, data.Parameters);
        network.Parameters.CopyFrom(To<T>(data.Parameters));

        // Every sample is the first one, moved so little that it stays on its side of the kinks.
        double[][] inputs = Enumerable.Range(0, samples).Select(s => ToDouble(To<float>(data.Input.Select(x => x * (1 + (s * 1e-6)))))).ToArray();
        double[][] targets = Enumerable.Range(0, samples).Select(_ => Target(declaration, random)).ToArray();
        var outputs = new T[samples * declaration.Outputs];
        network.ForwardBatch(To<T>(inputs.SelectMany(x => x)), outputs);
        var differences = new List<string?>
        {
            Difference(inputs.SelectMany(reference.Forward).ToArray(), outputs, tolerance, $"{declaration}: outputs of {samples} samples", absolute),
        };
        if (declaration.Loss == "None")
        {
            return differences.OfType<string>().ToList();
        }

        ParameterBuffer<T> gradient = network.CreateGradient();
        var inputGradients = new T[samples * declaration.Inputs];
        T loss = network.BackwardBatch(To<T>(inputs.SelectMany(x => x)), To<T>(targets.SelectMany(y => y)), gradient, inputGradients);
        var expected = new double[declaration.ParameterCount];
        var expectedInputs = new List<double>();
        double expectedLoss = 0;
        for (int s = 0; s < samples; s++)
        {
            (double[] slopes, double[] inputSlopes) = reference.Backward(inputs[s], reference.OutputGradient(inputs[s], targets[s]));
            expected = expected.Zip(slopes, (sum, slope) => sum + (slope / samples)).ToArray();
            expectedInputs.AddRange(inputSlopes);
            expectedLoss += reference.Loss(inputs[s], targets[s]) / samples;
        }

        differences.Add(Difference([expectedLoss], [loss], tolerance, $"{declaration}: loss of {samples} samples", absolute));
        differences.Add(Difference(expected, gradient.Canonical(), tolerance, $"{declaration}: gradient of {samples} samples", absolute));
        differences.Add(Difference(expectedInputs, inputGradients, tolerance * 10, $"{declaration}: input gradients of {samples} samples", absolute));
        return differences.OfType<string>().ToList();
    }

    /// <summary>Where a step of gradient descent differs from the reference; nothing where there is no loss.</summary>
    /// <param name="network">The network; its parameters are set.</param>
    /// <param name="declaration">What it should be.</param>
    /// <param name="data">Parameters, an input and a target.</param>
    /// <param name="tolerance">The error that is allowed, as a fraction of the largest value.</param>
    /// <param name="absolute">An error that is allowed whatever the largest value.</param>
    public static IReadOnlyList<string> StepDifferences<T>(
        ITrainable<T> network, Declaration declaration, (double[] Parameters, double[] Input, double[] Target) data, double tolerance, double absolute = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (declaration.Loss == "None")
        {
            return [];
        }

        const double Rate = 1.0 / 64;
        (double[] parameters, double[] input, double[] target) = data;
        var reference = new ReferenceNetwork(declaration, parameters);
        (double[] slopes, double[] inputSlopes) = reference.Backward(input, reference.OutputGradient(input, target));
        network.Parameters.CopyFrom(To<T>(parameters));
        var inputGradient = new T[declaration.Inputs];
        T loss = network.SgdStep(To<T>(input), To<T>(target), T.CreateChecked(Rate), inputGradient);
        double[] expected = parameters.Zip(slopes, (parameter, slope) => parameter - (Rate * slope)).ToArray();
        return new[]
        {
            Difference([reference.Loss(input, target)], [loss], tolerance, $"{declaration}: loss of a step", absolute),
            Difference(expected, network.Parameters.Canonical(), tolerance, $"{declaration}: parameters after a step", absolute),
            Difference(inputSlopes, inputGradient, tolerance * 10, $"{declaration}: input gradient of a step", absolute),
        }.OfType<string>().ToList();
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
