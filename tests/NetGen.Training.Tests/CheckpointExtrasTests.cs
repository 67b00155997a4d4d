using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using Xunit;
using static NetGen.Training.Tests.Trainings;

namespace NetGen.Training.Tests;

/// <summary>What a program keeps in a checkpoint beside its network.</summary>
public sealed class CheckpointExtrasTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IrisNet _network = new();

    public CheckpointExtrasTests()
    {
        _network.Initialize(1);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void They_come_back_and_loading_passes_over_them()
    {
        CheckpointExtras extras = Some();
        Checkpoint.Save(_folder["net"], _network, extras);
        AssertSome(Checkpoint.ReadExtras(_folder["net"]));
        using (var stream = new ForwardStream(File.ReadAllBytes(_folder["net"]), 9))
        {
            AssertSome(Checkpoint.ReadExtras(stream));
        }

        var loaded = new IrisNet();
        Checkpoint.Load(_folder["net"], loaded);
        Assert.Equal(_network.Parameters.Canonical(), loaded.Parameters.Canonical());

        using var written = new MemoryStream();
        Checkpoint.Save(written, _network, extras);
        Assert.Equal(File.ReadAllBytes(_folder["net"]), written.ToArray());

        // Without names of layers, 'extra.weight' could be taken for one.
        extras.Names = null;
        Checkpoint.Save(_folder["net"], _network, extras);
        loaded.Parameters.Clear();
        Checkpoint.Load(_folder["net"], loaded);
        Assert.Equal(_network.Parameters.Canonical(), loaded.Parameters.Canonical());
    }

    /// <summary>Read here without NetGen: the names, types and shapes in the header.</summary>
    [Fact]
    public void Names_in_the_file_have_a_prefix()
    {
        Checkpoint.Save(_folder["net"], _network, Some());
        byte[] file = File.ReadAllBytes(_folder["net"]);
        int length = (int)BitConverter.ToInt64(file);
        Assert.Equal(0, length % 8);
        using var header = JsonDocument.Parse(Encoding.UTF8.GetString(file, 8, length));
        string[] tensors = header.RootElement.EnumerateObject().Skip(1)
            .Select(tensor => $"{tensor.Name} {tensor.Value.GetProperty("dtype")} {tensor.Value.GetProperty("shape").GetRawText()}").ToArray();
        Assert.Equal(
            [
                "trunk.0.weight F32 [16,4]", "trunk.0.bias F32 [16]", "head.weight F32 [3,16]", "head.bias F32 [3]",
                "extra.\"网络\\\n F32 [1]", "extra.deviation F64 [4]", "extra.mean F32 [2,2]", "extra.none F32 [0]", "extra.weight F64 [1]",
            ],
            tensors);
        Assert.Equal(
            ["extra.classes=setosa\nversicolor\t\"virginica\"\\ é", "extra.empty=", "format=pt", "netgen.layer.0=trunk.0", "netgen.layer.1=head"],
            header.RootElement.GetProperty("__metadata__").EnumerateObject().Select(entry => $"{entry.Name}={entry.Value.GetString()}"));
    }

    [Fact]
    public void A_file_without_extras_has_none()
    {
        Checkpoint.Save(_folder["net"], _network);
        CheckpointExtras extras = Checkpoint.ReadExtras(_folder["net"]);
        Assert.Null(extras.Names);
        Assert.Empty(extras.Tensors);
        Assert.Empty(extras.Metadata);
    }

    /// <summary>The optimizer's state keeps its names; everything loads without the names of the layers, whatever these say about an order.</summary>
    [Fact]
    public void Named_layers_load_with_their_optimizer()
    {
        var network = new ThreeLayers();
        network.Initialize(1);
        var adam = new Adam<float>(network.Parameters);
        adam.Step(Values.RandomBuffer(ThreeLayers.Layout, 1));
        Checkpoint.Save(_folder["net"], network, adam, new CheckpointExtras { Names = ["input", "hidden", "action"] });
        var loaded = new ThreeLayers();
        Checkpoint.Load(_folder["net"], loaded);
        Assert.Equal(network.Parameters.Canonical(), loaded.Parameters.Canonical());
        loaded.Parameters.Clear();
        var second = new Adam<float>(loaded.Parameters);
        Checkpoint.Load(_folder["net"], loaded, second);
        Assert.Equal(network.Parameters.Canonical(), loaded.Parameters.Canonical());
        Assert.Equal(adam.States[1].Buffer.Canonical(), second.States[1].Buffer.Canonical());

        // A network with another number of layers.
        foreach (Action load in new Action[] { () => Checkpoint.Load(_folder["net"], _network), () => Checkpoint.Load(_folder["net"], _network, new Adam<float>(_network.Parameters)) })
        {
            Assert.Contains("file has names of 3 layers (input, hidden, action), network has 2 layers", Assert.Throws<InvalidDataException>(load).Message);
        }
    }

    [Fact]
    public void A_trainer_keeps_them()
    {
        using Trainer<float> first = Trainer(Network());
        first.Extras = Some();
        first.Fit(2);
        first.Save(_folder["one"]);

        IrisNet network = Network(2);
        using Trainer<float> second = Trainer(network);
        second.Load(_folder["one"]);
        AssertSome(second.Extras!);
        second.Fit(3);
        second.Save(_folder["two"]);
        AssertSome(Checkpoint.ReadExtras(_folder["two"]));
        var loaded = new IrisNet();
        Checkpoint.Load(_folder["two"], loaded);
        Assert.Equal(network.Parameters.Canonical(), loaded.Parameters.Canonical());

        // A file without any leaves those that are there.
        first.Extras = null;
        first.Save(_folder["three"]);
        second.Load(_folder["three"]);
        AssertSome(second.Extras!);

        // Nothing is half loaded: extras that are wrong leave the trainer as it is.
        byte[] file = File.ReadAllBytes(_folder["one"]);
        file.AsSpan(file.Length - 4).Fill(0xFF);
        File.WriteAllBytes(_folder["bad"], file);
        float[] before = network.Parameters.Canonical();
        Assert.Throws<InvalidDataException>(() => second.Load(_folder["bad"]));
        Assert.Equal(before, network.Parameters.Canonical());
    }

    [Fact]
    public void Whatever_could_not_be_read_is_not_written()
    {
        File.WriteAllText(_folder["net"], "old");
        Refused("There are 257 tensors beside the network, allowed are 256", extras => Add(257, index => extras.Tensors[$"{index}"] = new float[1]));
        Refused("There are 257 texts beside the network, allowed are 256", extras => Add(257, index => extras.Metadata[$"{index}"] = ""));
        Refused("The tensors beside the network have more than 16777216 numbers", extras => extras.Tensors["a"] = new float[(1 << 24) + 1]);
        Refused("The texts beside the network have 1048577 characters, allowed are 1048576", extras => extras.Metadata["a"] = new string('x', (1 << 20) + 1));
        Refused("A name is empty", extras => extras.Tensors[""] = new float[1]);
        Refused("A name is empty", extras => extras.Metadata[""] = "x");
        Refused("A name has 902 bytes in a header, allowed are 900", extras => extras.Tensors[new string('é', 451)] = new float[1]);
        Refused("A name has 906 bytes in a header, allowed are 900", extras => extras.Metadata[new string('\n', 151)] = "");
        Refused("A name has half of a surrogate pair", extras => extras.Tensors["\ud800"] = new float[1]);
        Refused("The text 'a' has half of a surrogate pair", extras => extras.Metadata["a"] = "\udc00");
        Refused("The tensor 'a' is null", extras => extras.Tensors["a"] = null!);
        Refused("The text 'a' is null", extras => extras.Metadata["a"] = null!);
        Refused("Expected the names of 2 layers, given 1", extras => extras.Names = ["a"]);
        Refused("The name of a layer is null", extras => extras.Names = ["a", null!]);
        Refused("A name is empty", extras => extras.Names = ["a", ""]);
        Refused("Layers 0 and 1 have the same name 'a'", extras => extras.Names = ["a", "a"]);
        Refused("The numbers in 'net.10' and 'net.2' say another order of the layers", extras => extras.Names = ["net.10", "net.2"]);
        foreach (string name in new[] { "extra.a", "optimizer.layers.0", "trainer.layers.0", "__metadata__" })
        {
            Refused($"'{name}' cannot be the name of a layer: what begins like that is something else in a checkpoint", extras => extras.Names = ["a", name]);
        }

        void Refused(string message, Action<CheckpointExtras> change)
        {
            var extras = new CheckpointExtras();
            change(extras);
            ArgumentException error = Assert.Throws<ArgumentException>("extras", () => Checkpoint.Save(_folder["net"], _network, extras));
            Assert.StartsWith(message + ". Nothing has been written.", error.Message);
            Assert.Equal("old", File.ReadAllText(_folder["net"]));
            Assert.Equal(["net"], _folder.Files);
        }

        static void Add(int count, Action<int> add)
        {
            for (int index = 0; index < count; index++)
            {
                add(index);
            }
        }
    }

    /// <summary>What is written at the limits is read; one more is not, whoever wrote it.</summary>
    [Fact]
    public void Files_are_read_under_the_same_limits()
    {
        var most = new CheckpointExtras();
        for (int index = 0; index < 256; index++)
        {
            most.Tensors[new string('x', 897) + $"{index:000}"] = new double[index];
            most.Metadata[new string('"', 448) + $"{index:000}"] = new string('\u0001', 4096);
        }

        Checkpoint.Save(_folder["net"], _network, most);
        CheckpointExtras read = Checkpoint.ReadExtras(_folder["net"]);
        Assert.Equal((256, 256), (read.Tensors.Count, read.Metadata.Count));
        Assert.All(read.Metadata.Values, text => Assert.Equal(4096, text.Length));

        Refused("there are 257 tensors beside the network, allowed are 256", writer => Add(writer, index => writer.Add($"extra.{index}", new float[1], 1)));
        Refused("there are 257 texts beside the network, allowed are 256", writer => Add(writer, index => writer.AddMetadata($"extra.{index}", "")));
        Refused("the texts beside the network have 1048577 characters, allowed are 1048576", writer => writer.AddMetadata("extra.a", new string('x', (1 << 20) + 1)));
        Refused("a name is empty", writer => writer.Add("extra.", new float[1], 1));
        Refused("'netgen.layer.0' in its metadata has 1001 characters, expected 1000 at most", writer => writer.AddMetadata("netgen.layer.0", new string('x', 1001)));
        Refused("in its metadata layers 0 and 2 have the same name 'a'", writer => Array.ForEach([0, 1, 2], index => writer.AddMetadata($"netgen.layer.{index}", index == 1 ? "b" : "a")));
        Refused("the tensor 'extra.a' is F32 [0, 2147483648], expected F32, F64, F16 or BF16 and dimensions below 2³¹", writer => writer.Add("extra.a", Array.Empty<float>(), 0, 1L << 31));
        Refused("the tensor 'extra.a' has NaN at index 0, expected finite numbers of type Single", writer => writer.Add("extra.a", new[] { float.NaN }, 1));

        void Refused(string message, Action<SafetensorsWriter<float>> write)
        {
            var writer = new SafetensorsWriter<float>();
            write(writer);
            using (FileStream stream = File.Create(_folder["bad"]))
            {
                writer.Write(stream);
            }

            InvalidDataException error = Assert.Throws<InvalidDataException>(() => Checkpoint.ReadExtras(_folder["bad"]));
            Assert.Equal($"'{_folder["bad"]}' cannot be loaded: {message}.", error.Message);
        }

        static void Add(SafetensorsWriter<float> writer, Action<int> add)
        {
            for (int index = 0; index < 257; index++)
            {
                add(index);
            }
        }
    }

    /// <summary>A sparse file costs nobody anything on a disk.</summary>
    [Fact]
    public void A_huge_tensor_takes_no_memory()
    {
        const long Length = 1L << 32;
        byte[] json = Encoding.UTF8.GetBytes($$$"""{"extra.a":{"dtype":"F32","shape":[{{{Length / 4}}}],"data_offsets":[0,{{{Length}}}]}}""");
        using (FileStream stream = File.Create(_folder["net"]))
        {
            stream.Write([.. BitConverter.GetBytes((long)json.Length), .. json]);
            stream.SetLength(8 + json.Length + Length);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Checkpoint.ReadExtras(_folder["net"]));
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.EndsWith("the tensors beside the network have more than 16777216 numbers.", error.Message);
        Assert.InRange(allocated, 0, 1_000_000);
    }

    [Fact]
    public void A_tensor_has_a_shape_and_finite_numbers()
    {
        float[] values = [1, 2, 3, 4, 5, 6];
        var tensor = new CheckpointTensor(values, 2, 3);
        values[0] = 9;
        tensor.ToSingles()[1] = 9;
        tensor.ToDoubles()[1] = 9;
        Assert.Equal([1, 2, 3, 4, 5, 6], tensor.ToSingles());
        Assert.Equal([1, 2, 3, 4, 5, 6], tensor.ToDoubles());
        Assert.Equal((true, 6), (tensor.IsSingle, tensor.Count));
        Assert.Equal([0.1f], new CheckpointTensor(new[] { 0.1 }).ToSingles());
        Assert.Throws<OverflowException>(() => new CheckpointTensor(new[] { 1e300 }).ToSingles());
        Assert.Throws<ArgumentException>("shape", () => new CheckpointTensor(values, 2, 2));
        Assert.Throws<ArgumentException>("shape", () => new CheckpointTensor(values, -2, -3));
        Assert.Throws<ArgumentException>("shape", () => new CheckpointTensor(values, 1, 1, 1, 1, 1, 1, 1, 1, 6));
        Assert.Throws<ArgumentException>("shape", () => new CheckpointTensor(Array.Empty<float>(), 65536, 65536));
        Assert.Throws<ArgumentException>("values", () => new CheckpointTensor(new[] { float.NaN }));
        Assert.Throws<ArgumentException>("values", () => new CheckpointTensor(new[] { double.PositiveInfinity }));
    }

    private static CheckpointExtras Some() => new()
    {
        Names = ["trunk.0", "head"],
        Tensors =
        {
            ["mean"] = new CheckpointTensor(new float[] { 1, 2, 3, 4 }, 2, 2),
            ["deviation"] = new[] { 0.1, 0.2, 0.3, 1e300 },
            ["none"] = Array.Empty<float>(),
            ["weight"] = new[] { 1.0 },
            ["\"网络\\\n"] = new[] { float.Epsilon },
        },
        Metadata = { ["classes"] = "setosa\nversicolor\t\"virginica\"\\ é", ["empty"] = "" },
    };

    private static void AssertSome(CheckpointExtras extras)
    {
        CheckpointExtras expected = Some();
        Assert.Equal(expected.Names, extras.Names);
        Assert.Equal(expected.Metadata.OrderBy(entry => entry.Key), extras.Metadata.OrderBy(entry => entry.Key));
        Assert.Equal(expected.Tensors.Keys.Order(), extras.Tensors.Keys.Order());
        foreach ((string name, CheckpointTensor tensor) in expected.Tensors)
        {
            Assert.Equal(tensor.Shape, extras.Tensors[name].Shape);
            Assert.Equal(tensor.IsSingle, extras.Tensors[name].IsSingle);
            Assert.Equal(tensor.ToDoubles(), extras.Tensors[name].ToDoubles());
        }
    }
}
