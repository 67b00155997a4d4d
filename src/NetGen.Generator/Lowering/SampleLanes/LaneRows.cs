using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>
/// The way from samples in memory, each with its values side by side, to vectors with a sample in every lane, and back. Squares of as many samples as
/// values in 128 bits are transposed, in every 128 bits of a vector one. Rows are read and written in whole 128 bits: up to the same
/// number of elements less one lies beyond the last sample.
/// </summary>
internal sealed class LaneRows
{
    private readonly LaneMemory _memory;

    public LaneRows(LaneMemory memory)
    {
        _memory = memory;
    }

    private VectorType Type => _memory.Type;

    /// <summary>Whether rows of this length touch memory beyond the last sample.</summary>
    public static bool Exceeds(VectorType type, int values) => values > 1 && values % type.Square != 0;

    /// <summary>Elements that the rows of whole groups of samples touch.</summary>
    public static int Length(VectorType type, int values, int samples) => (samples * values) + (Exceeds(type, values) ? type.Square : 0);

    /// <summary>Rows of values of all samples, as far as whole groups of them touch memory.</summary>
    public static Buffer Of(string name, VectorType type, int values, Count samples)
    {
        int beyond = Exceeds(type, values) ? type.Square - (values % type.Square) : 0;
        return new Buffer(name, ((Index)new WholeGroups(samples, type.Count) * values) + beyond, BufferKind.Reference);
    }

    /// <summary>Reads the values of a group of samples.</summary>
    /// <param name="samples">Where they lie; the vectors are called alike: <c>x0</c>, <c>x1</c>, …</param>
    /// <param name="values">Values of a sample.</param>
    /// <param name="lanes">Where the vectors are to lie if they are many.</param>
    /// <param name="value">The vector of a value.</param>
    /// <param name="length">Elements from one sample to the next, where there are more.</param>
    public IReadOnlyList<Statement> Load(Buffer samples, int values, string lanes, out Func<int, Expression> value, int? length = null)
    {
        int step = length ?? values;
        string Local(int index) => (index < values ? samples.Name : samples.Name + "Beyond") + Notation.Text(index);
        if (values <= Tuning.LaneLocals)
        {
            value = index => Expression.Symbol(Local(index));
            return step == 1
                ? new[] { new Let(Local(0), new LoadVector(Type, samples, 0), Type) }
                : Squares(values).Select(first => new LetSquares(Type, Enumerable.Range(first, Type.Square).Select(Local).ToArray(), samples, first, step)).ToList();
        }

        Buffer memory = _memory.ReserveElements(lanes, (Squares(values).Last() + Type.Square) * Type.Count);
        value = _memory.Lane(lanes);
        var loop = new Loop("i", 0, values, Type.Square);
        string[] columns = Enumerable.Range(0, Type.Square).Select(column => "v" + Notation.Text(column)).ToArray();
        var body = new List<Statement> { new LetSquares(Type, columns, samples, loop, step), At(memory, loop, "to", out Buffer to) };
        body.AddRange(columns.Select((column, index) => new Store(to, index * Type.Count, Expression.Symbol(column), Type)));
        return new[] { new For(loop, body) };
    }

    /// <summary>Stores the vector of each value sample by sample. What lies beyond the values of a sample stays or becomes zero.</summary>
    /// <param name="samples">Where the samples are to lie.</param>
    /// <param name="values">Values of a sample.</param>
    /// <param name="value">The vector of a value.</param>
    /// <param name="length">Elements from one sample to the next.</param>
    /// <param name="lanes">Where the vectors lie if they are many.</param>
    /// <param name="made">What is stored, made of the vector; null for the vector itself.</param>
    public IReadOnlyList<Statement> Store(
        Buffer samples, int values, Func<int, Expression> value, int length, string lanes, Func<Expression, Expression>? made = null)
    {
        made ??= vector => vector;
        if (length == 1)
        {
            return new[] { new Store(samples, 0, made(value(0)), Type) };
        }

        // The last values come first: what they write beyond the end of a sample is written over by the first ones of the next.
        if (values <= Tuning.LaneLocals)
        {
            return Squares(values).Reverse()
                .Select(first => StoreSquares(samples, length, first, index => first + index < values ? made(value(first + index)) : VectorOperation.Zero(Type)))
                .ToList();
        }

        List<Statement> statements = _memory.Store(lanes, values, value).ToList();
        Loop loop = Loop.Down("i", Squares(values).Last(), Type.Square);
        Statement view = At(_memory.Use(lanes), loop, "from", out Buffer from);
        statements.Add(new For(loop, new[] { view, StoreSquares(samples, length, loop, index => made(new LoadVector(Type, from, index * Type.Count))) }));
        return statements;
    }

    private StoreSquares StoreSquares(Buffer samples, int length, Index first, Func<int, Expression> column) =>
        new(Type, Enumerable.Range(0, Type.Square).Select(column).ToArray(), samples, first, length);

    /// <summary>The first value of each square.</summary>
    private IEnumerable<int> Squares(int values) => Enumerable.Range(0, (values + Type.Square - 1) / Type.Square).Select(square => square * Type.Square);

    /// <summary>The vectors of a square's values under a name of their own.</summary>
    private View At(Buffer lanes, Index value, string name, out Buffer part)
    {
        part = new Buffer(name, Type.Square * Type.Count, BufferKind.Reference);
        return new View(part, lanes, value * Type.Count);
    }
}
