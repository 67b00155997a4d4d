using System;
using System.IO;

namespace NetGen.Models.Safetensors;

/// <summary>A file of safetensors in memory. Numbers stay in its bytes until asked for.</summary>
internal sealed class SafetensorsFile
{
    private readonly byte[] _bytes;
    private readonly int _dataStart;

    private SafetensorsFile(byte[] bytes, int dataStart, SafetensorsHeader header)
    {
        _bytes = bytes;
        _dataStart = dataStart;
        Header = header;
    }

    /// <summary>What is in the file.</summary>
    public SafetensorsHeader Header { get; }

    /// <summary>Reads the header, and checks that the numbers are there.</summary>
    /// <param name="bytes">The content of the file, which must not change as long as it is used.</param>
    /// <exception cref="InvalidDataException">It is no file of safetensors, or damaged; the message goes on from the name of the file and a colon.</exception>
    public static SafetensorsFile Read(byte[] bytes)
    {
        try
        {
            return ReadParts(bytes);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException(FileText.Harmless(error.Message));
        }
    }

    /// <summary>The numbers of a tensor, the last dimension fastest; each type is exact in double. A new array each time.</summary>
    /// <param name="tensor">One of the header's.</param>
    /// <exception cref="InvalidDataException">They are of a type that no network has.</exception>
    public double[] ToDoubles(TensorHeader tensor)
    {
        Func<byte[], int, double> decode = tensor.Decode;
        double[] numbers = new double[tensor.Length / tensor.Type.Size];
        int start = _dataStart + (int)tensor.Begin;
        for (int index = 0; index < numbers.Length; index++)
        {
            numbers[index] = decode(_bytes, start + (index * tensor.Type.Size));
        }

        return numbers;
    }

    private static SafetensorsFile ReadParts(byte[] bytes)
    {
        if (bytes.Length < SafetensorsHeader.LengthBytes)
        {
            throw Foreign(bytes) ?? new InvalidDataException(
                $"it has {bytes.Length} bytes, expected at least {SafetensorsHeader.LengthBytes} for the length of the header");
        }

        ulong length = LittleEndian.Unsigned(bytes, 0, SafetensorsHeader.LengthBytes);
        int available = bytes.Length - SafetensorsHeader.LengthBytes;
        if (SafetensorsHeader.Mistake(length, (ulong)available) is { } mistake)
        {
            throw Foreign(bytes) ?? new InvalidDataException(mistake);
        }

        // A format whose first bytes make a small number is told by what follows.
        if (length > 0 && bytes[SafetensorsHeader.LengthBytes] != (byte)'{' && Foreign(bytes) is { } foreign)
        {
            throw foreign;
        }

        SafetensorsHeader header = SafetensorsHeader.Parse(bytes, SafetensorsHeader.LengthBytes, (int)length, available - (int)length);
        return new(bytes, SafetensorsHeader.LengthBytes + (int)length, header);
    }

    private static InvalidDataException? Foreign(byte[] bytes) =>
        ForeignFile.Describe(bytes, bytes.Length, SafetensorsAdvice.All) is { } what ? new InvalidDataException($"it {what}") : null;
}
