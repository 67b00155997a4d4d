using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>Finds the formulas that a class has as static methods, and reads each once.</summary>
internal sealed class FormulaReader
{
    private readonly INamedTypeSymbol _type;
    private readonly CSharpCompilation _compilation;
    private readonly Findings _findings;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<IMethodSymbol, OwnFormula?> _known = new(SymbolEqualityComparer.Default);
    private readonly HashSet<IMethodSymbol> _refused = new(SymbolEqualityComparer.Default);

    /// <summary>Prepares the reading.</summary>
    /// <param name="type">The class.</param>
    /// <param name="compilation">The compilation.</param>
    /// <param name="findings">Receives what is wrong.</param>
    /// <param name="cancellation">Stops it.</param>
    public FormulaReader(INamedTypeSymbol type, CSharpCompilation compilation, Findings findings, CancellationToken cancellation)
    {
        _type = type;
        _compilation = compilation;
        _findings = findings;
        _cancellation = cancellation;
    }

    /// <summary>Whether the class has a method of a name.</summary>
    public bool Has(string name) => _type.GetMembers(name).Any(member => member is IMethodSymbol { MethodKind: MethodKind.Ordinary });

    /// <summary>Reads a formula by the name of its method.</summary>
    /// <param name="name">The name, or null for none.</param>
    /// <param name="use">What it is for.</param>
    /// <param name="number">The number type of the network, which says which of several methods it is.</param>
    /// <param name="place">Where the name stands.</param>
    /// <returns>The formula, or null where there is none; then it is reported, or the compiler has an error.</returns>
    public OwnFormula? Read(string? name, FormulaUse use, NumberType number, Location place)
    {
        List<IMethodSymbol> all = name is null ? new() : _type.GetMembers(name).OfType<IMethodSymbol>().Where(method => method.MethodKind == MethodKind.Ordinary).ToList();
        if (all.Count == 0)
        {
            _findings.Add(Descriptors.FormulaNotFound, place, name is null ? "null" : $"'{name}'", _type.Name, use.Example(SyntaxFacts.IsValidIdentifier(name) ? name! : "Name"));
            return null;
        }

        SpecialType own = number == NumberType.Single ? SpecialType.System_Single : SpecialType.System_Double;
        List<IMethodSymbol> right = all.Where(method => Mistake(method, use) is null).ToList();
        return Read(right.FirstOrDefault(method => method.ReturnType.SpecialType == own) ?? right.FirstOrDefault() ?? all[0], use, number);
    }

    /// <summary>Reads a formula.</summary>
    /// <param name="method">The method.</param>
    /// <param name="use">What it is for.</param>
    /// <param name="number">The number type of the network.</param>
    private OwnFormula? Read(IMethodSymbol method, FormulaUse use, NumberType number)
    {
        if (Mistake(method, use) is { } mistake)
        {
            if (_refused.Add(method))
            {
                _findings.Add(Descriptors.FormulaSignature, TypeNames.Place(method), method.Name, use.Text, mistake, use.Example(method.Name));
            }

            return null;
        }

        if (!_known.TryGetValue(method, out OwnFormula? formula))
        {
            formula = new FormulaBody(_compilation, number, _findings, _cancellation).Read(method);
            _known[method] = formula;
        }

        return formula;
    }

    /// <summary>Why a method cannot be read for what it is used, or null.</summary>
    private static string? Mistake(IMethodSymbol method, FormulaUse use) =>
        !method.IsStatic ? "is not static"
        : method.Parameters.Length != use.Parameters ? $"takes {method.Parameters.Length} values and not {use.Parameters}"
        : FormulaBody.Mistake(method);
}

/// <summary>What a formula is for.</summary>
/// <param name="Text">The same in words.</param>
/// <param name="Parameters">How many numbers it takes.</param>
internal sealed record FormulaUse(string Text, int Parameters)
{
    /// <summary>The function from z to a.</summary>
    public static readonly FormulaUse Activation = new("an activation", 1);

    /// <summary>The loss of an output a by its target y.</summary>
    public static readonly FormulaUse Loss = new("a loss", 2);

    /// <summary>A method for it.</summary>
    public string Example(string name) => $"{name}({(Parameters == 1 ? "float z" : "float a, float y")})";
}
