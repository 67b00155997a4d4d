using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NetGen.Models.Safetensors;
using NetGen.Models.Tensors;

namespace NetGen.Training;

/// <summary>How the extras of a program go into a file and come back.</summary>
internal static class ExtraParts
{
    private const int MaximumEntries = 256;
    private const int MaximumNumbers = 1 << 24;
    private const int MaximumCharacters = 1 << 20;

    /// <summary>With what NetGen adds and with characters escaped, a name stays below the limit of the header.</summary>
    private const int MaximumNameBytes = 900;

    /// <summary>How names begin that are not those of layers.</summary>
    private static readonly string[] Reserved = [TensorName.Extra, "optimizer.", "trainer.", "__metadata__"];

    /// <summary>Adds everything but the names of the layers, which <see cref="CheckNames"/> checks.</summary>
    /// <exception cref="ArgumentException">The extras could not be loaded.</exception>
    public static void AddExtras<T>(this SafetensorsWriter<T> writer, CheckpointExtras? extras)
        where T : unmanaged
    {
        if (extras is null)
        {
            return;
        }

        Refuse(Mistake(
            extras.Tensors.Keys, extras.Tensors.Values.Sum(tensor => (long)(tensor?.Count ?? 0)), extras.Metadata.Keys, extras.Metadata.Values.Sum(Length)));
        foreach ((string name, CheckpointTensor tensor) in extras.Tensors.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            Refuse(tensor is null ? $"the tensor '{name}' is null" : null);
            tensor!.AddTo(writer, TensorName.Extra + name);
        }

        foreach ((string name, string text) in extras.Metadata)
        {
            Refuse(text is null ? $"the text '{name}' is null" : ByteCount(text) is null ? $"the text '{name}' has half of a surrogate pair" : null);
            writer.AddMetadata(TensorName.Extra + name, text!);
        }

        for (int layer = 0; layer < extras.Names?.Count; layer++)
        {
            writer.AddMetadata(GivenNames.Key(layer), extras.Names[layer]);
        }
    }

    /// <exception cref="ArgumentException">The names could not be loaded, or would be loaded in another order.</exception>
    public static void CheckNames(IReadOnlyList<string>? names, int layers)
    {
        if (names is null)
        {
            return;
        }

        Refuse(names.Count == layers ? null : $"expected the names of {layers} layers, given {names.Count}");
        for (int index = 0; index < names.Count; index++)
        {
            Refuse(names[index] is null ? "the name of a layer is null" : Mistake(names[index]));
            Refuse(Array.Exists(Reserved, start => names[index].StartsWith(start, StringComparison.Ordinal))
                ? $"'{names[index]}' cannot be the name of a layer: what begins like that is something else in a checkpoint"
                : null);
        }

        Refuse(GivenNames.Repetition(names));
        LayerName[] places = names.Select(name => new LayerName(name)).ToArray();
        for (int index = 1; index < places.Length; index++)
        {
            // Others, who do not know what else NetGen writes, go by the numbers.
            Refuse(Array.Find(places[..index], earlier => places[index].IsBefore(earlier)) is { } later
                ? $"the numbers in '{later.Text}' and '{places[index].Text}' say another order of the layers"
                : null);
        }
    }

    /// <exception cref="InvalidDataException">The file has extras that NetGen does not write.</exception>
    public static CheckpointExtras Read(SafetensorsReader reader)
    {
        TensorHeader[] tensors = reader.Header.Tensors.Values.Where(tensor => TensorName.IsExtra(tensor.Name)).OrderBy(tensor => tensor.Begin).ToArray();
        KeyValuePair<string, string>[] texts = reader.Header.Metadata.Where(entry => TensorName.IsExtra(entry.Key)).ToArray();
        string? mistake = Mistake(
            tensors.Select(tensor => tensor.Name[TensorName.Extra.Length..]).ToList(),
            tensors.Sum(tensor => Math.Min(tensor.Length / tensor.Type.Size, MaximumNumbers + 1L)),
            texts.Select(entry => entry.Key[TensorName.Extra.Length..]).ToList(),
            texts.Sum(entry => (long)entry.Value.Length));
        if (mistake is not null)
        {
            throw new InvalidDataException(mistake);
        }

        var extras = new CheckpointExtras { Names = GivenNames.Of(reader.Header.Metadata) };
        foreach (TensorHeader tensor in tensors)
        {
            extras.Tensors.Add(tensor.Name[TensorName.Extra.Length..], Read(reader, tensor));
        }

        reader.Finish();
        foreach (KeyValuePair<string, string> entry in texts)
        {
            extras.Metadata.Add(entry.Key[TensorName.Extra.Length..], entry.Value);
        }

        return extras;
    }

    private static CheckpointTensor Read(SafetensorsReader reader, TensorHeader tensor)
    {
        if (tensor.Type.Decode is null || tensor.Shape.Any(dimension => dimension > int.MaxValue))
        {
            throw new InvalidDataException(
                $"the tensor '{tensor.Name}' is {tensor.Type.Name} {TensorHeader.Text(tensor.Shape)}, expected F32, F64, F16 or BF16 and dimensions below 2³¹");
        }

        int[] shape = tensor.Shape.Select(dimension => (int)dimension).ToArray();
        int count = (int)(tensor.Length / tensor.Type.Size);
        return tensor.Type == TensorType.Double ? CheckpointTensor.Of(shape, Numbers<double>()) : CheckpointTensor.Of(shape, Numbers<float>());

        T[] Numbers<T>()
            where T : unmanaged
        {
            var numbers = new T[count];
            reader.Read<T>(tensor, numbers);
            return numbers;
        }
    }

    /// <summary>What is wrong with extras, wherever they come from.</summary>
    private static string? Mistake(ICollection<string> tensors, long numbers, ICollection<string> texts, long characters) =>
        tensors.Count > MaximumEntries ? $"there are {tensors.Count} tensors beside the network, allowed are {MaximumEntries}"
        : texts.Count > MaximumEntries ? $"there are {texts.Count} texts beside the network, allowed are {MaximumEntries}"
        : numbers > MaximumNumbers ? $"the tensors beside the network have more than {MaximumNumbers} numbers"
        : characters > MaximumCharacters ? $"the texts beside the network have {characters} characters, allowed are {MaximumCharacters}"
        : tensors.Concat(texts).Select(Mistake).FirstOrDefault(mistake => mistake is not null);

    private static string? Mistake(string name) => name.Length == 0 ? "a name is empty"
        : ByteCount(name) is not { } count ? "a name has half of a surrogate pair"
        : count > MaximumNameBytes ? $"a name has {count} bytes in a header, allowed are {MaximumNameBytes}"
        : null;

    /// <summary>The length of a text in a header; null if it is no text.</summary>
    private static int? ByteCount(string text)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(JsonText.Escape(text));
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    private static long Length(string? text) => text?.Length ?? 0;

    private static void Refuse(string? mistake)
    {
        if (mistake is not null)
        {
            throw new ArgumentException(char.ToUpperInvariant(mistake[0]) + FileText.Harmless(mistake[1..]) + ". Nothing has been written.", "extras");
        }
    }
}
