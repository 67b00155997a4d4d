using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
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
public sealed partial class TextHashTests
{
    private const int Count = 200;

    private const int Seed = 20_011;

    /// <summary>Loops of one turn, products with 1, sums with 0.</summary>
    private static readonly string[] Noise = [" < 1; ", " * 1)", " * 1;", " * 1,", " + 0)", " + 0;", " + 0,", " + 0]", "(0 + ", "[0 + ", ", 0 + "];

    /// <summary>What the networks are read as in projects that compile a form.</summary>
    private static NetworkSpec[] Read(Form form, Dialect dialect)
    {
        Declaration[] declarations = RandomDeclarations.Create(Seed, Count)
            .Select((declaration, index) => declaration with { Precision = index % 2 == 0 ? "Single" : "Double", SelfTest = index % 10 == 0 })
            .ToArray();
        NetworkSpec[] specs = GeneratorCost.Specs(declarations, form);
        Assert.All(specs, spec => Assert.Equal(dialect, spec.Target.Dialect));
        return specs;
    }

    private static string Line(IEnumerable<NetworkSpec> specs, Form form, bool isFused)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (NetworkSpec spec in specs)
        {
            string text = NetworkEmitter.Emit(Planner.Plan(spec with { IsFused = isFused }, Compiled.Choice(form)));
            Assert.All(Noise, noise => Assert.DoesNotContain(noise, text, StringComparison.Ordinal));
            hash.AppendData(Encoding.UTF8.GetBytes(text));
        }

        return $"// {form} {(isFused ? "fused" : "strict")} {Convert.ToHexStringLower(hash.GetHashAndReset())}\n";
    }
}
