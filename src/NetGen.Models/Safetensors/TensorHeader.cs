using System.Collections.Generic;
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

    public bool HasShape(params long[] shape) => Shape.SequenceEqual(shape);

    public static string Text(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}
