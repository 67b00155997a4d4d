using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Onnx;

namespace NetGen.Models.Tests;

/// <summary>
/// A random file of ONNX, right by its specification: the operators that are read, in the ways in which the versions of the format write them, with values that stay of the size of those in networks.
/// A seed makes the same file everywhere.
/// </summary>
internal sealed partial class RandomModel
{
    /// <summary>Beyond it a value is brought back before anything else is done with it.</summary>
    private const double LargestBound = 6;

    private const int MostSteps = 24;
    private const int MostElements = 48;

    private static readonly int[] Opsets = [9, 10, 11, 12, 13, 14, 16, 17, 18, 20];

    private readonly Random _random;
    private readonly OnnxBuilder _builder;
    private readonly List<Value> _values = [];
    private readonly HashSet<string> _operators = [];
    private int _names;

    private RandomModel(int seed)
    {
        _random = new Random(seed);
        Opset = Pick(Opsets);
        _builder = new OnnxBuilder(Opset, irVersion: 7);
        int inputs = _random.Next(4) == 0 ? 2 : 1;
        for (int input = 0; input < inputs; input++)
        {
            long[] shape = _random.Next(4) == 0 ? [_random.Next(2, 4), _random.Next(2, 5)] : [_random.Next(1, 13)];
            string name = $"in{input}";
            _builder.Input(name, ["batch", .. shape.Cast<object?>()]);
            _values.Add(new Value(name, shape, 2));
        }

        Inputs = [.. _values.Select(value => (value.Name, (int)value.Count))];
        int steps = _random.Next(3, MostSteps);
        for (int step = 0; step < steps; step++)
        {
            Step();
        }

        Outputs = [.. Results()];
        File = _builder.ToBytes();
    }

    /// <summary>The version of the operators.</summary>
    public int Opset { get; }

    /// <summary>The file.</summary>
    public byte[] File { get; }

    /// <summary>The operators in it.</summary>
    public IReadOnlyCollection<string> Operators => _operators;

    /// <summary>Names of the inputs, and how many values of a sample each has.</summary>
    public IReadOnlyList<(string Name, int Size)> Inputs { get; }

    /// <summary>Names of the outputs.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>Makes the file of a seed.</summary>
    public static RandomModel Create(int seed) => new(seed);

    /// <summary>One more value.</summary>
    private void Step()
    {
        // The later ones more often, so that files grow deep.
        Value value = _values[Math.Max(_random.Next(_values.Count), _random.Next(_values.Count))];
        if (value.Bound > LargestBound)
        {
            _values.Add(Squashed(value));
            return;
        }

        Func<Value, Value?> step = Pick(Steps);
        if (step(value) is { } result && result.Count is > 0 and <= MostElements)
        {
            _values.Add(result);
        }
    }

    /// <summary>The last value, sometimes others, and sometimes which of its values is the largest.</summary>
    private IEnumerable<string> Results()
    {
        Value[] others = _values.Count > Inputs.Count && _random.Next(3) == 0 ? [_values[_random.Next(Inputs.Count, _values.Count)]] : [];

        // One is computed, whatever became of the inputs.
        Value[] results = [.. others, _values[^1] with { Name = Emit("Sub", [_values[^1].Name, Constant([], 0.25f)]) }];
        foreach (Value value in results)
        {
            _builder.Output(value.Name, ["batch", .. value.Shape.Cast<object?>()]);
            yield return value.Name;
        }

        if (_random.Next(6) == 0 && results[^1].Shape.Length > 0)
        {
            long[] shape = [.. results[^1].Shape[..^1]];
            string name = Emit("ArgMax", [results[^1].Name], ("axis", _random.Next(2) == 0 ? -1 : shape.Length + 1), ("keepdims", 0));
            _builder.Graph.Message(12, OnnxBuilder.Value(name, OnnxType.Int64, ["batch", .. shape.Cast<object?>()]));
            yield return name;
        }
    }

    private T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    private string Name() => $"v{_names++}";

    /// <summary>A node with one output, whose name this is.</summary>
    private string Emit(string operation, string[] inputs, params (string Name, object Value)[] attributes)
    {
        string name = Name();
        Emit(operation, inputs, [name], attributes);
        return name;
    }

    private void Emit(string operation, string[] inputs, string[] outputs, params (string Name, object Value)[] attributes)
    {
        _operators.Add(operation);
        _builder.Node(operation, inputs, outputs, attributes);
    }

    /// <summary>A node that goes value by value.</summary>
    private Value Node(string operation, Value value, double bound, params (string Name, object Value)[] attributes) =>
        value with { Name = Emit(operation, [value.Name], attributes), Bound = bound };

    /// <summary>A constant, as the file's list has it or as a node.</summary>
    private string Constant(long[] shape, params float[] numbers)
    {
        string name = Name();
        switch (_random.Next(6))
        {
            case 0:
                Emit("Constant", [], [name], ("value", OnnxBuilder.Tensor("", shape, numbers)));
                break;
            case 1 when shape.Length == 0 && Opset >= 12:
                Emit("Constant", [], [name], ("value_float", numbers[0]));
                break;
            case 1 when shape.Length == 1 && Opset >= 12:
                Emit("Constant", [], [name], ("value_floats", numbers));
                break;
            case 2 when numbers.Distinct().Count() == 1 && shape.Length > 0:
                Emit("ConstantOfShape", [Wholes(shape)], [name], ("value", OnnxBuilder.Tensor("", [1], numbers[0])));
                break;
            default:
                _builder.Constant(name, shape, numbers);
                break;
        }

        return name;
    }

    /// <summary>A list of whole numbers.</summary>
    private string Wholes(params long[] numbers)
    {
        string name = Name();
        if (_random.Next(3) == 0)
        {
            Emit("Constant", [], [name], ("value", OnnxBuilder.Tensor("", [numbers.Length], numbers)));
        }
        else
        {
            _builder.Constant(name, [numbers.Length], numbers);
        }

        return name;
    }

    private string Whole(long number)
    {
        string name = Name();
        _builder.Constant(name, [], number);
        return name;
    }

    private float[] Numbers(long count, double bound, double centre = 0) => [.. Enumerable.Range(0, (int)count).Select(_ => (float)(centre + (bound * ((2 * _random.NextDouble()) - 1))))];

    private float[] Weights(long inputs, long count) => Numbers(count, Math.Sqrt(3.0 / inputs));

    /// <summary>Constants that fit a value: one number, one for each element of the last dimension, one for each.</summary>
    private string Fitting(Value value, double bound, double centre = 0)
    {
        long[] shape = _random.Next(4) switch
        {
            0 => [],
            1 => [1],
            2 when value.Shape.Length > 0 => value.Shape[^1..],
            _ => [1, .. value.Shape],
        };
        return Constant(shape, Numbers(shape.Aggregate(1L, (product, size) => product * size), bound, centre));
    }

    /// <summary>An attribute that became an input in a version of the operators.</summary>
    private string ByVersion(string operation, string input, int since, (string Name, long[] Value) list, params (string Name, object Value)[] attributes) => Opset < since
        ? Emit(operation, [input], [(list.Name, list.Value), .. attributes])
        : Emit(operation, [input, Wholes(list.Value)], attributes);

    /// <summary>A tensor of the file.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Shape">Its dimensions behind that of the batch.</param>
    /// <param name="Bound">About how large its values are.</param>
    private sealed record Value(string Name, long[] Shape, double Bound)
    {
        public long Count => Shape.Aggregate(1L, (product, size) => product * size);
    }
}
