using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Lowered kernels are proven right, and run without C#: all schedules of a network give the same bits.</summary>
public sealed class LoweringTests
{
    private const int Count = 200;

    private const int Seed = 20_011;

    /// <summary>Networks that are run with a sample in every lane.</summary>
    private const int LaneNetworks = 12;

    /// <summary>Samples of a batch in lanes: a whole block, and no whole number of groups in any width.</summary>
    private const int LaneSamples = Tuning.LaneSamples + 5;

    /// <summary>Networks whose batches are run in blocks, and their multiply-adds.</summary>
    private const int BatchNetworks = 12;

    private const int MostMultiplyAdds = 600;

    private const double Scale = -0.25;

    private static readonly Lazy<NetworkSpec[]> Specs = new(() => Create(Form.Scalar));

    private static readonly Lazy<NetworkSpec[]> WithVectors = new(() => Create(Form.Auto));

    [Fact]
    [Trait("Category", "Quick")]
    public void Kernels_of_200_random_networks_are_proven_right()
    {
        Assert.All(Specs.Value, spec => Assert.Empty(KernelProof.Faults(spec)));
    }

    [Fact]
    public void Layers_of_vectors_are_proven_right()
    {
        (string Name, IReadOnlyList<KernelFunction> Kernels)[] forms = WithVectors.Value
            .SelectMany(spec => new[] { false, true }.SelectMany(isFused => KernelProof.Layers(spec, isFused)))
            .ToArray();
        Assert.All(forms, form => Assert.Empty(Verify.Faults(form.Kernels)));
        Assert.True(forms.Length > Count);
    }

    [Fact]
    public void Lines_of_vectors_are_proven_right_and_have_the_bits_of_numbers()
    {
        int lines = 0;
        int contracted = 0;
        foreach (NetworkSpec spec in WithVectors.Value)
        {
            (string Name, IReadOnlyList<KernelFunction> Kernels)[] strict = KernelProof.Lines(spec, isFused: false).ToArray();
            (string Name, IReadOnlyList<KernelFunction> Kernels)[] fused = KernelProof.Lines(spec, isFused: true).ToArray();
            Assert.All(strict.Concat(fused), form => Assert.Empty(Verify.Faults(form.Kernels)));
            if (strict.Length == 0)
            {
                continue;
            }

            NetworkPlan plan = Planner.Plan(spec, new PlanChoice(MethodShape.LayerByLayer, LayerForm.Looped, []));
            (double[] parameters, double[] input, double[] target) = Values(plan, new Random(lines));
            string expected = Bits(ScalarKernels.Of(plan), spec.Number, parameters, input, target);
            Assert.All(strict, form => Assert.Equal(expected, Bits(form.Kernels, spec.Number, parameters, input, target)));
            string[] ofWidths = fused.Select(form => Bits(form.Kernels, spec.Number, parameters, input, target, isFused: true)).ToArray();
            Assert.All(ofWidths, bits => Assert.Equal(ofWidths[0], bits));
            contracted += ofWidths[0] == expected ? 0 : 1;
            lines += strict.Length + fused.Length;
        }

        // Fused arithmetic leaves only few networks, of zeros, as they are.
        Assert.True(lines > Count && 4 * contracted > lines / 2, $"{lines} lines, {contracted} networks with other bits");
    }

    [Fact]
    public void Lanes_of_samples_are_proven_right_and_have_the_bits_of_one_after_another()
    {
        int lanes = 0;
        int contracted = 0;
        foreach (NetworkSpec spec in WithVectors.Value.Where(spec => Planner.Plan(spec).BatchInLanes).Take(LaneNetworks))
        {
            Assert.All(new[] { false, true }.SelectMany(isFused => KernelProof.Lanes(spec, isFused)), form => Assert.Empty(Verify.Faults(form.Kernels)));
            NetworkPlan plan = Planner.Plan(spec with { IsFused = false }, new PlanChoice(MethodShape.LayerByLayer, LayerForm.Looped, []));
            var random = new Random(lanes);
            double[] parameters = Values(plan, random).Parameters;
            (double[] Input, double[] Target)[] samples = Samples(plan, random, LaneSamples);
            string expected = OneAfterAnother(plan, parameters, samples);
            string[] strict = Bits(isFused: false);
            string[] fused = Bits(isFused: true);
            Assert.All(strict, bits => Assert.Equal(expected, bits));
            Assert.All(fused, bits => Assert.Equal(fused[0], bits));
            contracted += fused[0] == expected ? 0 : 1;
            lanes += strict.Length + fused.Length;

            string[] Bits(bool isFused)
            {
                NetworkPlan inLanes = Planner.Plan(spec with { IsFused = isFused });
                return inLanes.LaneWidths.SelectMany(width => new[] { false, inLanes.HasLabels }.Distinct().Select(byLabels =>
                    OfBatch(inLanes, LaneBatches.Of(inLanes, width).ToList(), parameters, samples, byLabels))).ToArray();
            }
        }

        Assert.True(lanes > LaneNetworks && contracted > LaneNetworks / 2, $"{lanes} kinds of lanes, {contracted} networks with other bits");
    }

    /// <summary>
    /// Blocks of samples, whole or not, with memory for as many or for more, and sections of deep networks. Fused arithmetic has another order from some samples on, of which only widths must
    /// have the same.
    /// </summary>
    [Fact]
    public void Batches_with_vectors_have_the_bits_of_one_after_another()
    {
        int batches = 0;
        var called = new HashSet<string>();
        foreach (NetworkSpec spec in WithVectors.Value.Where(spec => !Planner.Plan(spec).BatchInLanes && Planner.Plan(spec).MultiplyAdds < MostMultiplyAdds).Take(BatchNetworks).Concat(Deep()))
        {
            NetworkPlan plan = Planner.Plan(spec with { IsFused = false }, new PlanChoice(MethodShape.LayerByLayer, LayerForm.Looped, []));
            var random = new Random(batches);
            double[] parameters = Values(plan, random).Parameters;
            NetworkPlan[] plans = [Planner.Plan(spec with { IsFused = false }), Planner.Plan(spec with { IsFused = true })];
            Assert.All(plans.SelectMany(one => one.VectorWidths.Select(width => KernelProof.Layers(one, width))), kernels => Assert.Empty(Verify.Faults(kernels)));
            foreach (int count in new[] { 3, plans.Max(one => Math.Max(one.BlockSamples, one.ForwardBlockSamples)) + 1 })
            {
                (double[] Input, double[] Target)[] samples = Samples(plan, random, count);
                string expected = OneAfterAnother(plan, parameters, samples);
                string[][] bits = plans.Select(one => one.VectorWidths.SelectMany(width => new[] { false, one.HasLabels }.Distinct().Select(byLabels =>
                    OfBatch(one, KernelProof.Layers(one, width), parameters, samples, byLabels))).ToArray()).ToArray();
                Assert.All(bits[0], one => Assert.Equal(expected, one));
                Assert.All(bits[1], one => Assert.Equal(bits[1][0], one));
                batches += bits.Sum(ofPlan => ofPlan.Length);
            }

            called.UnionWith(plans.SelectMany(one => KernelProof.Layers(one, one.VectorWidths[^1])).Select(kernel => kernel.Signature.Name.TrimEnd("0123456789".ToCharArray())));
        }

        Assert.True(batches > 4 * BatchNetworks, $"{batches} batches");
        Assert.Subset(called, new HashSet<string> { "LossBatch", "OutputBatch", "Transpose", "InputGradientColumns", "Activation", "Delta", "ForwardBatch1To", "Loss" });
    }

    /// <summary>A network of several sections, and one more whose input is copied.</summary>
    private static IEnumerable<NetworkSpec> Deep() => GeneratorCost.Specs(
        new[] { 4, 9 }.Select(inputs => new Declaration(
            inputs, Enumerable.Range(0, Budgets.MethodLayers + 2).Select(layer => new Layer(layer == 0 ? 2 : 3, layer % 9 == 0 ? "Tanh" : "Identity")).ToArray(), "HalfSquaredError")).ToArray(),
        Form.Auto);

    [Fact]
    public void Schedules_give_the_same_bits()
    {
        int compared = 0;
        foreach (NetworkSpec spec in Specs.Value)
        {
            (string Name, IReadOnlyList<KernelFunction> Kernels)[] forms = KernelProof.Forms(spec).Where(form => form.Name != "plain").ToArray();
            NetworkPlan plan = Planner.Plan(spec, new PlanChoice(VectorWidths: []));
            (double[] parameters, double[] input, double[] target) = Values(plan, new Random(compared));
            string[] bits = forms.Select(form => Bits(form.Kernels, spec.Number, parameters, input, target)).ToArray();
            Assert.All(bits, one => Assert.Equal(bits[0], one));
            compared += bits.Length - 1;
        }

        Assert.True(compared > Count);
    }

    private static NetworkSpec[] Create(Form form) => GeneratorCost.Specs(
        RandomDeclarations.Create(Seed, Count).Select((declaration, index) => declaration with { Precision = index % 2 == 0 ? "Single" : "Double" }).ToArray(), form);

    /// <summary>Parameters, whose padding is 0, an input and a target.</summary>
    private static (double[] Parameters, double[] Input, double[] Target) Values(NetworkPlan plan, Random random)
    {
        NumberType number = plan.Spec.Number;
        double[] numbers = Numbers(random, plan.BufferLength, number);
        double[] parameters = new double[plan.BufferLength];
        foreach (LayerPlan layer in plan.Layers)
        {
            IEnumerable<int> weights = Enumerable.Range(0, layer.Inputs).SelectMany(input => Enumerable.Range(0, layer.Units).Select(unit => layer.WeightOffset + layer.Weight(input, unit)));
            foreach (int element in layer.UseBias ? weights.Concat(Enumerable.Range(layer.BiasOffset, layer.Units)) : weights)
            {
                parameters[element] = numbers[element];
            }
        }

        return (parameters, Numbers(random, plan.First.Inputs, number), Numbers(random, plan.Last.Units, number).Select(Math.Abs).ToArray());
    }

    private static double[] Numbers(Random random, int count, NumberType number) => Enumerable.Range(0, count)
        .Select(_ => (random.NextDouble() * 2) - 1)
        .Select(value => number == NumberType.Single ? (float)value : value)
        .ToArray();

    /// <summary>Output and trace of Forward, loss and gradients of Backpropagate, and the gradients of Backward, as they follow from each other.</summary>
    private static string Bits(IReadOnlyList<KernelFunction> kernels, NumberType number, double[] parameters, double[] input, double[] target, bool isFused = false)
    {
        var interpreter = new Interpreter(kernels, number, isFused);
        var results = new List<double>();
        double[] output = new double[target.Length];
        KernelFunction? forward = kernels.FirstOrDefault(kernel => kernel.Signature is { Name: "Forward", Parameters.Count: 4 });
        if (forward is not null)
        {
            double[] trace = new double[forward.Signature.Parameters[3].Buffer!.Length];
            interpreter.Run("Forward", Memory(parameters), Memory(input), Memory(output), Memory(trace));
            results.AddRange(output);
            double[] gradient = new double[parameters.Length];
            double[] inputGradient = new double[input.Length];
            interpreter.Run("Backward", Memory(parameters), Memory(input), Memory(trace), Memory(target), Memory(gradient), Memory(inputGradient));
            results.AddRange(gradient.Concat(inputGradient));
        }

        if (kernels.Any(kernel => kernel.Signature.Name == "Backpropagate"))
        {
            double[] gradient = parameters.ToArray();
            double[] inputGradient = new double[input.Length];
            results.Add(interpreter.Run("Backpropagate", Memory(gradient), Memory(input), Memory(target), Memory(gradient), Scale, Memory(inputGradient)));
            results.AddRange(gradient.Concat(inputGradient));
        }

        return Text(results);
    }

    /// <summary>Outputs, losses and gradients of a batch whose samples follow each other.</summary>
    private static string OneAfterAnother(NetworkPlan plan, double[] parameters, IReadOnlyList<(double[] Input, double[] Target)> samples)
    {
        var interpreter = new Interpreter(ScalarKernels.Of(plan), plan.Spec.Number);
        double[] trace = new double[plan.TraceLength];
        double[][] outputs = samples.Select(sample => new double[sample.Target.Length]).ToArray();
        double[][] inputGradients = samples.Select(sample => new double[sample.Input.Length]).ToArray();
        double[] gradient = new double[parameters.Length];
        double loss = 0;
        for (int index = 0; index < samples.Count; index++)
        {
            (double[] input, double[] target) = samples[index];
            interpreter.Run("Forward", Memory(parameters), Memory(input), Memory(outputs[index]), Memory(trace));
            if (plan.Head is not null)
            {
                loss += interpreter.Run("Backpropagate", Memory(parameters), Memory(input), Memory(target), Memory(gradient), Scale, Memory(inputGradients[index]));
            }
        }

        return Text(outputs.SelectMany(output => output).Append(loss).Concat(gradient).Concat(inputGradients.SelectMany(dx => dx)));
    }

    /// <summary>The same from the kernels that members call for a batch.</summary>
    private static string OfBatch(
        NetworkPlan plan, IReadOnlyList<KernelFunction> kernels, double[] parameters, IReadOnlyList<(double[] Input, double[] Target)> samples, bool byLabels = false)
    {
        var interpreter = new Interpreter(kernels, plan.Spec.Number, plan.Spec.IsFused);
        double[] inputs = samples.SelectMany(sample => sample.Input).ToArray();
        double[] outputs = new double[samples.Count * plan.Last.Units];
        interpreter.Run("ForwardBatch", Memory(parameters), Memory(inputs), Memory(outputs), (double)samples.Count);
        double[] gradient = new double[parameters.Length];
        double[] inputGradients = new double[inputs.Length];
        double loss = 0;
        if (kernels.FirstOrDefault(kernel => kernel.Signature.Name == "BackpropagateBatch") is { } backpropagate)
        {
            double[] targets = byLabels ? [] : samples.SelectMany(sample => sample.Target).ToArray();
            double[] labels = byLabels ? samples.Select(sample => (double)Array.IndexOf(sample.Target, 1)).ToArray() : [];
            loss = interpreter.Run(backpropagate.Signature.Name, backpropagate.Signature.Parameters.Select(parameter => parameter.Name switch
            {
                "parameters" => Memory(parameters),
                "inputs" => Memory(inputs),
                "targets" => Memory(targets),
                "labels" => Memory(labels),
                "gradient" => Memory(gradient),
                "m" => (double)samples.Count,
                "scale" => Scale,
                _ => Memory(inputGradients),
            }).ToArray());
        }

        return Text(outputs.Append(loss).Concat(gradient).Concat(inputGradients));
    }

    /// <summary>Inputs and targets, of which those of a network that takes labels are classes.</summary>
    private static (double[] Input, double[] Target)[] Samples(NetworkPlan plan, Random random, int count) => Enumerable.Range(0, count)
        .Select(_ => Values(plan, random))
        .Select(values => (values.Input, plan.HasLabels ? OneHot(plan.Last.Units, random.Next(plan.Last.Units)) : values.Target))
        .ToArray();

    private static double[] OneHot(int units, int label) => Enumerable.Range(0, units).Select(unit => unit == label ? 1.0 : 0).ToArray();

    private static string Text(IEnumerable<double> numbers) => string.Join(" ", numbers.Select(value => BitConverter.DoubleToInt64Bits(value).ToString("X")));

    private static object Memory(double[] numbers) => (Interpreter.Memory)numbers;
}
