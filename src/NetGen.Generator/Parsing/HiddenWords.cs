using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Parsing;

/// <summary>
/// Finds what takes the meaning from a word that generated code uses. <c>var</c> and <c>nint</c> are not reserved: where something of that
/// name is in scope, they stand for it.
/// </summary>
internal static class HiddenWords
{
    private static readonly string[] Words = { "var", "nint" };

    /// <summary>The words that are names somewhere in a compilation: as good as always none, and all networks ask after every key.</summary>
    private static readonly ConditionalWeakTable<Compilation, string[]> InCompilations = new();

    /// <summary>The same in an assembly, which many compilations refer to.</summary>
    private static readonly ConditionalWeakTable<IAssemblySymbol, string[]> InAssemblies = new();

    /// <summary>Returns what hides a word in a class, one thing for each word.</summary>
    public static IEnumerable<ISymbol> Find(INamedTypeSymbol type, Compilation compilation) => InCompilations
        .GetValue(compilation, static known => known.SourceModule.ReferencedAssemblySymbols.Prepend(known.Assembly).SelectMany(InAssembly).Distinct().ToArray())
        .Select(word => Scopes(type, compilation)
            .SelectMany(scope => scope.GetMembers(word))
            .FirstOrDefault(symbol => symbol is INamespaceOrTypeSymbol && compilation.IsSymbolAccessibleWithin(symbol, type)) ?? Imported(word, type, compilation))
        .OfType<ISymbol>();

    private static string[] InAssembly(IAssemblySymbol assembly) =>
        InAssemblies.GetValue(assembly, static known => Words.Where(word => known.TypeNames.Contains(word) || known.NamespaceNames.Contains(word)).ToArray());

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

    /// <summary>
    /// What a using directive brings in, which may be one for all files; one for the class's file alone is not told apart. The compiler also finds the members of a
    /// class that is imported, which hide nothing.
    /// </summary>
    private static ISymbol? Imported(string word, INamedTypeSymbol type, Compilation compilation) => type.DeclaringSyntaxReferences.FirstOrDefault() is { } declaration
        ? compilation.GetSemanticModel(declaration.SyntaxTree).LookupNamespacesAndTypes(declaration.Span.Start, name: word).FirstOrDefault(symbol => symbol is INamespaceOrTypeSymbol)
        : null;
}
