namespace NetGen.Benchmarks.Networks;

// The graphs in strict arithmetic, each with a chain that has the same products; GraphSubject says the same as data.

[Network(8)]
[Dense(64, Activation.Tanh)]
[Dense(64, Activation.Tanh)]
[Head("Policy", Loss.CategoricalCrossEntropyWithLogits)]
[Dense(4)]
[Head("Value", Loss.HalfSquaredError)]
[Dense(1)]
internal sealed partial class ActorCriticStrict;

[Network(8, Loss = Loss.CategoricalCrossEntropyWithLogits)]
[Dense(64, Activation.Tanh)]
[Dense(64, Activation.Tanh)]
[Dense(5)]
internal sealed partial class ActorCriticChainStrict;

[Network]
internal sealed partial class ExpertsStrict
{
    private static void Wire(Wiring w)
    {
        Signal input = w.Input("Input", 64);
        Signal hidden = input.Dense(128, Activation.Relu);
        Signal blended = hidden.Experts(input.Dense(4, Activation.Softmax), 64, Activation.Relu);
        w.Output("Output", blended.Dense(16), Loss.SquaredError);
    }
}

[Network(64, Loss = Loss.SquaredError)]
[Dense(128, Activation.Relu)]
[Dense(256, Activation.Relu)]
[Dense(4)]
internal sealed partial class ExpertsChainStrict;

[Network]
internal sealed partial class SimBaStrict
{
    private static void Wire(Wiring w)
    {
        Signal h = w.Input("Input", 128);
        for (int block = 0; block < 2; block++)
        {
            h += h.LayerNorm().Dense(512, Activation.Relu).Dense(128);
        }

        w.Output("Output", h, Loss.SquaredError);
    }
}

[Network(128, Loss = Loss.SquaredError)]
[Dense(512, Activation.Relu)]
[Dense(128)]
[Dense(512, Activation.Relu)]
[Dense(128)]
internal sealed partial class SimBaChainStrict;
