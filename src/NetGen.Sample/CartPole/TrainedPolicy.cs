namespace NetGen.Sample.CartPole;

/// <summary>
/// The policy of a file in ONNX, which is part of the program. The file was written once, from the parameters of <see cref="ActorCritic"/> after <c>-- cartpole</c> had trained it: four Gemm and two Tanh,
/// with the outputs logits and value.
/// </summary>
[Model("policy.onnx", Outputs = new[] { "logits" })]
public sealed partial class TrainedPolicy { }
