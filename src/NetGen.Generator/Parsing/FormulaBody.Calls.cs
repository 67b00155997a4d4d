using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Own;

namespace NetGen.Generator.Parsing;

/// <summary>Calls in a formula: elementary functions, by the names that they have in several classes, and methods of the project, which are read in turn.</summary>
internal sealed partial class FormulaBody
{
    /// <summary>The elementary functions of one argument by their names.</summary>
    private static readonly Dictionary<string, Function> Functions = new(StringComparer.Ordinal)
    {
        ["Abs"] = Function.Abs,
        ["Sqrt"] = Function.Sqrt,
        ["Exp"] = Function.Exp,
        ["Expm1"] = Function.Expm1,
        ["ExpM1"] = Function.Expm1,
        ["Log"] = Function.Log,
        ["Log1p"] = Function.Log1p,
        ["LogP1"] = Function.Log1p,
        ["Tanh"] = Function.Tanh,
        ["Sigmoid"] = Function.Sigmoid,
        ["Softplus"] = Function.Softplus,
        ["Erf"] = Function.Erf,
        ["Erfc"] = Function.Erfc,
        ["Sin"] = Function.Sin,
        ["Cos"] = Function.Cos,
    };

    private int? Call(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (call.Instance is not null || call.Arguments.Any(argument => argument.ArgumentKind != ArgumentKind.Explicit || argument.Parameter is not { RefKind: RefKind.None }) || !IsReal(method.ReturnType))
        {
            return NotRead(call);
        }

        List<IOperation> given = call.Arguments.OrderBy(argument => argument.Parameter!.Ordinal).Select(argument => argument.Value).ToList();
        bool isElementary = IsElementary(method.ContainingType);
        if (isElementary ? !Knows(method.Name, given.Count) : !method.IsStatic || method.MethodKind != MethodKind.Ordinary || Mistake(method.OriginalDefinition) is not null)
        {
            return NotRead(call);
        }

        if (isElementary && method.Name is "Pow" or "CreateChecked")
        {
            return method.Name == "Pow" ? Power(call, given[0], given[1]) : Number(call, given[0]);
        }

        var arguments = new List<int>();
        foreach (IOperation argument in given)
        {
            if (Value(argument) is not { } value)
            {
                return null;
            }

            arguments.Add(value);
        }

        if (isElementary)
        {
            Advise(UnstableFormulas.OfCall(_graph, method.Name, arguments[0]), call);
        }

        return isElementary ? Apply(method.Name, arguments) : Inline(method, arguments, Token(call).GetLocation());
    }

    /// <summary>Whether a type has elementary functions, which are read as NetGen's own.</summary>
    private static bool IsElementary(INamedTypeSymbol type) => type.SpecialType is SpecialType.System_Single or SpecialType.System_Double
        || IsNumerics(type)
        || (type is { Arity: 0, ContainingType: null, ContainingNamespace: { ContainingNamespace.IsGlobalNamespace: true } @namespace }
            && (@namespace.Name, type.Name) is ("System", "Math") or ("System", "MathF") or ("NetGen", "StrictMath"));

    private static bool Knows(string name, int arguments) => arguments switch
    {
        1 => Functions.ContainsKey(name) || name is "CreateChecked",
        2 => name is "Min" or "Max" or "Pow",
        3 => name is "Clamp",
        _ => false,
    };

    private int Apply(string name, IReadOnlyList<int> x) => name switch
    {
        "Min" => _graph.Minimum(x[0], x[1]),
        "Max" => _graph.Maximum(x[0], x[1]),
        "Clamp" => _graph.Minimum(_graph.Maximum(x[0], x[1]), x[2]),
        _ => _graph.Apply(Functions[name], x[0]),
    };

    /// <summary>A constant as a number of a type that is a type parameter.</summary>
    private int? Number(IInvocationOperation call, IOperation given)
    {
        IOperation constant = given is IConversionOperation conversion ? conversion.Operand : given;
        return constant.ConstantValue is { HasValue: true, Value: { } value } ? Constant(value, call) : NotRead(call);
    }

    /// <summary>A power with a constant integer.</summary>
    private int? Power(IInvocationOperation call, IOperation @base, IOperation exponent)
    {
        if (Value(@base) is not { } x || Value(exponent) is not { } n)
        {
            return null;
        }

        if (_graph.ValueOf(n) is not { } power || power != Math.Round(power) || Math.Abs(power) > FormulaGraph.MostExponent)
        {
            string what = _graph.ValueOf(n)?.ToString(CultureInfo.InvariantCulture) ?? "no constant";
            return Report(Descriptors.OutOfRange, exponent.Syntax.GetLocation(), "The exponent of Pow", what, $"a constant integer from -{FormulaGraph.MostExponent} to {FormulaGraph.MostExponent}");
        }

        return power < 0 && _graph.ValueOf(x) == 0 ? Report(Descriptors.FormulaDividesByZero, Token(call).GetLocation(), call.Syntax.ToString()) : _graph.Power(x, (int)power);
    }
}
