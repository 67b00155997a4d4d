using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using NetGen.Generator.Emit;
using NetGen.Generator.Formulas;
using NetGen.Generator.Layers;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>The text: numbers, operators, the same bytes in every culture, nothing that depends on the machine.</summary>
public sealed class TextTests
{
    private static readonly string TenNetworks = "using NetGen;\nnamespace A\n .\n  B\n{\npartial\n struct\n Outer\n{\n"
        + string.Concat(RandomDeclarations.Create(seed: 3, 10).Select((declaration, index) => declaration.Source($"İiIı{index}").ReplaceLineEndings("\n")))
        + "}\n}\n";

    private static readonly Lazy<IReadOnlyDictionary<string, string>> FilesOfTenNetworks = new(() => Culture.Under(CultureInfo.InvariantCulture, () => Compiled.From(TenNetworks).Files));

    [Theory]
    [InlineData(0.5, false, "0.5f")]
    [InlineData(1, false, "1f")]
    [InlineData(-2, false, "-2f")]
    [InlineData(1.0 / 3, false, "0.333333343f")]
    [InlineData(1e-45, false, "1.40129846E-45f")]
    [InlineData(1, true, "1.0")]
    [InlineData(1.0 / 3, true, "0.33333333333333331")]
    [InlineData(1e300, true, "1.0000000000000001E+300")]
    public void A_literal_reads_back_exactly(double value, bool isDouble, string text)
    {
        NumberType number = isDouble ? NumberType.Double : NumberType.Single;
        Assert.Equal(text, Literal.Of(value, number));
        if (number == NumberType.Single)
        {
            Assert.Equal((float)value, float.Parse(text.TrimEnd('f'), CultureInfo.InvariantCulture));
        }
        else
        {
            Assert.Equal(value, double.Parse(text, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>A node that several layers read has the sum of their gradients; a layer without parameters is none of those that have some.</summary>
    [Fact]
    public void Comments_of_a_graph_say_what_is_added_and_which_layers_have_parameters()
    {
        const string Blocks = "var x = w.Input(\"x\", 3).Dense(4, Activation.Tanh); for (int i = 0; i < 4; i++) { x += x.Dense(4, Activation.Tanh); } w.Output(\"y\", x.Slice(0, 2), Loss.SquaredError);";
        string text = Assert.Single(Compiled.From($"using NetGen; [Network] sealed partial class Net {{ static void Wire(Wiring w) {{ {Blocks} }} }}").Files).Value;
        Assert.Contains("Number of parameters: W1 4×3, b1 4, W2 4×4, b2 4, W4 4×4, b4 4, W6 4×4, b6 4, W8 4×4, b8 4.", text);
        Assert.Contains("dL/da1 = delta3", text);
        Assert.Contains("dL/da1 += W2ᵀ·delta2, dL/dW2 = ", text);
        Assert.DoesNotContain("dL/da1 = W2ᵀ·delta2, ", text);
        string plain = Assert.Single(Compiled.From("using NetGen; [Network(4)] [SoftmaxGroups(2)] sealed partial class Net { }").Files).Value;
        Assert.Contains("<summary>Number of parameters.</summary>", plain);
    }

    /// <summary>Blocks of vectors follow each other to the end; one of three is never followed by a vector alone.</summary>
    [Fact]
    public void Blocks_cover_a_length()
    {
        var width = new VectorWidth(Planner.Plan(Spec()), 256);
        foreach (int size in new[] { 1, 2, 3, 8 })
        {
            for (int vectors = 1; vectors <= 20; vectors++)
            {
                IReadOnlyList<VectorBlock> blocks = width.Blocks(8 * vectors, 8 * vectors, size);
                Assert.Equal(blocks.Skip(1).Select(block => block.Start).Append(8 * vectors), blocks.Select(block => block.End));
                Assert.True(blocks.All(block => block.Vectors <= size && (block.End - block.Start) % block.Step == 0), $"{vectors} by {size}");
                Assert.True(size != 3 || vectors == 1 || blocks.All(block => block.Vectors > 1), $"{vectors} by three");
            }
        }
    }

    [Theory]
    [InlineData(double.NaN, "float.NaN", "double.NaN")]
    [InlineData(double.PositiveInfinity, "float.PositiveInfinity", "double.PositiveInfinity")]
    [InlineData(double.NegativeInfinity, "float.NegativeInfinity", "double.NegativeInfinity")]
    public void What_has_no_literal_has_a_name(double value, string single, string @double)
    {
        Assert.Equal(single, Literal.Of(value, NumberType.Single));
        Assert.Equal(@double, Literal.Of(value, NumberType.Double));
    }

    [Fact]
    public void Fused_code_rounds_a_product_with_its_addition()
    {
        Expression x = Expression.Symbol("x");
        Expression y = Expression.Symbol("y");
        var context = new EmitContext(Planner.Plan(Spec(isFused: true)));
        context.BeginKernels();
        context.BeginFusedKernels();
        var code = new ExpressionCode(context);
        string Render(Expression expression) =>
            code.Render(expression, units: 3).Replace("MathF.FusedMultiplyAdd", "Fma", StringComparison.Ordinal);
        Assert.Equal("Fma(x, y, 1f)", Render((x * y) + 1));
        Assert.Equal("Fma(x, y, 1f)", Render(1 + (x * y)));
        Assert.Equal("Fma(x, y, -x)", Render((x * y) - x));
        Assert.Equal("Fma(-x, y, x)", Render(x - (x * y)));
        Assert.Equal("Fma(Fma(x, y, 2f), x, 1f)", Render((((x * y) + 2) * x) + 1));
        Assert.Equal("x * y * 2f", Render(x * y * 2));
        Assert.Equal("x + y", Render(x + y));
    }

    [Fact]
    public void Parentheses_stand_where_the_meaning_needs_them()
    {
        Expression x = Expression.Symbol("x");
        Expression y = Expression.Symbol("y");
        var context = new EmitContext(Planner.Plan(Spec()));
        context.BeginKernels();
        var code = new ExpressionCode(context);
        string Render(Expression expression) => code.Render(expression, units: 3);
        Assert.Equal("x - y - 1f", Render(x - y - 1));
        Assert.Equal("x - (y - 1f)", Render(x - (y - 1)));
        Assert.Equal("x * (y + 1f)", Render(x * (y + 1)));
        Assert.Equal("x / (y * x)", Render(x / (y * x)));
        Assert.Equal("x * y / x", Render(x * y / x));
        Assert.Equal("-(x + y)", Render(-(x + y)));
        Assert.Equal("-x * y", Render(-x * y));
        Assert.Equal("x - (y <= 0f ? 0f : y)", Render(x - Expression.IfAtMost(y, 0, 0, y)));
        Assert.Equal("Strict1.Exp(-MathF.Abs(x)) / 3f", Render(Expression.Apply(Function.Exp, -Expression.Apply(Function.Abs, x)) / Expression.Units));
    }

    public static TheoryData<string, string> Environments
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string culture in new[] { "", "de-DE", "tr-TR", "ar-SA", "sv-SE" })
            {
                data.Add(culture, "\n");
            }

            // How lines end is the parser's matter, and the language that of texts and numbers: each is varied by itself, and both once.
            data.Add("", "\r\n");
            data.Add("", "\r");
            data.Add("tr-TR", "\r\n");
            return data;
        }
    }

    /// <summary>The number of samples is the caller's, up to the largest integer: no index goes past it in steps, for then it would start again below zero.</summary>
    [Fact]
    public void No_index_steps_past_the_number_of_samples()
    {
        string source = string.Concat(RandomDeclarations.Create(seed: 5, 6).Append(new Declaration(4, [new Layer(16, "Tanh"), new Layer(3, "Softmax")], "CategoricalCrossEntropy"))
            .Append(new Declaration(4, [new Layer(64, "Relu"), new Layer(64), new Layer(2)], "HalfSquaredError", Arithmetic: "Fused"))
            .Select((declaration, index) => declaration.Source($"Net{index}")));
        int loops = 0;
        foreach (Form form in new[] { Form.Auto, Form.Scalar, Form.Vectors128 })
        {
            foreach (string text in Compiled.From("using NetGen;\n" + source, form, onlyCode: true).Files.Values)
            {
                foreach (Match loop in Regex.Matches(text, @"for \(int (\w+) = 0; \1 < m; (.*)\)\n"))
                {
                    loops++;
                    string index = loop.Groups[1].Value;
                    Assert.Matches($@"^{index}(\+\+| \+= (global::System\.)?Math\.Min\(m - {index}, \d+\))$", loop.Groups[2].Value);
                }
            }
        }

        Assert.True(loops > 40, $"{loops} loops");
    }

    /// <summary>The same bytes whatever the user's language, and however the lines of the source end: in headers of types and in names too.</summary>
    [Theory]
    [MemberData(nameof(Environments))]
    public void The_surroundings_do_not_show(string culture, string newline)
    {
        IReadOnlyDictionary<string, string> actual =
            Culture.Under(CultureInfo.GetCultureInfo(culture), () => Compiled.From(TenNetworks.Replace("\n", newline, StringComparison.Ordinal)).Files);
        Assert.Equal(10, actual.Count);
        Assert.Equal(FilesOfTenNetworks.Value, actual);
        Assert.All(actual.Values, text => Assert.DoesNotContain('\r', text));
    }

    [Fact]
    public void The_emitter_works_without_a_compiler()
    {
        string text = NetworkEmitter.Emit(Planner.Plan(Spec()));
        Assert.StartsWith("// <auto-generated/>\n#nullable enable\n#pragma warning disable CS0436\n\nnamespace Demo\n{\n", text);
        Assert.EndsWith("}\n", text);
        Assert.DoesNotContain("\r", text);
        Assert.DoesNotContain("\n\n\n", text);
        Assert.All(text.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public void The_floor_dialect_rounds_every_operation_by_a_cast()
    {
        Expression x = Expression.Symbol("x");
        Expression y = Expression.Symbol("y");
        var code = new ExpressionCode(new EmitContext(Planner.Plan(Spec(isFused: true, dialect: Dialect.Floor))));
        string Render(Expression expression) => code.Render(expression, units: 3);
        Assert.Equal("(float)((float)(x - y) - 1f)", Render(x - y - 1));
        Assert.Equal("(float)(x - (float)(y * 2f))", Render(x - (y * 2)));
        Assert.Equal("(float)(1f / (float)(x + y))", Render(1 / (x + y)));
        Assert.Equal("(float)((float)-x * y)", Render(-x * y));
        Assert.Equal("(float)-(float)(x + y)", Render(-(x + y)));
        Assert.Equal("(float)(x - (y <= 0f ? 0f : y))", Render(x - Expression.IfAtMost(y, 0, 0, y)));
        Assert.Equal("-2f", Render(-(Expression)2));
    }

    [Fact]
    public void Parts_of_a_deep_expression_get_names()
    {
        Expression x = Expression.Symbol("x");
        Expression sum = (((((x * 2) + 3) * x) + 4) * x) + 5;
        (string Name, Expression Value)[] parts = NamedParts.Split("y", sum).ToArray();
        Expression first = Expression.Symbol("part1OfY");
        Assert.Equal([("part1OfY", ((x * 2) + 3) * x), ("y", ((first + 4) * x) + 5)], parts);
        Assert.Equal([("y", (x * 2) + 3)], NamedParts.Split("y", (x * 2) + 3));
    }

    private static NetworkSpec Spec(bool isFused = false, Dialect dialect = Dialect.Modern) => new(
        new TypeSpec("Demo", default, "Net", "Demo.Net.g.cs"),
        NetworkGraph.Chain(new Input(2), [new Dense(3, "Tanh")], new LossSpec("HalfSquaredError")),
        NumberType.Single,
        isFused,
        Unrolling.Auto,
        new TargetSpec(dialect, Contract.Static, AggressiveOptimization: true));
}
