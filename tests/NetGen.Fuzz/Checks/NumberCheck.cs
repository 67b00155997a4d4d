using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using NetGen.TestKit;
using static NetGen.TestKit.Tensors;

namespace NetGen.Fuzz.Checks;

/// <summary>Compares everything that a network computes with the reference.</summary>
internal static class NumberCheck
{
    /// <summary>Nearer to a kink than this, rounding may choose the other side.</summary>
    private const double KinkDistance = 1e-4;

    private const int BatchSamples = 19;

    private static readonly double[] Kinks = [0, -1, 1, -3, 3, 6];

    /// <summary>Where a network differs from the reference.</summary>
    /// <param name="type">The network's class.</param>
    /// <param name="declaration">What it should be.</param>
    /// <param name="seed">Chooses the numbers.</param>
    /// <param name="isFloor">Whether it is in the floor dialect.</param>
    public static IReadOnlyList<string> Problems<T>(Type type, Declaration declaration, int seed, bool isFloor = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // The tolerances of the tests of random networks.
        double tolerance = typeof(T) == typeof(float) ? 2e-4 : 1e-11;
        var network = new AnyNetwork<T>(type);
        List<string> problems = [.. network.BudgetViolations(isFloor).Select(violation => $"{declaration}: {violation}")];
        if (!Sources.RandomNetworks.IsComputed(declaration))
        {
            return problems;
        }

        (double[] Parameters, double[] Input, double[] Target) data = Data(declaration, seed);
        problems.AddRange(ReferenceCheck.Differences(network, declaration, seed, data, tolerance, Rounding<T>()));
        if (declaration.SelfTest)
        {
            SelfTestReport report = network.SelfTest();
            problems.Add(report.Passed ? "" : $"{declaration}: the self-test {report}");
        }

        problems.AddRange(BatchDifferences(network, declaration, seed, data, tolerance));
        if (declaration.Loss != "None")
        {
            problems.AddRange(StepDifferences(network, declaration, data, tolerance));
            if (network.HasLabels)
            {
                problems.AddRange(LabelDifferences(network, declaration, seed, data));
            }
        }

        return problems;
    }

    /// <summary>A few roundings of numbers near 1: what is left where terms cancel each other.</summary>
    private static double Rounding<T>()
        where T : IFloatingPointIeee754<T> => 16 * double.CreateChecked(T.BitIncrement(T.One) - T.One);

    /// <summary>Numbers for which the network can be compared: finite, and no sum near a kink.</summary>
    private static (double[] Parameters, double[] Input, double[] Target) Data(Declaration declaration, int seed)
    {
        double largest = Math.Min(0.7, 2 / Math.Sqrt(declaration.Fans.Max()));
        for (int attempt = 0; ; attempt++)
        {
            (double[] parameters, double[] input, double[] target) = ReferenceCheck.Data(declaration, unchecked(seed + (attempt * 7919)), largest);
            var reference = new ReferenceNetwork(declaration, parameters);
            bool isNear = reference.Sums(input).SelectMany(z => z).Any(z => Kinks.Any(kink => Math.Abs(z - kink) < KinkDistance && z != kink));
            if (attempt == 20 || (!isNear && (declaration.Loss == "None" || double.IsFinite(reference.Loss(input, target)))))
            {
                return (parameters, input, target);
            }
        }
    }

    private static IEnumerable<string> BatchDifferences<T>(
        AnyNetwork<T> network, Declaration declaration, int seed, (double[] Parameters, double[] Input, double[] Target) data, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        int samples = random.Next(1, BatchSamples + 1);
        var reference = new ReferenceNetwork(declaration, data.Parameters);

        // Every sample is the first one, moved so little that it stays on its side of the kinks.
        double[][] inputs = Enumerable.Range(0, samples).Select(s => ToDouble(To<float>(data.Input.Select(x => x * (1 + (s * 1e-6)))))).ToArray();
        double[][] targets = Enumerable.Range(0, samples).Select(_ => ReferenceCheck.Target(declaration, random)).ToArray();
        var outputs = new T[samples * declaration.Outputs];
        network.ForwardBatch(To<T>(inputs.SelectMany(x => x)), outputs);
        yield return Difference(inputs.SelectMany(reference.Forward).ToArray(), outputs, tolerance, $"{declaration}: outputs of {samples} samples", Rounding<T>()) ?? "";
        if (declaration.Loss == "None")
        {
            yield break;
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

        yield return Difference([expectedLoss], [loss], tolerance, $"{declaration}: loss of {samples} samples", Rounding<T>()) ?? "";
        yield return Difference(expected, gradient.Canonical(), tolerance, $"{declaration}: gradient of {samples} samples", Rounding<T>()) ?? "";
        yield return Difference(expectedInputs, inputGradients, tolerance * 10, $"{declaration}: input gradients of {samples} samples", Rounding<T>()) ?? "";
    }

    private static IEnumerable<string> StepDifferences<T>(
        AnyNetwork<T> network, Declaration declaration, (double[] Parameters, double[] Input, double[] Target) data, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const double Rate = 1.0 / 64;
        (double[] parameters, double[] input, double[] target) = data;
        var reference = new ReferenceNetwork(declaration, parameters);
        (double[] slopes, double[] inputSlopes) = reference.Backward(input, reference.OutputGradient(input, target));
        network.Parameters.CopyFrom(To<T>(parameters));
        var inputGradient = new T[declaration.Inputs];
        T loss = network.SgdStep(To<T>(input), To<T>(target), T.CreateChecked(Rate), inputGradient);
        double[] expected = parameters.Zip(slopes, (parameter, slope) => parameter - (Rate * slope)).ToArray();
        yield return Difference([reference.Loss(input, target)], [loss], tolerance, $"{declaration}: loss of a step", Rounding<T>()) ?? "";
        yield return Difference(expected, network.Parameters.Canonical(), tolerance, $"{declaration}: parameters after a step", Rounding<T>()) ?? "";
        yield return Difference(inputSlopes, inputGradient, tolerance * 10, $"{declaration}: input gradient of a step", Rounding<T>()) ?? "";
    }

    /// <summary>A label is a one-hot target, to the last bit.</summary>
    private static IEnumerable<string> LabelDifferences<T>(
        AnyNetwork<T> network, Declaration declaration, int seed, (double[] Parameters, double[] Input, double[] Target) data)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int label = new Random(seed).Next(declaration.Outputs);
        var target = new T[declaration.Outputs];
        target[label] = T.One;
        network.Parameters.CopyFrom(To<T>(data.Parameters));
        T[] input = To<T>(data.Input);
        ParameterBuffer<T> byTarget = network.CreateGradient();
        ParameterBuffer<T> byLabel = network.CreateGradient();
        ParameterBuffer<T> byLabels = network.CreateGradient();
        T[] losses = [network.Backward(input, target, byTarget), network.Backward(input, label, byLabel), network.BackwardBatch(input, [label], byLabels), network.SgdStep(input, label, T.Zero)];
        if (losses.Distinct().Count() != 1 || !byTarget.Canonical().SequenceEqual(byLabel.Canonical()) || !byTarget.Canonical().SequenceEqual(byLabels.Canonical()))
        {
            yield return $"{declaration}: the label {label} is not its one-hot target.";
        }
    }
}
