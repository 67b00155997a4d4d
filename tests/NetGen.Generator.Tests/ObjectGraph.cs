using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Tests;

/// <summary>Walks over everything that an object holds.</summary>
internal static class ObjectGraph
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Whether something belongs to one state of the compiler, and would keep all of it alive.</summary>
    public static bool IsOfCompiler(object value) =>
        value is Compilation or ISymbol or SyntaxNode or SyntaxToken or SyntaxTree or SyntaxReference or SemanticModel or Location or Diagnostic or AttributeData;

    /// <summary>The paths to everything of the compiler's below an object, such as <c>[0].Spec._node</c>; not what lies below those.</summary>
    public static IReadOnlyList<string> FindCompiler(object? value)
    {
        var found = new List<string>();
        Walk(value, "", new HashSet<object>(ReferenceEqualityComparer.Instance), (item, path) =>
        {
            if (!IsOfCompiler(item))
            {
                return true;
            }

            found.Add($"{path}: {item.GetType().Name}");
            return false;
        });
        return found;
    }

    /// <summary>The path to the first difference in type, value or number of items, or null for equal structures.</summary>
    public static string? FirstDifference(object? x, object? y, string path = "")
    {
        if (ReferenceEquals(x, y))
        {
            return null;
        }

        if (x is null || y is null || x.GetType() != y.GetType())
        {
            return $"{path}: {Name(x)} and {Name(y)}";
        }

        if (IsLeaf(x))
        {
            return x.Equals(y) ? null : $"{path}: {x} and {y}";
        }

        if (x is IEnumerable xs && y is IEnumerable ys)
        {
            object?[] left = xs.Cast<object?>().ToArray();
            object?[] right = ys.Cast<object?>().ToArray();
            return left.Length != right.Length
                ? $"{path}: {left.Length} and {right.Length} items"
                : Enumerable.Range(0, left.Length).Select(index => FirstDifference(left[index], right[index], $"{path}[{index}]")).FirstOrDefault(text => text is not null);
        }

        return FieldsOf(x.GetType())
            .Select(field => FirstDifference(field.GetValue(x), field.GetValue(y), $"{path}.{PropertyName(field)}"))
            .FirstOrDefault(text => text is not null);
    }

    /// <summary>Whether values of a type have no parts.</summary>
    public static bool IsLeaf(Type type) => type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal);

    /// <summary>The fields of a type, those of its bases included.</summary>
    public static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        for (Type? level = type; level is not null && level != typeof(object); level = level.BaseType)
        {
            foreach (FieldInfo field in level.GetFields(Fields))
            {
                yield return field;
            }
        }
    }

    private static bool IsLeaf(object value) => IsLeaf(value.GetType());

    private static string Name(object? value) => value is null ? "null" : IsLeaf(value) ? value.ToString()! : value.GetType().Name;

    /// <summary>The property whose value a compiler-made field holds, otherwise the field itself.</summary>
    private static string PropertyName(FieldInfo field) =>
        field.IsDefined(typeof(CompilerGeneratedAttribute)) && field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>')] : field.Name;

    private static void Walk(object? value, string path, HashSet<object> seen, Func<object, string, bool> goesOn)
    {
        // The types and members of reflection lead everywhere and belong to no compilation.
        if (value is null or Type or MemberInfo or Assembly or Module || IsLeaf(value) || (!value.GetType().IsValueType && !seen.Add(value)) || !goesOn(value, path))
        {
            return;
        }

        if (value is Array array)
        {
            int index = 0;
            foreach (object? item in array)
            {
                Walk(item, $"{path}[{index++}]", seen, goesOn);
            }

            return;
        }

        foreach (FieldInfo field in FieldsOf(value.GetType()).Where(field => !field.FieldType.IsPointer && !field.FieldType.IsByRefLike))
        {
            Walk(field.GetValue(value), $"{path}.{PropertyName(field)}", seen, goesOn);
        }
    }
}
