using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Reflection;
using NetGen.Fuzz.Sources;
using NetGen.TestKit;
using static NetGen.TestKit.Tensors;

namespace NetGen.Fuzz.Checks;

/// <summary>Compares a network that is a graph with its method, run in double precision, and with finite differences; and a list of attributes with the method that says the same.</summary>
internal sealed class GraphCheck<T>(Assembly assembly, FuzzGraph graph, bool isFloor)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MostSamples = 19;

    private readonly AnyNetwork<T> _wired = new(Type(assembly, graph.Wired.MetadataName));
    private readonly int _inputs = graph.Wire.Inputs.Sum(input => input.Size);
    private readonly int _outputs = graph.Wire.Outputs.Sum(output => output.Size);

    /// <summary>Where a network is not what it should be.</summary>
    /// <param name="seed">Chooses the numbers.</param>
    public IEnumerable<string> Problems(int seed)
    {
        var random = new Random(seed);
        T[] parameters = Parameters(random, (ulong)random.Next());
        T[] x = Numbers(random, (1 + random.Next(MostSamples)) * _inputs);
        T[] y = Numbers(random, x.Length / _inputs * _outputs, least: 0);
        return Problems(_wired, graph.Wired, parameters, x)
            .Concat(WireDifferences(parameters, x))
            .Concat(graph.Listed is null ? [] : ListProblems(parameters, x, y));
    }

    private IEnumerable<string> Problems(AnyNetwork<T> network, FuzzClass type, T[] parameters, T[] x)
    {
        foreach (string violation in network.BudgetViolations(isFloor))
        {
            yield return $"{type}: {violation}";
        }

        network.Parameters.CopyFrom(parameters);
        SelfTestReport report = network.SelfTest();
        if (!report.Passed)
        {
            yield return $"{type}: the self-test {report}";
        }

        T[] together = Outputs(network, x);
        var alone = new T[together.Length];
        for (int s = 0; s < x.Length / _inputs; s++)
        {
            network.Forward(x.AsSpan(s * _inputs, _inputs), alone.AsSpan(s * _outputs, _outputs));
        }

        if (!together.SequenceEqual(alone))
        {
            yield return $"{type}: a batch has other outputs than its samples.";
        }
    }

    /// <summary>What the method computes when it is run.</summary>
    private IEnumerable<string> WireDifferences(T[] parameters, T[] x)
    {
        Action<Wiring> wire = Type(assembly, graph.Wired.GeneratedName).GetMethod("Wire", BindingFlags.Static | BindingFlags.NonPublic)!.CreateDelegate<Action<Wiring>>();
        double[] theta = ToDouble(parameters);
        T[] outputs = Outputs(_wired, x);
        for (int s = 0; s < x.Length / _inputs; s++)
        {
            int start = s * _inputs;
            var inputs = new Dictionary<string, double[]>();
            foreach ((string name, int size) in graph.Wire.Inputs)
            {
                inputs.Add(name, ToDouble(x.AsSpan(start, size)));
                start += size;
            }

            IReadOnlyDictionary<string, double[]> results = Wiring.Run(wire, theta, inputs);
            double[] expected = [.. graph.Wire.Outputs.SelectMany(output => results[output.Name])];
            double[] actual = ToDouble(outputs.AsSpan(s * _outputs, _outputs));
            double allowed = (typeof(T) == typeof(float) ? 1e-3 : 1e-10) * Math.Max(1, expected.Max(Math.Abs));
            int worst = Enumerable.Range(0, _outputs).MaxBy(unit => Math.Abs(actual[unit] - expected[unit]));
            if (!(Math.Abs(actual[worst] - expected[worst]) <= allowed))
            {
                yield return $"{graph.Wired}: sample {s}, output {worst} is {actual[worst]:R}, and the method says {expected[worst]:R}.";
            }
        }
    }

    /// <summary>Attributes and a method that say the same are the same network, to the last bit.</summary>
    private IEnumerable<string> ListProblems(T[] parameters, T[] x, T[] y)
    {
        var listed = new AnyNetwork<T>(Type(assembly, graph.Listed!.MetadataName));
        foreach (string problem in Problems(listed, graph.Listed, parameters, x))
        {
            yield return problem;
        }

        if (!Outputs(listed, x).SequenceEqual(Outputs(_wired, x)) || !Gradient(listed, x, y).SequenceEqual(Gradient(_wired, x, y)))
        {
            yield return $"{graph.Listed}: the attributes are another network than the method.";
        }
    }

    private T[] Outputs(AnyNetwork<T> network, T[] x)
    {
        var outputs = new T[x.Length / _inputs * _outputs];
        network.ForwardBatch(x, outputs);
        return outputs;
    }

    private static T[] Gradient(AnyNetwork<T> network, T[] x, T[] y)
    {
        ParameterBuffer<T> gradient = network.CreateGradient();
        T loss = network.BackwardBatch(x, y, gradient);
        return [loss, .. gradient.Canonical()];
    }

    /// <summary>Initial parameters, moved a little: no bias is 0, and no variance below it.</summary>
    private T[] Parameters(Random random, ulong seed)
    {
        _wired.Initialize(seed);
        return [.. _wired.Parameters.Canonical().Select(value => value + T.CreateChecked((random.NextDouble() - 0.5) / 4))];
    }

    private static T[] Numbers(Random random, int count, double least = -1) =>
        [.. Enumerable.Range(0, count).Select(_ => T.CreateChecked(least + (random.NextDouble() * (1 - least))))];

    private static double[] ToDouble(ReadOnlySpan<T> values) => [.. values.ToArray().Select(double.CreateChecked)];

    private static Type Type(Assembly assembly, string name) => assembly.GetType(name) ?? throw new InvalidOperationException($"There is no class {name}.");
}
