namespace NetGen.Benchmarks.Networks;

// The nine networks in strict arithmetic; Subject says the same as data.

[Network(2, Loss = Loss.SquaredError)]
[Dense(3, Activation.Sigmoid)]
[Dense(2, Activation.Sigmoid)]
internal sealed partial class SeedStrict;

[Network(2, Loss = Loss.BinaryCrossEntropy)]
[Dense(8, Activation.Tanh)]
[Dense(1, Activation.Sigmoid)]
internal sealed partial class XorStrict;

[Network(4, Loss = Loss.CategoricalCrossEntropy)]
[Dense(16, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
internal sealed partial class IrisStrict;

[Network(4, Loss = Loss.SquaredError)]
[Dense(64, Activation.Tanh)]
[Dense(64, Activation.Tanh)]
[Dense(2)]
internal sealed partial class Sb3Strict;

[Network(8, Loss = Loss.SquaredError)]
[Dense(128, Activation.Relu)]
[Dense(128, Activation.Relu)]
[Dense(4)]
internal sealed partial class AgentStrict;

[Network(8, Loss = Loss.SquaredError)]
[Dense(128, Activation.Silu)]
[Dense(128, Activation.Silu)]
[Dense(4)]
internal sealed partial class AgentSwishStrict;

[Network(32, Loss = Loss.SquaredError)]
[Dense(64, Activation.Relu)]
[Dense(64, Activation.Relu)]
[Dense(64, Activation.Relu)]
[Dense(16)]
internal sealed partial class NerfStrict;

[Network(784, Loss = Loss.CategoricalCrossEntropy)]
[Dense(128, Activation.Relu)]
[Dense(10, Activation.Softmax)]
internal sealed partial class MnistStrict;

[Network(256, Loss = Loss.SquaredError)]
[Dense(512, Activation.Relu)]
[Dense(512, Activation.Relu)]
[Dense(128)]
internal sealed partial class LmmStrict;
