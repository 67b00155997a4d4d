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
    /// <summary>Nearer to a kink than this share of the layer's largest sum, rounding may choose the other side.</summary>
    private const double KinkDistance = 1e-4;

    /// <summary>The distance times the units is at most this: among thousands of sums there would always be one so near.</summary>
    private const double MostKinkDistances = 0.1;

    private const int BatchSamples = 19;

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

        problems.AddRange(ReferenceCheck.BatchDifferences(network, declaration, seed, 1 + new Random(seed).Next(BatchSamples), data, tolerance, Rounding<T>()));
        problems.AddRange(ReferenceCheck.StepDifferences(network, declaration, data, tolerance, Rounding<T>()));
        if (network.HasLabels)
        {
            problems.AddRange(LabelDifferences(network, declaration, seed, data));
        }

        problems.AddRange(ExtremeCheck.Problems(network, declaration, seed, data));
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
            bool isNear = reference.Sums(input).Zip(declaration.Layers).Any(pair => IsNearKink(pair.First, pair.Second.Activation));
            if (attempt == 20 || (!isNear && (declaration.Loss == "None" || double.IsFinite(reference.Loss(input, target)))))
            {
                return (parameters, input, target);
            }
        }
    }

    private static bool IsNearKink(double[] sums, string activation)
    {
        double distance = Math.Min(KinkDistance, MostKinkDistances / sums.Length) * sums.Max(Math.Abs);
        return ReferenceActivations.Kinks(activation).Any(kink => sums.Any(z => Math.Abs(z - kink) < distance && z != kink));
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
