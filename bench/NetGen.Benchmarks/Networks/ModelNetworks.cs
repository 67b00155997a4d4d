namespace NetGen.Benchmarks.Networks;

// The networks of model files in both arithmetics; ModelSubject says what they are.

[Model("policy_4_64_64_2.onnx")]
internal sealed partial class Sb3ModelStrict;

[Model("policy_4_64_64_2.onnx", Arithmetic = Arithmetic.Fused)]
internal sealed partial class Sb3ModelFused;

[Model(PolicyFiles.AgentName)]
internal sealed partial class AgentModelStrict;

[Model(PolicyFiles.AgentName, Arithmetic = Arithmetic.Fused)]
internal sealed partial class AgentModelFused;

[Model(PolicyFiles.BallName)]
internal sealed partial class BallModelStrict;

[Model(PolicyFiles.BallName, Arithmetic = Arithmetic.Fused)]
internal sealed partial class BallModelFused;
