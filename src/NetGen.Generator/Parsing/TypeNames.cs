using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>How a class is named in the generated file, and the file itself.</summary>
internal static class TypeNames
{
    /// <summary>Longer hint names are cut: with the output folder before them they would exceed what Windows accepts.</summary>
    private const int MaxHintName = 120;

    /// <summary>File systems allow 255 bytes; the rest is for hashes and the extension.</summary>
    private const int MaxHintBytes = 220;

    /// <summary>Describes a class that is not generic and whose containing types are not.</summary>
    public static TypeSpec Describe(INamedTypeSymbol type)
    {
        List<INamedTypeSymbol> containing = ContainingTypes(type).Reverse().ToList();
        IEnumerable<string> namespaces = Namespaces(type).Reverse().ToList();
        string fullName = string.Join(".", namespaces.Concat(containing.Select(outer => outer.Name)).Append(type.Name));
        return new TypeSpec(
            string.Join(".", namespaces.Select(Escape)),
            new EquatableArray<string>(containing.Select(Header)),
            Escape(type.Name),
            HintName(fullName));
    }

    /// <summary>How a class is found again in another compilation.</summary>
    public static ClassName Name(INamedTypeSymbol type) => new(type.Name, type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));

    /// <summary>The classes of a name in a compilation: those that are local to their files may have one name.</summary>
    public static IEnumerable<INamedTypeSymbol> Find(ClassName name, Compilation compilation, CancellationToken cancellation) => compilation
        .GetSymbolsWithName(name.Simple, SymbolFilter.Type, cancellation)
        .OfType<INamedTypeSymbol>()
        .Where(type => Name(type) == name);

    /// <summary>The types around a type, innermost first.</summary>
    public static IEnumerable<INamedTypeSymbol> ContainingTypes(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            yield return outer;
        }
    }

    /// <summary>Whether the class and all around it have names. Where one is still to be typed, nothing can be added to the class.</summary>
    public static bool AreComplete(INamedTypeSymbol type) =>
        type.Name.Length > 0 && ContainingTypes(type).All(outer => outer.Name.Length > 0) && Namespaces(type).All(name => name.Length > 0);

    /// <summary>
    /// Whether the type that stands in no other can be reached from anywhere. The compiler refuses a private or protected one, and then every use of its members.
    /// </summary>
    public static bool AreAccessible(INamedTypeSymbol type) =>
        (ContainingTypes(type).LastOrDefault() ?? type).DeclaredAccessibility is Accessibility.Public or Accessibility.Internal;

    /// <summary>The attributes of a symbol that have a full name.</summary>
    public static IEnumerable<AttributeData> Attributes(ISymbol symbol, string attribute) =>
        symbol.GetAttributes().Where(data => data.AttributeClass is { Arity: 0 } type && IsNamed(type, attribute));

    /// <summary>Whether a symbol has an attribute, given by its full name.</summary>
    public static bool HasAttribute(ISymbol symbol, string attribute) => Attributes(symbol, attribute).Any();

    /// <summary>Whether a type has a full name. Every attribute is asked after every key: its name is compared where it stands.</summary>
    private static bool IsNamed(INamedTypeSymbol type, string fullName)
    {
        int end = fullName.Length;
        for (ISymbol? symbol = type; symbol is not null; symbol = symbol.ContainingSymbol)
        {
            int start = end - symbol.Name.Length;
            if (start < 0 || string.CompareOrdinal(fullName, start, symbol.Name, 0, symbol.Name.Length) != 0)
            {
                return false;
            }

            if (start == 0 || fullName[start - 1] != '.')
            {
                return start == 0 && symbol.ContainingSymbol is INamespaceSymbol { IsGlobalNamespace: true };
            }

            end = start - 1;
        }

        return false;
    }

    /// <summary>The place of a symbol's name in the source, if it has one.</summary>
    public static Location Place(ISymbol symbol) => symbol.Locations.FirstOrDefault(location => location.IsInSource) ?? Location.None;

    /// <summary>Eight hexadecimal digits that depend on every character: FNV-1a.</summary>
    public static string Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }

    private static IEnumerable<string> Namespaces(ISymbol type)
    {
        for (INamespaceSymbol space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            yield return space.Name;
        }
    }

    private static string Header(INamedTypeSymbol type)
    {
        string keyword = (type.TypeKind, type.IsRecord) switch
        {
            (TypeKind.Struct, true) => "record struct",
            (TypeKind.Struct, false) => "struct",
            (TypeKind.Interface, _) => "interface",
            (_, true) => "record",
            _ => "class",
        };
        return $"partial {keyword} {Escape(type.Name)}";
    }

    /// <summary>A name that is a keyword, or in small letters only and so may become one, is written with an <c>@</c>.</summary>
    private static string Escape(string name) =>
        name.All(c => c is >= 'a' and <= 'z') || SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>
    /// Characters count where Windows limits a path, bytes where other systems limit a name. No cut parts a pair of surrogates: C# has none in names.
    /// </summary>
    private static string HintName(string fullName)
    {
        int length = Math.Min(fullName.Length, MaxHintName);
        while (Encoding.UTF8.GetByteCount(fullName.Substring(0, length)) > MaxHintBytes)
        {
            length--;
        }

        return (length == fullName.Length ? fullName : fullName.Substring(0, length) + "_" + Hash(fullName)) + ".g.cs";
    }
}
