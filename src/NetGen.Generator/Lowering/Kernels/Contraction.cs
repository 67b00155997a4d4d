using System.Collections.Generic;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>
/// What a product of a layer computes, for one sample: <c>result[o] = start + Σ_t weight[o, t] · value[t]</c>. How it is laid over loops and variables is not part of
/// it; the order in which the terms are added is.
/// </summary>
/// <param name="Results">How many sums.</param>
/// <param name="Terms">The terms of each.</param>
/// <param name="ResultStride">Elements from the weight of a sum to that of the next.</param>
/// <param name="TermStride">Elements from the weight of a term to that of the next.</param>
/// <param name="Order">The order of the sums.</param>
/// <param name="ValueFirst">Whether the weight is the second factor.</param>
/// <param name="Adds">Whether the sums are added to what is there.</param>
internal sealed record Contraction(int Results, int Terms, int ResultStride, int TermStride, SumOrder Order, bool ValueFirst, bool Adds = false)
{
    /// <summary>Weights of neighbouring sums lie side by side, rather than those of neighbouring terms.</summary>
    public bool ResultsAreNeighbours => ResultStride == 1 && !Order.InLanes;

    /// <summary><c>z = W·x + b</c> of a layer.</summary>
    public static Contraction Forward(LayerPlan layer) => layer.IsUnitMajor
        ? new Contraction(layer.Units, layer.Inputs, layer.RowLength, 1, SumOrder.Lanes(layer.Lanes, layer.UseBias), ValueFirst: true)
        : new Contraction(layer.Units, layer.Inputs, 1, layer.RowLength, SumOrder.Segments(layer.Segments, layer.UseBias), ValueFirst: true);

    /// <summary><c>dx = Wᵀ·delta</c> of a layer, a part of the gradient of what it reads.</summary>
    public static Contraction InputGradient(LayerPlan layer)
    {
        Contraction product = layer.IsUnitMajor
            ? new Contraction(layer.Inputs, layer.Units, 1, layer.RowLength, SumOrder.Segments(1, withBias: false), ValueFirst: false)
            : new Contraction(layer.Inputs, layer.Units, layer.RowLength, 1, SumOrder.Lanes(layer.Lanes, withBias: false), ValueFirst: false);
        return product with { Adds = !layer.Reads[0].IsFirstPart };
    }

    /// <summary>Where the weight of a sum and a term lies.</summary>
    public Index Weight(Index result, Index term) => (result * ResultStride) + (term * TermStride);

    /// <summary>Puts a sum in its place.</summary>
    public Statement Result(Buffer results, Index result, Expression sum) => Adds ? Store.Add(results, result, sum) : new Store(results, result, sum);

    /// <summary>A term of a sum.</summary>
    public Expression Product(Expression value, Expression weight) => ValueFirst
        ? new Binary(BinaryOperator.Multiply, value, weight)
        : new Binary(BinaryOperator.Multiply, weight, value);
}

/// <summary>
/// The order in which the terms of a sum are added. It decides the bits of the sum, whatever the form of the code: <see cref="SummationRule"/> says which layer has which.
/// </summary>
/// <param name="InLanes">The chains are lanes, added by halves, with the bias last; otherwise they are segments, added in order, and the first begins with the bias.</param>
/// <param name="Count">How many chains, a power of two.</param>
/// <param name="WithBias">Whether there is a bias.</param>
internal sealed record SumOrder(bool InLanes, int Count, bool WithBias)
{
    public static SumOrder Lanes(int count, bool withBias) => new(true, count, withBias);

    public static SumOrder Segments(int count, bool withBias) => new(false, count, withBias);

    /// <summary>The terms of each chain, which are added one after another.</summary>
    public IReadOnlyList<int[]> Chains(int terms) => InLanes ? SummationRule.InLanes(terms, Count) : SummationRule.InSegments(terms, Count);
}
