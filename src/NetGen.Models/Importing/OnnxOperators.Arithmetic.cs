using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Importing;

/// <summary>Operators that go value by value.</summary>
internal sealed partial class OnnxOperators
{
    private void AddArithmetic()
    {
        foreach ((string name, ScalarOperator operation) in new[]
        {
            ("Neg", ScalarOperator.Negate), ("Abs", ScalarOperator.Absolute), ("Sqrt", ScalarOperator.SquareRoot), ("Exp", ScalarOperator.Exp), ("Log", ScalarOperator.Log),
            ("Sin", ScalarOperator.Sin), ("Cos", ScalarOperator.Cos), ("Erf", ScalarOperator.Erf), ("Tanh", ScalarOperator.Tanh), ("Sigmoid", ScalarOperator.Sigmoid),
            ("Softplus", ScalarOperator.Softplus), ("Softsign", ScalarOperator.Softsign), ("Relu", ScalarOperator.Relu), ("Mish", ScalarOperator.Mish), ("HardSwish", ScalarOperator.HardSwish),
        })
        {
            _known.Add(name, node => Map(node, value => Scalar.Apply(operation, value)));
        }

        _known.Add("Reciprocal", node => Map(node, value => Scalar.Apply(ScalarOperator.Divide, Scalar.Number(1), value)));
        _known.Add("LeakyRelu", node => WithAlpha(node, ScalarOperator.LeakyRelu, 0.01));
        _known.Add("Elu", node => WithAlpha(node, ScalarOperator.Elu, 1));
        _known.Add("Celu", node => WithAlpha(node, ScalarOperator.Celu, 1));
        _known.Add("Selu", Selu);
        _known.Add("HardSigmoid", HardSigmoid);
        _known.Add("Gelu", node => Map(node, value => Scalar.Apply(node.Text("approximate", "none") == "tanh" ? ScalarOperator.GeluTanh : ScalarOperator.Gelu, value)));
        _known.Add("Swish", Swish);
        _known.Add("PRelu", PRelu);
        _known.Add("Clip", Clip);
        _known.Add("Pow", Pow);
        foreach ((string name, ScalarOperator operation) in new[]
        {
            ("Add", ScalarOperator.Add), ("Sub", ScalarOperator.Subtract), ("Mul", ScalarOperator.Multiply), ("Div", ScalarOperator.Divide),
        })
        {
            _known.Add(name, node => Combine(operation, node.Tensor(0), Aligned(node)));
        }

        foreach ((string name, ScalarOperator operation) in new[] { ("Sum", ScalarOperator.Add), ("Min", ScalarOperator.Minimum), ("Max", ScalarOperator.Maximum) })
        {
            _known.Add(name, node => Enumerable.Range(0, node.Count).Select(node.Tensor).Aggregate((all, next) => Combine(operation, all, next)));
        }
    }

    private Tensor Map(NodeReader node, Func<Scalar, Scalar> formula)
    {
        Tensor tensor = node.Tensor(0);
        return tensor.IsInteger && !tensor.IsKnown ? throw new ImportException("it computes with whole numbers that are computed")
            : tensor.IsKnown && tensor.Values is null ? throw new ImportException("it computes with the size of the batch")
            : _builder.Map(tensor, formula);
    }

    private Tensor WithAlpha(NodeReader node, ScalarOperator operation, double otherwise)
    {
        double alpha = node.Real("alpha", otherwise);
        return Map(node, value => Scalar.Apply(operation, alpha, value));
    }

    private Tensor Selu(NodeReader node)
    {
        double alpha = node.Real("alpha", ScalarFunctions.SeluAlpha);
        double gamma = node.Real("gamma", ScalarFunctions.SeluScale);

        // The constants have had more and fewer digits.
        bool isUsual = Math.Abs(alpha - ScalarFunctions.SeluAlpha) < 1e-5 && Math.Abs(gamma - ScalarFunctions.SeluScale) < 1e-5;
        return Map(node, value => isUsual
            ? Scalar.Apply(ScalarOperator.Selu, value)
            : Scalar.Apply(ScalarOperator.Multiply, Scalar.Apply(ScalarOperator.Elu, alpha, value), Scalar.Number(gamma)));
    }

    private Tensor HardSigmoid(NodeReader node)
    {
        double alpha = node.Real("alpha", 0.2f);
        double beta = node.Real("beta", 0.5);

        // PyTorch's, x/6 + 1/2, has a name here.
        bool isUsual = Math.Abs(alpha - 1.0 / 6) < 1e-7 && beta == 0.5;
        return Map(node, value => isUsual
            ? Scalar.Apply(ScalarOperator.HardSigmoid, value)
            : Between(Scalar.Apply(ScalarOperator.Add, Scalar.Apply(ScalarOperator.Multiply, value, Scalar.Number(alpha)), Scalar.Number(beta)), 0, 1));
    }

    private Tensor Swish(NodeReader node)
    {
        double alpha = node.Real("alpha", 1);
        return Map(node, value => Scalar.Apply(ScalarOperator.Multiply, value, Scalar.Apply(ScalarOperator.Sigmoid, Scalar.Apply(ScalarOperator.Multiply, value, Scalar.Number(alpha)))));
    }

    /// <summary><c>max(x, 0) + slope ⊙ min(x, 0)</c>.</summary>
    private Tensor PRelu(NodeReader node)
    {
        Tensor tensor = node.Tensor(0);
        double[] slopes = node.Constants(1, "the slope");
        if (slopes.Length == 1)
        {
            return Map(node, value => Scalar.Apply(ScalarOperator.LeakyRelu, slopes[0], value));
        }

        Tensor low = Combine(ScalarOperator.Multiply, _builder.Map(tensor, value => Scalar.Apply(ScalarOperator.Minimum, value, Scalar.Number(0))), node.Tensor(1));
        return Combine(ScalarOperator.Add, _builder.Map(tensor, value => Scalar.Apply(ScalarOperator.Relu, value)), low);
    }

    private Tensor Clip(NodeReader node)
    {
        double Limit(int input, string attribute, double otherwise) => node.Optional(input) is null
            ? node.Real(attribute, otherwise)
            : node.Constants(input, "a limit") is { Length: 1 } values ? values[0] : throw new ImportException("a limit is not one number");
        double low = Limit(1, "min", double.NegativeInfinity);
        double high = Limit(2, "max", double.PositiveInfinity);
        return node.Tensor(0).IsKnown && node.Tensor(0).Values is null ? node.Tensor(0) : Map(node, value => Between(value, low, high));
    }

    /// <summary>A value that is moved between two limits; those of the type of the numbers are none.</summary>
    private static Scalar Between(Scalar value, double low, double high)
    {
        Scalar above = low <= float.MinValue ? value
            : low == 0 ? Scalar.Apply(ScalarOperator.Relu, value)
            : Scalar.Apply(ScalarOperator.Maximum, value, Scalar.Number(low));
        return high >= float.MaxValue ? above : Scalar.Apply(ScalarOperator.Minimum, above, Scalar.Number(high));
    }

    private Tensor Pow(NodeReader node)
    {
        if (node.Constants(1, "the exponent") is not { Length: 1 } exponents)
        {
            throw new ImportException("it has several exponents");
        }

        double exponent = exponents[0];
        return exponent is >= 1 and <= 64 && exponent == Math.Floor(exponent) ? Map(node, value => Scalar.Apply(ScalarOperator.Power, exponent, value))
            : exponent == 0.5 ? Map(node, value => Scalar.Apply(ScalarOperator.SquareRoot, value))
            : exponent == -0.5 ? Map(node, value => Scalar.Apply(ScalarOperator.Divide, Scalar.Number(1), Scalar.Apply(ScalarOperator.SquareRoot, value)))
            : exponent == -1 ? Map(node, value => Scalar.Apply(ScalarOperator.Divide, Scalar.Number(1), value))
            : throw new ImportException($"its exponent is {exponent}; whole ones from 1 to 64, ½, −½ and −1 are read");
    }

    /// <summary>The second operand, which had to be aligned by an attribute in the first versions.</summary>
    private Tensor Aligned(NodeReader node)
    {
        Tensor left = node.Tensor(0);
        Tensor right = node.Tensor(1);
        if (_opset >= 7 || node.Integer("broadcast", 0) == 0 || !node.Has("axis"))
        {
            return right;
        }

        int behind = left.Rank - node.Axis("axis", 0, left.Rank) - right.Rank;
        return behind < 0 ? throw new ImportException($"{right} does not fit {left}") : right.In(right.Dimensions.Concat(Enumerable.Repeat(new Dimension(1), behind)).ToArray());
    }

    /// <summary>Two tensors, each repeated along the dimensions in which it is 1.</summary>
    private Tensor Combine(ScalarOperator operation, Tensor left, Tensor right)
    {
        if (left.IsKnown && right.IsKnown)
        {
            bool isInteger = left.IsInteger && right.IsInteger;
            return Combine(left, right, (x, y) => Compute(operation, x, y, isInteger), isInteger);
        }

        if (left.IsInteger && !left.IsKnown || right.IsInteger && !right.IsKnown)
        {
            throw new ImportException("it computes with whole numbers that are computed");
        }

        // Samples of one size with which the model was exported meet as samples.
        IReadOnlyList<Dimension> dimensions = Dimensions(left, right);
        Tensor one = Strides.Expand(left, dimensions);
        Tensor other = Strides.Expand(right, dimensions);

        // Noise whose mean is 0, times its deviation.
        bool isNothing = operation == ScalarOperator.Multiply && new[] { one, other }.Any(tensor => tensor.Values is { } values && Array.TrueForAll(values, value => value == 0));
        return isNothing ? Filled(dimensions, 0, isInteger: false) : _builder.Combine(operation, one, other);
    }
}
