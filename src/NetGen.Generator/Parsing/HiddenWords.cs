using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Parsing;

/// <summary>
/// Finds what takes the meaning from a word that generated code uses. <c>var</c>, <c>nint</c> and <c>nameof</c> are not reserved: where something of that
/// name is in scope, they stand for it.
/// </summary>
internal static class HiddenWords
{
    private static readonly string[] Words = { "var", "nint", "nameof" };

    /// <summary>Returns what hides a word in a class, one thing for each word.</summary>
    public static IEnumerable<ISymbol> Find(INamedTypeSymbol type, Compilation compilation) => Words
        .Select(word => Scopes(type, compilation)
            .SelectMany(scope => scope.GetMembers(word))
            .FirstOrDefault(symbol => Hides(symbol, word) && compilation.IsSymbolAccessibleWithin(symbol, type)))
        .OfType<ISymbol>();

    /// <summary>The class and its bases, the types around it and theirs, then the namespaces with what references add to them.</summary>
    private static IEnumerable<INamespaceOrTypeSymbol> Scopes(INamedTypeSymbol type, Compilation compilation)
    {
        foreach (INamedTypeSymbol outer in TypeNames.ContainingTypes(type).Prepend(type))
        {
            for (INamedTypeSymbol? owner = outer; owner is not null; owner = owner.BaseType)
            {
                yield return owner;
            }
        }

        for (INamespaceSymbol? space = type.ContainingNamespace; space is not null; space = space.ContainingNamespace)
        {
            if (compilation.GetCompilationNamespace(space) is { } merged)
            {
                yield return merged;
            }
        }
    }

    /// <summary>Only types and namespaces stand where a type is named; the call <c>nameof(x)</c> may mean anything.</summary>
    private static bool Hides(ISymbol symbol, string word) => symbol is INamespaceOrTypeSymbol || word == "nameof";
}
