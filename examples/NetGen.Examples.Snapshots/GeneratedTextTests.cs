using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator;
using Xunit;

namespace NetGen.Examples.Snapshots;

/// <summary>The text that NetGen generates for the networks of this project: a difference means that an update of NetGen changes what is shipped.</summary>
public sealed class GeneratedTextTests
{
    /// <summary>The generator is run here, over the source of the network.</summary>
    [Fact]
    public void Thermostat()
    {
        foreach (GeneratedSourceResult file in Run("ThermostatNet.cs").GeneratedSources)
        {
            Verify($"{nameof(GeneratedTextTests)}.{nameof(Thermostat)}", file.HintName, file.SourceText.ToString());
        }
    }

    /// <summary>The build wrote what it compiled; nothing has to be run.</summary>
    [Fact]
    public void The_build_compiles_the_same_text()
    {
        Dictionary<string, string> built = Directory.GetFiles(Metadata("Generated"), "*.g.cs", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(Path.GetDirectoryName(path)) == typeof(NetworkGenerator).FullName)
            .ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
        Assert.Equal(Run("ThermostatNet.cs").GeneratedSources.ToDictionary(file => file.HintName, file => file.SourceText.ToString()), built);
    }

    private static GeneratorRunResult Run(string sourceFile)
    {
        SyntaxTree source = CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(Metadata("Project"), sourceFile)));
        IEnumerable<MetadataReference> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("Networks", [source], references);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new NetworkGenerator()).RunGenerators(compilation);
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        Assert.NotEmpty(result.GeneratedSources);
        return result;
    }

    /// <summary>Compares a text with its snapshot. UPDATE_SNAPSHOTS=1 accepts it.</summary>
    private static void Verify(string test, string hintName, string text)
    {
        string name = Path.Combine(Metadata("Project"), "Snapshots", $"{test}#{Path.GetFileNameWithoutExtension(hintName)}");
        string received = $"//HintName: {hintName}\n{text}";
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(name + ".verified.cs", received);
        }

        string verified = File.Exists(name + ".verified.cs") ? File.ReadAllText(name + ".verified.cs") : "";
        if (verified == received)
        {
            File.Delete(name + ".received.cs");
            return;
        }

        File.WriteAllText(name + ".received.cs", received);
        int line = verified.Split('\n').Zip(received.Split('\n')).TakeWhile(pair => pair.First == pair.Second).Count() + 1;
        Assert.Fail($"{name}.received.cs differs from the verified file in line {line}.");
    }

    private static string Metadata(string key) => typeof(GeneratedTextTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
