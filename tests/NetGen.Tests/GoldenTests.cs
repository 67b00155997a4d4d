using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using NetGen.TestKit;
using Xunit;
using static NetGen.TestKit.Tensors;
using static NetGen.Tests.TensorAssert;

namespace NetGen.Tests;

/// <summary>Generated networks against PyTorch: one pass, and training, in both precisions and in every form.</summary>
public sealed class GoldenTests
{
    private const double OnePass = 1e-12;
    private const double AfterTraining = 1e-9;

    /// <summary>The planner's choices with and without vectors, of one width; that all other forms have the bits of these is tested apart.</summary>
    private static readonly Form[] Forms = [Form.Narrow, Form.Scalar];

    private static readonly Dictionary<string, GoldenCase> All =
        new[] { "s0", "s1", "s2", "s3", "s4", "activations", "losses", "depth", "extreme" }
            .SelectMany(Golden.Cases)
            .ToDictionary(golden => golden.Name);

    static GoldenTests()
    {
        IEnumerable<Declaration> doubles = All.Values.Select(golden => golden.Declaration);
        Networks.Prepare(
            doubles.Concat(doubles.Select(declaration => declaration with { Precision = "Single" })).ToList(), Forms);
    }

    public static TheoryData<string, Form> Cases()
    {
        var data = new TheoryData<string, Form>();
        foreach (string name in All.Keys)
        {
            foreach (Form form in Forms)
            {
                data.Add(name, form);
            }
        }

        return data;
    }

    [Fact]
    public void Every_case_is_there()
    {
        int Count(string file) => Golden.Cases(file).Count;
        Assert.Equal((3, 3, 3, 2, 4), (Count("s0"), Count("s1"), Count("s2"), Count("s3"), Count("s4")));
        Assert.Equal((39, 21, 18, 48), (Count("activations"), Count("losses"), Count("depth"), Count("extreme")));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Double_agrees(string name, Form form) => Check<double>(All[name], form, OnePass, AfterTraining);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Single_agrees(string name, Form form)
    {
        GoldenCase golden = All[name];
        Check<float>(golden, form, Math.Max(2e-5, 8 * golden.SinglePassError), Math.Max(1e-4, 10 * golden.TrainingError));
    }

    private static void Check<T>(GoldenCase golden, Form form, double onePass, double afterTraining)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var network = (ITrainable<T>)Networks.Create<T>(golden.Declaration, form);
        network.Parameters.CopyFrom(To<T>(golden.Parameters));
        double absolute = typeof(T) == typeof(float) ? golden.AbsoluteSingle : golden.AbsoluteDouble;
        CheckForward(golden, network, onePass, absolute);
        CheckBatch(golden, network, onePass, absolute);
        if (!golden.IsExtreme)
        {
            CheckProduct(golden, network, onePass);
        }

        if (golden.Json.TryGetProperty("training", out JsonElement training))
        {
            CheckTraining(golden, network, training.EnumerateArray().Single(), afterTraining);
        }
    }

    private static void CheckForward<T>(GoldenCase golden, INetwork<T> network, double tolerance, double absolute)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var outputs = new T[golden.BatchSize * golden.Declaration.Outputs];
        network.ForwardBatch(To<T>(golden.Inputs), outputs);
        AssertClose(golden.Expect("outputs"), outputs, tolerance, "outputs", absolute);
    }

    private static void CheckBatch<T>(GoldenCase golden, ITrainable<T> network, double tolerance, double absolute)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int inputs, int outputs) = (golden.Declaration.Inputs, golden.Declaration.Outputs);
        T[] x = To<T>(golden.Inputs);
        T[] y = To<T>(golden.Targets);
        int m = golden.BatchSize;

        // Sample by sample; the reference divides by m in a mean over the batch, its input gradients too.
        ParameterBuffer<T> sum = network.CreateGradient();
        var losses = new T[m];
        var inputGradients = new T[x.Length];
        for (int s = 0; s < m; s++)
        {
            losses[s] = network.Backward(
                x.AsSpan(s * inputs, inputs), y.AsSpan(s * outputs, outputs), sum, inputGradients.AsSpan(s * inputs, inputs));
        }

        double mean = golden.SumsBatch ? 1 : m;
        AssertClose(golden.Expect("sample_losses"), losses, tolerance, "sample losses", absolute);
        double[] perSample = golden.Expect("input_grad").Select(gradient => gradient * mean).ToArray();
        AssertClose(perSample, inputGradients, tolerance, "input gradients", absolute);
        AssertClose(golden.Gradients().Select(gradient => gradient * mean).ToArray(), sum.Canonical(), tolerance, "summed gradient", absolute);

        // As a batch: 1/m on the parameters' gradient and the loss, not on the inputs' gradients.
        if (golden.SumsBatch)
        {
            return;
        }

        ParameterBuffer<T> gradient = network.CreateGradient();
        var batchInputGradients = new T[x.Length];
        T loss = network.BackwardBatch(x, y, gradient, batchInputGradients);
        AssertClose(new[] { golden.Loss }, new[] { loss }, tolerance, "loss", absolute);
        AssertClose(golden.Gradients(), gradient.Canonical(), tolerance, "batch gradient", absolute);
        Assert.Equal(inputGradients, batchInputGradients);

        ParameterBuffer<T> withoutInputs = network.CreateGradient();
        Assert.Equal(loss, network.BackwardBatch(x, y, withoutInputs));
        Assert.Equal(gradient.Canonical(), withoutInputs.Canonical());
        if (golden.HasLabels)
        {
            ParameterBuffer<T> labelled = network.CreateGradient();
            Assert.Equal(loss, ((IClassifier<T>)network).BackwardBatch(x, golden.Labels, labelled));
            Assert.Equal(gradient.Canonical(), labelled.Canonical());
        }
    }

    /// <summary>The vector-Jacobian product from the stored dL/da gives the same gradients as the loss does.</summary>
    private static void CheckProduct<T>(GoldenCase golden, INetwork<T> network, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int inputs, int outputs) = (golden.Declaration.Inputs, golden.Declaration.Outputs);
        T[] x = To<T>(golden.Inputs);
        T[] outputGradient = To<T>(golden.Expect("output_grad"));
        ParameterBuffer<T> gradient = network.CreateGradient();
        var inputGradients = new T[x.Length];
        for (int s = 0; s < golden.BatchSize; s++)
        {
            Span<T> input = x.AsSpan(s * inputs, inputs);
            var output = new T[outputs];
            var trace = new T[network.TraceLength];
            network.Forward(input, output, trace);
            network.Backward(
                input, trace, outputGradient.AsSpan(s * outputs, outputs), gradient, inputGradients.AsSpan(s * inputs, inputs));
        }

        AssertClose(golden.Gradients(), gradient.Canonical(), tolerance, "gradient from dL/da");
        AssertClose(golden.Expect("input_grad"), inputGradients, tolerance, "input gradient from dL/da");
    }

    private static void CheckTraining<T>(GoldenCase golden, ITrainable<T> network, JsonElement training, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T rate = T.CreateChecked(training.GetProperty("optimizer").GetProperty("lr").GetDouble());
        T[] x = To<T>(golden.Inputs);
        T[] y = To<T>(golden.Targets);
        (int inputs, int outputs) = (golden.Declaration.Inputs, golden.Declaration.Outputs);
        ParameterBuffer<T> gradient = network.CreateGradient();
        int checks = 0;
        for (int step = 1; step <= training.GetProperty("steps").GetInt32(); step++)
        {
            gradient.Clear();
            if (golden.SumsBatch)
            {
                for (int s = 0; s < golden.BatchSize; s++)
                {
                    network.Backward(x.AsSpan(s * inputs, inputs), y.AsSpan(s * outputs, outputs), gradient);
                }
            }
            else
            {
                network.BackwardBatch(x, y, gradient);
            }

            network.Parameters.AddScaled(gradient, -double.CreateChecked(rate));
            string after = step.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (training.GetProperty("parameters_after").TryGetProperty(after, out JsonElement expected))
            {
                AssertClose(Golden.Parameters(expected.GetProperty("float64")), network.Parameters.Canonical(), tolerance, $"after {step} updates");
                checks++;
            }
        }

        Assert.Equal(3, checks);
    }
}
