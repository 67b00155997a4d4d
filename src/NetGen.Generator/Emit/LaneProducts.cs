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
        string Start(int unit) => _layer.UseBias ? Parameter("b", _layer.BiasOffset + unit) : Zero;
        string W(int unit, int input) => Weight(input, unit);
        if (_layer.IsUnitMajor)
        {
            Sums(_layer.Units, SummationRule.InLanes(_layer.Inputs, _layer.Lanes), _layer.Weight(0, 1), z, span, x, W, _ => Zero, (unit, sum) => _layer.UseBias ? $"{Start(unit)} + ({sum})" : sum);
        }
        else
        {
            Sums(_layer.Units, SummationRule.InSegments(_layer.Inputs, _layer.Segments), _layer.Weight(0, 1), z, span, x, W, Start, null);
        }
    }

    /// <summary>Declares <c>dL/dx = Wᵀ·delta</c>.</summary>
    /// <param name="delta">The name of a unit's delta.</param>
    /// <param name="dx">The local of an input's gradient.</param>
    /// <param name="span">Where to store the result as well, or null; of more than four vectors no locals remain.</param>
    public void InputGradient(Func<int, string> delta, Func<int, string> dx, string? span = null)
    {
        if (_layer.IsUnitMajor)
        {
            Sums(_layer.Inputs, SummationRule.InSegments(_layer.Units, 1), _layer.Weight(1, 0), dx, span, delta, Weight, _ => Zero, null);
        }
        else
        {
            Sums(_layer.Inputs, SummationRule.InLanes(_layer.Units, _layer.Lanes), _layer.Weight(1, 0), dx, span, delta, Weight, _ => Zero, (_, sum) => sum);
        }
    }

    /// <summary>Writes several sums of the same shape.</summary>
    /// <param name="sums">How many.</param>
    /// <param name="chains">The terms that are added one after another, chain by chain.</param>
    /// <param name="step">Elements from the weights of a sum to those of the next.</param>
    /// <param name="local">The local of a sum.</param>
    /// <param name="span">Where to store the sums as well, or null.</param>
    /// <param name="x">The factor of a term that all sums have.</param>
    /// <param name="weight">The weight of a sum and a term.</param>
    /// <param name="start">What the first chain of a sum starts with; the others start with 0.</param>
    /// <param name="result">What becomes of chains that are lanes, added by halves; null for segments, added in order.</param>
    private void Sums(
        int sums,
        IReadOnlyList<int[]> chains,
        int step,
        Func<int, string> local,
        string? span,
        Func<int, string> x,
        Func<int, int, string> weight,
        Func<int, string> start,
        Func<int, string, string>? result)
    {
        int terms = chains.Sum(chain => chain.Length);
        int longest = chains.Max(chain => chain.Length);
        bool inOneExpression = longest * chains.Count(chain => chain.Length > 0) <= Limits.SumGroup;
        string Chain(int sum, int chain) => chain == 0 ? local(sum) : $"{local(sum)}_{EmitContext.Text(chain)}";
        int[] used = Enumerable.Range(0, chains.Count).Where(chain => chains[chain].Length > 0).ToArray();
        void WriteGroup(int first, int count, string? memory)
        {
            int[] group = Enumerable.Range(first, count).ToArray();
            Func<int, string> shared = Shared(local(first), terms, x);
            if (inOneExpression)
            {
                foreach (int sum in group)
                {
                    string Whole(int chain) => chains[chain].Aggregate(chain == 0 ? start(sum) : "", (value, term) => Add(value, shared(term), weight(sum, term)));
                    string value = used.Length == 1 ? Whole(0) : UnrolledAffine.ByHalves(chains.Count, chain => chains[chain].Length > 0 ? Whole(chain) : null)!;
                    _context.Writer.Line($"var {local(sum)} = {(result is null ? value : result(sum, value))};");
                }
            }
            else
            {
                WriteLanes(group, chains, Chain, shared, weight, start, result);
            }

            if (memory is not null)
            {
                _context.Writer.Line($"{string.Join(" ", group.Select(sum => _lanes.Store(_lanes.Widest, local(sum), memory, sum * _lanes.Widest.Count)))}");
            }
        }

        int next = 0;
        if (span is not null && sums >= 2 * Limits.SumGroup)
        {
            next = sums / Limits.SumGroup * Limits.SumGroup;
            WriteLoop(next, step, span, () => WriteGroup(0, Limits.SumGroup, "to"));
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

    /// <summary>Writes a loop over groups of sums, whose parameters lie behind <c>w</c> and <c>b</c> and whose results behind <c>to</c>.</summary>
    private void WriteLoop(int sums, int step, string span, Action body)
    {
        SourceWriter writer = _context.Writer;
        writer.Open($"");
        writer.Line($"ref {_context.T} w = ref {_parameters};");
        writer.Line($"ref {_context.T} b = ref {_parameters};");
        writer.Line($"ref {_context.T} to = ref {span};");
        writer.Open($"for (int j = 0; j < {sums}; j += {Limits.SumGroup})");
        _parameters = null;
        body();
        _parameters = All;
        writer.Line($"w = ref {_context.At("w", Limits.SumGroup * step)};");
        writer.Line($"b = ref {_context.At("b", Limits.SumGroup)};");
        writer.Line($"to = ref {_context.At("to", Limits.SumGroup * _lanes.Widest.Count)};");
        writer.Close();
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
    /// Writes the chains of vectors one after another and adds each to the sum as soon as its turn comes: samples are enough independent work, and few
    /// registers are taken.
    /// </summary>
    private void WriteLanes(
        int[] group,
        IReadOnlyList<int[]> chains,
        Func<int, int, string> local,
        Func<int, string> x,
        Func<int, int, string> weight,
        Func<int, string> start,
        Func<int, string, string>? result)
    {
        SourceWriter writer = _context.Writer;
        void WriteEach(Func<int, string> line) => writer.Line($"{string.Join(" ", group.Select(line))}");
        void WriteChain(int chain)
        {
            WriteEach(sum => $"var {local(sum, chain)} = {(chain == 0 ? start(sum) : Zero)};");
            foreach (int term in chains[chain])
            {
                // What the sums share is declared before them.
                string factor = x(term);
                WriteEach(sum => _lanes.AddProduct(_lanes.Widest, local(sum, chain), factor, weight(sum, term)));
            }
        }

        void WriteHalves(int chain, int half)
        {
            if (half == chains.Count)
            {
                WriteChain(chain);
                return;
            }

            WriteHalves(chain, 2 * half);
            if (chains[chain + half].Length > 0)
            {
                WriteHalves(chain + half, 2 * half);
                WriteEach(sum => $"{local(sum, chain)} += {local(sum, chain + half)};");
            }
        }

        if (result is null)
        {
            for (int chain = 0; chain < chains.Count; chain++)
            {
                WriteChain(chain);
                if (chain > 0)
                {
                    WriteEach(sum => $"{local(sum, 0)} += {local(sum, chain)};");
                }
            }

            return;
        }

        WriteHalves(0, 1);
        foreach (int sum in group.Where(sum => result(sum, local(sum, 0)) != local(sum, 0)))
        {
            writer.Line($"{local(sum, 0)} = {result(sum, local(sum, 0))};");
        }
    }

    /// <summary>A term of a chain that has begun, or its first.</summary>
    private string Add(string value, string x, string y) => value.Length == 0 ? $"{x} * {y}" : _lanes.MultiplyAdd(_lanes.Widest, x, y, value);

    private string Weight(int input, int unit) => Parameter("w", _layer.WeightOffset + _layer.Weight(input, unit));

    private string Parameter(string inLoop, int element) => _lanes.LoadAll(_lanes.Widest, _parameters ?? inLoop, element);
}
