using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>
/// Libraries with networks are compiled once and meet whatever NetGen.dll a later program brings: what a version lets others use stays, and the networks that it generated run with
/// the bits that they had. What is kept of a version is written once, <c>NETGEN_KEEP_RELEASE=1</c>, and by nothing else.
/// </summary>
public sealed class ReleaseTests
{
    private const string Remedy = "What is published stays. Of a version that is not, delete tests/NetGen.Package.Tests/Releases/VERSION and write it anew: "
        + "NETGEN_KEEP_RELEASE=1 dotnet test tests/NetGen.Package.Tests --filter ReleaseTests";

    static ReleaseTests()
    {
        if (Environment.GetEnvironmentVariable("NETGEN_KEEP_RELEASE") == "1")
        {
            Array.ForEach(Release.Frameworks, Release.Write);
        }
    }

    public static TheoryData<string, string> All()
    {
        var data = new TheoryData<string, string>();
        foreach (string version in Release.Versions)
        {
            foreach (string framework in Release.Frameworks)
            {
                data.Add(version, framework);
            }
        }

        return data;
    }

    [Fact]
    public void The_version_of_the_sources_is_kept() => Assert.True(Release.Versions.Contains(Release.Current), $"{Release.Current} has no folder. {Remedy}");

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_of_a_version_is_gone(string version, string framework)
    {
        var release = Release.Of(version, framework);
        IReadOnlyList<ApiType> kept = ApiListing.Types(release.Reference);
        Assert.Contains(kept, type => type.Heading == "public static class NetGen.Runtime.Strict1" && type.Members.Count > 10);
        string[] gone = [.. ApiComparison.Gone(kept, ApiListing.Types(release.CurrentContracts))];
        Assert.True(gone.Length == 0, $"{string.Join('\n', gone)}\n{Remedy}");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Networks_of_a_version_have_their_bits_beside_the_newest_library(string version, string framework)
    {
        var release = Release.Of(version, framework);
        IReadOnlyDictionary<string, string> found = release.Run();
        Assert.NotEmpty(found);
        Assert.Equal(release.Hashes.Keys.Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));

        // Without the instruction fused networks have other bits, for which nothing is kept.
        Assert.All(found.Where(network => NetGen.Runtime.FusedArithmetic1.IsSupported || !network.Key.EndsWith("Fused", StringComparison.Ordinal)), network => Assert.Equal($"{network.Key} {release.Hashes[network.Key]}", $"{network.Key} {network.Value}"));
    }

    /// <summary>Of the kernels for many widths a machine runs those of one: the members that the others name are found as well.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void All_that_networks_of_a_version_name_is_found(string version, string framework)
    {
        byte[] library = Release.Of(version, framework).Library;
        using var file = new PEReader([.. library]);
        MetadataReader reader = file.GetMetadataReader();
        var context = new AssemblyLoadContext("Names", isCollectible: true);
        Module module = context.LoadFromStream(new System.IO.MemoryStream(library)).ManifestModule;

        // Kernels that take an arithmetic call each other with the one that they have.
        Type[] arithmetic = [typeof(NetGen.Runtime.FusedArithmetic1)];
        string[] names = reader.MemberReferences.Select(member => module.ResolveMember(MetadataTokens.GetToken(member), arithmetic, null)!)
            .Where(member => member.DeclaringType!.Assembly == typeof(NetworkAttribute).Assembly)
            .Select(member => $"{member.DeclaringType!.Name}.{member.Name}")
            .ToArray();
        Assert.Contains("Strict1.Tanh", names);
        Assert.Contains("ParameterLayout..ctor", names);
        context.Unload();
    }

    /// <summary>The generator meets an older NetGen.dll: it says so, or writes what compiles with it.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void A_newer_generator_notices_an_older_library(string version, string framework)
    {
        var release = Release.Of(version, framework);
        string[] complaints = [.. Complaints(release, release.Reference)];
        Assert.True(
            complaints.Length == 0,
            $"{string.Join('\n', complaints)}\nGenerated code names what NetGen {version} lacks: TargetProbe must ask for a type that came with it, so that NETGEN014 says so. {Remedy}");
    }

    /// <summary>A library that lacks a function is not noticed by the types that are asked for: the test above would tell.</summary>
    [Theory]
    [InlineData("netstandard2.1")]
    [InlineData("net8.0")]
    public void A_member_that_an_older_library_lacks_is_noticed(string framework)
    {
        var release = Release.Of(Release.Current, framework);
        string older = release.ContractsText.Replace(" Tanh(", " TanhOfLater(", StringComparison.Ordinal);
        Assert.NotEqual(release.ContractsText, older);
        Assert.Contains(Complaints(release, release.ReferenceOf(older)), complaint => complaint.Contains("'Tanh'", StringComparison.Ordinal));
        IEnumerable<string> gone = ApiComparison.Gone(ApiListing.Types(release.Reference), ApiListing.Types(release.ReferenceOf(older)));
        Assert.Contains("gone: public static float NetGen.Runtime.Strict1.Tanh(float x)", gone);
    }

    /// <summary>It must not leave the network without vectors in silence, as the NetGen for netstandard2.1 does.</summary>
    [Theory]
    [InlineData("FusedArithmetic1")]
    [InlineData("Strict1")]
    public void A_type_that_an_older_library_lacks_is_an_error(string type)
    {
        var release = Release.Of(Release.Current, "net8.0");
        string older = release.ContractsText.Replace(type, "OfLater", StringComparison.Ordinal);
        Assert.NotEqual(release.ContractsText, older);
        Compiled compiled = Compiled.From("using NetGen; [Network(2, Loss = Loss.SquaredError)] [Dense(2)] partial class Net;", references: release.With(release.ReferenceOf(older)), onlyCode: true);
        Diagnostic error = Assert.Single(compiled.GeneratorDiagnostics);
        Assert.Equal("NETGEN014", error.Id);
        Assert.Contains($"NetGen.Runtime.{type}, which the referenced NetGen lacks", error.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    /// <summary>The other ways in which a library that was compiled before would break.</summary>
    [Theory]
    [InlineData("public sealed class LayerLayout", "public class LayerLayout", "gone: public sealed class NetGen.LayerLayout")]
    [InlineData("Huber = 6", "Huber = 16", "gone: Huber = 6")]
    [InlineData("ITrainable<T> : INetwork<T> where", "ITrainable<T> where", "no longer NetGen.INetwork<T>: public interface NetGen.ITrainable<T> where T : unmanaged")]
    [InlineData("void Initialize(ulong seed);", "void Initialize(ulong seed); void Reset();", "new, and lacking in classes that were compiled before: void NetGen.INetwork<T>.Reset()")]
    public void A_change_that_breaks_is_noticed(string old, string changed, string complaint)
    {
        var release = Release.Of(Release.Current, "net8.0");
        string text = release.ContractsText.Replace(old, changed, StringComparison.Ordinal);
        Assert.NotEqual(release.ContractsText, text);
        Assert.Contains(complaint, ApiComparison.Gone(ApiListing.Types(release.Reference), ApiListing.Types(release.ReferenceOf(text))));
    }

    /// <summary>What the generator of the sources writes that does not compile with a NetGen.dll, unless it says itself that this one is too old.</summary>
    private static IEnumerable<string> Complaints(Release release, MetadataReference contracts)
    {
        string[] sources = RandomDeclarations.Create(7, 20).Select((declaration, index) => (declaration with
        {
            Precision = index % 2 == 0 ? "Single" : "Double",
            Arithmetic = index % 3 == 0 ? "Fused" : "Strict",
            SelfTest = index % 10 == 0,
        }).Source($"Net{index}")).ToArray();
        Compiled compiled = Compiled.From(
            $"using NetGen;\n{string.Join("\n", sources)}",
            release.Framework == "net8.0" ? Form.Auto : Form.Scalar,
            references: release.With(contracts),
            onlyCode: true);
        return compiled.GeneratorDiagnostics.Any(diagnostic => diagnostic.Id == "NETGEN014") ? []
            : compiled.CompilerDiagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString()).Distinct();
    }
}
