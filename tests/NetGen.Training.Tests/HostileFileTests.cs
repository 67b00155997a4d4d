using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;
using static NetGen.Training.Tests.Values;

namespace NetGen.Training.Tests;

/// <summary>Files that are valid but made to do harm: with numbers that no optimizer can have, or with headers that ask for memory.</summary>
public sealed class HostileFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SmallSingle _network = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("netgen.step", "9223372036854775807", "expected 4611686018427387904 at most")]
    [InlineData("netgen.step", "4611686018427387905", "expected 4611686018427387904 at most")]
    [InlineData("netgen.step", "-1", "expected a whole number of 0 or more")]
    [InlineData("netgen.learning_rate", "1e300", "expected a number from 0 to 1E+18")]
    [InlineData("netgen.learning_rate", "1.1e18", "expected a number from 0 to 1E+18")]
    [InlineData("netgen.learning_rate", "-0.1", "expected a number from 0 to 1E+18")]
    [InlineData("netgen.learning_rate", "NaN", "expected a finite number")]
    public void Metadata_that_no_optimizer_has_is_refused(string key, string value, string message)
    {
        Save(parameters => new Adam<float>(parameters));
        Replace($"\"{key}\":\"{(key == "netgen.step" ? "1" : "0.001")}\"", $"\"{key}\":\"{value}\"");
        Assert.Contains($"'{key}' in its metadata is ", Refused(parameters => new Adam<float>(parameters)));
        Assert.Contains(message, Refused(parameters => new Adam<float>(parameters)));
    }

    /// <summary>The largest that is accepted leaves an optimizer that works, and padding that is 0.</summary>
    [Theory]
    [InlineData("netgen.step", "4611686018427387904")]
    [InlineData("netgen.learning_rate", "1e18")]
    public void Metadata_at_the_limit_does_no_harm(string key, string value)
    {
        Save(parameters => new Adam<float>(parameters));
        Replace($"\"{key}\":\"{(key == "netgen.step" ? "1" : "0.001")}\"", $"\"{key}\":\"{value}\"");
        var network = new SmallSingle();
        var optimizer = new Adam<float>(network.Parameters);
        Checkpoint.Load(_folder["file"], network, optimizer);
        optimizer.Step(RandomBuffer(SmallSingle.Layout, 2));
        Assert.All(network.Parameters.Canonical(), parameter => Assert.True(float.IsFinite(parameter)));
        Assert.All(network.Parameters.Padding(), padding => Assert.Equal(0, padding));
    }

    /// <summary>The root of a negative number is NaN.</summary>
    [Theory]
    [InlineData("exp_avg_sq")]
    [InlineData("max_exp_avg_sq")]
    [InlineData("square_avg")]
    [InlineData("sum")]
    public void A_negative_sum_of_squares_is_refused(string state)
    {
        Func<ParameterBuffer<float>, Optimizer<float>> create = state switch
        {
            "square_avg" => parameters => new RmsProp<float>(parameters),
            "sum" => parameters => new Adagrad<float>(parameters),
            _ => parameters => new Adam<float>(parameters, amsgrad: true),
        };
        Optimizer<float> optimizer = Save(create, other => other.States.Single(each => each.Name == state).Buffer.Bias(0, 3) = -1e-30f);
        Assert.Contains(
            $"the tensor 'optimizer.layers.0.bias.{state}' has a negative number, expected means or sums of squares", Refused(create));

        // Zero of either sign is what an untrained parameter has.
        optimizer.States.Single(each => each.Name == state).Buffer.Bias(0, 3) = -0f;
        Checkpoint.Save(_folder["file"], _network, optimizer);
        Checkpoint.Load(_folder["file"], _network, optimizer);
    }

    private Optimizer<float> Save(Func<ParameterBuffer<float>, Optimizer<float>> create, Action<Optimizer<float>>? change = null)
    {
        Optimizer<float> optimizer = create(_network.Parameters);
        optimizer.Step(RandomBuffer(SmallSingle.Layout, 1));
        change?.Invoke(optimizer);
        Checkpoint.Save(_folder["file"], _network, optimizer);
        return optimizer;
    }

    /// <summary>Replaces a text in the header.</summary>
    private void Replace(string from, string to)
    {
        byte[] file = File.ReadAllBytes(_folder["file"]);
        string text = Encoding.Latin1.GetString(file);
        Assert.Contains(from, text);
        byte[] changed = Encoding.Latin1.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
        BinaryPrimitives.WriteInt64LittleEndian(changed, BinaryPrimitives.ReadInt64LittleEndian(file) + to.Length - from.Length);
        File.WriteAllBytes(_folder["file"], changed);
    }

    /// <returns>The message.</returns>
    private string Refused(Func<ParameterBuffer<float>, Optimizer<float>> create)
    {
        var network = new SmallSingle();
        network.Initialize(7);
        float[] before = network.Parameters.Canonical();
        Optimizer<float> optimizer = create(network.Parameters);
        double learningRate = optimizer.LearningRate;
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(_folder["file"], network, optimizer));
        Assert.Equal(before, network.Parameters.Canonical());
        Assert.Equal((0L, learningRate), (optimizer.StepCount, optimizer.LearningRate));
        Assert.All(optimizer.States, state => Assert.Equal(new float[state.Buffer.Length], state.Buffer.AsSpan().ToArray()));
        return error.Message;
    }
}
