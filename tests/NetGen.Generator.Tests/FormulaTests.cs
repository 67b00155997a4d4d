using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using Xunit;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Tests;

/// <summary>The formulas by themselves: evaluated, differentiated, and compared with what they state.</summary>
[Trait("Category", "Quick")]
public sealed class FormulaTests
{
    public static IEnumerable<object[]> Elementwise => Catalogue.ActivationNames
        .Where(name => Catalogue.Activation(name) is ElementwiseActivation)
        .Select(name => new object[] { name });

    public static IEnumerable<object[]> ActivationNames => Catalogue.ActivationNames.Select(name => new object[] { name });

    public static IEnumerable<object[]> LossesAndReductions =>
        from name in Catalogue.LossNames
        from sum in Catalogue.Loss(name)!.HasReduction ? new[] { false, true } : [false]
        select new object[] { name, sum };

    public static IEnumerable<object[]> PairsAndReductions =>
        from pair in Catalogue.AllPairs
        from sum in Catalogue.Loss(pair.Loss)!.HasReduction ? new[] { false, true } : [false]
        select new object[] { pair.Activation, pair.Loss, sum };

    [Fact]
    public void Every_member_of_the_enums_has_a_formula()
    {
        Assert.Equal(
            Enum.GetNames<Function>().Except([nameof(Function.Abs), nameof(Function.Sqrt)]).Order(StringComparer.Ordinal),
            Catalogue.ElementaryNames.Order(StringComparer.Ordinal));
        Assert.Equal(Enum.GetNames<Activation>().Order(StringComparer.Ordinal), Catalogue.ActivationNames.Order(StringComparer.Ordinal));
        Assert.Equal(Enum.GetNames<Loss>().Where(name => name is not ("None" or Catalogue.Own)).Order(StringComparer.Ordinal), Catalogue.LossNames.Order(StringComparer.Ordinal));
    }

    /// <summary>The bounds that an activation states hold, and are no wider than two digits need.</summary>
    [Theory]
    [MemberData(nameof(ActivationNames))]
    public void The_stated_range_is_the_range(string name)
    {
        ActivationFormula any = Catalogue.Activation(name);
        foreach (double alpha in any.DefaultAlpha is null ? new[] { 0.0 } : any.AlphaRange.Above < 0 ? [0.3, 0, -0.7] : [0.3, 1.7])
        {
            ActivationFormula activation = Catalogue.Activation(name, alpha);
            double[] values = Enumerable.Range(-4000, 8001)
                .Select(step => Calculus.Run(activation.Forward, 2, (Z, [step / 100.0, 0]))[A][0])
                .Append(Calculus.Run(activation.Forward, 2, (Z, [-600, 600]))[A][0])
                .ToArray();
            (double low, double high) = activation.Range;
            Assert.True(double.IsInfinity(low) ? values.Min() < -10 * Math.Abs(alpha) - 1 : values.Min() >= low && values.Min() < low + 0.03, $"{values.Min()} {low}");
            Assert.True(double.IsInfinity(high) ? values.Max() > 10 : values.Max() <= high && values.Max() > high - 0.03, $"{values.Max()} {high}");
        }
    }

    /// <summary>The derivative that an activation states, against the symbolic derivative of its value.</summary>
    [Theory]
    [MemberData(nameof(Elementwise))]
    public void The_stated_derivative_is_the_derivative(string name)
    {
        var activation = (ElementwiseActivation)Catalogue.Activation(name);
        Expression symbolic = Calculus.Differentiate(activation.Value, Z);
        foreach (double z in Points(7, 200))
        {
            double a = Calculus.Evaluate(activation.Value, symbol => symbol == Z ? z : throw new KeyNotFoundException(symbol));
            double stated = Calculus.Evaluate(activation.Derivative, symbol => symbol == Z ? z : a);
            Assert.Equal(Calculus.Evaluate(symbolic, _ => z), stated, 1e-11);
        }
    }

    /// <summary>dL/dz of an activation over its layer, against central differences.</summary>
    [Theory]
    [MemberData(nameof(ActivationNames))]
    public void The_backward_steps_are_the_slopes_of_the_forward_steps(string name)
    {
        ActivationFormula activation = Catalogue.Activation(name);
        double[] z = [0.3, -1.2, 0.8, 2.1];
        double[] g = [0.7, -0.4, 1.1, 0.2];
        double[] a = Calculus.Run(activation.Forward, 4, (Z, z))[A];
        double[] delta = Calculus.Run(activation.Backward, 4, (OutputGradient, g), (Z, z), (A, a))[Delta];
        AssertSlopes(z, at => Calculus.Run(activation.Forward, 4, (Z, at))[A].Zip(g, (x, y) => x * y).Sum(), delta);
    }

    [Theory]
    [MemberData(nameof(LossesAndReductions))]
    public void The_gradient_of_a_loss_is_its_slope(string name, bool sum)
    {
        IReadOnlyList<Step> steps = Catalogue.Loss(name)!.Steps(sum);
        double[] a = [0.31, 0.12, 0.57];
        double[] y = [0.25, 0.7, 0.05];
        double[] gradient = Calculus.Run(steps, 3, (A, a), (Y, y))[OutputGradient];
        AssertSlopes(a, at => Calculus.Run(steps, 3, (A, at), (Y, y))[Quantity.Loss][0], gradient);
    }

    /// <summary>A smoothed target is another target: the loss with it, and its slope.</summary>
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.75)]
    public void Smoothed_labels_are_targets_between_the_classes(double smoothing)
    {
        const string Name = "CategoricalCrossEntropyWithLogits";
        double[] a = [0.31, -1.2, 2.57];
        double[] y = [0, 1, 0];
        double[] smoothed = Array.ConvertAll(y, value => ((1 - smoothing) * value) + (smoothing / 3));
        IReadOnlyList<Step> steps = Catalogue.Loss(Name, labelSmoothing: smoothing)!.Steps(false);
        Dictionary<string, double[]> result = Calculus.Run(steps, 3, (A, a), (Y, y));
        Dictionary<string, double[]> expected = Calculus.Run(Catalogue.Loss(Name)!.Steps(false), 3, (A, a), (Y, smoothed));
        Assert.Equal(expected[Quantity.Loss][0], result[Quantity.Loss][0], 1e-12);
        Assert.All(expected[OutputGradient].Zip(result[OutputGradient]), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        AssertSlopes(a, at => Calculus.Run(steps, 3, (A, at), (Y, y))[Quantity.Loss][0], result[OutputGradient]);
    }

    /// <summary>Where a class is not possible, nothing is spread to it: the loss is that of the others, and its slope is 0.</summary>
    [Fact]
    public void Smoothed_labels_are_spread_over_what_is_possible()
    {
        LossFormula loss = Catalogue.Loss("CategoricalCrossEntropyWithLogits", labelSmoothing: 0.3)!;
        IReadOnlyList<Step> all = loss.Steps(false);
        Dictionary<string, double[]> expected = Calculus.Run(all, 2, (A, [0.31, 2.57]), (Y, [0, 1]));
        loss.IsMasked = true;
        Dictionary<string, double[]> result = Calculus.Run(loss.Steps(false), 3, (A, [0.31, -1e30, 2.57]), (Y, [0, 0, 1]), (Quantity.Allowed, [1, 0, 1]));
        Assert.Equal(expected[Quantity.Loss][0], result[Quantity.Loss][0], 1e-12);
        Assert.Equal([expected[OutputGradient][0], 0, expected[OutputGradient][1]], result[OutputGradient]);
    }

    /// <summary>A pair is the same function as its parts, and its delta the slope of it.</summary>
    [Theory]
    [MemberData(nameof(PairsAndReductions))]
    public void A_pair_equals_its_parts(string activationName, string lossName, bool sum)
    {
        ActivationFormula activation = Catalogue.Activation(activationName);
        PairFormula pair = Catalogue.Pair(activationName, lossName)!;
        List<Step> whole = activation.Forward.Concat(pair.LossSteps(sum)).Concat(pair.DeltaSteps(sum)).ToList();
        List<Step> parts = activation.Forward.Concat(Catalogue.Loss(lossName)!.Steps(sum)).Concat(activation.Backward).ToList();
        double[] z = [0.4, -0.9, 1.3];
        double[] y = [0.5, 0.2, 0.1];
        Dictionary<string, double[]> combined = Calculus.Run(whole, 3, (Z, z), (Y, y));
        Dictionary<string, double[]> separate = Calculus.Run(parts, 3, (Z, z), (Y, y));
        Assert.Equal(separate[Quantity.Loss][0], combined[Quantity.Loss][0], 1e-12);
        Assert.All(Enumerable.Range(0, 3), index => Assert.Equal(separate[Delta][index], combined[Delta][index], 1e-12));
        AssertSlopes(z, at => Calculus.Run(whole, 3, (Z, at), (Y, y))[Quantity.Loss][0], combined[Delta]);
    }

    /// <summary>NaN falls through every selection of a loss: the loss is NaN, and so is the slope of the output whose value or target is NaN, unless it is the target itself.</summary>
    [Theory]
    [MemberData(nameof(LossesAndReductions))]
    public void NaN_reaches_a_loss_and_its_gradient(string name, bool sum)
    {
        IReadOnlyList<Step> steps = Catalogue.Loss(name)!.Steps(sum);
        bool isTarget = steps.Single(step => step.Name == OutputGradient).Value == YValue;
        foreach (string quantity in new[] { A, Y })
        {
            (string, double[]) Given(string other, double[] values) => (other, other == quantity ? [values[0], double.NaN, values[2]] : values);
            Dictionary<string, double[]> result = Calculus.Run(steps, 3, Given(A, [0.31, 0.12, 0.57]), Given(Y, [0.25, 0.7, 0.05]));
            Assert.True(double.IsNaN(result[Quantity.Loss][0]), $"{name}, {quantity}: the loss is {result[Quantity.Loss][0]}.");
            Assert.True(double.IsNaN(result[OutputGradient][1]) != (isTarget && quantity == A), $"{name}, {quantity}: the gradient is {result[OutputGradient][1]}.");
        }
    }

    /// <summary>The same for an activation with its loss in one.</summary>
    [Theory]
    [MemberData(nameof(PairsAndReductions))]
    public void NaN_reaches_the_loss_and_the_delta_of_a_pair(string activation, string loss, bool sum)
    {
        PairFormula pair = Catalogue.Pair(activation, loss)!;
        List<Step> steps = Catalogue.Activation(activation).Forward.Concat(pair.LossSteps(sum)).Concat(pair.DeltaSteps(sum)).ToList();
        foreach (string quantity in new[] { Z, Y })
        {
            (string, double[]) Given(string other, double[] values) => (other, other == quantity ? [values[0], double.NaN, values[2]] : values);
            Dictionary<string, double[]> result = Calculus.Run(steps, 3, Given(Z, [0.4, -0.9, 1.3]), Given(Y, [0.5, 0.2, 0.1]));
            Assert.True(double.IsNaN(result[Quantity.Loss][0]), $"{activation}, {quantity}: the loss is {result[Quantity.Loss][0]}.");
            Assert.True(double.IsNaN(result[Delta][1]), $"{activation}, {quantity}: the delta is {result[Delta][1]}.");
        }
    }

    /// <summary>
    /// A unit whose z is NaN gives NaN, and passes NaN back whatever comes to it; NaN that comes to a unit goes on, unless the unit is inactive and does
    /// not depend on its input.
    /// </summary>
    [Theory]
    [MemberData(nameof(ActivationNames))]
    public void NaN_reaches_a_value_and_its_delta(string name)
    {
        ActivationFormula activation = Catalogue.Activation(name);
        double[] z = [0.3, double.NaN, 0.8];
        double[] a = Calculus.Run(activation.Forward, 3, (Z, z))[A];
        Assert.True(double.IsNaN(a[1]), $"{name}: {a[1]}");
        double[] delta = Calculus.Run(activation.Backward, 3, (OutputGradient, [0.7, -0.4, 1.1]), (Z, z), (A, a))[Delta];

        // The slope of the identity is 1, whatever z is.
        Assert.True(double.IsNaN(delta[1]) || name == "Identity", $"{name}: {delta[1]}");
        z[1] = 0.5;
        a = Calculus.Run(activation.Forward, 3, (Z, z))[A];
        delta = Calculus.Run(activation.Backward, 3, (OutputGradient, [0.7, double.NaN, 1.1]), (Z, z), (A, a))[Delta];
        Assert.True(double.IsNaN(delta[1]), $"{name}, gradient: {delta[1]}");
    }

    /// <summary>Where the slope is exactly 0 beyond a kink, nothing comes back, ∞ included.</summary>
    [Theory]
    [InlineData("Relu", -1)]
    [InlineData("Relu6", 7)]
    [InlineData("HardTanh", -2)]
    [InlineData("HardSigmoid", 4)]
    [InlineData("HardSwish", -4)]
    [InlineData("ClippedRelu", 2)]
    [InlineData("SquaredClippedRelu", -1)]
    [InlineData("SquaredClippedRelu", 1)]
    public void An_inactive_unit_passes_nothing_back(string name, double at)
    {
        ActivationFormula activation = Catalogue.Activation(name);
        double[] a = Calculus.Run(activation.Forward, 1, (Z, [at]))[A];
        foreach (double g in new[] { 1, double.PositiveInfinity, double.NaN })
        {
            Assert.Equal(0, Calculus.Run(activation.Backward, 1, (OutputGradient, [g]), (Z, [at]), (A, a))[Delta][0]);
        }
    }

    /// <summary>A selection of 0 or 1 never multiplies: 0 · ∞ would be NaN.</summary>
    [Fact]
    public void A_mask_selects_instead_of_multiplying()
    {
        Expression masked = Expression.Symbol("g") * Expression.IfAtMost(Expression.Symbol("a"), 0, 0, 1);
        Assert.Equal(0, Calculus.Evaluate(masked, symbol => symbol == "g" ? double.PositiveInfinity : -1));
    }

    [Fact]
    public void Folding_replaces_the_number_of_units()
    {
        Expression mean = (Expression.Symbol("s") / Expression.Units) + (2 / Expression.Units);
        Assert.Equal((Expression.Symbol("s") / 4) + 0.5, mean.Fold(4));
        Assert.Equal(Expression.Symbol("s") + 2, mean.Fold(1));
    }

    private static void AssertSlopes(double[] at, Func<double[], double> value, double[] stated)
    {
        const double Step = 1e-6;
        for (int index = 0; index < at.Length; index++)
        {
            double[] above = (double[])at.Clone();
            double[] below = (double[])at.Clone();
            above[index] += Step;
            below[index] -= Step;
            Assert.Equal((value(above) - value(below)) / (2 * Step), stated[index], 1e-8);
        }
    }

    private static IEnumerable<double> Points(int seed, int count)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => (random.NextDouble() * 12) - 6);
    }
}
