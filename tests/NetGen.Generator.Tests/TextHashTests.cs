using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using NetGen.Generator.Emit;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>
/// The text of 200 random networks in every form, as hashes: a change that is not meant to change any text is seen not to. One that is, changes this snapshot too,
/// with <c>NETGEN_UPDATE_SNAPSHOTS=1</c>; hashes of bits, which <c>tests/NetGen.Determinism</c> has, stay as they are.
/// </summary>
public sealed class TextHashTests
{
    private const int Count = 200;

    private const int Seed = 20_011;

    /// <summary>Loops of one turn, products with 1, sums with 0.</summary>
    private static readonly string[] Noise = [" < 1; ", " * 1)", " * 1;", " * 1,", " + 0)", " + 0;", " + 0,", " + 0]", "(0 + ", "[0 + ", ", 0 + "];

    [Fact]
    public void Of_200_random_networks()
    {
        Declaration[] declarations = RandomDeclarations.Create(Seed, Count)
            .Select((declaration, index) => declaration with { Precision = index % 2 == 0 ? "Single" : "Double", SelfTest = index % 10 == 0 })
            .ToArray();
        NetworkSpec[] modern = GeneratorCost.Specs(declarations, Form.Auto);
        NetworkSpec[] floor = GeneratorCost.Specs(declarations, Form.Scalar);
        Assert.All(modern, spec => Assert.Equal(Dialect.Modern, spec.Target.Dialect));
        Assert.All(floor, spec => Assert.Equal(Dialect.Floor, spec.Target.Dialect));

        (Form Form, bool IsFused)[] kinds = Enum.GetValues<Form>()
            .SelectMany(form => Compiled.IsFloor(form) ? new[] { (form, false) } : [(form, false), (form, true)])
            .ToArray();
        var hashes = new ConcurrentDictionary<(Form Form, bool IsFused), string>();
        Parallel.ForEach(kinds, kind => hashes[kind] = Hash(
            (Compiled.IsFloor(kind.Form) ? floor : modern).Select(spec => Text(spec with { IsFused = kind.IsFused }, kind.Form))));
        Snapshot.OfProject.Verify(
            new Dictionary<string, string>
            {
                ["hashes.cs"] = string.Concat(kinds.Select(kind => $"// {kind.Form} {(kind.IsFused ? "fused" : "strict")} {hashes[kind]}\n")),
            },
            nameof(TextHashTests),
            nameof(Of_200_random_networks));
    }

    private static string Text(NetworkSpec spec, Form form) => NetworkEmitter.Emit(Planner.Plan(spec, Compiled.Choice(form)));

    private static string Hash(IEnumerable<string> texts)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string text in texts)
        {
            Assert.All(Noise, noise => Assert.DoesNotContain(noise, text, StringComparison.Ordinal));
            hash.AppendData(Encoding.UTF8.GetBytes(text));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
