using System;
using System.Collections.Generic;

namespace NetGen;

/// <summary>
/// Declares a network as a graph, in a method <c>static void Wire(Wiring w)</c> of a class with <see cref="NetworkAttribute"/>. NetGen reads the method and does not run it; it can be run too, with
/// <see cref="Run"/>, which computes the network slowly and in plain double precision.
/// </summary>
/// <example>
/// <code>
/// [Network]
/// public sealed partial class Critic
/// {
///     static void Wire(Wiring w)
///     {
///         Signal h = w.Input("State", 17).Dense(128);
///         for (int block = 0; block &lt; 2; block++)
///         {
///             h += h.LayerNorm().Dense(512, Activation.Relu).Dense(128);
///         }
///
///         w.Output("Q", h.LayerNorm().Concat(w.Input("Action", 6)).Dense(1), Loss.HalfSquaredError);
///     }
/// }
/// </code>
/// </example>
public sealed class Wiring
{
    private readonly IReadOnlyList<double> _parameters;
    private readonly IReadOnlyDictionary<string, double[]> _inputs;
    private readonly Dictionary<string, double[]> _outputs = new Dictionary<string, double[]>();
    private readonly Dictionary<string, double[]?[]> _layers = new Dictionary<string, double[]?[]>();
    private int _next;

    private Wiring(IReadOnlyList<double> parameters, IReadOnlyDictionary<string, double[]> inputs)
    {
        _parameters = parameters;
        _inputs = inputs;
    }

    /// <summary>Computes the outputs of a network for one sample, as its declaration says: slowly, in double precision, one number at a time.</summary>
    /// <param name="wire">The method that declares it.</param>
    /// <param name="parameters">All parameters in canonical order, as <c>ParameterBuffer.CopyTo</c> gives them.</param>
    /// <param name="inputs">The values of each input by its name.</param>
    /// <returns>The values of each output by its name.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">There are more or fewer parameters than the network has, an input is missing or has another size, sizes do not fit together, or a name is taken twice.</exception>
    public static IReadOnlyDictionary<string, double[]> Run(Action<Wiring> wire, IReadOnlyList<double> parameters, IReadOnlyDictionary<string, double[]> inputs)
    {
        if (wire is null)
        {
            throw new ArgumentNullException(nameof(wire));
        }

        var wiring = new Wiring(parameters ?? throw new ArgumentNullException(nameof(parameters)), inputs ?? throw new ArgumentNullException(nameof(inputs)));
        wire(wiring);
        return wiring._next == parameters.Count
            ? wiring._outputs
            : throw new ArgumentException($"The network has {wiring._next} parameters, given {parameters.Count}.", nameof(parameters));
    }

    /// <summary>Declares an input.</summary>
    /// <param name="name">Its name, an identifier of C# that no other input or layer has.</param>
    /// <param name="size">Number of values in one sample, at least 1.</param>
    /// <returns>Its values.</returns>
    /// <exception cref="ArgumentException">The network is run, and the input is missing or has another size.</exception>
    public Signal Input(string name, int size) => _inputs.TryGetValue(name, out double[]? values) && values is not null && values.Length == size
        ? new Signal(this, values)
        : throw new ArgumentException($"The input '{name}' needs {size} values, given {values?.Length ?? 0}.", nameof(name));

    /// <summary>Declares values that are parameters: the same for every sample, and trained, such as log σ of a policy.</summary>
    /// <param name="name">Its name, which no input or layer has: files know it by it.</param>
    /// <param name="size">Number of values, at least 1.</param>
    /// <param name="initial">What they all are at first, a finite number.</param>
    /// <returns>Its values.</returns>
    public Signal Parameter(string name, int size, double initial = 0)
    {
        _ = (name, initial);
        return new Signal(this, Take(size));
    }

    /// <summary>Declares an output. The loss of the network is the sum of the losses of its outputs, each times its weight.</summary>
    /// <param name="name">Its name, an identifier of C# that no other output has.</param>
    /// <param name="signal">Its values.</param>
    /// <param name="loss">Its loss, or <see cref="Loss.None"/> where the caller computes it.</param>
    /// <param name="weight">What the loss is multiplied by, a finite number.</param>
    /// <param name="reduction">How the loss combines the values, for the losses that leave it open.</param>
    /// <param name="delta">The parameter δ of <see cref="Loss.Huber"/>: a finite number above 0, 1 unless given.</param>
    /// <param name="labelSmoothing">The part of a target that <see cref="Loss.CategoricalCrossEntropyWithLogits"/> spreads evenly over its classes: above 0 and below 1; none unless given.</param>
    /// <exception cref="ArgumentNullException"><paramref name="signal"/> is null.</exception>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Output(string name, Signal signal, Loss loss = Loss.None, double weight = 1, Reduction reduction = Reduction.Mean, double? delta = null, double? labelSmoothing = null)
    {
        _ = (loss, weight, reduction, delta, labelSmoothing);
        if (_outputs.ContainsKey(name))
        {
            throw new ArgumentException($"'{name}' is the name of another output.", nameof(name));
        }

        _outputs.Add(name, (double[])(signal ?? throw new ArgumentNullException(nameof(signal))).Values.Clone());
    }

    /// <summary>Declares an output with a loss of the class's own. The loss of the network is the sum of the losses of its outputs, each times its weight.</summary>
    /// <param name="name">Its name, an identifier of C# that no other output has.</param>
    /// <param name="signal">Its values.</param>
    /// <param name="loss">A static method of the class, by its name alone: the loss of one value by its target. NetGen reads and differentiates it; it is never called.</param>
    /// <param name="weight">What the loss is multiplied by, a finite number.</param>
    /// <param name="reduction">How the losses of the values are combined.</param>
    /// <exception cref="ArgumentNullException"><paramref name="signal"/> is null.</exception>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Output(string name, Signal signal, Func<double, double, double> loss, double weight = 1, Reduction reduction = Reduction.Mean)
    {
        _ = loss;
        Output(name, signal, Loss.Own, weight, reduction);
    }

    /// <inheritdoc cref="Output(string, Signal, Func{double, double, double}, double, Reduction)"/>
    public void Output(string name, Signal signal, Func<float, float, float> loss, double weight = 1, Reduction reduction = Reduction.Mean)
    {
        _ = loss;
        Output(name, signal, Loss.Own, weight, reduction);
    }

    /// <summary>Begins a layer.</summary>
    /// <param name="name">Its name, or null.</param>
    /// <param name="sharesWith">The name of the layer whose parameters it has too, or null.</param>
    /// <exception cref="ArgumentException">There is no layer of that name.</exception>
    internal LayerParameters Parameters(string? name, string? sharesWith)
    {
        double[]?[]? known = null;
        if (sharesWith is not null && !_layers.TryGetValue(sharesWith, out known))
        {
            throw new ArgumentException($"There is no layer '{sharesWith}' before this one.", nameof(sharesWith));
        }

        known ??= new double[]?[2];
        if (name is not null)
        {
            _layers[name] = known;
        }

        return new LayerParameters(this, known);
    }

    /// <summary>The next parameters.</summary>
    private double[] Take(int count)
    {
        if (count > _parameters.Count - _next)
        {
            throw new ArgumentException($"The network has more than the {_parameters.Count} parameters that are given.");
        }

        var taken = new double[count];
        for (int index = 0; index < count; index++)
        {
            taken[index] = _parameters[_next + index];
        }

        _next += count;
        return taken;
    }

    /// <summary>The parameters of a layer: the next ones, or those of the layer that it shares them with.</summary>
    internal sealed class LayerParameters
    {
        private readonly Wiring _wiring;

        /// <summary>At most two blocks, as far as they were taken; layers that share parameters have one.</summary>
        private readonly double[]?[] _blocks;
        private int _next;

        /// <summary>Prepares the parameters.</summary>
        public LayerParameters(Wiring wiring, double[]?[] blocks)
        {
            _wiring = wiring;
            _blocks = blocks;
        }

        /// <summary>The next block.</summary>
        /// <exception cref="ArgumentException">The layer that shares it has another number of them.</exception>
        public double[] Take(int count)
        {
            double[] block = _blocks[_next++] ??= _wiring.Take(count);
            return block.Length == count ? block : throw new ArgumentException($"Layers that share parameters need one size; they have {block.Length} and {count}.");
        }
    }
}
