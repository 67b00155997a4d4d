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

    // Enough for any network, so that a header cannot ask for many times its own size.
    private const int MaximumEntries = 10_000;
    private const int MaximumNameLength = 1_000;
    private const int MaximumDimensions = 8;

    private readonly Dictionary<string, TensorHeader> _tensors = [];
    private readonly Dictionary<string, string> _metadata = [];

    private SafetensorsHeader()
    {
    }

    public IReadOnlyDictionary<string, TensorHeader> Tensors => _tensors;

    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>The number of bytes of all tensors.</summary>
    public long DataLength { get; private set; }

    /// <summary>Reads a header.</summary>
    /// <param name="json">The header's bytes.</param>
    /// <param name="dataLength">The number of bytes behind the header; null if it is not known.</param>
    /// <exception cref="InvalidDataException">The header is not a valid one for so many bytes.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long? dataLength)
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
            string name = ReadName(reader);
            if (name != MetadataName)
            {
                CheckRoom(_tensors.Count, "tensors");
                if (!_tensors.TryAdd(name, ReadTensor(ref reader, name)))
                {
                    throw new InvalidDataException($"the tensor '{name}' occurs twice");
                }

                continue;
            }

            if (hasMetadata)
            {
                throw new InvalidDataException($"{MetadataName} occurs twice");
            }

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
            CheckRoom(_metadata.Count, "entries of metadata");
            string key = ReadName(reader);
            reader.Read();
            Expect(reader, JsonTokenType.String, MetadataName, key);
            if (!_metadata.TryAdd(key, reader.GetString()!))
            {
                throw new InvalidDataException($"'{key}' occurs twice in {MetadataName}");
            }
        }
    }

    private static TensorHeader ReadTensor(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        Expect(reader, JsonTokenType.StartObject, "the description", name);
        TensorType? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string property = ReadName(reader);
            bool isNew = property switch
            {
                "dtype" => type is null,
                "shape" => shape is null,
                "data_offsets" => offsets is null,
                _ => throw new InvalidDataException($"the tensor '{name}' has an unknown property '{property}'"),
            };
            if (!isNew)
            {
                throw new InvalidDataException($"'{property}' of the tensor '{name}' occurs twice");
            }

            switch (property)
            {
                case "dtype":
                    type = ReadType(ref reader, name);
                    break;
                case "shape":
                    shape = ReadNumbers(ref reader, MaximumDimensions, "the shape", name);
                    break;
                default:
                    offsets = ReadNumbers(ref reader, 2, "the data_offsets", name);
                    break;
            }
        }

        if (type is null || shape is null || offsets?.Count != 2)
        {
            throw new InvalidDataException($"the tensor '{name}' needs a dtype, a shape and two data_offsets");
        }

        var tensor = new TensorHeader(name, type, shape, offsets[0], offsets[1]);
        if (tensor.Begin > tensor.End)
        {
            throw new InvalidDataException($"the tensor '{name}' ends before it begins ({tensor.Begin} to {tensor.End})");
        }

        return ByteCount(tensor) == (ulong)tensor.Length ? tensor : throw new InvalidDataException(
            $"the tensor '{name}' of shape {TensorHeader.Text(shape)} and dtype {type.Name} does not fit its {tensor.Length} bytes");
    }

    private static TensorType ReadType(ref Utf8JsonReader reader, string tensor)
    {
        reader.Read();
        Expect(reader, JsonTokenType.String, "the dtype", tensor);
        string name = ReadName(reader);
        return TensorType.Find(name) ?? throw new InvalidDataException($"the tensor '{tensor}' has the unknown dtype '{name}'");
    }

    private static List<long> ReadNumbers(ref Utf8JsonReader reader, int maximum, string what, string tensor)
    {
        reader.Read();
        Expect(reader, JsonTokenType.StartArray, what, tensor);
        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(reader, JsonTokenType.Number, what, tensor);
            if (numbers.Count == maximum)
            {
                throw new InvalidDataException($"{what} of '{tensor}' has more than {maximum} numbers");
            }

            if (!reader.TryGetInt64(out long number) || number < 0)
            {
                throw new InvalidDataException($"{what} of '{tensor}' must be whole numbers from 0 to 2⁶³ − 1");
            }

            numbers.Add(number);
        }

        return numbers;
    }

    /// <summary>A name, which is to be shown in messages.</summary>
    private static string ReadName(in Utf8JsonReader reader) => reader.ValueSpan.Length <= MaximumNameLength
        ? reader.GetString()!
        : throw new InvalidDataException($"a name in the header has {reader.ValueSpan.Length} bytes, allowed are {MaximumNameLength}");

    private static void CheckRoom(int count, string what)
    {
        if (count == MaximumEntries)
        {
            throw new InvalidDataException($"it has more than {MaximumEntries} {what}");
        }
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

    private void CheckOffsets(long? dataLength)
    {
        long end = 0;
        foreach (TensorHeader tensor in _tensors.Values.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End))
        {
            if (tensor.End > dataLength)
            {
                throw new InvalidDataException($"the tensor '{tensor.Name}' ends at byte {tensor.End} of {dataLength} bytes of data");
            }

            if (tensor.Begin != end)
            {
                throw new InvalidDataException(
                    $"the tensor '{tensor.Name}' begins at byte {tensor.Begin}, expected {end}: overlaps and holes are not allowed");
            }

            end = tensor.End;
        }

        DataLength = end;
        if (end != (dataLength ?? end))
        {
            throw new InvalidDataException($"the tensors have {end} bytes, but {dataLength} follow the header");
        }
    }

    private static void Expect(in Utf8JsonReader reader, JsonTokenType type, string what, string? name = null)
    {
        if (reader.TokenType != type)
        {
            throw new InvalidDataException($"{what}{(name is null ? "" : $" of '{name}'")} is {reader.TokenType}, expected {type}");
        }
    }
}
