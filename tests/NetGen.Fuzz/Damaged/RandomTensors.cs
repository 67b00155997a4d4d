using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using NetGen.Models;
using NetGen.Models.Safetensors;
using NetGen.Training;

namespace NetGen.Fuzz.Damaged;

/// <summary>
/// Files of tensors for random networks, each made from a seed and a number. What NetGen saved loads to the same bits, in whatever order the file has it and in whichever library's words; any other file is
/// loaded or refused, by <see cref="Checkpoint"/> and <see cref="ModelFile"/> alike, quickly and with little memory.
/// </summary>
/// <param name="seed">Makes the cases.</param>
/// <param name="mostTime">How long a case may take.</param>
internal sealed class RandomTensors(int seed, TimeSpan mostTime) : FileCases(mostTime, MostMemory)
{
    private const long MostMemory = 16 << 20;
    private const int MostChanges = 4;

    /// <summary>What stands behind the name of a layer.</summary>
    private static readonly string[] Ends = [".weight", ".bias", ".kernel", "/kernel:0", "/bias:0", "/vars/0", "/vars/1", ".gamma", "/beta", ".scale", ".value", ".mean", ".variance", "", ".running_mean", "\\vars\\0", ":0"];

    private static readonly string[] Types = ["F32", "F32", "F32", "F64", "F16", "BF16", "I64", "BOOL"];

    /// <inheritdoc/>
    public override string? Check(int number) => Measured(() => Problem(new Random(unchecked((seed * 1_000_003) ^ number))));

    private string? Problem(Random random)
    {
        ParameterLayout layout = RandomLayout.Create(random);
        var network = new BareNetwork(layout);
        float[] values = [.. Enumerable.Range(0, layout.ParameterCount).Select(_ => (float)random.NextDouble())];
        network.Parameters.CopyFrom(values);
        using var saved = new MemoryStream();
        bool isNamed = random.Next(4) == 0;
        Checkpoint.Save(saved, network, new CheckpointExtras
        {
            Names = isNamed ? [.. layout.Layers.Select((_, layer) => $"own{layer}")] : null,
            Tensors = { ["mean"] = new float[] { 1 } },
        });
        SafetensorsHeader header = SafetensorsFile.Read(saved.ToArray()).Header;
        byte[] data = saved.ToArray()[^(int)header.Tensors.Values.Max(tensor => tensor.End)..];
        List<RandomTensor> tensors = [.. header.Tensors.Values
            .Select(tensor => new RandomTensor(tensor.Name, tensor.Type.Name, [.. tensor.Shape], data[(int)tensor.Begin..(int)tensor.End]))
            .OrderBy(_ => random.Next())];
        if (random.Next(3) == 0)
        {
            byte[] same = RandomTensor.File([.. tensors.Select(tensor => random.Next(3) == 0 ? Translated(tensor) : tensor)], header.Metadata);
            (float[]? asCheckpoint, string first) = Load(layout, bare => Checkpoint.Load(new MemoryStream(same), bare));
            (float[]? asModel, string second) = Load(layout, bare => ModelFile.Open(new MemoryStream(same)).LoadInto(bare));
            Accepted++;
            return asCheckpoint is null || asModel is null ? $"What was saved is not loaded: {first} {second}"
                : values.AsSpan().SequenceEqual(asCheckpoint) && values.AsSpan().SequenceEqual(asModel) ? null : "What was saved loads to other numbers.";
        }

        Dictionary<string, string> names = tensors.Select(tensor => Layer(tensor.Name)).Distinct().ToDictionary(name => name, name => random.Next(2) == 0 ? name : Name(random));
        tensors = [.. tensors.Select(tensor => tensor with { Name = names[Layer(tensor.Name)] + tensor.Name[Layer(tensor.Name).Length..] })];
        for (int changes = random.Next(MostChanges + 1); changes > 0; changes--)
        {
            Change(tensors, random);
        }

        byte[] file = RandomTensor.File(tensors, random.Next(2) == 0 ? header.Metadata : []);
        if (random.Next(5) == 0)
        {
            file[random.Next(file.Length)] = (byte)random.Next(256);
        }

        (float[]? checkpoint, string checkpointMessage) = Load(layout, bare => Checkpoint.Load(new MemoryStream(file), bare));
        (float[]? model, string modelMessage) = Load(layout, bare => ModelFile.Open(new MemoryStream(file)).LoadInto(bare));
        (Accepted, Refused) = checkpoint is null ? (Accepted, Refused + 1) : (Accepted + 1, Refused);
        return (checkpoint, model) switch
        {
            (null, null) => Difference(checkpointMessage, modelMessage),
            ({ }, { }) => checkpoint.AsSpan().SequenceEqual(model) ? null : "The two load other numbers.",
            _ => $"One loads what the other refuses: {checkpointMessage}{modelMessage}",
        };
    }

    /// <summary>Loads a file; what is wrong with how it is refused is an exception.</summary>
    private static (float[]? Values, string Message) Load(ParameterLayout layout, Action<BareNetwork> load)
    {
        var network = new BareNetwork(layout);
        try
        {
            load(network);
            return (network.Values, "");
        }
        catch (InvalidDataException error) when (IsRefusal(error) && network.Values.All(value => value == 0))
        {
            return (null, error.Message);
        }
    }

    /// <summary>Of what is said of layers and tensors both say the same.</summary>
    private static string? Difference(string checkpoint, string model)
    {
        const string Start = "the stream: ";
        string said = model[Math.Min(model.Length, Start.Length)..];
        bool isLong = said.Length > 3_000;
        return isLong || !(said.StartsWith("layer '", StringComparison.Ordinal) || said.StartsWith("file has", StringComparison.Ordinal)) || checkpoint.Contains(said, StringComparison.Ordinal)
            ? null
            : $"The two say other things: {checkpoint} / {model}";
    }

    /// <summary>A tensor as Keras or Flax would write it.</summary>
    private static RandomTensor Translated(RandomTensor tensor)
    {
        string layer = Layer(tensor.Name);
        return tensor.Name[layer.Length..] switch
        {
            ".weight" when tensor is { Type: "F32", Shape.Length: 2 } => new RandomTensor(layer + ".kernel", tensor.Type, [tensor.Shape[1], tensor.Shape[0]], Transposed(tensor)),
            ".weight" => tensor with { Name = layer + ".gamma" },
            ".bias" => tensor with { Name = layer + ".beta" },
            _ => tensor,
        };
    }

    private static byte[] Transposed(RandomTensor tensor)
    {
        (int rows, int columns) = ((int)tensor.Shape[0], (int)tensor.Shape[1]);
        float[] values = MemoryMarshal.Cast<byte, float>(tensor.Data).ToArray();
        float[] transposed = [.. Enumerable.Range(0, values.Length).Select(index => values[(index % rows * columns) + (index / rows)])];
        return MemoryMarshal.AsBytes(transposed.AsSpan()).ToArray();
    }

    private static void Change(List<RandomTensor> tensors, Random random)
    {
        int at = random.Next(tensors.Count);
        RandomTensor tensor = tensors[at];
        switch (random.Next(6))
        {
            case 0 when tensors.Count > 1:
                tensors.RemoveAt(at);
                break;
            case 1:
                tensors.Insert(at, Other(Name(random) + Ends[random.Next(Ends.Length)], random));
                break;
            case 2:
                tensors[at] = Other(tensor.Name, random);
                break;
            case 3:
                tensors[at] = tensor with { Name = Layer(tensor.Name) + Ends[random.Next(Ends.Length)] };
                break;
            case 4:
                tensors[at] = tensor with { Name = Name(random) + tensor.Name[Layer(tensor.Name).Length..] };
                break;
            default:
                tensors[at] = Translated(tensor);
                break;
        }
    }

    private static RandomTensor Other(string name, Random random)
    {
        long[] shape = [.. Enumerable.Range(0, random.Next(4)).Select(_ => (long)random.Next(random.Next(8) == 0 ? 30 : 4))];
        string type = Types[random.Next(Types.Length)];
        int size = type switch { "F32" => 4, "F64" or "I64" => 8, "BOOL" => 1, _ => 2 };
        return new RandomTensor(name, type, shape, new byte[shape.Aggregate((long)size, (product, next) => product * next)]);
    }

    private static string Name(Random random) => random.Next(2) == 0 ? RandomLayout.Names[random.Next(RandomLayout.Names.Length)] : $"{(char)('a' + random.Next(2))}.{random.Next(12)}";

    private static string Layer(string name) => name[..Math.Max(0, name.LastIndexOf('.'))];
}
