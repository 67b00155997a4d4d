using System;

namespace NetGen;

/// <summary>
/// Adds a layer that gives each value the mean and the deviation that it has outside: <c>z = x ⊙ deviation + mean</c>, <c>a = activation(z)</c>. Both are parameters, 0 and 1 at first,
/// which are not trained. It has as many units as it reads values.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DenormalizeAttribute : Attribute
{
    /// <summary>Declares a layer.</summary>
    /// <param name="activation">The function applied to <c>z</c>.</param>
    public DenormalizeAttribute(Activation activation = Activation.Identity)
    {
        Activation = activation;
    }

    /// <summary>Declares a layer with an activation of the class's own.</summary>
    /// <param name="activation">
    /// The name of a static method of the class, such as <c>nameof(Snake)</c> for <c>static float Snake(float z) => z + MathF.Sin(z) * MathF.Sin(z);</c>. It is read and differentiated while
    /// compiling; it is never called.
    /// </param>
    public DenormalizeAttribute(string activation)
    {
        OwnActivation = activation;
    }

    /// <summary>The function applied to <c>z</c>.</summary>
    public Activation Activation { get; }

    /// <summary>The name of the method of the class that is applied in its place, or null.</summary>
    public string? OwnActivation { get; }

    /// <summary>The parameter of an activation that has one, α or ω, with the default and the range that the members of <see cref="NetGen.Activation"/> state: a finite number.</summary>
    public double Alpha { get; set; }
}
