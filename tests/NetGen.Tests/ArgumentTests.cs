using System;
using System.Linq;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Tests;

/// <summary>Arguments that do not fit: the exception names the parameter, what was expected and what was given; nothing is written.</summary>
public sealed class ArgumentTests
{
    private const float Untouched = 12345;

    public static TheoryData<int> Indices => SampleNetworks.Indices;

    [Theory]
    [MemberData(nameof(Indices))]
    public void A_wrong_length_is_named_and_nothing_is_written(int index)
    {
        Declaration declaration = SampleNetworks.All[index];
        ITrainable<float> network = SampleNetworks.Create(index);
        int inputs = declaration.Inputs;
        int outputs = declaration.Outputs;
        float[] x = new float[inputs];
        float[] y = new float[outputs];
        float[] a = Filled(outputs);
        float[] dx = Filled(inputs);
        float[] trace = Filled(network.TraceLength);
        float[] given = new float[network.TraceLength];
        ParameterBuffer<float> gradient = network.CreateGradient();
        float[] parameters = network.Parameters.Canonical();

        void Check(string name, int expected, Action<float[]> call)
        {
            foreach (int length in new[] { expected - 1, expected + 1 }.Where(length => length >= 0))
            {
                var exception = Assert.Throws<ArgumentException>(() => call(Filled(length)));
                Assert.Equal(name, exception.ParamName);
                Assert.Contains($"Expected {expected}", exception.Message);
                Assert.Contains($"given {length}", exception.Message);
            }

            Assert.All(a.Concat(dx).Concat(trace), value => Assert.Equal(Untouched, value));
            Assert.All(gradient.Canonical(), value => Assert.Equal(0, value));
            Assert.Equal(parameters, network.Parameters.Canonical());
        }

        Check("input", inputs, wrong => network.Forward(wrong, a));
        Check("output", outputs, wrong => network.Forward(x, wrong));
        Check("input", inputs, wrong => network.Forward(wrong, a, trace));
        Check("output", outputs, wrong => network.Forward(x, wrong, trace));
        Check("trace", network.TraceLength, wrong => network.Forward(x, a, wrong));
        Check("trace", network.TraceLength, wrong => network.Activations(wrong, 0));
        Check("outputs", outputs, wrong => network.ForwardBatch(x, wrong));
        Check("input", inputs, wrong => network.Backward(wrong, given, y, gradient, dx));
        Check("trace", network.TraceLength, wrong => network.Backward(x, wrong, y, gradient, dx));
        Check("outputGradient", outputs, wrong => network.Backward(x, given, wrong, gradient));
        Check("inputGradient", inputs, wrong => network.Backward(x, given, y, gradient, wrong));
        Check("input", inputs, wrong => network.Backward(wrong, y, gradient, dx));
        Check("target", outputs, wrong => network.Backward(x, wrong, gradient));
        Check("inputGradient", inputs, wrong => network.Backward(x, y, gradient, wrong));
        Check("targets", outputs, wrong => network.BackwardBatch(x, wrong, gradient));
        Check("inputGradients", inputs, wrong => network.BackwardBatch(x, y, gradient, wrong));
        Check("input", inputs, wrong => network.SgdStep(wrong, y, 1));
        Check("target", outputs, wrong => network.SgdStep(x, wrong, 1));
        Check("inputGradient", inputs, wrong => network.SgdStep(x, y, 1, wrong));
    }

    [Fact]
    public void A_batch_holds_whole_samples_and_at_least_one()
    {
        ITrainable<float> network = SampleNetworks.Create(1);
        foreach (int length in new[] { 0, 3, 5, 9 })
        {
            var exception = Assert.Throws<ArgumentException>(() => network.ForwardBatch(new float[length], new float[3]));
            Assert.Equal("inputs", exception.ParamName);
            Assert.Contains("samples of 4 values each, given " + length, exception.Message);
            Assert.Throws<ArgumentException>("inputs", () => network.BackwardBatch(new float[length], new float[3], network.CreateGradient()));
        }

        Assert.Throws<ArgumentException>("targets", () => network.BackwardBatch(new float[8], new float[3], network.CreateGradient()));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MinValue)]
    public void A_label_must_be_a_class(int label)
    {
        var network = (IClassifier<float>)SampleNetworks.Create(1);
        ParameterBuffer<float> gradient = network.CreateGradient();
        float[] parameters = network.Parameters.Canonical();
        var exception = Assert.Throws<ArgumentOutOfRangeException>("label", () => network.Backward(new float[4], label, gradient));
        Assert.Contains($"Expected an index from 0 to 2, given {label}.", exception.Message);
        Assert.Throws<ArgumentOutOfRangeException>("label", () => network.SgdStep(new float[4], label, 1));
        Assert.Throws<ArgumentOutOfRangeException>("labels", () => network.BackwardBatch(new float[8], new[] { 0, label }, gradient));
        Assert.Throws<ArgumentException>("labels", () => network.BackwardBatch(new float[8], new[] { 0 }, gradient));
        Assert.All(gradient.Canonical(), value => Assert.Equal(0, value));
        Assert.Equal(parameters, network.Parameters.Canonical());
    }

    [Fact]
    public void A_gradient_must_belong_to_the_network()
    {
        ITrainable<float> network = SampleNetworks.Create(1);
        ParameterBuffer<float> other = SampleNetworks.Create(0).CreateGradient();
        var exception = Assert.Throws<ArgumentException>("gradient", () => network.Backward(new float[4], new float[3], other));
        Assert.Contains("Expected a buffer made for this network (131 parameters), given one made for another network (17 parameters)", exception.Message);
        Assert.Throws<ArgumentNullException>("gradient", () => network.Backward(new float[4], new float[3], null!));
        Assert.Throws<ArgumentException>("source", () => network.Parameters.CopyFrom(other));
        Assert.Throws<ArgumentException>("other", () => network.Parameters.AddScaled(other, 1));
    }

    private static float[] Filled(int length)
    {
        var values = new float[length];
        Array.Fill(values, Untouched);
        return values;
    }
}
