using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.TestKit;

namespace NetGen.Package.Tests;

/// <summary>A type that others use.</summary>
/// <param name="Heading">What it is, with its name.</param>
/// <param name="Bases">What it derives from.</param>
/// <param name="IsContract">Whether others implement it.</param>
/// <param name="Members">Its members.</param>
internal sealed record ApiType(string Heading, IReadOnlyList<string> Bases, bool IsContract, IReadOnlyList<ApiMember> Members)
{
    public override string ToString() => $"{Heading}{(Bases.Count > 0 ? $" : {string.Join(", ", Bases)}" : "")}";
}

/// <summary>A member that others use.</summary>
/// <param name="Line">Its declaration.</param>
/// <param name="IsAbstract">Whether whoever derives from its type must have it.</param>
internal sealed record ApiMember(string Line, bool IsAbstract);

/// <summary>What an assembly lets others use, a line for each type and member, in order of their names.</summary>
internal static class ApiListing
{
    private static readonly SymbolDisplayFormat Format = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints | SymbolDisplayGenericsOptions.IncludeVariance,
        memberOptions: SymbolDisplayMemberOptions.IncludeAccessibility | SymbolDisplayMemberOptions.IncludeConstantValue | SymbolDisplayMemberOptions.IncludeContainingType
            | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeType,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        parameterOptions: SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeType,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <summary>Lists an assembly.</summary>
    /// <param name="path">The file.</param>
    /// <param name="references">The assemblies of the project that it refers to.</param>
    public static string Of(string path, IEnumerable<string> references)
    {
        IAssemblySymbol assembly = Assembly(MetadataReference.CreateFromFile(path), references.Select(file => MetadataReference.CreateFromFile(file)));
        IEnumerable<string> lines = Types(assembly).SelectMany(type => type.Members.Select(member => "    " + member.Line).Prepend(type.ToString()));
        return $"assembly {assembly.Name}\n{string.Concat(lines.Select(line => line + "\n"))}";
    }

    /// <summary>The types of an assembly, in order of their names.</summary>
    public static IReadOnlyList<ApiType> Types(MetadataReference reference) => Types(Assembly(reference, [])).ToList();

    private static IAssemblySymbol Assembly(MetadataReference reference, IEnumerable<MetadataReference> others)
    {
        var compilation = CSharpCompilation.Create("Listing", references: [.. Compiled.PlatformReferences, .. others, reference]);
        return (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!;
    }

    private static IEnumerable<ApiType> Types(IAssemblySymbol assembly) => Types(assembly.GlobalNamespace)
        .OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal)
        .Select(type => new ApiType(
            Heading(type),
            Bases(type),
            type.TypeKind == TypeKind.Interface,
            Members(type).Select(member => new ApiMember(Line(member), member.IsAbstract)).OrderBy(member => member.Line, StringComparer.Ordinal).ToList()));

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol place)
    {
        foreach (INamespaceOrTypeSymbol member in place.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamespaceSymbol || IsVisible(member))
            {
                IEnumerable<INamedTypeSymbol> found = member is INamedTypeSymbol type ? Types(member).Prepend(type) : Types(member);
                foreach (INamedTypeSymbol inner in found)
                {
                    yield return inner;
                }
            }
        }
    }

    private static IEnumerable<ISymbol> Members(INamedTypeSymbol type) => type.GetMembers().Where(member =>
        IsVisible(member)
        && member is not INamedTypeSymbol
        && member is not IMethodSymbol { AssociatedSymbol: not null }
        && !(type.TypeKind == TypeKind.Enum && member is IMethodSymbol));

    private static string Heading(INamedTypeSymbol type)
    {
        string modifiers = type.TypeKind is TypeKind.Class
            ? type.IsStatic ? "static " : (type.IsAbstract ? "abstract " : "") + (type.IsSealed ? "sealed " : "")
            : type is { TypeKind: TypeKind.Struct, IsReadOnly: true } ? "readonly " : "";
        return $"{SyntaxFacts.GetText(type.DeclaredAccessibility)} {modifiers}{type.ToDisplayString(Format)}";
    }

    private static List<string> Bases(INamedTypeSymbol type) => type.TypeKind == TypeKind.Enum
        ? [type.EnumUnderlyingType!.ToDisplayString()]
        : (type.BaseType is { SpecialType: SpecialType.None } ? type.AllInterfaces.Prepend(type.BaseType) : type.AllInterfaces)
            .Select(given => given.ToDisplayString()).Order(StringComparer.Ordinal).ToList();

    /// <summary>A member; of an enumeration with its number, which callers have compiled into them.</summary>
    private static string Line(ISymbol member) => member is IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } constant
        ? string.Create(CultureInfo.InvariantCulture, $"{constant.Name} = {constant.ConstantValue}")
        : member.ToDisplayString(Format);

    private static bool IsVisible(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;
}
