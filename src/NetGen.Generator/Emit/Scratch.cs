using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>Stack memory of a method: several values one after another, the first at the start of a cache line, all zero.</summary>
internal sealed class Scratch
{
    private readonly EmitContext _context;
    private readonly List<(string Name, int Length)> _values = new();

    public Scratch(EmitContext context)
    {
        _context = context;
    }

    /// <summary>Elements of all values.</summary>
    public int Length => _values.Sum(value => value.Length);

    /// <summary>The first value, from which the places of the others are counted.</summary>
    public string First => _values[0].Name;

    public void Add(string name, int length) => _values.Add((name, length));

    /// <summary>Writes the memory and a reference for each value.</summary>
    /// <param name="span">The name of the memory.</param>
    public void Write(string span)
    {
        if (_values.Count > 0)
        {
            Write(span, _context.Memory(Elements(1)), EmitContext.Text);
        }
    }

    /// <summary>Writes memory in which each value is there for every sample, and a reference for each value of the first.</summary>
    /// <param name="span">The name of the memory.</param>
    /// <param name="samples">The variable with their number.</param>
    /// <param name="numbers">The numbers that it may be; where there is only one, it needs no variable.</param>
    /// <param name="isNamed">The values that get a reference, or null for all; the first has one always.</param>
    public void Write(string span, string samples, IReadOnlyList<int> numbers, Func<string, bool>? isNamed = null)
    {
        string memory = string.Concat(numbers.Select((number, index) =>
            $"{(index < numbers.Count - 1 ? $"{samples} == {EmitContext.Text(number)} ? " : "")}{_context.Memory(Elements(number))}{(index < numbers.Count - 1 ? " : " : "")}"));
        Write(span, memory, Place(samples, numbers), isNamed);
    }

    /// <summary>Writes references for some values of such memory, where there is one for the first.</summary>
    public void WriteReferences(string samples, IReadOnlyList<int> numbers, Func<string, bool> isNamed) => WriteReferences(Place(samples, numbers), isNamed);

    /// <summary>Writes references for some values of the memory of one sample, where there is one for the first.</summary>
    public void WriteReferences(Func<string, bool> isNamed) => WriteReferences(EmitContext.Text, isNamed);

    /// <summary>Writes the memory and a reference for each value; where the condition does not hold there is no memory, and the references are for nothing.</summary>
    public void WriteIf(string condition, string span, Func<string, bool>? isNamed = null) =>
        Write(span, $"{condition} ? {_context.Memory(Elements(1))} : default", EmitContext.Text, isNamed);

    private string Elements(int samples) => EmitContext.Text((samples * Length) + StackUse.Slack);

    private static Func<int, string> Place(string samples, IReadOnlyList<int> numbers) =>
        offset => numbers.Count == 1 ? EmitContext.Text(numbers[0] * offset) : $"{samples} * {EmitContext.Text(offset)}";

    private void Write(string span, string memory, Func<int, string> place, Func<string, bool>? isNamed = null)
    {
        _context.WriteSpan(span, memory);
        string first = $"{_context.Functions.Use(VectorHelpers.Align, new VectorType(128, _context.Plan.Spec.Number))}(ref {_context.FirstOf(span)})";
        _context.Writer.Line($"ref {_context.T} {First} = ref {first};");
        WriteReferences(place, isNamed ?? (_ => true));
    }

    private void WriteReferences(Func<int, string> place, Func<string, bool> isNamed)
    {
        // A value may have no elements: the trace of a single layer.
        int offset = _values[0].Length;
        foreach ((string name, int length) in _values.Skip(1))
        {
            if (isNamed(name))
            {
                _context.Writer.Line($"ref {_context.T} {name} = ref {_context.At(First, place(offset))};");
            }

            offset += length;
        }
    }
}
