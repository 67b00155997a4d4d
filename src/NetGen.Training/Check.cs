using System;

namespace NetGen.Training;

/// <summary>The argument checks of this library. Each names the argument, what was expected and what was given.</summary>
internal static class Check
{
    public const double LargestRate = 1e18;

    public static INetwork<T> NotNull<T>(INetwork<T> network)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(network);
        return network;
    }

    /// <summary>Whether all weights are 0, whatever the biases are.</summary>
    public static bool HasNoWeight<T>(ParameterBuffer<T> parameters)
        where T : unmanaged
    {
        for (int layer = 0; layer < parameters.Layout.Layers.Count; layer++)
        {
            LayerLayout shape = parameters.Layout.Layers[layer];
            for (int weight = 0; weight < shape.WeightCount; weight++)
            {
                if (Number<T>.ToDouble(parameters.Weight(layer, weight / shape.Inputs, weight % shape.Inputs)) != 0)
                {
                    return false;
                }
            }
        }

        return true;
    }

    public static double FiniteAndNotNegative(double value, string name) => double.IsFinite(value) && value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"Expected a finite number of 0 or more, given {value}.");

    /// <summary>
    /// A learning rate or weight decay. It has a limit so that neither it nor what follows from it, such as η/(1 − β₁) or ηλ, is infinite in float:
    /// ∞ · 0 would turn the padding of the parameters into NaN.
    /// </summary>
    public static double Rate(double value, string name) => IsRate(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"Expected a number from 0 to {LargestRate}, given {value}."));

    public static bool IsRate(double value) => value is >= 0 and <= LargestRate;

    public static double FiniteAndPositive(double value, string name) => double.IsFinite(value) && value > 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"Expected a finite number above 0, given {value}.");

    /// <summary>A decay rate: 0 ≤ value &lt; 1.</summary>
    public static double Decay(double value, string name) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"Expected a number from 0 to below 1, given {value}.");

    /// <summary>A divisor's addend. It must not vanish in the number type: 0/0 would turn the padding of the parameters into NaN.</summary>
    public static double Epsilon<T>(double value, string name)
        where T : unmanaged =>
        double.IsFinite(value) && Number<T>.ToDouble(Number<T>.From(value)) > 0
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"Expected a number above 0 in {typeof(T).Name}, given {value}.");

    public static int AtLeast(int minimum, int value, string name) => value >= minimum
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"Expected {minimum} or more, given {value}.");

    public static long AtLeast(long minimum, long value, string name) => value >= minimum
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"Expected {minimum} or more, given {value}.");
}
