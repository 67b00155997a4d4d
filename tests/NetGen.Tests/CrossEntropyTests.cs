using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using NetGen.TestKit;
using Xunit;
using static NetGen.TestKit.Tensors;

namespace NetGen.Tests;

/// <summary>
/// Cross-entropy with weights of samples and classes, classes that are not allowed, label smoothing and targets that are distributions, against PyTorch: all of it is targets and terms of a batch. With
/// q the distribution of a sample and c the weights of the classes, its target is q ⊙ c.
/// </summary>
public sealed class CrossEntropyTests
{
    private static readonly Form[] Forms = [Form.Auto, Form.Scalar];

    private static readonly Dictionary<string, JsonElement> Cases = Golden.Read("graphs.cross_entropy").RootElement.GetProperty("cases").EnumerateArray()
        .Where(json => json.GetProperty("network").GetProperty("losses").GetArrayLength() == 1)
        .ToDictionary(json => json.GetProperty("name").GetString()!);

    static CrossEntropyTests() => Networks.Prepare(Cases.Values.SelectMany(json => new[] { Declared(json, "Single"), Declared(json, "Double") }).Distinct(), Forms);

    public static TheoryData<string> Names => new(Cases.Keys);

    [Fact]
    public void There_are_28_cases() => Assert.Equal(28, Cases.Count);

    [Theory]
    [MemberData(nameof(Names))]
    public void Loss_and_gradients_are_those_of_PyTorch(string name)
    {
        foreach (Form form in Forms)
        {
            Compare<float>(Cases[name], "Single", form);
            Compare<double>(Cases[name], "Double", form);
        }
    }

    private static void Compare<T>(JsonElement json, string precision, Form form)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Declaration declaration = Declared(json, precision);
        var network = (IWeightedTrainable<T>)Networks.Create<T>(declaration, form);
        string[] names = [.. json.GetProperty("network").GetProperty("nodes").EnumerateArray().Where(node => node.TryGetProperty("parameters", out _))
            .SelectMany(node => new[] { "weight", "bias" }.Select(role => node.GetProperty("parameters").GetProperty(role).GetString()!))];
        double[] All(JsonElement tensors) => [.. names.SelectMany(tensor => Golden.Flatten(tensors.GetProperty(tensor)))];
        network.Parameters.CopyFrom(To<T>(All(json.GetProperty("parameters"))));
        T[] inputs = To<T>(Golden.Flatten(json.GetProperty("inputs").EnumerateObject().Single().Value));
        (double[] targets, double[] weights, bool[] allowed) = Terms(json, declaration.Outputs);
        ParameterBuffer<T> gradient = network.CreateGradient();
        var dx = new T[inputs.Length];
        T loss = network.BackwardBatch(inputs, To<T>(targets), gradient, dx, new BatchTerms<T>(To<T>(weights), allowed));

        JsonElement expected = json.GetProperty("expect").GetProperty("float64");
        double measured = json.GetProperty(precision == "Double" ? "float64_rel_error" : "float32_rel_error").GetProperty("single_pass").GetDouble();
        double tolerance = Math.Max(precision == "Double" ? 1e-12 : 2e-5, 8 * measured);
        double[] slopes = All(expected.GetProperty("grads"));
        double[] inputSlopes = [.. Golden.Flatten(expected.GetProperty("input_grads").EnumerateObject().Single().Value).Select(value => value * weights.Length)];
        double largest = slopes.Concat(inputSlopes).Max(Math.Abs);
        AssertNear([Golden.Number(expected.GetProperty("total"))], [double.CreateChecked(loss)], 0);
        AssertNear(slopes, [.. gradient.Canonical().Select(double.CreateChecked)], 1e-3 * largest);
        AssertNear(inputSlopes, [.. dx.Select(double.CreateChecked)], 1e-3 * largest);

        void AssertNear(double[] wanted, double[] got, double least)
        {
            double allowedError = tolerance * Math.Max(wanted.Max(Math.Abs), least);
            Assert.All(wanted.Zip(got), pair => Assert.InRange(pair.Second, pair.First - allowedError, pair.First + allowedError));
        }
    }

    private static Declaration Declared(JsonElement json, string precision)
    {
        JsonElement network = json.GetProperty("network");
        int[] units = [.. network.GetProperty("nodes").EnumerateArray().Where(node => node.GetProperty("op").GetString() == "dense").Select(node => node.GetProperty("units").GetInt32())];
        return new Declaration(
            network.GetProperty("inputs")[0].GetProperty("units").GetInt32(),
            [new Layer(units[0], "Tanh"), new Layer(units[1])],
            "CategoricalCrossEntropyWithLogits",
            Precision: precision,
            BatchTerms: true);
    }

    /// <summary>Targets, weights of the samples, of which a weighted mean has m over their sum with those of their classes, and what is allowed.</summary>
    private static (double[] Targets, double[] Weights, bool[] Allowed) Terms(JsonElement json, int classes)
    {
        JsonElement loss = json.GetProperty("network").GetProperty("losses")[0];
        string name = loss.GetProperty("name").GetString()!;
        JsonElement given = json.GetProperty("targets").GetProperty(name);
        int samples = given.GetArrayLength();
        double smoothing = loss.TryGetProperty("label_smoothing", out JsonElement s) ? s.GetDouble() : 0;
        double[] classWeights = loss.TryGetProperty("class_weights", out JsonElement c) ? Golden.Flatten(c) : [.. Enumerable.Repeat(1.0, classes)];
        bool[] allowed = json.TryGetProperty("masks", out JsonElement masks)
            ? [.. Golden.Flatten(masks.GetProperty(name)).Select(value => value == 1)]
            : [.. Enumerable.Repeat(true, samples * classes)];
        double[] weights = json.TryGetProperty("sample_weights", out JsonElement w) ? Golden.Flatten(w.GetProperty(name)) : [.. Enumerable.Repeat(1.0, samples)];
        double[] targets = new double[samples * classes];
        for (int sample = 0; sample < samples; sample++)
        {
            int legal = Enumerable.Range(0, classes).Count(unit => allowed[(sample * classes) + unit]);
            for (int unit = 0; unit < classes; unit++)
            {
                int place = (sample * classes) + unit;
                double target = given[sample].ValueKind == JsonValueKind.Array ? given[sample][unit].GetDouble() : given[sample].GetInt32() == unit ? 1 : 0;
                targets[place] = allowed[place] ? (((1 - smoothing) * target) + (smoothing / legal)) * classWeights[unit] : 0;
            }
        }

        if (loss.GetProperty("batch_reduction").GetString() == "weighted_mean")
        {
            double sum = Enumerable.Range(0, samples).Sum(sample => weights[sample] * classWeights[given[sample].GetInt32()]);
            weights = [.. weights.Select(weight => weight * samples / sum)];
        }

        return (targets, weights, allowed);
    }
}
