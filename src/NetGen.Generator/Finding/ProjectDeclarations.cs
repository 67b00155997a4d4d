using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Finding;

/// <summary>
/// Everything that a declaration of a network may depend on, as a hash: what the project's files declare, its references, and its options. While two
/// compilations agree in this, they have the same networks. Found once for each compilation.
/// </summary>
internal sealed class ProjectDeclarations : IEquatable<ProjectDeclarations>
{
    private static readonly ConditionalWeakTable<CSharpCompilation, ProjectDeclarations> Known = new();
    private static readonly ConditionalWeakTable<object, Identity> Identities = new();

    private readonly byte[] _hash;

    private ProjectDeclarations(CSharpCompilation compilation, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content))
        {
            writer.Write(compilation.AssemblyName ?? "");
            writer.Write((int)compilation.LanguageVersion);
            writer.Write(Number(compilation.Options));
            foreach (MetadataReference reference in compilation.References)
            {
                writer.Write(Number(reference));
            }

            foreach (SyntaxTree tree in compilation.SyntaxTrees)
            {
                SourceFile file = SourceFile.Of(tree, cancellation);
                writer.Write(file.Fingerprint);
                GlobalAliases.UnionWith(file.GlobalAliases);
            }
        }

        using var hash = SHA256.Create();
        _hash = hash.ComputeHash(content.ToArray());
    }

    /// <summary>The aliases that all files know.</summary>
    public HashSet<string> GlobalAliases { get; } = new(StringComparer.Ordinal);

    /// <summary>Returns the declarations of a compilation.</summary>
    public static ProjectDeclarations Of(CSharpCompilation compilation, CancellationToken cancellation) =>
        Known.TryGetValue(compilation, out ProjectDeclarations declarations)
            ? declarations
            : Known.GetValue(compilation, key => new ProjectDeclarations(key, cancellation));

    public bool Equals(ProjectDeclarations? other) => other is not null && (ReferenceEquals(this, other) || Enumerable.SequenceEqual(_hash, other._hash));

    public override bool Equals(object? obj) => Equals(obj as ProjectDeclarations);

    public override int GetHashCode() => BitConverter.ToInt32(_hash, 0);

    /// <summary>A number that no other object has: references and options never change, so the same object means the same content.</summary>
    private static long Number(object value) => Identities.GetValue(value, static _ => new Identity()).Number;

    private sealed class Identity
    {
        private static long _last;

        public long Number { get; } = Interlocked.Increment(ref _last);
    }
}
