using System;
using System.IO;
using System.Text;

namespace NetGen.Sample;

/// <summary>
/// A picture of characters that a game draws many times a second without allocating: everything is bytes in buffers that exist before the
/// game begins.
/// </summary>
internal sealed class Canvas
{
    private readonly Stream _output = Console.OpenStandardOutput();
    private readonly byte[] _cells;
    private readonly byte[] _frame;
    private readonly byte[] _upwards;
    private bool _isDrawn;

    /// <param name="width">Characters from left to right.</param>
    /// <param name="height">Characters from top to bottom, without the line below the picture.</param>
    public Canvas(int width, int height)
    {
        Width = width;
        Height = height;
        _cells = new byte[width * height];
        _upwards = Encoding.ASCII.GetBytes($"\x1b[{height + 1}A");
        _frame = new byte[_upwards.Length + (height + 1) * (width + 8)];
    }

    public int Width { get; }

    public int Height { get; }

    public void Clear() => _cells.AsSpan().Fill((byte)' ');

    /// <summary>Sets a character, or none if the place is outside the picture.</summary>
    public void Put(int column, int row, char character)
    {
        if ((uint)column < (uint)Width && (uint)row < (uint)Height)
        {
            _cells[row * Width + column] = (byte)character;
        }
    }

    /// <summary>Draws the picture over the one before, with a line of text below it.</summary>
    public void Draw(ReadOnlySpan<byte> line)
    {
        int length = 0;
        if (_isDrawn)
        {
            Append(_upwards, ref length);
        }

        for (int row = 0; row < Height; row++)
        {
            Append(_cells.AsSpan(row * Width, Width), ref length);
            Append("\n"u8, ref length);
        }

        Append(line[..Math.Min(line.Length, Width)], ref length);
        Append("\x1b[K\n"u8, ref length);
        _output.Write(_frame.AsSpan(0, length));
        _isDrawn = true;
    }

    /// <summary>Writes a line of text alone, for a file or a pipe.</summary>
    public void WriteLine(ReadOnlySpan<byte> line)
    {
        int length = 0;
        Append(line[..Math.Min(line.Length, Width)], ref length);
        Append("\n"u8, ref length);
        _output.Write(_frame.AsSpan(0, length));
    }

    private void Append(ReadOnlySpan<byte> bytes, ref int length)
    {
        bytes.CopyTo(_frame.AsSpan(length));
        length += bytes.Length;
    }
}
