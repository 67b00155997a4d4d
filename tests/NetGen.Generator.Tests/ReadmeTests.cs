using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>What the README shows as generated is what is generated.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_excerpts_are_real()
    {
        string readme = File.ReadAllText(Paths.Readme);
        string[] blocks = Regex.Matches(readme, "```csharp\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value).ToArray();
        string declaration = blocks[0];
        Assert.Contains("public sealed partial class SeedNet", declaration);
        string generated = Compiled.From(declaration.Replace("[Network", "namespace Demo;\n[Network", StringComparison.Ordinal)).Files.Values.Single();
        string[] excerpts = blocks[1..4];
        Assert.All(excerpts, excerpt => Assert.Contains(Unindent(excerpt), Unindent(generated)));
        Assert.Contains("var z1 =", excerpts[0]);
        Assert.Contains("float loss =", excerpts[1]);
        Assert.Contains("layer  shape", excerpts[2]);
    }

    /// <summary>An excerpt keeps its lines but not its depth; inside Kernels the functions need no prefix.</summary>
    private static string Unindent(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim())).Trim();
}
