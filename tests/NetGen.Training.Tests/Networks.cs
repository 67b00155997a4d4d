namespace NetGen.Training.Tests;

/// <summary>Iris, in float.</summary>
[Network(4, Loss = Loss.CategoricalCrossEntropy)]
[Dense(16, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
public sealed partial class IrisNet;

/// <summary>Iris, in double.</summary>
[Network(4, Loss = Loss.CategoricalCrossEntropy, Precision = Precision.Double)]
[Dense(16, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
public sealed partial class IrisDouble;

/// <summary>The optimizers' reference network, in float.</summary>
[Network(3, Loss = Loss.SquaredError)]
[Dense(5, Activation.Tanh)]
[Dense(2)]
public sealed partial class SmallSingle;

/// <summary>The optimizers' reference network, in double.</summary>
[Network(3, Loss = Loss.SquaredError, Precision = Precision.Double)]
[Dense(5, Activation.Tanh)]
[Dense(2)]
public sealed partial class SmallDouble;
