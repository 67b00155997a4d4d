using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Projects that lack something, or have more than they need: one clear message, or none and clean code.</summary>
public sealed class ProjectTests
{
    [Fact]
    public void Without_the_attribute_assembly_the_compiler_alone_speaks()
    {
        Compiled compiled = Compiled.From("[Network(2)] [Dense(3)] partial class Net { }", references: Compiled.PlatformReferences);
        Assert.Empty(compiled.Findings());
        Assert.Empty(compiled.Files);
        Assert.All(compiled.CompilerDiagnostics, diagnostic => Assert.Equal("CS0246", diagnostic.Id));
    }

    /// <summary>What the build tools do with two versions: the higher one is referenced, and a library that was built with the lower one is bound to it.</summary>
    [Fact]
    public void A_library_built_with_another_version_is_no_obstacle()
    {
        MetadataReference old = Library("Old", "namespace Old { using NetGen; [Network(2)] [Dense(3)] public class Net { } }", [.. Compiled.PlatformReferences, OtherVersion(complete: false)]);
        Compiled compiled = Compiled.From(
            "using NetGen; [Network(2)] [Dense(3)] sealed partial class Net { Old.Net? Other { get; set; } }",
            references: [.. Compiled.PlatformReferences, Compiled.NetGenReference, old]);
        Assert.Empty(compiled.Findings());
        Assert.Empty(compiled.CompilerDiagnostics);
        Assert.Single(compiled.Files);
    }

    [Fact]
    public void Two_versions_at_once_are_refused_by_the_compiler()
    {
        Compiled compiled = Compiled.From(
            "using NetGen; [Network(2)] [Dense(3)] sealed partial class Net { }",
            references: [.. Compiled.PlatformReferences, OtherVersion(complete: true), Compiled.NetGenReference]);
        Assert.Equal("CS1704", Assert.Single(compiled.CompilerDiagnostics).Id);
        Assert.Empty(compiled.Findings());
    }

    [Fact]
    public void A_version_that_the_generator_does_not_come_with_gives_one_message()
    {
        Compiled compiled = Compiled.From(
            "using NetGen; [Network(2)] [Dense(3)] sealed partial class Net { }",
            references: [.. Compiled.PlatformReferences, OtherVersion(complete: false)]);
        Diagnostic diagnostic = Assert.Single(compiled.Findings());
        Assert.Equal(
            "NETGEN014: 'Net' needs NetGen.ParameterBuffer`1, which the referenced NetGen lacks; reference the version that the generator comes with",
            $"{diagnostic.Id}: {diagnostic.GetMessage()}");
        Assert.Equal("Network(2)", diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan));
        Assert.Empty(compiled.CompilerDiagnostics);
        Assert.Empty(compiled.Files);
    }

    /// <summary>Friends see each other's generated members, even those of a class with the same name.</summary>
    [Fact]
    public void Friend_assemblies_may_both_have_networks()
    {
        Compiled first = Compiled.From("""
            using NetGen;
            [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Networks")]
            namespace First { [Network(4, Loss = Loss.SquaredError)] [Dense(16, Activation.Tanh)] [Dense(3)] sealed partial class Net { } }
            """);
        Assert.Empty(first.CompilerDiagnostics);
        Compiled second = Compiled.From(
            """
            using NetGen;
            namespace Second
            {
                [Network(4, Loss = Loss.SquaredError)] [Dense(16, Activation.Tanh)] [Dense(3)]
                sealed partial class Net { First.Net Other { get; } = new First.Net(); bool Same => Other.Parameters == Parameters; const int Both = ParameterCount + First.Net.ParameterCount; }
            }
            """,
            references: [.. Compiled.PlatformReferences, Compiled.NetGenReference, Image(first.Output.WithAssemblyName("First"))]);
        Assert.Empty(second.Findings());
        Assert.Empty(second.CompilerDiagnostics);
        Assert.Single(second.Files);
    }

    /// <summary>The attributes, compiled as an older version, with or without the types that generated code names.</summary>
    private static CompilationReference OtherVersion(bool complete)
    {
        string[] names = ["Activation", "Arithmetic", "DenseAttribute", "Loss", "NetworkAttribute", "Precision", "Reduction", "Unroll"];
        IEnumerable<string> sources = names.Select(name => File.ReadAllText(Path.Combine(Paths.AttributeSources, name + ".cs")))
            .Select(source => source.Replace("using System;", "").Replace("namespace NetGen;", "namespace NetGen { using System;") + " }");
        string types = complete ? "namespace NetGen { public class ParameterBuffer<T> { } public class ParameterLayout { } public class LayerLayout { } public class Require { } }" : "";
        return Library(
            "NetGen",
            "[assembly: System.Reflection.AssemblyVersion(\"0.0.1.0\")]\nnamespace NetGen { public class SelfTestReport { } }\n" + string.Join("\n", sources) + types,
            Compiled.PlatformReferences);
    }

    private static CompilationReference Library(string name, string source, IEnumerable<MetadataReference> references) =>
        Compiled.Compilation(source, references: references).WithAssemblyName(name).ToMetadataReference();

    private static MetadataReference Image(Compilation compilation)
    {
        using var image = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
