using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NetGen.Models.Safetensors;

/// <summary>A tensor as the header of a file describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its number type.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="End">Byte after the last one.</param>
internal sealed record TensorHeader(string Name, TensorType Type, IReadOnlyList<long> Shape, long Begin, long End)
{
    public long Length => End - Begin;

    /// <summary>What makes values of its bytes.</summary>
    /// <exception cref="InvalidDataException">It has numbers of a type that no network has.</exception>
    public Func<byte[], int, double> Decode => Type.Decode ?? throw new InvalidDataException(
        FileText.Harmless($"the tensor '{FileText.Short(Name)}' has numbers of type {Type.Name}, expected F32, F64, F16 or BF16"));

    public bool HasShape(params long[] shape) => Shape.SequenceEqual(shape);

    public static string Text(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}
