using System;

namespace NetGen;

/// <summary>
/// Adds a fully connected layer to a network: <c>z = W·x + b</c>, <c>a = activation(z)</c>. Layers stack in the order of the
/// attributes, and all of them stand on the declaration that carries <see cref="NetworkAttribute"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DenseAttribute : Attribute
{
    /// <summary>Declares a layer.</summary>
    /// <param name="units">Number of outputs of the layer, at least 1.</param>
    /// <param name="activation">The function applied to <c>z</c>. A literal <c>default</c> could be a name as well (CS0121); leave the argument out.</param>
    public DenseAttribute(int units, Activation activation = Activation.Identity)
    {
        Units = units;
        Activation = activation;
    }

    /// <summary>Declares a layer with an activation of the class's own.</summary>
    /// <param name="units">Number of outputs of the layer, at least 1.</param>
    /// <param name="activation">
    /// The name of a static method of the class, such as <c>nameof(Snake)</c> for <c>static float Snake(float z) => z + MathF.Sin(z) * MathF.Sin(z);</c>. It is read and differentiated while
    /// compiling; it is never called.
    /// </param>
    public DenseAttribute(int units, string activation)
    {
        Units = units;
        OwnActivation = activation;
    }

    /// <summary>Number of outputs of the layer.</summary>
    public int Units { get; }

    /// <summary>The function applied to <c>z = W·x + b</c>.</summary>
    public Activation Activation { get; }

    /// <summary>The name of the method of the class that is applied in its place, or null.</summary>
    public string? OwnActivation { get; }

    /// <summary>Whether the layer has a bias <c>b</c>; true by default.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>The parameter of an activation that has one, α or ω, with the default and the range that the members of <see cref="NetGen.Activation"/> state: a finite number.</summary>
    public double Alpha { get; set; }

    /// <summary>Whether the parameters stay as they are in training: they have no gradient, while the layers before have theirs. False by default.</summary>
    public bool Frozen { get; set; }
}
