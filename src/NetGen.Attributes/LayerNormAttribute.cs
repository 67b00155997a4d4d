using System;

namespace NetGen;

/// <summary>
/// Adds a layer that normalises what it reads to mean 0 and variance 1 over the values of a sample: <c>x̂ = (x − mean x) / √(var x + ε)</c>,
/// <c>z = x̂ ⊙ w + b</c>, <c>a = activation(z)</c>, where the variance is the mean of the squares of <c>x − mean x</c>. It has as many units as it reads values; w begins with 1, b with 0.
/// </summary>
/// <remarks>J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer Normalization", arXiv:1607.06450.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LayerNormAttribute : Attribute
{
    /// <summary>Declares a layer.</summary>
    /// <param name="activation">The function applied to <c>z</c>.</param>
    public LayerNormAttribute(Activation activation = Activation.Identity)
    {
        Activation = activation;
    }

    /// <summary>Declares a layer with an activation of the class's own.</summary>
    /// <param name="activation">
    /// The name of a static method of the class, such as <c>nameof(Snake)</c> for <c>static float Snake(float z) => z + MathF.Sin(z) * MathF.Sin(z);</c>. It is read and differentiated while
    /// compiling; it is never called.
    /// </param>
    public LayerNormAttribute(string activation)
    {
        OwnActivation = activation;
    }

    /// <summary>The function applied to <c>z = x̂ ⊙ w + b</c>.</summary>
    public Activation Activation { get; }

    /// <summary>The name of the method of the class that is applied in its place, or null.</summary>
    public string? OwnActivation { get; }

    /// <summary>ε, which is added to the variance: a finite number above 0, by default 10⁻⁵.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>Whether the layer has factors <c>w</c>; true by default.</summary>
    public bool UseWeight { get; set; } = true;

    /// <summary>Whether the layer has a bias <c>b</c>; true by default.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>The parameter of an activation that has one, α or ω, with the default and the range that the members of <see cref="NetGen.Activation"/> state: a finite number.</summary>
    public double Alpha { get; set; }

    /// <summary>Whether the parameters stay as they are in training: they have no gradient, while the layers before have theirs. False by default.</summary>
    public bool Frozen { get; set; }
}
