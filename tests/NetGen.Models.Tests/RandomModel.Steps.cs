using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Models.Tests;

/// <summary>The steps of which files are made. Each makes another value of one, or null where it cannot.</summary>
internal sealed partial class RandomModel
{
    private const long End = long.MaxValue;

    private IReadOnlyList<Func<Value, Value?>> Steps =>
    [
        Gemm, Gemm, Gemm, MatMul, MatMul, MatMul, Vector, LeftMatMul, Conv,
        Activation, Activation, Activation, Activation, Written, Written, Function, Function, Slopes,
        WithConstant, WithConstant, WithConstant, Pair, Pair, Pair, Sum,
        BatchNormalization, LayerNormalization, WrittenLayerNorm, Normalised, Softmax, Reduce,
        Reshape, Reshape, Flatten, Transpose, Squeeze, Slice, Split, Gather, Concat, Concat, Expand, Tile, Masked, Same,
    ];

    private Value? Gemm(Value value)
    {
        if (value.Shape is not [var inputs])
        {
            return null;
        }

        long units = _random.Next(1, 13);
        bool isTransposed = _random.Next(2) == 0;
        string weight = Constant(isTransposed ? [units, inputs] : [inputs, units], Weights(inputs, units * inputs));
        string[] bias = Opset >= 11 && _random.Next(4) == 0 ? [] : [Pick<Func<string>>([() => Constant([units], Numbers(units, 0.3)), () => Constant([1, units], Numbers(units, 0.3)), () => Constant([], 0.2f)])()];
        (string, object)[] factors = _random.Next(3) == 0 ? [("alpha", 0.5f), ("beta", 2f)] : [];
        return new Value(Emit("Gemm", [value.Name, weight, .. bias], [("transB", isTransposed ? 1 : 0), .. factors]), [units], value.Bound + 0.5);
    }

    private Value? MatMul(Value value)
    {
        if (value.Shape.Length == 0)
        {
            return null;
        }

        long inputs = value.Shape[^1];
        long units = _random.Next(1, 13);
        string weight = Constant([inputs, units], Weights(inputs, inputs * units));
        if (_random.Next(3) == 0)
        {
            weight = Emit("Transpose", [Constant([units, inputs], Weights(inputs, inputs * units))], ("perm", new long[] { 1, 0 }));
        }

        string product = Emit("MatMul", [value.Name, weight]);
        string bias = Constant([units], Numbers(units, 0.3));
        string name = _random.Next(3) switch { 0 => product, 1 => Emit("Add", [product, bias]), _ => Emit("Add", [bias, product]) };
        return new Value(name, [.. value.Shape[..^1], units], value.Bound + 0.5);
    }

    /// <summary>A sum of each row with weights.</summary>
    private Value? Vector(Value value) => value.Shape is not [var rows, var inputs] ? null
        : new Value(Emit("MatMul", [value.Name, Constant([inputs], Weights(inputs, inputs))]), [rows], value.Bound);

    /// <summary>Sums along the rows: the weights are the left factor.</summary>
    private Value? LeftMatMul(Value value)
    {
        if (value.Shape is not [var rows, var columns])
        {
            return null;
        }

        long units = _random.Next(1, 5);
        return new Value(Emit("MatMul", [Constant([units, rows], Weights(rows, units * rows)), value.Name]), [units, columns], value.Bound);
    }

    private Value? Conv(Value value)
    {
        if (value.Shape is not [var channels, var width])
        {
            return null;
        }

        long units = _random.Next(1, 9);
        string[] bias = _random.Next(2) == 0 ? [] : [Constant([units], Numbers(units, 0.3))];
        string kernel = Constant([units, channels, width], Weights(channels * width, units * channels * width));
        return new Value(Emit("Conv", [value.Name, kernel, .. bias], ("kernel_shape", new[] { width })), [units, 1], value.Bound + 0.5);
    }

    private Value? Activation(Value value) => _random.Next(16) switch
    {
        0 => Node("Tanh", value, 1),
        1 => Node("Sigmoid", value, 1),
        2 => Node("Relu", value, value.Bound),
        3 => Node("Softplus", value, value.Bound + 0.7),
        4 => Node("Softsign", value, 1),
        5 => Node("LeakyRelu", value, value.Bound, _random.Next(2) == 0 ? [] : [("alpha", 0.2f)]),
        6 => Node("Elu", value, value.Bound, _random.Next(2) == 0 ? [] : [("alpha", 0.7f)]),
        7 => Node("Selu", value, value.Bound * 1.1 + 1.8),
        8 => Node("HardSigmoid", value, 1, _random.Next(2) == 0 ? [] : [("alpha", 1 / 6f), ("beta", 0.5f)]),
        9 when Opset >= 12 => Node("Celu", value, value.Bound, _random.Next(2) == 0 ? [] : [("alpha", 0.7f)]),
        10 when Opset >= 14 => Node("HardSwish", value, value.Bound),
        11 when Opset >= 18 => Node("Mish", value, value.Bound),
        12 when Opset >= 20 => Node("Gelu", value, value.Bound, _random.Next(2) == 0 ? [] : [("approximate", "tanh")]),
        13 => Node("Erf", value, 1),
        _ => Clipped(value, -1.5f, 2),
    };

    /// <summary>What frameworks write out of several operators.</summary>
    private Value? Written(Value value)
    {
        string x = value.Name;
        string Number(float number) => Constant(_random.Next(2) == 0 ? [] : [1], number);
        string Either(string operation, string left, string right) => _random.Next(2) == 0 ? Emit(operation, [left, right]) : Emit(operation, [right, left]);
        string name = _random.Next(7) switch
        {
            0 => Either("Mul", x, Emit("Sigmoid", [x])),
            1 => Either("Mul", Either("Mul", x, Number(0.5f)), Either("Add", Emit("Erf", [Emit("Div", [x, Number(1.41421356f)])]), Number(1))),
            2 => Either("Mul", Number(0.5f), Either("Mul", x, Either("Add", Number(1), Emit("Tanh", [Either("Mul", Number(0.7978845608f), Either("Add", x, Either("Mul", Number(0.044715f), Emit("Pow", [x, Number(3)]))))])))),
            3 => Either("Mul", x, Emit("Tanh", [Emit("Softplus", [x])])),
            4 => Emit("Div", [Either("Mul", x, Clipped(value with { Name = Either("Add", x, Number(3)) }, 0, 6).Name), Number(6)]),
            5 => Emit("Log", [Either("Add", Emit("Exp", [x]), Number(1))]),
            _ => Emit("Reciprocal", [Either("Add", Emit("Exp", [Emit("Neg", [x])]), Number(1))]),
        };
        return value with { Name = name, Bound = value.Bound + 1 };
    }

    /// <summary>Functions, where they are tame.</summary>
    private Value? Function(Value value)
    {
        string Positive() => Emit("Add", [Emit("Abs", [value.Name]), Constant([], 0.5f)]);
        return _random.Next(10) switch
        {
            0 => Node("Neg", value, value.Bound),
            1 => Node("Abs", value, value.Bound),
            2 => Node("Sin", value, 1),
            3 => Node("Cos", value, 1),
            4 when value.Bound <= 2 => Node("Exp", value, Math.Exp(value.Bound)),
            5 => value with { Name = Emit("Log", [Positive()]), Bound = 2 },
            6 => value with { Name = Emit("Sqrt", [Positive()]), Bound = value.Bound + 0.5 },
            7 => value with { Name = Emit("Reciprocal", [Positive()]), Bound = 2 },
            8 => value with { Name = Emit("Pow", [Positive(), Constant([], Pick([0.5f, -0.5f, -1f]))]), Bound = value.Bound + 2 },
            _ => value with { Name = Emit("Pow", [value.Name, Constant([], Pick([2f, 3f]))]), Bound = Math.Pow(value.Bound, 3) },
        };
    }

    private Value? Slopes(Value value) => value.Shape.Length == 0 ? null
        : value with { Name = Emit("PRelu", [value.Name, _random.Next(2) == 0 ? Constant([1], 0.2f) : Constant([value.Shape[^1]], Numbers(value.Shape[^1], 0.4))]) };

    private Value? WithConstant(Value value)
    {
        string Either(string operation, string constant) => _random.Next(2) == 0 ? Emit(operation, [value.Name, constant]) : Emit(operation, [constant, value.Name]);
        return _random.Next(6) switch
        {
            0 => value with { Name = Either("Add", Fitting(value, 1)), Bound = value.Bound + 1 },
            1 => value with { Name = Either("Sub", Fitting(value, 1)), Bound = value.Bound + 1 },
            2 => value with { Name = Either("Mul", Fitting(value, 1.5)), Bound = value.Bound * 1.5 },
            3 => value with { Name = Emit("Div", [value.Name, Fitting(value, 0.5, 1)]), Bound = value.Bound * 2 },
            4 => value with { Name = Either("Min", Constant([], 0.7f)) },
            _ => value with { Name = Either("Max", Constant([1], -0.6f)) },
        };
    }

    private Value? Pair(Value value)
    {
        Value[] others = [.. _values.Where(other => other.Bound <= LargestBound && (other.Shape.SequenceEqual(value.Shape) || (other.Shape.Length == value.Shape.Length && other.Count == 1)))];
        Value other = Pick(others.Length == 0 ? [value] : others);
        return _random.Next(3) switch
        {
            0 => value with { Name = Emit("Add", [value.Name, other.Name]), Bound = value.Bound + other.Bound },
            1 => value with { Name = Emit("Sub", [other.Name, value.Name]), Bound = value.Bound + other.Bound },
            _ => value with { Name = Emit("Mul", [value.Name, other.Name]), Bound = value.Bound * other.Bound },
        };
    }

    private Value? Sum(Value value)
    {
        Value[] others = [.. _values.Where(other => other.Bound <= LargestBound && other.Shape.SequenceEqual(value.Shape)).Take(3)];
        return value with { Name = Emit("Sum", [value.Name, .. others.Select(other => other.Name)]), Bound = value.Bound + others.Sum(other => other.Bound) };
    }

    private Value? BatchNormalization(Value value)
    {
        if (value.Shape.Length == 0)
        {
            return null;
        }

        long channels = value.Shape[0];
        string[] parameters =
        [
            Constant([channels], Numbers(channels, 0.5, 1)), Constant([channels], Numbers(channels, 0.5)),
            Constant([channels], Numbers(channels, 0.5)), Constant([channels], Numbers(channels, 0.5, 1)),
        ];
        return value with { Name = Emit("BatchNormalization", [value.Name, .. parameters], ("epsilon", 1e-4f)), Bound = (2 * value.Bound) + 1 };
    }

    private Value? LayerNormalization(Value value)
    {
        if (Opset < 17 || value.Shape.Length == 0)
        {
            return null;
        }

        bool isWhole = _random.Next(2) == 0;
        long[] group = isWhole ? value.Shape : value.Shape[^1..];
        long count = group.Aggregate(1L, (product, size) => product * size);
        string[] bias = _random.Next(2) == 0 ? [] : [Constant(group, Numbers(count, 0.5))];
        string name = Emit("LayerNormalization", [value.Name, Constant(group, Numbers(count, 0.5, 1)), .. bias], ("axis", isWhole ? 1 : -1), ("epsilon", 1e-3f));
        return value with { Name = name, Bound = 3 };
    }

    private Value? WrittenLayerNorm(Value value)
    {
        if (value.Shape.Length == 0)
        {
            return null;
        }

        string Mean(string of) => ByVersion("ReduceMean", of, 18, ("axes", [-1]), ("keepdims", 1));
        string centred = Emit("Sub", [value.Name, Mean(value.Name)]);
        string square = _random.Next(2) == 0 ? Emit("Mul", [centred, centred]) : Emit("Pow", [centred, Constant([], 2)]);
        string deviation = Emit("Sqrt", [Emit("Add", [Mean(square), Constant([], 1e-3f)])]);
        string normalised = Emit("Div", [centred, deviation]);
        long units = value.Shape[^1];
        string name = _random.Next(2) == 0 ? normalised
            : Emit("Add", [Emit("Mul", [normalised, Constant([units], Numbers(units, 0.5, 1))]), Constant([units], Numbers(units, 0.5))]);
        return value with { Name = name, Bound = 3 };
    }

    /// <summary>An observation as policies take it.</summary>
    private Value? Normalised(Value value)
    {
        string name = Emit("Div", [Emit("Sub", [value.Name, Fitting(value, 1)]), Fitting(value, 0.5, 1)]);
        return Clipped(value with { Name = name, Bound = 2 * (value.Bound + 1) }, -5, 5);
    }

    private Value? Softmax(Value value)
    {
        if (value.Shape.Length == 0)
        {
            return null;
        }

        bool isLog = _random.Next(2) == 0;
        (string, object)[] axis = _random.Next(3) == 0 ? [] : [("axis", Opset < 13 ? _random.Next(1, value.Shape.Length + 1) : Pick([-1, value.Shape.Length]))];
        return Node(isLog ? "LogSoftmax" : "Softmax", value, isLog ? value.Bound + 3 : 1, axis);
    }

    private Value? Reduce(Value value)
    {
        if (value.Shape.Length == 0)
        {
            return null;
        }

        bool isMean = _random.Next(2) == 0;
        bool keeps = value.Shape.Length == 1 || _random.Next(2) == 0;
        int axis = _random.Next(1, value.Shape.Length + 1);
        long[] shape = [.. value.Shape.Select((size, at) => at == axis - 1 ? keeps ? 1 : 0 : size).Where(size => size > 0)];
        string name = ByVersion(isMean ? "ReduceMean" : "ReduceSum", value.Name, isMean ? 18 : 13, ("axes", [_random.Next(2) == 0 ? axis : axis - value.Shape.Length - 1]), ("keepdims", keeps ? 1 : 0));
        return new Value(name, shape, isMean ? value.Bound : value.Bound * Math.Sqrt(value.Shape[axis - 1]));
    }

    private Value Clipped(Value value, float low, float high)
    {
        string name = Opset < 11 ? Emit("Clip", [value.Name], ("min", low), ("max", high))
            : _random.Next(4) == 0 ? Emit("Clip", [Emit("Clip", [value.Name, "", Constant([], high)]), Constant([], low)])
            : Emit("Clip", [value.Name, Constant([], low), Constant([], high)]);
        return value with { Name = name, Bound = Math.Max(-low, high) };
    }

    private Value Squashed(Value value) => _random.Next(4) switch
    {
        0 => Node("Tanh", value, 1),
        1 => Node("Softsign", value, 1),
        2 => Clipped(value, -4, 4),
        _ => value with { Name = Emit("Div", [value.Name, Constant([], (float)value.Bound)]), Bound = 1 },
    };
}
