using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the products of a layer with one multiply-add for each weight. Sums of up to four terms are one expression; longer ones
/// advance four at a time, which keeps four additions in flight. The order of every sum is <see cref="SummationRule"/>'s.
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

    private string Zero => _context.Number(0);

    /// <summary>Declares <c>z = W·x + b</c>.</summary>
    /// <param name="x">The name of an input.</param>
    /// <param name="z">The local of a unit.</param>
    /// <param name="span">Where to store the result as well, or null.</param>
    public void Forward(Func<int, string> x, Func<int, string> z, string? span = null)
    {
        string Start(int unit) => _layer.UseBias ? $"{B}[{EmitContext.Text(unit)}]" : Zero;
        (string, string) Factors(int unit, int input) => (x(input), $"{W}[{EmitContext.Text(_layer.Weight(input, unit))}]");
        if (_layer.IsUnitMajor)
        {
            Sums(_layer.Units, SummationRule.InLanes(_layer.Inputs, _layer.Lanes), z, span, Factors, _ => Zero, (unit, sum) => _layer.UseBias ? $"{Start(unit)} + ({sum})" : sum);
        }
        else
        {
            Sums(_layer.Units, SummationRule.InSegments(_layer.Inputs, _layer.Segments), z, span, Factors, Start, null);
        }
    }

    /// <summary>Declares <c>dL/dx = Wᵀ·delta</c>.</summary>
    /// <param name="delta">The name of a unit's delta.</param>
    /// <param name="dx">The local of an input's gradient.</param>
    /// <param name="span">Where to store the result as well, or null.</param>
    public void InputGradient(Func<int, string> delta, Func<int, string> dx, string? span = null)
    {
        (string, string) Factors(int input, int unit) => ($"{W}[{EmitContext.Text(_layer.Weight(input, unit))}]", delta(unit));
        if (_layer.IsUnitMajor)
        {
            Sums(_layer.Inputs, SummationRule.InSegments(_layer.Units, 1), dx, span, Factors, _ => Zero, null);
        }
        else
        {
            Sums(_layer.Inputs, SummationRule.InLanes(_layer.Units, _layer.Lanes), dx, span, Factors, _ => Zero, (_, sum) => sum);
        }
    }

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

    /// <summary>Writes several sums of the same shape.</summary>
    /// <param name="sums">How many.</param>
    /// <param name="chains">The terms that are added one after another, chain by chain.</param>
    /// <param name="local">The local of a sum.</param>
    /// <param name="span">Where to store the sums as well, or null.</param>
    /// <param name="factors">The factors of a term.</param>
    /// <param name="start">What the first chain of a sum starts with; the others start with 0.</param>
    /// <param name="result">What becomes of chains that are lanes, added by halves; null for segments, added in order.</param>
    private void Sums(
        int sums,
        IReadOnlyList<int[]> chains,
        Func<int, string> local,
        string? span,
        Func<int, int, (string, string)> factors,
        Func<int, string> start,
        Func<int, string, string>? result)
    {
        int longest = chains.Max(chain => chain.Length);
        bool inOneExpression = longest * chains.Count(chain => chain.Length > 0) <= TermsInLine;
        string Chain(int sum, int chain) => chain == 0 ? local(sum) : $"{local(sum)}_{EmitContext.Text(chain)}";
        int[] used = Enumerable.Range(0, chains.Count).Where(chain => chains[chain].Length > 0).ToArray();
        for (int first = 0; first < sums; first += TermsInLine)
        {
            int[] group = Enumerable.Range(first, Math.Min(TermsInLine, sums - first)).ToArray();
            if (first > 0 && (!inOneExpression || span is not null))
            {
                _context.Writer.Line();
            }

            if (inOneExpression)
            {
                foreach (int sum in group)
                {
                    string Whole(int chain) => chains[chain].Aggregate(chain == 0 ? start(sum) : "", (value, term) => Add(value, factors(sum, term)));
                    string value = used.Length == 1 ? Whole(0) : ByHalves(chains.Count, chain => chains[chain].Length > 0 ? Whole(chain) : null)!;
                    _context.Writer.Line($"{_context.T} {local(sum)} = {(result is null ? value : result(sum, value))};");
                }
            }
            else
            {
                WriteChains(group, chains, used, longest, Chain, factors, start);
                if (used.Length > 1 || result is not null)
                {
                    foreach (int sum in group)
                    {
                        string value = result is null
                            ? string.Join(" + ", used.Select(chain => Chain(sum, chain)))
                            : result(sum, ByHalves(chains.Count, chain => chains[chain].Length > 0 ? Chain(sum, chain) : null)!);
                        if (value != local(sum))
                        {
                            _context.Writer.Line($"{local(sum)} = {value};");
                        }
                    }
                }
            }

            if (span is not null)
            {
                _context.Writer.Line($"{string.Join(" ", group.Select(sum => $"{span}[{EmitContext.Text(sum)}] = {local(sum)};"))}");
            }
        }
    }

    private void WriteChains(
        int[] group,
        IReadOnlyList<int[]> chains,
        int[] used,
        int longest,
        Func<int, int, string> local,
        Func<int, int, (string, string)> factors,
        Func<int, string> start)
    {
        foreach (int sum in group)
        {
            _context.Writer.Line($"{string.Join(" ", used.Select(chain => $"{_context.T} {local(sum, chain)} = {(chain == 0 ? start(sum) : Zero)};"))}");
        }

        for (int index = 0; index < longest; index++)
        {
            foreach (int chain in used.Where(chain => chains[chain].Length > index))
            {
                int term = chains[chain][index];
                _context.Writer.Line($"{string.Join(" ", group.Select(sum => AddFactors(local(sum, chain), factors(sum, term))))}");
            }
        }
    }

    /// <summary>The sum of lanes, the upper half added to the lower until one is left; null where a lane is empty.</summary>
    private static string? ByHalves(int count, Func<int, string?> lane)
    {
        string?[] sums = Enumerable.Range(0, count).Select(lane).ToArray();
        for (int half = count / 2; half > 0; half /= 2)
        {
            for (int index = 0; index < half; index++)
            {
                sums[index] = (sums[index], sums[index + half]) switch
                {
                    ({ } x, { } y) => half == 1 ? $"{x} + {y}" : $"({x} + {y})",
                    (var x, var y) => x ?? y,
                };
            }
        }

        return sums[0];
    }

    /// <summary>A term of a chain that has begun, or its first.</summary>
    private string Add(string value, (string X, string Y) factors) =>
        value.Length == 0 ? $"{factors.X} * {factors.Y}" : _context.MultiplyAdd(factors.X, factors.Y, value);

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
