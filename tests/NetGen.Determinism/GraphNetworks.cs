namespace NetGen.Determinism
{
    // Networks that are more than a chain of dense layers: each kind of layer, as attributes and as a method, narrow and wide. Weights keep the training finite.

    [Network(8, Precision = Precision.Single)]
    [Dense(64, Activation.Tanh)]
    [Dense(64, Activation.Tanh)]
    [Head("Action", Loss.CategoricalCrossEntropyWithLogits)]
    [Dense(4)]
    [Head("Value", Loss.HalfSquaredError, Weight = 0.5)]
    [Dense(1)]
    internal sealed partial class ActorCritic
    {
    }

    [Network(5, Precision = Precision.Double)]
    [Normalize(Clip = 2)]
    [Dense(7, Activation.Gelu)]
    [Head("Shape", Loss.Huber, Delta = 0.25, Reduction = Reduction.Sum)]
    [Dense(9, Activation.Silu)]
    [Dense(3, Activation.Softsign)]
    [Head("Free")]
    [Dense(2, Activation.Elu)]
    [Head("Colour", Loss.BinaryCrossEntropyWithLogits, Weight = 2)]
    [Dense(5)]
    internal sealed partial class ThreeHeads
    {
    }

    [Network(6, Loss.SquaredError, Precision = Precision.Single)]
    [Normalize]
    [Dense(33, Activation.Relu)]
    [LayerNorm(Activation.Mish)]
    [Dense(17, UseBias = false)]
    [RmsNorm(Activation.Tanh)]
    [Dense(3)]
    [Denormalize]
    internal sealed partial class Norms
    {
    }

    [Network(3, Loss.HalfSquaredError, Precision = Precision.Double)]
    [Dense(16, Activation.Softplus)]
    [Dense(16, UseBias = false)]
    [LayerNorm(Activation.HardTanh, UseWeight = false, UseBias = false)]
    [Repeat(3, 2)]
    [RmsNorm(Epsilon = 1e-3)]
    [Dense(2, Activation.LogSoftmax)]
    internal sealed partial class RepeatedNorms
    {
    }

    [Network(12, Loss.CategoricalCrossEntropy, Precision = Precision.Single)]
    [Dense(24, Activation.Tanh, Frozen = true)]
    [LayerNorm(Frozen = true)]
    [Dense(24, Activation.LeakyRelu)]
    [Dense(10, Activation.Softmax)]
    internal sealed partial class FrozenTrunk
    {
    }

    [Network(Precision = Precision.Single)]
    internal sealed partial class Critic
    {
        private static void Wire(Wiring w)
        {
            var h = w.Input("State", 17).Dense(128);
            for (int block = 0; block < 2; block++)
            {
                h += h.LayerNorm().Dense(256, Activation.Relu).Dense(128);
            }

            w.Output("Q", h.LayerNorm().Concat(w.Input("Action", 6)).Dense(1), Loss.HalfSquaredError, weight: 0.0625);
        }
    }

    [Network(Precision = Precision.Double)]
    internal sealed partial class Gates
    {
        private static void Wire(Wiring w)
        {
            var x = w.Input("X", 9);
            var gate = x.Dense(20, Activation.Sigmoid);
            var h = (x.Dense(20, Activation.Tanh) * gate) + (x.Dense(20) - gate);
            var both = h.Slice(0, 11).Concat(h.Slice(7, 13), x);
            w.Output("Y", both.RmsNorm().Dense(4, Activation.Softsign), Loss.SquaredError);
            w.Output("Gate", gate, Loss.AbsoluteError, weight: 0.125);
        }
    }

    [Network(Precision = Precision.Single)]
    internal sealed partial class Policy
    {
        private static void Wire(Wiring w)
        {
            var seen = w.Input("Seen", 13).Normalize(clip: 5);
            var told = w.Input("Told", 2);
            var trunk = seen.Concat(told).Dense(40, Activation.Silu, name: "trunk");
            var mean = trunk.Dense(3, Activation.Tanh);
            w.Output("Mean", mean);
            w.Output("LogStd", w.Parameter("LogDeviation", 3, -0.5));
            w.Output("Value", (trunk * trunk).LayerNorm().Dense(1), Loss.Huber, weight: 0.5);
            w.Output("Next", trunk.Add(trunk.Dense(40), Activation.Gelu).Dense(13).Denormalize(), Loss.HalfSquaredError);
        }
    }

    // More layers than one method may hold.
    [Network(Precision = Precision.Single)]
    internal sealed partial class DeepSums
    {
        private static void Wire(Wiring w)
        {
            var h = w.Input("X", 4).Dense(11);
            for (int block = 0; block < 24; block++)
            {
                h += h.RmsNorm().Dense(7, Activation.Relu).Dense(11);
            }

            w.Output("Y", h.Dense(3), Loss.HalfSquaredError, weight: 0.0078125);
        }
    }

    [Network(Precision = Precision.Single)]
    internal sealed partial class WideSums
    {
        private static void Wire(Wiring w)
        {
            var x = w.Input("X", 48);
            var h = x + x.Dense(96, Activation.Relu).Dense(48);
            w.Output("Y", h.LayerNorm().Dense(48, Activation.Tanh) - x, Loss.SquaredError);
        }
    }
}
