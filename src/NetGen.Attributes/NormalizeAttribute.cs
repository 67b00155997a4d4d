using System;

namespace NetGen;

/// <summary>
/// Adds a layer that normalises each value by a mean and a variance that were found before: <c>x̂ = (x − mean) / √(variance + ε)</c>, <c>z = min(max(x̂, −clip), clip)</c>,
/// <c>a = activation(z)</c>. Mean and variance are parameters, 0 and 1 at first, which are not trained. It has as many units as it reads values.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class NormalizeAttribute : Attribute
{
    /// <summary>Declares a layer.</summary>
    /// <param name="activation">The function applied to <c>z</c>.</param>
    public NormalizeAttribute(Activation activation = Activation.Identity)
    {
        Activation = activation;
    }

    /// <summary>Declares a layer with an activation of the class's own.</summary>
    /// <param name="activation">
    /// The name of a static method of the class, such as <c>nameof(Snake)</c> for <c>static float Snake(float z) => z + MathF.Sin(z) * MathF.Sin(z);</c>. It is read and differentiated while
    /// compiling; it is never called.
    /// </param>
    public NormalizeAttribute(string activation)
    {
        OwnActivation = activation;
    }

    /// <summary>The function applied to <c>z</c>.</summary>
    public Activation Activation { get; }

    /// <summary>The name of the method of the class that is applied in its place, or null.</summary>
    public string? OwnActivation { get; }

    /// <summary>The largest magnitude of <c>z</c>, a finite number above 0; unless it is set there is no limit.</summary>
    public double Clip { get; set; }

    /// <summary>ε, which is added to the variance: a finite number above 0, by default 10⁻⁸.</summary>
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>The parameter of an activation that has one, α or ω, with the default and the range that the members of <see cref="NetGen.Activation"/> state: a finite number.</summary>
    public double Alpha { get; set; }
}
