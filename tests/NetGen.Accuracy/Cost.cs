using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text;
using NetGen.TestKit;

namespace NetGen.Accuracy;

/// <summary>What strict arithmetic costs: the same networks in both kinds, timed in turn in one process.</summary>
internal static class Cost
{
    private const int Rounds = 31;
    private static readonly TimeSpan Block = TimeSpan.FromMilliseconds(4);

    private static readonly Declaration[] Networks =
    [
        new(2, [new Layer(3, "Sigmoid"), new Layer(2, "Sigmoid")], "SquaredError"),
        new(4, [new Layer(16, "Tanh"), new Layer(3, "Softmax")], "CategoricalCrossEntropy"),
        new(4, [new Layer(64, "Tanh"), new Layer(64, "Tanh"), new Layer(2)], "SquaredError"),
        new(8, [new Layer(128, "Relu"), new Layer(128, "Relu"), new Layer(4)], "SquaredError"),
    ];

    public static string Measure()
    {
        var text = new StringBuilder("| network | call | strict ns, min / median | fused ns, min / median | strict / fused, median of pairs |\n|---|---|--:|--:|--:|\n");
        foreach (Declaration declaration in Networks)
        {
            ITrainable<float>[] kinds = new[] { "Strict", "Fused" }
                .Select(kind => (ITrainable<float>)TestKit.Networks.Create<float>(declaration with { Arithmetic = kind }))
                .ToArray();
            var random = new Random(1);
            float[] x = Enumerable.Range(0, declaration.Inputs).Select(_ => random.NextSingle() - 0.5f).ToArray();
            var y = new float[declaration.Outputs];
            var output = new float[declaration.Outputs];
            y[0] = 1;
            foreach (ITrainable<float> network in kinds)
            {
                network.Initialize(1);
            }

            ParameterBuffer<float>[] gradients = kinds.Select(network => network.CreateGradient()).ToArray();
            Write(text, declaration, "Forward", kinds.Select<ITrainable<float>, Action>(network => () => network.Forward(x, output)).ToArray());
            Write(text, declaration, "Backward", kinds.Select<ITrainable<float>, Action>((network, kind) => () => network.Backward(x, y, gradients[kind])).ToArray());
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, Declaration declaration, string call, Action[] calls)
    {
        double[][] times = Interleave(calls);
        IEnumerable<int> units = declaration.Layers.Select(layer => layer.Units).Prepend(declaration.Inputs);
        double ratio = Median(times[0].Zip(times[1], (strict, fused) => strict / fused));
        text.Append(string.Create(
            CultureInfo.InvariantCulture,
            $"| {string.Join('-', units)} | {call} | {times[0].Min():0.0} / {Median(times[0]):0.0} | {times[1].Min():0.0} / {Median(times[1]):0.0} | {ratio:0.00} |\n"));
    }

    /// <summary>Times calls in turn.</summary>
    /// <param name="calls">What is timed.</param>
    /// <returns>For each of them nanoseconds of one call, in every round.</returns>
    public static double[][] Interleave(Action[] calls)
    {
        double[][] times = calls.Select(_ => new double[Rounds]).ToArray();
        int repetitions = 64;
        while (Time(calls[0], repetitions) * repetitions < Block.TotalNanoseconds)
        {
            repetitions *= 2;
        }

        foreach (Action action in calls)
        {
            Time(action, repetitions * 4);
        }

        for (int round = 0; round < Rounds; round++)
        {
            // The order alternates, so that neither kind always runs after the other.
            for (int turn = 0; turn < calls.Length; turn++)
            {
                int kind = (turn + round) % calls.Length;
                times[kind][round] = Time(calls[kind], repetitions);
            }
        }

        return times;
    }

    /// <summary>Nanoseconds of one call.</summary>
    private static double Time(Action call, int repetitions)
    {
        long start = Stopwatch.GetTimestamp();
        for (int repetition = 0; repetition < repetitions; repetition++)
        {
            call();
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / repetitions;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
