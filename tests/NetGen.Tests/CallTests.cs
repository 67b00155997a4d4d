using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Tests;

/// <summary>What a call promises besides its numbers: no allocation, many threads, overlapping spans, NaN, one update.</summary>
public sealed class CallTests
{
    private delegate float Step(ReadOnlySpan<float> input, ReadOnlySpan<float> target, double learningRate);

    private delegate float StepWithInputGradient(ReadOnlySpan<float> input, ReadOnlySpan<float> target, double learningRate, Span<float> inputGradient);

    private delegate float LabelStep(ReadOnlySpan<float> input, int label, double learningRate);

    public static TheoryData<int> Indices => SampleNetworks.Indices;

    [Theory]
    [InlineData("Strict", Form.Auto)]
    [InlineData("Fused", Form.Auto)]
    [InlineData("Fused", Form.Vectors256)]
    [InlineData("Strict", Form.Lanes256)]
    [InlineData("Strict", Form.Narrow)]
    [InlineData("Strict", Form.Scalar)]
    [InlineData("Strict", Form.Unrolled256)]
    public void No_call_allocates(string arithmetic, Form form)
    {
        IReadOnlyList<Declaration> declarations = SampleNetworks.All.Select(declaration => declaration with { Arithmetic = arithmetic }).ToList();
        Networks.Prepare(declarations, form);
        Assert.All(declarations, declaration => AssertNoCallAllocates(declaration, form));
    }

    private static void AssertNoCallAllocates(Declaration declaration, Form form)
    {
        // Enough samples for vectors of samples, and some left over.
        const int Samples = 43;
        var network = (ITrainable<float>)Networks.Create<float>(declaration, form);
        network.Initialize(7);
        float[] x = Values(declaration.Inputs * Samples);
        float[] y = Values(declaration.Outputs * Samples);
        var outputs = new float[declaration.Outputs * Samples];
        var inputGradients = new float[declaration.Inputs * Samples];
        var trace = new float[network.TraceLength];
        int[] labels = new int[Samples];
        ParameterBuffer<float> gradient = network.CreateGradient();

        long Calls(int rounds)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int round = 0; round < rounds; round++)
            {
                ReadOnlySpan<float> input = x.AsSpan(0, declaration.Inputs);
                ReadOnlySpan<float> target = y.AsSpan(0, declaration.Outputs);
                Span<float> output = outputs.AsSpan(0, declaration.Outputs);
                Span<float> inputGradient = inputGradients.AsSpan(0, declaration.Inputs);
                network.Forward(input, output);
                network.Forward(input, output, trace);
                if (declaration.Layers.Count > 1)
                {
                    network.Activations(trace, 0);
                }

                network.ForwardBatch(x, outputs);
                network.Backward(input, trace, target, gradient);
                network.Backward(input, trace, target, gradient, inputGradient);
                network.Backward(input, target, gradient);
                network.Backward(input, target, gradient, inputGradient);
                network.BackwardBatch(x, y, gradient);
                network.BackwardBatch(x, y, gradient, inputGradients);
                network.SgdStep(input, target, 0.01f);
                network.SgdStep(input, target, 0.01f, inputGradient);
                if (network is IClassifier<float> classifier)
                {
                    classifier.Backward(input, 0, gradient);
                    classifier.BackwardBatch(x, labels, gradient);
                    classifier.SgdStep(input, 0, 0.01f);
                }

                network.Parameters.AddScaled(gradient, -0.001f);
                network.Parameters.CopyFrom(gradient);
                network.Initialize(3);
                gradient.Clear();
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // A garbage collection that another test causes may shift this thread's count once; a call that allocates shows in every window.
        Calls(3);
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => Calls(20)));
    }

    /// <summary>Threads that share a network, each with spans and a gradient of its own, get what one thread gets.</summary>
    [Theory]
    [MemberData(nameof(Indices))]
    public void Threads_may_share_a_network(int index)
    {
        ITrainable<float> network = SampleNetworks.Create(index);
        Declaration declaration = SampleNetworks.All[index];
        float[][] inputs = Enumerable.Range(0, 64).Select(seed => Values(declaration.Inputs, seed)).ToArray();
        float[] target = Values(declaration.Outputs);
        float[] Result(float[] input)
        {
            var output = new float[declaration.Outputs];
            network.Forward(input, output);
            ParameterBuffer<float> gradient = network.CreateGradient();
            float loss = network.Backward(input, target, gradient);
            return [.. output, loss, .. gradient.Canonical()];
        }

        float[][] alone = inputs.Select(Result).ToArray();
        Parallel.For(0, 4000, round => Assert.Equal(alone[round % alone.Length], Result(inputs[round % inputs.Length])));
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void Input_and_output_may_overlap(int index)
    {
        INetwork<float> network = SampleNetworks.Create(index);
        Declaration declaration = SampleNetworks.All[index];
        float[] input = Values(declaration.Inputs);
        var expected = new float[declaration.Outputs];
        network.Forward(input, expected);
        var trace = new float[network.TraceLength];
        int longest = Math.Max(declaration.Inputs, declaration.Outputs);
        for (int shift = 0; shift <= 2; shift++)
        {
            foreach (bool outputFirst in new[] { false, true })
            {
                foreach (bool traced in new[] { false, true })
                {
                    var shared = new float[longest + 2];
                    Span<float> x = shared.AsSpan(outputFirst ? shift : 0, declaration.Inputs);
                    Span<float> a = shared.AsSpan(outputFirst ? 0 : shift, declaration.Outputs);
                    input.CopyTo(x);
                    if (traced)
                    {
                        network.Forward(x, a, trace);
                    }
                    else
                    {
                        network.Forward(x, a);
                    }

                    Assert.Equal(expected, a.ToArray());
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void NaN_in_gives_NaN_out(int index)
    {
        SampleNetworks.PrepareForms("Single");
        Declaration declaration = SampleNetworks.All[index];
        foreach (Form form in Enum.GetValues<Form>())
        {
            var network = (ITrainable<float>)Networks.Create<float>(declaration, form);
            network.Initialize(7);
            for (int position = 0; position < declaration.Inputs; position++)
            {
                float[] input = Values(declaration.Inputs);
                input[position] = float.NaN;
                var output = new float[declaration.Outputs];
                network.Forward(input, output);
                Assert.All(output, value => Assert.True(float.IsNaN(value)));
                Assert.True(float.IsNaN(network.Backward(input, Values(declaration.Outputs), network.CreateGradient())));
            }
        }
    }

    /// <summary>relu passes NaN on, in value and derivative, and has derivative 0 at 0.</summary>
    [Fact]
    public void Relu_keeps_NaN_and_is_flat_at_zero()
    {
        foreach (Form form in Enum.GetValues<Form>())
        {
            INetwork<float> network = Networks.Create<float>(new Declaration(1, [new Layer(1, "Relu")]), form);
            network.Parameters.Weight(0, 0, 0) = 1;
            float Derivative(float x)
            {
                var trace = new float[network.TraceLength];
                var inputGradient = new float[1];
                network.Forward([x], new float[1], trace);
                network.Backward([x], trace, [1f], network.CreateGradient(), inputGradient);
                return inputGradient[0];
            }

            Assert.Equal((0f, 0f, 1f, 0f), (Derivative(0), Derivative(-1), Derivative(float.Epsilon), Derivative(-0f)));
            var output = new float[1];
            network.Forward([float.NaN], output);
            Assert.True(float.IsNaN(output[0]));
        }
    }

    /// <summary>A probability of exactly 0 or 1 costs nothing where it is right and everything where it is wrong.</summary>
    [Fact]
    public void Certain_probabilities_are_finite_where_mathematics_is()
    {
        var declaration = new Declaration(1, [new Layer(1, "HardSigmoid")], "BinaryCrossEntropy");
        foreach (Form form in Enum.GetValues<Form>())
        {
            var network = (ITrainable<float>)Networks.Create<float>(declaration, form);
            network.Parameters.Weight(0, 0, 0) = 1;
            (float Loss, float Slope) At(float x, float y)
            {
                var slope = new float[1];
                return (network.Backward([x], [y], network.CreateGradient(), slope), slope[0]);
            }

            Assert.Equal((0f, 0f), At(10, 1));
            Assert.Equal((0f, 0f), At(-10, 0));
            Assert.Equal(float.PositiveInfinity, At(10, 0).Loss);
            Assert.Equal(float.PositiveInfinity, At(-10, 1).Loss);
        }
    }

    /// <summary>A batch of one is a sample, to the bit, and a batch of many has the outputs of its samples.</summary>
    [Theory]
    [MemberData(nameof(Indices))]
    public void A_batch_has_the_bits_of_its_samples(int index)
    {
        ITrainable<float> network = SampleNetworks.Create(index);
        Declaration declaration = SampleNetworks.All[index];
        float[] x = Values(declaration.Inputs * 3);
        float[] y = Values(declaration.Outputs * 3, 4);
        var outputs = new float[declaration.Outputs * 3];
        network.ForwardBatch(x, outputs);
        for (int s = 0; s < 3; s++)
        {
            float[] input = x[(s * declaration.Inputs)..((s + 1) * declaration.Inputs)];
            float[] target = y[(s * declaration.Outputs)..((s + 1) * declaration.Outputs)];
            var output = new float[declaration.Outputs];
            network.Forward(input, output);
            Assert.Equal(output, outputs[(s * declaration.Outputs)..((s + 1) * declaration.Outputs)]);
            ParameterBuffer<float> one = network.CreateGradient();
            ParameterBuffer<float> batch = network.CreateGradient();
            Assert.Equal(network.Backward(input, target, one), network.BackwardBatch(input, target, batch));
            Assert.Equal(one.Canonical(), batch.Canonical());
        }
    }

    /// <summary>A step is the gradient times the rate, all taken from the parameters before it.</summary>
    [Theory]
    [MemberData(nameof(Indices))]
    public void A_step_is_the_gradient_times_the_rate(int index)
    {
        SampleNetworks.PrepareForms("Double");
        Declaration declaration = SampleNetworks.All[index] with { Precision = "Double" };
        foreach (Form form in Enum.GetValues<Form>())
        {
            var network = (ITrainable<double>)Networks.Create<double>(declaration, form);
            network.Initialize(11);
            double[] x = Tensors.ToDouble(Values(declaration.Inputs));
            double[] y = Tensors.ToDouble(Values(declaration.Outputs, 5)).Select(Math.Abs).ToArray();
            double[] before = network.Parameters.Canonical();
            ParameterBuffer<double> gradient = network.CreateGradient();
            var inputGradient = new double[declaration.Inputs];
            double loss = network.Backward(x, y, gradient, inputGradient);

            var stepInputGradient = new double[declaration.Inputs];
            double stepLoss = network.SgdStep(x, y, 0.5, stepInputGradient);

            Assert.Equal(loss, stepLoss);
            Assert.Equal(inputGradient, stepInputGradient);
            double[] expected = before.Zip(gradient.Canonical(), (θ, g) => θ - (0.5 * g)).ToArray();
            TensorAssert.AssertClose(expected, network.Parameters.Canonical(), 1e-15, $"{declaration} {form}");

            network.Parameters.CopyFrom(before);
            Assert.Equal(loss, network.SgdStep(x, y, 0.5));
            TensorAssert.AssertClose(expected, network.Parameters.Canonical(), 1e-15, $"{declaration} {form}");
        }
    }

    /// <summary>The classes take the rate in double precision, so that 0.01 is one, and round it once; the contract's rates keep their bits on the way.</summary>
    [Theory]
    [MemberData(nameof(Indices))]
    public void A_rate_is_rounded_to_the_number_type(int index)
    {
        SampleNetworks.PrepareForms("Single");
        Declaration declaration = SampleNetworks.All[index];
        float[] x = Values(declaration.Inputs);
        float[] y = Values(declaration.Outputs, 5);
        foreach (Form form in Enum.GetValues<Form>())
        {
            var network = (ITrainable<float>)Networks.Create<float>(declaration, form);
            Step step = Find<Step>(network);
            StepWithInputGradient full = Find<StepWithInputGradient>(network);
            int[] After(Action act)
            {
                network.Initialize(11);
                act();
                return network.Parameters.Canonical().Select(BitConverter.SingleToInt32Bits).ToArray();
            }

            foreach (float rate in new[] { 0.01f, -0.3f, 0, float.Epsilon, 1e30f, float.PositiveInfinity })
            {
                int[] expected = After(() => network.SgdStep(x, y, rate));
                Assert.Equal(expected, After(() => step(x, y, rate)));
                Assert.Equal(expected, After(() => step(x, y, rate * (1 + 1e-9))));
                Assert.Equal(expected, After(() => full(x, y, rate, new float[x.Length])));
                Assert.Equal(expected, After(() => network.SgdStep(x, y, rate, new float[x.Length])));
                if (network is IClassifier<float> classifier)
                {
                    Assert.Equal(After(() => classifier.SgdStep(x, 1, rate)), After(() => Find<LabelStep>(network)(x, 1, rate)));
                }
            }

            Assert.Equal(After(() => network.SgdStep(x, y, 0.01f)), After(() => step(x, y, 0.01)));
        }
    }

    /// <summary>A label is the one-hot target, to the bit.</summary>
    [Fact]
    public void A_label_is_a_one_hot_target()
    {
        foreach (Declaration declaration in new[] { SampleNetworks.Iris, SampleNetworks.Deep })
        {
            var network = (IClassifier<float>)Networks.Create<float>(declaration);
            network.Initialize(5);
            float[] x = Values(declaration.Inputs);
            for (int label = 0; label < declaration.Outputs; label++)
            {
                var oneHot = new float[declaration.Outputs];
                oneHot[label] = 1;
                ParameterBuffer<float> expected = network.CreateGradient();
                ParameterBuffer<float> actual = network.CreateGradient();
                Assert.Equal(network.Backward(x, oneHot, expected), network.Backward(x, label, actual));
                Assert.Equal(expected.Canonical(), actual.Canonical());

                float[] start = network.Parameters.Canonical();
                float loss = network.SgdStep(x, oneHot, 0.1f);
                float[] stepped = network.Parameters.Canonical();
                network.Parameters.CopyFrom(start);
                Assert.Equal(loss, network.SgdStep(x, label, 0.1f));
                Assert.Equal(stepped, network.Parameters.Canonical());
                network.Parameters.CopyFrom(start);
            }
        }
    }

    /// <summary>A step of the class itself.</summary>
    private static TDelegate Find<TDelegate>(ITrainable<float> network)
        where TDelegate : Delegate => Delegate.CreateDelegate(typeof(TDelegate), network, "SgdStep") as TDelegate ?? throw new InvalidOperationException();

    private static float[] Values(int count, int seed = 1) => Tensors.To<float>(Tensors.Random(new Random(seed), count));
}
