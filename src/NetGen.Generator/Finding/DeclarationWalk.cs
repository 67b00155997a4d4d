using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator.Finding;

/// <summary>
/// Walks over a file and leaves out the bodies of methods, accessors and lambdas: nothing in them changes what is declared. Comments and
/// spaces do not count either.
/// </summary>
internal sealed class DeclarationWalk
{
    private readonly StringBuilder _parts = new();
    private readonly List<TypeDeclarationSyntax> _attributedTypes = new();
    private readonly List<string> _aliases = new();
    private readonly List<string> _globalAliases = new();

    /// <summary>The types with attributes, in order of place.</summary>
    public IReadOnlyList<TypeDeclarationSyntax> AttributedTypes => _attributedTypes;

    /// <summary>The names of the file's aliases.</summary>
    public IReadOnlyList<string> Aliases => _aliases;

    /// <summary>The names among them that all files know.</summary>
    public IReadOnlyList<string> GlobalAliases => _globalAliases;

    /// <summary>Notes what lies below a node.</summary>
    public void Visit(SyntaxNode root, CancellationToken cancellation)
    {
        foreach (SyntaxNodeOrToken part in root.DescendantNodesAndTokensAndSelf(static node => !IsBody(node)))
        {
            // The kind of a part and of all parts below it say how they belong together; the texts are those of the tokens.
            _parts.Append((char)part.RawKind);
            if (part.IsToken)
            {
                _parts.Append(part.AsToken().Text).Append('\0');
                continue;
            }

            switch (part.AsNode())
            {
                case TypeDeclarationSyntax { AttributeLists.Count: > 0 } type:
                    cancellation.ThrowIfCancellationRequested();
                    _attributedTypes.Add(type);
                    break;
                case UsingDirectiveSyntax { Alias: { } alias } directive:
                    _aliases.Add(alias.Name.Identifier.ValueText);
                    if (directive.GlobalKeyword.Text.Length > 0)
                    {
                        _globalAliases.Add(alias.Name.Identifier.ValueText);
                    }

                    break;
            }
        }
    }

    /// <summary>A hash of what was walked over.</summary>
    public byte[] Fingerprint()
    {
        using var hash = SHA256.Create();
        return hash.ComputeHash(Encoding.Unicode.GetBytes(_parts.ToString()));
    }

    private static bool IsBody(SyntaxNode node) => node is BlockSyntax or ArrowExpressionClauseSyntax or GlobalStatementSyntax;
}
