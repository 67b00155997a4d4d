using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.TestKit;

namespace NetGen.Package.Tests;

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
        MetadataReference reference = MetadataReference.CreateFromFile(path);
        var compilation = CSharpCompilation.Create(
            "Listing", references: [.. Compiled.PlatformReferences, .. references.Select(file => MetadataReference.CreateFromFile(file)), reference]);
        var assembly = (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!;
        IEnumerable<string> lines = Types(assembly.GlobalNamespace)
            .OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal)
            .SelectMany(type => Members(type).Select(member => "    " + Line(member)).Order(StringComparer.Ordinal).Prepend(Heading(type)));
        return $"assembly {assembly.Name}\n{string.Concat(lines.Select(line => line + "\n"))}";
    }

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
        IEnumerable<INamedTypeSymbol> bases = type.BaseType is { SpecialType: SpecialType.None } ? type.AllInterfaces.Prepend(type.BaseType) : type.AllInterfaces;
        string inherited = type.TypeKind == TypeKind.Enum
            ? type.EnumUnderlyingType!.ToDisplayString()
            : string.Join(", ", bases.Select(given => given.ToDisplayString()).Order(StringComparer.Ordinal));
        return $"{SyntaxFacts.GetText(type.DeclaredAccessibility)} {modifiers}{type.ToDisplayString(Format)}{(inherited.Length > 0 ? $" : {inherited}" : "")}";
    }

    /// <summary>A member; of an enumeration with its number, which callers have compiled into them.</summary>
    private static string Line(ISymbol member) => member is IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } constant
        ? string.Create(CultureInfo.InvariantCulture, $"{constant.Name} = {constant.ConstantValue}")
        : member.ToDisplayString(Format);

    private static bool IsVisible(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;
}
