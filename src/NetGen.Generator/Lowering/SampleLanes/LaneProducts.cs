using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>
/// A contraction of vectors with a sample in every lane, one multiply-add for each weight, which is the same in all lanes. Sums of up to four terms are one expression; the chains of
/// longer ones follow each other: samples are enough independent work, and few registers are taken.
/// </summary>
internal sealed class LaneProducts
{
    private readonly LayerPlan _layer;
    private readonly Contraction _contraction;
    private readonly VectorType _type;
    private readonly Func<int, Expression> _value;
    private readonly Func<int, string> _local;
    private readonly IReadOnlyList<int[]> _chains;
    private readonly int[] _used;
    private Buffer _weights;
    private Buffer _bias;

    private LaneProducts(LayerPlan layer, Contraction contraction, Buffer p, VectorType type, Func<int, Expression> value, Func<int, string> local)
    {
        _layer = layer;
        _contraction = contraction;
        _type = type;
        _value = value;
        _local = local;
        _chains = contraction.Order.Chains(contraction.Terms);
        _used = Enumerable.Range(0, _chains.Count).Where(chain => _chains[chain].Length > 0).ToArray();
        (_weights, _bias) = (p, p);
    }

    private bool IsInOneExpression => _chains.Max(chain => chain.Length) * _used.Length <= Tuning.SumGroup;

    /// <summary>Declares <c>z = W·x + b</c>.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="p">All parameters.</param>
    /// <param name="type">The vectors.</param>
    /// <param name="x">An input.</param>
    /// <param name="z">The variable of a unit.</param>
    /// <param name="memory">Where to store the result as well, or null; of more than four vectors no variables remain.</param>
    public static IReadOnlyList<Statement> Forward(LayerPlan layer, Buffer p, VectorType type, Func<int, Expression> x, Func<int, string> z, Buffer? memory) =>
        new LaneProducts(layer, Contraction.Forward(layer), p, type, x, z).Lower(memory);

    /// <summary>Declares <c>dx = Wᵀ·delta</c>.</summary>
    public static IReadOnlyList<Statement> InputGradient(
        LayerPlan layer, Buffer p, VectorType type, Func<int, Expression> delta, Func<int, string> dx, Buffer? memory) =>
        new LaneProducts(layer, Contraction.InputGradient(layer), p, type, delta, dx).Lower(memory);

    private IReadOnlyList<Statement> Lower(Buffer? memory)
    {
        var statements = new List<Statement>();
        int next = 0;
        if (memory is not null && _contraction.Results >= 2 * Tuning.SumGroup)
        {
            next = _contraction.Results / Tuning.SumGroup * Tuning.SumGroup;
            statements.AddRange(LoopOver(next, memory));
        }

        for (int first = next; first < _contraction.Results; first += Tuning.SumGroup)
        {
            if (first > 0 && (!IsInOneExpression || memory is not null))
            {
                statements.Add(Gap.Line);
            }

            statements.AddRange(Group(first, Math.Min(Tuning.SumGroup, _contraction.Results - first), memory));
        }

        return statements;
    }

    /// <summary>A loop over groups of sums, whose parameters lie behind <c>w</c> and <c>b</c> and whose results behind <c>sums</c>.</summary>
    private IEnumerable<Statement> LoopOver(int count, Buffer memory)
    {
        Buffer p = _weights;
        (Buffer w, Buffer b, Buffer sums) = (p with { Name = "w" }, p with { Name = "b" }, memory with { Name = "sums" });
        var references = new List<(Buffer Reference, Buffer Of, int Step)> { (w, p, Tuning.SumGroup * _contraction.ResultStride) };
        if (_contraction.Order.WithBias)
        {
            references.Add((b, p, Tuning.SumGroup));
        }

        references.Add((sums, memory, Tuning.SumGroup * _type.Count));
        (_weights, _bias) = (w, b);
        List<Statement> body = Group(0, Tuning.SumGroup, sums);
        (_weights, _bias) = (p, p);
        body.AddRange(references.Select(reference => new Move(reference.Reference, reference.Step)));
        return references.Select(reference => (Statement)new View(reference.Reference, reference.Of, 0))
            .Prepend(Gap.Line)
            .Append(new For(new Loop("j", 0, count, Tuning.SumGroup), body));
    }

    private List<Statement> Group(int first, int count, Buffer? memory)
    {
        int[] sums = Enumerable.Range(first, count).ToArray();
        var statements = new List<Statement>();
        Func<int, Expression> value = Shared(_local(first), statements);
        if (IsInOneExpression)
        {
            foreach (int sum in sums)
            {
                statements.Add(new Let(_local(sum), Whole(sum, value), _type));
            }
        }
        else if (_contraction.Order.InLanes)
        {
            Halves(statements, sums, value, 0, 1);
            if (_contraction.Order.WithBias)
            {
                statements.Add(Row.Of(sums.Select(sum => new Assign(_local(sum), new Binary(BinaryOperator.Add, Bias(sum), Expression.Symbol(_local(sum))), _type))));
            }
        }
        else
        {
            Chain(statements, sums, value, 0);
            foreach (int chain in _used.Skip(1))
            {
                Chain(statements, sums, value, chain);
                Add(statements, sums, 0, chain);
            }
        }

        if (memory is not null)
        {
            statements.Add(Row.Of(sums.Select(sum => new Store(memory, sum * _type.Count, Expression.Symbol(_local(sum)), _type))));
        }

        return statements;
    }

    /// <summary>The same factors, but what is read from memory is read once, before the first sum that has it.</summary>
    private Func<int, Expression> Shared(string prefix, List<Statement> statements)
    {
        var known = new Expression?[_contraction.Terms];
        return term =>
        {
            if (known[term] is not { } factor)
            {
                factor = _value(term);
                if (factor is not Symbol)
                {
                    string local = $"{prefix}_x{Notation.Text(term)}";
                    statements.Add(new Let(local, factor, _type));
                    factor = Expression.Symbol(local);
                }

                known[term] = factor;
            }

            return factor;
        };
    }

    /// <summary>A sum in one expression.</summary>
    private Expression Whole(int sum, Func<int, Expression> value)
    {
        Expression? Terms(int chain) => _chains[chain].Aggregate(
            chain == 0 ? Start(sum) : null,
            (terms, term) => terms is null
                ? new Binary(BinaryOperator.Multiply, value(term), Weight(sum, term))
                : new MultiplyAdd(value(term), Weight(sum, term), terms));
        Expression whole = Sums.ByHalves(Enumerable.Range(0, _chains.Count).Select(Terms).ToArray());
        return _contraction.Order is { InLanes: true, WithBias: true } ? new Binary(BinaryOperator.Add, Bias(sum), whole) : whole;
    }

    /// <summary>The lanes of sums one after another, each added as soon as its turn comes.</summary>
    private void Halves(List<Statement> statements, int[] sums, Func<int, Expression> value, int chain, int half)
    {
        if (half == _chains.Count)
        {
            Chain(statements, sums, value, chain);
            return;
        }

        Halves(statements, sums, value, chain, 2 * half);
        if (_chains[chain + half].Length > 0)
        {
            Halves(statements, sums, value, chain + half, 2 * half);
            Add(statements, sums, chain, chain + half);
        }
    }

    private void Chain(List<Statement> statements, int[] sums, Func<int, Expression> value, int chain)
    {
        statements.Add(Row.Of(sums.Select(sum => new Let(Local(sum, chain), chain == 0 ? Start(sum) : VectorOperation.Zero(_type), _type))));
        foreach (int term in _chains[chain])
        {
            // What the sums share is declared before them.
            Expression factor = value(term);
            statements.Add(Row.Of(sums.Select(sum => Assign.AddProduct(_type, Local(sum, chain), factor, Weight(sum, term)))));
        }
    }

    /// <summary>Adds a chain of each sum to another.</summary>
    private void Add(List<Statement> statements, int[] sums, int to, int chain) =>
        statements.Add(Row.Of(sums.Select(sum => Assign.Add(Local(sum, to), Expression.Symbol(Local(sum, chain)), _type))));

    private string Local(int sum, int chain) => chain == 0 ? _local(sum) : $"{_local(sum)}_{Notation.Text(chain)}";

    /// <summary>What the first chain of a sum starts with.</summary>
    private Expression Start(int sum) => _contraction.Order is { InLanes: false, WithBias: true } ? Bias(sum) : VectorOperation.Zero(_type);

    private Expression Bias(int sum) => new LoadAll(_type, _bias, _layer.BiasOffset + sum);

    private Expression Weight(int sum, int term) => new LoadAll(_type, _weights, _contraction.Weight(sum, term) + _layer.WeightOffset);
}
