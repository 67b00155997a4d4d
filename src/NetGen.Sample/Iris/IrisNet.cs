namespace NetGen.Sample.Iris;

/// <summary>The network that tells the three species apart. These lines are all there is to write; the rest is generated.</summary>
[Network(4, Loss = Loss.CategoricalCrossEntropy)]
[Dense(16, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
public sealed partial class IrisNet { }
