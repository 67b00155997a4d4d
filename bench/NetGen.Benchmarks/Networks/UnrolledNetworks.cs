namespace NetGen.Benchmarks.Networks;

// Networks whose every product is unrolled on request, as far as a compiler takes seconds for them.

[Network(4, Loss = Loss.SquaredError, Unroll = Unroll.Full)]
[Dense(64, Activation.Tanh)]
[Dense(64, Activation.Tanh)]
[Dense(2)]
internal sealed partial class Sb3Unrolled;

[Network(8, Loss = Loss.SquaredError, Unroll = Unroll.Full)]
[Dense(128, Activation.Relu)]
[Dense(128, Activation.Relu)]
[Dense(4)]
internal sealed partial class AgentUnrolled;

[Network(32, Loss = Loss.SquaredError, Unroll = Unroll.Full)]
[Dense(64, Activation.Relu)]
[Dense(64, Activation.Relu)]
[Dense(64, Activation.Relu)]
[Dense(16)]
internal sealed partial class NerfUnrolled;
