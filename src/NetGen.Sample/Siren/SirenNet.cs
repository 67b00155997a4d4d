namespace NetGen.Sample.Siren;

/// <summary>A picture as a network: from a place to its brightness. Sines with the weights of SIREN learn sharp edges, which other activations blur.</summary>
[Network(2, Loss.SquaredError)]
[Dense(48, Activation.Sin)]
[Dense(48, Activation.Sin)]
[Dense(1)]
public sealed partial class SirenNet { }
