using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the products of a layer with one multiply-add for each weight. Sums of up to four terms are one expression; longer ones
/// advance four at a time, which keeps four additions in flight. Every sum runs over its index in order, like the looped form's.
/// </summary>
internal sealed class UnrolledAffine
{
    private const int TermsInLine = 4;

    private readonly EmitContext _context;
    private readonly LayerPlan _layer;

    public UnrolledAffine(EmitContext context, LayerPlan layer)
    {
        _context = context;
        _layer = layer;
    }

    private string W => $"W{EmitContext.Text(_layer.Number)}";

    private string B => $"b{EmitContext.Text(_layer.Number)}";

    /// <summary>Declares <c>z = W·x + b</c>.</summary>
    /// <param name="x">The name of an input.</param>
    /// <param name="z">The local of a unit.</param>
    /// <param name="span">Where to store the result as well, or null.</param>
    public void Forward(Func<int, string> x, Func<int, string> z, string? span = null) => Sums(
        _layer.Units,
        _layer.Inputs,
        z,
        span,
        unit => _layer.UseBias ? $"{B}[{EmitContext.Text(unit)}]" : null,
        (unit, input) => (x(input), $"{W}[{EmitContext.Text(_layer.Weight(input, unit))}]"));

    /// <summary>Declares <c>dL/dx = Wᵀ·delta</c>.</summary>
    /// <param name="delta">The name of a unit's delta.</param>
    /// <param name="dx">The local of an input's gradient.</param>
    /// <param name="span">Where to store the result as well, or null.</param>
    public void InputGradient(Func<int, string> delta, Func<int, string> dx, string? span = null) => Sums(
        _layer.Inputs,
        _layer.Units,
        dx,
        span,
        _ => null,
        (input, unit) => ($"{W}[{EmitContext.Text(_layer.Weight(input, unit))}]", delta(unit)));

    /// <summary>Adds <c>delta ⊗ x</c> and <c>delta</c> to the gradient of weights and bias.</summary>
    /// <param name="delta">The name of a unit's delta, already scaled.</param>
    /// <param name="x">The name of an input.</param>
    public void ParameterGradient(Func<int, string> delta, Func<int, string> x)
    {
        for (int input = 0; input < _layer.Inputs; input++)
        {
            int row = input;
            Lines(_layer.Units, unit => _context.AddProduct($"g{W}[{EmitContext.Text(_layer.Weight(row, unit))}]", delta(unit), x(row)));
        }

        if (_layer.UseBias)
        {
            Lines(_layer.Units, unit => $"g{B}[{EmitContext.Text(unit)}] += {delta(unit)};");
        }
    }

    private void Sums(
        int sums, int terms, Func<int, string> local, string? span, Func<int, string?> start, Func<int, int, (string, string)> factors)
    {
        for (int first = 0; first < sums; first += TermsInLine)
        {
            int[] group = Enumerable.Range(first, Math.Min(TermsInLine, sums - first)).ToArray();
            int written = terms <= TermsInLine ? terms : start(first) is null ? 1 : 0;
            if (first > 0 && (written < terms || span is not null))
            {
                _context.Writer.Line();
            }

            foreach (int sum in group)
            {
                string? value = start(sum);
                foreach ((string x, string y) in Enumerable.Range(0, written).Select(index => factors(sum, index)))
                {
                    value = value is null ? $"{x} * {y}" : _context.MultiplyAdd(x, y, value);
                }

                _context.Writer.Line($"{_context.T} {local(sum)} = {value};");
            }

            for (int index = written; index < terms; index++)
            {
                int term = index;
                _context.Writer.Line($"{string.Join(" ", group.Select(sum => AddFactors(local(sum), factors(sum, term))))}");
            }

            if (span is not null)
            {
                _context.Writer.Line($"{string.Join(" ", group.Select(sum => $"{span}[{EmitContext.Text(sum)}] = {local(sum)};"))}");
            }
        }
    }

    private string AddFactors(string local, (string X, string Y) factors) => _context.AddProduct(local, factors.X, factors.Y);

    private void Lines(int count, Func<int, string> statement)
    {
        for (int first = 0; first < count; first += TermsInLine)
        {
            IEnumerable<int> group = Enumerable.Range(first, Math.Min(TermsInLine, count - first));
            _context.Writer.Line($"{string.Join(" ", group.Select(statement))}");
        }
    }
}
