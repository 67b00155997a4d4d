using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using NetGen.Benchmarks.Comparing;
using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;
using NetGen.Benchmarks.Reporting;
using NetGen.Benchmarks.Training;
using Xunit;

namespace NetGen.Benchmarks.Tests;

/// <summary>Trainings in tables and files, alone and beside the tasks of a network.</summary>
public sealed class TrainingReportTests
{
    private static readonly TrainingSubject Iris = TrainingSubject.Create("iris");

    private static readonly TrainingCell[] Cells =
    [
        Cell(1, Roster.Strict, Group.NetGen, 1e-7, 30_000),
        Cell(32, Roster.Strict, Group.NetGen, 1e-7, 7500),
        Cell(32, Roster.Naive, Group.Naive, 0, 75_000),
        Cell(32, TrainingComparison.Eager, Group.Library, double.NaN, null),
    ];

    private static readonly NetworkResult Result = new(
        Subject.Find("seed").Topology,
        new NetworkLimits(Subject.Find("seed").Topology, new MachineLimits(256, 12, 12, 2), Bandwidth: 34, PairBandwidth: 34),
        [new Cell("seed", BenchTask.All[0], Roster.Fused, Group.NetGen, 1e-7, 10, 11, 3)]);

    /// <summary>150 samples an epoch.</summary>
    [Fact]
    public void Times_are_those_of_a_sample_as_in_every_row()
    {
        string[] lines = CellFiles.ToCsv(CompareFiles.Rows(Result).Concat(TrainingFiles.Rows(Cells))).Split('\n');
        Assert.Equal(
            [
                "seed,latency,1,NetGen Fused,NetGen,right,1E-07,10,11,3,2,5,,,",
                "iris,epoch1,1,NetGen Strict,NetGen,right,1E-07,200,400,5,,,,," + (1e9 / 30_000).ToString("R", CultureInfo.InvariantCulture),
                "iris,epoch32,32,NetGen Strict,NetGen,right,1E-07,50,100,5,,,10,," + (1e9 / 7500).ToString("R", CultureInfo.InvariantCulture),
                "iris,epoch32,32,naive C#,Naive,right,0,500,1000,5,,,1,," + (1e9 / 75_000).ToString("R", CultureInfo.InvariantCulture),
                "iris,epoch32,32,PyTorch,Library,wrong,,,,0,,,,,",
                "",
            ],
            lines[1..]);
        Assert.Equal(50, CellFiles.Minima(lines[..4])[("epoch32", Roster.Strict)]);
    }

    [Fact]
    public void Json_holds_the_trainings_with_the_tasks_and_alone()
    {
        IReadOnlyList<(string, string)> header = [("PyTorch", "1.13")];
        object both = CompareFiles.Json(header, Result.Limits.Machine, [Result], Cells);
        foreach ((object json, int tasks) in new[] { (both, 1), (TrainingFiles.Json(header, Cells), 0) })
        {
            using JsonDocument document = JsonDocument.Parse(CellFiles.ToJson(json));
            JsonElement root = document.RootElement;
            Assert.Equal("1.13", root.GetProperty("header").GetProperty("PyTorch").GetString());
            JsonElement training = Assert.Single(root.GetProperty("trainings").EnumerateArray());
            Assert.Equal(("iris", 150), (training.GetProperty("name").GetString(), training.GetProperty("samples").GetInt32()));
            Assert.Equal(tasks + 4, root.GetProperty("cells").GetArrayLength());
            Assert.Equal("epoch32", root.GetProperty("cells")[tasks + 1].GetProperty("task").GetString());
            Assert.Equal(1e9 / 7500, root.GetProperty("cells")[tasks + 1].GetProperty("epochsPerSecond").GetDouble());
            Assert.Equal(JsonValueKind.Null, root.GetProperty("cells")[tasks + 3].GetProperty("error").ValueKind);
        }
    }

    [Fact]
    public void A_page_gets_the_tables_of_every_batch()
    {
        string tables = new TrainingOptions(["iris"], [1, 32], 5, PyTorch: null).ToMarkdown(Cells);
        Assert.Equal(4, tables.Split("**batch ").Length - 1);
        Assert.Contains("| iris 4-16-3 | 150 | 133333 / 66667 | – | – | 13333 / 6667 | wrong | – |", tables);
        Assert.StartsWith("* PyTorch: 1.13\n\n", Header.Markdown(["train"], ("PyTorch", "1.13"))[^"* PyTorch: 1.13\n\n".Length..]);
    }

    [Fact]
    public void Files_are_written_where_they_were_asked_for()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            FileInfo In(string name) => new(Path.Combine(folder.FullName, name));
            string Section(string name, string content) => $"<!-- {name}: begin -->\n\n{content}\n\n<!-- {name}: end -->\n";
            File.WriteAllText(In("page.md").FullName, Section("compare", "old") + Section("other", "kept") + Section("train", "old"));
            new OutputFiles(null, null, null).Write(TrainingFiles.Rows(Cells), new { });
            Assert.Single(folder.GetFiles());
            new OutputFiles(In("cells.csv"), In("cells.json"), In("page.md")).Write(TrainingFiles.Rows(Cells), new { Some = 1 }, ("compare", "cells"), ("train", "epochs"));
            Assert.Equal(CellFiles.ToCsv(TrainingFiles.Rows(Cells)), File.ReadAllText(In("cells.csv").FullName));
            Assert.Contains("\"some\": 1", File.ReadAllText(In("cells.json").FullName));
            Assert.Equal(Section("compare", "cells") + Section("other", "kept") + Section("train", "epochs"), File.ReadAllText(In("page.md").FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static TrainingCell Cell(int batch, string contestant, Group group, double error, double? minimum) =>
        new(Iris, batch, contestant, group, error, minimum, minimum * 2, minimum is null ? 0 : 5);
}
