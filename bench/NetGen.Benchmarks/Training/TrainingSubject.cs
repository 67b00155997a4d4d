using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Benchmarks.Networks;
using NetGen.TestKit;
using NetGen.Training;

namespace NetGen.Benchmarks.Training;

/// <summary>A network and the samples that it is trained on.</summary>
/// <param name="Subject">The network.</param>
/// <param name="Inputs">The inputs, one after another.</param>
/// <param name="Targets">The targets, one after another.</param>
/// <param name="CheckRate">A learning rate with which the parameters move well.</param>
internal sealed record TrainingSubject(Subject Subject, float[] Inputs, float[] Targets, float CheckRate)
{
    /// <summary>Orders of the samples; epoch e takes order e modulo their number.</summary>
    private const int OrderCount = 4;
    private const int SyntheticSamples = 1024;
    private const ulong Seed = 7;

    /// <summary>The names of all, small networks first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["iris", "digits", "sb3", "mnist"];

    public string Name => Subject.Name;

    public Topology Topology => Subject.Topology;

    public int Count => Inputs.Length / Topology.Inputs;

    public IReadOnlyList<int[]> Orders { get; } = CreateOrders(Inputs.Length / Subject.Topology.Inputs);

    public static TrainingSubject Create(string name) => name switch
    {
        "iris" => Labelled(Subject.Find("iris"), "iris", scale: 1, checkRate: 0.01f),
        "digits" => Labelled(
            new Subject(
                new Topology("digits", [64, 32, 10], [Activation.Relu, Activation.Softmax], Loss.CategoricalCrossEntropy),
                static () => new DigitsStrict(),
                static () => new DigitsFused()),
            "digits",
            scale: 1 / 16f,
            checkRate: 0.02f),
        _ => Synthetic(Subject.Find(name), checkRate: 0.01f),
    };

    /// <summary>The initial parameters in canonical order.</summary>
    public float[] Parameters()
    {
        ITrainable<float> network = Subject.CreateStrict();
        network.Initialize(Seed);
        var parameters = new float[Topology.ParameterCount];
        network.Parameters.CopyTo(parameters);
        return parameters;
    }

    private static TrainingSubject Labelled(Subject subject, string file, float scale, float checkRate)
    {
        string[][] rows = Golden.Rows(file).ToArray();
        int inputs = subject.Topology.Inputs;
        var targets = new float[rows.Length * subject.Topology.Outputs];
        for (int sample = 0; sample < rows.Length; sample++)
        {
            targets[sample * subject.Topology.Outputs + int.Parse(rows[sample][inputs], CultureInfo.InvariantCulture)] = 1;
        }

        float[] values = rows.SelectMany(row => row[..inputs]).Select(text => float.Parse(text, CultureInfo.InvariantCulture) * scale).ToArray();
        return new TrainingSubject(subject, values, targets, checkRate);
    }

    /// <summary>Inputs in −1..1; targets in 0..1 or, for a classifier, a class each.</summary>
    private static TrainingSubject Synthetic(Subject subject, float checkRate)
    {
        var random = new SeededRandom(Seed);
        Topology topology = subject.Topology;
        var inputs = new float[SyntheticSamples * topology.Inputs];
        foreach (ref float value in inputs.AsSpan())
        {
            value = (float)(2 * random.NextDouble() - 1);
        }

        var targets = new float[SyntheticSamples * topology.Outputs];
        for (int sample = 0; sample < SyntheticSamples; sample++)
        {
            Span<float> target = targets.AsSpan(sample * topology.Outputs, topology.Outputs);
            if (topology.Loss == Loss.CategoricalCrossEntropy)
            {
                target[random.Next(target.Length)] = 1;
                continue;
            }

            foreach (ref float value in target)
            {
                value = (float)random.NextDouble();
            }
        }

        return new TrainingSubject(subject, inputs, targets, checkRate);
    }

    private static IReadOnlyList<int[]> CreateOrders(int count)
    {
        var random = new SeededRandom(Seed);
        return Enumerable.Range(0, OrderCount).Select(_ =>
        {
            int[] order = Enumerable.Range(0, count).ToArray();
            random.Shuffle(order.AsSpan());
            return order;
        }).ToList();
    }
}
