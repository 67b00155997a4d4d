using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NetGen.Models.Graphs;

/// <summary>Formulas as static methods of a class, which NetGen reads: one for each formula, and one for each activation within them.</summary>
internal sealed class FormulaText
{
    private const int Choice = -1;
    private const int Sum = 0;
    private const int Product = 1;
    private const int Sign = 2;
    private const int Value = 3;

    private readonly Dictionary<Scalar, string> _names = new();
    private readonly SortedDictionary<string, string> _helpers = new(StringComparer.Ordinal);
    private readonly List<string> _methods = new();

    /// <summary>All methods so far, a line for each.</summary>
    public IEnumerable<string> Methods => _methods.Concat(_helpers.Values);

    /// <summary>A number as C# reads it again.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The name of the method of a formula.</summary>
    public string Name(Scalar formula)
    {
        if (!_names.TryGetValue(formula, out string? name))
        {
            name = "F" + (_names.Count + 1).ToString(CultureInfo.InvariantCulture);
            _names.Add(formula, name);
            _methods.Add($"private static double {name}(double z) => {Text(formula, Choice)};");
        }

        return name;
    }

    /// <summary>An expression, in parentheses where it binds less than it must.</summary>
    private string Text(Scalar formula, int least)
    {
        (string text, int binds) = formula switch
        {
            ScalarNumber { Value: var number } => (Number(number), number < 0 ? Sign : Value),
            ScalarOperation operation => Operation(operation),
            ScalarParameter => ("alpha", Value),
            _ => ("z", Value),
        };
        return binds < least ? $"({text})" : text;
    }

    private (string Text, int Binds) Operation(ScalarOperation operation)
    {
        Scalar x = operation.Operands[0];
        Scalar? y = operation.Operands.Count > 1 ? operation.Operands[1] : null;
        (string, int) Call(string method, params string[] more) =>
            ($"{method}({string.Join(", ", operation.Operands.Select(operand => Text(operand, Sum)).Concat(more))})", Value);
        return operation.Operator switch
        {
            ScalarOperator.Negate => ("-" + Text(x, Value), Sign),
            ScalarOperator.Add => ($"{Text(x, Sum)} + {Text(y!, Product)}", Sum),
            ScalarOperator.Subtract => ($"{Text(x, Sum)} - {Text(y!, Product)}", Sum),
            ScalarOperator.Multiply => ($"{Text(x, Product)} * {Text(y!, Sign)}", Product),
            ScalarOperator.Divide => ($"{Text(x, Product)} / {Text(y!, Sign)}", Product),
            ScalarOperator.Minimum => Call("Math.Min"),
            ScalarOperator.Maximum => Call("Math.Max"),
            ScalarOperator.Power => Call("Math.Pow", Number(operation.Alpha)),
            ScalarOperator.Absolute => Call("Math.Abs"),
            ScalarOperator.SquareRoot => Call("Math.Sqrt"),
            ScalarOperator.Exp => Call("Math.Exp"),
            ScalarOperator.Log => Call("Math.Log"),
            ScalarOperator.Sin => Call("Math.Sin"),
            ScalarOperator.Cos => Call("Math.Cos"),
            ScalarOperator.Tanh => Call("Math.Tanh"),
            ScalarOperator.Erf => Call("StrictMath.Erf"),
            ScalarOperator.Sigmoid => Call("StrictMath.Sigmoid"),
            ScalarOperator.Softplus => Call("StrictMath.Softplus"),
            ScalarOperator.Expm1 => Call("StrictMath.Expm1"),
            ScalarOperator.Erfc => Call("StrictMath.Erfc"),
            ScalarOperator.Positive => ($"{Text(x, Sum)} > 0 ? {Text(y!, Sum)} : {Text(operation.Operands[2], Sum)}", Choice),
            _ => Call(Helper(operation.Operator), ScalarExpansion.HasParameter(operation.Operator) ? new[] { Number(operation.Alpha) } : Array.Empty<string>()),
        };
    }

    /// <summary>The method of an activation that C# has no function for.</summary>
    private string Helper(ScalarOperator operation)
    {
        Scalar formula = ScalarExpansion.Of(operation) ?? throw new InvalidOperationException($"{operation} has no formula.");
        string name = operation.ToString();
        string parameters = ScalarExpansion.HasParameter(operation) ? "double z, double alpha" : "double z";
        _helpers[name] = $"private static double {name}({parameters}) => {Text(formula, Choice)};";
        return name;
    }
}
