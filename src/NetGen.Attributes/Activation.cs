namespace NetGen;

/// <summary>The activation of a layer, <c>a = activation(z)</c>.</summary>
public enum Activation
{
    /// <summary><c>a = z</c>.</summary>
    Identity = 0,

    /// <summary>The logistic function <c>a = σ(z) = 1 / (1 + e⁻ᶻ)</c>.</summary>
    Sigmoid = 1,

    /// <summary>The hyperbolic tangent <c>a = tanh(z)</c>.</summary>
    Tanh = 2,

    /// <summary>The rectifier <c>a = max(z, 0)</c>, with derivative 0 at 0.</summary>
    Relu = 3,

    /// <summary><c>a_j = e^z_j / Σ e^z_k</c> over the units of the layer: positive values that sum to 1.</summary>
    Softmax = 4,
}
