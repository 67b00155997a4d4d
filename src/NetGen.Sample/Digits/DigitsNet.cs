namespace NetGen.Sample.Digits;

/// <summary>The network that reads a digit.</summary>
[Network(64, Loss = Loss.CategoricalCrossEntropy)]
[Dense(32, Activation.Relu)]
[Dense(10, Activation.Softmax)]
public sealed partial class DigitsNet { }
