using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using NetGen.TestKit;
using Xunit;
using static NetGen.Training.Tests.Values;

namespace NetGen.Training.Tests;

/// <summary>The optimizers against PyTorch: 14 settings, 50 steps each, and what a step promises besides its numbers.</summary>
public sealed class OptimizerTests
{
    private static readonly Dictionary<string, GoldenCase> Cases = Golden.Cases("optimizers").ToDictionary(golden => golden.Name);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Fact]
    public void All_settings_are_here() => Assert.Equal(14, Cases.Count);

    [Theory]
    [MemberData(nameof(Names))]
    public void Double_steps_like_PyTorch(string name) => Check(Cases[name], new SmallDouble(), 1e-9);

    [Theory]
    [MemberData(nameof(Names))]
    public void Single_steps_like_PyTorch(string name) =>
        Check(Cases[name], new SmallSingle(), Math.Max(1e-4, 10 * Cases[name].TrainingError));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_allocates_nothing(string name)
    {
        var network = new SmallSingle();
        network.Initialize(1);
        Optimizer<float> optimizer = Create(Settings(Cases[name]), network.Parameters);
        optimizer.ClipNorm = 1;
        optimizer.Schedule = new CosineSchedule(1000, 10);
        ParameterBuffer<float> gradient = RandomBuffer(SmallSingle.Layout, 2);
        optimizer.Step(gradient);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < 10; step++)
        {
            optimizer.Step(gradient);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>What is not trained stays whatever a step does to the rest: its gradient is 0, but weights decay.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_not_trained_stays(string name)
    {
        ParameterBlock Block(string block, int element, int units, bool isTrained) => new(block, 0, ParameterRole.Weight, [units], element, 0, 1, 0, 1, isTrained);
        ParameterBlock matrix = new("matrix", 0, ParameterRole.Weight, [2, 3], 20, 4, 1, 0, 1, isTrained: false);
        var layout = new ParameterLayout(
            32, [new LayerLayout(3, 3, -1)], Block("first", 0, 3, isTrained: false), Block("second", 4, 7, isTrained: true), Block("third", 12, 5, isTrained: false), matrix);
        var parameters = new ParameterBuffer<double>(layout);
        parameters.Initialize(1);
        Optimizer<double> optimizer = Create(Settings(Cases[name]), parameters);
        var gradient = new ParameterBuffer<double>(layout);
        for (int step = 0; step < 3; step++)
        {
            gradient.AsSpan().Slice(4, 7).Fill(step + 1);
            optimizer.Step(gradient);
        }

        double[] values = new double[layout.ParameterCount];
        parameters.CopyTo(values);
        Assert.All(values.Select((value, index) => (value, index)), parameter => Assert.Equal(parameter.index is < 3 or >= 10, parameter.value == 1));
    }

    /// <summary>A loop over vectors and its remainder must not notice how the elements are cut, nor touch what lies between them.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Ranges_have_the_bits_of_the_whole_and_padding_stays_zero(string name)
    {
        SmallSingle[] networks = [new(), new()];
        Optimizer<float>[] optimizers = Array.ConvertAll(networks, network =>
        {
            network.Initialize(5);
            return Create(Settings(Cases[name]), network.Parameters);
        });
        int length = SmallSingle.Layout.Length;
        for (int step = 0; step < 5; step++)
        {
            ParameterBuffer<float> gradient = RandomBuffer(SmallSingle.Layout, step);
            optimizers[0].Step(gradient);
            Assert.True(optimizers[1].TryBegin(gradient, out Update update));
            optimizers[1].Apply(update, gradient, 3..7);
            optimizers[1].Apply(update, gradient, ..3);
            optimizers[1].Apply(update, gradient, 20..length);
            optimizers[1].Apply(update, gradient, 7..20);
            optimizers[1].StepCount++;
            Assert.Equal(networks[0].Parameters.AsSpan().ToArray(), networks[1].Parameters.AsSpan().ToArray());
        }

        Assert.NotEmpty(networks[0].Parameters.Padding());
        Assert.All(networks[0].Parameters.Padding(), element => Assert.Equal(0, element));
        Assert.All(optimizers[0].States, state => Assert.All(state.Buffer.Padding(), element => Assert.Equal(0, element)));
        Assert.All(optimizers[0].States, state => Assert.NotEqual(new float[state.Buffer.Length], state.Buffer.AsSpan().ToArray()));
    }

    [Fact]
    public void Reset_starts_anew()
    {
        var network = new SmallSingle();
        network.Initialize(1);
        float[] start = network.Parameters.Canonical();
        var optimizer = new Adam<float>(network.Parameters);
        ParameterBuffer<float> gradient = RandomBuffer(SmallSingle.Layout, 3);
        optimizer.Step(gradient);
        float[] once = network.Parameters.Canonical();
        optimizer.Step(gradient);

        network.Parameters.CopyFrom(start);
        optimizer.Reset();
        optimizer.Step(gradient);

        Assert.Equal(once, network.Parameters.Canonical());
        Assert.Equal(1, optimizer.StepCount);
    }

    /// <summary>A variance that rounding makes negative is no variance.</summary>
    [Fact]
    public void Centered_RmsProp_survives_a_constant_gradient()
    {
        var network = new SmallSingle();
        var optimizer = new RmsProp<float>(network.Parameters, learningRate: 1e-6, alpha: 0.9, centered: true);
        var gradient = new ParameterBuffer<float>(SmallSingle.Layout);
        gradient.CopyFrom(Enumerable.Range(0, SmallSingle.ParameterCount).Select(i => 0.1f + 0.013f * i).ToArray());
        for (int step = 0; step < 400; step++)
        {
            optimizer.Step(gradient);
        }

        Assert.All(network.Parameters.Canonical(), parameter => Assert.True(float.IsFinite(parameter)));
    }

    [Theory]
    [InlineData(float.NaN, null)]
    [InlineData(float.PositiveInfinity, null)]
    [InlineData(float.NegativeInfinity, 1.0)]
    [InlineData(float.NaN, 1.0)]
    public void A_gradient_that_is_not_finite_changes_nothing(float poison, double? clipNorm)
    {
        var network = new SmallSingle();
        network.Initialize(1);
        float[] before = network.Parameters.Canonical();
        foreach (int layer in new[] { 0, 1 })
        {
            var optimizer = new Adam<float>(network.Parameters) { ClipNorm = clipNorm };
            ParameterBuffer<float> gradient = RandomBuffer(SmallSingle.Layout, 3);
            gradient.Bias(layer, 1) = poison;

            Assert.Throws<ArithmeticException>(() => optimizer.Step(gradient));
            Assert.Equal(before, network.Parameters.Canonical());
            Assert.Equal(0, optimizer.StepCount);
            Assert.All(optimizer.States, state => Assert.Equal(new float[state.Buffer.Length], state.Buffer.AsSpan().ToArray()));
        }
    }

    [Fact]
    public void Bad_settings_are_named()
    {
        ParameterBuffer<float> parameters = new SmallSingle().Parameters;
        Assert.Throws<ArgumentNullException>("parameters", () => new Sgd<float>(null!, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>("learningRate", () => new Sgd<float>(parameters, -0.1));
        Assert.Throws<ArgumentOutOfRangeException>("learningRate", () => new Adam<float>(parameters, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("momentum", () => new Sgd<float>(parameters, 0.1, momentum: 1));
        Assert.Throws<ArgumentException>("nesterov", () => new Sgd<float>(parameters, 0.1, nesterov: true));
        Assert.Throws<ArgumentException>("nesterov", () => new Sgd<float>(parameters, 0.1, momentum: 0.9, dampening: 0.1, nesterov: true));
        Assert.Throws<ArgumentOutOfRangeException>("beta2", () => new AdamW<float>(parameters, beta2: 1));
        Assert.Throws<ArgumentOutOfRangeException>("weightDecay", () => new RmsProp<float>(parameters, weightDecay: -1));
        Assert.Throws<ArgumentOutOfRangeException>("epsilon", () => new Adagrad<float>(parameters, epsilon: 0));

        // Not 0 in double, but 0 in float.
        Assert.Throws<ArgumentOutOfRangeException>("epsilon", () => new Adam<float>(parameters, epsilon: 1e-50));
        Assert.Equal(1e-50, new Adam<double>(new SmallDouble().Parameters, epsilon: 1e-50).Epsilon);

        // Infinite in float, or as a step size of Adam's: the padding would become NaN.
        Assert.Throws<ArgumentOutOfRangeException>("learningRate", () => new Adam<float>(parameters, 1e39));
        Assert.Throws<ArgumentOutOfRangeException>("learningRate", () => new Adam<float>(parameters, 3e38));
        Assert.Throws<ArgumentOutOfRangeException>("weightDecay", () => new Sgd<float>(parameters, 0.1, weightDecay: 1e39));
        Assert.Throws<ArgumentOutOfRangeException>("Schedule", () => new Sgd<float>(parameters, 1e18) { Schedule = new Doubling() }.CurrentLearningRate);

        var optimizer = new Sgd<float>(parameters, 0.1) { ClipNorm = 1 };
        Assert.Throws<ArgumentOutOfRangeException>("value", () => optimizer.LearningRate = 1e39);
        Assert.Throws<InvalidOperationException>(() => optimizer.ClipValue = 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.ClipNorm = 0);
        Assert.Throws<ArgumentNullException>(() => optimizer.Schedule = null!);
        Assert.Throws<ArgumentException>("gradient", () => optimizer.Step(new IrisNet().CreateGradient()));
    }

    internal static void Check<T>(GoldenCase golden, ITrainable<T> network, double tolerance, Action<Optimizer<T>>? change = null)
        where T : unmanaged, INumber<T>
    {
        network.Parameters.CopyFrom(To<T>(golden.Parameters));
        T[] inputs = To<T>(golden.Inputs);
        T[] targets = To<T>(golden.Targets);
        Optimizer<T> optimizer = Create(Settings(golden), network.Parameters);
        change?.Invoke(optimizer);
        ParameterBuffer<T> gradient = network.CreateGradient();
        JsonElement after = golden.Json.GetProperty("training")[0].GetProperty("parameters_after");
        int compared = 0;
        for (int step = 1; step <= 50; step++)
        {
            gradient.Clear();
            network.BackwardBatch(inputs, targets, gradient);
            optimizer.Step(gradient);
            if (after.TryGetProperty($"{step}", out JsonElement snapshot))
            {
                AssertClose(Golden.Parameters(snapshot.GetProperty("float64")), network.Parameters.Canonical(), tolerance, $"after {step} steps");
                compared++;
            }
        }

        Assert.Equal(4, compared);
        Assert.Equal(50, optimizer.StepCount);
    }

    private static JsonElement Settings(GoldenCase golden) => golden.Json.GetProperty("training")[0].GetProperty("optimizer");

    private static Optimizer<T> Create<T>(JsonElement settings, ParameterBuffer<T> parameters)
        where T : unmanaged
    {
        double Number(string name) => settings.GetProperty(name).GetDouble();
        bool Flag(string name) => settings.GetProperty(name).GetBoolean();
        return settings.GetProperty("name").GetString() switch
        {
            "sgd" => new Sgd<T>(
                parameters, Number("lr"), Number("momentum"), Number("dampening"), Number("weight_decay"), Flag("nesterov")),
            "adam" => new Adam<T>(
                parameters, Number("lr"), Number("beta1"), Number("beta2"), Number("eps"), Number("weight_decay"), Flag("amsgrad")),
            "adamw" => new AdamW<T>(
                parameters, Number("lr"), Number("beta1"), Number("beta2"), Number("eps"), Number("weight_decay"), Flag("amsgrad")),
            "rmsprop" => new RmsProp<T>(
                parameters, Number("lr"), Number("alpha"), Number("eps"), Number("weight_decay"), Number("momentum"), Flag("centered")),
            "adagrad" => new Adagrad<T>(parameters, Number("lr"), Number("lr_decay"), Number("weight_decay"), Number("eps")),
            var other => throw new NotSupportedException(other),
        };
    }

    private sealed class Doubling : LearningRateSchedule
    {
        public override double Factor(long step) => 2;
    }
}
