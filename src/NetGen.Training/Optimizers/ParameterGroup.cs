namespace NetGen.Training;

/// <summary>What the parameters of some layers have of their own in the steps of an optimizer: a group of PyTorch's <c>param_groups</c>.</summary>
/// <param name="Layer">The name of a layer, or the beginning of the names of several, as <see cref="ParameterLayout.BlocksOf"/> takes it.</param>
/// <param name="Rate">The factor on the learning rate, and so on every rate of the schedule.</param>
/// <param name="WeightDecay">λ, or null for that of the optimizer.</param>
public sealed record ParameterGroup(string Layer, double Rate, double? WeightDecay);
