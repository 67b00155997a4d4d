using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Parsing;

/// <summary>What there is to say about a declaration. An error means that no code can be generated; anything less is said beside the code.</summary>
internal sealed class Findings
{
    private readonly List<Diagnostic> _all = new();

    public IReadOnlyList<Diagnostic> All => _all;

    /// <summary>Whether any finding is an error by nature; what a user makes of its severity does not make wrong code right.</summary>
    public bool HasErrors { get; private set; }

    public void Add(DiagnosticDescriptor descriptor, Location location, params object[] arguments)
    {
        HasErrors |= descriptor.DefaultSeverity == DiagnosticSeverity.Error;
        _all.Add(Diagnostic.Create(descriptor, location, arguments));
    }
}
