namespace NetGen.Training.Child;

/// <summary>A network large enough for saving it to take a while, and for several threads to share a step.</summary>
[Network(64, Loss = Loss.SquaredError)]
[Dense(256, Activation.Tanh)]
[Dense(9)]
public sealed partial class Brain;

/// <summary>A smaller one in double precision.</summary>
[Network(7, Loss = Loss.SquaredError, Precision = Precision.Double)]
[Dense(13, Activation.Tanh)]
[Dense(3)]
public sealed partial class DoubleBrain;

/// <summary>With labels.</summary>
[Network(4, Loss = Loss.CategoricalCrossEntropy)]
[Dense(16, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
public sealed partial class Classifier;

/// <summary>With labels, fused arithmetic and weights that large batches transpose.</summary>
[Network(4, Loss = Loss.CategoricalCrossEntropy, Arithmetic = Arithmetic.Fused)]
[Dense(64, Activation.Gelu)]
[Dense(64, Activation.Mish)]
[Dense(3, Activation.Softmax)]
public sealed partial class FusedClassifier;

/// <summary>Without a loss.</summary>
[Network(8)]
[Dense(32, Activation.Silu, UseBias = false)]
[Dense(4, Activation.Tanh)]
public sealed partial class Policy;

/// <summary>With weights of samples, actions that are not always legal, and a first layer that is not trained.</summary>
[Network(4, Loss.CategoricalCrossEntropyWithLogits, BatchTerms = true)]
[Dense(16, Activation.Tanh, Frozen = true)]
[Dense(3)]
public sealed partial class Chooser;
