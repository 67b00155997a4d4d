using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator;
using Xunit;

namespace NetGen.Examples.Snapshots;

/// <summary>The text that NetGen generates for the networks of this project: a difference means that an update of NetGen changes what is shipped.</summary>
public sealed class GeneratedTextTests
{
    private static readonly string Project = typeof(GeneratedTextTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "ProjectDirectory").Value!;

    /// <summary>The generator runs in the test, over the source of a network.</summary>
    [Fact]
    public void Thermostat() => Verify(Generate("ThermostatNet.cs"));

    /// <summary>The build has written what it compiled, and the folder has no file of a network that is gone.</summary>
    [Fact]
    public void The_folder_has_what_is_generated()
    {
        string folder = Path.Combine(Project, "Generated", typeof(NetworkGenerator).Assembly.GetName().Name!, typeof(NetworkGenerator).FullName!);
        Assert.Equal(
            new SortedDictionary<string, string>(Generate("ThermostatNet.cs")),
            new SortedDictionary<string, string>(Directory.GetFiles(folder).ToDictionary(file => Path.GetFileName(file), File.ReadAllText)));
    }

    /// <summary>The generated texts by their file names.</summary>
    private static Dictionary<string, string> Generate(params string[] sources)
    {
        IEnumerable<SyntaxTree> trees = sources.Select(source => CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(Project, source))));
        IEnumerable<MetadataReference> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("Networks", trees, references);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new NetworkGenerator()).RunGenerators(compilation);
        return driver.GetRunResult().Results.Single().GeneratedSources.ToDictionary(file => file.HintName, file => file.SourceText.ToString());
    }

    /// <summary>Compares texts with their snapshots, all of them and no other. UPDATE_SNAPSHOTS=1 accepts them.</summary>
    private static void Verify(Dictionary<string, string> files, [CallerMemberName] string test = "")
    {
        string prefix = $"{nameof(GeneratedTextTests)}.{test}#";
        string folder = Path.Combine(Project, "Snapshots");
        List<string> strays = Directory.GetFiles(folder, prefix + "*.verified.cs").ToList();
        foreach ((string hintName, string text) in files)
        {
            string path = Path.Combine(folder, prefix + Path.GetFileNameWithoutExtension(hintName));
            string received = $"//HintName: {hintName}\n{text}";
            bool accept = Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1";
            File.WriteAllText(path + (accept ? ".verified.cs" : ".received.cs"), received);
            Assert.True(File.Exists(path + ".verified.cs"), $"{path}.received.cs is new.");
            Assert.Equal(File.ReadAllText(path + ".verified.cs"), received);
            File.Delete(path + ".received.cs");
            strays.Remove(path + ".verified.cs");
        }

        Assert.Empty(strays);
    }
}
