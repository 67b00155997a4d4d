using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Model;
using NetGen.Generator.Parsing;

namespace NetGen.Generator.Finding;

/// <summary>
/// A syntax tree as far as networks depend on it: what it declares, and which of its types may be networks. Read once for each tree. Its networks
/// are read again only when a declaration somewhere in the project has changed: no key that is pressed in the body of a method costs a binding.
/// </summary>
internal sealed class SourceFile
{
    private const string AttributeSuffix = "Attribute";
    private const string NetworkName = "Network";

    private static readonly ConditionalWeakTable<SyntaxTree, SourceFile> Files = new();

    private readonly IReadOnlyList<TypeDeclarationSyntax> _attributedTypes;
    private readonly HashSet<string> _aliases;
    private Reading? _last;

    private SourceFile(SyntaxTree tree, CancellationToken cancellation)
    {
        var walk = new DeclarationWalk();
        walk.Visit(tree.GetRoot(cancellation), cancellation);
        Fingerprint = walk.Fingerprint();
        GlobalAliases = walk.GlobalAliases;
        _attributedTypes = walk.AttributedTypes;
        _aliases = new HashSet<string>(walk.Aliases);
    }

    /// <summary>A hash of everything outside of bodies.</summary>
    public byte[] Fingerprint { get; }

    /// <summary>The aliases that the file gives to all files.</summary>
    public IReadOnlyList<string> GlobalAliases { get; }

    /// <summary>Whether any type carries an attribute.</summary>
    public bool HasAttributes => _attributedTypes.Count > 0;

    /// <summary>Returns what is known of a tree, or reads it.</summary>
    public static SourceFile Of(SyntaxTree tree, CancellationToken cancellation) => Files.TryGetValue(tree, out SourceFile file)
        ? file
        : Files.GetValue(tree, key => new SourceFile(key, cancellation));

    /// <summary>
    /// One item for each type with an attribute, in order of place: its model if it is a network that is declared without an error, otherwise null. That
    /// an item stays where it is while its declaration is being written is what drivers handle best.
    /// </summary>
    public ImmutableArray<NetworkSpec?> Read(CSharpCompilation compilation, CancellationToken cancellation)
    {
        ProjectDeclarations declarations = ProjectDeclarations.Of(compilation, cancellation);
        if (Volatile.Read(ref _last) is { } last && last.Declarations.Equals(declarations))
        {
            return last.Networks;
        }

        NetworkSpec? ReadType(TypeDeclarationSyntax type) =>
            MayBeNetwork(type, declarations)
            && compilation.GetSemanticModel(type.SyntaxTree).GetDeclaredSymbol(type, cancellation) is { } symbol
            && CarriesNetwork(symbol, type)
                ? DeclarationParser.Parse(symbol, compilation, cancellation).Spec
                : null;
        var reading = new Reading(declarations, _attributedTypes.Select(ReadType).ToImmutableArray());
        Volatile.Write(ref _last, reading);
        return reading.Networks;
    }

    /// <summary>Whether an attribute has the right name, or one that may be an alias of it.</summary>
    private bool MayBeNetwork(TypeDeclarationSyntax type, ProjectDeclarations declarations) => type.AttributeLists
        .SelectMany(list => list.Attributes)
        .Select(attribute => Last(attribute.Name))
        .Any(name => name is NetworkName or NetworkName + AttributeSuffix
            || IsAlias(name, declarations)
            || IsAlias(name + AttributeSuffix, declarations));

    private bool IsAlias(string name, ProjectDeclarations declarations) => _aliases.Contains(name) || declarations.GlobalAliases.Contains(name);

    private static string Last(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };

    /// <summary>Whether it is this declaration of the type that the attribute stands on, the first if it stands on several.</summary>
    private static bool CarriesNetwork(INamedTypeSymbol symbol, TypeDeclarationSyntax type) => symbol.GetAttributes()
        .FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == DeclarationParser.NetworkAttribute)?
        .ApplicationSyntaxReference is { } place && place.SyntaxTree == type.SyntaxTree && type.Span.Contains(place.Span);

    /// <summary>The networks that a file had with the declarations of a project.</summary>
    private sealed class Reading
    {
        public Reading(ProjectDeclarations declarations, ImmutableArray<NetworkSpec?> networks)
        {
            Declarations = declarations;
            Networks = networks;
        }

        public ProjectDeclarations Declarations { get; }

        public ImmutableArray<NetworkSpec?> Networks { get; }
    }
}
