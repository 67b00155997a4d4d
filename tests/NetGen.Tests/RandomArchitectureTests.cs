using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.CompilerServices;
using NetGen.TestKit;
using Xunit;
using static NetGen.TestKit.ReferenceCheck;
using static NetGen.TestKit.Tensors;
using static NetGen.Tests.TensorAssert;

namespace NetGen.Tests;

/// <summary>Random networks against an independent reference, against finite differences, and the forms against each other.</summary>
public sealed class RandomArchitectureTests
{
    private const int Count = 8;
    private const double Step = 1e-5;

    /// <summary>Layers that exceed a method in each of the products: wide and narrow, few inputs and many, in segments and in lanes.</summary>
    private static readonly IReadOnlyList<Declaration> Large = new Declaration[]
    {
        new(70, [new Layer(91, "Tanh"), new Layer(5, "Softmax")], "CategoricalCrossEntropy"),
        new(3, [new Layer(300, "Relu"), new Layer(8, "Sigmoid", UseBias: false), new Layer(301)], "SquaredError"),
        new(701, [new Layer(1, "Tanh"), new Layer(2)], "SquaredError"),
        new(1, [new Layer(900, "Relu"), new Layer(1, "Sigmoid")], "BinaryCrossEntropy"),
        new(515, [new Layer(9, "Softplus", UseBias: false), new Layer(7)], "Huber"),
    }.SelectMany(declaration => new[] { "Strict", "Fused" }.Select(kind => declaration with { Precision = "Double", Arithmetic = kind })).ToList();

    /// <summary>Rows without padding, in groups of sixteen, of four and of one, held in registers and not: there nothing hides the sign of a zero.</summary>
    private static readonly IReadOnlyList<Declaration> WithoutPadding = new Declaration[]
    {
        new(37, [new Layer(16), new Layer(64), new Layer(128), new Layer(1)], "SquaredError", Precision: "Double"),
        new(53, [new Layer(256), new Layer(32), new Layer(1, "Sigmoid")], "BinaryCrossEntropy", Precision: "Double"),
    };

    /// <summary>So many layers that sections of them have methods of their own: two with vectors, five without.</summary>
    private static readonly IReadOnlyList<Declaration> Deep = new[] { "Strict", "Fused" }
        .Select(kind => new Declaration(
            5, [.. Enumerable.Range(0, 70).Select(layer => new Layer(1 + (layer * 7 % 5), layer % 3 == 0 ? "Tanh" : layer % 3 == 1 ? "LeakyRelu" : "Softplus"))], "SquaredError", Precision: "Double", Arithmetic: kind))
        .ToList();

    /// <summary>Activations and losses that random declarations do not draw, in hidden layers and last, in small networks and in wider ones.</summary>
    private static readonly IReadOnlyList<Declaration> Later =
    [
        new(3, [new Layer(9, "Sin", Alpha: 1.25), new Layer(20, "Snake", Alpha: 0.5), new Layer(5, "Exp")], "SquaredError", Precision: "Double"),
        new(5, [new Layer(12, "HardSwish"), new Layer(17, "ClippedRelu"), new Layer(7, "Celu", Alpha: 0.5), new Layer(3, "SquaredClippedRelu")], "LogCosh", Precision: "Double"),
        new(2, [new Layer(4, "Celu"), new Layer(3, "Snake")], "LogCosh", "Sum", "Double"),
        new(2, [new Layer(3, "Exp"), new Layer(2, "SquaredClippedRelu"), new Layer(4, "HardSwish"), new Layer(2, "Sin", Alpha: 1)], "Linear", Precision: "Double"),
    ];

    /// <summary>Loops first, then every form of straight code in one of the arithmetics: these are the largest texts. The floor dialect has no fused arithmetic.</summary>
    private static readonly Dictionary<string, Form[]> StraightForms = new()
    {
        ["Strict"] = [Form.Looped, Form.Unrolled, Form.Unrolled256],
        ["Fused"] = [Form.LoopedVectors, Form.Unrolled512, Form.Unrolled128],
    };

    private static readonly Dictionary<string, Form[]> DeepForms = new()
    {
        ["Strict"] = [Form.Looped, Form.Unrolled, Form.Auto, Form.Vectors256, Form.Unrolled128],
        ["Fused"] = [Form.LoopedVectors, Form.Auto, Form.Vectors128],
    };

    private static readonly Form[] FormsWithoutPadding = [Form.Looped, Form.Vectors512, Form.Vectors256, Form.Vectors128];

    private static readonly Form[] Forms = Enum.GetValues<Form>();

    /// <summary>The forms in which fused arithmetic has code of its own.</summary>
    private static readonly Form[] FusedForms = [Form.Vectors512, Form.Vectors256, Form.Vectors128, Form.Lanes512, Form.Lanes256, Form.Lanes128];

    internal static readonly IReadOnlyList<Declaration> Declarations = RandomDeclarations.Create(seed: 20290083, Count, maxSize: 70, maxLayers: 5);

    static RandomArchitectureTests()
    {
        IEnumerable<Declaration> both = Declarations.Concat(Declarations.Select(declaration => declaration with { Precision = "Single" })).ToList();
        Networks.Prepare(both, Forms);
        Networks.Prepare(
            RandomDeclarations.Losses
                .SelectMany(pair => (pair.Last ?? RandomDeclarations.Activations).Select(last => (pair.Loss, Last: last)))
                .SelectMany(pair => Reductions(pair.Loss, pair.Last).Select(reduction => Pair(pair.Loss, pair.Last, reduction)))
                .ToList(),
            Form.Narrow);
        foreach (IGrouping<string, Declaration> large in Large.GroupBy(declaration => declaration.Arithmetic))
        {
            Networks.Prepare(large.Concat(large.Select(declaration => declaration with { Precision = "Single" })).ToList(), StraightForms[large.Key]);
        }

        Networks.Prepare(both.Select(declaration => declaration with { Arithmetic = "Fused" }).ToList(), FusedForms);
        Networks.Prepare(Later.Concat(Later.Select(declaration => declaration with { Precision = "Single" })).ToList(), Forms);
        Networks.Prepare(Later.Select(declaration => declaration with { Arithmetic = "Fused" }).ToList(), FusedForms);
        Networks.Prepare(WithoutPadding.Concat(WithoutPadding.Select(declaration => declaration with { Precision = "Single" })).ToList(), FormsWithoutPadding);
    }

    public static TheoryData<int, Form> Cases() => TestRows.Of(Count, Forms);

    public static TheoryData<int, Form> FusedCases() => TestRows.Of(Count, FusedForms);

    public static TheoryData<int> LargeCases() => new(Enumerable.Range(0, Large.Count));

    public static TheoryData<int> Indices() => new(Enumerable.Range(0, Count));

    /// <summary>Every loss after every activation that it accepts.</summary>
    public static TheoryData<string, string> Pairs()
    {
        var data = new TheoryData<string, string>();
        foreach ((string loss, string[]? last) in RandomDeclarations.Losses)
        {
            foreach (string activation in last ?? RandomDeclarations.Activations)
            {
                data.Add(loss, activation);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_the_reference(int index, Form form)
    {
        CheckReference<double>(Declarations[index], form, index, 1e-11);
        CheckReference<float>(Declarations[index] with { Precision = "Single" }, form, index, 2e-4);
    }

    /// <summary>A form that the processor does not have is replaced by a narrower one.</summary>
    [Theory]
    [MemberData(nameof(FusedCases))]
    public void Fused_arithmetic_agrees_with_the_reference(int index, Form form)
    {
        Declaration fused = Declarations[index] with { Arithmetic = "Fused" };
        CheckReference<double>(fused, form, index, 1e-11);
        CheckReference<float>(fused with { Precision = "Single" }, form, index, 2e-4);
    }

    [Fact]
    public void Every_activation_and_loss_occurs()
    {
        Assert.Equal(RandomDeclarations.Activations.Order(), Declarations.SelectMany(declaration => declaration.Layers).Select(layer => layer.Activation).Distinct().Order());
        Assert.Equal(RandomDeclarations.Losses.Select(pair => pair.Loss).Order(), Declarations.Select(declaration => declaration.Loss).Distinct().Order());
        Assert.Contains(Declarations, declaration => declaration.Layers.Count == 5);
        Assert.Contains(Declarations, declaration => declaration.Layers.Any(layer => layer.Units > 60));
    }

    /// <summary>Central differences of the loss, for every parameter and every input.</summary>
    [Theory]
    [MemberData(nameof(Indices))]
    public void Gradients_are_the_slopes_of_the_loss(int index) => CheckSlopes(Declarations[index], index, Form.Auto);

    /// <summary>The same for every loss after every activation that it accepts.</summary>
    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_pair_has_the_slopes_of_its_loss(string loss, string activation)
    {
        foreach (string reduction in Reductions(loss, activation))
        {
            CheckSlopes(Pair(loss, activation, reduction), 17, Form.Narrow);
        }
    }

    private static Declaration Pair(string loss, string activation, string reduction) => new(3, [new Layer(4, "Tanh"), new Layer(3, activation)], loss, reduction, "Double");

    /// <summary>Means after every activation, and sums, which differ by a factor, after the first that the loss accepts.</summary>
    private static string[] Reductions(string loss, string activation)
    {
        string[] accepted = RandomDeclarations.Losses.Single(pair => pair.Loss == loss).Last ?? RandomDeclarations.Activations;
        return RandomDeclarations.HasReduction(loss) && activation == accepted[0] ? ["Mean", "Sum"] : ["Mean"];
    }

    private static void CheckSlopes(Declaration declaration, int index, Form form)
    {
        var network = (ITrainable<double>)Networks.Create<double>(declaration, form);
        (double[] parameters, double[] input, double[] target) = Data(declaration, index);
        network.Parameters.CopyFrom(parameters);
        ParameterBuffer<double> gradient = network.CreateGradient();
        var inputGradient = new double[input.Length];
        network.Backward(input, target, gradient, inputGradient);

        ParameterBuffer<double> unused = network.CreateGradient();
        double LossAt(double[] θ, double[] x)
        {
            network.Parameters.CopyFrom(θ);
            return network.Backward(x, target, unused);
        }

        // A difference of losses is uncertain by their rounding, whatever the gradient.
        double uncertainty = 4 * (Math.BitIncrement(1.0) - 1) * Math.Max(1, Math.Abs(LossAt(parameters, input))) / Step;
        double[] slopes = Slopes(parameters, θ => LossAt(θ, input));
        AssertClose(slopes, gradient.Canonical(), 1e-6, $"{declaration}: dL/dθ", uncertainty);
        AssertClose(Slopes(input, x => LossAt(parameters, x)), inputGradient, 1e-6, $"{declaration}: dL/dx", uncertainty);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_not_drawn_is_right_in_every_form(int index)
    {
        Declaration declaration = Later[index];
        Declaration single = declaration with { Precision = "Single" };
        Assert.All(Forms, form => CheckReference<double>(declaration, form, index, 1e-11));
        Assert.All(Forms, form => CheckReference<float>(single, form, index, 2e-4));
        Assert.All(FusedForms, form => CheckReference<double>(declaration with { Arithmetic = "Fused" }, form, index, 1e-11));
        CheckBits<double>(declaration, Forms, index);
        CheckBits<float>(single, Forms, index);
        CheckSlopes(declaration, index, Form.Auto);
    }

    /// <summary>Every sum has one order, so the form does not show in the bits.</summary>
    [Theory]
    [MemberData(nameof(Indices))]
    public void All_forms_give_the_same_bits(int index)
    {
        CheckBits<float>(Declarations[index] with { Precision = "Single" }, Forms, index);
        CheckBits<double>(Declarations[index], Forms, index);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Rows_without_padding_give_the_same_bits(int index)
    {
        CheckBits<float>(WithoutPadding[index] with { Precision = "Single" }, FormsWithoutPadding, index);
        CheckBits<double>(WithoutPadding[index], FormsWithoutPadding, index);
    }

    /// <summary>The same where straight code is divided among many methods, inside sums too, in both precisions and with fused arithmetic.</summary>
    [Theory]
    [MemberData(nameof(LargeCases))]
    public void Divided_methods_give_the_same_bits(int index)
    {
        Form[] forms = StraightForms[Large[index].Arithmetic];
        CheckBits<float>(Large[index] with { Precision = "Single" }, forms, index);
        CheckBits<double>(Large[index], forms, index);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Divided_passes_give_the_same_bits_and_agree_with_the_reference(int index)
    {
        Form[] forms = DeepForms[Deep[index].Arithmetic];
        CheckBits<double>(Deep[index], forms, index);
        Assert.All(forms, form => CheckReference<double>(Deep[index], form, index, 1e-9));
    }

    /// <summary>
    /// A project may ask the runtime not to clear memory of the stack. What was there before, here NaN everywhere, shows in no result.
    /// </summary>
    [Theory]
    [InlineData(Form.Auto)]
    [InlineData(Form.Narrow)]
    [InlineData(Form.LoopedVectors)]
    [InlineData(Form.Unrolled128)]
    [InlineData(Form.Lanes256)]
    public void Memory_that_is_not_cleared_does_not_show(Form form)
    {
        List<Declaration> declarations = Declarations.Select(declaration => declaration with { Precision = "Single" }).ToList();
        IReadOnlyList<Type> types = Networks.TypesWithoutClearing(declarations, form);
        for (int index = 0; index < declarations.Count; index++)
        {
            var network = (ITrainable<float>)Activator.CreateInstance(types[index])!;
            double[] results = Everything(network, declarations[index], index, FillStackWithNaN);
            Assert.True(
                Everything<float>(declarations[index], form, index).Select(Bits).SequenceEqual(results.Select(Bits)), $"{declarations[index]}, {form}");
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FillStackWithNaN()
    {
        Span<byte> memory = stackalloc byte[300 * 1024];
        memory.Fill(0xFF);
    }

    private static void CheckBits<T>(Declaration declaration, Form[] forms, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[][] results = forms.Select(form => Everything<T>(declaration, form, seed)).ToArray();
        for (int form = 1; form < forms.Length; form++)
        {
            Assert.True(
                results[0].Select(Bits).SequenceEqual(results[form].Select(Bits)),
                $"{declaration}: {forms[form]} differs from {forms[0]}.");
        }
    }

    /// <summary>The bits of a number; IEEE 754 leaves the sign and payload of NaN to the machine.</summary>
    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value);

    /// <summary>All that a network computes, exact in double precision.</summary>
    private static double[] Everything<T>(Declaration declaration, Form form, int seed)
        where T : unmanaged, IFloatingPointIeee754<T> => Everything((ITrainable<T>)Networks.Create<T>(declaration, form), declaration, seed, () => { });

    private static double[] Everything<T>(ITrainable<T> network, Declaration declaration, int seed, Action beforeCall)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ITrainable<T> Next()
        {
            beforeCall();
            return network;
        }

        (double[] parameters, double[] input, double[] target) = Data(declaration, seed);
        network.Parameters.CopyFrom(To<T>(parameters));
        var output = new T[declaration.Outputs];
        var inputGradient = new T[declaration.Inputs];
        Next().Forward(To<T>(input), output);
        ParameterBuffer<T> gradient = network.CreateGradient();
        T loss = Next().Backward(To<T>(input), To<T>(target), gradient, inputGradient);
        for (int step = 0; step < 10; step++)
        {
            Next().SgdStep(To<T>(input), To<T>(target), T.CreateTruncating(1.0 / 64));
        }

        var results = new List<T>([.. output, loss, .. inputGradient, .. gradient.Canonical(), .. network.Parameters.Canonical()]);
        foreach (double special in new[] { double.PositiveInfinity, double.NaN, -0.0, 1e30 })
        {
            T[] x = To<T>(input);
            x[seed % x.Length] = T.CreateTruncating(special);
            gradient.Clear();
            results.Add(Next().Backward(x, To<T>(target), gradient, inputGradient));
            Next().Forward(x, output);
            results.AddRange([.. output, .. inputGradient, .. gradient.Canonical()]);
        }

        // A batch has the bits of its samples, also where it fills no group.
        foreach (int samples in new[] { 1, 3, 17, 40 })
        {
            T[] x = To<T>(Enumerable.Range(0, samples).SelectMany(s => input.Select(value => value * (1 + s))).ToArray());
            T[] y = To<T>(Enumerable.Range(0, samples).SelectMany(_ => target).ToArray());
            var outputs = new T[samples * declaration.Outputs];
            var inputGradients = new T[x.Length];
            Next().ForwardBatch(x, outputs);
            gradient.Clear();
            results.Add(Next().BackwardBatch(x, y, gradient, inputGradients));
            results.AddRange([.. outputs, .. inputGradients, .. gradient.Canonical()]);
        }

        // If all products are zero, or so small that they become zero, their sum has the same sign in every form.
        foreach (double magnitude in new[] { 0.0, double.CreateTruncating(T.Epsilon) })
        {
            foreach (int negative in new[] { 1, 2, 3 })
            {
                network.Parameters.CopyFrom(To<T>(parameters.Select((_, index) => index % negative == 0 ? -magnitude : magnitude).ToArray()));
                gradient.Clear();
                results.Add(Next().Backward(To<T>(input), To<T>(target), gradient, inputGradient));
                Next().Forward(To<T>(input), output);
                results.AddRange([.. output, .. inputGradient, .. gradient.Canonical()]);
                gradient.Clear();
                results.Add(Next().BackwardBatch(To<T>(input), To<T>(target), gradient, inputGradient));
                Next().ForwardBatch(To<T>(input), output);
                results.AddRange([.. output, .. inputGradient, .. gradient.Canonical()]);
                Next().SgdStep(To<T>(input), To<T>(target), T.One);
                results.AddRange(network.Parameters.Canonical());
            }
        }

        return results.Select(double.CreateTruncating).ToArray();
    }

    /// <summary>Checks one sample, a batch, and a step.</summary>
    private static void CheckReference<T>(Declaration declaration, Form form, int seed, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var network = (ITrainable<T>)Networks.Create<T>(declaration, form);
        (double[] Parameters, double[] Input, double[] Target) data = Data(declaration, seed);
        Assert.Empty(Differences(network, declaration, seed, data, tolerance));
        Assert.Empty(BatchDifferences(network, declaration, seed, 1 + (seed * 7 % 40), data, tolerance));
        Assert.Empty(StepDifferences(network, declaration, data, tolerance));
    }

    private static double[] Slopes(double[] at, Func<double[], double> value)
    {
        return Enumerable.Range(0, at.Length).Select(index =>
        {
            double[] above = (double[])at.Clone();
            double[] below = (double[])at.Clone();
            above[index] += Step;
            below[index] -= Step;
            return (value(above) - value(below)) / (2 * Step);
        }).ToArray();
    }
}
