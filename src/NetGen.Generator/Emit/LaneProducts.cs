using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the products of a layer for vectors with a sample in every lane, one multiply-add for each weight, which is the same in all lanes. Sums of up
/// to four terms are one expression. The order of every sum is <see cref="SummationRule"/>'s.
/// </summary>
internal sealed class LaneProducts
{
    /// <summary>All parameters.</summary>
    private const string All = "p";

    private readonly EmitContext _context;
    private readonly LayerPlan _layer;
    private readonly VectorText _lanes;
    private string? _parameters = All;

    /// <summary>Creates a writer.</summary>
    /// <param name="context">The network.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="lanes">The vectors; the parameters lie behind <c>p</c>.</param>
    public LaneProducts(EmitContext context, LayerPlan layer, VectorText lanes)
    {
        _context = context;
        _layer = layer;
        _lanes = lanes;
    }

    private string Zero => _lanes.Zero(_lanes.Widest);

    /// <summary>Declares <c>z = W·x + b</c>.</summary>
    /// <param name="x">The name of an input.</param>
    /// <param name="z">The local of a unit.</param>
    /// <param name="span">Where to store the result as well, or null; of more than four vectors no locals remain.</param>
    public void Forward(Func<int, string> x, Func<int, string> z, string? span = null)
    {
        IReadOnlyList<int[]> chains = _layer.IsUnitMajor
            ? SummationRule.InLanes(_layer.Inputs, _layer.Lanes)
            : SummationRule.InSegments(_layer.Inputs, _layer.Segments);
        Sums(_layer.Units, chains, _layer.IsUnitMajor, _layer.UseBias, _layer.Weight(0, 1), z, span, x, (unit, input) => Weight(input, unit));
    }

    /// <summary>Declares <c>dL/dx = Wᵀ·delta</c>.</summary>
    /// <param name="delta">The name of a unit's delta.</param>
    /// <param name="dx">The local of an input's gradient.</param>
    /// <param name="span">Where to store the result as well, or null; of more than four vectors no locals remain.</param>
    public void InputGradient(Func<int, string> delta, Func<int, string> dx, string? span = null)
    {
        IReadOnlyList<int[]> chains = _layer.IsUnitMajor ? SummationRule.InSegments(_layer.Units, 1) : SummationRule.InLanes(_layer.Units, _layer.Lanes);
        Sums(_layer.Inputs, chains, !_layer.IsUnitMajor, withBias: false, _layer.Weight(1, 0), dx, span, delta, Weight);
    }

    /// <summary>Writes several sums of the same shape.</summary>
    /// <param name="sums">How many.</param>
    /// <param name="chains">The terms that are added one after another, chain by chain.</param>
    /// <param name="areLanes">Whether the chains are lanes, added by halves, or segments, added in order.</param>
    /// <param name="withBias">Whether the unit's bias is part of a sum: the first segment starts with it, or the sum of the lanes is added to it.</param>
    /// <param name="step">Elements from the weights of a sum to those of the next.</param>
    /// <param name="local">The local of a sum.</param>
    /// <param name="span">Where to store the sums as well, or null.</param>
    /// <param name="x">The factor of a term that all sums have.</param>
    /// <param name="weight">The weight of a sum and a term.</param>
    private void Sums(
        int sums,
        IReadOnlyList<int[]> chains,
        bool areLanes,
        bool withBias,
        int step,
        Func<int, string> local,
        string? span,
        Func<int, string> x,
        Func<int, int, string> weight)
    {
        int terms = chains.Sum(chain => chain.Length);
        int longest = chains.Max(chain => chain.Length);
        bool inOneExpression = longest * chains.Count(chain => chain.Length > 0) <= Limits.SumGroup;
        string Chain(int sum, int chain) => chain == 0 ? local(sum) : $"{local(sum)}_{EmitContext.Text(chain)}";
        string Start(int sum) => withBias && !areLanes ? Bias(sum) : Zero;
        int[] used = Enumerable.Range(0, chains.Count).Where(chain => chains[chain].Length > 0).ToArray();
        void WriteGroup(int first, int count, string? memory)
        {
            int[] group = Enumerable.Range(first, count).ToArray();
            Func<int, string> shared = Shared(local(first), terms, x);
            if (inOneExpression)
            {
                foreach (int sum in group)
                {
                    string Whole(int chain) => chains[chain].Aggregate(chain == 0 ? Start(sum) : "", (value, term) => Add(value, shared(term), weight(sum, term)));
                    string value = used.Length == 1 ? Whole(0) : Lowering.Sums.ByHalves(Enumerable.Range(0, chains.Count).Select(chain => chains[chain].Length > 0 ? Whole(chain) : null).ToArray());
                    _context.Writer.Line($"var {local(sum)} = {(withBias && areLanes ? $"{Bias(sum)} + {(used.Length == 1 && _context.IsFused ? value : $"({value})")}" : value)};");
                }
            }
            else
            {
                if (areLanes)
                {
                    WriteLanes(group, chains, Chain, shared, weight);
                    if (withBias)
                    {
                        Each(group, sum => $"{local(sum)} = {Bias(sum)} + {local(sum)};");
                    }
                }
                else
                {
                    WriteSegments(group, chains, Chain, shared, weight, Start);
                }
            }

            if (memory is not null)
            {
                Each(group, sum => _lanes.Store(_lanes.Widest, local(sum), memory, sum * _lanes.Widest.Count));
            }
        }

        int next = 0;
        if (span is not null && sums >= 2 * Limits.SumGroup)
        {
            next = sums / Limits.SumGroup * Limits.SumGroup;
            WriteLoop(next, step, span, withBias, () => WriteGroup(0, Limits.SumGroup, "sums"));
        }

        for (int first = next; first < sums; first += Limits.SumGroup)
        {
            if (first > 0 && (!inOneExpression || span is not null))
            {
                _context.Writer.Line();
            }

            WriteGroup(first, Math.Min(Limits.SumGroup, sums - first), span);
        }
    }

    /// <summary>Writes a loop over groups of sums, whose parameters lie behind <c>w</c> and <c>b</c> and whose results behind <c>sums</c>.</summary>
    private void WriteLoop(int sums, int step, string span, bool withBias, Action body)
    {
        SourceWriter writer = _context.Writer;
        writer.Line();
        writer.Line($"ref {_context.T} w = ref {_parameters};");
        if (withBias)
        {
            writer.Line($"ref {_context.T} b = ref {_parameters};");
        }

        writer.Line($"ref {_context.T} sums = ref {span};");
        writer.Open($"for (int j = 0; j < {sums}; j += {Limits.SumGroup})");
        _parameters = null;
        body();
        _parameters = All;
        writer.Line($"w = ref {_context.At("w", Limits.SumGroup * step)};");
        if (withBias)
        {
            writer.Line($"b = ref {_context.At("b", Limits.SumGroup)};");
        }

        writer.Line($"sums = ref {_context.At("sums", Limits.SumGroup * _lanes.Widest.Count)};");
        writer.Close();
    }

    /// <summary>The same factors, but what is read from memory is read once, before the first sum that has it.</summary>
    private Func<int, string> Shared(string prefix, int terms, Func<int, string> x)
    {
        var known = new string?[terms];
        return term =>
        {
            if (known[term] is not { } factor)
            {
                factor = x(term);
                if (factor.Contains('('))
                {
                    string local = $"{prefix}_x{EmitContext.Text(term)}";
                    _context.Writer.Line($"var {local} = {factor};");
                    factor = local;
                }

                known[term] = factor;
            }

            return factor;
        };
    }

    /// <summary>
    /// Writes the lanes of sums one after another and adds each by halves as soon as its turn comes: samples are enough independent work, and few
    /// registers are taken.
    /// </summary>
    private void WriteLanes(int[] group, IReadOnlyList<int[]> chains, Func<int, int, string> local, Func<int, string> x, Func<int, int, string> weight)
    {
        void WriteHalves(int chain, int half)
        {
            if (half == chains.Count)
            {
                WriteChain(group, chains[chain], sum => local(sum, chain), x, weight, _ => Zero);
                return;
            }

            WriteHalves(chain, 2 * half);
            if (chains[chain + half].Length > 0)
            {
                WriteHalves(chain + half, 2 * half);
                Each(group, sum => $"{local(sum, chain)} += {local(sum, chain + half)};");
            }
        }

        WriteHalves(0, 1);
    }

    /// <summary>Writes the segments of sums one after another and adds each to the first.</summary>
    private void WriteSegments(
        int[] group, IReadOnlyList<int[]> chains, Func<int, int, string> local, Func<int, string> x, Func<int, int, string> weight, Func<int, string> start)
    {
        WriteChain(group, chains[0], sum => local(sum, 0), x, weight, start);
        for (int chain = 1; chain < chains.Count; chain++)
        {
            WriteChain(group, chains[chain], sum => local(sum, chain), x, weight, _ => Zero);
            Each(group, sum => $"{local(sum, 0)} += {local(sum, chain)};");
        }
    }

    private void WriteChain(int[] group, int[] terms, Func<int, string> local, Func<int, string> x, Func<int, int, string> weight, Func<int, string> start)
    {
        Each(group, sum => $"var {local(sum)} = {start(sum)};");
        foreach (int term in terms)
        {
            // What the sums share is declared before them.
            string factor = x(term);
            Each(group, sum => _lanes.AddProduct(_lanes.Widest, local(sum), factor, weight(sum, term)));
        }
    }

    private void Each(int[] group, Func<int, string> statement) => _context.WriteStatements(group.Select(statement));

    /// <summary>A term of a chain that has begun, or its first.</summary>
    private string Add(string value, string x, string y) => value.Length == 0 ? $"{x} * {y}" : _lanes.MultiplyAdd(_lanes.Widest, x, y, value);

    private string Bias(int unit) => Parameter("b", _layer.BiasOffset + unit);

    private string Weight(int input, int unit) => Parameter("w", _layer.WeightOffset + _layer.Weight(input, unit));

    private string Parameter(string inLoop, int element) => _lanes.LoadAll(_lanes.Widest, _parameters ?? inLoop, element);
}
