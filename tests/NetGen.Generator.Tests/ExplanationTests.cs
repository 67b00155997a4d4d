using System;
using System.IO;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>The page about the way of a declaration shows what the stages make of it today.</summary>
public sealed class ExplanationTests
{
    private const string Page = "docs/how-a-declaration-becomes-code.md";

    private const string Fence = "```text\n";

    [Fact]
    public void Is_on_its_page()
    {
        string page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Paths.Readme)!, Page)).ReplaceLineEndings("\n");
        int start = page.IndexOf(Fence, StringComparison.Ordinal) + Fence.Length;
        string shown = page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
        Assert.True(shown == Explanation.Text, $"{Page} shows something else than this, which `dotnet run --project tests/NetGen.Explain` prints:\n{Explanation.Text}");
    }
}
