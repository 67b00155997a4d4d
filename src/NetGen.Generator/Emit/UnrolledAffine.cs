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
    /// <summary>Terms of a sum in one expression.</summary>
    private int TermsInExpression => _context.RoundsByCast ? 2 : Limits.SumGroup;

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
    public IReadOnlyList<Strand> Forward(Func<int, string> x, Func<int, string> z, string? span = null)
    {
        string Start(int unit) => _layer.UseBias ? $"{B}[{EmitContext.Text(unit)}]" : Zero;
        (string, string) Factors(int unit, int input) => (x(input), $"{W}[{EmitContext.Text(_layer.Weight(input, unit))}]");
        return _layer.IsUnitMajor
            ? Sums(_layer.Units, SummationRule.InLanes(_layer.Inputs, _layer.Lanes), z, span, Factors, _ => Zero, (unit, sum) => _layer.UseBias ? _context.Add(Start(unit), _context.RoundsByCast ? sum : $"({sum})") : sum)
            : Sums(_layer.Units, SummationRule.InSegments(_layer.Inputs, _layer.Segments), z, span, Factors, Start, null);
    }

    /// <summary>Declares <c>dL/dx = Wᵀ·delta</c>.</summary>
    /// <param name="delta">The name of a unit's delta.</param>
    /// <param name="dx">The local of an input's gradient.</param>
    /// <param name="span">Where to store the result as well, or null.</param>
    public IReadOnlyList<Strand> InputGradient(Func<int, string> delta, Func<int, string> dx, string? span = null)
    {
        (string, string) Factors(int input, int unit) => ($"{W}[{EmitContext.Text(_layer.Weight(input, unit))}]", delta(unit));
        return _layer.IsUnitMajor
            ? Sums(_layer.Inputs, SummationRule.InSegments(_layer.Units, 1), dx, span, Factors, _ => Zero, null)
            : Sums(_layer.Inputs, SummationRule.InLanes(_layer.Units, _layer.Lanes), dx, span, Factors, _ => Zero, (_, sum) => sum);
    }

    /// <summary>Adds <c>delta ⊗ x</c> and <c>delta</c> to the gradient of weights and bias.</summary>
    /// <param name="delta">The name of a unit's delta, already scaled.</param>
    /// <param name="x">The name of an input.</param>
    /// <param name="declare">The statement that declares a unit's delta, or null where that has been done.</param>
    public IReadOnlyList<Strand> ParameterGradient(Func<int, string> delta, Func<int, string> x, Func<int, string>? declare = null)
    {
        int size = declare is null ? _layer.Units : Limits.ScaledUnits;
        return Enumerable.Range(0, (_layer.Units + size - 1) / size)
            .Select(block => Enumerable.Range(block * size, Math.Min(size, _layer.Units - (block * size))).ToArray())
            .Select(units => ParameterGradient(units, delta, x, declare))
            .ToList();
    }

    private Strand ParameterGradient(int[] units, Func<int, string> delta, Func<int, string> x, Func<int, string>? declare)
    {
        List<StrandStep> steps = Enumerable.Range(0, _layer.Inputs)
            .Select(input => new StrandStep(units.Length, () =>
                _context.WriteStatements(units.Select(unit => _context.AddProduct($"g{W}[{EmitContext.Text(_layer.Weight(input, unit))}]", delta(unit), x(input))))))
            .ToList();
        if (_layer.UseBias)
        {
            steps.Add(new StrandStep(units.Length, () => _context.WriteStatements(units.Select(unit => _context.AddTo($"g{B}[{EmitContext.Text(unit)}]", delta(unit))))));
        }

        return Strand.Of(
            () =>
            {
                foreach (int unit in units.Where(_ => declare is not null))
                {
                    _context.Writer.Line($"{declare!(unit)}");
                }
            },
            steps,
            declare is null ? 0 : units.Length);
    }

    /// <summary>Several sums of the same shape.</summary>
    /// <param name="sums">How many.</param>
    /// <param name="chains">The terms that are added one after another, chain by chain.</param>
    /// <param name="local">The local of a sum.</param>
    /// <param name="span">Where to store the sums as well, or null.</param>
    /// <param name="factors">The factors of a term.</param>
    /// <param name="start">What the first chain of a sum starts with; the others start with 0.</param>
    /// <param name="result">What becomes of chains that are lanes, added by halves; null for segments, added in order.</param>
    private IReadOnlyList<Strand> Sums(
        int sums,
        IReadOnlyList<int[]> chains,
        Func<int, string> local,
        string? span,
        Func<int, int, (string, string)> factors,
        Func<int, string> start,
        Func<int, string, string>? result)
    {
        int longest = chains.Max(chain => chain.Length);
        int[] used = Enumerable.Range(0, chains.Count).Where(chain => chains[chain].Length > 0).ToArray();
        bool inOneExpression = longest * used.Length <= TermsInExpression;
        string Chain(int sum, int chain) => chain == 0 ? local(sum) : $"{local(sum)}_{EmitContext.Text(chain)}";
        void Whole(int sum)
        {
            string Terms(int chain) => chains[chain].Aggregate(chain == 0 ? start(sum) : "", (value, term) => Add(value, factors(sum, term)));
            string value = used.Length == 1 ? Terms(0) : _context.Rounded(ByHalves(chains.Count, chain => chains[chain].Length > 0 ? Terms(chain) : null)!);
            _context.Writer.Line($"{_context.T} {local(sum)} = {(result is null ? value : result(sum, value))};");
        }

        void Result(int sum)
        {
            string[] variables = used.Select(chain => Chain(sum, chain)).ToArray();
            string value = result is null ? InOrder(variables) : result(sum, _context.AddByHalves(variables, chains.Count));
            if (value != local(sum))
            {
                _context.Writer.Line($"{local(sum)} = {value};");
            }
        }

        Strand Group(int first)
        {
            int[] group = Enumerable.Range(first, Math.Min(Limits.SumGroup, sums - first)).ToArray();
            StrandStep Advance(int index)
            {
                int[] going = used.Where(chain => chains[chain].Length > index).ToArray();
                return new StrandStep(group.Length * going.Length, () =>
                {
                    foreach (int chain in going)
                    {
                        int term = chains[chain][index];
                        _context.WriteStatements(group.Select(sum => AddFactors(Chain(sum, chain), factors(sum, term))));
                    }
                });
            }

            return new Strand(
                () =>
                {
                    if (first > 0 && (!inOneExpression || span is not null))
                    {
                        _context.Writer.Line();
                    }
                },
                group.Where(_ => !inOneExpression)
                    .Select(sum => used.Select(chain => new StrandSum(Chain(sum, chain), chain == 0 ? start(sum) : Zero)).ToArray())
                    .ToList(),
                inOneExpression
                    ? new[] { new StrandStep(group.Length * longest * used.Length, () => Array.ForEach(group, Whole)) }
                    : Enumerable.Range(0, longest).Select(Advance).ToList(),
                () =>
                {
                    if (!inOneExpression)
                    {
                        Array.ForEach(group, Result);
                    }

                    if (span is not null)
                    {
                        _context.Writer.Line($"{string.Join(" ", group.Select(sum => $"{span}[{EmitContext.Text(sum)}] = {local(sum)};"))}");
                    }
                });
        }

        return Enumerable.Range(0, (sums + Limits.SumGroup - 1) / Limits.SumGroup).Select(group => Group(group * Limits.SumGroup)).ToList();
    }

    /// <summary>The sum of lanes, the upper half added to the lower until one is left; null where a lane is empty.</summary>
    public static string? ByHalves(int count, Func<int, string?> lane)
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
        value.Length == 0 ? _context.Multiply(factors.X, factors.Y) : _context.Add(value, _context.Multiply(factors.X, factors.Y));

    private string AddFactors(string local, (string X, string Y) factors) => _context.AddProduct(local, factors.X, factors.Y);

    /// <summary>The sum of segments, first segment first.</summary>
    private string InOrder(string[] variables)
    {
        if (!_context.RoundsByCast)
        {
            return string.Join(" + ", variables);
        }

        _context.WriteStatements(variables.Skip(1).Select(variable => _context.AddTo(variables[0], variable)));
        return variables[0];
    }
}
