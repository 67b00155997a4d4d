using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Parsing;

/// <summary>What there is to say about a declaration. An error means that the network cannot be generated; anything less is said beside it.</summary>
internal sealed class Findings
{
    private readonly List<Diagnostic> _all = new();

    public IReadOnlyList<Diagnostic> All => _all;

    public IEnumerable<Diagnostic> Errors => _all.Where(finding => Descriptors.IsError(finding.Descriptor));

    public bool HasErrors => Errors.Any();

    /// <summary>A finding without its place.</summary>
    public static string Text(Diagnostic finding) => $"{finding.Id}: {finding.GetMessage(CultureInfo.InvariantCulture)}";

    /// <summary>Adds a finding, unless it is there: one call, or an attribute that is repeated, may stand for several layers.</summary>
    public void Add(DiagnosticDescriptor descriptor, Location location, params object[] arguments)
    {
        var finding = Diagnostic.Create(descriptor, location, arguments);
        if (!_all.Any(other => other.Descriptor.Equals(descriptor) && other.Location.Equals(location) && Text(other) == Text(finding)))
        {
            _all.Add(finding);
        }
    }
}
