using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

public sealed partial class DiagnosticTests
{
    private const string Generic = "is generic; a network has fixed sizes and number types, so neither it nor a type around it may have type parameters";

    /// <summary>Where a network cannot stand, with one message each.</summary>
    public static TheoryData<string, string[]> WrongPlaces => new()
    {
        { "[Network(2)] [Dense(3)] sealed partial class Net⟦⟪<T>⇒⟫⟧ { }", [$"NETGEN006: 'Net' {Generic}"] },
        { "partial class Outer⟦⟪<T, U>⇒⟫⟧ { [Network(2)] [Dense(3)] sealed partial class Net { } }", [$"NETGEN006: 'Outer' {Generic}"] },
        { "partial interface IOuter⟦⟪<out T>⇒⟫⟧ { partial struct Inner { [Network(2)] [Dense(3)] sealed partial class Net { } } }", [$"NETGEN006: 'IOuter' {Generic}"] },
        {
            "⟪⇒partial ⟫class ⟦A⟧ { partial struct B { [Network(2)] [Dense(3)] sealed partial class Net { } } }",
            ["NETGEN007: 'A' contains the network 'Net' but is not partial, so the network cannot be added; make 'A' partial"]
        },
        {
            "partial class A { readonly ⟪⇒partial ⟫record struct ⟦B⟧ { [Network(2)] [Dense(3)] sealed partial class Net { } } }",
            ["NETGEN007: 'B' contains the network 'Net' but is not partial, so the network cannot be added; make 'B' partial"]
        },
        {
            "⟪⇒partial ⟫interface ⟦I⟧ { [Network(2)] [Dense(3)] sealed partial class Net { } }",
            ["NETGEN007: 'I' contains the network 'Net' but is not partial, so the network cannot be added; make 'I' partial"]
        },
        {
            "[Network(2)] [Dense(3)] ⟪static⇒sealed⟫ partial class ⟦Net⟧ { }",
            ["NETGEN012: 'Net' is static, and so has no instance that holds parameters; declare it as an ordinary partial class"]
        },
        {
            "[Network(2)] [Dense(3)] ⟪static⇒sealed partial⟫ class ⟦Net⟧ { }",
            ["NETGEN012: 'Net' is static, and so has no instance that holds parameters; declare it as an ordinary partial class"]
        },
    };

    /// <summary>Errors whose declarations, or whose corrections, are written in newer words than the oldest compiler knows.</summary>
    public static TheoryData<string, string[]> NewerSyntax => new()
    {
        { "[Network(2)] [Dense(3)] sealed partial class Net(int ⟦⟪Layout⇒layout⟫⟧) { int Get() => ⟪Layout⇒layout⟫; }", ["NETGEN009: 'Net' already has 'Layout', which NetGen generates; rename or remove it"] },
        {
            "[Network(2)] [Dense(3)] sealed partial ⟪record⇒class⟫ ⟦Net⟧;",
            ["NETGEN012: 'Net' is a record, whose copies would share their parameters; declare it as an ordinary partial class"]
        },
        {
            "[Network(2)] [Dense(3)] sealed ⟪record⇒partial⟫ class ⟦Net⟧(int X) { int Y => X; }",
            ["NETGEN012: 'Net' is a record, whose copies would share their parameters; declare it as an ordinary partial class"]
        },
        {
            "[Network(2)] [Dense(3)] ⟪file⇒⟫ sealed partial class ⟦Net⟧ { }",
            ["NETGEN012: 'Net' is local to its file, where generated code cannot reach it; remove 'file'"]
        },
        {
            "⟪file⇒⟫ partial class ⟦Outer⟧ { [Network(2)] [Dense(3)] sealed partial class Net { } }",
            ["NETGEN012: 'Outer' is local to its file, where generated code cannot reach it; remove 'file'"]
        },
    };

    /// <summary>The base class is a network that is generated; it may lie in another assembly, and the class that derives from it in several parts.</summary>
    public static TheoryData<string, string[]> Derived => new()
    {
        {
            "[Network(2)] [Dense(3)] abstract partial class A { } [Network(2)] [Dense(3)] sealed partial class B⟪ : ⇒⟫⟦⟪A⇒⟫⟧ { }",
            ["NETGEN017: 'B' derives from the network 'A', whose members would be hidden; hold a 'A' in a field instead"]
        },
        {
            "[Network(2)] [Dense(3)] abstract partial class A { } class M : A { } [Network(2)] [Dense(3)] sealed partial class B { } partial class B⟪ : ⇒⟫⟦⟪M⇒⟫⟧ { }",
            ["NETGEN017: 'B' derives from the network 'A', whose members would be hidden; hold a 'A' in a field instead"]
        },
    };

    [Theory]
    [MemberData(nameof(Derived))]
    public void A_network_that_derives_from_a_network_is_not_generated(string marked, string[] expected) =>
        Assert.Equal("A.g.cs", Assert.Single(Verify(marked, expected).Files.Keys));

    /// <summary>The compiler itself says that a network is a class, in one message; there is nothing to add.</summary>
    [Theory]
    [InlineData("[Network(2)] [Dense(3)] partial struct Net { }")]
    [InlineData("[Network(2)] [Dense(3)] ref partial struct Net { }")]
    [InlineData("[Network(2)] [Dense(3)] partial record struct Net { }")]
    [InlineData("[Network(2)] [Dense(3)] partial interface Net { }")]
    [InlineData("[Network(2)] [Dense(3)] enum Net { }")]
    [InlineData("[Network(2)] [Dense(3)] delegate void Net();")]
    [InlineData("[assembly: Network(2), Dense(3)]")]
    [InlineData("class C { [Network(2)] [Dense(3)] void Net() { } }")]
    [InlineData("class C { [Network(2)] [Dense(3)] int Net { get; } }")]
    [InlineData("class C { [Network(2)] [Dense(3)] int _net; }")]
    [InlineData("class C { [Network(2)] [Dense(3)] C() { } }")]
    [InlineData("class C<[Network(2)] [Dense(3)] T> { }")]
    [InlineData("class C { void Net([Network(2)] [Dense(3)] int x) { } }")]
    public void Anything_but_a_class_is_refused_by_the_compiler_alone(string source)
    {
        Compiled compiled = Compiled.From("using NetGen;\n" + source);
        Assert.Empty(compiled.Findings());
        Assert.Empty(compiled.Files);
        IEnumerable<Diagnostic> errors = compiled.CompilerDiagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal(["CS0592", "CS0592"], errors.Select(diagnostic => diagnostic.Id));
        Assert.Contains("only valid on 'class' declarations", errors.First().GetMessage());
    }

    [Theory]
    [InlineData("[Network(2)] [Network(3)] [Dense(3)] sealed partial class Net { }")]
    [InlineData("[Network(2)] [Dense(3)] sealed partial class Net { } [Network(2)] partial class Net { }")]
    public void A_network_declared_twice_is_refused_by_the_compiler_alone(string source)
    {
        Compiled compiled = Compiled.From("using NetGen;\n" + source);
        Assert.Empty(compiled.Findings());
        Assert.Empty(compiled.Files);
        Assert.Equal("CS0579", Assert.Single(compiled.CompilerDiagnostics).Id);
    }
}
