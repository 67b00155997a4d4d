using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Emit;

/// <summary>A quantity of every unit of a layer, in the locals of a straight line: one vector, or several side by side.</summary>
/// <param name="Chunks">The vectors, in order of the units.</param>
internal sealed record LineValue(IReadOnlyList<Chunk> Chunks)
{
    /// <summary>The vectors of a padded length, called <c>name</c>, or <c>name_0</c>, <c>name_1</c>, …</summary>
    public static LineValue Of(string name, int length, VectorText text)
    {
        var chunks = new List<Chunk>();
        foreach (VectorBlock block in text.Width.Blocks(length, length, 1))
        {
            for (int start = block.Start; start < block.End; start += block.Step)
            {
                chunks.Add(new Chunk(block.Type, start, name));
            }
        }

        return chunks.Count == 1
            ? new LineValue(chunks)
            : new LineValue(chunks.Select((chunk, index) => chunk with { Local = $"{name}_{EmitContext.Text(index)}" }).ToList());
    }

    /// <summary>The vector that holds a unit, and its place in there.</summary>
    public (Chunk Chunk, int Index) Find(int unit)
    {
        Chunk chunk = Chunks.Last(chunk => chunk.Start <= unit);
        return (chunk, unit - chunk.Start);
    }
}

/// <summary>A vector of a <see cref="LineValue"/>.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Start">The unit in its first element.</param>
/// <param name="Local">Its name.</param>
internal sealed record Chunk(VectorType Type, int Start, string Local);
