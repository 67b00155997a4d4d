using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Own;
using NetGen.Generator.Model;
using NetGen.Generator.Parsing;
using NetGen.TestKit;
using Xunit;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Tests;

/// <summary>Formulas that a class has itself: their values are those of the C# that they were read from, their derivatives the slopes of it, and an edit costs what it changes.</summary>
[Trait("Category", "Quick")]
public sealed class OwnFormulaTests
{
    private const int Formulas = 150;

    private static readonly double[] Points = [-2.3, -1.1, -0.4, 0.27, 0.9, 1.7];

    /// <summary>Bodies of <c>float F(float z)</c>, their value and their derivative as they are printed.</summary>
    public static TheoryData<string, string, string> Texts => new()
    {
        { "=> z * StrictMath.Sigmoid(z);", "{z} σ({z})", "(σ({z}) + {z} σ({z}) (1 − σ({z})))" },
        { "=> z + MathF.Sin(z) * MathF.Sin(z);", "{z} + sin({z})²", "(1 + 2 sin({z}) cos({z}))" },
        { "=> MathF.Tanh(z);", "tanh({z})", "(1 − {a}) (1 + {a})" },
        { "=> MathF.Exp(-z * z);", "exp(−{z}²)", "(−2 exp(−{z}²) {z})" },
        { "=> 2 * z + z - -3f;", "2 {z} + {z} + 3", "3" },
        { "=> z < 0 ? 0.1f * z : z;", "({z} < 0 ? 0.1 {z} : {z})", "({z} < 0 ? 0.1 : 1)" },
        { "=> MathF.Max(z, 0);", "max({z}, 0)", "(0 < {z} ? 1 : {z} < 0 ? 0 : 0 = {z} ? 0.5 : NaN)" },
        { "=> MathF.Abs(z) / 4;", "|{z}| / 4", "({z} < 0 ? −1 : 0 < {z} ? 1 : {z} = 0 ? 0 : NaN) / 4" },
        { "=> MathF.Pow(z, 3) * 0.5f;", "0.5 {z}³", "1.5 {z}²" },
        { "=> StrictMath.Log1p(z * z);", "log1p({z}²)", "2 {z} / (1 + {z}²)" },
        { "=> StrictMath.Erf(z);", "erf({z})", "1.12837916709551 exp(−{z}²)" },
        { "=> MathF.Sqrt(1 + z * z);", "√(1 + {z}²)", "2 {z} / (2 √(1 + {z}²))" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Value_and_derivative_are_printed(string body, string value, string slope)
    {
        ActivationFormula own = Activation($"static float F(float z) {body}");
        Assert.Equal(value, own.ValueText);
        Assert.Equal("{g} ⊙ " + slope, own.DeltaText);
    }

    [Fact]
    public void Random_formulas_have_the_values_of_their_text_and_the_slopes_of_those()
    {
        var random = new RandomFormulas(1);
        string text = string.Concat(Enumerable.Range(0, Formulas).Select(index => $"public {random.Method("F" + index, "z")}\n"));
        (INamedTypeSymbol symbol, FormulaReader reader, Type type) = Compile(text);
        int smooth = 0;
        for (int index = 0; index < Formulas; index++)
        {
            string name = $"F{index}";
            var f = type.GetMethod(name)!.CreateDelegate<Func<double, double>>();
            OwnFormula? formula = reader.Read(name, FormulaUse.Activation, NumberType.Double, Location.None);
            Assert.NotNull(formula);
            var own = new OwnActivation(formula);
            foreach (double z in Points)
            {
                double a = Calculus.Run(own.Forward, 1, (Z, [z]))[A][0];
                AssertClose(f(z), a, 1e-11, $"{symbol.GetMembers(name)[0].DeclaringSyntaxReferences[0].GetSyntax()} at {z}");
                double slope = Calculus.Run(own.Backward, 1, (OutputGradient, [1]), (Z, [z]), (A, [a]))[Delta][0];
                smooth += AssertSlope(f, z, slope, $"{symbol.GetMembers(name)[0].DeclaringSyntaxReferences[0].GetSyntax()} at {z}: {own.DeltaText}");
            }
        }

        // Near a kink nothing was compared.
        Assert.InRange(smooth, Formulas * Points.Length * 8 / 10, Formulas * Points.Length);
    }

    [Fact]
    public void Random_losses_have_the_values_of_their_text_and_the_slopes_of_those()
    {
        var random = new RandomFormulas(2);
        string text = string.Concat(Enumerable.Range(0, Formulas).Select(index => $"public {random.Method("F" + index, "a", "y")}\n"));
        (INamedTypeSymbol symbol, FormulaReader reader, Type type) = Compile(text);
        int smooth = 0;
        for (int index = 0; index < Formulas; index++)
        {
            string name = $"F{index}";
            var f = type.GetMethod(name)!.CreateDelegate<Func<double, double, double>>();
            OwnFormula? formula = reader.Read(name, FormulaUse.Loss, NumberType.Double, Location.None);
            Assert.NotNull(formula);
            var own = new OwnLoss(formula);
            string what = $"{symbol.GetMembers(name)[0].DeclaringSyntaxReferences[0].GetSyntax()}: {own.GradientText(true)}";
            double[] y = [.. Points.Reverse()];
            Dictionary<string, double[]> sum = Calculus.Run(own.Steps(sumOutputs: true), Points.Length, (A, Points), (Y, y));
            Dictionary<string, double[]> mean = Calculus.Run(own.Steps(sumOutputs: false), Points.Length, (A, Points), (Y, y));
            AssertClose(Points.Zip(y, f).Sum(), sum[Quantity.Loss][0], 1e-10, what);
            AssertClose(sum[Quantity.Loss][0] / Points.Length, mean[Quantity.Loss][0], 1e-14, what);
            for (int output = 0; output < Points.Length; output++)
            {
                double target = y[output];
                smooth += AssertSlope(a => f(a, target), Points[output], sum[OutputGradient][output], what);
                AssertClose(sum[OutputGradient][output] / Points.Length, mean[OutputGradient][output], 1e-14, what);
            }
        }

        Assert.InRange(smooth, Formulas * Points.Length * 8 / 10, Formulas * Points.Length);
    }

    /// <summary>Kinks: the value, the slope exactly there, and that NaN gives NaN.</summary>
    [Theory]
    [InlineData("Math.Abs(z)", 0, 0, true)]
    [InlineData("Math.Max(z, 0)", 0, 0.5, true)]
    [InlineData("Math.Max(0, z)", 0, 0.5, true)]
    [InlineData("Math.Min(2 * z, 6)", 3, 1, true)]
    [InlineData("Math.Max(z * z, 3 * z)", 0, 1.5, true)]
    [InlineData("Math.Clamp(z, -1, 1)", 1, 0.5, true)]
    [InlineData("z > 0 ? z : 0.0", 0, 0, false)]
    [InlineData("z >= 0 ? z : 0.0", 0, 1, false)]
    [InlineData("z == 0 ? 3 * z : z", 0, 3, true)]
    [InlineData("z != 0 && z <= 1 || z > 5 ? 3 * z : z", 1, 3, true)]
    public void At_a_kink_the_slope_is_one_number(string value, double z, double expected, bool keepsNaN)
    {
        ActivationFormula own = Activation($"static double F(double z) => {value};");
        double At(double point) => Calculus.Run(own.Backward, 1, (OutputGradient, [1]), (Z, [point]), (A, [double.NaN]))[Delta][0];
        Assert.Equal(expected, At(z));
        if (keepsNaN)
        {
            Assert.Equal(double.NaN, Calculus.Run(own.Forward, 1, (Z, [double.NaN]))[A][0]);
        }

        Assert.Equal(keepsNaN && value.Contains("Math.", StringComparison.Ordinal), double.IsNaN(At(double.NaN)));
    }

    /// <summary>All ways to call a function or to write a number are read as the same.</summary>
    [Theory]
    [InlineData("static float F(float z) => MathF.Tanh(z) + 0.1f * z;")]
    [InlineData("static double F(double z) => Math.Tanh(z) + 0.1 * z;")]
    [InlineData("static float F(float z) => (float)(Math.Tanh((double)z) + 0.1 * z);")]
    [InlineData("static float F(float q) => StrictMath.Tanh(q) + (Tenth * (+q));")]
    [InlineData("static float F(float z) { const float T = Tenth; float t = MathF.Tanh(z), u; u = T; u *= z; { } return t + u; }")]
    [InlineData("static float F(float z) => Add(y: Tenth * z, x: G(z)); static float G(float z) => MathF.Tanh(z); static float Add(float x, float y) => x + y;")]
    [InlineData("static T F<T>(T z) where T : System.Numerics.IFloatingPointIeee754<T> => T.Tanh(z) + T.CreateChecked(0.1) * z;")]
    [InlineData("static float F(float z) => float.Tanh(z) + 0.1f * z; static float F(float a, float y) => a - y; static int F(int z) => z;")]
    [InlineData("static float F(float z) => Other.Bent(z) + 0.1f * z; static class Other { public static float Bent(float z) => MathF.Tanh(z); }")]
    public void The_same_in_other_words_is_equal(string text)
    {
        OwnFormula expected = Read("static float F(float z) => MathF.Tanh(z) + 0.1f * z;", FormulaUse.Activation);
        OwnFormula other = Read(text, FormulaUse.Activation);
        Assert.Equal(expected, other);
        Assert.Equal(expected.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(expected, Read(text.Replace("Tanh", "Exp", StringComparison.Ordinal), FormulaUse.Activation));
    }

    /// <summary>Where .NET and StrictMath have one function under two names, both are read.</summary>
    [Theory]
    [InlineData("Log1p", "LogP1")]
    [InlineData("Expm1", "ExpM1")]
    public void A_function_may_have_two_names(string ours, string theirs) => Assert.Equal(
        Read($"static float F(float z) => StrictMath.{ours}(z);", FormulaUse.Activation),
        Read($"static T F<T>(T z) where T : System.Numerics.IFloatingPointIeee754<T> => T.{theirs}(z);", FormulaUse.Activation));

    /// <summary>Whole numbers become real ones where C# makes them so.</summary>
    [Theory]
    [InlineData("z > 0 ? 1 : 0", "z > 0 ? 1f : 0f")]
    [InlineData("z * (z > 0 ? 1 : -1)", "z * (z > 0 ? 1f : -1f)")]
    [InlineData("z > 0 ? z > 1 ? 2 : 1 : (byte)3", "z > 0 ? z > 1 ? 2f : 1f : 3f")]
    [InlineData("z + (z > 0 ? 1 / 2 : 7 / 2)", "z + (z > 0 ? 0f : 3f)")]
    public void Whole_numbers_may_be_chosen(string whole, string real) =>
        Assert.Equal(Read($"static float F(float z) => {real};", FormulaUse.Activation), Read($"static float F(float z) => {whole};", FormulaUse.Activation));

    [Fact]
    public void Zero_and_minus_zero_are_two_numbers() => Assert.NotEqual(
        Read("static float F(float z) => z > 1 ? z : 0f;", FormulaUse.Activation), Read("static float F(float z) => z > 1 ? z : -0f;", FormulaUse.Activation));

    private static ActivationFormula Activation(string text) => new OwnActivation(Read(text, FormulaUse.Activation));

    private static OwnFormula Read(string text, FormulaUse use)
    {
        (CSharpCompilation compilation, INamedTypeSymbol symbol, FormulaReader reader, Findings findings) = Reader(text);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        OwnFormula? formula = reader.Read("F", use, NumberType.Single, symbol.Locations[0]);
        Assert.Empty(findings.Errors);
        return formula!;
    }

    private static (CSharpCompilation Compilation, INamedTypeSymbol Symbol, FormulaReader Reader, Findings Findings) Reader(string text)
    {
        CSharpCompilation compilation = Compiled.Compilation($$"""
            using System; using NetGen;
            public static class Net
            {
                public const float Tenth = 0.1f;
                static double Square(double x) => x * x;
                {{text}}
            }
            """);
        INamedTypeSymbol symbol = compilation.GetTypeByMetadataName("Net")!;
        var findings = new Findings();
        return (compilation, symbol, new FormulaReader(symbol, compilation, findings, default), findings);
    }

    private static (INamedTypeSymbol Symbol, FormulaReader Reader, Type Type) Compile(string text)
    {
        (CSharpCompilation compilation, INamedTypeSymbol symbol, FormulaReader reader, _) = Reader(text);
        using var image = new MemoryStream();
        Assert.Empty(compilation.WithAssemblyName($"Formulas-{Guid.NewGuid():N}").Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        image.Position = 0;
        return (symbol, reader, AssemblyLoadContext.Default.LoadFromStream(image).GetType("Net")!);
    }

    private static void AssertClose(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * (1 + Math.Abs(expected)), $"{what}: {actual} is not {expected}");

    /// <summary>Compares a slope with two five-point differences, which tell by each other how far they can be trusted.</summary>
    /// <returns>1, or 0 near a kink.</returns>
    private static int AssertSlope(Func<double, double> f, double x, double slope, string what)
    {
        double Difference(double h) => ((8 * (f(x + h) - f(x - h))) - (f(x + (2 * h)) - f(x - (2 * h)))) / (12 * h);
        double fine = Difference(5e-4);
        double doubt = Math.Abs(Difference(1e-3) - fine);
        if (doubt > 1e-6 * (1 + Math.Abs(fine)))
        {
            return 0;
        }

        Assert.True(Math.Abs(slope - fine) <= doubt + (1e-9 * (1 + Math.Abs(fine))), $"{what}: {slope} is not {fine}");
        return 1;
    }
}
