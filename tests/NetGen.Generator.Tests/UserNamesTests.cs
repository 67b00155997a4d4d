using System;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>What a user calls things, and what stands beside a network, changes nothing in what is generated.</summary>
public sealed class UserNamesTests
{
    /// <summary>Names that generated code uses without qualification, for its own things or as words of C# that are not reserved.</summary>
    private static readonly string[] Taken =
    [
        "_", "nameof", "global", "field", "value", "record", "file", "scoped", "required", "unmanaged", "notnull", "nuint", "System", "NetGen", "Math", "MathF", "Span", "ReadOnlySpan", "Unsafe",
        "MemoryMarshal", "Vector128", "Vector256", "Vector512", "T", "K", "E", "x", "y", "z", "p", "g", "m", "s", "i", "j", "a1", "z1", "b1", "W1", "delta1", "loss", "scale", "input",
        "output", "trace", "target", "label", "gradient", "parameters", "Load128", "Store", "At", "Exp", "Tanh", "Sigmoid", "Elements", "Broadcast128", "Lines128",
        "Vectors128", "Lanes128", "Strict1", "Fused1", "IArithmetic", "StrictArithmetic1", "FusedArithmetic1", "A", "Vectors", "Floor",
    ];

    /// <summary>What is taken as fields, methods and types of every scope around a network: a namespace, containing types, base classes, what all files see, and NetGen's own namespace.</summary>
    private static string Hostile(Func<string, string, string> network, string globalUsing) => $$"""
        {{globalUsing}}
        using global::NetGen;
        #pragma warning disable

        public static class Words { {{Each(name => $"public static string @{name}(string text) => text;")}} }
        public static class Values { {{Each(name => $"public static int @{name} = 1;")}} }
        public static class Types { {{Each(name => $"public class @{name} {{ }}")}} }

        namespace NetGen { {{Each(name => $"public class @{name} {{ }}")}} }

        namespace Demo.Nested
        {
            {{Each(name => $"public class @{name} {{ }}")}}

            public class Base { {{Each(name => $"protected static int @{name} => 1;")}} }

            public partial class Outer
            {
                {{Each(name => $"public static int @{name}() => 1;")}}

                {{network("Inner", " : Base")}}
            }
        }

        {{network("Alone", "")}}
        """;

    private static string Each(Func<string, string> member) => string.Join("\n", Taken.Select(member));

    public static TheoryData<Form> Forms => new(Enum.GetValues<Form>());

    [Theory]
    [MemberData(nameof(Forms))]
    public void Names_of_the_user_change_nothing(Form form)
    {
        bool isFloor = Compiled.IsFloor(form);
        if (Compiled.IsOldest && !isFloor)
        {
            return;
        }

        string Network(string name, string bases) => $$"""
            [global::NetGen.Network(4, Loss = global::NetGen.Loss.CategoricalCrossEntropy{{(isFloor ? "" : ", Arithmetic = global::NetGen.Arithmetic.Fused")}}, SelfTest = true)]
            [global::NetGen.Dense(16, global::NetGen.Activation.GeluTanh)] [global::NetGen.Dense(3, global::NetGen.Activation.Softmax)]
            public sealed partial class {{name}}{{bases}} { }
            """;
        string[] usings = isFloor ? [""] : ["global using static global::Words;", "global using static global::Values;", "global using static global::Types;"];
        foreach (string globalUsing in usings)
        {
            Compiled compiled = Compiled.From(Hostile(Network, globalUsing), form, onlyCode: true);
            Assert.Empty(compiled.GeneratorDiagnostics);
            Assert.Equal(2, compiled.Files.Count);
            Assert.DoesNotContain(compiled.CompilerDiagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        }
    }

    /// <summary>What generated code cannot do without is asked back, also where it comes from a using directive.</summary>
    [NewerCompilerFact(NewerCompiler.Syntax)]
    public void A_word_that_all_files_see_hidden_is_an_error()
    {
        Compiled compiled = Compiled.From(
            "global using static Names; using NetGen; [Network(2)] [Dense(3)] public sealed partial class Net { } public static class Names { public class @var { } }", onlyCode: true);
        Assert.Equal("NETGEN020", Assert.Single(compiled.Findings()).Id);
        Assert.Empty(compiled.Files);
    }

    /// <summary>It may also come from a reference: as a type of a namespace, a namespace, or a class nested in a base class.</summary>
    [Theory]
    [InlineData("namespace Demo { public class @var { } }", "")]
    [InlineData("namespace Demo.@nint { public class Other { } }", "")]
    [InlineData("namespace Library { public class Base { public class @var { } } }", " : Library.Base")]
    public void A_word_that_a_reference_hides_is_an_error(string library, string bases)
    {
        string network = $"using NetGen; namespace Demo {{ [Network(2)] [Dense(3)] public sealed partial class Net{bases} {{ }} }}";
        CSharpCompilation hider = Compiled.Compilation(library, onlyCode: true).WithAssemblyName("Hider");
        using var image = new System.IO.MemoryStream();
        Assert.True(hider.Emit(image).Success);
        foreach (MetadataReference reference in new MetadataReference[] { hider.ToMetadataReference(), MetadataReference.CreateFromImage(image.ToArray()) })
        {
            CSharpCompilation user = Compiled.Compilation(network, onlyCode: true).AddReferences(reference);
            GeneratorDriverRunResult result = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: Compiled.ParseOptions())
                .RunGenerators(user).GetRunResult();
            Assert.Equal(["NETGEN020"], result.Diagnostics.Select(diagnostic => diagnostic.Id));
        }
    }

    /// <summary>Names that differ in case only get a hash, and so does one that is what another became by it.</summary>
    [Fact]
    public void Every_network_has_a_file_whatever_the_names()
    {
        string hash = Parsing.TypeNames.Hash("Demo.Net.g.cs");
        string second = Parsing.TypeNames.Hash($"Demo.Net_{hash}.g.cs");
        string[] names = ["Net", "net", "NET", $"Net_{hash}", $"Net_{second}"];
        Compiled compiled = Compiled.From($"using NetGen; namespace Demo {{ {string.Concat(names.Select(name => $"[Network(2)] [Dense(3)] public sealed partial class @{name} {{ }}\n"))} }}", onlyCode: true);
        Assert.Null(compiled.Driver.GetRunResult().Results.Single().Exception);
        Assert.Equal(names.Length, compiled.Files.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    /// <summary>File systems count bytes.</summary>
    [Theory]
    [InlineData("a", 300)]
    [InlineData("网", 115)]
    [InlineData("é", 115)]
    public void File_names_are_short_enough(string letter, int length)
    {
        string name = string.Concat(Enumerable.Repeat(letter, length));
        string other = name[..^1] + "b";
        Compiled compiled = Compiled.From($"using NetGen; [Network(2)] [Dense(3)] public sealed partial class {name} {{ }} [Network(2)] [Dense(3)] public sealed partial class {other} {{ }}", onlyCode: true);
        Assert.Equal(2, compiled.Files.Count);
        Assert.All(compiled.Files.Keys, file => Assert.InRange(Encoding.UTF8.GetByteCount(file), 1, 255));
    }

    /// <summary>The cut never parts a pair of surrogates: the compiler refuses letters that need one, however they are written.</summary>
    [Theory]
    [InlineData("\U00010400")]
    [InlineData(@"\U00010400")]
    [InlineData(@"\ud801\udc00")]
    public void No_name_has_surrogates(string letter)
    {
        Compiled compiled = Compiled.From($"using NetGen; [Network(2)] [Dense(3)] public sealed partial class N{letter} {{ }}", onlyCode: true);
        Assert.Contains(compiled.CompilerDiagnostics, diagnostic => diagnostic.Id == "CS1056");
        Assert.DoesNotContain(compiled.Input.GetSymbolsWithName(_ => true), symbol => symbol.Name.Any(char.IsSurrogate));
        Assert.Equal(["N.g.cs"], compiled.Files.Keys);
    }

    /// <summary>A file that belongs to two projects, one of which sees the internals of the other.</summary>
    [Fact]
    public void A_shared_file_compiles_without_a_warning_of_ours()
    {
        const string Network = "using NetGen; namespace Demo { [Network(2, Loss = Loss.SquaredError)] [Dense(3)] internal sealed partial class Net { } }";
        CSharpCompilation first = Compiled.Compilation(Shared(Network), onlyCode: true);
        Compilation library = Compiled.From(first, onlyCode: true).Output;
        CSharpCompilation second = Compiled.Compilation(Network, onlyCode: true).WithAssemblyName("Second").AddReferences(library.ToMetadataReference());
        Assert.DoesNotContain(Compiled.From(second, onlyCode: true).CompilerDiagnostics, diagnostic => diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true);
    }

    private static string Shared(string network) => network.Replace("namespace Demo", "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Second\")] namespace Demo", StringComparison.Ordinal);

    /// <summary>Contracts call what is generated, though a method of the class fits better.</summary>
    [Theory]
    [InlineData(Form.Auto)]
    [InlineData(Form.Scalar)]
    public void Overloads_of_the_user_change_nothing(Form form)
    {
        const string Source = """
            using System;
            using NetGen;
            #pragma warning disable
            [Network(2, Loss = Loss.CategoricalCrossEntropy)] [Dense(3, Activation.Softmax)]
            public sealed partial class Net
            {
                public float SgdStep(ReadOnlySpan<float> x, ReadOnlySpan<float> y, float rate) => throw new Exception();
                public float SgdStep(ReadOnlySpan<float> x, ReadOnlySpan<float> y, float rate, Span<float> dx) => throw new Exception();
                public float SgdStep(ReadOnlySpan<float> x, int label, float rate) => throw new Exception();
                public static float Check(IClassifier<float> net) =>
                    net.SgdStep(new float[2], new float[3], 0.5f) + net.SgdStep(new float[2], new float[3], 0.5f, new float[2]) + net.SgdStep(new float[2], 1, 0.5f);
            }
            """;
        Type type = Compiled.From(Source, form, onlyCode: true).Load().GetType("Net")!;
        Assert.Equal(MathF.Log(3), (float)type.GetMethod("Check")!.Invoke(null, [Activator.CreateInstance(type)])!, 1e-6f);
    }

    /// <summary>The user's static initialisers may make networks, wherever they stand.</summary>
    [Theory]
    [InlineData(Form.Auto)]
    [InlineData(Form.Scalar)]
    public void Static_fields_may_hold_networks(Form form)
    {
        const string Source = """
            using System.Collections.Generic;
            using NetGen;
            #pragma warning disable
            namespace Demo.Statics
            {
                public partial class Outer
                {
                    public static readonly Net First = new Net();
                    [Network(2, Loss = Loss.SquaredError)] [Dense(3, Activation.Tanh)]
                    public sealed partial class Net
                    {
                        public static readonly Net Shared = new Net();
                        public static readonly ParameterLayout Copy = Layout;
                        static Net() { Last = new Net(); }
                        public static Net Last;
                    }
                    public sealed partial class Net
                    {
                        public static readonly List<Net> All = new List<Net> { new Net(), Shared };
                        public static readonly Dictionary<string, Net> ByName = new Dictionary<string, Net> { ["a"] = new Net() };
                    }
                    public static int Check() => First.Parameters.Layout.ParameterCount + Net.Shared.Parameters.Layout.ParameterCount + Net.All.Count + Net.ByName["a"].Parameters.Layout.ParameterCount + Net.Last.Parameters.Layout.ParameterCount + Net.Copy.ParameterCount;
                }
            }
            """;
        Type outer = Compiled.From(Source, form, onlyCode: true).Load().GetType("Demo.Statics.Outer")!;
        Assert.Equal(47, outer.GetMethod("Check")!.Invoke(null, null));
    }
}
