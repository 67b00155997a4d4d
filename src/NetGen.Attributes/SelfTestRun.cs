using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;

namespace NetGen;

/// <summary>What generated code hands over to test itself: the same network twice, in double precision and as it computes.</summary>
/// <typeparam name="T">The number type of the network.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SelfTestRun<T>
    where T : unmanaged
{
    /// <summary>Samples whose derivatives are compared.</summary>
    private const int Samples = 2;

    /// <summary>Samples of the batch: more than fit a vector.</summary>
    private const int BatchSamples = 17;

    /// <summary>Most multiply-adds that the finite differences may cost, roughly; a larger network is checked at a part of its parameters.</summary>
    private const double MostMultiplyAdds = 3e7;

    /// <summary>Parameters that are checked of each kind even then.</summary>
    private const int FewestOfAKind = 6;

    private const double LearningRate = 1.0 / 64;

    /// <summary>A slope counts where a kink disturbs it by less than this share of what is allowed.</summary>
    private const double DisturbanceShare = 8;

    private readonly ParameterBuffer<T> _parameters;
    private readonly ParameterLayout _layout;
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly int _traceLength;
    private readonly Func<double[], double[], double[], double[], double> _reference;
    private readonly bool _isInitialized;
    private readonly double[] _theta;
    private readonly SelfTestFindings _findings = new SelfTestFindings(typeof(T) == typeof(float));
    private SplitMix64 _random = new SplitMix64(20261124);

    /// <summary>Prepares a test.</summary>
    /// <param name="parameters">The network's parameters, which stay as they are; where all are 0, initial values stand in for them.</param>
    /// <param name="traceLength">Values in a trace.</param>
    /// <param name="reference">The network in double precision: from parameters in canonical order, an input and a target to the outputs, which it writes, and the loss.</param>
    public SelfTestRun(ParameterBuffer<T> parameters, int traceLength, Func<double[], double[], double[], double[], double> reference)
    {
        _layout = (parameters ?? throw new ArgumentNullException(nameof(parameters))).Layout;
        _reference = reference;
        _traceLength = traceLength;
        _inputs = _layout.InputCount;
        _outputs = _layout.OutputCount;
        _parameters = new ParameterBuffer<T>(_layout);
        _parameters.CopyFrom(parameters);
        _theta = Canonical(_parameters);
        if (_theta.All(value => value == 0))
        {
            _parameters.Initialize(1);
            _theta = Canonical(_parameters);
            _isInitialized = true;
        }
    }

    /// <summary>Forward with a trace: parameters, input, output, trace.</summary>
    public Action<ParameterBuffer<T>, T[], T[], T[]>? Forward { get; set; }

    /// <summary>The vector-Jacobian product: parameters, input, trace, dL/da, gradient, dL/dx.</summary>
    public Action<ParameterBuffer<T>, T[], T[], T[], ParameterBuffer<T>, T[]>? Product { get; set; }

    /// <summary>Loss and gradient: parameters, input, target, gradient, its factor, dL/dx.</summary>
    public Func<ParameterBuffer<T>, T[], T[], ParameterBuffer<T>, T, T[], T>? Gradient { get; set; }

    /// <summary>The outputs of a batch: parameters, inputs, outputs, samples.</summary>
    public Action<ParameterBuffer<T>, T[], T[], int>? ForwardBatch { get; set; }

    /// <summary>Summed loss and mean gradient of a batch: parameters, inputs, targets, gradient, samples, 1/samples, every dL/dx.</summary>
    public Func<ParameterBuffer<T>, T[], T[], ParameterBuffer<T>, int, T, T[], T>? GradientBatch { get; set; }

    /// <summary>Runs the test.</summary>
    /// <returns>What it found.</returns>
    public SelfTestReport Report()
    {
        for (int sample = 0; sample < Samples; sample++)
        {
            CheckSample();
        }

        CheckBatch();
        return _findings.Report(_isInitialized ? "as after Initialize(1)" : "as they are");
    }

    private void CheckSample()
    {
        T[] input = Numbers(_inputs, -1);
        T[] target = Numbers(_outputs, 0);
        T[] direction = Numbers(_outputs, -1);
        double[] x = ToDouble(input);
        double[] y = ToDouble(target);
        double[] v = ToDouble(direction);
        var a = new double[_outputs];
        double Loss() => _reference(_theta, x, y, a);
        double Projection()
        {
            _reference(_theta, x, y, a);
            return a.Select((value, unit) => value * v[unit]).Sum();
        }

        double loss = Loss();
        var output = new T[_outputs];
        var trace = new T[_traceLength];
        Forward!(_parameters, input, output, trace);
        _findings.Compare(a, ToDouble(output), 1, unit => $"a, unit {unit}");

        var gradient = new ParameterBuffer<T>(_layout);
        var inputGradient = new T[_inputs];
        Product!(_parameters, input, trace, direction, gradient, inputGradient);
        CheckSlopes("d(v·a)", x, Projection, gradient, inputGradient);
        if (Gradient is null)
        {
            return;
        }

        gradient.Clear();
        double computed = ToDouble(Gradient(_parameters, input, target, gradient, FromDouble(1), inputGradient));
        _findings.Compare(new[] { loss }, new[] { computed }, 1, _ => "L");
        CheckSlopes("dL", x, Loss, gradient, inputGradient);

        var stepped = new ParameterBuffer<T>(_layout);
        stepped.CopyFrom(_parameters);
        Gradient(stepped, input, target, stepped, FromDouble(-LearningRate), inputGradient);
        double[] slopes = Canonical(gradient);
        _findings.Compare(_theta.Select((value, index) => value - (LearningRate * slopes[index])).ToArray(), Canonical(stepped), 1, index => $"after a step, {ParameterName("θ", index)}");
    }

    /// <summary>Compares a gradient with finite differences, kind by kind.</summary>
    private void CheckSlopes(string what, double[] x, Func<double> function, ParameterBuffer<T> gradient, T[] inputGradient)
    {
        double middle = function();
        double[] slopes = Canonical(gradient);
        foreach (ParameterBlock block in _layout.Blocks)
        {
            if (block.IsTrained)
            {
                CheckKind(what, _theta, block.FirstParameter, block.Count, middle, function, slopes);
            }
            else
            {
                _findings.Compare(new double[block.Count], slopes.Skip(block.FirstParameter).Take(block.Count).ToArray(), 1, index => ParameterName(what + "/d", block.FirstParameter + index));
            }
        }

        Compare(x, Sampled(0, _inputs), middle, function, ToDouble(inputGradient), index => $"{what}/dx, input {index}");
    }

    private void CheckKind(string what, double[] variables, int first, int count, double middle, Func<double> function, double[] slopes) =>
        Compare(variables, Sampled(first, count), middle, function, slopes, index => ParameterName(what + "/d", index));

    private void Compare(double[] variables, int[] places, double middle, Func<double> function, double[] computed, Func<int, string> name)
    {
        // Whether a slope counts is decided without a look at what the network computed.
        double size = Math.Max(1, Math.Abs(middle));
        FiniteDifference[] slopes = places.Select(place => FiniteDifference.Of(variables, place, middle, function)).ToArray();
        double largest = slopes.Select(slope => Math.Abs(slope.Slope)).Where(slope => slope <= double.MaxValue).DefaultIfEmpty(0).Max();
        double uncertainty = FiniteDifference.Uncertainty * size;
        double most = _findings.Allowed(largest, size, uncertainty) / DisturbanceShare;
        double[] expected = slopes.Select(slope => slope.Disturbance <= most ? slope.Slope : double.NaN).ToArray();
        _findings.Compare(expected, places.Select(place => computed[place]).ToArray(), size, index => name(places[index]), uncertainty);
    }

    /// <summary>Which of a kind are checked: all, or some at equal distances where the network is large.</summary>
    private int[] Sampled(int first, int count)
    {
        // Two functions of each sample, and four values of a function for each slope.
        double each = 8.0 * Samples * _layout.ParameterCount;
        double share = MostMultiplyAdds / each / (_layout.ParameterCount + _inputs);
        int number = (int)Math.Min(count, Math.Max(FewestOfAKind, Math.Ceiling(share * count)));
        return Enumerable.Range(0, number).Select(index => first + (int)((long)index * count / number)).ToArray();
    }

    /// <summary>A batch has the values of its samples.</summary>
    private void CheckBatch()
    {
        T[] inputs = Numbers(_inputs * BatchSamples, -1);
        T[] targets = Numbers(_outputs * BatchSamples, 0);
        var expectedOutputs = new List<double>();
        var expectedInputs = new List<double>();
        var gradient = new ParameterBuffer<T>(_layout);
        var trace = new T[_traceLength];
        double loss = 0;
        for (int sample = 0; sample < BatchSamples; sample++)
        {
            T[] input = inputs.Skip(sample * _inputs).Take(_inputs).ToArray();
            var output = new T[_outputs];
            var inputGradient = new T[_inputs];
            Forward!(_parameters, input, output, trace);
            expectedOutputs.AddRange(ToDouble(output));
            if (Gradient is not null)
            {
                T[] target = targets.Skip(sample * _outputs).Take(_outputs).ToArray();
                loss += ToDouble(Gradient(_parameters, input, target, gradient, FromDouble(1.0 / BatchSamples), inputGradient));
                expectedInputs.AddRange(ToDouble(inputGradient));
            }
        }

        if (ForwardBatch is not null)
        {
            var outputs = new T[_outputs * BatchSamples];
            ForwardBatch(_parameters, inputs, outputs, BatchSamples);
            _findings.Compare(expectedOutputs.ToArray(), ToDouble(outputs), 1, index => $"batch: a, sample {index / _outputs}, unit {index % _outputs}");
        }

        if (GradientBatch is not null)
        {
            var mean = new ParameterBuffer<T>(_layout);
            var inputGradients = new T[_inputs * BatchSamples];
            double sum = ToDouble(GradientBatch(_parameters, inputs, targets, mean, BatchSamples, FromDouble(1.0 / BatchSamples), inputGradients));
            _findings.Compare(new[] { loss }, new[] { sum }, 1, _ => "batch: L");
            _findings.Compare(Canonical(gradient), Canonical(mean), 1, index => "batch: " + ParameterName("dL/d", index));
            _findings.Compare(expectedInputs.ToArray(), ToDouble(inputGradients), 1, index => $"batch: dL/dx, sample {index / _inputs}, input {index % _inputs}");
        }
    }

    /// <summary>A parameter by its place in canonical order, such as <c>dL/dW2, unit 0, input 3</c>.</summary>
    private string ParameterName(string prefix, int index)
    {
        foreach (ParameterBlock block in _layout.Blocks)
        {
            int parameter = index - block.FirstParameter;
            if (parameter < block.Count)
            {
                bool isMatrix = block.Shape.Count == 2;
                string letter = block.Role == ParameterRole.Statistic ? block.Name.Substring(block.Name.LastIndexOf('.') + 1)
                    : block.Role == ParameterRole.Bias ? "b"
                    : isMatrix ? "W" : "w";
                return isMatrix
                    ? $"{prefix}{letter}{block.Layer + 1}, unit {parameter / block.Shape[1]}, input {parameter % block.Shape[1]}"
                    : $"{prefix}{letter}{block.Layer + 1}, unit {parameter}";
            }
        }

        return prefix;
    }

    /// <summary>Numbers from a bound to 1 that the network's number type holds.</summary>
    private T[] Numbers(int count, int least)
    {
        var numbers = new T[count];
        for (int index = 0; index < count; index++)
        {
            double signed = _random.NextSigned();
            numbers[index] = FromDouble(least < 0 ? signed : (signed + 1) / 2);
        }

        return numbers;
    }

    private static double[] Canonical(ParameterBuffer<T> buffer)
    {
        var values = new T[buffer.Layout.ParameterCount];
        buffer.CopyTo(values);
        return ToDouble(values);
    }

    private static double[] ToDouble(T[] values) => values.Select(ToDouble).ToArray();

    private static double ToDouble(T value) => typeof(T) == typeof(float) ? (float)(object)value : (double)(object)value;

    private static T FromDouble(double value) => typeof(T) == typeof(float) ? (T)(object)(float)value : (T)(object)value;
}
