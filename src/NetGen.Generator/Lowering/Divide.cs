using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>
/// Strands as the body of a kernel, or, where they exceed the budget of one, as calls of further kernels among which they are divided. The sums of a strand that is cut
/// wait in stack memory, <c>sums</c>, from one kernel to the next.
/// </summary>
internal sealed class Divide
{
    private const string Memory = "sums";

    private readonly KernelFunction _whole;
    private readonly IReadOnlyList<Strand> _strands;
    private readonly IReadOnlyList<IReadOnlyList<Piece>> _methods;
    private readonly Buffer? _memory;

    private Divide(KernelFunction whole, IReadOnlyList<Strand> strands, int limit)
    {
        _whole = whole;
        _strands = strands;
        _methods = Portions.Cut(
            strands.Select(strand => (strand.Cost, (IReadOnlyList<int>)strand.Steps.Select(step => step.Cost).ToArray())).ToArray(), limit);
        int waiting = _methods.SelectMany(pieces => pieces)
            .Where(piece => piece.Start > 0)
            .Select(piece => _strands[piece.Strand].Sums.Sum(line => line.Count))
            .DefaultIfEmpty()
            .Max();
        _memory = waiting > 0 ? new Buffer(Memory, waiting) : null;
    }

    private int Groups => (_methods.Count + Limits.MethodCalls - 1) / Limits.MethodCalls;

    /// <summary>Divides a kernel.</summary>
    /// <param name="whole">The kernel, whose body are the declarations that each part starts with.</param>
    /// <param name="strands">What it computes.</param>
    /// <param name="limit">What a kernel may cost.</param>
    /// <returns>The kernel, and after it those that it calls.</returns>
    public static IEnumerable<KernelFunction> Into(KernelFunction whole, IReadOnlyList<Strand> strands, int limit) => new Divide(whole, strands, limit).Kernels();

    private IEnumerable<KernelFunction> Kernels()
    {
        if (_methods.Count <= 1)
        {
            return new[] { _whole with { Body = _whole.Body.Concat(_strands.SelectMany(strand => strand.Statements)).ToArray() } };
        }

        List<KernelFunction> parts = _methods.Select((pieces, part) => Part(
            $"Part{Notation.Text(part + 1)}", $"part {Notation.Text(part + 1)} of {Notation.Text(_methods.Count)}", _whole.Body.Concat(pieces.SelectMany(Statements)))).ToList();
        List<KernelFunction> called = parts;
        if (_methods.Count > Limits.MethodCalls)
        {
            called = Enumerable.Range(0, Groups)
                .Select(group => Part(
                    $"Group{Notation.Text(group + 1)}",
                    $"part {Notation.Text((group * Limits.MethodCalls) + 1)} on",
                    Calls(parts.Skip(group * Limits.MethodCalls).Take(Limits.MethodCalls))))
                .ToList();
            parts = called.Concat(parts).ToList();
        }

        Statement[] memory = _memory is null ? Array.Empty<Statement>() : new Statement[] { new Allocate(_memory) };
        return parts.Prepend(_whole with { Body = memory.Concat(Calls(called)).ToArray() });
    }

    private static IEnumerable<Statement> Calls(IEnumerable<KernelFunction> kernels) => kernels.Select(kernel => Invoke.WithOwn(kernel.Signature));

    private KernelFunction Part(string suffix, string what, IEnumerable<Statement> body)
    {
        IEnumerable<KernelParameter> sums = _memory is null ? Array.Empty<KernelParameter>() : new KernelParameter[] { _memory };
        return _whole with
        {
            Signature = new Signature(_whole.Signature.Name + suffix, _whole.Signature.Parameters.Concat(sums).ToArray()),
            Comment = new[] { $"{_whole.Signature.Name}, {what}" },
            Body = body.ToArray(),
        };
    }

    private IEnumerable<Statement> Statements(Piece piece)
    {
        Strand strand = _strands[piece.Strand];
        int place = 0;
        Dictionary<Let, int> places = strand.Sums.SelectMany(line => line).ToDictionary(sum => sum, _ => place++);
        bool isWhole = piece.End == strand.Steps.Count;
        IEnumerable<Statement> sums = strand.Sums.Select(line => piece.Start == 0
            ? Row.Of(line)
            : Row.Of(line.Select(sum => sum with { Value = new Load(_memory!, places[sum]) })));
        IEnumerable<Statement> steps = strand.Steps.Skip(piece.Start).Take(piece.End - piece.Start).SelectMany(step => step.Statements);
        IEnumerable<Statement> end = isWhole ? strand.End : strand.Sums.Select(line =>
            Row.Of(line.Select(sum => new Store(_memory!, places[sum], Formulas.Expression.Symbol(sum.Local)))));
        return strand.Begin.Concat(sums).Concat(steps).Concat(end);
    }
}
