namespace NetGen.Sample.Seeds;

/// <summary>Seed S0, 2-2-3, in float.</summary>
[Network(2, Loss = Loss.CategoricalCrossEntropy, Precision = Precision.Single)]
[Dense(2, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
internal sealed partial class S0Single223;

/// <summary>Seed S0, 4-5-3, in float.</summary>
[Network(4, Loss = Loss.CategoricalCrossEntropy, Precision = Precision.Single)]
[Dense(5, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
internal sealed partial class S0Single453;

/// <summary>Seed S1, 2-3-2, in float.</summary>
[Network(2, Loss = Loss.HalfSquaredError, Precision = Precision.Single)]
[Dense(3, Activation.Sigmoid)]
[Dense(2, Activation.Sigmoid)]
internal sealed partial class S1Single232;

/// <summary>Seed S2, 2-3-1, in float.</summary>
[Network(2, Loss = Loss.BinaryCrossEntropy, Reduction = Reduction.Sum, Precision = Precision.Single)]
[Dense(3, Activation.Sigmoid)]
[Dense(1, Activation.Sigmoid)]
internal sealed partial class S2Single231;

/// <summary>Seed S2, 3-4-2, in float.</summary>
[Network(3, Loss = Loss.BinaryCrossEntropy, Reduction = Reduction.Sum, Precision = Precision.Single)]
[Dense(4, Activation.Sigmoid)]
[Dense(2, Activation.Sigmoid)]
internal sealed partial class S2Single342;

/// <summary>Seed S2, 1-1-1, in float.</summary>
[Network(1, Loss = Loss.BinaryCrossEntropy, Reduction = Reduction.Sum, Precision = Precision.Single)]
[Dense(1, Activation.Sigmoid)]
[Dense(1, Activation.Sigmoid)]
internal sealed partial class S2Single111;

/// <summary>Seed S3, 2-3-1, in float.</summary>
[Network(2, Loss = Loss.HalfSquaredError, Precision = Precision.Single)]
[Dense(3, Activation.Sigmoid)]
[Dense(1, Activation.Sigmoid)]
internal sealed partial class S3Single231;

/// <summary>Seed S3, 3-5-2, in float.</summary>
[Network(3, Loss = Loss.HalfSquaredError, Precision = Precision.Single)]
[Dense(5, Activation.Sigmoid)]
[Dense(2, Activation.Sigmoid)]
internal sealed partial class S3Single352;

/// <summary>Seed S4, 3-5-4-3, in float.</summary>
[Network(3, Loss = Loss.CategoricalCrossEntropy, Precision = Precision.Single)]
[Dense(5, Activation.Sigmoid)]
[Dense(4, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
internal sealed partial class S4Single3543;

/// <summary>Seed S4, 2-6-5-1, in float.</summary>
[Network(2, Loss = Loss.HalfSquaredError, Precision = Precision.Single)]
[Dense(6, Activation.Relu)]
[Dense(5, Activation.Tanh)]
[Dense(1)]
internal sealed partial class S4Single2651;

/// <summary>Seed S4, 4-7-3-2, in float.</summary>
[Network(4, Loss = Loss.CategoricalCrossEntropy, Precision = Precision.Single)]
[Dense(7, Activation.Tanh)]
[Dense(3, Activation.Relu)]
[Dense(2, Activation.Softmax)]
internal sealed partial class S4Single4732;

/// <summary>Seed S4, 3-4-4-4-2, in float.</summary>
[Network(3, Loss = Loss.HalfSquaredError, Precision = Precision.Single)]
[Dense(4, Activation.Sigmoid)]
[Dense(4, Activation.Relu)]
[Dense(4, Activation.Tanh)]
[Dense(2)]
internal sealed partial class S4Single34442;
