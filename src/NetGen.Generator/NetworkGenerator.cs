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
/// The pipeline: a declaration is read, planned, and emitted as one file. What is read is equal by value, so an edit elsewhere stops there.
/// Diagnostics are the analyzer's: a declaration with an error gives no file here.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
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
        // A declaration with an error stays in the pipeline, as null: drivers were seen to lose the items after one that comes and goes.
        IncrementalValuesProvider<NetworkSpec?> specs = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                DeclarationParser.NetworkAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (found, cancellation) => DeclarationParser.Read(
                    (INamedTypeSymbol)found.TargetSymbol, (CSharpCompilation)found.SemanticModel.Compilation, cancellation))
            .WithTrackingName(PipelineSteps.Declarations)
            .Select(static (declaration, _) => declaration is null || CostLimits.Exceeded(declaration).Any() ? null : declaration.Spec)
            .WithTrackingName(PipelineSteps.Specs);

        // File names ignore case where class names do not; the names that clash get a suffix.
        IncrementalValueProvider<EquatableArray<string>> clashes = specs
            .Select(static (spec, _) => spec?.Type.HintName ?? "")
            .WithTrackingName(PipelineSteps.HintNames)
            .Collect()
            .WithTrackingName(PipelineSteps.AllHintNames)
            .Select(static (names, _) => FindClashes(names))
            .WithTrackingName(PipelineSteps.Clashes);

        IncrementalValuesProvider<(string HintName, string Text)> sources = specs
            .Combine(clashes)
            .WithTrackingName(PipelineSteps.Named)
            .Select(static (pair, _) => (HintName: pair.Left is null ? "" : HintName(pair.Left.Type.HintName, pair.Right), Spec: pair.Left))
            .WithTrackingName(PipelineSteps.Inputs)
            .Select((input, cancellation) =>
            {
                cancellation.ThrowIfCancellationRequested();
                return (input.HintName, input.HintName.Length == 0 ? "" : NetworkEmitter.Emit(Planner.Plan(input.Spec!, _forced)));
            })
            .WithTrackingName(PipelineSteps.Sources);

        context.RegisterSourceOutput(sources, static (output, source) =>
        {
            if (source.HintName.Length > 0)
            {
                output.AddSource(source.HintName, SourceText.From(source.Text, Utf8));
            }
        });
    }

    private static EquatableArray<string> FindClashes(IEnumerable<string> names) => new(names
        .Where(name => name.Length > 0)
        .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
        .Where(group => group.Count() > 1)
        .SelectMany(group => group)
        .OrderBy(name => name, StringComparer.Ordinal));

    /// <summary>
    /// The name of a network's file; empty for none, as where there is an error: a namespace and a class of one name, which the compiler rejects, may hold classes of one name.
    /// </summary>
    private static string HintName(string name, EquatableArray<string> clashes) => clashes.Count(clash => clash == name) switch
    {
        0 => name,
        1 => name.Replace(".g.cs", "_" + TypeNames.Hash(name) + ".g.cs"),
        _ => "",
    };
}
