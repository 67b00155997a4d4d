namespace NetGen;

/// <summary>
/// The SplitMix64 generator: integer arithmetic only, so a seed gives the same numbers on every platform.
/// Source: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
/// </summary>
internal struct SplitMix64
{
    private ulong _state;

    public SplitMix64(ulong seed)
    {
        _state = seed;
    }

    /// <summary>Where the sequence is; a generator with the same state as its seed continues it.</summary>
    public readonly ulong State => _state;

    /// <summary>Returns 64 uniformly distributed bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            ulong mixed = _state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <summary>Returns a multiple of 2⁻⁵² in −1 ≤ u &lt; 1; exact in double.</summary>
    public double NextSigned() => ((long)(Next() >> 11) - (1L << 52)) * (1.0 / (1L << 52));
}
