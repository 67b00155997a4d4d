using System;
using System.Linq;
using System.Numerics;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Tests;

/// <summary>NaN in one number reaches the loss and the gradient of what depends on it, through every activation and loss, in every form, both dialects and precisions.</summary>
public sealed class NanTests
{
    /// <summary>Every activation before and in the last layer, every loss with some of them.</summary>
    private static readonly Declaration[] Declarations = RandomDeclarations.Activations.SelectMany((name, index) =>
    {
        (string loss, string[]? last) = RandomDeclarations.Losses[index % RandomDeclarations.Losses.Length];
        return new[]
        {
            new Declaration(2, [new Layer(3, name), new Layer(2, last is null || last.Contains(name) ? name : last[0])], loss, Arithmetic: index % 2 == 0 ? "Fused" : "Strict"),
            new Declaration(2, [new Layer(2, name)], Arithmetic: index % 2 == 1 ? "Fused" : "Strict"),
        };
    }).ToArray();

    [Theory]
    [InlineData(Form.Auto)]
    [InlineData(Form.Scalar)]
    [InlineData(Form.Looped)]
    [InlineData(Form.LoopedVectors)]
    public void Single_passes_NaN_on(Form form) => Check<float>(form, "Single");

    [Theory]
    [InlineData(Form.Auto)]
    [InlineData(Form.Scalar)]
    public void Double_passes_NaN_on(Form form) => Check<double>(form, "Double");

    private static void Check<T>(Form form, string precision)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Declaration[] declarations = Declarations.Select(declaration => declaration with { Precision = precision }).ToArray();
        Networks.Prepare(declarations, form);
        foreach (Declaration declaration in declarations)
        {
            foreach (string place in new[] { "input", "weight", "bias", "target", "gradient" })
            {
                CheckPlace(Networks.Create<T>(declaration, form), declaration, place);
            }
        }
    }

    private static void CheckPlace<T>(INetwork<T> network, Declaration declaration, string place)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Between the kinks of every activation.
        network.Parameters.CopyFrom(Enumerable.Range(0, declaration.ParameterCount).Select(index => T.CreateChecked(0.1 + (0.01 * index))).ToArray());
        T[] x = [T.CreateChecked(0.3), T.CreateChecked(0.4)];
        T[] y = [T.CreateChecked(0.25), T.CreateChecked(0.75)];
        T[] g = [T.CreateChecked(0.5), T.CreateChecked(-0.5)];
        switch (place)
        {
            case "input":
                x[0] = T.NaN;
                break;
            case "weight":
                network.Parameters.Weight(0, 0, 0) = T.NaN;
                break;
            case "bias":
                network.Parameters.Bias(0, 0) = T.NaN;
                break;
            case "target":
                y[0] = T.NaN;
                break;
            default:
                g[0] = T.NaN;
                break;
        }

        int last = declaration.Layers.Count - 1;
        var dx = new T[2];
        ParameterBuffer<T> gradient = network.CreateGradient();
        void AssertNaN(T value, string what) => Assert.True(T.IsNaN(value), $"{declaration}, NaN in {place}: {what} is {value}.");
        void AssertParameters(string call)
        {
            AssertNaN(gradient.Bias(last, 0), $"{call}, the last bias's gradient");
            AssertNaN(gradient.Bias(0, 0), $"{call}, the first bias's gradient");
        }

        void AssertGradient(string call)
        {
            AssertParameters(call);
            AssertNaN(dx[0], $"{call}, dL/dx");
        }

        if (place != "target")
        {
            var a = new T[2];
            var trace = new T[network.TraceLength];
            network.Forward(x, a, trace);
            if (place != "gradient")
            {
                AssertNaN(a[0], "a");
            }

            network.Backward(x, trace, g, gradient, dx);

            // The slope of the identity is 1, whatever z is.
            if (place == "gradient" || declaration.Layers[last].Activation != "Identity")
            {
                AssertGradient("vector-Jacobian product");
            }
        }

        if (network is ITrainable<T> trainable && place != "gradient")
        {
            gradient.Clear();
            AssertNaN(trainable.Backward(x, y, gradient, dx), "the loss");
            AssertGradient("Backward");
            gradient.Clear();

            // A sample in every lane and some more; a NaN of the sample is in the last.
            const int Samples = 19;
            T[] xs = [.. Enumerable.Repeat(new[] { T.CreateChecked(0.3), x[1] }, Samples - 1).SelectMany(values => values), .. x];
            T[] ys = [.. Enumerable.Repeat(new[] { T.CreateChecked(0.25), y[1] }, Samples - 1).SelectMany(values => values), .. y];
            var dxs = new T[2 * Samples];
            AssertNaN(trainable.BackwardBatch(xs, ys, gradient, dxs), "the loss of a batch");
            dx[0] = dxs[^2];
            AssertGradient("BackwardBatch");
            if (network is IClassifier<T> classifier && place != "target")
            {
                gradient.Clear();
                AssertNaN(classifier.BackwardBatch(xs, new int[Samples], gradient), "the loss of a batch of labels");
                AssertParameters("BackwardBatch of labels");
                gradient.Clear();
                AssertNaN(classifier.Backward(x, 0, gradient), "the loss of a label");
                AssertParameters("Backward of a label");
            }

            AssertNaN(trainable.SgdStep(x, y, T.One), "the loss of a step");
        }
    }
}
