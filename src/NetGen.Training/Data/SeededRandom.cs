using System;

namespace NetGen.Training;

/// <summary>
/// Random numbers that a seed determines, the same on every platform and in every version of .NET: the SplitMix64 generator (G. L. Steele,
/// D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014), used with integer arithmetic alone.
/// </summary>
public sealed class SeededRandom
{
    private SplitMix64 _bits;

    /// <summary>Starts a sequence.</summary>
    /// <param name="seed">Any number; each gives its own sequence.</param>
    public SeededRandom(ulong seed)
    {
        _bits = new SplitMix64(seed);
    }

    /// <summary>Where the sequence is; a generator with the same state continues it.</summary>
    public ulong State
    {
        get => _bits.State;
        set => _bits = new SplitMix64(value);
    }

    /// <summary>Returns 64 uniformly distributed bits.</summary>
    /// <returns>Any number.</returns>
    public ulong NextUInt64() => _bits.Next();

    /// <summary>Returns a multiple of 2⁻⁵³ in 0 ≤ u &lt; 1, each as probable as the other.</summary>
    /// <returns>u.</returns>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1L << 53));

    /// <summary>
    /// Returns a whole number below a bound, each as probable as the other (D. Lemire, "Fast random integer generation in an interval", ACM
    /// Transactions on Modeling and Computer Simulation 29, 2019).
    /// </summary>
    /// <param name="bound">The bound, above 0.</param>
    /// <returns>A number from 0 to <paramref name="bound"/> − 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is not above 0.</exception>
    public int Next(int bound)
    {
        Check.AtLeast(1, bound, nameof(bound));
        uint range = (uint)bound;
        uint reject = unchecked(0 - range) % range;
        ulong product;
        do
        {
            product = (NextUInt64() >> 32) * range;
        }
        while ((uint)product < reject);

        return (int)(product >> 32);
    }

    /// <summary>Puts items in a random order, each as probable as the other: the shuffle of Fisher and Yates.</summary>
    /// <typeparam name="TItem">Anything.</typeparam>
    /// <param name="items">The items.</param>
    public void Shuffle<TItem>(Span<TItem> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
