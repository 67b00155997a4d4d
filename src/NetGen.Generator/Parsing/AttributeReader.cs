using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator.Parsing;

/// <summary>
/// Reads one attribute: values from the symbol, places from the syntax. Source that does not compile may lack either; then the
/// compiler has the error and this has no value.
/// </summary>
internal sealed class AttributeReader
{
    private readonly AttributeData _data;
    private readonly AttributeSyntax? _syntax;

    public AttributeReader(AttributeData data, CancellationToken cancellation)
    {
        _data = data;
        _syntax = data.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;
    }

    /// <summary>The place of the attribute's name and arguments.</summary>
    public Location Location => _syntax?.GetLocation() ?? Location.None;

    /// <summary>The declaration that carries the attribute.</summary>
    public SyntaxNode? Declaration => _syntax?.Parent?.Parent;

    /// <summary>A constructor argument, or null when the source does not compile.</summary>
    public TypedConstant? Argument(string parameter) => Given(parameter) is { } value ? Valid(value) : null;

    /// <summary>Whether a constructor argument is null, and the source compiles.</summary>
    public bool IsNull(string parameter) => Given(parameter) is { Kind: not TypedConstantKind.Error, IsNull: true };

    /// <summary>Whether a constructor argument is a text, or null in the place of one.</summary>
    public bool IsText(string parameter) => Given(parameter) is { Kind: not TypedConstantKind.Error, Type.SpecialType: SpecialType.System_String };

    /// <summary>Whether the constructor has a parameter, or null when the source does not compile.</summary>
    public bool? HasParameter(string name) => _data.AttributeConstructor?.Parameters.Any(parameter => parameter.Name == name);

    /// <summary>Whether a property was set.</summary>
    public bool HasProperty(string name) => Set(name) is not null;

    /// <summary>A property's value, or null when it was not set or the source does not compile.</summary>
    public TypedConstant? Property(string name) => Set(name) is { } value ? Valid(value) : null;

    /// <summary>The texts of a property that is an array of them, or null when it was not set or the source does not compile.</summary>
    public IReadOnlyList<string>? Texts(string name) => Set(name) is { Kind: TypedConstantKind.Array, IsNull: false } array
        ? array.Values.Select(value => value.Value as string ?? "").ToArray()
        : null;

    /// <summary>The place of an argument's value, or of the whole attribute when the argument was left out.</summary>
    /// <param name="name">Name of the constructor parameter or property.</param>
    /// <param name="position">Position of the constructor parameter.</param>
    public Location LocationOf(string name, int position = -1) => Find(name, position)?.Expression.GetLocation() ?? Location;

    /// <summary>Whether an argument was given, whatever it is.</summary>
    /// <param name="name">Name of the constructor parameter or property.</param>
    /// <param name="position">Position of the constructor parameter.</param>
    public bool HasArgument(string name, int position) => Find(name, position) is not null;

    private TypedConstant? Given(string parameter)
    {
        IMethodSymbol? constructor = _data.AttributeConstructor;
        for (int index = 0; constructor is not null && index < constructor.Parameters.Length; index++)
        {
            if (constructor.Parameters[index].Name == parameter && index < _data.ConstructorArguments.Length)
            {
                return _data.ConstructorArguments[index];
            }
        }

        return null;
    }

    private AttributeArgumentSyntax? Find(string name, int position) => _syntax?.ArgumentList?.Arguments
        .Where((argument, index) =>
            (argument.NameEquals?.Name ?? argument.NameColon?.Name) is { } given
                ? given.Identifier.ValueText == name
                : index == position)
        .FirstOrDefault();

    /// <summary>What a property was set to, by the last that sets it.</summary>
    private TypedConstant? Set(string name)
    {
        for (int index = _data.NamedArguments.Length - 1; index >= 0; index--)
        {
            if (_data.NamedArguments[index].Key == name)
            {
                return _data.NamedArguments[index].Value;
            }
        }

        return null;
    }

    private static TypedConstant? Valid(TypedConstant constant) =>
        constant.Kind is TypedConstantKind.Primitive or TypedConstantKind.Enum && constant.Value is not null ? constant : null;
}
