using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;
using Xunit.Sdk;

namespace NetGen.Generator.Tests;

/// <summary>The comparison of snapshots itself: it fails where it should, says where, and leaves the files that it promises.</summary>
public sealed class SnapshotFileTests : IDisposable
{
    private static readonly Dictionary<string, string> Files = new() { ["Demo.Net.g.cs"] = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n" };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private IEnumerable<string> Names => _folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_is_accepted_is_right_from_then_on()
    {
        Verify(Files, accept: true);
        Assert.Equal(["Tests.Case#Demo.Net.g.verified.cs"], Names);
        byte[] bytes = File.ReadAllBytes(Path.Combine(_folder.FullName, Names.Single()));
        Assert.Equal("//HintName: Demo.Net.g.cs\n" + Files.Values.Single(), Encoding.UTF8.GetString(bytes));
        Verify(Files);
        Assert.Single(Names);
    }

    [Fact]
    public void A_new_file_is_wrong_until_it_is_accepted()
    {
        Assert.Contains("Tests.Case#Demo.Net.g is new", Fail(Files));
        Assert.Equal(["Tests.Case#Demo.Net.g.received.cs"], Names);
        Verify(Files, accept: true);
        Assert.Equal(["Tests.Case#Demo.Net.g.verified.cs"], Names);
    }

    [Fact]
    public void A_difference_is_shown_with_the_lines_around_it()
    {
        Verify(Files, accept: true);
        var changed = new Dictionary<string, string> { ["Demo.Net.g.cs"] = "one\ntwo\nthree\nfour\nFIVE\nsix\nseven\n" };
        Assert.Contains(
            """
            Tests.Case#Demo.Net.g is different:
                 3 | two
                 4 | three
                 5 | four
            -    6 | five
            -    7 | six
            -    8 | seven
            +    6 | FIVE
            +    7 | six
            +    8 | seven
            """.ReplaceLineEndings("\n"),
            Fail(changed));
        Assert.Equal(["Tests.Case#Demo.Net.g.received.cs", "Tests.Case#Demo.Net.g.verified.cs"], Names);
        Assert.Equal("//HintName: Demo.Net.g.cs\n" + changed.Values.Single(), File.ReadAllText(Path.Combine(_folder.FullName, Names.First())));

        // What was received goes when the difference goes.
        Verify(Files);
        Assert.Equal(["Tests.Case#Demo.Net.g.verified.cs"], Names);
    }

    [Theory]
    [InlineData("a\nb\n", "a\n", "     1 | a\n-    2 | b\n+    2 | (end of file)")]
    [InlineData("a\n", "a\nb\n", "     1 | a\n-    2 | (end of file)\n+    2 | b")]
    [InlineData("a\nb\n", "a\nb\r\n", "     1 | a\n-    2 | b\n+    2 | b␍")]
    [InlineData("a\nb\n", "a\nb", "     1 | a\n-    2 | b\n+    2 | b␄")]
    [InlineData("", "a\n", "-    1 | (end of file)\n+    1 | a")]
    public void The_first_difference_is_found_at_the_ends_too(string verified, string received, string shown)
    {
        Assert.Equal(shown, Snapshot.FirstDifference(verified, received));
        Assert.Null(Snapshot.FirstDifference(received, received));
    }

    [Fact]
    public void A_file_that_is_no_longer_generated_is_wrong_until_it_is_accepted()
    {
        var two = new Dictionary<string, string>(Files) { ["Demo.Other.g.cs"] = "other\n" };
        Verify(two, accept: true);
        Assert.Equal(2, Names.Count());
        Assert.Contains("Tests.Case#Demo.Other.g.verified.cs belongs to no generated file.", Fail(Files));
        Verify(Files, accept: true);
        Assert.Equal(["Tests.Case#Demo.Net.g.verified.cs"], Names);
    }

    [Fact]
    public void Snapshots_name_their_tests()
    {
        Verify(Files, accept: true);
        File.WriteAllText(Path.Combine(_folder.FullName, "Stray.verified.txt"), "");
        Assert.Equal(["Stray.verified.txt", "Tests.Case"], new Snapshot(_folder.FullName).Owners.Order(StringComparer.Ordinal));
    }

    private string Fail(Dictionary<string, string> files) => Assert.Throws<FailException>(() => Verify(files)).Message;

    private void Verify(Dictionary<string, string> files, bool accept = false) => new Snapshot(_folder.FullName, accept).Verify(files, "Tests", "Case");
}
