namespace NetGen.Sample.Seeds;

/// <summary>Seed S0, 2-2-3, in double.</summary>
[Network(2, Loss = Loss.CategoricalCrossEntropy, Precision = Precision.Double)]
[Dense(2, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
internal sealed partial class S0Double223;

/// <summary>Seed S0, 4-5-3, in double.</summary>
[Network(4, Loss = Loss.CategoricalCrossEntropy, Precision = Precision.Double)]
[Dense(5, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
internal sealed partial class S0Double453;

/// <summary>Seed S1, 2-3-2, in double.</summary>
[Network(2, Loss = Loss.HalfSquaredError, Precision = Precision.Double)]
[Dense(3, Activation.Sigmoid)]
[Dense(2, Activation.Sigmoid)]
internal sealed partial class S1Double232;

/// <summary>Seed S2, 2-3-1, in double.</summary>
[Network(2, Loss = Loss.BinaryCrossEntropy, Reduction = Reduction.Sum, Precision = Precision.Double)]
[Dense(3, Activation.Sigmoid)]
[Dense(1, Activation.Sigmoid)]
internal sealed partial class S2Double231;

/// <summary>Seed S2, 3-4-2, in double.</summary>
[Network(3, Loss = Loss.BinaryCrossEntropy, Reduction = Reduction.Sum, Precision = Precision.Double)]
[Dense(4, Activation.Sigmoid)]
[Dense(2, Activation.Sigmoid)]
internal sealed partial class S2Double342;

/// <summary>Seed S2, 1-1-1, in double.</summary>
[Network(1, Loss = Loss.BinaryCrossEntropy, Reduction = Reduction.Sum, Precision = Precision.Double)]
[Dense(1, Activation.Sigmoid)]
[Dense(1, Activation.Sigmoid)]
internal sealed partial class S2Double111;

/// <summary>Seed S3, 2-3-1, in double.</summary>
[Network(2, Loss = Loss.HalfSquaredError, Precision = Precision.Double)]
[Dense(3, Activation.Sigmoid)]
[Dense(1, Activation.Sigmoid)]
internal sealed partial class S3Double231;

/// <summary>Seed S3, 3-5-2, in double.</summary>
[Network(3, Loss = Loss.HalfSquaredError, Precision = Precision.Double)]
[Dense(5, Activation.Sigmoid)]
[Dense(2, Activation.Sigmoid)]
internal sealed partial class S3Double352;

/// <summary>Seed S4, 3-5-4-3, in double.</summary>
[Network(3, Loss = Loss.CategoricalCrossEntropy, Precision = Precision.Double)]
[Dense(5, Activation.Sigmoid)]
[Dense(4, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
internal sealed partial class S4Double3543;

/// <summary>Seed S4, 2-6-5-1, in double.</summary>
[Network(2, Loss = Loss.HalfSquaredError, Precision = Precision.Double)]
[Dense(6, Activation.Relu)]
[Dense(5, Activation.Tanh)]
[Dense(1)]
internal sealed partial class S4Double2651;

/// <summary>Seed S4, 4-7-3-2, in double.</summary>
[Network(4, Loss = Loss.CategoricalCrossEntropy, Precision = Precision.Double)]
[Dense(7, Activation.Tanh)]
[Dense(3, Activation.Relu)]
[Dense(2, Activation.Softmax)]
internal sealed partial class S4Double4732;

/// <summary>Seed S4, 3-4-4-4-2, in double.</summary>
[Network(3, Loss = Loss.HalfSquaredError, Precision = Precision.Double)]
[Dense(4, Activation.Sigmoid)]
[Dense(4, Activation.Relu)]
[Dense(4, Activation.Tanh)]
[Dense(2)]
internal sealed partial class S4Double34442;
