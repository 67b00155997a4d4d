using System;
using System.Collections.Generic;
using System.Globalization;

namespace NetGen.Generator.Emit;

/// <summary>Characters that grow at their end, in pieces: none of them is copied to make room for more.</summary>
internal sealed class TextBuffer
{
    private const int PieceBits = 12;
    private const int Piece = 1 << PieceBits;

    /// <summary>Where the last text of this thread was put together. The texts of networks are long, and a project may have many.</summary>
    [ThreadStatic]
    private static WeakReference<List<char[]>>? _spare;

    private readonly List<char[]> _pieces;

    private TextBuffer(List<char[]> pieces)
    {
        _pieces = pieces;
    }

    /// <summary>Creates an empty buffer.</summary>
    public TextBuffer()
        : this(new List<char[]>())
    {
    }

    public int Length { get; private set; }

    /// <summary>Creates an empty buffer in memory that another left, if there is any.</summary>
    public static TextBuffer Rent()
    {
        WeakReference<List<char[]>>? spare = _spare;
        _spare = null;
        return spare is not null && spare.TryGetTarget(out List<char[]> pieces) ? new TextBuffer(pieces) : new TextBuffer();
    }

    /// <summary>Leaves the memory to the next text; the buffer must not be used any more.</summary>
    public void Leave() => _spare = new WeakReference<List<char[]>>(_pieces);

    public void Append(string text) => Append(text, 0, text.Length);

    /// <summary>Appends what stands between two places of a text.</summary>
    public void Append(string text, int start, int end)
    {
        while (start < end)
        {
            int count = Reserve(end - start, out char[] piece);
            text.CopyTo(start, piece, Length % Piece, count);
            start += count;
            Length += count;
        }
    }

    public void Append(char character)
    {
        Reserve(1, out char[] piece);
        piece[Length++ % Piece] = character;
    }

    public void Append(int number)
    {
        if (number < 0)
        {
            Append(number.ToString(CultureInfo.InvariantCulture));
            return;
        }

        int power = 1;
        while (number / power >= 10)
        {
            power *= 10;
        }

        for (; power > 0; power /= 10)
        {
            Append((char)('0' + (number / power % 10)));
        }
    }

    /// <summary>Copies what stands between two places to the end of another buffer.</summary>
    public void CopyTo(TextBuffer other, int start, int end)
    {
        for (int from = start; from < end;)
        {
            int count = other.Reserve(Math.Min(end - from, Piece - (from % Piece)), out char[] piece);
            Array.Copy(_pieces[from >> PieceBits], from % Piece, piece, other.Length % Piece, count);
            from += count;
            other.Length += count;
        }
    }

    /// <summary>Takes back what stands from a place on.</summary>
    public void Truncate(int length) => Length = length;

    public override string ToString() => Text(0, Length);

    /// <summary>What stands between two places.</summary>
    public unsafe string Text(int start, int end)
    {
        // A string that is filled before anybody sees it, as string.Create does, which netstandard2.0 lacks.
        string text = new('\0', end - start);
        fixed (char* destination = text)
        {
            for (int from = start; from < end;)
            {
                int count = Math.Min(end - from, Piece - (from % Piece));
                fixed (char* source = _pieces[from >> PieceBits])
                {
                    long bytes = sizeof(char) * count;
                    Buffer.MemoryCopy(source + (from % Piece), destination + (from - start), bytes, bytes);
                }

                from += count;
            }
        }

        return text;
    }

    /// <summary>Makes room for some characters, or for as many as the piece at the end takes: how many, and the piece.</summary>
    private int Reserve(int length, out char[] piece)
    {
        if (Length >> PieceBits == _pieces.Count)
        {
            _pieces.Add(new char[Piece]);
        }

        piece = _pieces[Length >> PieceBits];
        return Math.Min(length, Piece - (Length % Piece));
    }
}
