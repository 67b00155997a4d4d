using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace NetGen.Determinism
{
    /// <summary>Times three networks as generated for this target and as loops over arrays, and counts the collections of garbage meanwhile.</summary>
    internal static class Cost
    {
        private const int Rounds = 21;
        private const int WarmUp = 40;
        private const float Rate = 1f / 1024;

        private static readonly Func<float, float> Sigmoid = z => 1 / (1 + MathF.Exp(-z));
        private static readonly Func<float, float> Identity = z => z;
        private static readonly Func<float, float> SigmoidSlope = a => a * (1 - a);
        private static readonly Func<float, float> TanhSlope = a => 1 - (a * a);
        private static readonly Func<float, float> One = a => 1;

        public static int Print()
        {
            Console.WriteLine("network   call     generated ns  loops ns  collections");
            Compare("2-3-2", new SmallNetwork(), new[] { Sigmoid, Sigmoid }, new[] { SigmoidSlope, SigmoidSlope });
            Compare("4-16-3", new MiddleNetwork(), new[] { MathF.Tanh, Identity }, new[] { TanhSlope, One });
            Compare("4-64-64-2", new WideNetwork(), new[] { MathF.Tanh, MathF.Tanh, Identity }, new[] { TanhSlope, TanhSlope, One });
            return 0;
        }

        private static void Compare(string name, ITrainable<float> network, Func<float, float>[] activations, Func<float, float>[] derivatives)
        {
            network.Initialize(1);
            var loops = new Loops(network.Parameters, activations, derivatives);
            IReadOnlyList<LayerLayout> layers = network.Parameters.Layout.Layers;
            var numbers = new Numbers(1);
            float[] x = Array.ConvertAll(numbers.Next(layers[0].Inputs), value => (float)value);
            float[] y = Array.ConvertAll(numbers.Next(layers[layers.Count - 1].Units), value => (float)Math.Abs(value / 2));
            var output = new float[y.Length];
            network.Forward(x, output);
            float[] expected = loops.Forward(x);
            if (output.Where((value, unit) => !(Math.Abs(value - expected[unit]) < 1e-5)).Any())
            {
                throw new InvalidOperationException(name + ": the two ways to compute differ.");
            }

            Row(name, "Forward", () => network.Forward(x, output), () => loops.Forward(x));
            Row(name, "SgdStep", () => network.SgdStep(x, y, Rate), () => loops.SgdStep(x, y, Rate));
        }

        private static void Row(string network, string call, Action generated, Action loops)
        {
            int calls = 1;
            while (Time(generated, calls) < 0.002)
            {
                calls *= 2;
            }

            // Long enough for the runtime to have compiled both as well as it will.
            for (int round = 0; round < WarmUp; round++)
            {
                Time(generated, calls);
                Time(loops, calls);
            }

            var times = new double[2, Rounds];
            int collections = 0;
            for (int round = 0; round < Rounds; round++)
            {
                int before = GC.CollectionCount(0);
                times[0, round] = Time(generated, calls);
                collections += GC.CollectionCount(0) - before;
                times[1, round] = Time(loops, calls);
            }

            double Median(int contestant) => 1e9 / calls * Enumerable.Range(0, Rounds).Select(round => times[contestant, round]).OrderBy(time => time).ElementAt(Rounds / 2);
            Console.WriteLine(FormattableString.Invariant($"{network,-9} {call} {Median(0),13:F0} {Median(1),9:F0} {collections,12}"));
        }

        private static double Time(Action action, int calls)
        {
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < calls; call++)
            {
                action();
            }

            return (Stopwatch.GetTimestamp() - start) / (double)Stopwatch.Frequency;
        }
    }

    [Network(2, Loss = Loss.HalfSquaredError)]
    [Dense(3, Activation.Sigmoid)]
    [Dense(2, Activation.Sigmoid)]
    internal sealed partial class SmallNetwork
    {
    }

    [Network(4, Loss = Loss.HalfSquaredError)]
    [Dense(16, Activation.Tanh)]
    [Dense(3)]
    internal sealed partial class MiddleNetwork
    {
    }

    [Network(4, Loss = Loss.HalfSquaredError)]
    [Dense(64, Activation.Tanh)]
    [Dense(64, Activation.Tanh)]
    [Dense(2)]
    internal sealed partial class WideNetwork
    {
    }
}
