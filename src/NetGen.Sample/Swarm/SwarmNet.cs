namespace NetGen.Sample.Swarm;

/// <summary>The brain of an agent: from the way to its goal and its own speed to how it accelerates.</summary>
[Network(4, Loss = Loss.SquaredError)]
[Dense(16, Activation.Tanh)]
[Dense(2, Activation.Tanh)]
public sealed partial class SwarmNet { }
