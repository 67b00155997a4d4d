using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Benchmarks.Comparing;
using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Generating;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;
using NetGen.Benchmarks.Training;
using NetGen.Generator;
using Xunit;

namespace NetGen.Benchmarks.Tests;

/// <summary>Wrong options are refused with what is wrong and what was expected.</summary>
public sealed class CommandTests
{
    [Theory]
    [InlineData("--nets iris,irys", "Unknown in --nets: irys. Known: seed, xor, iris, sb3, agent, agent_sw, nerf, mnist, lmm, actor_critic, experts, simba, sb3_onnx, agent_onnx, ball_onnx.")]
    [InlineData("--nets ,", "--nets names nothing. Known: seed, ")]
    [InlineData("--tasks step2", "Unknown in --tasks: step2. Known: latency, ")]
    [InlineData("--rounds 0", "--rounds must be a whole number from 1 on, given '0'.")]
    [InlineData("--rounds many", "--rounds must be a whole number from 1 on, given 'many'.")]
    [InlineData("--core -1", "--core must be a whole number from 0 to ")]
    [InlineData("--native nowhere", "--native: 'nowhere' is no folder.")]
    [InlineData("--csv nowhere/cells.csv", "--csv: the folder of 'nowhere/cells.csv' does not exist.")]
    [InlineData("--markdown nowhere.md", "--markdown: 'nowhere.md' does not exist.")]
    [InlineData("--trainings iris", "--trainings needs --python.")]
    [InlineData("--python python3 --trainings seed", "Unknown in --trainings: seed. Known: iris, digits, sb3, mnist.")]
    [InlineData("--nest iris", "Unrecognized command or argument '--nest'.")]
    public void Compare_refuses(string options, string complaint) => AssertRefused($"compare {options}", complaint);

    [Theory]
    [InlineData("--processes 0", "--processes must be a whole number from 1 on, given '0'.")]
    [InlineData("--nets all", "Unknown in --nets: all.")]
    public void Cold_refuses(string options, string complaint) => AssertRefused($"cold {options}", complaint);

    [Theory]
    [InlineData("--turns 0", "--turns must be a whole number from 1 on, given '0'.")]
    [InlineData("--tasks step2", "Unknown in --tasks: step2. Known: latency, ")]
    public void Widths_refuses(string options, string complaint) => AssertRefused($"widths {options}", complaint);

    [Theory]
    [InlineData("--nets seed", "Unknown in --nets: seed. Known: iris, digits, sb3, mnist.")]
    [InlineData("--batches 2", "Unknown in --batches: 2. Known: 1, 32, 256.")]
    [InlineData("--rounds 0", "--rounds must be a whole number from 1 on, given '0'.")]
    [InlineData("--csv nowhere/cells.csv", "--csv: the folder of 'nowhere/cells.csv' does not exist.")]
    [InlineData("--json nowhere/cells.json", "--json: the folder of 'nowhere/cells.json' does not exist.")]
    public void Train_refuses(string options, string complaint) => AssertRefused($"train {options}", complaint);

    [Theory]
    [InlineData("", "Option '--folder' is required.")]
    [InlineData("--folder nowhere", "--folder: 'nowhere' has no index.json.")]
    [InlineData("--folder . --rounds 0", "--rounds must be a whole number from 1 on, given '0'.")]
    public void Models_refuses(string options, string complaint) => AssertRefused($"models {options}", complaint);

    [Fact]
    public void A_program_that_is_no_Python_is_named()
    {
        Assert.Null(PyTorch.Start("no-such-python", out string complaint));
        Assert.StartsWith("'no-such-python' has no PyTorch: ", complaint);
    }

    /// <summary>The tables of trainings have a section of their own.</summary>
    [Fact]
    public void Compare_with_trainings_needs_a_second_section()
    {
        string page = Path.GetTempFileName();
        try
        {
            string[] compare = ["compare", "--markdown", page];
            string[] both = [.. compare, "--python", "python3"];
            ParseResult Parse(string[] arguments) => Program.CreateRoot(arguments).Parse(arguments);
            File.WriteAllText(page, "<!-- compare: begin -->\n<!-- compare: end -->\n");
            Assert.Empty(Parse(compare).Errors);
            Assert.Contains("has no line '<!-- train: begin -->'", Assert.Single(Parse(both).Errors).Message);
            File.AppendAllText(page, "<!-- train: begin -->\n<!-- train: end -->\n");
            Assert.Empty(Parse(both).Errors);
        }
        finally
        {
            File.Delete(page);
        }
    }

    [Theory]
    [InlineData("--networks 0", "--networks must be a whole number from 1 on, given '0'.")]
    [InlineData("--runs none", "--runs must be a whole number from 1 on, given 'none'.")]
    [InlineData("--markdown nowhere.md", "--markdown: 'nowhere.md' does not exist.")]
    public void Generator_refuses(string options, string complaint) => AssertRefused($"generator {options}", complaint);

    /// <summary>What is measured is what the table says: every kind of edit compiles to as many new files as it changes networks.</summary>
    [Fact]
    public void The_edits_of_the_generator_command_change_what_they_say()
    {
        var project = new ManyNetworks(6);
        int Written(Func<CSharpCompilation, int, CSharpCompilation> edit)
        {
            CSharpCompilation compilation = project.Compilation();
            (GeneratorDriver driver, DriverRun scratch) = DriverRun.Measure(CSharpGeneratorDriver.Create(new NetworkGenerator()), compilation);
            Assert.Equal(6, scratch.Written);
            CSharpCompilation edited = edit(compilation, 2);
            Assert.NotEqual(compilation.SyntaxTrees, edited.SyntaxTrees);
            return DriverRun.Measure(driver, edited).Run.Written;
        }

        Assert.Equal(0, Written(project.EditBody));
        Assert.Equal(0, Written(project.EditMember));
        Assert.Equal(1, Written(project.EditNetwork));
    }

    [Fact]
    public void Options_of_benchmark_dot_net_pass_but_unknown_commands_do_not()
    {
        Assert.Empty(Program.CreateRoot(["--filter", "*"]).Parse(["--filter", "*"]).Errors);
        Assert.Equal(1, Program.CreateRoot(["comapre"]).Parse(["comapre"]).Invoke());
    }

    [Fact]
    public void Names_are_taken_in_the_order_of_the_program()
    {
        Option<IReadOnlyList<Subject>> nets = CommandLine.Nets();
        ParseResult result = new RootCommand { nets }.Parse("--nets iris,seed");
        Assert.Empty(result.Errors);
        Assert.Equal(["seed", "iris"], result.GetValue(nets)!.Select(subject => subject.Name));
        Assert.Equal(9, new RootCommand { nets }.Parse("").GetValue(nets)!.Count);
    }

    [Fact]
    public void Unknown_contestants_are_named()
    {
        var options = new CompareOptions([], BenchTask.All, ["naive-csharp", "native", "me"], 1, Plugins: null);
        Assert.Equal(
            "Unknown in --contestants: native, me. Known: netgen-strict, netgen-fused, naive-csharp, tensorprimitives, mathnet.numerics, netgen-unrolled, "
            + "netgen-strict-a-chain, netgen-fused-a-chain, onnx-runtime. "
            + "Native plug-ins need --native.",
            options.Complaint());
    }

    [Fact]
    public void A_file_that_is_no_plugin_is_skipped_with_a_reason()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "text.so"), "no library");
            using NativePlugins plugins = NativePlugins.Load(folder);
            Assert.Empty(plugins.Names);
            Assert.StartsWith("text.so cannot be loaded", Assert.Single(plugins.Skipped));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void AssertRefused(string line, string complaint)
    {
        string[] arguments = line.Split(' ');
        ParseResult result = Program.CreateRoot(arguments).Parse(arguments);
        Assert.Contains(complaint, string.Join('\n', result.Errors.Select(error => error.Message)));
    }
}
