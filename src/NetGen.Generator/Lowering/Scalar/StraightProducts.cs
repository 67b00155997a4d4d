using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>
/// A contraction with one multiply-add for each weight. Sums of few terms are one expression; longer ones advance four at a time, which keeps four additions
/// in flight.
/// </summary>
internal static class StraightProducts
{
    /// <summary>Declares <c>z = W·x + b</c>.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="x">An input.</param>
    /// <param name="z">The variable of a unit.</param>
    /// <param name="results">Where to store the results as well, or null.</param>
    /// <param name="rounding">How the kernel rounds.</param>
    public static IReadOnlyList<Strand> Forward(
        LayerPlan layer, LayerBuffers parameters, Func<int, Expression> x, Func<int, string> z, Buffer? results, Rounding rounding) =>
        Strands(Contraction.Forward(layer), parameters, x, z, results, rounding);

    /// <summary>Declares <c>dx = Wᵀ·delta</c>.</summary>
    public static IReadOnlyList<Strand> InputGradient(
        LayerPlan layer, LayerBuffers parameters, Func<int, Expression> delta, Func<int, string> dx, Buffer? results, Rounding rounding) =>
        Strands(Contraction.InputGradient(layer), parameters, delta, dx, results, rounding);

    /// <summary>Adds <c>delta ⊗ x</c> and <c>delta</c> to the gradient of weights and bias.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="gradient">The places of its parameters in the buffer that receives the gradient.</param>
    /// <param name="delta">The variable of a unit's delta, already scaled.</param>
    /// <param name="x">An input.</param>
    /// <param name="declared">The value of that variable where it has to be declared, else null.</param>
    public static IReadOnlyList<Strand> ParameterGradient(
        LayerPlan layer, LayerBuffers gradient, Func<int, string> delta, Func<int, Expression> x, Func<int, Expression>? declared = null)
    {
        int size = declared is null ? layer.Units : Budgets.ScaledUnits;
        return Enumerable.Range(0, (layer.Units + size - 1) / size)
            .Select(block => Enumerable.Range(block * size, Math.Min(size, layer.Units - (block * size))).ToArray())
            .Select(units => ParameterGradient(layer, gradient, units, delta, x, declared))
            .ToList();
    }

    private static Strand ParameterGradient(
        LayerPlan layer, LayerBuffers gradient, int[] units, Func<int, string> delta, Func<int, Expression> x, Func<int, Expression>? declared)
    {
        List<StrandStep> steps = Enumerable.Range(0, layer.Inputs)
            .Select(input => new StrandStep(units.Length, new[]
            {
                Row.Of(units.Select(unit => Store.Add(
                    gradient.Weights, layer.Weight(input, unit), new Binary(BinaryOperator.Multiply, Expression.Symbol(delta(unit)), x(input))))),
            }))
            .ToList();
        if (gradient.Bias is { } bias)
        {
            steps.Add(new StrandStep(units.Length, new[] { Row.Of(units.Select(unit => Store.Add(bias, unit, Expression.Symbol(delta(unit))))) }));
        }

        Statement[] begin = declared is null ? Array.Empty<Statement>() : units.Select(unit => new Let(delta(unit), declared(unit))).ToArray<Statement>();
        return Strand.Of(begin, steps, begin.Length);
    }

    private static IReadOnlyList<Strand> Strands(
        Contraction contraction, LayerBuffers parameters, Func<int, Expression> value, Func<int, string> local, Buffer? results, Rounding rounding)
    {
        var groups = new Groups(contraction, parameters, value, local, results, rounding);
        var strands = new List<Strand>();
        for (int first = 0; first < contraction.Results; first += Tuning.SumGroup)
        {
            int[] group = Enumerable.Range(first, Math.Min(Tuning.SumGroup, contraction.Results - first)).ToArray();
            strands.Add(groups.Strand(group));
        }

        return strands;
    }

    /// <summary>Neighbouring sums, a few at a time.</summary>
    private sealed class Groups
    {
        private readonly Contraction _contraction;
        private readonly LayerBuffers _parameters;
        private readonly Func<int, Expression> _value;
        private readonly Func<int, string> _local;
        private readonly Buffer? _results;
        private readonly Rounding _rounding;
        private readonly IReadOnlyList<int[]> _chains;
        private readonly int[] _used;
        private readonly int _longest;

        public Groups(
            Contraction contraction, LayerBuffers parameters, Func<int, Expression> value, Func<int, string> local, Buffer? results, Rounding rounding)
        {
            _contraction = contraction;
            _parameters = parameters;
            _value = value;
            _local = local;
            _results = results;
            _rounding = rounding;
            _chains = contraction.Order.Chains(contraction.Terms);
            _used = Enumerable.Range(0, _chains.Count).Where(chain => _chains[chain].Length > 0).ToArray();
            _longest = _chains.Max(chain => chain.Length);
        }

        private bool IsInOneExpression => _longest * _used.Length <= _rounding.TermsInExpression;

        public Strand Strand(int[] group)
        {
            bool isFirst = group[0] == 0;
            Statement[] begin = !isFirst && (!IsInOneExpression || _results is not null) ? new Statement[] { Gap.Line } : Array.Empty<Statement>();
            var end = new List<Statement>();
            if (!IsInOneExpression)
            {
                end.AddRange(group.SelectMany(Result));
            }

            if (_results is { } results)
            {
                end.Add(Row.Of(group.Select(sum => _contraction.Result(results, sum, Expression.Symbol(_local(sum))))));
            }

            return IsInOneExpression
                ? new Strand(begin, Array.Empty<IReadOnlyList<Let>>(), new[] { new StrandStep(group.Length * _longest * _used.Length, group.Select(Whole).ToArray<Statement>()) }, end)
                : new Strand(
                    begin,
                    group.Select(sum => _used.Select(chain => new Let(Chain(sum, chain), chain == 0 ? Start(sum) : 0)).ToArray()).ToList(),
                    Enumerable.Range(0, _longest).Select(index => Advance(group, index)).ToList(),
                    end);
        }

        /// <summary>The next term of every chain that has one.</summary>
        private StrandStep Advance(int[] group, int index)
        {
            int[] going = _used.Where(chain => _chains[chain].Length > index).ToArray();
            return new StrandStep(
                group.Length * going.Length,
                going.Select(chain => Row.Of(group.Select(sum => Assign.Add(Chain(sum, chain), Product(sum, _chains[chain][index]))))).ToArray<Statement>());
        }

        /// <summary>A sum in one expression.</summary>
        private Let Whole(int sum)
        {
            Expression? Terms(int chain) => _chains[chain].Aggregate(
                chain == 0 ? Start(sum) : null,
                (value, term) => value is null ? Product(sum, term) : new Binary(BinaryOperator.Add, value, Product(sum, term)));
            return new Let(_local(sum), WithBias(sum, Sums.ByHalves(Enumerable.Range(0, _chains.Count).Select(Terms).ToArray())));
        }

        private IEnumerable<Statement> Result(int sum)
        {
            string[] variables = _used.Select(chain => Chain(sum, chain)).ToArray();
            (IReadOnlyList<Statement> before, Expression whole) = _contraction.Order.InLanes
                ? Sums.ByHalves(variables, _chains.Count, _rounding)
                : Sums.InOrder(variables, _rounding);
            Expression value = WithBias(sum, whole);
            return value is Symbol same && same.Name == _local(sum) ? before : before.Append(new Assign(_local(sum), value));
        }

        private Expression WithBias(int sum, Expression value) => _contraction.Order is { InLanes: true, WithBias: true }
            ? new Binary(BinaryOperator.Add, new Load(_parameters.Bias!, sum), value)
            : value;

        /// <summary>What the first chain of a sum starts with; the others start with 0.</summary>
        private Expression Start(int sum) => _contraction.Order is { InLanes: false, WithBias: true } ? new Load(_parameters.Bias!, sum) : 0;

        private string Chain(int sum, int chain) => chain == 0 ? _local(sum) : $"{_local(sum)}_{Notation.Text(chain)}";

        private Expression Product(int sum, int term) => _contraction.Product(_value(term), new Load(_parameters.Weights, _contraction.Weight(sum, term)));
    }
}
