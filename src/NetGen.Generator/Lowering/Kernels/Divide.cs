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
    private readonly bool _namesRepeat;
    private readonly IReadOnlyList<IReadOnlyList<Piece>> _methods;
    private readonly Buffer? _memory;

    private Divide(KernelFunction whole, IReadOnlyList<Strand> strands, int limit, bool namesRepeat)
    {
        _whole = whole;
        _strands = strands;
        _namesRepeat = namesRepeat;
        _methods = Portions.Cut(
            strands.Select(strand => (strand.Cost, (IReadOnlyList<int>)strand.Steps.Select(step => step.Cost).ToArray())).ToArray(), limit);
        int waiting = _methods.SelectMany(pieces => pieces)
            .Where(piece => piece.Start > 0)
            .Select(piece => _strands[piece.Strand].Sums.SelectMany(line => line).Sum(Length))
            .DefaultIfEmpty()
            .Max();
        bool isVectors = strands.SelectMany(strand => strand.Sums).SelectMany(line => line).Any(sum => sum.Type is not null);
        _memory = waiting > 0 ? new Buffer(Memory, waiting, isVectors ? BufferKind.Reference : BufferKind.Span) : null;
    }

    private int Groups => (_methods.Count + Budgets.MethodCalls - 1) / Budgets.MethodCalls;

    /// <summary>Divides a kernel.</summary>
    /// <param name="whole">The kernel, whose body are the declarations that each part starts with.</param>
    /// <param name="strands">What it computes.</param>
    /// <param name="limit">What a kernel may cost.</param>
    /// <param name="namesRepeat">Whether strands have variables of the same names, which they must then keep to themselves.</param>
    /// <returns>The kernel, and after it those that it calls.</returns>
    public static IEnumerable<KernelFunction> Into(KernelFunction whole, IReadOnlyList<Strand> strands, int limit, bool namesRepeat = false) =>
        new Divide(whole, strands, limit, namesRepeat).Kernels();

    private IEnumerable<KernelFunction> Kernels()
    {
        if (_methods.Count <= 1)
        {
            return new[] { _whole with { Body = _whole.Body.Concat(_methods.SelectMany(Statements)).ToArray() } };
        }

        List<KernelFunction> parts = _methods.Select((pieces, part) => Part(
            $"Part{Notation.Text(part + 1)}", $"part {Notation.Text(part + 1)} of {Notation.Text(_methods.Count)}", _whole.Body.Concat(Statements(pieces)))).ToList();
        List<KernelFunction> called = parts;
        if (_methods.Count > Budgets.MethodCalls)
        {
            called = Enumerable.Range(0, Groups)
                .Select(group => Part(
                    $"Group{Notation.Text(group + 1)}",
                    $"part {Notation.Text((group * Budgets.MethodCalls) + 1)} on",
                    Calls(parts.Skip(group * Budgets.MethodCalls).Take(Budgets.MethodCalls))))
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
            IsContract = false,
        };
    }

    private IEnumerable<Statement> Statements(IReadOnlyList<Piece> pieces) => _namesRepeat && pieces.Count > 1
        ? pieces.Select(piece => new Scope(Statements(piece).ToArray()))
        : pieces.SelectMany(Statements);

    private IEnumerable<Statement> Statements(Piece piece)
    {
        Strand strand = _strands[piece.Strand];
        int length = 0;
        var places = new Dictionary<Let, int>();
        foreach (Let sum in strand.Sums.SelectMany(line => line))
        {
            places.Add(sum, length);
            length += Length(sum);
        }

        bool isWhole = piece.End == strand.Steps.Count;
        IEnumerable<Statement> sums = strand.Sums.Select(line => piece.Start == 0
            ? Row.Of(line)
            : Row.Of(line.Select(sum => sum with { Value = sum.Type is { } type ? new LoadVector(type, _memory!, places[sum]) : new Load(_memory!, places[sum]) })));
        IEnumerable<Statement> steps = strand.Steps.Skip(piece.Start).Take(piece.End - piece.Start).SelectMany(step => step.Statements);
        IEnumerable<Statement> end = isWhole ? strand.End : strand.Sums.Select(line =>
            Row.Of(line.Select(sum => new Store(_memory!, places[sum], Formulas.Expression.Symbol(sum.Local), sum.Type))));
        return strand.Begin.Concat(sums).Concat(steps).Concat(end);
    }

    /// <summary>Elements that a sum takes.</summary>
    private static int Length(Let sum) => sum.Type?.Count ?? 1;
}
