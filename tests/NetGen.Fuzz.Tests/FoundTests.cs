using System.Collections.Generic;
using System.Linq;
using NetGen.Fuzz.Checks;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Fuzz.Tests;

/// <summary>What the fuzzer found, kept: each source once made the generator throw, write what does not compile, or say nothing.</summary>
public sealed class FoundTests
{
    /// <summary>Sources with a mistake that the compiler or NetGen must name.</summary>
    public static TheoryData<string> Mistakes => new()
    {
        // A type or namespace takes the meaning from a word of C# that generated code uses.
        { "class @var { } [Network(2)] [Dense(3)] partial class Net { }" },
        { "namespace A.@nint.B { [Network(2)] [Dense(3)] partial class Net { } }" },
        { "partial class @var { [Network(2)] [Dense(3)] partial class Net { } }" },
        { "[Network(2)] [Dense(3)] partial class Net { class @nint { } }" },

        // Names that are still to be typed, around a network.
        { "namespace A..B { [Network(2)] [Dense(3)] partial class Net { } }" },
        { "namespace { [Network(2)] [Dense(3)] partial class Net { } }" },
        { "partial class { [Network(2)] [Dense(3)] partial class Net { } }" },

        // In a namespace nothing is private.
        { "namespace A; private partial class Outer { [Network(2)] [Dense(3)] partial class Net { } }" },
        { "[Network(2)] [Dense(3)] private protected partial class Net { }" },

        // The class was taken for one that can be added to.
        { "[Network(2)] [Dense(3)] partial class Net { partial class Net { } }" },
        { "file partial class Outer { [Network(2)] [Dense(3)] partial class Net { } }" },

        // A mistake of a type around two networks was said twice.
        { "file partial class Outer { [Network(2)] [Dense(3)] partial class Net { } [Network(2)] [Dense(3)] partial class Other { } }" },
        { "partial class Outer<T> { [Network(2)] [Dense(3)] partial class Net { } partial class Inner { [Network(2)] [Dense(3)] partial class Net { } } }" },
        { "partial class Outer<T> { [Network(2)] [Dense(3)] partial class Net { } [Dense(3)] partial class Lone { } [Network(0)] partial class Empty { } }" },

        // Two files of one name.
        { "namespace A { [Network(2)] [Dense(3)] partial class Net { } } partial class A { [Network(2)] [Dense(3)] partial class Net { } }" },

        // Finite numbers that single precision does not have.
        { "[Network(2)] [Dense(3, Activation.Elu, Alpha = 1e300)] partial class Net { }" },
        { "[Network(2, Loss = Loss.Huber, Delta = 1e-300)] [Dense(3)] partial class Net { }" },
    };

    /// <summary>The gradient of a batch with a sample in every lane had more locals than a method may have.</summary>
    [Theory]
    [InlineData("Single")]
    [InlineData("Double")]
    public void The_gradient_of_a_small_network_stays_within_the_budget(string precision)
    {
        var declaration = new Declaration(
            37, [new Layer(5, "Softsign"), new Layer(9, "Selu"), new Layer(1, "Softmax", UseBias: false)], "CategoricalCrossEntropy", Precision: precision, Arithmetic: "Fused");
        Assert.Empty(MethodBudget.Violations(Networks.Type(declaration)));
    }

    /// <summary>A straight line of vectors with a dear activation had more IL than a method may have.</summary>
    [Fact]
    public void A_straight_line_stays_within_the_budget()
    {
        var declaration = new Declaration(4, [new Layer(34, "GeluTanh")], "AbsoluteError", "Sum", "Double", Unroll: "Full");
        Assert.Empty(MethodBudget.Violations(Networks.Type(declaration, Form.Narrow)));
    }

    /// <summary>The passes of a deep network name several values in every layer: one method had more locals, and more IL, than a method may have.</summary>
    [Theory]
    [InlineData("Single", "Strict", Form.Auto, false)]
    [InlineData("Double", "Fused", Form.Auto, false)]
    [InlineData("Single", "Strict", Form.Scalar, true)]
    public void The_passes_of_a_deep_network_stay_within_the_budget(string precision, string arithmetic, Form form, bool isFloor)
    {
        string[] activations = ["Mish", "Softmax", "Selu", "GeluTanh", "Tanh"];
        IEnumerable<Layer> layers = Enumerable.Range(0, 200).Select(layer => new Layer(1 + (layer % 3), activations[layer % activations.Length]));
        var declaration = new Declaration(5, [.. layers], "SquaredError", Precision: precision, Arithmetic: arithmetic, SelfTest: isFloor);
        Assert.Empty(MethodBudget.Violations(Networks.Type(declaration, form), isFloor));
    }

    /// <summary>
    /// Derivatives near what rounding leaves of a difference: the self-test took its own uncertainty for an error. The seed makes the parameters with which it did.
    /// </summary>
    [Fact]
    public void The_self_test_passes_where_derivatives_vanish()
    {
        var declaration = new Declaration(
            4, [new Layer(6, "Silu"), new Layer(11, "Gelu"), new Layer(4), new Layer(2, "HardSigmoid")], "BinaryCrossEntropy", "Sum", "Double", SelfTest: true);
        Assert.All(NumberCheck.Problems<double>(Networks.Type(declaration, Form.Scalar), declaration, seed: 17391, isFloor: true), problem => Assert.Equal("", problem));
    }

    /// <summary>Members of an imported class do not hide types: a class with such members was not generated, without a word.</summary>
    [Theory]
    [InlineData("static int @var => 1;")]
    [InlineData("const int @nint = 1;")]
    [InlineData("static string @var(string text) => text;")]
    public void A_member_that_all_files_see_hides_no_word(string member)
    {
        Compiled compiled = Compiled.From($"global using static Words; static class Words {{ internal {member} }} [NetGen.Network(2)] [NetGen.Dense(3)] partial class Net {{ }}", onlyCode: true);
        Assert.Empty(CompilationCheck.Problems(compiled, hasMistake: false));
        Assert.Single(compiled.Files);
    }

    /// <summary>Sums over the units of the last layer, and the line that names all gradients, were as long as there are units and layers.</summary>
    [Theory]
    [InlineData(Form.Scalar, 40, 1)]
    [InlineData(Form.Unrolled, 40, 1)]
    [InlineData(Form.Auto, 3, 30)]
    [InlineData(Form.Narrow, 3, 30)]
    public void Lines_are_short_whatever_the_sizes(Form form, int units, int layers)
    {
        var declaration = new Declaration(
            4, [.. Enumerable.Repeat(new Layer(3, "Tanh"), layers), new Layer(units, "Softmax")], "CategoricalCrossEntropy", Precision: "Double", Unroll: units > 10 ? "Full" : "Auto");
        Compiled compiled = Compiled.From($"using NetGen;\n{declaration.Source("Net")}", form, onlyCode: true);
        Assert.Empty(CompilationCheck.Problems(compiled, hasMistake: false));
        Assert.All(Assert.Single(compiled.Files).Value.Split('\n'), line => Assert.InRange(line.Length, 0, 800));
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named(string source) =>
        Assert.Empty(CompilationCheck.Problems(Compiled.From("using NetGen;\n" + source), hasMistake: true).ToList());

    /// <summary>Generated code does not say <c>nameof</c>, which a name of the user's would change.</summary>
    [Fact]
    public void A_namespace_may_be_called_nameof() =>
        Assert.Empty(CompilationCheck.Problems(Compiled.From("using NetGen;\nnamespace @nameof { [Network(2)] [Dense(3)] partial class Net { } }"), hasMistake: false).ToList());
}
