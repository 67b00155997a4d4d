namespace NetGen.Generator.Layers;

/// <summary>The logarithm of the density of independent normal variables x with means x2 and deviations exp x3.</summary>
internal sealed record GaussianLogDensity : LogDensity;
