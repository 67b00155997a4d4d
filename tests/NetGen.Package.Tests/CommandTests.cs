using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>Every command that a page shows is run by a check, or the page says that it is not and why.</summary>
public sealed partial class CommandTests
{
    /// <summary>What stands in a block of commands before those that no check runs, with the reason.</summary>
    private const string NotRun = "# Not run by a check: ";

    private const string Benchmarks = "dotnet run -c Release --project bench/NetGen.Benchmarks -- ";

    /// <summary>Commands with the file that runs them and the words there that do.</summary>
    private static readonly Dictionary<string, (string File, string Words)> Run = new()
    {
        ["dotnet build"] = (".ci/run", "dotnet test"),
        ["dotnet build -p:Analyze=true"] = (".ci/run", "Analyze=true"),
        ["dotnet test"] = (".ci/run", "dotnet test"),
        ["dotnet format whitespace --verify-no-changes"] = (".ci/run", "dotnet format whitespace --verify-no-changes"),
        ["dotnet run -c Release --project src/NetGen.Sample"] = (".ci/run", "dotnet run -c Release --project src/NetGen.Sample >"),
        ["dotnet run -c Release --project src/NetGen.Sample.Seeds"] = (".ci/run", "src/NetGen.Sample.Seeds >"),
        ["dotnet run -c Release --project src/NetGen.Sample -- digits"] = (".ci/run", "src/NetGen.Sample -- digits >"),
        ["dotnet run -c Release --project src/NetGen.Sample -- cartpole"] = (".ci/run", "\"cartpole --seconds 1\""),
        ["dotnet run -c Release --project src/NetGen.Sample -- policy"] = (".ci/run", "\"siren --seconds 1\" policy"),
        ["dotnet run -c Release --project tests/NetGen.Hosts -- run"] = (".ci/run", "tests/NetGen.Hosts -- all"),
        ["dotnet run -c Release --project tests/NetGen.Hosts -- size"] = (".ci/run", "tests/NetGen.Hosts -- all"),
        ["dotnet run -c Release --project tests/NetGen.Hosts -- packages"] = (".ci/run", "tests/NetGen.Hosts -- all"),
        ["dotnet run -c Release --project tests/NetGen.Determinism -- --check"] = ("tests/NetGen.Tests/DeterminismTests.cs", "\"--check\""),
        ["dotnet run -c Release --project tests/NetGen.Training.Child -- training classifier adam frame cold"] =
            ("tests/NetGen.Training.Tests/PreparationTests.cs", "\"training\", \"classifier\", \"adam\", \"frame\", \"cold\""),
        ["dotnet run --project tests/NetGen.Explain"] = ("tests/NetGen.Generator.Tests/ExplanationTests.cs", "dotnet run --project tests/NetGen.Explain"),
        ["tests/NetGen.Determinism.Floor/run-on-mono"] = ("tests/NetGen.Hosts/Running/MonoHost.cs", "\"run-on-mono\""),
    };

    /// <summary>Commands in running text that no check runs, with the reason; a star stands for anything.</summary>
    private static readonly Dictionary<string, string> Unrun = new()
    {
        [".ci/run"] = "is what runs the checks",
        [".ci/run *"] = "runs some of the checks",
        ["dotnet add package NetGen"] = "needs a published package",
        ["dotnet run"] = "belongs to a project of the reader's",
        ["dotnet --version"] = "prints a version",
        ["dotnet build-server shutdown"] = "ends what others use",
        ["dotnet run -c Release --project src/NetGen.Sample --"] = "is a part of a command",
        ["dotnet run -c Release --project tests/NetGen.Fuzz -- *"] = "takes minutes; its tests run 80 files",
        ["dotnet run -c Release --project tests/NetGen.Accuracy -- means"] = "adds up ten million samples, which takes minutes",
        ["dotnet run -c Release --project tests/NetGen.Accuracy -- cost"] = "times functions for minutes",
        ["dotnet run -c Release --project tests/NetGen.Accuracy -- subnormal"] = "times networks for a minute",
        [Benchmarks + "*"] = "measures for minutes or hours, with libraries of others; a short comparison is run",
        ["dotnet test tests/NetGen.Generator.Tests --filter Category=Quick"] = "is a part of dotnet test",
        ["NETGEN_RANDOM_MODELS=20000 dotnet test *"] = "takes a minute; every run compares 400 files",
        ["NETGEN_UPDATE_SNAPSHOTS=1 dotnet test *"] = "accepts changes of recorded files",
        ["NETGEN_KEEP_RELEASE=1 dotnet test *"] = "writes what is kept of a version",
        ["UPDATE_SNAPSHOTS=1 dotnet test*"] = "accepts changes of recorded files",
        ["dotnet pack src/* -o packages"] = "leaves packages in the repository; the same projects are packed elsewhere",
        ["dotnet run assets/icon.cs"] = "draws the icon again",
    };

    private static string Repository => typeof(CommandTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Repository").Value!;

    public static TheoryData<string> Pages => new(new[] { "README.md", "CONTRIBUTING.md" }.Concat(
        Directory.GetFiles(Path.Combine(Repository, "docs"), "*.md", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Repository, path)).Order(StringComparer.Ordinal)));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_is_run_or_says_that_it_is_not(string page) => Assert.Empty(Complaints(File.ReadAllText(Path.Combine(Repository, page))));

    [Fact]
    public void Every_command_that_is_run_stands_where_it_is_run() =>
        Assert.All(Run.Values, place => Assert.Contains(place.Words, File.ReadAllText(Path.Combine(Repository, place.File)), StringComparison.Ordinal));

    [Theory]
    [InlineData("```\ndotnet test\n```\n", "says no language")]
    [InlineData("```sh\ndotnet test --new\n```\n", "dotnet test --new")]
    [InlineData("```sh\n# A remark.\nrm -r packages\n```\n", "rm -r packages")]
    [InlineData("```sh\n# Not run by a check: \nrm -r packages\n```\n", "rm -r packages")]
    [InlineData("Then `dotnet test --new`.", "dotnet test --new")]
    [InlineData("Then `X=1 dotnet test`.", "X=1 dotnet test")]
    public void A_new_command_is_found(string page, string complaint) => Assert.Contains(complaint, Assert.Single(Complaints(page)), StringComparison.Ordinal);

    [Theory]
    [InlineData("```sh\ndotnet test\n\n# Not run by a check: it takes long.\nrm -r packages\nls\n```\n")]
    [InlineData("`dotnet` and `NETGEN_UPDATE_SNAPSHOTS=1 dotnet test tests/NetGen.Package.Tests`")]
    [InlineData("```csharp\nint dotnet;\n```\n")]
    public void What_is_run_or_marked_is_not(string page) => Assert.Empty(Complaints(page));

    private static List<string> Complaints(string page)
    {
        var complaints = new List<string>();
        foreach (Match block in Block().Matches(page.ReplaceLineEndings("\n")))
        {
            if (block.Groups[1].Value.Length == 0)
            {
                complaints.Add($"A block says no language (sh for commands): {block.Groups[2].Value}");
            }
            else if (block.Groups[1].Value == "sh")
            {
                complaints.AddRange(block.Groups[2].Value.Split('\n')
                    .TakeWhile(line => !(line.StartsWith(NotRun, StringComparison.Ordinal) && line.Length > NotRun.Length))
                    .Where(line => line.Length > 0 && !line.StartsWith('#') && !Run.ContainsKey(line))
                    .Select(line => $"No check runs: {line}"));
            }
        }

        complaints.AddRange(Command().Matches(Block().Replace(page.ReplaceLineEndings("\n"), ""))
            .Select(match => match.Groups[1].Value)
            .Where(command => !Run.ContainsKey(command) && !Unrun.Keys.Any(known => Regex.IsMatch(command, $"^{Regex.Escape(known).Replace(@"\*", ".*", StringComparison.Ordinal)}$")))
            .Select(command => $"No check runs: {command}"));
        return complaints;
    }

    [GeneratedRegex("^```(\\w*)\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    /// <summary>Commands in running text: of the SDK, with or without variables before them, and scripts of the repository.</summary>
    [GeneratedRegex("`((?:[A-Z_]+=\\S+ )*dotnet [^`\n]+|\\.ci/[^`\n]+|[^` \n]*/run-on-mono[^`\n]*)`")]
    private static partial Regex Command();
}
