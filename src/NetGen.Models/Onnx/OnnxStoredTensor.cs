using System;
using System.Collections.Generic;
using System.IO;

namespace NetGen.Models.Onnx;

/// <summary>A tensor whose numbers are in the bytes of its file, or in another file, until they are asked for.</summary>
internal sealed record OnnxStoredTensor : OnnxTensor
{
    private readonly ProtobufReader _message;
    private readonly (int Start, int Length)? _raw;
    private readonly ExternalReference? _reference;
    private readonly IExternalData? _external;

    /// <param name="name">Its name.</param>
    /// <param name="type">The type of its numbers.</param>
    /// <param name="dimensions">Its dimensions.</param>
    /// <param name="message">Its message, whose typed fields have the numbers if nothing else has.</param>
    /// <param name="raw">The bytes that have the numbers, or null.</param>
    /// <param name="reference">Where the numbers are in another file, or null.</param>
    /// <param name="external">The files beside the model, or null.</param>
    public OnnxStoredTensor(
        string name,
        OnnxType type,
        IReadOnlyList<int> dimensions,
        ProtobufReader message,
        (int Start, int Length)? raw,
        ExternalReference? reference,
        IExternalData? external)
        : base(name, type, dimensions)
    {
        _message = message;
        _raw = raw;
        _reference = reference;
        _external = external;
    }

    /// <inheritdoc/>
    public override double[] ToDoubles()
    {
        OnnxEncoding encoding = Encoding();
        (byte[] bytes, int start) = Numbers(encoding);
        double[] numbers = new double[Count];
        for (int index = 0; index < numbers.Length; index++)
        {
            numbers[index] = encoding.Decode(bytes, start + (index * encoding.Size));
        }

        return numbers;
    }

    /// <inheritdoc/>
    public override long[] ToIntegers()
    {
        OnnxEncoding encoding = Encoding();
        if (!encoding.IsWhole)
        {
            throw Wrong($"has numbers of type {Type}, expected whole numbers");
        }

        (byte[] bytes, int start) = Numbers(encoding);
        long[] numbers = new long[Count];
        for (int index = 0; index < numbers.Length; index++)
        {
            numbers[index] = encoding.Whole(bytes, start + (index * encoding.Size)) ?? throw Wrong($"has a number above 2⁶³ − 1 at index {index}");
        }

        return numbers;
    }

    private OnnxEncoding Encoding() => OnnxEncoding.Of(Type)
        ?? throw Wrong(Type == OnnxType.String ? "has texts, expected numbers" : $"has numbers of type {Type}, which no network of NetGen has");

    /// <summary>The numbers one behind the other, the lowest byte of each first.</summary>
    private (byte[] Bytes, int Start) Numbers(OnnxEncoding encoding)
    {
        if (_reference is not null)
        {
            return (ReadExternal(encoding), 0);
        }

        return _raw is { } raw ? (_message.Bytes, raw.Start)
            : OnnxEncoding.FixedSize(encoding.Field) > 0 ? (Join(encoding), 0)
            : (Narrow(encoding), 0);
    }

    private byte[] ReadExternal(OnnxEncoding encoding)
    {
        if (_external is null)
        {
            throw Wrong($"has its numbers in the file '{FileText.Short(_reference!.Location)}', which cannot be read without the folder of the model");
        }

        long needed = (long)Count * encoding.Size;
        byte[] bytes;
        try
        {
            bytes = _external.Read(_reference!.Location, _reference.Offset, _reference.Length);
        }
        catch (InvalidDataException error)
        {
            throw Wrong($"cannot be read: {error.Message}");
        }

        return bytes.Length == needed ? bytes : throw Wrong(
            $"has {OnnxText.Count(bytes.Length, "byte")} in the file '{FileText.Short(_reference.Location)}', its dimensions of {Type} need {needed}");
    }

    /// <summary>The pieces of a typed field whose numbers have the size of the type.</summary>
    private byte[] Join(OnnxEncoding encoding)
    {
        byte[] bytes = new byte[Count * encoding.Size];
        int count = 0;
        ProtobufReader reader = _message;
        while (reader.Next(encoding.Field))
        {
            (int start, int length) = reader.Fixed(encoding.Size);
            Array.Copy(reader.Bytes, start, bytes, count, length);
            count += length;
        }

        return bytes;
    }

    /// <summary>The numbers of a typed field of whole numbers, in the size of the type.</summary>
    private byte[] Narrow(OnnxEncoding encoding)
    {
        long[] numbers = new long[Count];
        int count = 0;
        ProtobufReader reader = _message;
        while (reader.Next(encoding.Field))
        {
            reader.Integers(numbers, ref count);
        }

        byte[] bytes = new byte[count * encoding.Size];
        for (int index = 0; index < count; index++)
        {
            int at = index * encoding.Size;
            LittleEndian.Write(bytes, at, encoding.Size, (ulong)numbers[index]);
            long kept = encoding.IsSigned ? LittleEndian.Signed(bytes, at, encoding.Size) : (long)LittleEndian.Unsigned(bytes, at, encoding.Size);
            if (kept != numbers[index])
            {
                throw Wrong($"has {numbers[index]} at index {index}, which {Type} has not");
            }
        }

        return bytes;
    }

    private InvalidDataException Wrong(string what) => new(FileText.Harmless($"{this} {what}"));
}
