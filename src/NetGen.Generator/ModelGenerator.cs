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
        IncrementalValuesProvider<ModelVerdict> verdicts = context.SyntaxProvider
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
            return new ModelVerdict(reading.Class, null, null, null, null, reading.Errors.Count > 0);
        }

        (NetworkSpec? spec, ModelFault? fault) = request.Source is { } source
            ? ModelReader.Read(declaration, source, graph => ModelParser.Spec(declaration, graph))
            : (null, request.Fault);
        fault ??= CostLimits.Exceeded(new NetworkDeclaration(spec!, declaration.MaxParameters, null)).Select(excess => new ModelFault("NETGEN034", EquatableArray<string>.Of(declaration.File, CostChecks.Text(excess)))).FirstOrDefault();
        return fault is null
            ? new ModelVerdict(reading.Class, spec, null, declaration.MaxParameters, null, IsWrong: false)
            : new ModelVerdict(reading.Class, null, new StubSpec(ModelParser.StandIn(declaration), $"{fault.Id}: {string.Join(", ", fault.Arguments)}"), null, fault, IsWrong: false);
    }

    private static void Write(SourceProductionContext output, ModelVerdict verdict)
    {
        if (verdict.Spec is { } spec)
        {
            NetworkPlan plan = Planner.Plan(spec);
            output.AddSource(spec.Type.HintName, SourceText.From(NetworkEmitter.Emit(plan), Utf8));
            output.AddSource(spec.Type.HintName.Replace(".g.cs", ".Weights.g.cs"), SourceText.From(WeightsFile.Emit(plan), Utf8));
        }
        else if (verdict.Stub is { } stub)
        {
            output.AddSource(stub.StandIn.Type.HintName, SourceText.From(NetworkEmitter.Emit(StubPlan.Of(stub)), Utf8));
        }
    }

    private static IEnumerable<Diagnostic> Errors(IReadOnlyList<WrongModel> wrong, CSharpCompilation compilation, CancellationToken cancellation) => wrong
        .SelectMany(model => compilation.GetSymbolsWithName(model.Class.Simple, SymbolFilter.Type, cancellation)
            .OfType<INamedTypeSymbol>()
            .Where(type => TypeNames.Name(type) == model.Class)
            .SelectMany(type => ModelParser.Errors(type, compilation, model.Fault, cancellation)))
        .Distinct();
}
