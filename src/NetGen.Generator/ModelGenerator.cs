using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NetGen.Generator.Emit;
using NetGen.Generator.Importing;
using NetGen.Generator.Model;
using NetGen.Generator.Parsing;
using NetGen.Generator.Planning;

namespace NetGen.Generator;

/// <summary>
/// The pipeline of classes that are the networks of model files: a declaration is read, its file is found among those of the project, read and brought to a graph, which is planned and emitted as
/// any other. A file is read again when it, or what is wanted of it, is another one; no key does that.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<EquatableArray<ModelSource>> sources = context.AdditionalTextsProvider
            .Where(ModelFiles.IsModel)
            .Select(ModelFiles.Source)
            .WithTrackingName(PipelineSteps.ModelSources)
            .Collect()
            .WithTrackingName(PipelineSteps.AllModelSources)
            .Select(static (all, _) => new EquatableArray<ModelSource>(all.OfType<ModelSource>()))
            .WithTrackingName(PipelineSteps.KnownModelSources);
        IncrementalValuesProvider<ModelVerdict> read = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                ModelParser.ModelAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (found, cancellation) => ModelParser.Read((INamedTypeSymbol)found.TargetSymbol, (CSharpCompilation)found.SemanticModel.Compilation, cancellation))
            .WithTrackingName(PipelineSteps.ModelReadings)
            .Combine(sources)
            .WithTrackingName(PipelineSteps.ModelReadingsAndSources)
            .Select(static (pair, _) => ModelFiles.Find(pair.Left, pair.Right))
            .WithTrackingName(PipelineSteps.ModelRequests)
            .Select(static (request, _) => Judge(request))
            .WithTrackingName(PipelineSteps.ModelVerdicts);
        IncrementalValueProvider<EquatableArray<ClassName>> taken = read
            .Where(static verdict => verdict is { Spec: not null, HasLayers: false } && NetworkMember.OfModelValues(verdict.Spec).Count > 0)
            .Collect()
            .Combine(context.CompilationProvider)
            .Select(static (named, cancellation) => new EquatableArray<ClassName>(named.Left
                .Where(verdict => TypeNames.Find(verdict.Class, named.Right, cancellation).Any(type => MemberConflicts.Find(type, NetworkMember.OfModelValues(verdict.Spec!)).Any()))
                .Select(verdict => verdict.Class)))
            .WithTrackingName(PipelineSteps.TakenMembers);
        IncrementalValuesProvider<ModelVerdict> verdicts = read
            .Combine(taken)
            .Select(static (pair, _) => pair.Right.Contains(pair.Left.Class) ? pair.Left.WithoutMembers() : pair.Left)
            .WithTrackingName(PipelineSteps.CheckedModels);
        IncrementalValueProvider<EquatableArray<WrongModel>> wrong = verdicts
            .Select(static (verdict, _) => verdict.Wrong)
            .WithTrackingName(PipelineSteps.Wrong)
            .Collect()
            .WithTrackingName(PipelineSteps.AllWrong)
            .Select(static (all, _) => new EquatableArray<WrongModel>(all.OfType<WrongModel>()))
            .WithTrackingName(PipelineSteps.WrongClasses);

        context.RegisterSourceOutput(verdicts, static (output, verdict) => Write(output, verdict));
        context.RegisterSourceOutput(
            wrong.Combine(context.CompilationProvider).WithTrackingName(PipelineSteps.Places),
            static (output, input) =>
            {
                foreach (Diagnostic error in Errors(input.Left, (CSharpCompilation)input.Right, output.CancellationToken))
                {
                    output.ReportDiagnostic(error);
                }
            });
    }

    /// <summary>What becomes of a class: reads its file.</summary>
    private static ModelVerdict Judge(ModelRequest request)
    {
        ModelReading reading = request.Reading;
        if (reading.Declaration is not { } declaration)
        {
            return new ModelVerdict(reading.Class, null, null, default, reading.Errors.Count > 0, HasLayers: false);
        }

        (NetworkSpec? spec, IEnumerable<ModelFault> found) = request.Source is { } source
            ? ModelReader.Read(declaration, source, graph => ModelParser.Spec(declaration, graph))
            : (null, new[] { request.Fault! });
        bool hasLayers = declaration.Declared is not null;
        var faults = new EquatableArray<ModelFault>(spec is null || hasLayers ? found : Excesses(declaration, spec));
        if (faults.Count == 0)
        {
            return new ModelVerdict(reading.Class, spec, null, default, IsWrong: false, hasLayers);
        }

        string reason = $"{faults[0].Id}: {string.Join(", ", faults[0].Arguments)}";
        return new ModelVerdict(reading.Class, null, new StubSpec(declaration.Declared ?? ModelParser.StandIn(declaration), reason), faults, IsWrong: false, hasLayers);
    }

    /// <summary>The limits that a network of a file exceeds; those of one with declared layers are said of these.</summary>
    private static IEnumerable<ModelFault> Excesses(ModelDeclaration declaration, NetworkSpec spec) => CostLimits.Exceeded(new NetworkDeclaration(spec, null, null))
        .Select(excess => new ModelFault("NETGEN034", EquatableArray<string>.Of(declaration.File, CostChecks.Text(excess))));

    private static void Write(SourceProductionContext output, ModelVerdict verdict)
    {
        if ((verdict.Spec ?? verdict.Stub?.StandIn) is not { } spec)
        {
            return;
        }

        NetworkPlan? plan = verdict.Spec is null ? null : Planner.Plan(verdict.Spec);
        StubPlan? stub = verdict.Stub is null ? null : StubPlan.Of(verdict.Stub);
        void Add(string name, string text) => output.AddSource(name, SourceText.From(text, Utf8));
        if (!verdict.HasLayers)
        {
            Add(spec.Type.HintName, plan is null ? NetworkEmitter.Emit(stub!) : NetworkEmitter.Emit(plan));
        }

        if (verdict.HasLayers || plan is not null)
        {
            Add(spec.Type.HintName.Replace(".g.cs", ".Weights.g.cs"), plan is null ? WeightsFile.Emit(stub!) : WeightsFile.Emit(plan));
        }
    }

    private static IEnumerable<Diagnostic> Errors(IReadOnlyList<WrongModel> wrong, CSharpCompilation compilation, CancellationToken cancellation) => wrong
        .SelectMany(model => TypeNames.Find(model.Class, compilation, cancellation).SelectMany(type => ModelParser.Errors(type, compilation, model, cancellation)))
        .Distinct();
}
