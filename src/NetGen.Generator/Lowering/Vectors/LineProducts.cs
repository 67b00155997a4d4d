using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>The products of a layer in a straight line of vectors.</summary>
internal sealed class LineProducts
{
    private readonly LayerPlan _layer;
    private readonly VectorWidth _width;
    private readonly Func<int, VectorType, Expression> _input;
    private readonly Func<LineValue> _inputs;

    /// <summary>Creates the products.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="width">The vectors.</param>
    /// <param name="input">An input, in every element of a vector.</param>
    /// <param name="inputs">The inputs, side by side in vectors; only a layer stored by units asks for these.</param>
    public LineProducts(LayerPlan layer, VectorWidth width, Func<int, VectorType, Expression> input, Func<LineValue> inputs)
    {
        _layer = layer;
        _width = width;
        _input = input;
        _inputs = inputs;
    }

    private string Number => Notation.Text(_layer.Number);

    /// <summary>Declares z.</summary>
    public IEnumerable<Statement> Affine(Buffer p, LineValue z) => _layer.IsUnitMajor ? ForwardDots(p, z) : ForwardRows(p, z);

    /// <summary>Declares dL/dx.</summary>
    public IEnumerable<Statement> InputGradient(Buffer p, LineValue delta, LineValue dx) =>
        _layer.IsUnitMajor ? BackwardRows(p, delta, dx) : BackwardDots(p, delta, dx);

    /// <summary>Adds delta ⊗ x to a gradient, for a delta that is scaled already.</summary>
    public IEnumerable<Statement> ParameterGradient(Buffer g, LineValue delta)
    {
        IEnumerable<Statement> weights = _layer.IsUnitMajor
            ? _inputs().Chunks.SelectMany(chunk => Enumerable.Range(0, _layer.Units).Select(unit =>
                Add(g, chunk, _layer.Inputs, Weight(chunk.Start, unit), place => new MultiplyAdd(delta.Spread(unit, chunk.Type), chunk.Value, place))))
            : Enumerable.Range(0, _layer.Inputs).SelectMany(input => delta.Chunks.Select(chunk =>
                Add(g, chunk, _layer.Units, Weight(input, chunk.Start), place => new MultiplyAdd(chunk.Value, _input(input, chunk.Type), place))));
        return _layer.UseBias
            ? weights.Concat(delta.Chunks.Select(chunk => Add(g, chunk, _layer.Units, _layer.BiasOffset + chunk.Start, place => new Binary(BinaryOperator.Add, place, chunk.Value))))
            : weights;
    }

    private static Statement Add(Buffer g, Chunk chunk, int used, int element, Func<Expression, Expression> sum) =>
        new Store(g, element, chunk.Keep(sum(new LoadVector(chunk.Type, g, element)), used), chunk.Type);

    /// <summary>The sums of a layer stored by inputs: multiples of its weight rows.</summary>
    private IEnumerable<Statement> ForwardRows(Buffer p, LineValue z)
    {
        int[] segments = Enumerable.Range(0, _layer.Segments).ToArray();
        foreach (Chunk chunk in z.Chunks)
        {
            foreach (int segment in segments)
            {
                yield return new Let(
                    Partial(chunk, segment), segment == 0 && _layer.UseBias ? chunk.Load(p, _layer.BiasOffset) : VectorOperation.Zero(chunk.Type), chunk.Type);
            }
        }

        IReadOnlyList<int[]> chains = SumOrder.Segments(_layer.Segments, _layer.UseBias).Chains(_layer.Inputs);
        foreach (int segment in segments)
        {
            foreach (int input in chains[segment])
            {
                foreach (Chunk chunk in z.Chunks)
                {
                    yield return Assign.AddProduct(
                        chunk.Type, Partial(chunk, segment), _input(input, chunk.Type), new LoadVector(chunk.Type, p, Weight(input, chunk.Start)));
                }
            }
        }

        foreach (Chunk chunk in z.Chunks)
        {
            Expression sum = segments
                .Select(segment => Expression.Symbol(Partial(chunk, segment)))
                .Aggregate((first, next) => new Binary(BinaryOperator.Add, first, next));
            if (chunk.Keep(sum, _layer.Units) is var kept && kept != chunk.Value)
            {
                yield return chunk.Assign(kept);
            }
        }
    }

    /// <summary>The sums of a layer stored by units: its weight rows times x, lane by lane.</summary>
    private IEnumerable<Statement> ForwardDots(Buffer p, LineValue z)
    {
        Dots dots = Products("sum", _layer.Units, _inputs(), (unit, chunk) => (chunk.Value, new LoadVector(chunk.Type, p, Weight(chunk.Start, unit))));
        IReadOnlyList<Expression> sums = VectorOperation.SumLanes(dots.Type, dots.Locals);

        // The bias, which is ready early, and not the sum: −0 and −0 make −0, 0 and −0 make 0.
        return dots.Statements.Concat(z.Declare((chunk, _) => _layer.UseBias
            ? new Binary(BinaryOperator.Add, VectorOperation.EndDot(chunk.Type, chunk.Load(p, _layer.BiasOffset)), Part(chunk, sums))
            : VectorOperation.EndDot(chunk.Type, Part(chunk, sums))));
    }

    private IEnumerable<Statement> BackwardDots(Buffer p, LineValue delta, LineValue dx)
    {
        Dots dots = Products("dot", _layer.Inputs, delta, (input, chunk) => (new LoadVector(chunk.Type, p, Weight(input, chunk.Start)), chunk.Value));
        List<Expression> sums = Enumerable.Range(0, (_layer.Inputs + Tuning.DotGroup - 1) / Tuning.DotGroup)
            .SelectMany(group => VectorOperation.SumLanes(dots.Type, dots.Locals.Skip(group * Tuning.DotGroup).Take(Tuning.DotGroup)))
            .ToList();
        return dots.Statements.Concat(dx.Declare((chunk, _) =>
            chunk.Start < _layer.Inputs ? VectorOperation.EndDot(chunk.Type, Part(chunk, sums)) : VectorOperation.Zero(chunk.Type)));
    }

    private IEnumerable<Statement> BackwardRows(Buffer p, LineValue delta, LineValue dx)
    {
        foreach (Chunk chunk in dx.Chunks)
        {
            for (int unit = 0; unit < _layer.Units; unit++)
            {
                Expression d = delta.Spread(unit, chunk.Type);
                Expression w = new LoadVector(chunk.Type, p, Weight(chunk.Start, unit));
                yield return unit == 0
                    ? chunk.Declare(new MultiplyAdd(d, w, VectorOperation.Zero(chunk.Type)))
                    : Assign.AddProduct(chunk.Type, chunk.Local, d, w);
            }

            if (chunk.Keep(chunk.Value, _layer.Inputs) is var kept && kept != chunk.Value)
            {
                yield return chunk.Assign(kept);
            }
        }
    }

    /// <summary>Dot products of rows of weights with a value, each in vectors that hold its lanes.</summary>
    /// <param name="name">What they are called.</param>
    /// <param name="count">How many.</param>
    /// <param name="value">What the rows are multiplied with.</param>
    /// <param name="factors">The factors of a row's product with a vector of it.</param>
    private Dots Products(string name, int count, LineValue value, Func<int, Chunk, (Expression X, Expression Y)> factors)
    {
        (VectorType type, int vectors) = _width.LanesOf(_layer.Lanes);
        var statements = new List<Statement>();
        var locals = new List<IReadOnlyList<Expression>>();
        for (int dot = 0; dot < count; dot++)
        {
            string local = $"{name}{Number}_{Notation.Text(dot)}";
            string Lane(int lane) => vectors == 1 ? local : $"{local}_{Notation.Text(lane)}";
            for (int index = 0; index < value.Chunks.Count; index++)
            {
                (Expression x, Expression y) = factors(dot, value.Chunks[index]);
                string lane = Lane(index % vectors);
                statements.Add(index < vectors ? new Let(lane, VectorOperation.FirstProduct(type, x, y), type) : Assign.AddProduct(type, lane, x, y));
            }

            locals.Add(Enumerable.Range(0, vectors).Select(lane => Expression.Symbol(Lane(lane))).ToArray());
        }

        return new Dots(type, statements, locals);
    }

    /// <summary>The part of joint sums that belongs in a vector: one of 128 bits, or two joined to one of 256.</summary>
    private static Expression Part(Chunk chunk, IReadOnlyList<Expression> sums)
    {
        VectorType narrow = chunk.Type with { Bits = 128 };
        Expression Sum(int index) => index < sums.Count ? sums[index] : VectorOperation.Zero(narrow);
        int first = chunk.Start / narrow.Count;
        return chunk.Type.Bits == 128 ? Sum(first) : VectorOperation.Of(VectorOperator.Join, chunk.Type, Sum(first), Sum(first + 1));
    }

    private int Weight(int input, int unit) => _layer.WeightOffset + _layer.Weight(input, unit);

    private static string Partial(Chunk chunk, int segment) => segment == 0 ? chunk.Local : $"{chunk.Local}_s{Notation.Text(segment)}";

    /// <summary>Dot products.</summary>
    /// <param name="Type">The type of the vectors that hold their lanes.</param>
    /// <param name="Statements">What computes them.</param>
    /// <param name="Locals">These vectors of each.</param>
    private sealed record Dots(VectorType Type, IReadOnlyList<Statement> Statements, IReadOnlyList<IReadOnlyList<Expression>> Locals);
}
