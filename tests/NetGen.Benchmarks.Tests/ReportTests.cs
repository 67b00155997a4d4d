using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using NetGen.Benchmarks.Cold;
using NetGen.Benchmarks.Comparing;
using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;
using NetGen.Benchmarks.Reporting;
using Xunit;

namespace NetGen.Benchmarks.Tests;

/// <summary>Ratios, tables, files and pages.</summary>
public sealed class ReportTests
{
    private static readonly BenchTask Latency = BenchTask.All[0];

    private static readonly NetworkResult Result = new(
        Subject.Find("seed").Topology,
        new NetworkLimits(Subject.Find("seed").Topology, new MachineLimits(256, 12, 12, 2), Bandwidth: 34, PairBandwidth: 34),
        [
            Cell(Roster.Fused, Group.NetGen, 1e-7, 10),
            Cell(Roster.Naive, Group.Naive, 1e-7, 50),
            Cell("fast, \"but\" wrong", Group.Native, 0.5, null),
            Cell("right", Group.Native, 1e-6, 20),
            Cell("(empty call)", Group.Empty, null, 1),
        ]);

    [Fact]
    public void Ratios_refer_to_the_limit_to_naive_code_and_to_the_best_right_native_code()
    {
        Cell fused = Result.Cells[0];
        Assert.Equal("right", Result.BestNative(Latency)!.Contestant);
        Assert.Equal(5.0, Result.ToLimit(fused));
        Assert.Equal(5.0, Result.NaiveTo(fused));
        Assert.Equal(0.5, Result.ToBestNative(fused));
        Assert.All(Result.Cells.Where(cell => cell.Minimum is null or 1), cell => Assert.Null(Result.ToBestNative(cell)));
    }

    [Fact]
    public void Wrong_contestants_are_shown_as_wrong_and_without_a_time()
    {
        ReportTable table = CompareTables.Full(Result);
        IReadOnlyList<string> row = table.Rows.Single(row => row.Count > 0 && row[1].StartsWith("fast", StringComparison.Ordinal));
        Assert.Equal(["", "fast, \"but\" wrong", "wrong", "–", "–", "–", "–", "5.0e-1"], row);
    }

    /// <summary>The actor-critic has no work beside products: 1.05 of 10 ns are the aim.</summary>
    [Theory]
    [InlineData(10.4, "10.5 met")]
    [InlineData(10.6, "10.5 missed")]
    public void A_graph_may_take_little_more_than_its_chain(double time, string aim)
    {
        NetworkResult result = Result with { Shape = GraphSubject.All[0].Graph, Cells = [Cell(Roster.Strict, Group.NetGen, 1e-7, time), Cell(Roster.StrictChain, Group.Chain, 1e-7, 10)] };
        IReadOnlyList<string> row = Assert.Single(CompareTables.Graphs([Latency], [result]).Rows);
        Assert.Equal(aim, row[7]);
        Assert.Equal("–", row[11]);
    }

    [Fact]
    public void The_summary_has_one_row_for_each_network()
    {
        Assert.Equal(
            "**forward, latency, ns a sample: fastest round / median**\n\n"
            + "| network | limit | NetGen Strict | NetGen Fused | naive C# | TensorPrimitives | MathNet.Numerics | best native | Fused of best native | "
            + "Strict of best native | Fused faster than naive | Strict faster than naive | limit / Fused | limit / Strict |\n"
            + "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |\n"
            + "| seed | 2.00 | – | 10.0 / 11.0 | 50.0 / 55.0 | – | – | 20.0 / 22.0 right | 0.50× | – | 5.00× | – | 20 % | – |\n\n",
            CompareTables.Summary(Latency, [Result]).ToMarkdown());
    }

    [Fact]
    public void The_cost_of_a_native_call_is_told_where_it_was_measured()
    {
        Assert.StartsWith("A native call that computes nothing takes 1.00 ns (forward, latency);", CompareTables.EmptyCalls([Result]));
        Assert.Equal("", CompareTables.EmptyCalls([Result with { Cells = [] }]));
    }

    [Fact]
    public void Comma_separated_values_quote_what_needs_it()
    {
        string[] lines = CellFiles.ToCsv(CompareFiles.Rows(Result)).Split('\n');
        Assert.Equal(7, lines.Length);
        Assert.Equal("seed,latency,1,NetGen Fused,NetGen,right,1E-07,10,11,3,2,5,5,0.5,", lines[1]);
        Assert.StartsWith("seed,latency,1,\"fast, \"\"but\"\" wrong\",Native,wrong,0.5,,,0,2,,,", lines[3]);
        Assert.StartsWith("seed,latency,1,(empty call),Empty,not checked,,1,", lines[5]);
    }

    [Fact]
    public void Json_holds_the_machine_and_all_cells()
    {
        using JsonDocument document = JsonDocument.Parse(CellFiles.ToJson(CompareFiles.Json([("date", "today")], Result.Limits.Machine, [Result], [])));
        JsonElement root = document.RootElement;
        Assert.Equal("today", root.GetProperty("header").GetProperty("date").GetString());
        Assert.Equal(256, root.GetProperty("widestBits").GetInt32());
        Assert.Equal(5, root.GetProperty("cells").GetArrayLength());
        Assert.Equal("wrong", root.GetProperty("cells")[2].GetProperty("status").GetString());
        Assert.Equal(0.5, root.GetProperty("cells")[0].GetProperty("ofBestNative").GetDouble());
    }

    [Fact]
    public void A_page_keeps_everything_outside_its_section()
    {
        const string Page = "before\n<!-- compare: begin -->\nold\n<!-- compare: end -->\nafter\n<!-- cold: begin -->\n<!-- cold: end -->\n";
        string replaced = MarkdownSection.Replace(Page, "compare", "new\n");
        Assert.Equal("before\n<!-- compare: begin -->\n\nnew\n\n<!-- compare: end -->\nafter\n<!-- cold: begin -->\n<!-- cold: end -->\n", replaced);
        Assert.Equal(replaced, MarkdownSection.Replace(replaced, "compare", "new\n"));
        Assert.Throws<ArgumentException>(() => MarkdownSection.Replace(Page, "other", "new"));
    }

    [Fact]
    public void Files_are_replaced_whole_and_impossible_ones_are_refused()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            var file = new FileInfo(Path.Combine(folder.FullName, "cells.csv"));
            Assert.Null(SafeFile.Complaint(file));
            Assert.Empty(folder.GetFiles());
            SafeFile.Write(file, "longer text");
            SafeFile.Write(file, "text");
            Assert.Equal("text", File.ReadAllText(file.FullName));
            Assert.Single(folder.GetFiles());
            Assert.Contains("is a folder", SafeFile.Complaint(new FileInfo(folder.FullName)));
            Assert.Contains("does not exist", SafeFile.Complaint(new FileInfo(Path.Combine(folder.FullName, "none", "cells.csv"))));
            Assert.Contains("has no line", MarkdownSection.Complaint(file, "compare"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_page_names_no_place_of_this_machine() =>
        Assert.Contains("-- compare --native peers`", Header.Markdown(["compare", "--native", Path.Combine(Path.GetTempPath(), "peers")]));

    [Fact]
    public void The_log_of_the_jit_is_read()
    {
        JitLog log = JitLog.Parse(
            [
                "   1: JIT compiled NetGen.Benchmarks.Program:Main(System.String[]):int [Tier0, IL size=10, code size=99]",
                "   2: JIT compiled A.Net:Forward(int):int [Tier0, IL size=20, code size=31]",
                "   3: JIT compiled A.Net+Kernels:Tanh(float):float [FullOpts, IL size=20, code size=100]",
                "   4: JIT compiled A.Net:Forward(int):int [Instrumented Tier0, IL size=20, code size=60]",
                "   5: JIT compiled A.NetOther:Forward(int):int [Tier0, IL size=20, code size=1000]",
                "   6: JIT compiled A.Net:Large() [Tier-0 switched MinOpts, IL size=90000, code size=5000]",
                "   7: JIT compiled A.Net:Looped() [Tier-0 switched to FullOpts, IL size=90, code size=7]",
                "   8: JIT compiled A.Net:Forward(int):int [Tier1 with Dynamic PGO, IL size=20, code size=40]",
                "   9: JIT compiled A.Net:.ctor():this [Instrumented Tier1, IL size=20, code size=2]",
            ],
            new HashSet<string> { "A.Net", "A.Net+Kernels" });
        Assert.Equal([2, 1, 1, 1], log.CountTiers());
        Assert.Equal(100 + 5000 + 7 + 40 + 2, log.FinalCodeBytes);
    }

    private static Cell Cell(string contestant, Group group, double? error, double? minimum) =>
        new("seed", Latency, contestant, group, error, minimum, minimum * 1.1, minimum is null ? 0 : 3);
}
