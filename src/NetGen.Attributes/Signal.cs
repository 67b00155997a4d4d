using System;
using System.Linq;

namespace NetGen;

/// <summary>Values of a network that is declared with <see cref="Wiring"/>: those of an input or of a layer. Each member adds a layer that reads them and returns its values.</summary>
public sealed partial class Signal
{
    private readonly Wiring _wiring;

    internal Signal(Wiring wiring, double[] values)
    {
        _wiring = wiring;
        Values = values;
    }

    /// <summary>Number of values in one sample.</summary>
    public int Size => Values.Length;

    /// <summary>The values, where the network is run.</summary>
    internal double[] Values { get; }

    /// <summary>The sum of two signals of one size: <c>x.Add(y)</c>.</summary>
    /// <param name="left">x.</param>
    /// <param name="right">y.</param>
    public static Signal operator +(Signal left, Signal right) => left.Add(right);

    /// <summary>The difference of two signals of one size: <c>x.Subtract(y)</c>.</summary>
    /// <param name="left">x.</param>
    /// <param name="right">y.</param>
    public static Signal operator -(Signal left, Signal right) => left.Subtract(right);

    /// <summary>The product of two signals of one size, value by value: <c>x.Multiply(y)</c>.</summary>
    /// <param name="left">x.</param>
    /// <param name="right">y.</param>
    public static Signal operator *(Signal left, Signal right) => left.Multiply(right);

    /// <summary>A fully connected layer: <c>z = W·x + b</c>, <c>a = activation(z)</c>.</summary>
    /// <param name="units">Number of values that it computes, at least 1.</param>
    /// <param name="activation">The function applied to z.</param>
    /// <param name="useBias">Whether it has b.</param>
    /// <param name="alpha">The parameter α of the activation, where it has one: a finite number.</param>
    /// <param name="name">Its name, which no other layer or input has: files know its parameters by it.</param>
    /// <param name="frozen">Whether its parameters are left as they are in training.</param>
    /// <param name="sharesWith">The name that was given to an earlier layer of the same kind, sizes and arguments: both have its parameters, and their gradients add.</param>
    public Signal Dense(
        int units, Activation activation = Activation.Identity, bool useBias = true, double? alpha = null, string? name = null, bool frozen = false, string? sharesWith = null)
    {
        _ = frozen;
        return Layer(units, Product(units, useBias, _wiring.Parameters(name, sharesWith)), activation, alpha);
    }

    /// <summary>
    /// Linear layers that a gate blends: <c>z = Σ gₖ (Wₖ·x + bₖ)</c> over the values gₖ of the gate, <c>a = activation(z)</c>. Files have the parameters of each under its number, <c>name.0.weight</c>.
    /// </summary>
    /// <param name="gate">How much each expert counts, such as a layer with <see cref="Activation.Softmax"/>: it has a value for each.</param>
    /// <param name="units">Number of values that each computes, at least 1.</param>
    /// <param name="activation">The function applied to z.</param>
    /// <param name="useBias">Whether they have b.</param>
    /// <param name="alpha">The parameter α of the activation, where it has one: a finite number.</param>
    /// <param name="name">Its name, which no other layer or input has: files know its parameters by it.</param>
    /// <param name="frozen">Whether its parameters are left as they are in training.</param>
    /// <param name="sharesWith">The name that was given to an earlier layer of the same kind, sizes and arguments: both have its parameters, and their gradients add.</param>
    /// <remarks>The weights blend as well as the values do: H. Zhang, S. Starke, T. Komura, J. Saito, "Mode-Adaptive Neural Networks for Quadruped Motion Control", doi:10.1145/3197517.3201366.</remarks>
    public Signal Experts(
        Signal gate, int units, Activation activation = Activation.Identity, bool useBias = true, double? alpha = null, string? name = null, bool frozen = false, string? sharesWith = null)
    {
        _ = frozen;
        string? Part(string? whole, int expert) => whole is null ? null : $"{whole}.{expert}";
        Func<int, double>[] experts = gate.Values.Select((_, expert) => Product(units, useBias, _wiring.Parameters(Part(name, expert), Part(sharesWith, expert)))).ToArray();
        return Layer(units, unit => experts.Select((expert, index) => gate.Values[index] * expert(unit)).Sum(), activation, alpha);
    }

    /// <summary>Normalises to mean 0 and variance 1: <c>x̂ = (x − mean x) / √(var x + ε)</c>, <c>z = x̂ ⊙ w + b</c>, <c>a = activation(z)</c>.</summary>
    /// <param name="activation">The function applied to z.</param>
    /// <param name="epsilon">ε, a finite number above 0.</param>
    /// <param name="useWeight">Whether it has w.</param>
    /// <param name="useBias">Whether it has b.</param>
    /// <param name="alpha">The parameter α of the activation, where it has one: a finite number.</param>
    /// <param name="name">Its name, which no other layer or input has: files know its parameters by it.</param>
    /// <param name="frozen">Whether its parameters are left as they are in training.</param>
    /// <param name="sharesWith">The name that was given to an earlier layer of the same kind, sizes and arguments: both have its parameters, and their gradients add.</param>
    public Signal LayerNorm(
        Activation activation = Activation.Identity, double epsilon = 1e-5, bool useWeight = true, bool useBias = true, double? alpha = null, string? name = null,
        bool frozen = false, string? sharesWith = null)
    {
        _ = frozen;
        Wiring.LayerParameters parameters = _wiring.Parameters(name, sharesWith);
        double mean = Values.Average();
        double deviation = Math.Sqrt(Values.Average(x => (x - mean) * (x - mean)) + epsilon);
        double[]? weight = useWeight ? parameters.Take(Size) : null;
        double[]? bias = useBias ? parameters.Take(Size) : null;
        return Layer(Size, unit => ((Values[unit] - mean) / deviation * (weight?[unit] ?? 1)) + (bias?[unit] ?? 0), activation, alpha);
    }

    /// <summary>Divides by the root mean square: <c>x̂ = x / √(mean x² + ε)</c>, <c>z = x̂ ⊙ w</c>, <c>a = activation(z)</c>.</summary>
    /// <param name="activation">The function applied to z.</param>
    /// <param name="epsilon">ε, a finite number above 0.</param>
    /// <param name="useWeight">Whether it has w.</param>
    /// <param name="alpha">The parameter α of the activation, where it has one: a finite number.</param>
    /// <param name="name">Its name, which no other layer or input has: files know its parameters by it.</param>
    /// <param name="frozen">Whether its parameters are left as they are in training.</param>
    /// <param name="sharesWith">The name that was given to an earlier layer of the same kind, sizes and arguments: both have its parameters, and their gradients add.</param>
    public Signal RmsNorm(
        Activation activation = Activation.Identity, double epsilon = 1e-6, bool useWeight = true, double? alpha = null, string? name = null, bool frozen = false, string? sharesWith = null)
    {
        _ = frozen;
        Wiring.LayerParameters parameters = _wiring.Parameters(name, sharesWith);
        double root = Math.Sqrt(Values.Average(x => x * x) + epsilon);
        double[]? weight = useWeight ? parameters.Take(Size) : null;
        return Layer(Size, unit => Values[unit] / root * (weight?[unit] ?? 1), activation, alpha);
    }

    /// <summary>Normalises by a mean and a variance that are not trained: <c>x̂ = (x − mean) / √(variance + ε)</c>, <c>z = min(max(x̂, −clip), clip)</c>, <c>a = activation(z)</c>.</summary>
    /// <param name="clip">The largest magnitude of z, a finite number above 0; without one there is no limit.</param>
    /// <param name="activation">The function applied to z.</param>
    /// <param name="epsilon">ε, a finite number above 0.</param>
    /// <param name="alpha">The parameter α of the activation, where it has one: a finite number.</param>
    /// <param name="name">Its name, which no other layer or input has: files know its parameters by it.</param>
    /// <param name="sharesWith">The name that was given to an earlier layer of the same kind, sizes and arguments: both have its parameters, and their gradients add.</param>
    public Signal Normalize(double? clip = null, Activation activation = Activation.Identity, double epsilon = 1e-8, double? alpha = null, string? name = null, string? sharesWith = null)
    {
        Wiring.LayerParameters parameters = _wiring.Parameters(name, sharesWith);
        double[] mean = parameters.Take(Size);
        double[] variance = parameters.Take(Size);
        double limit = clip ?? double.PositiveInfinity;
        return Layer(Size, unit => Math.Min(Math.Max((Values[unit] - mean[unit]) / Math.Sqrt(variance[unit] + epsilon), -limit), limit), activation, alpha);
    }

    /// <summary>Gives each value a mean and a deviation that are not trained: <c>z = x ⊙ deviation + mean</c>, <c>a = activation(z)</c>.</summary>
    /// <param name="activation">The function applied to z.</param>
    /// <param name="alpha">The parameter α of the activation, where it has one: a finite number.</param>
    /// <param name="name">Its name, which no other layer or input has: files know its parameters by it.</param>
    /// <param name="sharesWith">The name that was given to an earlier layer of the same kind, sizes and arguments: both have its parameters, and their gradients add.</param>
    public Signal Denormalize(Activation activation = Activation.Identity, double? alpha = null, string? name = null, string? sharesWith = null)
    {
        Wiring.LayerParameters parameters = _wiring.Parameters(name, sharesWith);
        double[] mean = parameters.Take(Size);
        double[] deviation = parameters.Take(Size);
        return Layer(Size, unit => (Values[unit] * deviation[unit]) + mean[unit], activation, alpha);
    }

    /// <summary>Softmax over each group of neighbouring values: <c>z_j = e^x_j / Σ e^x_k</c>, with k in the group of j, <c>a = activation(z)</c>.</summary>
    /// <param name="group">Values of a group, at least 1: they are whole groups.</param>
    /// <param name="activation">The function applied to z.</param>
    /// <param name="alpha">The parameter α of the activation, where it has one: a finite number.</param>
    /// <param name="name">Its name, which no other layer or input has.</param>
    /// <exception cref="ArgumentException">The values are no whole groups.</exception>
    /// <remarks>Known as simplicial normalisation: S. Lavoie et al., "Simplicial Embeddings in Self-Supervised Learning", arXiv:2204.00616.</remarks>
    public Signal SoftmaxGroups(int group, Activation activation = Activation.Identity, double? alpha = null, string? name = null)
    {
        _ = name;
        if (group < 1 || Size % group != 0)
        {
            throw new ArgumentException($"{Size} values are no groups of {group}.", nameof(group));
        }

        double[] powers = Enumerable.Range(0, Size).Select(unit => Math.Exp(Values[unit] - Group(unit).Max())).ToArray();
        return Layer(Size, unit => powers[unit] / powers.Skip(unit / group * group).Take(group).Sum(), activation, alpha);

        double[] Group(int unit) => Values.Skip(unit / group * group).Take(group).ToArray();
    }

    /// <summary>x above 0, else α·x, with a slope that is learned.</summary>
    /// <param name="perUnit">Whether each value has an α of its own, rather than all one.</param>
    /// <param name="initial">What α is at first, a finite number.</param>
    /// <param name="name">Its name, which no other layer or input has: files know α by it.</param>
    /// <param name="frozen">Whether α is left as it is in training.</param>
    /// <param name="sharesWith">The name that was given to an earlier layer of the same kind, sizes and arguments: both have its parameters, and their gradients add.</param>
    /// <remarks>K. He, X. Zhang, S. Ren, J. Sun, "Delving Deep into Rectifiers", arXiv:1502.01852.</remarks>
    public Signal PRelu(bool perUnit = false, double initial = 0.25, string? name = null, bool frozen = false, string? sharesWith = null)
    {
        _ = (initial, frozen);
        double[] alpha = _wiring.Parameters(name, sharesWith).Take(perUnit ? Size : 1);
        return Layer(Size, unit => Values[unit] > 0 ? Values[unit] : alpha[perUnit ? unit : 0] * Values[unit], Activation.Identity, null);
    }

    /// <summary>An activation of its own, <c>a = activation(x)</c>: for values that are read without it too, or of several layers.</summary>
    /// <param name="activation">The function.</param>
    /// <param name="alpha">The parameter α of the activation, where it has one: a finite number.</param>
    /// <param name="name">Its name, which no other layer or input has.</param>
    public Signal Activate(Activation activation, double? alpha = null, string? name = null)
    {
        _ = name;
        return Layer(Size, unit => Values[unit], activation, alpha);
    }

    /// <summary>The sum with a signal of the same size: <c>z = x + other</c>, <c>a = activation(z)</c>.</summary>
    /// <param name="other">The other signal.</param>
    /// <param name="activation">The function applied to z.</param>
    /// <param name="alpha">The parameter α of the activation, where it has one: a finite number.</param>
    /// <param name="name">Its name, which no other layer or input has.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public Signal Add(Signal other, Activation activation = Activation.Identity, double? alpha = null, string? name = null) => Pairwise(other, (x, y) => x + y, activation, alpha, name);

    /// <summary>The difference from a signal of the same size: <c>z = x − other</c>, <c>a = activation(z)</c>.</summary>
    /// <param name="other">The other signal.</param>
    /// <param name="activation">The function applied to z.</param>
    /// <param name="alpha">The parameter α of the activation, where it has one: a finite number.</param>
    /// <param name="name">Its name, which no other layer or input has.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public Signal Subtract(Signal other, Activation activation = Activation.Identity, double? alpha = null, string? name = null) => Pairwise(other, (x, y) => x - y, activation, alpha, name);

    /// <summary>The product with a signal of the same size, value by value: <c>z = x ⊙ other</c>, <c>a = activation(z)</c>.</summary>
    /// <param name="other">The other signal.</param>
    /// <param name="activation">The function applied to z.</param>
    /// <param name="alpha">The parameter α of the activation, where it has one: a finite number.</param>
    /// <param name="name">Its name, which no other layer or input has.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public Signal Multiply(Signal other, Activation activation = Activation.Identity, double? alpha = null, string? name = null) => Pairwise(other, (x, y) => x * y, activation, alpha, name);

    /// <summary>The values of this and other signals, one after another.</summary>
    /// <param name="others">The other signals, in order.</param>
    public Signal Concat(params Signal[] others) => new Signal(_wiring, Values.Concat(others.SelectMany(other => other.Values)).ToArray());

    /// <summary>Neighbouring values: <c>z = x[start..start + count]</c>, <c>a = activation(z)</c>.</summary>
    /// <param name="start">The first of them, counted from 0.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="activation">The function applied to z.</param>
    /// <param name="alpha">The parameter α of the activation, where it has one: a finite number.</param>
    /// <param name="name">Its name, which no other layer or input has.</param>
    /// <exception cref="ArgumentException">They are no part of this signal.</exception>
    public Signal Slice(int start, int count, Activation activation = Activation.Identity, double? alpha = null, string? name = null)
    {
        _ = name;
        return start >= 0 && count >= 1 && start <= Size - count
            ? Layer(count, unit => Values[start + unit], activation, alpha)
            : throw new ArgumentException($"{count} values from {start} on are no part of the {Size} that there are.");
    }

    /// <summary>z of a dense layer, unit by unit.</summary>
    private Func<int, double> Product(int units, bool useBias, Wiring.LayerParameters parameters)
    {
        double[] weights = parameters.Take(units * Size);
        double[] bias = useBias ? parameters.Take(units) : new double[units];
        return unit => bias[unit] + Values.Select((x, input) => weights[(unit * Size) + input] * x).Sum();
    }

    private Signal Pairwise(Signal other, Func<double, double, double> combine, Activation activation, double? alpha, string? name)
    {
        _ = name;
        return Size == other.Size
            ? Layer(Size, unit => combine(Values[unit], other.Values[unit]), activation, alpha)
            : throw new ArgumentException($"Both signals need one size; they have {Size} and {other.Size} values.", nameof(other));
    }

    private Signal Layer(int units, Func<int, double> z, Activation activation, double? alpha) =>
        new Signal(_wiring, PlainActivation.Of(activation, alpha, Enumerable.Range(0, units).Select(z).ToArray()));
}
