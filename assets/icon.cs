// Draws icon.png beside this file: the network 2-3-2 of the README. Run with: dotnet run assets/icon.cs
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

const int Size = 128;
const int Samples = 4;

// Columns of units, and every weight between neighbouring columns.
Vector2[][] layers =
[
    [new(26, 46), new(26, 82)],
    [new(64, 28), new(64, 64), new(64, 100)],
    [new(102, 46), new(102, 82)],
];
(Vector2 From, Vector2 To)[] weights =
[
    .. layers.Zip(layers.Skip(1)).SelectMany(pair => pair.First.SelectMany(from => pair.Second.Select(to => (from, to)))),
];
Vector3[] colours = [new(0.98f, 0.72f, 0.25f), new(0.95f, 0.95f, 1.0f), new(0.35f, 0.85f, 0.75f)];

byte[] rows = new byte[Size * (1 + (4 * Size))];
for (int y = 0; y < Size; y++)
{
    for (int x = 0; x < Size; x++)
    {
        Vector4 sum = Vector4.Zero;
        for (int sample = 0; sample < Samples * Samples; sample++)
        {
            sum += Colour(new Vector2(x + (((sample % Samples) + 0.5f) / Samples), y + (((sample / Samples) + 0.5f) / Samples)));
        }

        // Colours are summed times their opacity, as a mean over the edge of the shape demands.
        float opacity = sum.W / (Samples * Samples);
        Vector3 colour = sum.W == 0 ? Vector3.Zero : new Vector3(sum.X, sum.Y, sum.Z) / sum.W;
        Span<byte> pixel = rows.AsSpan((y * (1 + (4 * Size))) + 1 + (4 * x), 4);
        (pixel[0], pixel[1], pixel[2], pixel[3]) = (Byte(colour.X), Byte(colour.Y), Byte(colour.Z), Byte(opacity));
    }
}

File.WriteAllBytes(Path.Combine(Path.GetDirectoryName(Here())!, "icon.png"), Png(rows));

Vector4 Colour(Vector2 p)
{
    // A square with round corners.
    Vector2 corner = Vector2.Max(Vector2.Abs(p - new Vector2(Size / 2f)) - new Vector2((Size / 2f) - 26), Vector2.Zero);
    if (corner.Length() > 24)
    {
        return Vector4.Zero;
    }

    for (int layer = 0; layer < layers.Length; layer++)
    {
        if (layers[layer].Any(unit => Vector2.Distance(unit, p) < 10))
        {
            return new Vector4(colours[layer], 1);
        }
    }

    bool onWeight = weights.Any(weight => DistanceToSegment(p, weight.From, weight.To) < 1.5f);
    return onWeight ? new Vector4(0.55f, 0.58f, 0.78f, 1) : new Vector4(0.13f, 0.14f, 0.30f, 1);
}

static float DistanceToSegment(Vector2 p, Vector2 from, Vector2 to)
{
    float along = Math.Clamp(Vector2.Dot(p - from, to - from) / (to - from).LengthSquared(), 0, 1);
    return Vector2.Distance(p, from + (along * (to - from)));
}

static byte Byte(float value) => (byte)MathF.Round(255 * value);

static string Here([CallerFilePath] string path = "") => path;

// PNG: a signature, then chunks of length, type, data and CRC-32. Each row of pixels starts with its filter, here none.
static byte[] Png(byte[] rows)
{
    using var packed = new MemoryStream();
    using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
    {
        zlib.Write(rows);
    }

    byte[] header = new byte[13];
    BinaryPrimitives.WriteInt32BigEndian(header, Size);
    BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Size);
    (header[8], header[9]) = (8, 6);
    var file = new List<byte>([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
    foreach ((string type, byte[] data) in new[] { ("IHDR", header), ("IDAT", packed.ToArray()), ("IEND", []) })
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        byte[] number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.AddRange(number);
        file.AddRange(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        file.AddRange(number);
    }

    return [.. file];
}

static uint Crc(byte[] body)
{
    uint crc = uint.MaxValue;
    foreach (byte value in body)
    {
        crc ^= value;
        for (int bit = 0; bit < 8; bit++)
        {
            crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }
    }

    return ~crc;
}
