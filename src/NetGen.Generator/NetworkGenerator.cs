using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
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
/// Errors are reported here, for what analyzers say does not appear in a build that the compiler has errors of its own in. They have places, which every
/// edit moves: a branch of its own finds them, again after each edit, but for wrong declarations alone. An exception is an error too, of its network alone.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <summary>Without a byte order mark, should a build write the file to disk.</summary>
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private readonly PlanChoice? _forced;
    private readonly Action<string, ClassName>? _before;

    /// <summary>Creates the generator.</summary>
    public NetworkGenerator()
    {
    }

    /// <summary>Creates a generator for tests.</summary>
    /// <param name="forced">How it is to compute, so that the forms can be compared.</param>
    /// <param name="before">Called before a step of <see cref="PipelineSteps"/> works on a class, to fail there.</param>
    internal NetworkGenerator(PlanChoice? forced, Action<string, ClassName>? before = null)
    {
        _forced = forced;
        _before = before;
    }

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // A declaration with an error stays in the pipeline: drivers were seen to lose the items after one that comes and goes.
        IncrementalValuesProvider<NetworkVerdict> verdicts = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                DeclarationParser.NetworkAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                (found, cancellation) => Read((INamedTypeSymbol)found.TargetSymbol, (CSharpCompilation)found.SemanticModel.Compilation, cancellation))
            .WithTrackingName(PipelineSteps.Readings)
            .Select((reading, _) => Judge(reading))
            .WithTrackingName(PipelineSteps.Verdicts);

        // File names ignore case where class names do not; the names that clash get a suffix.
        IncrementalValueProvider<EquatableArray<(string Name, string HintName)>> clashes = verdicts
            .Select(static (verdict, _) => verdict.Type?.HintName ?? "")
            .WithTrackingName(PipelineSteps.HintNames)
            .Collect()
            .WithTrackingName(PipelineSteps.AllHintNames)
            .Select(static (names, _) => FindClashes(names))
            .WithTrackingName(PipelineSteps.Clashes);

        IncrementalValuesProvider<GeneratedFile> sources = verdicts
            .Combine(clashes)
            .WithTrackingName(PipelineSteps.Named)
            .Select(static (pair, _) => (
                HintName: pair.Left.Type is null ? "" : HintName(pair.Left.Type.HintName, pair.Right), pair.Left.Class, pair.Left.Spec, pair.Left.Stub))
            .WithTrackingName(PipelineSteps.Inputs)
            .Select((input, cancellation) =>
            {
                cancellation.ThrowIfCancellationRequested();
                return input.HintName.Length == 0 ? new GeneratedFile("", "") : Write(input.HintName, input.Class, input.Spec, input.Stub);
            })
            .WithTrackingName(PipelineSteps.Sources);
        RegisterErrors(context, verdicts, sources);

        context.RegisterSourceOutput(sources, static (output, source) =>
        {
            if (source.HintName.Length > 0)
            {
                output.AddSource(source.HintName, SourceText.From(source.Text, Utf8));
            }
        });
    }

    private NetworkReading Read(INamedTypeSymbol type, CSharpCompilation compilation, CancellationToken cancellation)
    {
        ClassName name = TypeNames.Name(type);
        return Failure.Catch(
            () =>
            {
                _before?.Invoke(PipelineSteps.Readings, name);
                return DeclarationParser.Read(type, compilation, cancellation);
            },
            failure => new NetworkReading(name, null, null, default, IsComplete: false, failure));
    }

    private NetworkVerdict Judge(NetworkReading reading) => reading.Failure is { } known
        ? Verdict.Failed(reading, known)
        : Failure.Catch(
            () =>
            {
                _before?.Invoke(PipelineSteps.Verdicts, reading.Class);
                return Verdict.Of(reading);
            },
            failure => Verdict.Failed(reading, failure));

    /// <summary>Writes a network, or its stub; where that fails, a stub that says so, if there can be one.</summary>
    private GeneratedFile Write(string hintName, ClassName type, NetworkSpec? spec, StubSpec? stub)
    {
        string Stub(StubPlan plan)
        {
            _before?.Invoke(PipelineSteps.Sources + ".Stub", type);
            return NetworkEmitter.Emit(plan);
        }

        return Failure.Catch(
            () =>
            {
                _before?.Invoke(PipelineSteps.Sources, type);
                return new GeneratedFile(hintName, spec is not null ? NetworkEmitter.Emit(Planner.Plan(spec, _forced)) : Stub(StubPlan.Of(stub!)));
            },
            failure =>
            {
                var failed = new StubSpec(spec ?? stub!.StandIn, Findings.Text(Failure.Error(Location.None, type.Simple, failure)));
                string text = Failure.Catch(() => Stub(StubPlan.Of(failed)), _ => Failure.Catch(() => Stub(StubPlan.Smallest(failed)), _ => ""));
                return new GeneratedFile(text.Length > 0 ? hintName : "", text, new WrongClass(type, default, failure));
            });
    }

    /// <summary>Reports the errors of wrong declarations, and of layers without a network, which no search for networks finds.</summary>
    private static void RegisterErrors(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<NetworkVerdict> verdicts, IncrementalValuesProvider<GeneratedFile> sources)
    {
        IncrementalValueProvider<EquatableArray<WrongClass>> failed = sources
            .Select(static (source, _) => source.Failed)
            .WithTrackingName(PipelineSteps.Failed)
            .Collect()
            .WithTrackingName(PipelineSteps.AllFailed)
            .Select(static (wrong, _) => new EquatableArray<WrongClass>(wrong.OfType<WrongClass>()))
            .WithTrackingName(PipelineSteps.FailedNetworks);
        IncrementalValueProvider<EquatableArray<WrongClass>> networks = verdicts
            .Select(static (verdict, _) => verdict.Errors > 0 ? new WrongClass(verdict.Class, verdict.Excesses, verdict.Failure) : null)
            .WithTrackingName(PipelineSteps.Wrong)
            .Collect()
            .WithTrackingName(PipelineSteps.AllWrong)
            .Select(static (wrong, _) => new EquatableArray<WrongClass>(wrong.OfType<WrongClass>()))
            .WithTrackingName(PipelineSteps.WrongNetworks);
        IncrementalValueProvider<EquatableArray<WrongClass>> layers = LayerAttributes.All.Select(kind => LoneLayers(context, kind)).Aggregate((all, more) => all
            .Combine(more)
            .WithTrackingName(PipelineSteps.MoreLoneLayers)
            .Select(static (two, _) => new EquatableArray<WrongClass>(two.Left.Concat(two.Right)))
            .WithTrackingName(PipelineSteps.WrongLayers));

        context.RegisterSourceOutput(
            networks.Combine(failed).WithTrackingName(PipelineSteps.WrongAndFailed).Combine(layers).WithTrackingName(PipelineSteps.WrongClasses)
                .Combine(context.CompilationProvider).WithTrackingName(PipelineSteps.Places),
            static (output, input) =>
            {
                ((EquatableArray<WrongClass> Wrong, EquatableArray<WrongClass> Failed) networks, EquatableArray<WrongClass> layers) = input.Left;
                IEnumerable<WrongClass> all = networks.Wrong.Concat(networks.Failed).Concat(layers);
                foreach (Diagnostic error in ErrorPlaces.Find(all, (CSharpCompilation)input.Right, output.CancellationToken))
                {
                    output.ReportDiagnostic(error);
                }
            });
    }

    /// <summary>The classes with a layer of a kind and without a network.</summary>
    private static IncrementalValueProvider<EquatableArray<WrongClass>> LoneLayers(IncrementalGeneratorInitializationContext context, LayerAttribute kind) => context.SyntaxProvider
        .ForAttributeWithMetadataName(
            kind.FullName,
            static (node, _) => node is TypeDeclarationSyntax,
            static (found, _) => TypeNames.HasAttribute(found.TargetSymbol, DeclarationParser.NetworkAttribute)
                ? null
                : new WrongClass(TypeNames.Name((INamedTypeSymbol)found.TargetSymbol), default))
        .WithTrackingName(PipelineSteps.LoneLayers)
        .Collect()
        .WithTrackingName(PipelineSteps.AllLoneLayers)
        .Select(static (wrong, _) => new EquatableArray<WrongClass>(wrong.OfType<WrongClass>()))
        .WithTrackingName(PipelineSteps.WrongLayers);

    /// <summary>
    /// The names that need another, each with it: in order of the names, a hash that nobody else has. It is empty, and so there is no file, where names are the
    /// same, as where there is an error: a namespace and a class of one name, which the compiler rejects, may hold classes of one name.
    /// </summary>
    private static EquatableArray<(string Name, string HintName)> FindClashes(IEnumerable<string> names)
    {
        List<string> all = names.Where(name => name.Length > 0).ToList();
        var taken = new HashSet<string>(all, StringComparer.OrdinalIgnoreCase);
        var found = new List<(string Name, string HintName)>();
        foreach (IGrouping<string, string> same in all.GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .SelectMany(group => group.GroupBy(name => name, StringComparer.Ordinal))
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            string hint = same.Count() > 1 ? "" : same.Key;
            for (string hashed = same.Key; hint.Length > 0 && !taken.Add(hint); hashed = hint)
            {
                hint = same.Key.Replace(".g.cs", "_" + TypeNames.Hash(hashed) + ".g.cs");
            }

            found.Add((same.Key, hint));
        }

        return new(found);
    }

    /// <summary>The name of a network's file; empty for none.</summary>
    private static string HintName(string name, EquatableArray<(string Name, string HintName)> clashes)
    {
        foreach ((string clashing, string hint) in clashes)
        {
            if (clashing == name)
            {
                return hint;
            }
        }

        return name;
    }
}
