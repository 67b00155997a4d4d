using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Emit;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;
using NetGen.Generator.Parsing;
using NetGen.Generator.Planning;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>No kind of layer, activation, loss, function or option is forgotten where networks stand for all: those whose bits every host reproduces, and random ones.</summary>
public sealed class KindTests
{
    private static readonly string[] Layers = [.. typeof(LayerSpec).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(LayerSpec))).Select(type => "layer " + type.Name)];

    private static readonly string[] Activations = [.. Catalogue.ActivationNames.Append(Catalogue.Own).Select(name => "activation " + name)];

    private static readonly string[] Losses = [.. Catalogue.LossNames.Append(Catalogue.Own).Append(Catalogue.NoLoss).Select(name => "loss " + name)];

    private static readonly string[] Pairs = [.. Catalogue.AllPairs.Select(pair => $"pair {pair.Activation} {pair.Loss}")];

    private static readonly string[] Functions = [.. Enum.GetNames<Function>().Select(name => "function " + name)];

    private static readonly string[] Operators = [.. Enum.GetNames<FormulaOperator>().Select(name => "operator " + name)];

    private static readonly string[] Options = ["Single", "Double", "BatchTerms", "Reduction.Sum", "LabelSmoothing", "Weight", "Delta", "Frozen", "SharesWith", "several inputs", "several outputs"];

    [Fact]
    [Trait("Category", "Quick")]
    public void Every_kind_is_in_a_network_whose_bits_every_host_reproduces()
    {
        string[] hashed = [.. File.ReadLines(Path.Combine(Paths.HashedNetworks, "hashes.txt")).Select(line => line.Split(' ')[0]).SkipLast(1)];
        CSharpCompilation compilation = Compiled.Compilation("").AddSyntaxTrees(
            Directory.GetFiles(Paths.HashedNetworks, "*.cs").Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), Compiled.ParseOptions())));
        NetworkSpec[] specs = [.. hashed.Select(name => DeclarationParser.Read(compilation.GetTypeByMetadataName("NetGen.Determinism." + name)!, compilation, default).Declaration!.Spec)];
        string text = string.Concat(specs.Select(spec => NetworkEmitter.Emit(Planner.Plan(spec))));
        string[] functions = [.. Functions.Where(function => text.Contains($".{function.Split(' ')[1]}(", StringComparison.Ordinal))];
        string[] every = [.. Layers, .. Activations, .. Losses, .. Pairs, .. Functions, .. Operators, .. Options];
        Assert.Empty(every.Except(specs.SelectMany(Kinds)).Except(functions));
    }

    [Fact]
    [Trait("Category", "Quick")]
    public void Every_kind_is_in_a_random_graph()
    {
        NetworkGraph[] graphs = [.. Enumerable.Range(0, 400).Select(seed => SeveralValues.Of(RandomGraphs.Create(seed, layers: 12), seed))];
        string[] own = ["activation Own", "loss Own"];
        Assert.Empty(Layers.Concat(Activations).Concat(Losses).Concat(Pairs).Except(own).Except(graphs.SelectMany(Kinds)));
    }

    [Fact]
    [Trait("Category", "Quick")]
    public void Every_elementary_function_has_its_rows_in_the_table_of_accuracy()
    {
        string page = File.ReadAllText(Paths.Numerics);
        IEnumerable<string> rows = Catalogue.ElementaryNames.SelectMany(name => new[] { "float", "double" }, (name, precision) => $"\n| {name} | {precision} | ");
        Assert.DoesNotContain(rows, row => !page.Contains(row, StringComparison.Ordinal));
    }

    /// <summary>What a network has of all that.</summary>
    private static IEnumerable<string> Kinds(NetworkSpec spec)
    {
        NetworkGraph graph = spec.Graph;
        IEnumerable<OwnFormula> formulas = graph.Nodes.Select(node => node.Layer.Own).Concat(graph.Outputs.Select(output => output.Loss.Own)).OfType<OwnFormula>();
        return
        [
            .. Kinds(graph),
            .. formulas.SelectMany(formula => formula.Nodes).Select(node => "operator " + node.Operator),
            spec.Number.ToString(),
            .. spec.BatchTerms ? (string[])["BatchTerms"] : [],
        ];
    }

    private static IEnumerable<string> Kinds(NetworkGraph graph) =>
    [
        .. graph.Nodes.Select(node => "layer " + node.Layer.GetType().Name),
        .. graph.Nodes.Select(node => "activation " + node.Layer.Activation),
        .. graph.Outputs.Select(output => "loss " + output.Loss.Name),
        .. graph.Outputs.Select(output => $"pair {graph.Nodes[output.Node].Layer.Activation} {output.Loss.Name}"),
        .. graph.Outputs.SelectMany(output => Kinds(output.Loss)),
        .. graph.Nodes.Any(node => node.IsFrozen) ? (string[])["Frozen"] : [],
        .. graph.Nodes.Any(node => node.SharesWith is not null) ? (string[])["SharesWith"] : [],
        .. graph.Inputs.Count() > 1 ? (string[])["several inputs"] : [],
        .. graph.Outputs.Count > 1 ? (string[])["several outputs"] : [],
    ];

    private static IEnumerable<string> Kinds(LossSpec loss)
    {
        var without = new LossSpec(loss.Name);
        (string Option, bool IsThere)[] options =
        [
            ("Reduction.Sum", loss.SumOutputs != without.SumOutputs), ("LabelSmoothing", loss.LabelSmoothing != without.LabelSmoothing), ("Weight", loss.Weight != without.Weight), ("Delta", loss.Delta != without.Delta),
        ];
        return options.Where(option => option.IsThere).Select(option => option.Option);
    }
}
