using System.IO;
using System.Text;

namespace NetGen.Models.Onnx;

/// <summary>How a field is written.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Length = 2,
    Fixed32 = 5,
}

/// <summary>
/// Reads a message of Protocol Buffers (https://protobuf.dev/programming-guides/encoding), field by field: <see cref="Next()"/> goes to a field, whose
/// value one of the other methods must then read. It reads a part of an array and no byte outside of it; a message inside of a message is read by a
/// reader of its own, so that nothing nests that the caller does not.
/// </summary>
internal struct ProtobufReader
{
    private const int LongestVarint = 10;
    private const int LargestField = (1 << 29) - 1;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _message;
    private readonly int _end;
    private int _position;
    private int _start;

    /// <summary>Reads a whole array.</summary>
    /// <param name="bytes">The array.</param>
    /// <param name="message">What the message is, for messages: "the model".</param>
    /// <param name="budget">What texts and the caller's objects may take.</param>
    public ProtobufReader(byte[] bytes, string message, MemoryBudget budget)
        : this(bytes, 0, bytes.Length, message, budget)
    {
    }

    private ProtobufReader(byte[] bytes, int start, int end, string message, MemoryBudget budget)
    {
        this = default;
        Bytes = bytes;
        Budget = budget;
        _message = message;
        _position = start;
        _end = end;
    }

    /// <summary>The array of which the message is a part.</summary>
    public byte[] Bytes { get; }

    /// <summary>What the objects made of it may take.</summary>
    public MemoryBudget Budget { get; }

    /// <summary>The number of the field.</summary>
    public int Field { get; private set; }

    /// <summary>How its value is written.</summary>
    public WireType Wire { get; private set; }

    /// <summary>Goes to the next field.</summary>
    /// <returns>False behind the last one.</returns>
    public bool Next()
    {
        if (_position == _end)
        {
            return false;
        }

        _start = _position;
        ulong tag = ReadVarint();
        if (tag >> 3 is 0 or > LargestField)
        {
            throw new InvalidDataException($"{_message} has a field with the number {tag >> 3} at byte {_start}");
        }

        Field = (int)(tag >> 3);
        Wire = (WireType)(tag & 7);
        return Wire is WireType.Varint or WireType.Fixed64 or WireType.Length or WireType.Fixed32
            ? true
            : throw new InvalidDataException($"{Place()} has the wire type {(int)Wire}, which no field of ONNX has");
    }

    /// <summary>Goes to the next field with a number, and passes over others.</summary>
    /// <param name="field">The number.</param>
    /// <returns>False if there is none.</returns>
    public bool Next(int field)
    {
        while (Next())
        {
            if (Field == field)
            {
                return true;
            }

            Skip();
        }

        return false;
    }

    /// <summary>Passes over the value.</summary>
    public void Skip()
    {
        switch (Wire)
        {
            case WireType.Varint:
                ReadVarint();
                break;
            case WireType.Length:
                ReadRange();
                break;
            default:
                Take(Wire == WireType.Fixed32 ? 4 : 8);
                break;
        }
    }

    /// <summary>A whole number.</summary>
    public long Integer()
    {
        Expect(WireType.Varint);
        return (long)ReadVarint();
    }

    /// <summary>A number of 32 bits.</summary>
    public float Float()
    {
        Expect(WireType.Fixed32);
        return LittleEndian.Single(Bytes, Take(sizeof(float)));
    }

    /// <summary>Bytes, where they are in the array.</summary>
    public (int Start, int Length) Range()
    {
        Expect(WireType.Length);
        return ReadRange();
    }

    /// <summary>A text.</summary>
    public string Text()
    {
        (int start, int length) = Range();

        // A character of UTF-8 has at least one byte, and two in memory.
        Budget.Take(32 + (2 * (long)length));
        try
        {
            return Utf8.GetString(Bytes, start, length);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException($"{Place()} is a text that is not UTF-8");
        }
    }

    /// <summary>A message.</summary>
    /// <param name="message">What it is: "a node".</param>
    public ProtobufReader Message(string message)
    {
        (int start, int length) = Range();
        return new(Bytes, start, start + length, message, Budget);
    }

    /// <summary>Whole numbers of a repeated field: one, or a packed piece with several.</summary>
    /// <param name="numbers">Receives them; null to count them only.</param>
    /// <param name="count">How many there have been before; receives how many there are with these.</param>
    public void Integers(long[]? numbers, ref int count)
    {
        if (Wire == WireType.Varint)
        {
            Keep(ReadVarint(), numbers, ref count);
            return;
        }

        (int start, int length) = Range();
        var piece = new ProtobufReader(Bytes, start, start + length, _message, Budget);
        while (piece._position < piece._end)
        {
            Keep(piece.ReadVarint(), numbers, ref count);
        }
    }

    /// <summary>Numbers of a fixed size of a repeated field, one or a packed piece with several: where they are in the array.</summary>
    /// <param name="size">Bytes of one, 4 or 8.</param>
    public (int Start, int Length) Fixed(int size)
    {
        if (Wire != WireType.Length)
        {
            Expect(size == 4 ? WireType.Fixed32 : WireType.Fixed64);
            return (Take(size), size);
        }

        (int start, int length) = ReadRange();
        return length % size == 0
            ? (start, length)
            : throw new InvalidDataException($"{Place()} has {length} bytes, which is no multiple of {size}");
    }

    private static void Keep(ulong number, long[]? numbers, ref int count)
    {
        if (numbers is not null)
        {
            numbers[count] = (long)number;
        }

        count++;
    }

    private readonly string Place() => $"the field {Field} of {_message}, at byte {_start},";

    private readonly void Expect(WireType wire)
    {
        if (Wire != wire)
        {
            throw new InvalidDataException($"{Place()} has the wire type {(int)Wire}, expected {(int)wire}");
        }
    }

    private (int Start, int Length) ReadRange()
    {
        ulong length = ReadVarint();
        if (length > (ulong)(_end - _position))
        {
            throw _end == Bytes.Length ? Ended() : new InvalidDataException($"{Place()} has {length} bytes, but {_message} ends at byte {_end}");
        }

        return (Take((int)length), (int)length);
    }

    /// <summary>Passes over bytes.</summary>
    /// <returns>Where they begin.</returns>
    private int Take(int length)
    {
        if (length > _end - _position)
        {
            throw Ended();
        }

        int start = _position;
        _position += length;
        return start;
    }

    private ulong ReadVarint()
    {
        // Most numbers have one byte, and a hostile file has millions of them.
        if (_position < _end && Bytes[_position] < 0x80)
        {
            return Bytes[_position++];
        }

        int start = _position;
        ulong number = 0;
        for (int index = 0; ; index++)
        {
            byte value = Bytes[Take(1)];
            if (index == LongestVarint - 1 && value > 1)
            {
                throw new InvalidDataException($"the number at byte {start} has more than 64 bits");
            }

            number |= (ulong)(value & 0x7F) << (7 * index);
            if (value < 0x80)
            {
                return number;
            }
        }
    }

    private readonly InvalidDataException Ended() => new(_end == Bytes.Length
        ? $"it ends in the middle of a field, at byte {_end}"
        : $"{_message} ends in the middle of a field, at byte {_end}");
}
