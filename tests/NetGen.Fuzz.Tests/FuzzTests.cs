using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Fuzz.Checks;
using NetGen.Fuzz.Damaged;
using NetGen.Fuzz.Sources;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Fuzz.Tests;

/// <summary>A short run of the fuzzer, and that it sees what it looks for.</summary>
public sealed class FuzzTests
{
    private const int Seed = 20261186;

    public static TheoryData<int> Blocks => new(Enumerable.Range(0, 2));

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Random_declarations_are_clean(int block)
    {
        Tally tally = Fuzzer.Run(Seed, block, block * Fuzzer.BlockLength, (block + 1) * Fuzzer.BlockLength);
        Assert.True(tally.Right > 0 && tally.Wrong > 0 && tally.Damaged > 0);
        Assert.Empty(tally.Findings.Select(finding => $"--seed {Seed} --case {finding.Case.Number}: {string.Join('\n', finding.Problems)}\n{finding.Case.Source}"));
    }

    /// <summary>The two blocks differ in all that a setting varies.</summary>
    [Fact]
    public void The_blocks_have_different_settings()
    {
        Setting[] settings = Enumerable.Range(0, 2).Select(block => Setting.Of(Seed, block)).ToArray();
        Assert.Equal([false, true], settings.Select(setting => setting.IsFloor));
        Assert.Equal([true, false], settings.Select(setting => setting.AllowUnsafe));
        Assert.Equal([true, false], settings.Select(setting => setting.CheckOverflow));
        Assert.Equal([true, false], settings.Select(setting => setting.IsNet80));
    }

    [Fact]
    public void A_case_depends_on_seed_and_number_alone()
    {
        string Source(int seed, int number) => FuzzCase.Create(seed, number, LanguageVersion.Latest).Source;
        Assert.Equal(Source(1, 7), Source(1, 7));
        Assert.NotEqual(Source(1, 7), Source(1, 8));
        Assert.NotEqual(Source(1, 7), Source(2, 7));
    }

    /// <summary>What comes to NetGen later is drawn as well: every activation and loss, and every layer of a method.</summary>
    [Fact]
    public void Every_kind_is_drawn()
    {
        string sources = string.Concat(Enumerable.Range(0, 1500).Select(number => FuzzCase.Create(Seed, number, LanguageVersion.Latest)).Where(one => one.Kind == CaseKind.Right).Select(one => one.Source));
        IEnumerable<string> kinds =
        [
            .. Enum.GetNames<Activation>().Select(name => $"Activation.{name}"),
            .. Enum.GetNames<Loss>().Where(name => name != nameof(Loss.Own)).Select(name => $"Loss.{name}"),
            .. typeof(Signal).GetMethods().Where(method => method is { IsStatic: false, IsSpecialName: false } && method.ReturnType == typeof(Signal)).Select(method => $".{method.Name}("),
        ];
        Assert.DoesNotContain(kinds, kind => !sources.Contains(kind, StringComparison.Ordinal));
    }

    /// <summary>Layers of thousands of units, a batch of which fits in memory by few samples at a time: some, since they take long.</summary>
    [Fact]
    public void Some_networks_are_wide()
    {
        int[] widest = Enumerable.Range(0, 700)
            .SelectMany(number => FuzzCase.Create(Seed, number, LanguageVersion.Latest).Networks)
            .Select(network => network.Declaration.Layers.Max(layer => layer.Units))
            .ToArray();
        Assert.InRange(widest.Count(units => units >= 500), widest.Length / 50, widest.Length / 8);
        Assert.InRange(widest.Max(), 5000, 7000);
    }

    /// <summary>Networks of many layers: few, since a compiler takes long over them.</summary>
    [Fact]
    public void Some_networks_are_deep()
    {
        Declaration[] networks = Enumerable.Range(0, 3000).SelectMany(number => FuzzCase.Create(Seed, number, LanguageVersion.Latest).Networks).Select(network => network.Declaration).ToArray();
        Declaration[] deep = networks.Where(network => network.Layers.Count > 15).ToArray();
        Assert.InRange(deep.Length, networks.Length / 150, networks.Length / 30);
        Assert.InRange(deep.Max(network => network.Layers.Count), 100, 201);
        Assert.Contains(deep, network => network.Layers.Skip(1).SkipLast(1).Select(layer => layer.Activation).Distinct().Count() == 1);
    }

    /// <summary>Names that generated text uses stand in what all files see, in base classes, and in the names of files; networks stand in static initialisers.</summary>
    [Fact]
    public void Some_names_are_hostile()
    {
        string[] globals = Enumerable.Range(0, 60).Select(block => Setting.Of(Seed, block)).Select(setting => setting.Globals).ToArray();
        Assert.All(new[] { "string @_(", "int @var ", "class @Span ", "enum @System " }, text => Assert.Contains(globals, one => one.Contains(text, StringComparison.Ordinal)));
        string[] sources = Enumerable.Range(0, 500).Select(number => FuzzCase.Create(Seed, number, LanguageVersion.Latest).Source).ToArray();
        Assert.All(
            new[] { "abstract class ", "@_ =>", "static readonly", "sealed partial class @nET", new string('網', 115), new string('L', 300) },
            text => Assert.Contains(sources, source => source.Contains(text, StringComparison.Ordinal)));
    }

    /// <summary>The number check, with a declaration that says something else than the network that was compiled.</summary>
    [Theory]
    [InlineData("Single")]
    [InlineData("Double")]
    public void Wrong_numbers_are_found(string precision)
    {
        var declared = new Declaration(3, [new Layer(4, "Tanh"), new Layer(2, "Softmax")], "CategoricalCrossEntropy", Precision: precision);
        Type type = Networks.Type(declared);
        Assert.Empty(Problems(type, declared));
        foreach (Declaration other in new[]
        {
            declared with { Layers = [new Layer(4, "Sigmoid"), new Layer(2, "Softmax")] },
            declared with { Layers = [new Layer(4, "Tanh"), new Layer(2, "LogSoftmax")], Loss = "SquaredError" },
        })
        {
            Assert.NotEmpty(Problems(type, other));
        }
    }

    /// <summary>The check of graphs, with attributes that say something else than the method, and inputs that are exchanged.</summary>
    [Fact]
    public void Wrong_graphs_are_found()
    {
        const string Source = """
            using NetGen;
            [Network(Precision = Precision.Double, SelfTest = true)]
            partial class Wired
            {
                static void Wire(Wiring w) => w.Output("output", (w.Input("A", 2) - w.Input("B", 2).Dense(2, Activation.Tanh)).Dense(1), Loss.SquaredError);
            }

            [Network(Precision = Precision.Double, SelfTest = true)]
            partial class Line
            {
                static void Wire(Wiring w) => w.Output("output", w.Input("input", 3).Dense(2, Activation.Tanh), Loss.SquaredError);
            }

            [Network(3, Loss.SquaredError, Precision = Precision.Double, SelfTest = true)] [Dense(2, Activation.Tanh)] partial class Same { }
            [Network(3, Loss.SquaredError, Precision = Precision.Double, SelfTest = true)] [Dense(2, Activation.Sigmoid)] partial class Other { }
            """;
        Assembly assembly = Compiled.From(Source).Load();
        string[] Problems(string wired, string? listed, (string, int) output, params (string, int)[] inputs)
        {
            var wire = new WireText();
            wire.Inputs.AddRange(inputs);
            wire.Outputs.Add(output);
            return [.. new GraphCheck<double>(assembly, new FuzzGraph(new FuzzClass(wired, wired), listed is null ? null : new FuzzClass(listed, listed), wire, "Double"), isFloor: false).Problems(3)];
        }

        Assert.Empty(Problems("Wired", null, ("output", 1), ("A", 2), ("B", 2)));
        Assert.All(Problems("Wired", null, ("output", 1), ("B", 2), ("A", 2)), problem => Assert.Contains("the method says", problem, StringComparison.Ordinal));
        Assert.NotEmpty(Problems("Wired", null, ("output", 1), ("B", 2), ("A", 2)));
        Assert.Empty(Problems("Line", "Same", ("output", 2), ("input", 3)));
        Assert.Contains("another network", Assert.Single(Problems("Line", "Other", ("output", 2), ("input", 3))), StringComparison.Ordinal);
    }

    /// <summary>One file in four has graphs, as methods and as lists.</summary>
    [Fact]
    public void Some_networks_are_graphs()
    {
        FuzzGraph[] graphs = [.. Enumerable.Range(0, 200).Select(number => FuzzCase.Create(Seed, number, LanguageVersion.Latest).Graph).OfType<FuzzGraph>()];
        Assert.InRange(graphs.Length, 15, 40);
        Assert.Contains(graphs, graph => graph.Listed is null && graph.Wire.Inputs.Count > 1 && graph.Wire.Outputs.Count > 1);
        Assert.Contains(graphs, graph => graph.Listed is not null && graph.Wire.Outputs.Count > 1);
    }

    /// <summary>A mistake that is none, and a warning that belongs to the user.</summary>
    [Fact]
    public void What_the_compiler_says_is_found()
    {
        const string Right = "using NetGen; [Network(2)] [Dense(3)] partial class Net { }";
        Assert.Empty(CompilationCheck.Problems(Compiled.From(Right), hasMistake: false));
        Assert.Contains("nobody names", Assert.Single(CompilationCheck.Problems(Compiled.From(Right), hasMistake: true)), StringComparison.Ordinal);
        var unused = new FuzzCase(0, CaseKind.Right, "using NetGen; [Network(2)] [Dense(3)] partial class Net { int x; }", [], "");
        Assert.Contains("CS0169", Assert.Single(CaseCheck.Alone(unused, new Setting(LanguageVersion.Latest, Form.Auto)).Problems), StringComparison.Ordinal);
    }

    /// <summary>Files of tensors for random networks: some of each kind.</summary>
    [Fact]
    public void Random_tensors_are_loaded_or_refused()
    {
        var tensors = new RandomTensors(Seed, TimeSpan.FromSeconds(10));
        Assert.All(Enumerable.Range(0, 1_000).Select(tensors.Check), Assert.Null);
        Assert.InRange(tensors.Accepted, 350, 650);
    }

    /// <summary>A compiler that throws at the user's part alone is no finding, and ends nothing; one that throws at generated text alone, or a check that does, is a finding.</summary>
    [Fact]
    public void What_throws_is_told_apart()
    {
        static IReadOnlyList<string> Throws() => throw new InvalidCastException("check");
        Verdict fault = Verdict.Of(Throws, () => throw new InvalidCastException("alone"));
        Assert.Empty(fault.Problems);
        Assert.Contains("alone", fault.CompilerFault, StringComparison.Ordinal);

        Verdict finding = Verdict.Of(Throws, () => { });
        Assert.Null(finding.CompilerFault);
        Assert.Contains("check", Assert.Single(finding.Problems), StringComparison.Ordinal);

        Assert.Equal(new Verdict(["wrong"]).Problems, Verdict.Of(() => ["wrong"], () => throw new InvalidOperationException("is not asked")).Problems);
    }

    private static IEnumerable<string> Problems(Type type, Declaration declaration) => (declaration.Precision == "Single"
        ? NumberCheck.Problems<float>(type, declaration, 1)
        : NumberCheck.Problems<double>(type, declaration, 1)).Where(problem => problem.Length > 0);
}
