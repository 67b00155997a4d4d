using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the way from samples in memory, each with its values side by side, to vectors with a sample in every lane, and back. Squares of as many samples as
/// values in 128 bits are transposed, in every 128 bits of a vector one. Rows are read and written in whole 128 bits: up to the same
/// number of elements less one lies beyond the last sample.
/// </summary>
internal sealed class LaneRows
{
    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly VectorText _text;
    private readonly LaneMemory _memory;

    public LaneRows(EmitContext context, VectorText text, LaneMemory memory)
    {
        _context = context;
        _writer = context.Writer;
        _text = text;
        _memory = memory;
    }

    private VectorType Type => _text.Widest;

    /// <summary>Rows and columns of a square.</summary>
    private int Square => VectorHelpers.SquareSize(Type);

    /// <summary>Whether rows of this length touch memory beyond the last sample.</summary>
    public static bool Exceeds(VectorType type, int values) => values > 1 && values % VectorHelpers.SquareSize(type) != 0;

    /// <summary>Elements that the rows of a group of samples touch.</summary>
    public static int Length(VectorType type, int values) => (type.Count * values) + (Exceeds(type, values) ? VectorHelpers.SquareSize(type) : 0);

    /// <summary>Writes what reads the values of a group of samples, and returns how the vector of a value is spelled.</summary>
    /// <param name="name">The name of the place where the samples lie, and of the vectors: <c>x0</c>, <c>x1</c>, …</param>
    /// <param name="values">Values of a sample.</param>
    /// <param name="lanes">Where the vectors are to lie if they are many.</param>
    /// <param name="length">Elements from one sample to the next, where there are more.</param>
    public Func<int, string> Load(string name, int values, string lanes, int? length = null)
    {
        int step = length ?? values;
        if (step == 1)
        {
            _writer.Line($"var {name}0 = {_text.Load(Type, name, 0)};");
            return _ => $"{name}0";
        }

        if (values <= Limits.LaneLocals)
        {
            for (int first = 0; first < values; first += Square)
            {
                LoadSquare(_context.At(name, first), step, Enumerable.Range(first, Square).Select(value => (value < values ? name : name + "Beyond") + EmitContext.Text(value)));
            }

            return value => name + EmitContext.Text(value);
        }

        _memory.ReserveElements(lanes, (values + Square - 1) / Square * Square * Type.Count);
        _writer.Open($"for (int i = 0; i < {values}; i += {Square})");
        List<string> columns = Enumerable.Range(0, Square).Select(column => "v" + EmitContext.Text(column)).ToList();
        LoadSquare(_context.At(name, "i"), step, columns);
        WriteAt("to", lanes);
        for (int column = 0; column < Square; column++)
        {
            _writer.Line($"{_text.Store(Type, columns[column], "to", column * Type.Count)}");
        }

        _writer.Close();
        return _memory.Lane(lanes);
    }

    /// <summary>Writes what stores the vector of each value sample by sample. What lies beyond the values of a sample stays or becomes zero.</summary>
    /// <param name="name">The name of the place where the samples are to lie.</param>
    /// <param name="values">Values of a sample.</param>
    /// <param name="value">The vector of a value.</param>
    /// <param name="length">Elements from one sample to the next.</param>
    /// <param name="lanes">Where the vectors lie if they are many.</param>
    /// <param name="made">What is stored, made of the vector; null for the vector itself.</param>
    public void Store(string name, int values, Func<int, string> value, int length, string lanes, Func<string, string>? made = null)
    {
        made ??= vector => vector;
        if (length == 1)
        {
            _writer.Line($"{_text.Store(Type, value(0), name, 0)}");
            return;
        }

        // The last values come first: what they write beyond the end of a sample is written over by the first ones of the next.
        int last = (values - 1) / Square * Square;
        if (values <= Limits.LaneLocals)
        {
            for (int first = last; first >= 0; first -= Square)
            {
                StoreSquare(Enumerable.Range(first, Square).Select(index => index < values ? made(value(index)) : _text.Zero(Type)), _context.At(name, first), length);
            }

            return;
        }

        _memory.Store(lanes, values, value);
        _writer.Open($"for (int i = {last}; i >= 0; i -= {Square})");
        WriteAt("from", lanes);
        StoreSquare(Enumerable.Range(0, Square).Select(index => made(_text.Load(Type, "from", index * Type.Count))), _context.At(name, "i"), length);
        _writer.Close();
    }

    private void WriteAt(string name, string lanes) => _writer.Line($"ref {_context.T} {name} = ref {_context.At(lanes, $"i * {EmitContext.Text(Type.Count)}")};");

    private void LoadSquare(string place, int step, IEnumerable<string> columns)
    {
        // What lies beyond the values has names too: the discard is the user's where something in reach is called _.
        string results = string.Join(", ", columns.Select(column => $"out var {column}"));
        _writer.Line($"{Use(VectorHelpers.LoadSquares)}(ref {place}, {step}, {results});");
    }

    private void StoreSquare(IEnumerable<string> lanes, string place, int step) =>
        _writer.Line($"{Use(VectorHelpers.StoreSquares)}({string.Join(", ", lanes)}, ref {place}, {step});");

    private string Use(string function) => _context.Functions.Use(function, Type);
}
