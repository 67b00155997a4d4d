using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.TestKit;
using Xunit;
using static NetGen.TestKit.Tensors;

namespace NetGen.Tests;

/// <summary>Batches with a weight for each sample, and with classes that are not possible, in every form.</summary>
public sealed class BatchTermsTests
{
    private const double LearningRate = 1.0 / 64;

    private static readonly Form[] Forms = [Form.Auto, Form.Scalar, Form.Vectors256];

    private static readonly int[] Counts = [1, 7, 8, 31, 33, 64, 65, 150];

    /// <summary>Straight lines; lanes; a loss in lanes and, with more than 64 units, without; losses that are not categorical.</summary>
    private static readonly IReadOnlyList<Declaration> Declarations =
    [
        .. new Declaration[]
        {
            new(2, [new Layer(3, "Sigmoid"), new Layer(2, "Softmax")], "CategoricalCrossEntropy"),
            new(4, [new Layer(16, "Tanh"), new Layer(3)], "CategoricalCrossEntropyWithLogits"),
            new(17, [new Layer(127, "Relu"), new Layer(63, "Softmax")], "CategoricalCrossEntropy"),
            new(5, [new Layer(33, "Silu"), new Layer(90)], "CategoricalCrossEntropyWithLogits"),
            new(3, [new Layer(9, "Tanh", UseBias: false), new Layer(20, "LogSoftmax")], "CategoricalCrossEntropyWithLogits", Precision: "Double"),
            new(3, [new Layer(2, "Tanh"), new Layer(1)], "HalfSquaredError"),
            new(3, [new Layer(40, "Tanh"), new Layer(5, "Gelu")], "Huber", Precision: "Double"),
            new(6, [new Layer(12, "Tanh"), new Layer(7)], "BinaryCrossEntropyWithLogits", Reduction: "Sum"),
        }.Select(declaration => declaration with { BatchTerms = true }),
    ];

    static BatchTermsTests() => Networks.Prepare(Declarations.SelectMany(declaration => new[] { declaration, declaration with { BatchTerms = false } }.SelectMany(Arithmetics)), Forms);

    public static TheoryData<int, Form> Cases() => TestRows.Of(Declarations.Count, Forms);

    /// <summary>A network that may have terms computes what the same without does, to the last bit, and so does a batch whose terms say nothing.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Terms_that_say_nothing_change_no_bit(int index, Form form)
    {
        foreach (Declaration declaration in Arithmetics(Declarations[index]))
        {
            Run(declaration, new SameBits(declaration, form));
        }
    }

    /// <summary>The loss is (1/m) Σ w L, with the gradients of that: those of samples by themselves, each times its weight.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Weights_multiply_losses_and_gradients(int index, Form form)
    {
        foreach (Declaration declaration in Arithmetics(Declarations[index]))
        {
            Run(declaration, new Weighted(declaration, form));
        }
    }

    /// <summary>What is not allowed has no part: the loss is that of the other classes alone, and no gradient goes there.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_not_allowed_has_no_part(int index, Form form)
    {
        foreach (Declaration declaration in Arithmetics(Declarations[index]).Where(declaration => declaration.Loss.StartsWith("Categorical", StringComparison.Ordinal)))
        {
            Run(declaration, new Masked(declaration, form));
        }
    }

    /// <summary>Every form has the same bits in strict arithmetic, with weights and with what is not allowed.</summary>
    [Fact]
    public void Terms_have_the_same_bits_in_every_form()
    {
        foreach (Declaration declaration in Declarations)
        {
            var all = Forms.Select(form =>
            {
                var bits = new Bits(declaration, form);
                Run(declaration, bits);
                return (form, bits.Hash);
            }).ToArray();
            Assert.All(all, one => Assert.True(one.Hash.SequenceEqual(all[0].Hash), $"{declaration}, {one.form}"));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nothing_is_allocated(int index, Form form)
    {
        if (Declarations[index].Precision != "Single")
        {
            return;
        }

        var network = (IWeightedTrainable<float>)Networks.Create<float>(Declarations[index], form);
        float[] inputs = new float[9 * Declarations[index].Inputs];
        float[] targets = [.. Enumerable.Repeat(1f, 9 * Declarations[index].Outputs)];
        float[] weights = new float[9];
        bool[] allowed = [.. Enumerable.Repeat(true, targets.Length)];
        ParameterBuffer<float> gradient = network.CreateGradient();
        long least = long.MaxValue;
        for (int round = 0; round < 4; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            network.BackwardBatch(inputs, targets, gradient, new BatchTerms<float>(weights, allowed));
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void Wrong_terms_are_refused_before_anything_is_written()
    {
        var network = (IWeightedClassifier<float>)Networks.Create<float>(Declarations[1]);
        network.Initialize(1);
        ParameterBuffer<float> gradient = network.CreateGradient();
        float[] x = [.. Enumerable.Range(0, 8).Select(value => value / 8f)];
        float[] targets = [0, 1, 0, 0, 0, 1];
        float[] dx = new float[8];
        void Refused(string message, float[] weights, bool[] allowed)
        {
            Assert.Contains(message, Assert.Throws<ArgumentException>("terms", () => network.BackwardBatch(x, targets, gradient, new BatchTerms<float>(weights, allowed))).Message, StringComparison.Ordinal);
            Assert.Contains(message, Assert.Throws<ArgumentException>("terms", () => network.BackwardBatch(x, targets, gradient, dx, new BatchTerms<float>(weights, allowed))).Message, StringComparison.Ordinal);
            Assert.All(gradient.AsSpan().ToArray().Concat(dx), value => Assert.Equal(0, value));
        }

        Refused("Expected a weight for each of 2 samples, given 3.", [1, 1, 1], []);
        Refused("The weight of sample 1 is NaN", [1, float.NaN], []);
        Refused("The weight of sample 0 is", [float.NegativeInfinity, 1], []);
        Refused("Expected 6 values of what is allowed (2 samples of 3), given 3.", [], [true, true, true]);
        Refused("Of sample 1 nothing is allowed of outputs 0 to 2.", [], [true, true, true, false, false, false]);
        Refused("Output 1 of sample 0 is not allowed, but it is the target, in part.", [], [true, false, true, true, true, true]);
        Assert.Contains(
            "Output 2 of sample 1 is not allowed, but it is the label.",
            Assert.Throws<ArgumentException>("terms", () => network.BackwardBatch(x, [1, 2], gradient, new BatchTerms<float>(allowed: [true, true, true, true, true, false]))).Message,
            StringComparison.Ordinal);
        Assert.All(gradient.AsSpan().ToArray(), value => Assert.Equal(0, value));

        var other = (IWeightedTrainable<float>)Networks.Create<float>(Declarations[5]);
        Assert.Contains(
            "Output 0 of sample 0 is not allowed, but its loss is not categorical: all of it must be.",
            Assert.Throws<ArgumentException>("terms", () => other.BackwardBatch([1, 2, 3], [1], other.CreateGradient(), new BatchTerms<float>(allowed: [false]))).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Strict, and fused for a line, lanes and layers.</summary>
    private static IEnumerable<Declaration> Arithmetics(Declaration declaration) =>
        declaration.Inputs is 2 or 4 or 17 ? [declaration, declaration with { Arithmetic = "Fused" }] : [declaration];

    private static void Run(Declaration declaration, Check check)
    {
        if (declaration.Precision == "Single")
        {
            check.Run<float>();
        }
        else
        {
            check.Run<double>();
        }
    }

    /// <summary>A check in either precision.</summary>
    private abstract class Check(Declaration declaration, Form form)
    {
        protected Declaration Declaration => declaration;

        protected Form Form => form;

        public abstract void Run<T>()
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>;

        protected ITrainable<T> Network<T>(Declaration of)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            var network = (ITrainable<T>)Networks.Create<T>(of, form);
            network.Initialize(3);
            return network;
        }

        /// <summary>Inputs, targets of one class each or of any numbers, weights of both signs, and what is allowed, the classes of the targets always.</summary>
        protected Batch<T> Batch<T>(int samples)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            var random = new Random(samples);
            int outputs = declaration.Outputs;
            bool isCategorical = declaration.Loss.StartsWith("Categorical", StringComparison.Ordinal);
            int[] labels = [.. Enumerable.Range(0, samples).Select(_ => random.Next(outputs))];
            double[] targets = [.. Enumerable.Range(0, samples * outputs).Select(place => isCategorical ? (labels[place / outputs] == place % outputs ? 1 : 0) : random.NextDouble())];
            bool[] allowed = [.. Enumerable.Range(0, samples * outputs).Select(place => !isCategorical || labels[place / outputs] == place % outputs || random.Next(3) > 0)];
            return new Batch<T>(To<T>(Tensors.Random(random, samples * declaration.Inputs)), To<T>(targets), labels, To<T>([.. Enumerable.Range(0, samples).Select(_ => (random.NextDouble() * 3) - 1)]), allowed);
        }
    }

    private sealed record Batch<T>(T[] Inputs, T[] Targets, int[] Labels, T[] Weights, bool[] Allowed);

    private sealed class SameBits(Declaration declaration, Form form) : Check(declaration, form)
    {
        public override void Run<T>()
        {
            var network = (IWeightedTrainable<T>)Network<T>(Declaration);
            ITrainable<T> plain = Network<T>(Declaration with { BatchTerms = false });
            foreach (int samples in Counts)
            {
                Batch<T> batch = Batch<T>(samples);
                T[] expected = Results(plain, batch, (gradient, dx) => plain.BackwardBatch(batch.Inputs, batch.Targets, gradient, dx));
                T[] ones = [.. Enumerable.Repeat(T.One, samples)];
                bool[] all = [.. Enumerable.Repeat(true, batch.Targets.Length)];
                string what = $"{Declaration}, {Form}, {samples} samples";
                Assert.True(expected.SequenceEqual(Results(network, batch, (gradient, dx) => network.BackwardBatch(batch.Inputs, batch.Targets, gradient, dx))), what);
                Assert.True(expected.SequenceEqual(Results(network, batch, (gradient, dx) => network.BackwardBatch(batch.Inputs, batch.Targets, gradient, dx, default))), what + ", no terms");
                Assert.True(expected.SequenceEqual(Results(network, batch, (gradient, dx) => network.BackwardBatch(batch.Inputs, batch.Targets, gradient, dx, new BatchTerms<T>(ones, all)))), what + ", ones");
                if (network is IWeightedClassifier<T> classifier)
                {
                    T[] withoutInputs = Results(plain, batch, (gradient, _) => plain.BackwardBatch(batch.Inputs, batch.Targets, gradient));
                    Assert.True(withoutInputs.SequenceEqual(Results(network, batch, (gradient, _) => classifier.BackwardBatch(batch.Inputs, batch.Labels, gradient))), what + ", labels");
                    Assert.True(withoutInputs.SequenceEqual(Results(network, batch, (gradient, _) => classifier.BackwardBatch(batch.Inputs, batch.Labels, gradient, new BatchTerms<T>(ones, all)))), what + ", labels and ones");
                }
            }

            Batch<T> one = Batch<T>(1);
            Assert.True(Steps(plain, one).SequenceEqual(Steps(network, one)), $"{Declaration}, {Form}, steps");
        }

        private static T[] Steps<T>(ITrainable<T> network, Batch<T> one)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            var dx = new T[one.Inputs.Length];
            ParameterBuffer<T> gradient = network.CreateGradient();
            List<T> results = [network.Backward(one.Inputs, one.Targets, gradient), network.Backward(one.Inputs, one.Targets, gradient, dx), .. dx];
            T rate = T.CreateChecked(LearningRate);
            results.AddRange([network.SgdStep(one.Inputs, one.Targets, rate), network.SgdStep(one.Inputs, one.Targets, rate, dx), .. dx]);
            if (network is IClassifier<T> classifier)
            {
                results.AddRange([classifier.Backward(one.Inputs, one.Labels[0], gradient), classifier.SgdStep(one.Inputs, one.Labels[0], rate)]);
            }

            return [.. results, .. gradient.Canonical(), .. network.Parameters.Canonical()];
        }
    }

    private sealed class Weighted(Declaration declaration, Form form) : Check(declaration, form)
    {
        public override void Run<T>()
        {
            var network = (IWeightedTrainable<T>)Network<T>(Declaration);
            double tolerance = typeof(T) == typeof(float) ? 2e-5 : 1e-12;
            foreach (int samples in Counts)
            {
                Batch<T> batch = Batch<T>(samples);
                T[] actual = Results(network, batch, (gradient, dx) => network.BackwardBatch(batch.Inputs, batch.Targets, gradient, dx, new BatchTerms<T>(batch.Weights)));
                var expected = new double[actual.Length];
                int inputs = Declaration.Inputs;
                for (int s = 0; s < samples; s++)
                {
                    double weight = double.CreateChecked(batch.Weights[s]);
                    ParameterBuffer<T> gradient = network.CreateGradient();
                    var dx = new T[inputs];
                    T loss = network.Backward(batch.Inputs.AsSpan(s * inputs, inputs), batch.Targets.AsSpan(s * Declaration.Outputs, Declaration.Outputs), gradient, dx);
                    expected[0] += weight * double.CreateChecked(loss) / samples;
                    T[] canonical = gradient.Canonical();
                    for (int index = 0; index < canonical.Length; index++)
                    {
                        expected[1 + index] += weight * double.CreateChecked(canonical[index]) / samples;
                    }

                    for (int index = 0; index < inputs; index++)
                    {
                        expected[1 + canonical.Length + (s * inputs) + index] = weight * double.CreateChecked(dx[index]);
                    }
                }

                double scale = Math.Max(1, expected.Max(Math.Abs));
                Assert.All(expected.Zip(actual), pair => Assert.InRange(double.CreateChecked(pair.Second), pair.First - (tolerance * scale), pair.First + (tolerance * scale)));
            }
        }
    }

    private sealed class Masked(Declaration declaration, Form form) : Check(declaration, form)
    {
        public override void Run<T>()
        {
            // The last layer gives logits, or their softmax with the loss for it.
            var network = (IWeightedClassifier<T>)Network<T>(Declaration);
            Layer[] layers = [.. Declaration.Layers];
            bool isSoftmax = layers[^1].Activation == "Softmax";
            layers[^1] = isSoftmax ? layers[^1] with { Activation = "Identity" } : layers[^1];
            INetwork<T> logits = (INetwork<T>)Networks.Create<T>(Declaration with { Layers = layers, Loss = "None", BatchTerms = false });
            logits.Parameters.CopyFrom(network.Parameters.Canonical());
            double tolerance = typeof(T) == typeof(float) ? 2e-5 : 1e-12;
            int outputs = Declaration.Outputs;
            foreach (int samples in Counts)
            {
                Batch<T> batch = Batch<T>(samples);
                var z = new T[batch.Targets.Length];
                logits.ForwardBatch(batch.Inputs, z);
                double loss = 0;
                for (int s = 0; s < samples; s++)
                {
                    double[] legal = [.. Enumerable.Range(s * outputs, outputs).Where(place => batch.Allowed[place]).Select(place => Math.Exp(double.CreateChecked(z[place])))];
                    loss += double.CreateChecked(batch.Weights[s]) * (Math.Log(legal.Sum()) - double.CreateChecked(z[(s * outputs) + batch.Labels[s]])) / samples;
                }

                var terms = new BatchTerms<T>(batch.Weights, batch.Allowed);
                ParameterBuffer<T> gradient = network.CreateGradient();
                double actual = double.CreateChecked(network.BackwardBatch(batch.Inputs, batch.Labels, gradient, terms));
                Assert.InRange(actual, loss - (tolerance * Math.Max(1, Math.Abs(loss))), loss + (tolerance * Math.Max(1, Math.Abs(loss))));

                // A class that is never allowed has no gradient at all.
                bool[] without = [.. batch.Allowed.Select((allowed, place) => allowed && place % outputs != 0)];
                int[] others = [.. batch.Labels.Select(label => Math.Max(1, label))];
                for (int s = 0; s < samples; s++)
                {
                    without[(s * outputs) + others[s]] = true;
                }

                gradient.Clear();
                network.BackwardBatch(batch.Inputs, others, gradient, new BatchTerms<T>(batch.Weights, without));
                int last = Declaration.Layers.Count - 1;
                if (layers[^1].Activation != "LogSoftmax")
                {
                    Assert.Equal(T.Zero, gradient.Bias(last, 0));
                    Assert.All(Enumerable.Range(0, Declaration.Layers[^2].Units), input => Assert.Equal(T.Zero, gradient.Weight(last, 0, input)));
                }

                Assert.True(outputs == 2 || gradient.Bias(last, 1) != T.Zero);
            }
        }
    }

    private sealed class Bits(Declaration declaration, Form form) : Check(declaration, form)
    {
        public List<double> Hash { get; } = [];

        public override void Run<T>()
        {
            var network = (IWeightedTrainable<T>)Network<T>(Declaration);
            foreach (int samples in Counts)
            {
                Batch<T> batch = Batch<T>(samples);
                Hash.AddRange(Results(network, batch, (gradient, dx) => network.BackwardBatch(batch.Inputs, batch.Targets, gradient, dx, new BatchTerms<T>(batch.Weights, batch.Allowed))).Select(double.CreateChecked));
            }
        }
    }

    /// <summary>The loss, the gradient and dL/dx of every sample.</summary>
    private static T[] Results<T>(ITrainable<T> network, Batch<T> batch, Func<ParameterBuffer<T>, T[], T> backward)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ParameterBuffer<T> gradient = network.CreateGradient();
        var dx = new T[batch.Inputs.Length];
        T loss = backward(gradient, dx);
        return [loss, .. gradient.Canonical(), .. dx];
    }
}
