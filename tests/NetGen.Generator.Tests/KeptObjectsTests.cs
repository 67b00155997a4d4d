using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;
using NetGen.Generator.Parsing;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>What the driver keeps from run to run does not keep a compilation alive: not one object of the compiler from the model on.</summary>
public sealed class KeptObjectsTests
{
    private const string Source = """
        using NetGen;
        namespace Demo;
        [Network(2, Loss = Loss.HalfSquaredError)] [Dense(3, Activation.Elu, Alpha = 0.5)] public sealed partial class First { }
        public partial class Outer { [Network(4)] [Dense(5)] internal sealed partial class Second { } }
        [Network(0)] [Dense(100000)] public sealed partial class Wrong { }
        [Network(2)] [Dense(100000)] public sealed partial class TooLarge { }
        [Dense(2)] public sealed partial class Layers { }
        """;

    public static TheoryData<string> Kinds => [.. Leaks.Keys];

    private static readonly Dictionary<string, Func<ClassDeclarationSyntax, SemanticModel, object>> Leaks = new()
    {
        [nameof(Compilation)] = (_, model) => model.Compilation,
        [nameof(ISymbol)] = (type, model) => model.GetDeclaredSymbol(type)!,
        [nameof(SyntaxNode)] = (type, _) => type,
        [nameof(SyntaxToken)] = (type, _) => type.Identifier,
        [nameof(SyntaxTree)] = (type, _) => type.SyntaxTree,
        [nameof(SyntaxReference)] = (type, _) => type.GetReference(),
        [nameof(SemanticModel)] = (_, model) => model,
        [nameof(Location)] = (type, _) => type.GetLocation(),
        [nameof(Diagnostic)] = (type, _) => Diagnostic.Create("X", "X", "text", DiagnosticSeverity.Error, DiagnosticSeverity.Error, true, 0, location: type.GetLocation()),
        [nameof(AttributeData)] = (type, model) => model.GetDeclaredSymbol(type)!.GetAttributes()[0],
    };

    [Fact]
    public void Every_step_from_the_model_on_is_free_of_the_compiler()
    {
        var project = new TrackedProject(Source, "namespace Demo; class Other { }");
        project.Edit(1, "class Other", "class Another");
        HashSet<IncrementalGeneratorRunStep> all = WithInputs(project.Result.TrackedOutputSteps.SelectMany(pair => pair.Value));
        IncrementalGeneratorRunStep[] found = all.Where(step => step.Name is PipelineSteps.Readings or PipelineSteps.LoneLayers)
            .SelectMany(step => step.Inputs).Select(input => input.Source).ToArray();
        HashSet<IncrementalGeneratorRunStep> search = WithInputs(found);

        // What leads to the model is the compiler's search, which holds what it hands to generators. Places are found in the compilation at hand, and no other.
        // Whatever else there is, under whichever name or none, must not hold anything.
        Assert.All(found, step => Assert.Contains("_ForAttribute", step.Name));
        Assert.NotEmpty(search.SelectMany(Compilers));
        IncrementalGeneratorRunStep places = Assert.Single(all, step => step.Name == PipelineSteps.Places);
        Assert.Same(project.Compilation, ((ITuple)Assert.Single(places.Outputs).Value)[1]);
        Assert.All(project.Result.Diagnostics, error => Assert.Contains(error.Location.SourceTree, project.Compilation.SyntaxTrees));
        Assert.Equal(3, project.Result.Diagnostics.Length);
        IncrementalGeneratorRunStep[] own = [.. all.Except(search).Where(step => step != places && step.Name != "Compilation" && step.Inputs.All(input => input.Source != places))];
        Assert.Empty(own.SelectMany(Compilers));
        Assert.Subset(own.Select(step => step.Name).ToHashSet(), PipelineSteps.FromModel.Append("SourceOutput").ToHashSet<string?>());
    }

    /// <summary>The walk would find it: each kind of object, deep inside of others, and where.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_generator_that_keeps_something_is_caught(string kind)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new LeakingGenerator(Leaks[kind]).AsSourceGenerator()],
            parseOptions: Compiled.ParseOptions(),
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGenerators(Compiled.Compilation(Source));
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        string found = Assert.Single(ObjectGraph.FindCompiler(result.TrackedSteps["Leak"].Single().Outputs.Single().Value));
        Assert.StartsWith(".Holder.Items.array[1]: ", found);
    }

    [Fact]
    public void A_model_can_hold_nothing_but_values()
    {
        var seen = new HashSet<Type>();
        Check(typeof(NetworkReading), seen);
        Check(typeof(NetworkVerdict), seen);
        Check(typeof(WrongClass), seen);
        Check(typeof(ModelRequest), seen);
        Check(typeof(ModelVerdict), seen);
        Assert.Contains(typeof(LayerSpec), seen);
        Assert.Contains(typeof(Dense), seen);
        Assert.Contains(typeof(TargetSpec), seen);
    }

    /// <summary>A model consists of leaves, of sealed records of the model's own namespace or of kinds of layers, and of arrays that compare their items.</summary>
    private static void Check(Type type, HashSet<Type> seen)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        // Weights are numbers, compared by the hash of their file.
        if (ObjectGraph.IsLeaf(type) || type == typeof(ModelWeights) || !seen.Add(type))
        {
            return;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>))
        {
            Check(type.GetGenericArguments()[0], seen);
            return;
        }

        if (type == typeof(LayerSpec))
        {
            Type[] kinds = [.. type.Assembly.GetTypes().Where(kind => kind.IsSubclassOf(type) && !kind.IsAbstract)];
            Assert.All(kinds, kind => Assert.Equal(typeof(Dense).Namespace, kind.Namespace));
            foreach (Type kind in kinds)
            {
                Check(kind, seen);
            }

            return;
        }

        Assert.Contains(type.Namespace, new[] { typeof(NetworkSpec).Namespace, typeof(Dense).Namespace });
        Assert.True(type.IsSealed && type.GetMethod("<Clone>$") is not null, $"{type} is no sealed record.");
        Assert.All(ObjectGraph.FieldsOf(type), field =>
        {
            Assert.True(field.IsInitOnly, $"{field} can change.");
            Check(field.FieldType, seen);
        });
    }

    /// <summary>Steps, and all that led to them.</summary>
    private static HashSet<IncrementalGeneratorRunStep> WithInputs(IEnumerable<IncrementalGeneratorRunStep> last)
    {
        var steps = new HashSet<IncrementalGeneratorRunStep>(ReferenceEqualityComparer.Instance);
        var waiting = new Stack<IncrementalGeneratorRunStep>(last);
        while (waiting.TryPop(out IncrementalGeneratorRunStep? step))
        {
            if (steps.Add(step))
            {
                foreach ((IncrementalGeneratorRunStep source, _) in step.Inputs)
                {
                    waiting.Push(source);
                }
            }
        }

        return steps;
    }

    /// <summary>Where the outputs of a step hold something of the compiler's.</summary>
    private static IEnumerable<string> Compilers(IncrementalGeneratorRunStep step) =>
        step.Outputs.SelectMany(output => ObjectGraph.FindCompiler(output.Value)).Select(place => $"{step.Name ?? "(no name)"}{place}");

    private sealed record Leak(Holder Holder);

    private sealed record Holder(ImmutableArray<object> Items);

    /// <summary>Keeps an object of the compiler inside of an array inside of a record.</summary>
    private sealed class LeakingGenerator(Func<ClassDeclarationSyntax, SemanticModel, object> leak) : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context)
        {
            IncrementalValuesProvider<Leak> leaks = context.SyntaxProvider
                .ForAttributeWithMetadataName(
                    DeclarationParser.NetworkAttribute,
                    static (node, _) => node is ClassDeclarationSyntax { Identifier.Text: "First" },
                    (found, _) => new Leak(new Holder(["a text", leak((ClassDeclarationSyntax)found.TargetNode, found.SemanticModel)])))
                .WithTrackingName("Leak");
            context.RegisterSourceOutput(leaks, static (_, _) => { });
        }
    }
}
