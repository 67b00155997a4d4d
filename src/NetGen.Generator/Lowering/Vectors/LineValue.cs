using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>A quantity of every unit of a layer, in the variables of a straight line: one vector, or several side by side.</summary>
/// <param name="Chunks">The vectors, in order of the units.</param>
internal sealed record LineValue(IReadOnlyList<Chunk> Chunks)
{
    /// <summary>The vectors of a padded length, called <c>name</c>, or <c>name_0</c>, <c>name_1</c>, …</summary>
    public static LineValue Of(string name, int length, VectorWidth width)
    {
        var chunks = new List<Chunk>();
        foreach (VectorBlock block in width.Blocks(length, length, 1))
        {
            for (int start = block.Start; start < block.End; start += block.Step)
            {
                chunks.Add(new Chunk(block.Type, start, name));
            }
        }

        return chunks.Count == 1
            ? new LineValue(chunks)
            : new LineValue(chunks.Select((chunk, index) => chunk with { Local = $"{name}_{Notation.Text(index)}" }).ToList());
    }

    /// <summary>A unit, as a number.</summary>
    public Expression Element(int unit)
    {
        (Chunk chunk, int index) = Find(unit);
        return VectorOperation.Element(chunk.Type, chunk.Value, index);
    }

    /// <summary>A unit, in every element of a vector.</summary>
    public Expression Spread(int unit, VectorType type)
    {
        (Chunk chunk, int index) = Find(unit);
        return chunk.Type == type ? VectorOperation.Spread(type, chunk.Value, index) : VectorOperation.Splat(type, Element(unit));
    }

    /// <summary>Declares the vectors.</summary>
    /// <param name="value">What each of them is, and its number.</param>
    public IEnumerable<Statement> Declare(System.Func<Chunk, int, Expression> value) => Chunks.Select((chunk, index) => chunk.Declare(value(chunk, index)));

    private (Chunk Chunk, int Index) Find(int unit)
    {
        Chunk chunk = Chunks.Last(chunk => chunk.Start <= unit);
        return (chunk, unit - chunk.Start);
    }
}

/// <summary>A vector of a <see cref="LineValue"/>.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Start">The unit in its first element.</param>
/// <param name="Local">Its name.</param>
internal sealed record Chunk(VectorType Type, int Start, string Local)
{
    public Expression Value => Expression.Symbol(Local);

    /// <summary>The first unit after it.</summary>
    public int End => Start + Type.Count;

    /// <summary>A vector of a buffer in which its units lie from a place on.</summary>
    public Expression Load(Buffer buffer, Index first) => new LoadVector(Type, buffer, first + Start);

    public Let Declare(Expression value) => new(Local, value, Type);

    public Assign Assign(Expression value) => new(Local, value, Type);

    /// <summary>A value for it, with zeros in the padding.</summary>
    /// <param name="value">The value.</param>
    /// <param name="used">Units without padding.</param>
    public Expression Keep(Expression value, int used) => VectorOperation.Keep(Type, value, used - Start);
}
