using System;
using System.IO;
using System.Linq;
using NetGen.Fuzz.Damaged;
using Xunit;

namespace NetGen.Models.Tests;

/// <summary>A small part of <c>dotnet run --project tests/NetGen.Fuzz -- models</c>.</summary>
public sealed class DamagedModelTests
{
    private const int Count = 2_000;
    private const int LargestFile = 30_000;

    [Fact]
    public void A_damaged_file_is_read_or_refused()
    {
        string[] names = [.. ModelIndex.Names(ModelFiles.Golden).Concat(ModelIndex.Names(ModelFiles.Golden, "invalid")).Select(name => Path.Combine(ModelFiles.Golden, name))];
        string[] others = [.. ModelIndex.Names(ModelFiles.Others).Select(name => Path.Combine(ModelFiles.Others, name))];
        byte[][] files = [.. names.Concat(others).Select(File.ReadAllBytes).Where(file => file.Length is > 0 and < LargestFile)];
        var models = new DamagedModels(files, seed: 1, mostTime: TimeSpan.FromMinutes(1));

        string[] problems = [.. Enumerable.Range(0, Count).Select(number => models.Check(number) is { } problem ? $"{number}: {problem}" : null).OfType<string>()];

        Assert.True(problems.Length == 0, string.Join(Environment.NewLine, problems));

        // Damage is such that most files are refused, and some are not.
        Assert.InRange(models.Refused, Count / 2, Count - (Count / 20));
    }
}
