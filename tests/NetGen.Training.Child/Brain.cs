namespace NetGen.Training.Child;

/// <summary>A network large enough for saving it to take a while.</summary>
[Network(64, Loss = Loss.SquaredError)]
[Dense(256, Activation.Tanh)]
[Dense(8)]
public sealed partial class Brain;
