namespace NetGen.Sample.Iris;

/// <summary>
/// Puts numbers in a random order that depends on the seed alone, on every platform and every version of .NET: the xorshift64
/// generator (G. Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8, 2003) and the shuffle of Fisher and Yates.
/// </summary>
internal sealed class Shuffler
{
    private ulong _state;

    public Shuffler(ulong seed)
    {
        _state = seed + 0x9E3779B97F4A7C15UL; // xorshift must not start at 0, and starts badly from small numbers
    }

    public void Shuffle(int[] items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            // The remainder prefers some indices by less than one part in 10¹⁶.
            int j = (int)(Next() % (ulong)(i + 1));
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private ulong Next()
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return _state;
    }
}
