using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NetGen.Models.Safetensors;

/// <summary>
/// The header of a safetensors file (https://github.com/huggingface/safetensors, section "Format"), checked completely: names, types,
/// shapes, and that the tensors fill the data without holes or overlaps.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>Bytes in which a file begins with the length of its header, the lowest first.</summary>
    public const int LengthBytes = sizeof(ulong);

    /// <summary>Far more than any network of NetGen needs; the format itself allows 100 MB.</summary>
    public const int MaximumLength = 16 << 20;

    private const string MetadataName = "__metadata__";

    // Enough for any network, so that a header cannot ask for many times its own size.
    private const int MaximumEntries = 10_000;
    private const int MaximumNameLength = 1_000;
    private const int MaximumDimensions = 8;
    private const int MaximumDepth = 8;

    private readonly Dictionary<string, TensorHeader> _tensors = [];
    private readonly Dictionary<string, string> _metadata = [];

    private SafetensorsHeader()
    {
    }

    public IReadOnlyDictionary<string, TensorHeader> Tensors => _tensors;

    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>The number of bytes of all tensors.</summary>
    public long DataLength { get; private set; }

    /// <summary>What is wrong with the length of a header.</summary>
    /// <param name="length">What the file says.</param>
    /// <param name="available">The number of bytes behind it; null if that is not known.</param>
    /// <returns>Null if nothing is.</returns>
    public static string? Mistake(ulong length, ulong? available) =>
        length > available ? $"its header has {length} bytes, but only {available} follow"
        : length > MaximumLength ? $"its header has {length} bytes, allowed are {MaximumLength}"
        : null;

    /// <summary>Reads a header.</summary>
    /// <param name="json">Bytes among which the header's are.</param>
    /// <param name="start">The first of them.</param>
    /// <param name="length">How many.</param>
    /// <param name="dataLength">The number of bytes behind the header; null if it is not known.</param>
    /// <exception cref="InvalidDataException">The header is not a valid one for so many bytes.</exception>
    public static SafetensorsHeader Parse(byte[] json, int start, int length, long? dataLength)
    {
        var header = new SafetensorsHeader();
        try
        {
            header.ReadAll(new JsonReader(json, start, length, MaximumDepth));
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"the header is not valid JSON: {exception.Message}", exception);
        }

        header.CheckOffsets(dataLength);
        return header;
    }

    private void ReadAll(JsonReader reader)
    {
        reader.Read();
        Expect(reader, JsonToken.StartObject, "the header");
        bool hasMetadata = false;
        while (reader.Read() && reader.Token == JsonToken.PropertyName)
        {
            string name = ReadName(reader);
            if (name != MetadataName)
            {
                CheckRoom(_tensors.Count, "tensors");
                TensorHeader tensor = ReadTensor(reader, name);
                if (_tensors.ContainsKey(name))
                {
                    throw new InvalidDataException($"the tensor '{name}' occurs twice");
                }

                _tensors.Add(name, tensor);
                continue;
            }

            if (hasMetadata)
            {
                throw new InvalidDataException($"{MetadataName} occurs twice");
            }

            hasMetadata = true;
            ReadMetadata(reader);
        }

        // Anything but white space behind the object is an error of the reader.
        reader.Read();
    }

    private void ReadMetadata(JsonReader reader)
    {
        reader.Read();
        Expect(reader, JsonToken.StartObject, MetadataName);
        while (reader.Read() && reader.Token == JsonToken.PropertyName)
        {
            CheckRoom(_metadata.Count, "entries of metadata");
            string key = ReadName(reader);
            reader.Read();
            Expect(reader, JsonToken.String, MetadataName, key);
            string value = reader.GetString();
            if (_metadata.ContainsKey(key))
            {
                throw new InvalidDataException($"'{key}' occurs twice in {MetadataName}");
            }

            _metadata.Add(key, value);
        }
    }

    private static TensorHeader ReadTensor(JsonReader reader, string name)
    {
        reader.Read();
        Expect(reader, JsonToken.StartObject, "the description", name);
        TensorType? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        while (reader.Read() && reader.Token == JsonToken.PropertyName)
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
                    type = ReadType(reader, name);
                    break;
                case "shape":
                    shape = ReadNumbers(reader, MaximumDimensions, "the shape", name);
                    break;
                default:
                    offsets = ReadNumbers(reader, 2, "the data_offsets", name);
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

    private static TensorType ReadType(JsonReader reader, string tensor)
    {
        reader.Read();
        Expect(reader, JsonToken.String, "the dtype", tensor);
        string name = ReadName(reader);
        return TensorType.Find(name) ?? throw new InvalidDataException($"the tensor '{tensor}' has the unknown dtype '{name}'");
    }

    private static List<long> ReadNumbers(JsonReader reader, int maximum, string what, string tensor)
    {
        reader.Read();
        Expect(reader, JsonToken.StartArray, what, tensor);
        var numbers = new List<long>();
        while (reader.Read() && reader.Token != JsonToken.EndArray)
        {
            Expect(reader, JsonToken.Number, what, tensor);
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
    private static string ReadName(JsonReader reader) => reader.ValueLength <= MaximumNameLength
        ? reader.GetString()
        : throw new InvalidDataException($"a name in the header has {reader.ValueLength} bytes, allowed are {MaximumNameLength}");

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

    private static void Expect(JsonReader reader, JsonToken type, string what, string? name = null)
    {
        if (reader.Token != type)
        {
            throw new InvalidDataException($"{what}{(name is null ? "" : $" of '{name}'")} is {reader.Token}, expected {type}");
        }
    }
}
