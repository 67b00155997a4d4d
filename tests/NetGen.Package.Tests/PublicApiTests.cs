using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Xml.Linq;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>
/// The public API of the packages for each framework is the recorded one. The generator's too: users see the names of its assembly and type in the
/// folders of <c>EmitCompilerGeneratedFiles</c>. <c>NETGEN_UPDATE_SNAPSHOTS=1</c> accepts what is there now.
/// </summary>
public sealed class PublicApiTests
{
    private static readonly Dictionary<string, string> Assemblies = new()
    {
        ["NetGen.Attributes"] = "NetGen",
        ["NetGen.Training"] = "NetGen.Training",
        ["NetGen.Models"] = "NetGen.Models",
        ["NetGen.Generator"] = "NetGenGenerator",
    };

    /// <summary>Each project with each of the frameworks that its file names.</summary>
    public static TheoryData<string, string> Projects()
    {
        var data = new TheoryData<string, string>();
        foreach (string project in Assemblies.Keys)
        {
            XDocument file = XDocument.Load(Path.Combine(Metadata("Repository"), "src", project, project + ".csproj"));
            string frameworks = file.Descendants().First(element => element.Name.LocalName is "TargetFramework" or "TargetFrameworks").Value;
            foreach (string framework in frameworks.Split(';'))
            {
                data.Add(project, framework);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_api_is_the_recorded_one(string project, string framework)
    {
        // The others show types of NetGen.
        string[] references = project is "NetGen.Training" or "NetGen.Models" ? [Assembly("NetGen.Attributes", framework)] : [];
        string listing = ApiListing.Of(Assembly(project, framework), references);
        string snapshot = Snapshot(project, framework);
        if (Environment.GetEnvironmentVariable("NETGEN_UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(snapshot, listing, new UTF8Encoding(false));
        }

        string[] recorded = File.Exists(snapshot) ? File.ReadAllLines(snapshot) : [];
        string[] found = listing.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string difference = string.Join("\n", recorded.Except(found).Select(line => $"gone: {line}").Concat(found.Except(recorded).Select(line => $"new: {line}")));
        Assert.True(recorded.SequenceEqual(found), $"{Path.GetFileName(snapshot)}:\n{difference}\nNETGEN_UPDATE_SNAPSHOTS=1 dotnet test accepts it.");
    }

    [Fact]
    public void No_record_is_left_over() => Assert.Equal(
        Projects().Select(row => Path.GetFileName(Snapshot((string)row[0], (string)row[1]))).Order(StringComparer.Ordinal),
        Directory.GetFiles(Metadata("PublicApi")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    private static string Assembly(string project, string framework) =>
        Path.Combine(Metadata("Repository"), "src", project, "bin", Metadata("Configuration"), framework, Assemblies[project] + ".dll");

    private static string Snapshot(string project, string framework) => Path.Combine(Metadata("PublicApi"), $"{Assemblies[project]}.{framework}.txt");

    private static string Metadata(string key) => typeof(PublicApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
