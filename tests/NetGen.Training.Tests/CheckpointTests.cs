using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using Xunit;
using static NetGen.Training.Tests.Values;

namespace NetGen.Training.Tests;

/// <summary>What NetGen writes and reads back.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Every optimizer with all its state.</summary>
    public static IReadOnlyList<Func<ParameterBuffer<float>, Optimizer<float>>> Optimizers { get; } =
    [
        parameters => new Sgd<float>(parameters, 0.1),
        parameters => new Sgd<float>(parameters, 0.1, momentum: 0.9, nesterov: true),
        parameters => new Adam<float>(parameters, 0.01),
        parameters => new Adam<float>(parameters, 0.01, amsgrad: true),
        parameters => new AdamW<float>(parameters, 0.01),
        parameters => new RmsProp<float>(parameters, 0.01, momentum: 0.5, centered: true),
        parameters => new Adagrad<float>(parameters, 0.01, learningRateDecay: 0.1),
    ];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Optimizers.Count)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Parameters_come_back_to_the_bit()
    {
        var network = new IrisNet();
        network.Initialize(1);
        Checkpoint.Save(_folder["iris"], network);
        var loaded = new IrisNet();
        Checkpoint.Load(_folder["iris"], loaded);
        Assert.Equal(network.Parameters.Canonical(), loaded.Parameters.Canonical());

        var wide = new IrisDouble();
        wide.Initialize(1);
        Checkpoint.Save(_folder["double"], wide);
        var wideLoaded = new IrisDouble();
        Checkpoint.Load(_folder["double"], wideLoaded);
        Assert.Equal(wide.Parameters.Canonical(), wideLoaded.Parameters.Canonical());

        // Double into float is rounded; float into double is exact.
        Checkpoint.Load(_folder["double"], loaded);
        Assert.Equal(Array.ConvertAll(wide.Parameters.Canonical(), value => (float)value), loaded.Parameters.Canonical());
        Checkpoint.Load(_folder["iris"], wideLoaded);
        Assert.Equal(Array.ConvertAll(network.Parameters.Canonical(), value => (double)value), wideLoaded.Parameters.Canonical());
    }

    /// <summary>The file is read here without NetGen, by the words of the format's description.</summary>
    [Fact]
    public void The_file_is_what_the_format_says()
    {
        var network = new IrisNet();
        network.Initialize(1);
        var optimizer = new Adam<float>(network.Parameters, 0.01);
        optimizer.Step(RandomBuffer(IrisNet.Layout, 1));
        Checkpoint.Save(_folder["iris"], network, optimizer);

        byte[] file = File.ReadAllBytes(_folder["iris"]);
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        Assert.Equal(0, length % 8);
        using var header = JsonDocument.Parse(Encoding.UTF8.GetString(file, 8, length));
        Assert.Equal((byte)'{', file[8]);
        JsonElement metadata = header.RootElement.GetProperty("__metadata__");
        Assert.Equal(
            ["format=pt", "netgen.learning_rate=0.01", "netgen.optimizer=adam", "netgen.step=1"],
            metadata.EnumerateObject().Select(entry => $"{entry.Name}={entry.Value.GetString()}"));

        long end = 0;
        var tensors = new Dictionary<string, (string Shape, float[] Values)>();
        foreach (JsonProperty tensor in header.RootElement.EnumerateObject().Where(property => property.Name != "__metadata__"))
        {
            Assert.Equal("F32", tensor.Value.GetProperty("dtype").GetString());
            long[] offsets = tensor.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64()).ToArray();
            Assert.Equal(end, offsets[0]);
            end = offsets[1];
            float[] values = Enumerable.Range(0, (int)(end - offsets[0]) / 4)
                .Select(index => BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(8 + length + (int)offsets[0] + 4 * index)))
                .ToArray();
            tensors.Add(tensor.Name, (tensor.Value.GetProperty("shape").GetRawText(), values));
        }

        Assert.Equal(file.Length - 8 - length, end);
        string[] names = ["layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias"];
        Assert.Equal(
            [.. names, .. names.Select(name => $"optimizer.{name}.exp_avg"), .. names.Select(name => $"optimizer.{name}.exp_avg_sq")], tensors.Keys);
        Assert.Equal(["[16,4]", "[16]", "[3,16]", "[3]"], names.Select(name => tensors[name].Shape));
        Assert.Equal(network.Parameters.Canonical(), names.SelectMany(name => tensors[name].Values));
        Assert.Equal(network.Parameters.Weight(1, 2, 5), tensors["layers.1.weight"].Values[2 * 16 + 5]);
        Assert.Equal(optimizer.States[1].Buffer.Canonical(), names.SelectMany(name => tensors[$"optimizer.{name}.exp_avg_sq"].Values));
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void A_resumed_optimizer_has_the_bits_of_one_that_never_stopped(int index)
    {
        var straight = new IrisNet();
        straight.Initialize(1);
        Optimizer<float> optimizer = Optimizers[index](straight.Parameters);
        optimizer.Schedule = new CosineSchedule(50, 5);
        for (int step = 0; step < 10; step++)
        {
            optimizer.Step(RandomBuffer(IrisNet.Layout, step));
        }

        optimizer.LearningRate = 0.05;
        Checkpoint.Save(_folder["half"], straight, optimizer);

        var resumed = new IrisNet();
        Optimizer<float> second = Optimizers[index](resumed.Parameters);
        second.Schedule = new CosineSchedule(50, 5);
        Checkpoint.Load(_folder["half"], resumed, second);
        Assert.Equal((10, 0.05), (second.StepCount, second.LearningRate));
        for (int step = 10; step < 20; step++)
        {
            optimizer.Step(RandomBuffer(IrisNet.Layout, step));
            second.Step(RandomBuffer(IrisNet.Layout, step));
        }

        Assert.Equal(straight.Parameters.AsSpan().ToArray(), resumed.Parameters.AsSpan().ToArray());
    }

    [Fact]
    public void A_file_for_something_else_changes_nothing()
    {
        var network = new IrisNet();
        network.Initialize(1);
        var adam = new Adam<float>(network.Parameters);
        adam.Step(RandomBuffer(IrisNet.Layout, 1));
        Checkpoint.Save(_folder["plain"], network);
        Checkpoint.Save(_folder["adam"], network, adam);

        void Refused(string file, Func<ParameterBuffer<float>, Optimizer<float>> create, string message)
        {
            var other = new IrisNet();
            other.Initialize(2);
            float[] before = other.Parameters.Canonical();
            Optimizer<float> optimizer = create(other.Parameters);
            InvalidDataException error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(_folder[file], other, optimizer));
            Assert.Contains(message, error.Message);
            Assert.Equal(before, other.Parameters.Canonical());
            Assert.Equal(0, optimizer.StepCount);
            Assert.All(optimizer.States, state => Assert.Equal(new float[state.Buffer.Length], state.Buffer.AsSpan().ToArray()));
        }

        Refused("plain", parameters => new Adam<float>(parameters), "its metadata has no 'netgen.optimizer'");
        Refused("adam", parameters => new AdamW<float>(parameters), "it was saved with the optimizer 'adam', expected 'adamw'");
        Refused("adam", parameters => new Adam<float>(parameters, amsgrad: true), "'optimizer.layers.0.weight.max_exp_avg_sq' is missing");
        Assert.Contains(
            "the tensor 'layers.0.weight' is F32 [16, 4], expected F64 [16, 4]",
            Assert.Throws<InvalidDataException>(() =>
            {
                var wide = new IrisDouble();
                Checkpoint.Load(_folder["adam"], wide, new Adam<double>(wide.Parameters));
            }).Message);
        Assert.Contains(
            "layer 'layers.0': file has 16×4 in 'layers.0.weight', network has 5×3; layer 'layers.0': file has 16 in 'layers.0.bias', network has 5; layer 'layers.1': ",
            Assert.Throws<InvalidDataException>(() => Checkpoint.Load(_folder["adam"], new SmallSingle())).Message);
        Assert.Throws<ArgumentException>("optimizer", () => Checkpoint.Load(_folder["adam"], new IrisNet(), adam));
        Assert.Throws<ArgumentException>("optimizer", () => Checkpoint.Save(_folder["adam"], new IrisNet(), adam));
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_neither_saved_nor_loaded()
    {
        var network = new IrisNet();
        network.Initialize(1);
        Checkpoint.Save(_folder["good"], network);
        byte[] good = File.ReadAllBytes(_folder["good"]);

        network.Parameters.Bias(1, 2) = float.NaN;
        Assert.Throws<InvalidOperationException>(() => Checkpoint.Save(_folder["good"], network));
        Assert.Equal(good, File.ReadAllBytes(_folder["good"]));

        // The last number of the file is the last bias.
        BinaryPrimitives.WriteSingleLittleEndian(good.AsSpan(good.Length - 4), float.NegativeInfinity);
        File.WriteAllBytes(_folder["bad"], good);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(_folder["bad"], new IrisNet()));
        Assert.Contains("the tensor 'layers.1.bias' has -Infinity at index 2", error.Message);

        var wide = new IrisDouble();
        wide.Parameters.Bias(0, 0) = 1e300;
        Checkpoint.Save(_folder["wide"], wide);
        error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(_folder["wide"], new IrisNet()));
        Assert.Contains("the tensor 'layers.0.bias' has 1E+300 at index 0, expected finite numbers of type Single", error.Message);
    }

    /// <summary>The square of a finite gradient need not be finite; the parameters do not show it. Such a file could never be loaded.</summary>
    [Fact]
    public void A_state_that_is_not_finite_is_not_saved()
    {
        var network = new IrisNet();
        network.Initialize(1);
        var adam = new Adam<float>(network.Parameters);
        adam.Step(RandomBuffer(IrisNet.Layout, 1));
        Checkpoint.Save(_folder["good"], network, adam);
        byte[] good = File.ReadAllBytes(_folder["good"]);

        ParameterBuffer<float> gradient = network.CreateGradient();
        gradient.Bias(1, 2) = 1e22f;
        adam.Step(gradient);
        Assert.All(network.Parameters.Canonical(), parameter => Assert.True(float.IsFinite(parameter)));
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Checkpoint.Save(_folder["good"], network, adam));
        Assert.Contains("The optimizer's 'exp_avg_sq' has a number that is NaN or infinite", error.Message);
        Assert.Equal(good, File.ReadAllBytes(_folder["good"]));
        Assert.Equal(["good"], _folder.Files);
    }

    [Fact]
    public void A_stream_does_as_well_as_a_file()
    {
        var network = new IrisNet();
        network.Initialize(1);
        using var stream = new MemoryStream();
        stream.WriteByte(1);
        Checkpoint.Save(stream, network);
        var loaded = new IrisNet();
        stream.Position = 1;
        Checkpoint.Load(stream, loaded);
        Assert.Equal(network.Parameters.Canonical(), loaded.Parameters.Canonical());
        stream.Position = 0;
        Assert.StartsWith("The stream cannot be loaded: ", Assert.Throws<InvalidDataException>(() => Checkpoint.Load(stream, loaded)).Message);
    }

    /// <summary>Weights of Keras and Flax are <c>[in][out]</c>.</summary>
    [Theory]
    [InlineData("/kernel:0", "/bias:0")]
    [InlineData("/kernel", "/bias")]
    [InlineData(".kernel", ".bias")]
    public void A_transposed_layout_is_found_by_its_names(string weight, string bias)
    {
        var network = new SmallSingle();
        network.Initialize(1);
        network.Parameters.Bias(0, 1) = 2;
        float[] expected = network.Parameters.Canonical();
        var writer = new SafetensorsWriter<float>();
        foreach ((int layer, int inputs, int units) in new[] { (0, 3, 5), (1, 5, 2) })
        {
            float[] kernel = Enumerable.Range(0, inputs * units).Select(i => network.Parameters.Weight(layer, i % units, i / units)).ToArray();
            float[] biases = Enumerable.Range(0, units).Select(unit => network.Parameters.Bias(layer, unit)).ToArray();
            writer.Add($"params.Dense_{layer}{weight}", kernel, inputs, units);
            writer.Add($"params.Dense_{layer}{bias}", biases, units);
        }

        using var stream = new MemoryStream();
        writer.Write(stream);
        foreach (string[]? names in new string[]?[] { null, ["params.Dense_0", "params.Dense_1"] })
        {
            network.Parameters.Clear();
            stream.Position = 0;
            Checkpoint.Load(stream, network, names);
            Assert.Equal(expected, network.Parameters.Canonical());
        }
    }

    /// <summary>Another program may write to it meanwhile.</summary>
    [Fact]
    public void A_file_that_becomes_shorter_while_it_is_read_is_refused()
    {
        var network = new IrisNet();
        network.Initialize(1);
        using var whole = new MemoryStream();
        Checkpoint.Save(whole, network);
        float[] before = network.Parameters.Canonical();
        foreach (int length in new[] { 0, 7, 8, 100, (int)whole.Length - 1 })
        {
            using var stream = new Shortened(whole.ToArray(), length);
            InvalidDataException error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(stream, network));
            Assert.Equal("The stream cannot be loaded: it became shorter while it was read.", error.Message);
            Assert.Equal(before, network.Parameters.Canonical());
        }
    }

    /// <summary>Names with numbers are in the order of the numbers.</summary>
    [Fact]
    public void Layer_10_comes_after_layer_2()
    {
        var network = new SmallSingle();
        network.Initialize(1);
        Checkpoint.Save(_folder["own"], network);
        string text = Encoding.Latin1.GetString(File.ReadAllBytes(_folder["own"]))
            .Replace("layers.0.", "layers.2.", StringComparison.Ordinal)
            .Replace("\"layers.1.weight\"", "\"layers.10.weight\"", StringComparison.Ordinal)
            .Replace("\"layers.1.bias\"", "\"layers.10.bias\"", StringComparison.Ordinal);
        byte[] file = Encoding.Latin1.GetBytes(text);
        BinaryPrimitives.WriteUInt64LittleEndian(file, BinaryPrimitives.ReadUInt64LittleEndian(file) + 2);
        File.WriteAllBytes(_folder["renamed"], file);
        var loaded = new SmallSingle();
        Checkpoint.Load(_folder["renamed"], loaded);
        Assert.Equal(network.Parameters.Canonical(), loaded.Parameters.Canonical());
    }

    /// <summary>
    /// Whatever happens to a file, it loads or is refused: a refused one leaves network and optimizer alone, a loaded one leaves an optimizer that
    /// works.
    /// </summary>
    [Fact]
    public void A_damaged_file_is_refused_or_harmless()
    {
        var network = new SmallSingle();
        network.Initialize(1);
        var adam = new Adam<float>(network.Parameters);
        adam.Step(RandomBuffer(SmallSingle.Layout, 1));
        Checkpoint.Save(_folder["good"], network, adam);
        byte[] good = File.ReadAllBytes(_folder["good"]);
        int header = 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(good);
        var random = new Random(1);
        int refused = 0;
        for (int round = 0; round < 3000; round++)
        {
            byte[] bad = (byte[])good.Clone();
            switch (round % 3)
            {
                case 0:
                    bad[random.Next(header)] = (byte)random.Next(256);
                    break;
                case 1:
                    Array.Resize(ref bad, random.Next(good.Length));
                    break;
                default:
                    int start = random.Next(header);
                    random.NextBytes(bad.AsSpan(start, random.Next(1, 8)));
                    break;
            }

            File.WriteAllBytes(_folder["bad"], bad);
            var target = new SmallSingle();
            target.Initialize(2);
            var optimizer = new Adam<float>(target.Parameters);
            optimizer.Step(RandomBuffer(SmallSingle.Layout, 2));
            float[] before = Everything(target, optimizer);
            try
            {
                Checkpoint.Load(_folder["bad"], target, optimizer);
                optimizer.Step(RandomBuffer(SmallSingle.Layout, 3));
                Assert.All(Everything(target, optimizer), value => Assert.True(float.IsFinite(value)));
            }
            catch (InvalidDataException)
            {
                refused++;
                Assert.Equal(before, Everything(target, optimizer));
                Assert.Equal((1, 1e-3), (optimizer.StepCount, optimizer.LearningRate));
            }
        }

        Assert.InRange(refused, 2000, 3000);
    }
    /// <summary>All elements of the parameters and the optimizer's states, padding included.</summary>
    private static float[] Everything(SmallSingle network, Optimizer<float> optimizer) =>
        [.. network.Parameters.AsSpan(), .. optimizer.States.SelectMany(state => state.Buffer.AsSpan().ToArray())];

    /// <summary>Claims a length, and ends before.</summary>
    private sealed class Shortened(byte[] content, int length) : MemoryStream(content[..length])
    {
        private readonly long _claimed = content.Length;

        public override long Length => _claimed;
    }
}
