using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Parsing;

/// <summary>
/// Keeps a fault of the generator to the network that shows it: an exception becomes an error of that network, where it would take those of all others of
/// the project with it. The error asks for a report; no declaration is expected to cause one.
/// </summary>
internal static class Failure
{
    /// <summary>Returns the result of some work on a network, or what follows from the exception that ended it.</summary>
    public static T Catch<T>(Func<T> work, Func<string, T> failed)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return failed($"{exception.GetType().Name}: {Line(exception.Message)}");
        }
    }

    /// <summary>The error.</summary>
    /// <param name="place">Where the class is declared.</param>
    /// <param name="name">The class.</param>
    /// <param name="failure">The exception in one line.</param>
    public static Diagnostic Error(Location place, string name, string failure) => Diagnostic.Create(Descriptors.GeneratorFailed, place, name, failure);

    /// <summary>A text in one line, and without characters that documentation in XML may not have.</summary>
    private static string Line(string text) => string.Concat(text.Replace("\r\n", "\n").Select(character => CharUnicodeInfo.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? ' ' : character));
}
