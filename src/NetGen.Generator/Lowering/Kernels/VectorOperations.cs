using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;

namespace NetGen.Generator.Lowering;

/// <summary>What reads memory and nothing else.</summary>
internal abstract record Place : Operation
{
    public override Expression? Part(int index) => null;

    public override Operation With(Func<Expression, Expression> map) => this;
}

/// <summary>A number in memory.</summary>
internal sealed record Load(Buffer Buffer, Index Index) : Place;

/// <summary>Neighbours in memory, as a vector.</summary>
internal sealed record LoadVector(VectorType Type, Buffer Buffer, Index Index) : Place;

/// <summary>A number in memory, in every element of a vector.</summary>
internal sealed record LoadAll(VectorType Type, Buffer Buffer, Index Index) : Place;

/// <summary><c>x·y + z</c> of a network's products: rounded once where it computes so, else the product by itself.</summary>
internal sealed record MultiplyAdd(Expression X, Expression Y, Expression Z) : Operation
{
    public override Expression? Part(int index) => index switch
    {
        0 => X,
        1 => Y,
        2 => Z,
        _ => null,
    };

    public override Operation With(Func<Expression, Expression> map) => new MultiplyAdd(map(X), map(Y), map(Z));
}

/// <summary><c>z − x·y</c>, likewise.</summary>
internal sealed record NegativeMultiplyAdd(Expression X, Expression Y, Expression Z) : Operation
{
    public override Expression? Part(int index) => index switch
    {
        0 => X,
        1 => Y,
        2 => Z,
        _ => null,
    };

    public override Operation With(Func<Expression, Expression> map) => new NegativeMultiplyAdd(map(X), map(Y), map(Z));
}

/// <summary>What else is done with vectors.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Type">The type of the vectors, of the result for what makes vectors of numbers.</param>
/// <param name="Operands">What it works on.</param>
/// <param name="Number">An element, or how many.</param>
internal sealed record VectorOperation(VectorOperator Kind, VectorType Type, EquatableArray<Expression> Operands, int Number = 0) : Operation
{
    public override Expression? Part(int index) => index < Operands.Count ? Operands[index] : null;

    public override Operation With(Func<Expression, Expression> map) => this with { Operands = new EquatableArray<Expression>(Operands.Select(map)) };

    /// <summary>A number in every element of a vector.</summary>
    public static VectorOperation Splat(VectorType type, Expression number) => Of(VectorOperator.Splat, type, number);

    /// <summary>The vector of zeros.</summary>
    public static VectorOperation Zero(VectorType type) => Splat(type, 0);

    /// <summary>A vector of some numbers.</summary>
    public static VectorOperation Of(VectorType type, IEnumerable<Expression> numbers) => Of(VectorOperator.Elements, type, numbers.ToArray());

    /// <summary>An element of a vector, as a number.</summary>
    public static VectorOperation Element(VectorType type, Expression vector, int element) => Of(VectorOperator.Element, type, vector) with { Number = element };

    /// <summary>An element of a vector in every element.</summary>
    public static VectorOperation Spread(VectorType type, Expression vector, int element) => Of(VectorOperator.Spread, type, vector) with { Number = element };

    /// <summary>A vector as it is to be stored: with zeros where it reaches into the padding, so that neither infinities nor NaN get there.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="vector">The vector.</param>
    /// <param name="used">Elements from its first to the padding: any number.</param>
    public static Expression Keep(VectorType type, Expression vector, int used) =>
        used < type.Count ? Of(VectorOperator.KeepFirst, type, vector) with { Number = Math.Max(0, used) } : vector;

    /// <summary>
    /// The product that a dot product begins with. Strict sums so begun have the bits of sums that start from 0, and an addition less to wait for, but for the sign of a
    /// zero: if every product is −0, so is their sum, and <see cref="EndDot"/> has to follow. Fused, adding to 0 is part of the product.
    /// </summary>
    public static VectorOperation FirstProduct(VectorType type, Expression x, Expression y) => Of(VectorOperator.FirstProduct, type, x, y);

    /// <summary>Sums of dot products so begun, or what they are added to, with 0 in place of −0 where they need it.</summary>
    public static VectorOperation EndDot(VectorType type, Expression vector) => Of(VectorOperator.EndDot, type, vector);

    /// <summary>An operation.</summary>
    public static VectorOperation Of(VectorOperator kind, VectorType type, params Expression[] operands) => new(kind, type, EquatableArray<Expression>.Of(operands));

    /// <summary>The sums over the lanes of some dot products, halves added to halves, as vectors of 128 bits.</summary>
    /// <param name="type">The type of the vectors that hold the lanes.</param>
    /// <param name="dots">These vectors of each dot product.</param>
    public static IReadOnlyList<Expression> SumLanes(VectorType type, IEnumerable<IReadOnlyList<Expression>> dots)
    {
        VectorType narrow = type with { Bits = 128 };
        List<Expression> folded = dots.Select(lanes => Halved(type, Sums.ByHalves(lanes))).ToList();
        return Enumerable.Range(0, (folded.Count + narrow.Count - 1) / narrow.Count)
            .Select(index => SumEach(narrow, folded.Skip(index * narrow.Count).Take(narrow.Count).ToList()))
            .ToList();
    }

    /// <summary>A vector of 128 bits with the sums of the elements of others, and zeros after them.</summary>
    private static Expression SumEach(VectorType type, IReadOnlyList<Expression> vectors) => (type.Number, vectors.Count) switch
    {
        (NumberType.Single, 1) => Of(VectorOperator.Sum, type, vectors[0]),
        (NumberType.Single, 2) => Of(VectorOperator.SumPair, type, vectors[0], vectors[1]),
        _ => Of(VectorOperator.Sums, type, Enumerable.Range(0, type.Count).Select(index => index < vectors.Count ? vectors[index] : Zero(type)).ToArray()),
    };

    private static Expression Halved(VectorType type, Expression vector)
    {
        for (; type.Bits > 128; type = type.Half)
        {
            vector = Of(VectorOperator.Halve, type, vector);
        }

        return vector;
    }
}

/// <summary>Operations on vectors beside arithmetic.</summary>
internal enum VectorOperator
{
    /// <summary>A number in every element.</summary>
    Splat,

    /// <summary>Numbers, one in each element.</summary>
    Elements,

    /// <summary>An element, as a number.</summary>
    Element,

    /// <summary>An element in every element.</summary>
    Spread,

    /// <summary>Zeros after the first elements.</summary>
    KeepFirst,

    /// <summary><c>0 + x·y</c>, but for the sign of a zero.</summary>
    FirstProduct,

    /// <summary>0 in place of −0, where a first product may have left that.</summary>
    EndDot,

    /// <summary>The sum of the two halves of a vector.</summary>
    Halve,

    /// <summary>The sum of the elements of a vector, and zeros.</summary>
    Sum,

    /// <summary>The sums of the elements of two, and zeros.</summary>
    SumPair,

    /// <summary>The sums of the elements of as many vectors as each has elements in 128 bits; of wider vectors, in each 128 bits by themselves.</summary>
    Sums,

    /// <summary>Four vectors, each with its halves added down to 128 bits, side by side.</summary>
    FoldFour,

    /// <summary>A vector of four rows of four elements, with the columns as rows.</summary>
    Transpose,

    /// <summary>The lower half.</summary>
    Lower,

    /// <summary>The upper half.</summary>
    Upper,

    /// <summary>Two vectors side by side; the type is that of the result.</summary>
    Join,
}
