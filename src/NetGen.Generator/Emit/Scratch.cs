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
    /// <param name="samples">How often each value is there, or null for once.</param>
    public void Write(string span, string? samples = null)
    {
        if (_values.Count == 0)
        {
            return;
        }

        WriteMemory(
            span, samples is null ? EmitContext.Text(Length + StackUse.Slack) : $"({samples} * {EmitContext.Text(Length)}) + {EmitContext.Text(StackUse.Slack)}", samples);
    }

    /// <summary>Writes the memory and a reference for each value; where the condition does not hold there is no memory, and the references are for nothing.</summary>
    public void WriteIf(string condition, string span) => WriteMemory(span, $"{condition} ? {EmitContext.Text(Length + StackUse.Slack)} : 0", null);

    private void WriteMemory(string span, string total, string? samples)
    {
        string times = samples is null ? "" : samples + " * ";
        _context.WriteMemory(span, total);
        string first = $"{_context.Functions.Use(VectorHelpers.Align, new VectorType(128, _context.Plan.Spec.Number))}(ref {EmitContext.FirstOf(span)})";
        int offset = 0;
        string? origin = null;
        foreach ((string name, int length) in _values)
        {
            string place = origin is null ? first : _context.At(origin, $"{times}{EmitContext.Text(offset)}");
            _context.Writer.Line($"ref {_context.T} {name} = ref {place};");
            origin ??= name;
            offset += length;
        }
    }
}
