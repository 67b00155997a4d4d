using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
#if NET
using System.Text.Json;
#endif

namespace NetGen.Training;

/// <summary>
/// The header of a safetensors file (https://github.com/huggingface/safetensors, section "Format"), checked completely: names, types,
/// shapes, and that the tensors fill the data without holes or overlaps.
/// </summary>
internal sealed class SafetensorsHeader
{
    private const string MetadataName = "__metadata__";

    private readonly Dictionary<string, TensorHeader> _tensors = [];
    private readonly Dictionary<string, string> _metadata = [];

    private SafetensorsHeader()
    {
    }

    public IReadOnlyDictionary<string, TensorHeader> Tensors => _tensors;

    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>Reads a header.</summary>
    /// <param name="json">The header's bytes.</param>
    /// <param name="dataLength">The number of bytes behind the header.</param>
    /// <exception cref="InvalidDataException">The header is not a valid one for so many bytes.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataLength)
    {
        var header = new SafetensorsHeader();
        try
        {
            header.ReadAll(json);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second comes from text that is not UTF-8.
            throw new InvalidDataException($"the header is not valid JSON: {exception.Message}", exception);
        }

        header.CheckOffsets(dataLength);
        return header;
    }

    private void ReadAll(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
        reader.Read();
        Expect(reader, JsonTokenType.StartObject, "the header");
        bool hasMetadata = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            if (name != MetadataName)
            {
                TensorHeader tensor = ReadTensor(ref reader, name);
                Require(_tensors.TryAdd(name, tensor), $"the tensor '{name}' occurs twice");
                continue;
            }

            Require(!hasMetadata, $"{MetadataName} occurs twice");
            hasMetadata = true;
            ReadMetadata(ref reader);
        }

        // Anything but white space behind the object is an error of the reader.
        reader.Read();
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        reader.Read();
        Expect(reader, JsonTokenType.StartObject, MetadataName);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            Expect(reader, JsonTokenType.String, $"the value of '{key}' in {MetadataName}");
            Require(_metadata.TryAdd(key, reader.GetString()!), $"'{key}' occurs twice in {MetadataName}");
        }
    }

    private static TensorHeader ReadTensor(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        Expect(reader, JsonTokenType.StartObject, $"the description of '{name}'");
        TensorType? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string property = reader.GetString()!;
            bool isNew = property switch
            {
                "dtype" => type is null,
                "shape" => shape is null,
                "data_offsets" => offsets is null,
                _ => throw new InvalidDataException($"the tensor '{name}' has an unknown property '{property}'"),
            };
            Require(isNew, $"'{property}' of the tensor '{name}' occurs twice");
            switch (property)
            {
                case "dtype":
                    reader.Read();
                    Expect(reader, JsonTokenType.String, $"the dtype of '{name}'");
                    string typeName = reader.GetString()!;
                    type = TensorType.Find(typeName) ?? throw new InvalidDataException($"the tensor '{name}' has the unknown dtype '{typeName}'");
                    break;
                case "shape":
                    shape = ReadNumbers(ref reader, $"the shape of '{name}'");
                    break;
                default:
                    offsets = ReadNumbers(ref reader, $"the data_offsets of '{name}'");
                    break;
            }
        }

        Require(type is not null && shape is not null && offsets?.Count == 2, $"the tensor '{name}' needs a dtype, a shape and two data_offsets");
        var tensor = new TensorHeader(name, type!, shape!, offsets![0], offsets[1]);
        Require(tensor.Begin <= tensor.End, $"the tensor '{name}' ends before it begins ({tensor.Begin} to {tensor.End})");
        Require(
            ByteCount(tensor) == (ulong)tensor.Length,
            $"the tensor '{name}' of shape {TensorHeader.Text(shape!)} and dtype {type!.Name} does not fit its {tensor.Length} bytes");
        return tensor;
    }

    private static List<long> ReadNumbers(ref Utf8JsonReader reader, string what)
    {
        reader.Read();
        Expect(reader, JsonTokenType.StartArray, what);
        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(reader, JsonTokenType.Number, $"each entry of {what}");
            Require(reader.TryGetInt64(out long number) && number >= 0, $"{what} must be whole numbers from 0 to 2⁶³ − 1");
            numbers.Add(number);
        }

        return numbers;
    }

    /// <summary>Bytes of a tensor, or the largest number if there are more.</summary>
    private static ulong ByteCount(TensorHeader tensor)
    {
        ulong count = (ulong)tensor.Type.Size;
        foreach (ulong dimension in tensor.Shape.Select(dimension => (ulong)dimension))
        {
            if (dimension != 0 && count > ulong.MaxValue / dimension)
            {
                return ulong.MaxValue;
            }

            count *= dimension;
        }

        return count;
    }

    private void CheckOffsets(long dataLength)
    {
        long end = 0;
        foreach (TensorHeader tensor in _tensors.Values.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End))
        {
            Require(tensor.End <= dataLength, $"the tensor '{tensor.Name}' ends at byte {tensor.End} of {dataLength} bytes of data");
            Require(tensor.Begin == end, $"the tensor '{tensor.Name}' begins at byte {tensor.Begin}, expected {end}: overlaps and holes are not allowed");
            end = tensor.End;
        }

        Require(end == dataLength, $"the tensors have {end} bytes, but {dataLength} follow the header");
    }

    private static void Expect(in Utf8JsonReader reader, JsonTokenType type, string what) =>
        Require(reader.TokenType == type, $"{what} is {reader.TokenType}, expected {type}");

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidDataException(message);
        }
    }
}
