namespace NetGen.Benchmarks.Networks;

// What only the comparison of trainings has.

[Network(64, Loss = Loss.CategoricalCrossEntropy)]
[Dense(32, Activation.Relu)]
[Dense(10, Activation.Softmax)]
internal sealed partial class DigitsStrict;

[Network(64, Loss = Loss.CategoricalCrossEntropy, Arithmetic = Arithmetic.Fused)]
[Dense(32, Activation.Relu)]
[Dense(10, Activation.Softmax)]
internal sealed partial class DigitsFused;
