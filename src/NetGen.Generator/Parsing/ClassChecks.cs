using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Parsing;

/// <summary>Checks whether a network can be added to the class, as it is declared and where it stands.</summary>
internal sealed class ClassChecks
{
    private readonly INamedTypeSymbol _type;
    private readonly TypeDeclarationSyntax? _declaration;
    private readonly Findings _findings;

    /// <summary>Prepares the checks.</summary>
    /// <param name="type">The class.</param>
    /// <param name="declaration">The part of it that carries the attributes.</param>
    /// <param name="findings">Receives what is wrong.</param>
    public ClassChecks(INamedTypeSymbol type, SyntaxNode? declaration, Findings findings)
    {
        _type = type;
        _declaration = declaration as TypeDeclarationSyntax;
        _findings = findings;
    }

    /// <summary>The name of the class.</summary>
    public Location Name => _declaration?.Identifier.GetLocation() ?? Location.None;

    public void Check()
    {
        if (_declaration is null)
        {
            return;
        }

        if (_type.IsRecord)
        {
            Unsupported("a record, whose copies would share their parameters", "declare it as an ordinary partial class");
        }
        else if (_type.IsStatic)
        {
            Unsupported("static, and so has no instance that holds parameters", "declare it as an ordinary partial class");
        }
        else if (!HasModifier(_declaration, "partial"))
        {
            _findings.Add(Descriptors.NotPartial, Name, _type.Name);
        }

        foreach (TypeDeclarationSyntax type in _declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>())
        {
            CheckPlace(type);
        }

        CheckBase();
    }

    /// <summary>Says what is good to know about a class that is right.</summary>
    public void Advise()
    {
        // An abstract class is meant to be derived from.
        if (!_type.IsSealed && !_type.IsAbstract)
        {
            _findings.Add(Descriptors.NotSealed, Name, _type.Name);
        }
    }

    /// <summary>Checks the class or a type around it.</summary>
    private void CheckPlace(TypeDeclarationSyntax type)
    {
        string name = type.Identifier.ValueText;
        if (HasModifier(type, "file"))
        {
            _findings.Add(Descriptors.UnsupportedType, type.Identifier.GetLocation(), name, "local to its file, where generated code cannot reach it", "remove 'file'");
        }

        if (type.TypeParameterList is { } parameters)
        {
            _findings.Add(Descriptors.Generic, parameters.GetLocation(), name);
        }

        if (type != _declaration && !HasModifier(type, "partial"))
        {
            _findings.Add(Descriptors.ContainingTypeNotPartial, type.Identifier.GetLocation(), name, _type.Name);
        }
    }

    private void CheckBase()
    {
        for (INamedTypeSymbol? type = _type.BaseType; type is not null; type = type.BaseType)
        {
            if (TypeNames.HasAttribute(type, DeclarationParser.NetworkAttribute))
            {
                _findings.Add(Descriptors.BaseIsNetwork, BaseLocation() ?? Name, _type.Name, type.Name);
                return;
            }
        }
    }

    /// <summary>Where the base class is named, which any part of the class may do; a base class comes before interfaces.</summary>
    private Location? BaseLocation()
    {
        IEnumerable<TypeSyntax> candidates = _type.DeclaringSyntaxReferences
            .Select(reference => (reference.GetSyntax() as TypeDeclarationSyntax)?.BaseList?.Types.FirstOrDefault()?.Type)
            .OfType<TypeSyntax>();
        return candidates.FirstOrDefault(type => type.GetLastToken().ValueText == _type.BaseType?.Name)?.GetLocation();
    }

    private void Unsupported(string reason, string remedy) =>
        _findings.Add(Descriptors.UnsupportedType, Name, _type.Name, reason, remedy);

    private static bool HasModifier(TypeDeclarationSyntax type, string modifier) =>
        type.Modifiers.Any(token => token.ValueText == modifier);
}
