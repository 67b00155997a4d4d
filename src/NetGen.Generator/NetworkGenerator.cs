using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NetGen.Generator.Emit;
using NetGen.Generator.Model;
using NetGen.Generator.Parsing;
using NetGen.Generator.Planning;

namespace NetGen.Generator;

/// <summary>
/// The pipeline: a declaration is parsed to a specification, planned, and emitted as one file. Specifications are equal by value,
/// so an edit elsewhere stops at the first step. Diagnostics are the analyzer's: a declaration with an error gives no file here.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <summary>Name of the step that parses, for tests of the caching.</summary>
    internal const string SpecStep = "Spec";

    /// <summary>Name of the step that plans and emits, for tests of the caching.</summary>
    internal const string SourceStep = "Source";

    /// <summary>Without a byte order mark, should a build write the file to disk.</summary>
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private readonly PlanChoice? _forced;

    /// <summary>Creates the generator.</summary>
    public NetworkGenerator()
    {
    }

    /// <summary>Creates a generator that is told how to compute, so that tests can compare the forms.</summary>
    internal NetworkGenerator(PlanChoice? forced)
    {
        _forced = forced;
    }

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<NetworkSpec> specs = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                DeclarationParser.NetworkAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (found, cancellation) => DeclarationParser.Parse(
                    (INamedTypeSymbol)found.TargetSymbol, (CSharpCompilation)found.SemanticModel.Compilation, cancellation).Spec)
            .Where(static spec => spec is not null)
            .Select(static (spec, _) => spec!)
            .WithTrackingName(SpecStep);

        // File names ignore case where class names do not; the names that clash get a suffix.
        IncrementalValueProvider<EquatableArray<string>> clashes = specs
            .Select(static (spec, _) => spec.Type.HintName)
            .Collect()
            .Select(static (names, _) => FindClashes(names));

        IncrementalValuesProvider<(string HintName, string Text)> sources = specs
            .Combine(clashes)
            .Where(static pair => !IsRepeated(pair.Left.Type.HintName, pair.Right))
            .Select((pair, _) => (HintName(pair.Left.Type.HintName, pair.Right), NetworkEmitter.Emit(Planner.Plan(pair.Left, _forced))))
            .WithTrackingName(SourceStep);

        context.RegisterSourceOutput(sources, static (output, source) =>
            output.AddSource(source.HintName, SourceText.From(source.Text, Utf8)));
    }

    private static EquatableArray<string> FindClashes(IEnumerable<string> names) => new(names
        .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
        .Where(group => group.Count() > 1)
        .SelectMany(group => group)
        .OrderBy(name => name, StringComparer.Ordinal));

    /// <summary>A namespace and a class of one name, which the compiler rejects, may hold classes of one name.</summary>
    private static bool IsRepeated(string name, EquatableArray<string> clashes) => clashes.Count(clash => clash == name) > 1;

    private static string HintName(string name, EquatableArray<string> clashes) =>
        clashes.Contains(name) ? name.Replace(".g.cs", "_" + TypeNames.Hash(name) + ".g.cs") : name;
}
