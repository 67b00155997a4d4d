using System.Collections.Generic;
using System.Linq;

namespace NetGen.Generator.Model;

/// <summary>
/// A sum of products of tensors in Einstein's notation: over all indices of the factors that the result has not. It says what is computed; in which order
/// the terms are added, and how they are laid over vectors, registers and loops, is the planner's to decide.
/// </summary>
/// <param name="Result">What is computed.</param>
/// <param name="Start">What the terms are added to, or null for 0.</param>
/// <param name="Factors">What is multiplied.</param>
internal sealed record Einsum(TensorTerm Result, TensorTerm? Start, EquatableArray<TensorTerm> Factors) : Computation
{
    public Einsum(TensorTerm result, TensorTerm? start, params TensorTerm[] factors)
        : this(result, start, new EquatableArray<TensorTerm>(factors))
    {
    }

    /// <summary>The indices of the factors.</summary>
    public IEnumerable<char> Indices => Factors.SelectMany(factor => factor.Indices).Distinct();

    /// <summary>Those that the sum runs over.</summary>
    public IEnumerable<char> Reduced => Indices.Except(Result.Indices);

    public override IEnumerable<string> Results => new[] { Result.Name };

    public override IEnumerable<string> Operands => Factors.Append(Start).OfType<TensorTerm>().Select(term => term.Name);
}

/// <summary>A tensor with its indices, such as W with <c>ui</c>.</summary>
/// <param name="Name">Which quantity of the layer it is.</param>
/// <param name="Indices">A letter for each: <c>s</c> is the sample of a batch, <c>i</c> a value that the layer reads, <c>u</c> a unit of the layer.</param>
internal sealed record TensorTerm(string Name, string Indices);
