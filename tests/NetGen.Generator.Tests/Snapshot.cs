using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>
/// Compares generated files with the ones that were reviewed and committed. Names and header are those of Verify, which can take
/// the files over: <c>Class.Method#Hint.verified.cs</c>, first line <c>//HintName: …</c>. A difference leaves a
/// <c>.received.cs</c> beside it. Set <c>NETGEN_UPDATE_SNAPSHOTS=1</c> to accept what is generated now.
/// </summary>
internal static class Snapshot
{
    public static void Verify(Compiled compiled, string className, string methodName)
    {
        string prefix = $"{className}.{methodName}";
        Dictionary<string, string> received = compiled.Files.ToDictionary(
            file => $"{prefix}#{Path.GetFileNameWithoutExtension(file.Key)}",
            file => $"//HintName: {file.Key}\n{file.Value}");
        Directory.CreateDirectory(Paths.Snapshots);
        if (Environment.GetEnvironmentVariable("NETGEN_UPDATE_SNAPSHOTS") == "1")
        {
            foreach ((string name, string text) in received)
            {
                File.WriteAllText(Verified(name), text, new UTF8Encoding(false));
            }
        }

        IEnumerable<string> stray = Directory.GetFiles(Paths.Snapshots, prefix + "#*.verified.cs")
            .Where(path => !received.ContainsKey(Path.GetFileName(path).Replace(".verified.cs", "", StringComparison.Ordinal)));
        Assert.Empty(stray);
        foreach ((string name, string text) in received)
        {
            Compare(name, text);
        }
    }

    /// <summary>The tests that committed snapshots belong to.</summary>
    public static IEnumerable<string> Owners() => Directory.GetFiles(Paths.Snapshots, "*.verified.cs")
        .Select(path => Regex.Match(Path.GetFileName(path), @"^(.+?)#").Groups[1].Value);

    private static void Compare(string name, string received)
    {
        string verified = Verified(name);
        string expected = File.Exists(verified) ? File.ReadAllText(verified) : "";
        string receivedPath = Path.Combine(Paths.Snapshots, name + ".received.cs");
        if (expected == received)
        {
            File.Delete(receivedPath);
            return;
        }

        File.WriteAllText(receivedPath, received, new UTF8Encoding(false));
        Assert.Fail(FirstDifference(name, expected.Split('\n'), received.Split('\n')));
    }

    private static string FirstDifference(string name, string[] expected, string[] received)
    {
        int line = Enumerable.Range(0, Math.Max(expected.Length, received.Length))
            .First(index => index >= expected.Length || index >= received.Length || expected[index] != received[index]);
        string Line(string[] lines) => line < lines.Length ? lines[line] : "(end of file)";
        return $"{name}, line {line + 1}:\n  verified: {Line(expected)}\n  received: {Line(received)}\n"
            + "Review the .received.cs file; NETGEN_UPDATE_SNAPSHOTS=1 dotnet test accepts it.";
    }

    private static string Verified(string name) => Path.Combine(Paths.Snapshots, name + ".verified.cs");
}
