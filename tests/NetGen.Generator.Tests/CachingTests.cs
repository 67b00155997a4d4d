using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>An edit costs what it changes: equal declarations give cached outputs, and nothing of Roslyn is kept.</summary>
public sealed class CachingTests
{
    private const string Source = """
        using NetGen;
        namespace Demo;

        [Network(2, Loss = Loss.HalfSquaredError)]
        [Dense(3, Activation.Sigmoid)]
        public sealed partial class First { }

        [Network(4)]
        [Dense(5, Activation.Tanh)]
        public sealed partial class Second { }
        """;

    public static TheoryData<string, string, string> UnrelatedEdits => new()
    {
        { "nothing", "", "" },
        { "a comment", "namespace Demo;", "namespace Demo; // a comment" },
        { "moved code", "namespace Demo;", "namespace Demo;\n\n\n\n" },
        { "another type", "namespace Demo;", "namespace Demo; class Other { int x; }" },
        { "a member of the class", "class First { }", "class First { int x; }" },
        { "the same in other words", "[Dense(3, Activation.Sigmoid)]", "[Dense(activation: Activation.Sigmoid, units: 1 + 2)]" },
    };

    [Theory]
    [MemberData(nameof(UnrelatedEdits))]
    public void An_edit_elsewhere_emits_nothing_again(string what, string before, string after)
    {
        GeneratorRunResult run = RunTwice(Source, before.Length == 0 ? Source : Source.Replace(before, after));
        Assert.All(Reasons(run, NetworkGenerator.SpecStep), reason => Assert.True(
            reason is IncrementalStepRunReason.Unchanged or IncrementalStepRunReason.Cached, $"{what}: {reason}"));
        Assert.Equal(2, Reasons(run, NetworkGenerator.SourceStep).Count);
        Assert.All(Reasons(run, NetworkGenerator.SourceStep), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void A_changed_network_leaves_the_others_alone()
    {
        GeneratorRunResult run = RunTwice(Source, Source.Replace("[Dense(5", "[Dense(6"));
        Assert.Equal(
            new HashSet<IncrementalStepRunReason> { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified },
            Reasons(run, NetworkGenerator.SourceStep).ToHashSet());
        Assert.Equal(2, Reasons(run, NetworkGenerator.SourceStep).Count);
    }

    [Fact]
    public void A_further_network_leaves_the_others_alone()
    {
        GeneratorRunResult run = RunTwice(Source, Source + "\n[Network(1)] [Dense(1)] public sealed partial class Third { }");
        List<IncrementalStepRunReason> reasons = Reasons(run, NetworkGenerator.SourceStep);
        Assert.Equal(2, reasons.Count(reason => reason == IncrementalStepRunReason.Cached));
        Assert.Equal(1, reasons.Count(reason => reason == IncrementalStepRunReason.New));
    }

    [Fact]
    public void A_declaration_that_becomes_wrong_loses_its_file()
    {
        GeneratorRunResult run = RunTwice(Source, Source.Replace("[Dense(5", "[Dense(0"));
        Assert.Equal("Demo.First.g.cs", Assert.Single(run.GeneratedSources).HintName);
    }

    /// <summary>What a step keeps must not keep a compilation alive.</summary>
    [Fact]
    public void Nothing_of_Roslyn_is_kept()
    {
        GeneratorRunResult run = RunTwice(Source, Source);
        object[] kept = new[] { NetworkGenerator.SpecStep, NetworkGenerator.SourceStep }
            .SelectMany(step => run.TrackedSteps[step])
            .SelectMany(step => step.Outputs)
            .Select(output => output.Value)
            .ToArray();
        Assert.NotEmpty(kept);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (object value in kept)
        {
            Walk(value, seen);
        }

        Assert.Contains(seen, value => value is Model.NetworkSpec);
    }

    private static GeneratorRunResult RunTwice(string first, string second)
    {
        CSharpCompilation compilation = Compiled.Compilation(first);
        GeneratorDriver driver = Compiled.CreateDriver().RunGenerators(compilation);
        SyntaxTree tree = CSharpSyntaxTree.ParseText(second, Compiled.ParseOptions());
        return driver.RunGenerators(compilation.ReplaceSyntaxTree(compilation.SyntaxTrees.Single(), tree)).GetRunResult().Results.Single();
    }

    private static List<IncrementalStepRunReason> Reasons(GeneratorRunResult run, string step) =>
        run.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason).ToList();

    private static void Walk(object? value, HashSet<object> seen)
    {
        if (value is null || !seen.Add(value))
        {
            return;
        }

        Assert.False(
            value is ISymbol or SyntaxNode or SyntaxTree or Compilation or Location or Diagnostic or SemanticModel,
            $"A cached object is a {value.GetType()}.");
        Type type = value.GetType();
        if (value is string || type.IsPrimitive || type.IsEnum)
        {
            return;
        }

        if (value is IEnumerable items)
        {
            foreach (object? item in items)
            {
                Walk(item, seen);
            }
        }

        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            Walk(field.GetValue(value), seen);
        }
    }
}
