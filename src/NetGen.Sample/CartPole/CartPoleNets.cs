namespace NetGen.Sample.CartPole;

/// <summary>The policy: from the state of cart and pole to the logits of a push to the left and to the right.</summary>
[Network(4)]
[Dense(64, Activation.Tanh)]
[Dense(64, Activation.Tanh)]
[Dense(2)]
public sealed partial class PolicyNet { }

/// <summary>The critic: how many steps the pole is expected to stay up from a state, discounted and scaled.</summary>
[Network(4, Loss = Loss.HalfSquaredError)]
[Dense(64, Activation.Tanh)]
[Dense(64, Activation.Tanh)]
[Dense(1)]
public sealed partial class CriticNet { }
