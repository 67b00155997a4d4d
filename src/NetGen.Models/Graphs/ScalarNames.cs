using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NetGen.Models.Graphs;

/// <summary>
/// Formulas that have a name, however a file writes them: x · Sigmoid(x) is SiLU. They are known by a text in which the order of factors and terms does not matter, and numbers have six digits, for files have
/// them in single precision.
/// </summary>
internal static class ScalarNames
{
    private static readonly Dictionary<string, Scalar> Named = All().ToDictionary(pair => Text(pair.Written), pair => pair.Named, StringComparer.Ordinal);

    /// <summary>A formula by its name, if it has one, or as it is.</summary>
    public static Scalar Known(Scalar formula) => Named.TryGetValue(Text(formula), out Scalar? known) ? known : formula;

    private static IEnumerable<(Scalar Written, Scalar Named)> All()
    {
        Scalar x = Scalar.Variable;
        Scalar Number(double value) => Scalar.Number(value);
        Scalar Of(ScalarOperator operation, params Scalar[] operands) => Scalar.Apply(operation, operands);
        Scalar Plus(Scalar one, Scalar other) => Of(ScalarOperator.Add, one, other);
        Scalar Times(Scalar one, Scalar other) => Of(ScalarOperator.Multiply, one, other);
        Scalar Between(Scalar value, double high) => Of(ScalarOperator.Minimum, Of(ScalarOperator.Relu, value), Number(high));

        yield return (Times(x, Of(ScalarOperator.Sigmoid, x)), Of(ScalarOperator.Silu, x));
        yield return (Of(ScalarOperator.Divide, x, Plus(Of(ScalarOperator.Exp, Of(ScalarOperator.Negate, x)), Number(1))), Of(ScalarOperator.Silu, x));
        yield return (Of(ScalarOperator.Divide, Number(1), Plus(Of(ScalarOperator.Exp, Of(ScalarOperator.Negate, x)), Number(1))), Of(ScalarOperator.Sigmoid, x));
        yield return (Of(ScalarOperator.Log, Plus(Of(ScalarOperator.Exp, x), Number(1))), Of(ScalarOperator.Softplus, x));
        yield return (Times(x, Of(ScalarOperator.Tanh, Of(ScalarOperator.Softplus, x))), Of(ScalarOperator.Mish, x));
        yield return (Times(x, Of(ScalarOperator.Tanh, Of(ScalarOperator.Log, Plus(Of(ScalarOperator.Exp, x), Number(1))))), Of(ScalarOperator.Mish, x));
        yield return (Of(ScalarOperator.Divide, x, Plus(Of(ScalarOperator.Absolute, x), Number(1))), Of(ScalarOperator.Softsign, x));
        yield return (Times(Times(x, Number(0.5)), Plus(Of(ScalarOperator.Erf, Times(x, Number(Math.Sqrt(0.5)))), Number(1))), Of(ScalarOperator.Gelu, x));
        Scalar inner = Times(Plus(x, Times(Scalar.Apply(ScalarOperator.Power, 3, x), Number(0.044715))), Number(Math.Sqrt(2 / Math.PI)));
        yield return (Times(Times(x, Number(0.5)), Plus(Of(ScalarOperator.Tanh, inner), Number(1))), Of(ScalarOperator.GeluTanh, x));
        yield return (Times(Between(Plus(x, Number(3)), 6), Number(1.0 / 6)), Of(ScalarOperator.HardSigmoid, x));
        yield return (Between(Plus(Times(x, Number(1.0 / 6)), Number(0.5)), 1), Of(ScalarOperator.HardSigmoid, x));
        yield return (Times(x, Times(Between(Plus(x, Number(3)), 6), Number(1.0 / 6))), Of(ScalarOperator.HardSwish, x));
        yield return (Times(x, Of(ScalarOperator.HardSigmoid, x)), Of(ScalarOperator.HardSwish, x));
        yield return (Of(ScalarOperator.Maximum, x, Number(0)), Of(ScalarOperator.Relu, x));
    }

    /// <summary>A text that is the same for formulas that are equal by the laws of sums and products.</summary>
    private static string Text(Scalar formula)
    {
        (double factor, string product) = Product(formula);
        return product.Length == 0 ? Text(factor) : Text(factor) + "*" + product;
    }

    /// <summary>A formula as a number times powers of others, in one order.</summary>
    private static (double Factor, string Product) Product(Scalar formula)
    {
        double factor = 1;
        var powers = new SortedDictionary<string, double>(StringComparer.Ordinal);
        void Add(Scalar part, double exponent)
        {
            switch (part)
            {
                case ScalarNumber number:
                    factor *= Math.Pow(number.Value, exponent);
                    break;
                case ScalarOperation { Operator: ScalarOperator.Multiply } operation:
                    Add(operation.Operands[0], exponent);
                    Add(operation.Operands[1], exponent);
                    break;
                case ScalarOperation { Operator: ScalarOperator.Divide } operation:
                    Add(operation.Operands[0], exponent);
                    Add(operation.Operands[1], -exponent);
                    break;
                case ScalarOperation { Operator: ScalarOperator.Power } operation:
                    Add(operation.Operands[0], exponent * operation.Alpha);
                    break;
                case ScalarOperation { Operator: ScalarOperator.Negate } operation:
                    factor *= exponent % 2 == 0 ? 1 : -1;
                    Add(operation.Operands[0], exponent);
                    break;
                default:
                    string text = Base(part);
                    powers[text] = (powers.TryGetValue(text, out double power) ? power : 0) + exponent;
                    break;
            }
        }

        Add(formula, 1);
        return (factor, string.Join("*", powers.Where(power => power.Value != 0).Select(power => power.Value == 1 ? power.Key : power.Key + "^" + Text(power.Value))));
    }

    /// <summary>What is no product.</summary>
    private static string Base(Scalar formula)
    {
        if (formula is not ScalarOperation operation)
        {
            return "x";
        }

        if (operation.Operator is ScalarOperator.Add or ScalarOperator.Subtract)
        {
            return Sum(operation);
        }

        string operands = string.Join(",", operation.Operands.Select(Text));
        return operation.Operator + (operation.Alpha == 0 ? "" : Text(operation.Alpha)) + "(" + operands + ")";
    }

    /// <summary>A sum with its terms in one order.</summary>
    private static string Sum(Scalar formula)
    {
        var terms = new SortedDictionary<string, double>(StringComparer.Ordinal);
        void Add(Scalar part, double sign)
        {
            if (part is ScalarOperation { Operator: ScalarOperator.Add or ScalarOperator.Subtract } sum)
            {
                Add(sum.Operands[0], sign);
                Add(sum.Operands[1], sum.Operator == ScalarOperator.Add ? sign : -sign);
                return;
            }

            (double factor, string product) = Product(part);
            terms[product] = (terms.TryGetValue(product, out double known) ? known : 0) + sign * factor;
        }

        Add(formula, 1);
        return "(" + string.Join("+", terms.Select(term => Text(term.Value) + (term.Key.Length == 0 ? "" : "*" + term.Key))) + ")";
    }

    private static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
