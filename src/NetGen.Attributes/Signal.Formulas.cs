using System;
using System.Linq;

namespace NetGen;

// Layers with activations that the class itself has.
public sealed partial class Signal
{
    /// <summary>A fully connected layer with an activation of the class's own: <c>z = W·x + b</c>, <c>a = activation(z)</c>.</summary>
    /// <param name="units">Number of values that it computes, at least 1.</param>
    /// <param name="activation">A static method of the class, by its name alone. NetGen reads and differentiates it; <see cref="Wiring.Run"/> calls it.</param>
    /// <param name="useBias">Whether it has b.</param>
    /// <param name="name">Its name, which no other layer or input has: files know its parameters by it.</param>
    /// <param name="frozen">Whether its parameters are left as they are in training.</param>
    /// <param name="sharesWith">The name that was given to an earlier layer of the same kind, sizes and arguments: both have its parameters, and their gradients add.</param>
    /// <exception cref="ArgumentNullException"><paramref name="activation"/> is null.</exception>
    public Signal Dense(int units, Func<double, double> activation, bool useBias = true, string? name = null, bool frozen = false, string? sharesWith = null)
    {
        _ = frozen;
        return Layer(units, Product(units, useBias, _wiring.Parameters(name, sharesWith)), activation);
    }

    /// <inheritdoc cref="Dense(int, Func{double, double}, bool, string, bool, string)"/>
    public Signal Dense(int units, Func<float, float> activation, bool useBias = true, string? name = null, bool frozen = false, string? sharesWith = null) =>
        Dense(units, InDouble(activation), useBias, name, frozen, sharesWith);

    /// <summary>An activation of the class's own by itself, <c>a = activation(x)</c>.</summary>
    /// <param name="activation">A static method of the class, by its name alone. NetGen reads and differentiates it; <see cref="Wiring.Run"/> calls it.</param>
    /// <param name="name">Its name, which no other layer or input has.</param>
    /// <exception cref="ArgumentNullException"><paramref name="activation"/> is null.</exception>
    public Signal Activate(Func<double, double> activation, string? name = null)
    {
        _ = name;
        return Layer(Size, unit => Values[unit], activation);
    }

    /// <inheritdoc cref="Activate(Func{double, double}, string)"/>
    public Signal Activate(Func<float, float> activation, string? name = null) => Activate(InDouble(activation), name);

    private static Func<double, double> InDouble(Func<float, float> activation) =>
        activation is null ? throw new ArgumentNullException(nameof(activation)) : z => activation((float)z);

    private Signal Layer(int units, Func<int, double> z, Func<double, double> activation) => activation is null
        ? throw new ArgumentNullException(nameof(activation))
        : new Signal(_wiring, Enumerable.Range(0, units).Select(unit => activation(z(unit))).ToArray());
}
