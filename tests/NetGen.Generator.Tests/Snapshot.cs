using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>
/// Compares generated files with the ones that were reviewed and committed. Names and header are those of Verify, which can take
/// the files over: <c>Class.Method#Hint.verified.cs</c>, first line <c>//HintName: …</c>. A difference leaves a
/// <c>.received.cs</c> beside it. Set <c>NETGEN_UPDATE_SNAPSHOTS=1</c> to accept what is generated now.
/// </summary>
/// <param name="folder">Where the files lie.</param>
/// <param name="accept">Whether to accept what is received; null asks the environment.</param>
internal sealed class Snapshot(string folder, bool? accept = null)
{
    private const string UpdateVariable = "NETGEN_UPDATE_SNAPSHOTS";
    private const string VerifiedEnding = ".verified.cs";
    private const string ReceivedEnding = ".received.cs";

    private readonly bool _accept = accept ?? Environment.GetEnvironmentVariable(UpdateVariable) == "1";

    /// <summary>The snapshots of this project.</summary>
    public static Snapshot OfProject { get; } = new(Paths.Snapshots);

    /// <summary>The names of the tests that committed snapshots belong to, and the names of the snapshots without one.</summary>
    public IEnumerable<string> Owners => Directory.GetFiles(folder, "*.verified.*")
        .Select(path => Path.GetFileName(path).Split('#') is [var owner, _] ? owner : Path.GetFileName(path))
        .Distinct();

    /// <summary>Compares the files of a test, all of them and no other.</summary>
    /// <param name="files">The generated texts by hint name.</param>
    /// <param name="className">The class of the test.</param>
    /// <param name="methodName">The method of the test.</param>
    public void Verify(IReadOnlyDictionary<string, string> files, string className, string methodName)
    {
        string prefix = $"{className}.{methodName}#";
        Dictionary<string, string> received = files.ToDictionary(
            file => prefix + Path.GetFileNameWithoutExtension(file.Key),
            file => $"//HintName: {file.Key}\n{file.Value}");
        string[] strays = Existing(prefix, VerifiedEnding).Except(received.Keys).Order(StringComparer.Ordinal).ToArray();
        if (_accept)
        {
            foreach ((string name, string text) in received)
            {
                Write(name + VerifiedEnding, text);
            }

            Delete(strays, VerifiedEnding);
            Delete(Existing(prefix, ReceivedEnding), ReceivedEnding);
            return;
        }

        Delete(Existing(prefix, ReceivedEnding).Except(received.Keys), ReceivedEnding);
        List<string> complaints = strays.Select(name => $"{name}{VerifiedEnding} belongs to no generated file.").ToList();
        complaints.AddRange(received.Select(pair => Complaint(pair.Key, pair.Value)).OfType<string>());
        if (complaints.Count > 0)
        {
            Assert.Fail($"{string.Join("\n\n", complaints)}\n\nReview the {ReceivedEnding} files; {UpdateVariable}=1 dotnet test accepts them.");
        }
    }

    /// <summary>Where two texts part: the lines around it, marked <c>-</c> as verified and <c>+</c> as received; null for equal texts.</summary>
    public static string? FirstDifference(string verified, string received)
    {
        const int Before = 3;
        const int After = 3;
        if (verified == received)
        {
            return null;
        }

        // What ends a line is part of it, so that a difference there shows too.
        string[] expected = Lines(verified);
        string[] actual = Lines(received);
        int same = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        var text = new StringBuilder();
        void Add(char mark, string[] lines, int from, int to)
        {
            for (int line = Math.Max(0, from); line < Math.Min(to, lines.Length); line++)
            {
                text.Append($"{mark}{line + 1,5} | {lines[line].Replace("\r", "␍", StringComparison.Ordinal)}\n");
            }

            if (mark != ' ' && from >= lines.Length)
            {
                text.Append($"{mark}{lines.Length + 1,5} | (end of file)\n");
            }
        }

        Add(' ', expected, same - Before, same);
        Add('-', expected, same, same + After);
        Add('+', actual, same, same + After);
        return text.ToString().TrimEnd('\n');
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text + "␄").Split('\n');

    private string? Complaint(string name, string received)
    {
        string verifiedPath = Path.Combine(folder, name + VerifiedEnding);
        string? verified = File.Exists(verifiedPath) ? File.ReadAllText(verifiedPath) : null;
        if (verified == received)
        {
            Delete([name], ReceivedEnding);
            return null;
        }

        Write(name + ReceivedEnding, received);
        return verified is null
            ? $"{name} is new: no file {name}{VerifiedEnding} says what it should be."
            : $"{name} is different:\n{FirstDifference(verified, received)}";
    }

    private IEnumerable<string> Existing(string prefix, string ending) => Directory.GetFiles(folder, $"{prefix}*{ending}")
        .Select(path => Path.GetFileName(path)[..^ending.Length])
        .ToArray();

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    private void Delete(IEnumerable<string> names, string ending)
    {
        foreach (string name in names)
        {
            File.Delete(Path.Combine(folder, name + ending));
        }
    }
}
