using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Reporting;
using NetGen.Generator;
using NetGen.Models.Importing;
using NetGen.Models.Onnx;
using NetGen.TestKit;
using Spectre.Console;

namespace NetGen.Benchmarks.Building;

/// <summary>The command <c>builds</c>: what a model file adds to a build, in processes of the compiler.</summary>
internal static class BuildsCommand
{
    private const int StandardRuns = 5;
    private const int Reads = 21;
    private const int Again = 9;

    /// <summary>Layers of models. The first, which has 6 weights, costs what reading any file and compiling the generator costs in a new process.</summary>
    private static readonly int[][] Models = [[2, 2], [4, 64, 64, 2], [352, 352], [352, 352, 352, 352, 352], [1000, 998]];

    public static Command Create(IReadOnlyList<string> arguments)
    {
        Option<int> runs = CommandLine.Count("--runs", "Processes with a model, and as many without; the least counts.", StandardRuns);
        var command = new Command("builds", "Measures what a model file adds to a build.") { runs };
        command.SetAction(result =>
        {
            if (CommandLine.DebugComplaint() is { } complaint)
            {
                Console.Error.WriteLine(complaint);
                return 1;
            }

            IAnsiConsole console = Terminal.Open();
            Header.Show(console, arguments);
            int count = result.GetValue(runs);
            List<IReadOnlyList<string>> rows = Terminal.Run("builds", report => Rows(count, report));
            new ReportTable(
                $"What a model adds to a build, least of {count.ToString(CultureInfo.InvariantCulture)} processes of the compiler", 1,
                ["model", "parameters", "read, ms", "C#, bytes", "assembly, bytes", "processor time, ms", "more than the first, ms", "again, ms", "most memory, MB"], rows).Show(console);
            return 0;
        });
        return command;
    }

    private static List<IReadOnlyList<string>> Rows(int runs, Action<string> report)
    {
        string folder = Directory.CreateTempSubdirectory("netgen-models-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "without.cs"), "public sealed partial class Policy { }");
            File.WriteAllText(Path.Combine(folder, "with.cs"), "[NetGen.Model(\"policy.onnx\")] public sealed partial class Policy { }");
            string[] references = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "NetGen.dll" or "netstandard.dll"))
                .Select(path => $"-r:{path}")];
            string[] common = ["-noconfig", "-nostdlib", "-t:library", "-o+", "-langversion:latest", "-deterministic", $"-a:{typeof(ModelGenerator).Assembly.Location}", .. references];
            report("without a model");
            CompilerRun without = Least(runs, folder, [.. common, "-out:without.dll", "without.cs"]);
            Build[] builds = [.. Models.Select(sizes => Measure(folder, sizes, common, runs, report))];
            return [.. builds.Select(build => Row(build, without, builds[0]))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Build Measure(string folder, int[] sizes, string[] common, int runs, Action<string> report)
    {
        string name = string.Join('-', sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)));
        report(name);
        string model = Path.Combine(folder, "policy.onnx");
        DenseModel.Write(model, sizes);
        File.WriteAllText(Path.Combine(folder, "policy.netgenmodel"), $"{model}|{Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(model)))}\n");
        string generated = Directory.CreateDirectory(Path.Combine(folder, "generated")).FullName;
        CompilerRun run = Least(runs, folder, [.. common, "-additionalfile:policy.netgenmodel", "-out:with.dll", "with.cs"]);
        CompilerRun.Measure(folder, [.. common, "-additionalfile:policy.netgenmodel", "-out:with.dll", $"-generatedfilesout:{generated}", "with.cs"]);
        long text = Directory.GetFiles(generated, "*.cs", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        int parameters = sizes.Zip(sizes.Skip(1), (inputs, units) => (inputs + 1) * units).Sum();
        return new Build(name, parameters, ReadMilliseconds(model), text, new FileInfo(Path.Combine(folder, "with.dll")).Length, run, AgainMilliseconds(model));
    }

    /// <summary>What the generator does with a file before it writes anything, in a compiler that has done it before: hash it, read it, keep what the outputs need, compute constants.</summary>
    private static double ReadMilliseconds(string model)
    {
        double Once()
        {
            long start = Stopwatch.GetTimestamp();
            byte[] bytes = File.ReadAllBytes(model);
            SHA256.HashData(bytes);
            OnnxImporter.Import(OnnxReader.Read(bytes, external: null), new ImportOptions());
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return Statistics.Median([.. Enumerable.Range(0, Reads).Select(_ => Once())]);
    }

    /// <summary>Generating and compiling the class in a compiler that has done it before, as the server that builds and editors use.</summary>
    private static double AgainMilliseconds(string model)
    {
        double Once()
        {
            long start = Stopwatch.GetTimestamp();
            CompiledModel compiled = CompiledModel.From("[NetGen.Model(\"policy.onnx\")] public sealed partial class Policy { }", Form.Auto, model);
            return compiled.Output.Emit(Stream.Null).Success ? Stopwatch.GetElapsedTime(start).TotalMilliseconds : throw new InvalidOperationException("A model does not compile.");
        }

        return Enumerable.Range(0, Again).Min(_ => Once());
    }

    private static IReadOnlyList<string> Row(Build build, CompilerRun without, Build first) =>
    [
        build.Name, Text(build.Parameters), ReportTable.Number(build.ReadMilliseconds), Text(build.TextBytes), Text(build.AssemblyBytes), ReportTable.Number(build.Run.Milliseconds - without.Milliseconds),
        ReportTable.Number(build.Run.Milliseconds - first.Run.Milliseconds), ReportTable.Number(build.AgainMilliseconds), ReportTable.Number((build.Run.PeakBytes - without.PeakBytes) / 1e6),
    ];

    private static CompilerRun Least(int runs, string folder, string[] arguments)
    {
        CompilerRun[] measured = [.. Enumerable.Range(0, runs).Select(_ => CompilerRun.Measure(folder, arguments))];
        return new CompilerRun(measured.Min(run => run.Milliseconds), measured.Min(run => run.PeakBytes));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A build of a class with a model.</summary>
    /// <param name="Name">The layers.</param>
    /// <param name="Parameters">Their parameters.</param>
    /// <param name="ReadMilliseconds">The time to read the file.</param>
    /// <param name="TextBytes">All that is generated.</param>
    /// <param name="AssemblyBytes">The assembly.</param>
    /// <param name="Run">What the compiler took.</param>
    /// <param name="AgainMilliseconds">What the same takes in a compiler that has done it before, the references included.</param>
    private sealed record Build(string Name, int Parameters, double ReadMilliseconds, long TextBytes, long AssemblyBytes, CompilerRun Run, double AgainMilliseconds);
}
