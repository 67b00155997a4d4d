namespace NetGen.Sample.CartPole;

/// <summary>
/// Actor and critic in one network: from the state of cart and pole to the logits of a push to the left and to the right, and to how many steps the pole is expected to
/// stay up, discounted and scaled.
/// </summary>
[Network(4)]
[Dense(64, Activation.Tanh)]
[Dense(64, Activation.Tanh)]
[Head("Policy")]
[Dense(2)]
[Head("Value")]
[Dense(1)]
public sealed partial class ActorCritic { }
