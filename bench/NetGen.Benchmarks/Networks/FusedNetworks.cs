namespace NetGen.Benchmarks.Networks;

// The nine networks in fused arithmetic; Subject says the same as data.

[Network(2, Loss = Loss.SquaredError, Arithmetic = Arithmetic.Fused)]
[Dense(3, Activation.Sigmoid)]
[Dense(2, Activation.Sigmoid)]
internal sealed partial class SeedFused;

[Network(2, Loss = Loss.BinaryCrossEntropy, Arithmetic = Arithmetic.Fused)]
[Dense(8, Activation.Tanh)]
[Dense(1, Activation.Sigmoid)]
internal sealed partial class XorFused;

[Network(4, Loss = Loss.CategoricalCrossEntropy, Arithmetic = Arithmetic.Fused)]
[Dense(16, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
internal sealed partial class IrisFused;

[Network(4, Loss = Loss.SquaredError, Arithmetic = Arithmetic.Fused)]
[Dense(64, Activation.Tanh)]
[Dense(64, Activation.Tanh)]
[Dense(2)]
internal sealed partial class Sb3Fused;

[Network(8, Loss = Loss.SquaredError, Arithmetic = Arithmetic.Fused)]
[Dense(128, Activation.Relu)]
[Dense(128, Activation.Relu)]
[Dense(4)]
internal sealed partial class AgentFused;

[Network(8, Loss = Loss.SquaredError, Arithmetic = Arithmetic.Fused)]
[Dense(128, Activation.Silu)]
[Dense(128, Activation.Silu)]
[Dense(4)]
internal sealed partial class AgentSwishFused;

[Network(32, Loss = Loss.SquaredError, Arithmetic = Arithmetic.Fused)]
[Dense(64, Activation.Relu)]
[Dense(64, Activation.Relu)]
[Dense(64, Activation.Relu)]
[Dense(16)]
internal sealed partial class NerfFused;

[Network(784, Loss = Loss.CategoricalCrossEntropy, Arithmetic = Arithmetic.Fused)]
[Dense(128, Activation.Relu)]
[Dense(10, Activation.Softmax)]
internal sealed partial class MnistFused;

[Network(256, Loss = Loss.SquaredError, Arithmetic = Arithmetic.Fused)]
[Dense(512, Activation.Relu)]
[Dense(512, Activation.Relu)]
[Dense(128)]
internal sealed partial class LmmFused;
