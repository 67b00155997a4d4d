using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Parsing;

/// <summary>The members of enumerations by their values. All networks name the same few, which many compilations share.</summary>
internal static class EnumMembers
{
    private static readonly ConditionalWeakTable<ITypeSymbol, Dictionary<object, string>> Known = new();

    /// <summary>The first member with a value, or null.</summary>
    public static string? NameOf(ITypeSymbol type, object value) => Known.GetValue(type, Names).TryGetValue(value, out string? name) ? name : null;

    private static Dictionary<object, string> Names(ITypeSymbol type) => type.GetMembers().OfType<IFieldSymbol>()
        .Where(field => field is { HasConstantValue: true, ConstantValue: not null })
        .GroupBy(field => field.ConstantValue!, field => field.Name)
        .ToDictionary(members => members.Key, members => members.First());
}
