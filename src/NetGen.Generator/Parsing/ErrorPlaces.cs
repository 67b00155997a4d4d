using System;
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
    /// <summary>The errors, each once: that of a type around several wrong classes is found with each of them.</summary>
    /// <param name="wrong">The classes, which may be named twice: by each of their parts, and by what went wrong when.</param>
    /// <param name="compilation">The compilation at hand.</param>
    /// <param name="cancellation">Stops it.</param>
    public static IEnumerable<Diagnostic> Find(IEnumerable<WrongClass> wrong, CSharpCompilation compilation, CancellationToken cancellation) =>
        All(wrong, compilation, cancellation).Distinct();

    private static IEnumerable<Diagnostic> All(IEnumerable<WrongClass> wrong, CSharpCompilation compilation, CancellationToken cancellation)
    {
        foreach (IGrouping<ClassName, WrongClass> same in wrong.GroupBy(one => one.Class))
        {
            IEnumerable<INamedTypeSymbol> types = TypeNames.Find(same.Key, compilation, cancellation);
            string? failure = same.Select(one => one.Failure).FirstOrDefault(text => text is not null);
            foreach (INamedTypeSymbol type in types)
            {
                IReadOnlyList<Diagnostic> errors = Failure.Catch(
                    () => DeclarationParser.Errors(type, compilation, same.SelectMany(one => one.Excesses).Distinct(), cancellation),
                    text =>
                    {
                        failure ??= text;
                        return Array.Empty<Diagnostic>();
                    });
                foreach (Diagnostic error in failure is null ? errors : errors.Append(Failure.Error(TypeNames.Place(type), type.Name, failure)))
                {
                    yield return error;
                }
            }
        }
    }
}
