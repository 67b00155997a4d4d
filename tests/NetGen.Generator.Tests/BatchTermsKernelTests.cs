using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>The kernels of networks with terms of batches are proven right, and their batches, run without C#, have the bits of samples one after another.</summary>
public sealed class BatchTermsKernelTests
{
    private const int Samples = Tuning.LaneSamples + 5;

    private const double Scale = -0.25;

    public static TheoryData<string> Networks => new(
        "[Network(2, Loss.CategoricalCrossEntropy, BatchTerms = true)] [Dense(3, Activation.Sigmoid)] [Dense(2, Activation.Softmax)]",
        "[Network(4, Loss.CategoricalCrossEntropyWithLogits, BatchTerms = true)] [Dense(16, Activation.Tanh)] [Dense(3)]",
        "[Network(5, Loss.CategoricalCrossEntropy, BatchTerms = true)] [Dense(70, Activation.Tanh)] [Dense(20, Activation.Softmax)]",
        "[Network(5, Loss.CategoricalCrossEntropyWithLogits, Precision = Precision.Double, BatchTerms = true)] [Dense(33, Activation.Silu)] [Dense(90)]",
        "[Network(3, Loss.Huber, BatchTerms = true)] [Dense(40, Activation.Tanh)] [Dense(1)]",
        "[Network(6, Loss.BinaryCrossEntropyWithLogits, BatchTerms = true)] [Dense(5, Activation.Tanh)] [Dense(7)]",
        "[Network(6, BatchTerms = true)] [Dense(24)] [Head(\"A\", Loss.CategoricalCrossEntropyWithLogits, Weight = 2)] [Dense(5)] [Head(\"B\")] [Dense(2)] [Head(\"C\", Loss.SquaredError)] [Dense(3)]");

    [Theory]
    [MemberData(nameof(Networks))]
    public void Kernels_are_proven_right(string network)
    {
        NetworkSpec spec = Spec(network);
        Assert.True(spec.BatchTerms);
        Assert.Empty(KernelProof.Faults(spec));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Batches_have_the_bits_of_samples_one_after_another(string network)
    {
        NetworkSpec spec = Spec(network);
        NetworkPlan plan = Planner.Plan(spec, new PlanChoice(MethodShape.LayerByLayer, LayerForm.Looped, []));
        var random = new Random(7);
        double Number() => spec.Number == NumberType.Single ? (float)((random.NextDouble() * 2) - 1) : (random.NextDouble() * 2) - 1;
        double[] parameters = [.. Enumerable.Range(0, plan.BufferLength).Select(_ => Number())];
        double[] inputs = [.. Enumerable.Range(0, Samples * spec.Inputs).Select(_ => Number())];
        double[] weights = [.. Enumerable.Range(0, Samples).Select(_ => Number())];
        int outputs = plan.OutputCount;
        int[] labels = [.. Enumerable.Range(0, Samples).Select(_ => random.Next(plan.Outputs[0].Layer.Units))];
        bool isCategorical = plan.Outputs[0].AllowedLength > 0;
        double[] targets = [.. Enumerable.Range(0, Samples * outputs).Select(place => isCategorical && place % outputs < plan.Outputs[0].Layer.Units ? (labels[place / outputs] == place % outputs ? 1 : 0) : Math.Abs(Number()))];
        double[] allowed = [.. targets.Select((target, place) => !isCategorical || place % outputs >= plan.Outputs[0].Layer.Units || target == 1 || random.Next(3) > 0 ? 1.0 : 0)];

        string[] expected = OneAfterAnother(plan, parameters, inputs, targets, weights, allowed);
        (string Name, IReadOnlyList<KernelFunction> Kernels)[] forms = [.. KernelProof.Layers(spec, isFused: false).Concat(KernelProof.Lanes(spec, isFused: false))
            .Where(form => form.Kernels.Any(kernel => kernel.Signature.Name == "BackpropagateBatch"))];
        Assert.NotEmpty(forms);
        foreach ((string name, IReadOnlyList<KernelFunction> kernels) in forms)
        {
            foreach (bool byLabels in plan.HasLabels ? new[] { false, true } : [false])
            {
                var interpreter = new Interpreter(kernels, spec.Number);
                double[] gradient = new double[parameters.Length];
                double[] inputGradients = new double[inputs.Length];
                Signature signature = kernels.First(kernel => kernel.Signature.Name == "BackpropagateBatch").Signature;
                double loss = interpreter.Run(signature.Name, signature.Parameters.Select(parameter => parameter.Name switch
                {
                    "parameters" => Memory(parameters),
                    "inputs" => Memory(inputs),
                    "targets" => Memory(byLabels ? [] : targets),
                    "labels" => Memory(byLabels ? [.. labels.Select(label => (double)label)] : []),
                    "weights" => Memory(weights),
                    "allowed" => Memory(allowed),
                    "gradient" => Memory(gradient),
                    "m" => (double)Samples,
                    "scale" => Scale,
                    _ => Memory(inputGradients),
                }).ToArray());
                Assert.True(expected.SequenceEqual(Text([loss], gradient, inputGradients)), $"{name}, by labels: {byLabels}");
            }
        }
    }

    private static string[] OneAfterAnother(NetworkPlan plan, double[] parameters, double[] inputs, double[] targets, double[] weights, double[] allowed)
    {
        var interpreter = new Interpreter(ScalarKernels.Of(plan), plan.Spec.Number);
        double[] gradient = new double[parameters.Length];
        double[] inputGradients = new double[inputs.Length];
        int count = plan.Spec.Inputs;
        double loss = 0;
        for (int s = 0; s < weights.Length; s++)
        {
            double[] row = [.. plan.Outputs.Where(output => output.Head is not null).SelectMany(output =>
            {
                int first = (s * plan.OutputCount) + output.Start;
                int last = first + output.Layer.Units;
                IEnumerable<double> legal = output.AllowedLength == 0 ? [] : allowed[first..last].Concat(new double[output.AllowedLength - output.Layer.Units]);
                return targets[first..last].Append(weights[s]).Concat(legal);
            })];
            var dx = new double[count];
            loss += interpreter.Run("Backpropagate", Memory(parameters), Memory(inputs[(s * count)..((s + 1) * count)]), Memory(row), Memory(gradient), Scale, Memory(dx));
            dx.CopyTo(inputGradients, s * count);
        }

        return Text([loss], gradient, inputGradients);
    }

    private static NetworkSpec Spec(string network) => GeneratorCost.Spec(Compiled.From($"using NetGen;\n{network}\npublic sealed partial class Net {{ }}").Input, "Net");

    private static string[] Text(params double[][] numbers) => [.. numbers.SelectMany(part => part).Select(value => BitConverter.DoubleToInt64Bits(value).ToString("X"))];

    private static object Memory(double[] numbers) => (Interpreter.Memory)numbers;
}
