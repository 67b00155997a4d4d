using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Model;
using NetGen.Generator.Parsing;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Generated code compiles without a word from the compiler, wherever the class stands and in every language version.</summary>
public sealed class CompilationTests
{
    public static TheoryData<string> Classes => new()
    {
        { "/// <summary>Documented.</summary>\n[Network(2, Loss = Loss.HalfSquaredError)] [Dense(3)] public partial class Net { }" },
        { "[Network(2)] [Dense(3)] internal sealed partial class Net { }" },
        { "[Network(2)] [Dense(3)] abstract partial class Net { }" },
        { "namespace A.B { [Network(2)] [Dense(3)] partial class Net { } }" },
        { "namespace @namespace.@class { [Network(2)] [Dense(3)] partial class @event { } }" },
        { "namespace Ünï.Код { [Network(2)] [Dense(3)] partial class 網路 { } }" },
        { "[Network(2)] [Dense(3)] partial class @record { }" },
        { "partial class A { private partial class B { [Network(2)] [Dense(3)] private sealed partial class Net { } } }" },
        { "partial struct S { [Network(2)] [Dense(3)] internal partial class Net { } }" },
        { "partial record R { [Network(2)] [Dense(3)] internal partial class Net { } }" },
        { "partial record struct R { [Network(2)] [Dense(3)] internal partial class Net { } }" },
        { "ref partial struct S { [Network(2)] [Dense(3)] internal partial class Net { } }" },
        { "readonly partial struct S { [Network(2)] [Dense(3)] internal partial class Net { } }" },
        { "partial record class R(int X) { [Network(2)] [Dense(3)] internal partial class Net { } }" },
        { "readonly partial record struct R(int X) { [Network(2)] [Dense(3)] private partial class Net { } }" },
        { "partial interface I { [Network(2)] [Dense(3)] internal partial class Net { } }" },
        { "static partial class S { [Network(2)] [Dense(3)] internal partial class Net { } }" },
        { "[Network(2)] [Dense(3)] partial class Net { Net(int x) { _ = x; } Net() { } }" },
        { "[Network(2)] [Dense(3)] partial class Net { public float Forward(float x) => x; class System { } class Span<T> { } class NetGen { } }" },
        { "namespace System { } namespace Other { class MathF { } [Network(2, Loss = Loss.HalfSquaredError)] [Dense(3, Activation.Tanh)] partial class Net { } }" },
        { "class Base { public void Forward(int x) { _ = x; } private int Layout; void F() { Layout = 1; _ = Layout; } } [Network(2)] [Dense(3)] partial class Net : Base { }" },
        { "[Network(2)] [Dense(3)] partial class Net { readonly int[] _x = new int[3]; public int this[int i] => _x[i]; public event System.Action? E { add { } remove { } } ~Net() { } }" },
        { "[Network(2)] [Dense(3)] partial class Net { partial void Ready(int x); partial void Ready(int x) { } void Go() => Ready(1); }" },
        { "[Network(2)] [Dense(3)] partial class Net { void Forward(in System.ReadOnlySpan<float> a, System.Span<float> b) { } void Forward<T>(System.ReadOnlySpan<float> a, System.Span<float> b) { } class Kernels<T> { } }" },
        { "[Network(2)] [Dense(3)] partial class Net { } partial class Net { static Net() { } } partial class Net : System.IDisposable { public void Dispose() { } }" },
        { "interface IBrain { void Forward(System.ReadOnlySpan<float> x, System.Span<float> y); } [Network(2)] [Dense(3)] sealed partial class Net : IBrain { }" },
        { "[Network(2)] [Dense(3)] abstract partial class Net { } sealed class Derived : Net { }" },
        { "namespace App { namespace System { } namespace NetGen { } class Single { } class Double { } class Math { } class Span<T> { } class Vector128 { } [Network(4, Loss = Loss.CategoricalCrossEntropy)] [Dense(40, Activation.Tanh)] [Dense(3, Activation.Softmax)] partial class Net { } }" },
        { "[Network(4, Loss = Loss.CategoricalCrossEntropy, Arithmetic = Arithmetic.Fused)] [Dense(40, Activation.Tanh)] [Dense(3, Activation.Softmax)] partial class Net { class Vectors512 { } class Vectors256 { } class Lines128 { } class Lanes128 { } class IArithmetic { } class FusedArithmetic1 { } class A { } class K { } class Vector128<T> { } class Unsafe { } class MathF { } static int p, x, z1, a1, loss, Tanh, Load128; static int Sum => p + x + z1 + a1 + loss + Tanh + Load128; static void Set() { p = x = z1 = a1 = loss = Tanh = Load128 = 1; } }" },
        { "[Network(2)] [Dense(3)] partial class net { } [Network(2)] [Dense(3)] partial class Net { }" },
        { "[global::NetGen.NetworkAttribute(2), global::NetGen.DenseAttribute(3)] partial class Net { }" },
    };

    [NewerCompilerTheory(NewerCompiler.Syntax)]
    [InlineData("[Network(2)] [Dense(3)] partial class Net(int x) { int X => x; Net() : this(1) { } }")]
    public void Compiles_without_a_warning_in_newer_syntax(string source) => Compiles_without_a_warning(source);

    [Theory]
    [MemberData(nameof(Classes))]
    public void Compiles_without_a_warning(string source)
    {
        string[] usings = source.Contains("global::NetGen.") ? [] : ["using NetGen;\n"];
        Compiled compiled = Compiled.From(string.Concat(usings) + "#pragma warning disable CS8981\n" + source);
        Assert.DoesNotContain(compiled.Findings(), diagnostic => diagnostic.Severity > DiagnosticSeverity.Info);
        Assert.Empty(compiled.CompilerDiagnostics);
        Assert.NotEmpty(compiled.Files);
        Assert.All(compiled.Files.Values, text => Assert.DoesNotContain("\r", text));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp9, false)]
    [InlineData(LanguageVersion.CSharp10, false)]
    [InlineData(Compiled.CSharp11, true)]
    [InlineData(LanguageVersion.Latest, true)]
    public void Compiles_in_every_language_version(LanguageVersion language, bool hasStaticContract)
    {
        string source = string.Join("\n", RandomDeclarations.Create(seed: 5, 12).Select((declaration, index) =>
            declaration.Source($"Net{index}")));
        Compiled compiled = Compiled.From("using NetGen;\n#pragma warning disable CS1591\n" + source, language: language);
        Assert.Empty(compiled.CompilerDiagnostics);
        Assert.Equal(12, compiled.Files.Count);
        Assert.All(compiled.Files.Values, text => Assert.Equal(hasStaticContract, text.Contains("global::NetGen.INetwork<Net")));
    }

    /// <summary>The tests that run networks rely on it.</summary>
    [Theory]
    [InlineData("public sealed partial class Net { public int Undocumented; }", "CS1591")]
    [InlineData("sealed partial class Net { int _unused; }", "CS0169")]
    [InlineData("sealed partial class Net { int Wrong() => none; }", "CS0103")]
    public void An_assembly_with_a_warning_or_error_is_not_loaded(string type, string id) => Assert.Contains(
        id, Assert.Throws<InvalidOperationException>(() => Compiled.From("using NetGen; [Network(2)] [Dense(3)] " + type).Load()).Message, StringComparison.Ordinal);

    /// <summary>The compiler is not asked again after the analyzer.</summary>
    [Theory]
    [InlineData("public sealed partial class Net { public int Undocumented; }", "CS1591")]
    [InlineData("sealed partial class Net { int _unused; }", "CS0169")]
    [InlineData("sealed partial class Net { int Wrong() => none; }", "CS0103")]
    public void With_the_analyzer_the_compiler_says_the_same(string type, string id)
    {
        Compiled alone = Compiled.From("using NetGen; [Network(2)] [Dense(3)] " + type);
        Compiled together = Compiled.From("using NetGen; [Network(2)] [Dense(3)] " + type);
        Assert.DoesNotContain(together.AnalyzerDiagnostics(), diagnostic => diagnostic.Id == id);
        Assert.Contains(alone.CompilerDiagnostics, diagnostic => diagnostic.Id == id);
        Assert.Equal(
            alone.CompilerDiagnostics.Select(diagnostic => diagnostic.ToString()).Order(StringComparer.Ordinal),
            together.CompilerDiagnostics.Select(diagnostic => diagnostic.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Names_that_differ_in_case_only_get_files_of_their_own()
    {
        Compiled compiled = Compiled.From("using NetGen; [Network(2)] [Dense(3)] partial class Brain { } [Network(2)] [Dense(3)] partial class BRAIN { } [Network(2)] [Dense(3)] partial class Other { }");
        Assert.Equal(3, compiled.Files.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Contains("Other.g.cs", compiled.Files.Keys);
    }

    [Fact]
    public void A_long_name_gives_a_short_file_name()
    {
        string name = new('N', 400);
        Compiled compiled = Compiled.From($"using NetGen; [Network(2)] [Dense(3)] partial class {name}1 {{ }} [Network(2)] [Dense(3)] partial class {name}2 {{ }}");
        Assert.Equal(2, compiled.Files.Count);
        Assert.All(compiled.Files.Keys, hint => Assert.InRange(hint.Length, 100, 140));
    }

    /// <summary>The list that finds collisions is the list of what is emitted.</summary>
    [Theory]
    [InlineData("None", "Identity", "Single", false)]
    [InlineData("HalfSquaredError", "Tanh", "Double", true)]
    [InlineData("CategoricalCrossEntropy", "Softmax", "Single", false)]
    [InlineData("CategoricalCrossEntropy", "Softmax", "Single", true, Form.Scalar)]
    [InlineData("CategoricalCrossEntropy", "Softmax", "Double", false, Form.Auto, true)]
    [InlineData("SquaredError", "Tanh", "Single", false, Form.Scalar, true)]
    public void Every_emitted_member_is_listed(string loss, string activation, string precision, bool selfTest, Form form = Form.Auto, bool batchTerms = false)
    {
        Type type = Networks.Type(new Declaration(2, [new TestKit.Layer(3, activation)], loss, Precision: precision, SelfTest: selfTest, BatchTerms: batchTerms), form);
        IEnumerable<string> emitted = type
            .GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(member => !member.Name.Contains('.') && !member.Name.Contains('<') && member is not ConstructorInfo && member is not MethodInfo { IsSpecialName: true })
            .Select(member => member is MethodInfo method ? $"{method.Name}({string.Join(",", method.GetParameters().Select(p => Name(p.ParameterType)))})" : member.Name);
        NumberType number = precision == "Single" ? NumberType.Single : NumberType.Double;
        IEnumerable<string> listed = MemberConflicts.Members(loss, number, selfTest, Compiled.IsFloor(form) ? Dialect.Floor : Dialect.Modern, batchTerms)
            .Select(member => member.Parameters is null ? member.Name : $"{member.Name}({string.Join(",", member.Parameters)})");
        Assert.Equal(listed.Order(StringComparer.Ordinal), emitted.Order(StringComparer.Ordinal));
    }

    /// <summary>The class of kernels is nested in the user's in the floor dialect alone: elsewhere the name is free, while a network is wrong too.</summary>
    [Theory]
    [InlineData("sealed partial class Net { class Kernels { } }", "'Net' already has 'Net.Kernels'")]
    [InlineData("sealed partial class Net : Base { } class Base { protected int Kernels = 0; }", "'Net' already has 'Base.Kernels'")]
    [InlineData("sealed partial class Kernels { }", "'Kernels' already has 'Kernels'")]
    public void Kernels_is_a_name_of_the_floor_dialect(string type, string collision)
    {
        string source = $"using NetGen; [Network(2, Loss = Loss.SquaredError, SelfTest = true)] [Dense(3)] {type}";
        Compiled modern = Compiled.From(source);
        Assert.DoesNotContain(modern.Findings(), finding => finding.Severity > DiagnosticSeverity.Info);
        Assert.Empty(modern.CompilerDiagnostics);
        Assert.Single(modern.Files);

        Compiled wrong = Compiled.From(source.Replace("Network(2", "Network(0", StringComparison.Ordinal));
        Assert.Equal("NETGEN004", Assert.Single(wrong.GeneratorDiagnostics).Id);
        Assert.Empty(wrong.CompilerDiagnostics);
        Assert.Single(wrong.Files);

        Diagnostic floor = Assert.Single(Compiled.From(source, Form.Scalar).GeneratorDiagnostics);
        Assert.Equal($"NETGEN009: {collision}, which NetGen generates; rename or remove it", $"{floor.Id}: {floor.GetMessage()}");
    }

    private static string Name(Type type)
    {
        string Simple(Type t) => t == typeof(float) ? "float" : t == typeof(double) ? "double" : t == typeof(int) ? "int" : t == typeof(ulong) ? "ulong" : t.FullName!;
        type = type.IsByRef ? type.GetElementType()! : type;
        return type.IsGenericType ? $"{type.FullName!.Split('`')[0]}<{Simple(type.GetGenericArguments()[0])}>" : Simple(type);
    }
}
