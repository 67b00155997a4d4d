namespace NetGen.Generator.Emit;

/// <summary>The names of the small operations on vectors that kernels call, and what each does.</summary>
internal static class VectorHelpers
{
    /// <summary>Vector of n elements of x in memory, from element i.</summary>
    public const string Load = nameof(Load);

    /// <summary>Writes a vector to memory, from element i.</summary>
    public const string Store = nameof(Store);

    /// <summary>One number in every element.</summary>
    public const string Broadcast = nameof(Broadcast);

    /// <summary><c>x·y + z</c> rounded once.</summary>
    public const string MultiplyAdd = nameof(MultiplyAdd);

    /// <summary><c>x·y</c>, with which a sum begins, of kernels that take their arithmetic.</summary>
    public const string First = nameof(First);

    /// <summary><c>−x·y + z</c> rounded once: the JIT does not see this instruction in a multiply-add once it has moved the sign out of a loop.</summary>
    public const string NegativeMultiplyAdd = nameof(NegativeMultiplyAdd);

    /// <summary>One of two numbers in each element.</summary>
    public const string Choose = nameof(Choose);

    /// <summary>Where x ≤ y.</summary>
    public const string AtMost = nameof(AtMost);

    /// <summary>Where x &lt; y.</summary>
    public const string Below = nameof(Below);

    /// <summary>Where x = y.</summary>
    public const string Same = nameof(Same);

    /// <summary>x where x &lt; y, else y: one instruction where there is one that says so.</summary>
    public const string Least = nameof(Least);

    /// <summary>x where x &gt; y, else y.</summary>
    public const string Largest = nameof(Largest);

    /// <summary>The sum of the two halves of a vector.</summary>
    public const string Halve = nameof(Halve);

    /// <summary>The sums of the elements of several vectors.</summary>
    public const string Sums = nameof(Sums);

    /// <summary>The sum of the elements of one vector, and zeros.</summary>
    public const string Sum = nameof(Sum);

    /// <summary>The sums of the elements of two, and zeros.</summary>
    public const string SumPair = nameof(SumPair);

    /// <summary>Four vectors of 512 bits, each with its halves added down to 128 bits, side by side.</summary>
    public const string FoldFour = nameof(FoldFour);

    /// <summary>A vector of four rows of four elements, with the columns as rows.</summary>
    public const string Transpose = nameof(Transpose);

    /// <summary>The first address from a place that starts a cache line.</summary>
    public const string Align = nameof(Align);

    /// <summary>The place some elements further on.</summary>
    public const string At = nameof(At);

    /// <summary>One element of a vector in every element.</summary>
    public const string Spread = nameof(Spread);

    /// <summary>A vector with 0 in place of −0.</summary>
    public const string WithoutMinusZero = nameof(WithoutMinusZero);

    /// <summary>One element of a vector.</summary>
    public const string Element = nameof(Element);

    /// <summary>A vector with zeros after its first elements.</summary>
    public const string KeepFirst = nameof(KeepFirst);

    /// <summary>One number of memory in every element.</summary>
    public const string LoadAll = nameof(LoadAll);

    /// <summary>The lower half of a vector.</summary>
    public const string Lower = nameof(Lower);

    /// <summary>The upper half of a vector.</summary>
    public const string Upper = nameof(Upper);

    /// <summary>The columns of squares whose rows lie in memory: as many rows as elements in 128 bits, in every 128 bits of a vector one square.</summary>
    public const string LoadSquares = nameof(LoadSquares);

    /// <summary>Writes squares, of which vectors are the columns, row by row to memory.</summary>
    public const string StoreSquares = nameof(StoreSquares);
}
