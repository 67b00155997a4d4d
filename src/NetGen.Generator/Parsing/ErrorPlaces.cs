using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>Finds the errors of wrong declarations with their places, which only the compilation at hand has.</summary>
internal static class ErrorPlaces
{
    /// <summary>The errors, each once.</summary>
    /// <param name="wrong">The classes, which may be named twice: by each of their parts.</param>
    /// <param name="compilation">The compilation at hand.</param>
    /// <param name="cancellation">Stops it.</param>
    public static IEnumerable<Diagnostic> Find(IEnumerable<WrongClass> wrong, CSharpCompilation compilation, CancellationToken cancellation)
    {
        foreach (IGrouping<ClassName, WrongClass> same in wrong.GroupBy(one => one.Class))
        {
            // Classes that are local to their files may have one name.
            IEnumerable<INamedTypeSymbol> types = compilation.GetSymbolsWithName(same.Key.Simple, SymbolFilter.Type, cancellation)
                .OfType<INamedTypeSymbol>()
                .Where(type => TypeNames.Name(type) == same.Key);
            foreach (Diagnostic error in types.SelectMany(type => DeclarationParser.Errors(type, compilation, same.First().Excesses, cancellation)))
            {
                yield return error;
            }
        }
    }
}
