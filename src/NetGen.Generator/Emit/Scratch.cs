using System;
using System.Collections.Generic;
using System.Linq;
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
    public void Write(string span, string samples, IReadOnlyList<int> numbers)
    {
        string memory = string.Concat(numbers.Select((number, index) =>
            $"{(index < numbers.Count - 1 ? $"{samples} == {EmitContext.Text(number)} ? " : "")}{_context.Memory(Elements(number))}{(index < numbers.Count - 1 ? " : " : "")}"));
        Write(span, memory, offset => numbers.Count == 1 ? EmitContext.Text(numbers[0] * offset) : $"{samples} * {EmitContext.Text(offset)}");
    }

    /// <summary>Writes the memory and a reference for each value; where the condition does not hold there is no memory, and the references are for nothing.</summary>
    public void WriteIf(string condition, string span) => Write(span, $"{condition} ? {_context.Memory(Elements(1))} : default", EmitContext.Text);

    private string Elements(int samples) => EmitContext.Text((samples * Length) + StackUse.Slack);

    private void Write(string span, string memory, Func<int, string> place)
    {
        _context.WriteSpan(span, memory);
        string first = $"{_context.Functions.Use(VectorHelpers.Align, new VectorType(128, _context.Plan.Spec.Number))}(ref {EmitContext.FirstOf(span)})";
        int offset = 0;
        string? origin = null;
        foreach ((string name, int length) in _values)
        {
            _context.Writer.Line($"ref {_context.T} {name} = ref {(origin is null ? first : _context.At(origin, place(offset)))};");
            origin ??= name;
            offset += length;
        }
    }
}
