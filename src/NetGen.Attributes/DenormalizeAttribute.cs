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

    /// <summary>The function applied to <c>z</c>.</summary>
    public Activation Activation { get; }

    /// <summary>
    /// The parameter α of <see cref="Activation.LeakyRelu"/> (0.01 unless set) and <see cref="Activation.Elu"/> (1 unless set):
    /// a finite number.
    /// </summary>
    public double Alpha { get; set; }
}
