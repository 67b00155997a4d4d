using System;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using NetGen.TestKit;
using Xunit;
using static NetGen.TestKit.Tensors;
using static NetGen.Tests.TensorAssert;

namespace NetGen.Tests;

/// <summary>500 updates of gradient descent on all of Iris, against PyTorch from the same initial parameters.</summary>
public sealed class IrisTrainingTests
{
    private static readonly JsonElement Run = Golden.Read("iris_training").RootElement.GetProperty("runs").EnumerateArray()
        .Single(run => run.GetProperty("name").GetString() == "iris_sgd");

    [Fact]
    public void Double_learns_what_PyTorch_learns() => Check<double>(1e-9);

    [Fact]
    public void Single_learns_what_PyTorch_learns() => Check<float>(
        Math.Max(1e-4, 10 * Run.GetProperty("float32_rel_error_of_final_parameters").GetProperty("torch_float32").GetDouble()));

    private static void Check<T>(double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var network = (IClassifier<T>)Networks.Create<T>(SampleNetworks.Iris);
        network.Parameters.CopyFrom(To<T>(Golden.Parameters(Run.GetProperty("initial_parameters"))));
        double[] mean = Golden.Flatten(Run.GetProperty("normalisation").GetProperty("mean"));
        double[] std = Golden.Flatten(Run.GetProperty("normalisation").GetProperty("std"));
        string[][] rows = Golden.Rows("iris").ToArray();
        T[] x = rows
            .SelectMany(row => row.Take(4).Select((text, index) =>
                (T.Parse(text, CultureInfo.InvariantCulture) - T.CreateChecked(mean[index])) / T.CreateChecked(std[index])))
            .ToArray();
        int[] labels = rows.Select(row => int.Parse(row[4], CultureInfo.InvariantCulture)).ToArray();
        T rate = T.CreateChecked(Run.GetProperty("optimizer").GetProperty("lr").GetDouble());
        JsonElement expected = Run.GetProperty("float64");
        ParameterBuffer<T> gradient = network.CreateGradient();
        for (int update = 1; update <= Run.GetProperty("batch").GetProperty("updates").GetInt32(); update++)
        {
            gradient.Clear();
            network.BackwardBatch(x, labels, gradient);
            network.Parameters.AddScaled(gradient, -double.CreateChecked(rate));
            string after = update.ToString(CultureInfo.InvariantCulture);
            if (expected.GetProperty("parameters_after_update").TryGetProperty(after, out JsonElement parameters))
            {
                AssertClose(Golden.Parameters(parameters), network.Parameters.Canonical(), tolerance, $"after {after} updates");
            }
        }

        AssertClose(Golden.Parameters(expected.GetProperty("final_parameters")), network.Parameters.Canonical(), tolerance, "in the end");
        var outputs = new T[150 * 3];
        network.ForwardBatch(x, outputs);
        int correct = Enumerable.Range(0, 150).Count(row => outputs.AsSpan(row * 3, 3).ToArray().Max() == outputs[(row * 3) + labels[row]]);
        Assert.Equal(expected.GetProperty("final_correct").GetProperty("train").GetInt32(), correct);
    }
}
