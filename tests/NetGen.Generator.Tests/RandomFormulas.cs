using System;
using System.Globalization;

namespace NetGen.Generator.Tests;

/// <summary>Formulas in C#, made from a seed: everything that is read, in a form whose values stay of ordinary size.</summary>
internal sealed class RandomFormulas(int seed)
{
    /// <summary>Operations of a formula: a text has a few more than one for each.</summary>
    private const int Operations = 24;

    private readonly Random _random = new(seed);

    private int _left;

    /// <summary>A method of the given name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="variables">Its parameters.</param>
    public string Method(string name, params string[] variables)
    {
        _left = Operations;
        string parameters = string.Join(", ", Array.ConvertAll(variables, variable => "double " + variable));
        if (_random.Next(3) > 0)
        {
            return $"static double {name}({parameters}) => {Value(5, variables)};";
        }

        string[] more = [.. variables, "p"];
        string change = _random.Next(2) == 0 ? $"p {"+-*"[_random.Next(3)]}= {Value(1, more)};" : $"double q = {Value(2, more)}, r; r = q * p; p = r - {Value(1, more)};";
        return $"static double {name}({parameters}) {{ var p = {Value(3, variables)}; {change} return {Value(3, more)}; }}";
    }

    private string Value(int depth, string[] variables)
    {
        string X() => Value(depth - 1, variables);
        if (depth == 0 || --_left < 0 || _random.Next(8) == 0)
        {
            return _random.Next(3) == 0 ? Number() : variables[_random.Next(variables.Length)];
        }

        return _random.Next(29) switch
        {
            0 or 1 => $"{X()} + {X()}".Parenthesized(),
            2 or 3 => $"{X()} - {X()}".Parenthesized(),
            4 or 5 or 6 => $"{Math("Tanh")}({X()}) * {X()}".Parenthesized(),
            7 => $"{X()} / (1 + Square({X()}))".Parenthesized(),
            8 => $"-{X()}".Parenthesized(),
            9 => $"{Math("Tanh")}({X()})",
            10 => $"StrictMath.Sigmoid({X()})",
            11 => $"StrictMath.Softplus({X()})",
            12 => $"StrictMath.Erfc({X()})",
            13 => $"{Math("Exp")}(-Math.Pow({X()}, 2))",
            14 => $"StrictMath.Expm1({Math("Tanh")}({X()}))",
            15 => $"{Math("Log")}(1.5 + Math.Pow({X()}, 2))",
            16 => $"Math.Sqrt(0.5 + Square({X()}))",
            17 => $"Math.Abs({X()})",
            18 => $"Math.Min({X()}, {X()})",
            19 => $"Math.Max({X()}, {X()})",
            20 => $"Math.Pow({Math("Tanh")}({X()}), {_random.Next(-1, 7)} + 1)".Replace("0 + 1", "1", StringComparison.Ordinal),
            21 => $"({X()} {Comparison()} {X()} ? {X()} : {X()})",
            22 => $"({X()} {Comparison()} {X()} {(_random.Next(2) == 0 ? "&&" : "||")} !({X()} < {X()}) ? {X()} : {X()})",
            24 => $"{Math("Sin")}({X()})",
            25 => $"{Math("Cos")}({X()})",
            26 => $"StrictMath.Log1p(Math.Pow({X()}, 2))",
            27 => $"StrictMath.Erf({X()})",
            23 => $"Math.Clamp({X()}, -0.5, 1.25)",
            _ => $"(double)(float)2 * {X()}".Parenthesized(),
        };
    }

    private string Math(string function) => (_random.Next(2) == 0 ? "Math." : "StrictMath.") + function;

    private string Comparison() => _random.Next(4) switch { 0 => "<", 1 => "<=", 2 => ">", _ => ">=" };

    private string Number() => (_random.Next(-8, 9) / 4.0).ToString("0.0#", CultureInfo.InvariantCulture).Parenthesized();
}

/// <summary>Text in parentheses.</summary>
internal static class Parentheses
{
    public static string Parenthesized(this string text) => $"({text})";
}
