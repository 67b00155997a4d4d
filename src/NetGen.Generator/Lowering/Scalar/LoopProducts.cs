using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>A contraction as loops over numbers: several sums advance together where their weights are neighbours, otherwise the lanes of one sum.</summary>
internal sealed class LoopProducts
{
    private readonly Contraction _contraction;
    private readonly Buffer _weights;
    private readonly Buffer? _bias;
    private readonly Buffer _values;
    private readonly Buffer _results;
    private readonly (string Result, string Term) _index;
    private readonly Rounding _rounding;

    /// <summary>Prepares a lowering.</summary>
    /// <param name="contraction">What is computed.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="bias">What the sums start or end with, or null.</param>
    /// <param name="values">The factors of the weights.</param>
    /// <param name="results">Receives the sums.</param>
    /// <param name="index">The variables over sums and terms.</param>
    /// <param name="rounding">How expressions are divided.</param>
    private LoopProducts(
        Contraction contraction, Buffer weights, Buffer? bias, Buffer values, Buffer results, (string Result, string Term) index, Rounding rounding)
    {
        _contraction = contraction;
        _weights = weights;
        _bias = bias;
        _values = values;
        _results = results;
        _index = index;
        _rounding = rounding;
    }

    /// <summary><c>z = W·x + b</c>.</summary>
    public static IReadOnlyList<Statement> Forward(LayerPlan layer, LayerBuffers parameters, Buffer x, Buffer z, Rounding rounding) =>
        new LoopProducts(Contraction.Forward(layer), parameters.Weights, parameters.Bias, x, z, ("j", "i"), rounding).Lower().ToList();

    /// <summary><c>dx = Wᵀ·delta</c>.</summary>
    public static IReadOnlyList<Statement> InputGradient(LayerPlan layer, LayerBuffers parameters, Buffer delta, Buffer dx, Rounding rounding) =>
        new LoopProducts(Contraction.InputGradient(layer), parameters.Weights, null, delta, dx, ("i", "j"), rounding).Lower().ToList();

    /// <summary><c>gW += scale·delta ⊗ x</c>, <c>gb += scale·delta</c>: weight rows of several inputs or units advance together.</summary>
    public static IReadOnlyList<Statement> ParameterGradient(LayerPlan layer, LayerBuffers gradient, Buffer x, Buffer delta)
    {
        Expression scale = Expression.Symbol("scale");
        Expression Scaled(Index unit) => new Binary(BinaryOperator.Multiply, scale, new Load(delta, unit));
        (string outer, string inner) = layer.IsUnitMajor ? ("j", "i") : ("i", "j");
        (int rows, int columns) = layer.IsUnitMajor ? (layer.Units, layer.Inputs) : (layer.Inputs, layer.Units);
        string held = layer.IsUnitMajor ? "s" : "x";
        IEnumerable<Statement> Rows(Index first, int count)
        {
            Buffer[] part = Enumerable.Range(0, count).Select(row => new Buffer(Numbered("row", row), columns)).ToArray();
            yield return Row.Of(part.Select((_, row) => new Let(Numbered(held, row), layer.IsUnitMajor ? Scaled(first + row) : new Load(x, first + row))));
            yield return Row.Of(part.Select((view, row) => new View(view, gradient.Weights, (first + row) * layer.RowLength)));
            foreach (Statement statement in Loops.Over(inner, columns, column => new Statement[]
            {
                new Let(inner == "i" ? "xi" : "sj", inner == "i" ? new Load(x, column) : Scaled(column)),
                Row.Of(part.Select((view, row) => Store.Add(view, column, layer.IsUnitMajor
                    ? new Binary(BinaryOperator.Multiply, Expression.Symbol(Numbered(held, row)), Expression.Symbol("xi"))
                    : new Binary(BinaryOperator.Multiply, Expression.Symbol("sj"), Expression.Symbol(Numbered(held, row)))))),
            }))
            {
                yield return statement;
            }
        }

        List<Statement> statements = Loops.InBlocks(outer, rows, Tuning.SumGroup, Rows).ToList();
        if (gradient.Bias is { } bias)
        {
            statements.Add(Gap.Line);
            statements.AddRange(Loops.Over("j", layer.Units, unit => new[] { Store.Add(bias, unit, Scaled(unit)) }));
        }

        return statements;
    }

    private IEnumerable<Statement> Lower() => _contraction.ResultsAreNeighbours
        ? Loops.InBlocks(_index.Result, _contraction.Results, Tuning.SumGroup, Neighbours)
        : Loops.Over(_index.Result, _contraction.Results, result => Dot(result).ToArray());

    /// <summary>Neighbouring sums.</summary>
    private IEnumerable<Statement> Neighbours(Index first, int count)
    {
        int[] sums = Enumerable.Range(0, count).ToArray();
        string Sum(int sum) => Numbered(_results.Name, sum);
        yield return Row.Of(sums.Select(sum => new Let(Sum(sum), _bias is null ? 0 : new Load(_bias, first + sum))));
        IReadOnlyList<int[]> segments = _contraction.Order.Chains(_contraction.Terms);
        int[] last = segments[segments.Count - 1];
        int length = segments[0].Length;
        foreach (Statement statement in Segment(first, sums, _results.Name, 0, length))
        {
            yield return statement;
        }

        // The last segment has the terms that the others leave.
        int alike = last.Length == length ? segments.Count : segments.Count - 1;
        if (alike > 1)
        {
            foreach (Statement statement in Loops.Over("start", length, alike * length, length, start => Further(first, sums, start, length)))
            {
                yield return statement;
            }
        }

        if (alike < segments.Count)
        {
            yield return new Scope(Further(first, sums, last[0], last.Length));
        }

        yield return Row.Of(sums.Select(sum => _contraction.Result(_results, first + sum, Expression.Symbol(Sum(sum)))));
    }

    /// <summary>A segment after the first, which begins with 0.</summary>
    private IReadOnlyList<Statement> Further(Index first, int[] sums, Index start, int length)
    {
        var statements = new List<Statement> { Row.Of(sums.Select(sum => new Let(Numbered("s", sum), 0))) };
        statements.AddRange(Segment(first, sums, "s", start, length));
        statements.Add(Row.Of(sums.Select(sum => Assign.Add(Numbered(_results.Name, sum), Expression.Symbol(Numbered("s", sum))))));
        return statements;
    }

    private IEnumerable<Statement> Segment(Index first, int[] sums, string name, Index start, int length)
    {
        string term = _index.Term;
        string value = _values.Name + term;
        return Loops.Over(term, length, step =>
        {
            Index at = start + step;
            var row = new Buffer("row", sums.Length);
            return new Statement[]
            {
                new Let(value, new Load(_values, at)),
                new View(row, _weights, _contraction.Weight(first, at)),
                Row.Of(sums.Select(sum => Assign.Add(Numbered(name, sum), _contraction.Product(Expression.Symbol(value), new Load(row, sum))))),
            };
        });
    }

    /// <summary>One sum over stored neighbours, lane by lane.</summary>
    private IEnumerable<Statement> Dot(Index result)
    {
        int terms = _contraction.Terms;
        int lanes = _contraction.Order.Count;
        int used = Math.Min(lanes, terms);
        int whole = terms / lanes * lanes;
        string[] sums = Enumerable.Range(0, used).Select(lane => Numbered("s", lane)).ToArray();
        var row = new Buffer("row", terms);
        Statement Product(int lane, Index at) => Assign.Add(sums[lane], new Binary(BinaryOperator.Multiply, new Load(row, at), new Load(_values, at)));
        yield return new View(row, _weights, _contraction.Weight(result, 0));
        yield return Row.Of(sums.Select(sum => new Let(sum, 0)));
        if (whole > 0)
        {
            foreach (Statement statement in Loops.Over("k", 0, whole, lanes, k => Enumerable.Range(0, lanes).Select(lane => Product(lane, k + lane)).ToArray()))
            {
                yield return statement;
            }
        }

        foreach (int lane in Enumerable.Range(0, terms - whole))
        {
            yield return Product(lane, whole + lane);
        }

        (IReadOnlyList<Statement> before, Expression sum) = Sums.ByHalves(sums, lanes, _rounding);
        foreach (Statement statement in before)
        {
            yield return statement;
        }

        yield return _contraction.Result(_results, result, _bias is null ? sum : new Binary(BinaryOperator.Add, new Load(_bias, result), sum));
    }

    private static string Numbered(string name, int number) => name + Notation.Text(number);
}
