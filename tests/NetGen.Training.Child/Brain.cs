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
