using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Tests;

/// <summary>The self-test of a network passes where the network is right, and finds what is wrong where it is not.</summary>
public sealed class SelfTestTests
{
    private static readonly Declaration Iris =
        new(4, [new Layer(16, "Tanh"), new Layer(3, "Softmax")], "CategoricalCrossEntropy", SelfTest: true);

    private static readonly Declaration Large =
        new(120, [new Layer(200, "Relu"), new Layer(200, "Elu"), new Layer(30)], "SquaredError", SelfTest: true);

    private static readonly Declaration Medium =
        new(30, [new Layer(50, "Relu"), new Layer(50, "Elu"), new Layer(30)], "SquaredError", SelfTest: true);

    /// <summary>Every loss after every activation that it accepts, and none.</summary>
    private static IReadOnlyList<Declaration> Pairs => RandomDeclarations.Losses
        .Append(("None", null))
        .SelectMany(pair => (pair.Item2 ?? RandomDeclarations.Activations).Select(last => new Declaration(
            3, [new Layer(4, "Silu"), new Layer(3, last)], pair.Item1, RandomDeclarations.HasReduction(pair.Item1) && pair.Item1 != "None" ? "Sum" : "Mean", SelfTest: true)))
        .ToList();

    [Theory]
    [InlineData("Single")]
    [InlineData("Double")]
    public void Every_activation_and_loss_passes(string precision)
    {
        IReadOnlyList<Declaration> declarations = Pairs.Select(declaration => declaration with { Precision = precision }).ToList();
        Networks.Prepare(declarations, Form.Scalar);
        foreach (Declaration declaration in declarations)
        {
            SelfTestReport report = Run(Networks.Type(declaration, Form.Scalar));
            Assert.True(report.Passed, $"{declaration}: {report}");

            // Two samples, for the loss and for the vector-Jacobian product; more than the derivatives are compared.
            int derivatives = 2 * (declaration.Loss == "None" ? 1 : 2) * (declaration.ParameterCount + declaration.Inputs);
            Assert.True(report.Checked > derivatives * 0.8, $"{declaration}: {report}");
            Assert.True(report.Skipped < derivatives * 0.2, $"{declaration}: {report}");
        }
    }

    [Theory]
    [InlineData(Form.Auto, "Strict")]
    [InlineData(Form.Auto, "Fused")]
    [InlineData(Form.Vectors128, "Strict")]
    [InlineData(Form.Unrolled, "Strict")]
    [InlineData(Form.Looped, "Fused")]
    public void Every_form_passes(Form form, string arithmetic)
    {
        // All of the large one in straight lines is text for a minute of the compiler's time.
        foreach (Declaration declaration in new[] { Iris, Iris with { Precision = "Double" }, form == Form.Unrolled ? Medium : Large })
        {
            SelfTestReport report = Run(Networks.Type(declaration with { Arithmetic = arithmetic }, form));
            Assert.True(report.Passed, $"{declaration}: {report}");
        }
    }

    [Fact]
    public void The_text_for_older_languages_passes()
    {
        string source = Iris.Source("Net").Replace("class Net;", "class Net { }", StringComparison.Ordinal);
        Assembly assembly = Compiled.From("using NetGen;\n#pragma warning disable CS1591\n" + source, Form.Auto, LanguageVersion.CSharp9).Load();
        SelfTestReport report = Run(assembly.GetType("Net")!);
        Assert.True(report.Passed, report.ToString());
    }

    /// <summary>Of a large network a bounded part is checked.</summary>
    [Fact]
    public void A_large_network_is_sampled()
    {
        SelfTestReport report = Run(Networks.Type(Large));
        Assert.True(report.Passed, report.ToString());

        // All parameters after two steps and in a batch, and of the derivatives a part.
        Assert.InRange(report.Checked, 3 * Large.ParameterCount, 3.25 * Large.ParameterCount);
    }

    [Fact]
    public void The_parameters_stay_and_the_report_too()
    {
        INetwork<float> network = Networks.Create<float>(Iris);
        string untrained = Run(network).ToString();
        Assert.Contains("as after Initialize(1)", untrained, StringComparison.Ordinal);
        Assert.All(network.Parameters.Canonical(), value => Assert.Equal(0, value));

        network.Initialize(5);
        float[] before = network.Parameters.Canonical();
        string report = Run(network).ToString();
        Assert.Equal(before, network.Parameters.Canonical());
        Assert.Contains("as they are", report, StringComparison.Ordinal);
        Assert.Equal(report, Run(network).ToString());
        Assert.NotEqual(untrained, report);
    }

    /// <summary>At a kink there is no derivative to compare: relu of sums that are all 0.</summary>
    [Fact]
    public void Kinks_are_skipped()
    {
        var declaration = new Declaration(3, [new Layer(8, "Relu"), new Layer(2)], "SquaredError", SelfTest: true);
        INetwork<float> network = Networks.Create<float>(declaration);
        network.Initialize(1);
        for (int unit = 0; unit < 8; unit++)
        {
            for (int input = 0; input < 3; input++)
            {
                network.Parameters.Weight(0, unit, input) = 0;
            }
        }

        SelfTestReport report = Run(network);
        Assert.True(report.Passed, report.ToString());
        Assert.True(report.Skipped >= 2 * 2 * 8 * 4, report.ToString());
    }

    [Fact]
    public void Parameters_that_are_no_numbers_do_not_pass()
    {
        INetwork<float> network = Networks.Create<float>(Iris);
        network.Parameters.Weight(1, 0, 0) = float.NaN;
        Assert.False(Run(network).Passed);
    }

    /// <summary>One sign or factor of the generated text is changed.</summary>
    [Theory]
    [InlineData("(1.0 - a1[j]) * (1.0 + a1[j])", "(1.0 + a1[j]) * (1.0 + a1[j])", "dL/dW1")]
    [InlineData("gb1[j] += scale * delta[j];", "gb1[j] -= scale * delta[j];", "dL/db1")]
    [InlineData("gb1[j] += scale * delta[j];", "gb1[j] += 1e-7 * delta[j];", "dL/db1")]
    [InlineData("(logSum2 - (z2[j] - max2))", "(logSum2 + (z2[j] - max2))", "L")]
    public void A_wrong_derivative_is_found(string from, string to, string place)
    {
        Compiled compiled = Compiled.From("using NetGen;\n#pragma warning disable CS1591\n" + (Iris with { Precision = "Double" }).Source("Net"), Form.Looped);
        string text = Assert.Single(compiled.Files).Value;
        int at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, $"The generated text has no {from}.");
        SelfTestReport report = Run(Changed(compiled, string.Concat(text.AsSpan(0, at), to, text.AsSpan(at + from.Length))));
        Assert.False(report.Passed);
        Assert.Contains(report.Failures, failure => failure.Contains(place, StringComparison.Ordinal));
        Assert.True(report.WorstError > 10 * report.Tolerance, report.ToString());
        Assert.StartsWith("failed", report.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Compiles the user's part with another text in place of the generated one.</summary>
    private static Type Changed(Compiled compiled, string text)
    {
        using var image = new MemoryStream();
        Compilation compilation = compiled.Input
            .WithAssemblyName("Changed" + Guid.NewGuid().ToString("N"))
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)compiled.Input.SyntaxTrees.Single().Options));
        Assert.True(compilation.Emit(image).Success);
        image.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(image).GetType("Net")!;
    }

    private static SelfTestReport Run(Type type) => Run(Activator.CreateInstance(type)!);

    private static SelfTestReport Run(object network) => (SelfTestReport)network.GetType().GetMethod("SelfTest")!.Invoke(network, null)!;
}
