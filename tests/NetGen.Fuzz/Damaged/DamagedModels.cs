using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NetGen.Models.Onnx;

namespace NetGen.Fuzz.Damaged;

/// <summary>Files of ONNX with damage, each made from a seed and a number: every one is read or refused, quickly and with little memory.</summary>
/// <param name="files">Files to damage.</param>
/// <param name="seed">Makes the damage.</param>
/// <param name="mostTime">How long reading a file may take.</param>
internal sealed class DamagedModels(IReadOnlyList<byte[]> files, int seed, TimeSpan mostTime) : FileCases(mostTime, MostMemory)
{
    private const long MostMemory = 64 << 20;
    private const int MostDamage = 4;

    /// <summary>Bytes that mean something in a file: tags and types, the ends of numbers of 1 to 10 bytes, lengths that are too long, names.</summary>
    private static readonly byte[][] Pieces =
    [
        [0], [1], [0x7F], [0x80], [0xFF], [0x08], [0x0A], [0x12], [0x2A], [0x3A], [0x0B], [0x0C],
        [0xFF, 0xFF, 0xFF, 0xFF, 0x07],
        [0x80, 0x80, 0x80, 0x80, 0x10],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
        [0x70, 0x01, 0x6A, 0x13, 0x0A, 0x08, .. "location"u8, 0x12, 0x07, .. "../file"u8],
        [0x0A, 0x00], [0x22, 0x00], [0x4A, 0x00], [0x4A, 0x04, 0, 0, 0, 0], [0x25, 0, 0, 0x80, 0x3F],
        Encoding.Latin1.GetBytes("\u00c3("),
    ];

    /// <summary>A damaged file.</summary>
    /// <param name="number">Its number.</param>
    public byte[] File(int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) ^ number));
        List<byte> file = [.. files[random.Next(files.Count)]];
        for (int count = random.Next(1, MostDamage + 1); count > 0; count--)
        {
            Damage(file, random);
        }

        return [.. file];
    }

    /// <inheritdoc/>
    public override string? Check(int number)
    {
        byte[] file = File(number);
        return Measured(() =>
        {
            try
            {
                ReadAll(file);
                Accepted++;
            }
            catch (InvalidDataException error) when (IsRefusal(error))
            {
                Refused++;
            }

            return null;
        });
    }

    private static void ReadAll(byte[] file)
    {
        OnnxGraph graph = OnnxReader.Read(file, external: null).Graph;
        IEnumerable<OnnxTensor> inNodes = graph.Nodes.SelectMany(node => node.Attributes.Values).Select(attribute => attribute.Tensor).OfType<OnnxTensor>();
        foreach (OnnxTensor tensor in graph.Initializers.Values.Concat(inNodes))
        {
            tensor.ToDoubles();
            if (tensor.Type is OnnxType.Int64 or OnnxType.Int32)
            {
                tensor.ToIntegers();
            }
        }
    }

    private void Damage(List<byte> file, Random random)
    {
        int at = random.Next(file.Count + 1);
        int length = Math.Min(file.Count - at, random.Next(1, random.Next(2) == 0 ? 4 : 100));
        switch (random.Next(7))
        {
            case 0 when at < file.Count:
                file[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < file.Count:
                file[at] = (byte)random.Next(256);
                break;
            case 2:
                file.RemoveRange(at, length);
                break;
            case 3:
                file.InsertRange(at, file.GetRange(at, length));
                break;
            case 4:
                byte[] other = files[random.Next(files.Count)];
                int from = random.Next(other.Length);
                file.InsertRange(at, other[from..Math.Min(other.Length, from + length)]);
                break;
            case 5:
                file.RemoveRange(at, random.Next(20) == 0 ? file.Count - at : 0);
                break;
            default:
                byte[] piece = Pieces[random.Next(Pieces.Length)];
                file.RemoveRange(at, Math.Min(file.Count - at, random.Next(2) * piece.Length));
                file.InsertRange(at, piece);
                break;
        }
    }
}
