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
    [InlineData("netgen.step", "9223372036854775807", "expected 9007199254740992 at most")]
    [InlineData("netgen.step", "9007199254740993", "expected 9007199254740992 at most")]
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

    /// <summary>A message is read by people.</summary>
    [Theory]
    [InlineData("netgen.step", "1")]
    [InlineData("netgen.learning_rate", "0.001")]
    [InlineData("netgen.optimizer", "adam")]
    public void A_long_entry_of_the_metadata_is_not_shown(string key, string value)
    {
        Save(parameters => new Adam<float>(parameters));
        Replace($"\"{key}\":\"{value}\"", $"\"{key}\":\"{new string('9', 100_000)}\"");
        Assert.EndsWith($"'{key}' in its metadata has 100000 characters, expected 100 at most.", Refused(parameters => new Adam<float>(parameters)));
    }

    /// <summary>The largest that is accepted leaves an optimizer that works, and padding that is 0.</summary>
    [Theory]
    [InlineData("netgen.step", "9007199254740991")]
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

    /// <summary>Escape sequences, new lines, and characters that turn text around: in all that a message may quote, inner exceptions included.</summary>
    [Theory]
    [InlineData("""{"NAME.weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"NAME":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""")]
    [InlineData("""{"NAME":1}""")]
    [InlineData("""{"a":{"dtype":"NAME","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"NAME":1}}""")]
    [InlineData("""{"NAME.weight":{"dtype":"F32","shape":[0,9],"data_offsets":[0,0]},"b.weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"NAME":{},"NAME":{}}""")]
    [InlineData("""{"__metadata__":{"NAME":1}}""")]
    [InlineData("""{"__metadata__":{"NAME":"","NAME":""}}""")]
    [InlineData("""{"__metadata__":{"netgen.optimizer":"NAME","netgen.step":"1","netgen.learning_rate":"1"},LAYERS}""")]
    [InlineData("""{"__metadata__":{"netgen.optimizer":"adam","netgen.step":"NAME","netgen.learning_rate":"1"},LAYERS}""")]
    [InlineData("""{"__metadata__":{"netgen.optimizer":"adam","netgen.step":"1","netgen.learning_rate":"NAME"},LAYERS}""")]
    [InlineData("""{"a":tNAMErue}""")]
    [InlineData("""{"a":NAME}""")]
    public void Text_of_the_file_in_messages_does_no_harm(string json)
    {
        const string Layers = """
            "layers.0.weight":{"dtype":"F32","shape":[5,3],"data_offsets":[0,60]},"layers.0.bias":{"dtype":"F32","shape":[5],"data_offsets":[60,80]},
            "layers.1.weight":{"dtype":"F32","shape":[2,5],"data_offsets":[80,120]},"layers.1.bias":{"dtype":"F32","shape":[2],"data_offsets":[120,128]}
            """;
        foreach (string harmful in new[] { @"\u001b[31m", @"\r\n", @"\u0000", @"\u009b", @"\u202e", @"\u2028", @"\udb40\udc41", "\u001b[2J", "\u202e", "\u0085" })
        {
            byte[] bytes = Encoding.UTF8.GetBytes(json.Replace("NAME", $"x{harmful}x", StringComparison.Ordinal).Replace("LAYERS", Layers, StringComparison.Ordinal));
            int length = json.Contains("LAYERS", StringComparison.Ordinal) ? 128 : 4;
            File.WriteAllBytes(_folder["file"], [.. BitConverter.GetBytes((long)bytes.Length), .. bytes, .. new byte[length]]);
            InvalidDataException error = Assert.Throws<InvalidDataException>(
                () => Checkpoint.Load(_folder["file"], _network, new Adam<float>(_network.Parameters)));
            Check(error);
            Check(Record.Exception(() => Checkpoint.Load(_folder["file"], _network)));
            Check(Record.Exception(() => Checkpoint.Load(_folder["file"], _network, ["a", "b"])));
        }

        static void Check(Exception? error)
        {
            string messages = "";
            for (; error is not null; error = error.InnerException)
            {
                messages += error.Message;
            }

            Assert.DoesNotContain(messages.EnumerateRunes(), rune => System.Text.Rune.GetUnicodeCategory(rune)
                is System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
                or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator);
        }
    }

    /// <summary>A header is read as a whole, 16 MiB at most; beyond that it can ask for little.</summary>
    [Theory]
    [InlineData("shape")]
    [InlineData("offsets")]
    [InlineData("number")]
    [InlineData("tensors")]
    [InlineData("metadata")]
    [InlineData("tensor name")]
    [InlineData("property")]
    [InlineData("dtype")]
    [InlineData("metadata key")]
    public void A_large_header_asks_for_little_memory(string what)
    {
        const int Length = 16 << 20;
        const string Tensor = """{"dtype":"U8","shape":[],"data_offsets":[0,1]}""";
        const string Empty = """{"dtype":"U8","shape":[0],"data_offsets":[0,0]}""";
        string name = new('x', Length - 1000);
        string json = what switch
        {
            "shape" => """{"a":{"dtype":"U8","shape":[1""" + Repeat(",1", Length - 1000) + """],"data_offsets":[0,1]}}""",
            "offsets" => """{"a":{"dtype":"U8","shape":[],"data_offsets":[0""" + Repeat(",1", Length - 1000) + "]}}",
            "number" => """{"a":{"dtype":"U8","shape":[""" + new string('1', Length - 1000) + """],"data_offsets":[0,1]}}""",
            "tensors" => "{" + Numbered(index => $"\"{index}\":{Empty}") + "}",
            "metadata" => """{"__metadata__":{""" + Numbered(index => $"\"{index}\":\"\"") + "}}",
            "tensor name" => $"{{\"{name}\":{Tensor}}}",
            "property" => $"{{\"a\":{{\"{name}\":1}}}}",
            "dtype" => $"{{\"a\":{{\"dtype\":\"{name}\"}}}}",
            _ => $"{{\"__metadata__\":{{\"{name}\":1}}}}",
        };
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        Assert.InRange(bytes.Length, 3_000_000, Length);
        using var stream = new MemoryStream();
        stream.Write(BitConverter.GetBytes((long)bytes.Length));
        stream.Write(bytes);
        stream.WriteByte(0);

        stream.Position = 0;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(stream, _network));
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.InRange(allocated - bytes.Length, 0, 10_000_000);
        Assert.InRange(error.Message.Length, 20, 500);
    }

    private static string Repeat(string text, int length) => new StringBuilder().Insert(0, text, length / text.Length).ToString();

    private static string Numbered(Func<int, string> entry) => string.Join(',', Enumerable.Range(0, 290_000).Select(entry));

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
