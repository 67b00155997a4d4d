using System;
using System.Globalization;

namespace NetGen.Sample;

/// <summary>
/// Composes a line of text as bytes, in a buffer of its own. An interpolated string would do, but boxes its numbers until the runtime has
/// optimised the formatting.
/// </summary>
internal sealed class TextLine
{
    private readonly byte[] _bytes;
    private int _length;

    public TextLine(int capacity)
    {
        _bytes = new byte[capacity];

        // The first number of all, and the first with a sign, make the runtime prepare things.
        Add(-1.5, 0, "0.00").Clear();
    }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public TextLine Clear()
    {
        _length = 0;
        return this;
    }

    /// <summary>Adds text; what does not fit is left out.</summary>
    public TextLine Add(ReadOnlySpan<byte> text)
    {
        int count = Math.Min(text.Length, _bytes.Length - _length);
        text[..count].CopyTo(_bytes.AsSpan(_length));
        _length += count;
        return this;
    }

    /// <summary>Adds a number, at the right of a field.</summary>
    public TextLine Add(double number, int width, ReadOnlySpan<char> format)
    {
        Span<byte> digits = stackalloc byte[32];
        if (number.TryFormat(digits, out int count, format, CultureInfo.InvariantCulture))
        {
            for (int blank = count; blank < width; blank++)
            {
                Add(" "u8);
            }

            Add(digits[..count]);
        }

        return this;
    }
}
