using System;
using System.Globalization;

namespace NetGen.Generator.Emit;

/// <summary>Characters that grow at their end.</summary>
internal sealed class TextBuffer
{
    /// <summary>The most digits of an int.</summary>
    private const int MostDigits = 10;

    /// <summary>Where the last text of this thread was put together. The texts of networks are long, and a project may have many.</summary>
    [ThreadStatic]
    private static WeakReference<char[]>? _spare;

    private char[] _characters;

    private TextBuffer(char[] characters)
    {
        _characters = characters;
    }

    /// <summary>Creates an empty buffer.</summary>
    public TextBuffer()
        : this(new char[512])
    {
    }

    public int Length { get; private set; }

    public char this[int index] => _characters[index];

    /// <summary>Creates an empty buffer in memory that another left, if there is any.</summary>
    public static TextBuffer Rent()
    {
        WeakReference<char[]>? spare = _spare;
        _spare = null;
        return spare is not null && spare.TryGetTarget(out char[] characters) ? new TextBuffer(characters) : new TextBuffer();
    }

    /// <summary>Leaves the memory to the next text; the buffer must not be used any more.</summary>
    public void Leave()
    {
        _spare = new WeakReference<char[]>(_characters);
        _characters = Array.Empty<char>();
        Length = 0;
    }

    public void Append(string text)
    {
        Reserve(text.Length);
        text.CopyTo(0, _characters, Length, text.Length);
        Length += text.Length;
    }

    public void Append(char character)
    {
        Reserve(1);
        _characters[Length++] = character;
    }

    public void Append(int number)
    {
        if (number < 0)
        {
            Append(number.ToString(CultureInfo.InvariantCulture));
            return;
        }

        Reserve(MostDigits);
        int digits = 1;
        for (int rest = number / 10; rest > 0; rest /= 10)
        {
            digits++;
        }

        for (int place = Length + digits - 1; place >= Length; place--)
        {
            _characters[place] = (char)('0' + (number % 10));
            number /= 10;
        }

        Length += digits;
    }

    /// <summary>Moves what stands from a place on to the end of another buffer.</summary>
    public void MoveTo(TextBuffer other, int start)
    {
        int count = Length - start;
        other.Reserve(count);
        Array.Copy(_characters, start, other._characters, other.Length, count);
        other.Length += count;
        Length = start;
    }

    /// <summary>Moves what stands from a place on in front of what stands from an earlier place on.</summary>
    public void MoveBack(int from, int to)
    {
        string moved = ToString(from);
        Array.Copy(_characters, to, _characters, to + moved.Length, from - to);
        moved.CopyTo(0, _characters, to, moved.Length);
    }

    /// <summary>Removes a character.</summary>
    public void Remove(int index)
    {
        Array.Copy(_characters, index + 1, _characters, index, Length - index - 1);
        Length--;
    }

    public string ToString(int start) => new(_characters, start, Length - start);

    public override string ToString() => ToString(0);

    private void Reserve(int length)
    {
        if (Length + length > _characters.Length)
        {
            Array.Resize(ref _characters, Math.Max(2 * _characters.Length, Length + length));
        }
    }
}
