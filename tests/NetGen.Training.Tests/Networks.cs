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

/// <summary>Digits, in float.</summary>
[Network(64, Loss = Loss.CategoricalCrossEntropy)]
[Dense(32, Activation.Relu)]
[Dense(10, Activation.Softmax)]
public sealed partial class DigitsSingle;

/// <summary>Digits, in double.</summary>
[Network(64, Loss = Loss.CategoricalCrossEntropy, Precision = Precision.Double)]
[Dense(32, Activation.Relu)]
[Dense(10, Activation.Softmax)]
public sealed partial class DigitsDouble;

/// <summary>One number from two, without anything that could saturate.</summary>
[Network(2, Loss = Loss.SquaredError)]
[Dense(1)]
public sealed partial class Line;

/// <summary>Layers that could stand in any order.</summary>
[Network(2)]
[Dense(2, Activation.Tanh)]
[Dense(2, Activation.Tanh)]
[Dense(2)]
public sealed partial class ThreeLayers;

/// <summary>A policy with three actions, not all of them legal in every state.</summary>
[Network(4, Loss.CategoricalCrossEntropyWithLogits, BatchTerms = true)]
[Dense(16, Activation.Tanh)]
[Dense(3)]
public sealed partial class Player;

/// <summary>Two policies, whose outputs have one loss and stand one after the other, and a value.</summary>
[Network(4, BatchTerms = true)]
[Dense(6, Activation.Tanh)]
[Head("Move", Loss.CategoricalCrossEntropyWithLogits)]
[Dense(3)]
[Head("Aim", Loss.CategoricalCrossEntropyWithLogits)]
[Dense(2)]
[Head("Value", Loss.HalfSquaredError)]
[Dense(1)]
public sealed partial class Duellist;
