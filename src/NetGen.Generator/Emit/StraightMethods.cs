using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes strands as the body of a method, or, where they exceed the budget of one, as calls of further methods among which they are divided. The sums of
/// a strand that is cut wait in stack memory, <c>sums</c>, from one method to the next.
/// </summary>
internal sealed class StraightMethods
{
    private const string Memory = "sums";

    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly VectorText _text;
    private readonly string _name;
    private readonly Parameter[] _parameters;
    private readonly IReadOnlyList<Strand> _strands;
    private readonly IReadOnlyList<IReadOnlyList<Piece>> _methods;

    /// <summary>Divides the body of a method.</summary>
    /// <param name="context">The network.</param>
    /// <param name="text">Spells vectors.</param>
    /// <param name="name">The method.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="strands">The body.</param>
    public StraightMethods(
        EmitContext context, VectorText text, string name, Parameter[] parameters, IReadOnlyList<Strand> strands)
    {
        _context = context;
        _writer = context.Writer;
        _text = text;
        _name = name;
        _parameters = parameters;
        _strands = strands;
        _methods = Portions.Cut(
            strands.Select(strand => (strand.Cost, (IReadOnlyList<int>)strand.Steps.Select(step => step.Cost).ToArray())).ToArray(),
            Limits.PortionCost);
    }

    private bool IsDivided => _methods.Count > 1;

    private bool IsGrouped => _methods.Count > Limits.MethodCalls;

    /// <summary>Elements of the memory for sums.</summary>
    private int MemoryLength => _methods.SelectMany(pieces => pieces)
        .Where(piece => piece.Start > 0)
        .Select(piece => _strands[piece.Strand].Sums.SelectMany(line => line).Sum(Length))
        .DefaultIfEmpty()
        .Max();

    /// <summary>Writes the body.</summary>
    public void Body()
    {
        if (!IsDivided)
        {
            WritePieces(_methods[0]);
            return;
        }

        if (MemoryLength > 0)
        {
            var scratch = new Scratch(_context);
            scratch.Add(Memory, MemoryLength);
            scratch.Write(Memory + "0");
        }

        if (IsGrouped)
        {
            WriteCalls("Group", 0, Groups);
        }
        else
        {
            WriteCalls("Part", 0, _methods.Count);
        }
    }

    /// <summary>Writes the methods that the body calls.</summary>
    public void Parts()
    {
        for (int group = 0; IsGrouped && group < Groups; group++)
        {
            int first = group * Limits.MethodCalls;
            Open($"Group{EmitContext.Text(group + 1)}", $"part {EmitContext.Text(first + 1)} on");
            WriteCalls("Part", first, Math.Min(Limits.MethodCalls, _methods.Count - first));
            _writer.Close();
        }

        for (int part = 0; IsDivided && part < _methods.Count; part++)
        {
            Open($"Part{EmitContext.Text(part + 1)}", $"part {EmitContext.Text(part + 1)} of {EmitContext.Text(_methods.Count)}");
            WritePieces(_methods[part]);
            _writer.Close();
        }
    }

    private int Groups => (_methods.Count + Limits.MethodCalls - 1) / Limits.MethodCalls;

    private void WriteCalls(string kind, int first, int count)
    {
        IEnumerable<string> arguments = _parameters
            .Select(parameter => (parameter.Type.StartsWith("ref ", StringComparison.Ordinal) ? "ref " : "") + parameter.Name);
        if (MemoryLength > 0)
        {
            arguments = arguments.Append("ref " + Memory);
        }

        string list = string.Join(", ", arguments);
        for (int index = first; index < first + count; index++)
        {
            _writer.Line($"{_name}{kind}{index + 1}({list});");
        }
    }

    private void Open(string suffix, string what)
    {
        _writer.Comment($"{_name}, {what}");
        _context.WriteKernelAttribute();
        IEnumerable<Parameter> sums = MemoryLength == 0
            ? new Parameter[0]
            : new[] { _context.Reference(Memory) };
        _context.OpenMethod($"private static void {_name}{suffix}", _parameters.Concat(sums).ToArray());
    }

    private void WritePieces(IReadOnlyList<Piece> pieces)
    {
        // The names of vectors are short and repeat from strand to strand.
        bool isScoped = pieces.Count > 1;
        foreach (Piece piece in pieces)
        {
            if (isScoped)
            {
                _writer.Open($"");
            }

            Write(piece);
            if (isScoped)
            {
                _writer.Close();
            }
        }
    }

    private void Write(Piece piece)
    {
        Strand strand = _strands[piece.Strand];
        Dictionary<StrandSum, int> places = Places(strand);
        strand.Begin();
        Declare(_context, strand, sum => piece.Start == 0 ? sum.Start : Load(sum, places[sum]));
        foreach (StrandStep step in strand.Steps.Skip(piece.Start).Take(piece.End - piece.Start))
        {
            step.Write();
        }

        if (piece.End == strand.Steps.Count)
        {
            strand.End();
            return;
        }

        foreach (IReadOnlyList<StrandSum> line in strand.Sums)
        {
            _context.WriteStatements(line.Select(sum => Save(sum, places[sum])));
        }
    }

    private static void Declare(EmitContext context, Strand strand, Func<StrandSum, string> value)
    {
        foreach (IReadOnlyList<StrandSum> line in strand.Sums)
        {
            context.WriteStatements(line.Select(sum => $"var {sum.Name} = {value(sum)};"));
        }
    }

    /// <summary>Where each sum of a strand waits.</summary>
    private static Dictionary<StrandSum, int> Places(Strand strand)
    {
        var places = new Dictionary<StrandSum, int>();
        int place = 0;
        foreach (StrandSum sum in strand.Sums.SelectMany(line => line))
        {
            places.Add(sum, place);
            place += Length(sum);
        }

        return places;
    }

    private string Load(StrandSum sum, int place) => _text.Load(sum.Type, Memory, place);

    private string Save(StrandSum sum, int place) => _text.Store(sum.Type, sum.Name, Memory, place);

    private static int Length(StrandSum sum) => sum.Type.Count;
}
