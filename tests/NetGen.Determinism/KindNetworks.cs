using System;

namespace NetGen.Determinism
{
    // What the networks before these lack of layers, activations, losses, functions of own formulas and options; a test of the generator's says which kind is in none.
    // Weights and slopes keep the training finite.

    [Network(3, Loss.LogCosh, Precision = Precision.Single)]
    [Dense(17, Activation.Sin, Alpha = 3)]
    [Dense(9, Activation.Snake)]
    [Dense(20, Activation.HardSwish)]
    [Dense(12, Activation.Celu, Alpha = 0.5)]
    [Dense(2, Activation.Exp)]
    internal sealed partial class SmoothChain
    {
    }

    [Network(6, nameof(Cauchy), Precision = Precision.Double, Reduction = Reduction.Sum)]
    [Dense(18, Activation.ClippedRelu)]
    [Dense(8, nameof(Smooth))]
    [Dense(11, nameof(Kinked))]
    [Dense(7, Activation.SquaredClippedRelu)]
    [Dense(3)]
    internal sealed partial class OwnChain
    {
        private static double Smooth(double z) => OwnFormulas.Smooth(z);

        private static double Kinked(double z) => OwnFormulas.Kinked(z);

        private static double Cauchy(double a, double y) => OwnFormulas.Cauchy(a, y);
    }

    [Network(5, Loss.CategoricalCrossEntropyWithLogits, Precision = Precision.Single, BatchTerms = true, LabelSmoothing = 0.125)]
    [Dense(13, Activation.Tanh)]
    [Dense(6)]
    internal sealed partial class WeightedClasses
    {
    }

    [Network(7, Precision = Precision.Double, BatchTerms = true)]
    [Dense(19, Activation.Silu)]
    [PRelu]
    [Head("Class", Loss.CategoricalCrossEntropyWithLogits, LabelSmoothing = 0.25)]
    [Dense(4)]
    [Head("Distance", Loss.LogCosh, Weight = 0.5)]
    [PRelu(PerUnit = true)]
    [Dense(2)]
    internal sealed partial class WeightedHeads
    {
    }

    [Network(Precision = Precision.Single)]
    internal sealed partial class SharedExperts
    {
        private static void Wire(Wiring w)
        {
            var left = w.Input("Left", 10).Dense(24, Wave, name: "seen").PRelu(name: "bent");
            var right = w.Input("Right", 10).Dense(24, Wave, sharesWith: "seen").PRelu(sharesWith: "bent");
            var gate = left.Dense(3, Activation.Softmax);
            var blended = right.Experts(gate, 18, Activation.Snake, alpha: 0.5) * w.Parameter("Scale", 18, 1);
            w.Output("Y", blended.SoftmaxGroups(6).Concat(left).PRelu(perUnit: true).RmsNorm().Dense(5), Distance, weight: 0.25);
        }

        private static float Wave(float z) => (float)OwnFormulas.Smooth(z);

        private static float Distance(float a, float y) => (float)OwnFormulas.Cauchy(a, y);
    }

    [Network(Precision = Precision.Double)]
    internal sealed partial class Densities
    {
        private static void Wire(Wiring w)
        {
            var action = w.Input("Action", 4);
            var seen = w.Input("Seen", 9).Dense(21, Activation.HardSwish);
            var logits = seen.Experts(seen.Slice(0, 6).Dense(2, Activation.Softmax), 12).SoftmaxGroups(4);
            var mean = logits.Dense(4, Activation.Celu);
            var deviation = w.Parameter("LogDeviation", 4, -0.5);
            w.Output("Density", mean.GaussianLogDensity(action, deviation), Loss.Linear, weight: -0.0625);
            w.Output("Squashed", mean.TanhGaussianLogDensity(action, mean.Dense(4, Kinked)), Loss.Linear, weight: -0.0625);
            w.Output("Entropy", logits.Dense(5).Entropy(), Loss.LogCosh);
        }

        private static double Kinked(double z) => OwnFormulas.Kinked(z);
    }

    /// <summary>Formulas that together have all functions and operators that one may have.</summary>
    internal static class OwnFormulas
    {
        /// <summary>Grows no faster than z.</summary>
        public static double Smooth(double z) =>
            (0.5 * Math.Sin(z) * Math.Cos(2 * z)) + (0.25 * z * StrictMath.Erf(z)) - (0.125 * StrictMath.Erfc(z)) + (StrictMath.Log1p(z * z) * Math.Exp(-(z * z))) + (0.125 * Math.Pow(Math.Tanh(z), 3));

        /// <summary>The same with kinks, at 0, ±½ and ±2.</summary>
        public static double Kinked(double z)
        {
            double size = Math.Abs(z);
            double root = Math.Sqrt(size + 0.25) / (1 + Math.Max(z, -z));
            double bounded = z <= -2 ? StrictMath.Expm1(-size) : Math.Min(StrictMath.Softplus(z), 2);
            return root + (z < 2 ? bounded : StrictMath.Sigmoid(z)) + (z == 0.5 ? 1 : Math.Clamp(z, -0.5, 0.5));
        }

        /// <summary>A loss that grows slowly.</summary>
        public static double Cauchy(double a, double y) => Math.Log(1 + ((a - y) * (a - y)));
    }
}
