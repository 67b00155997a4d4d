using System.Numerics;

namespace NetGen.Determinism;

/// <summary>Numbers in −2..2 from integer arithmetic (xorshift64*), exact in single precision.</summary>
internal sealed class Numbers
{
    private ulong _state;

    public Numbers(ulong seed)
    {
        _state = (seed * 0x9E3779B97F4A7C15) | 1;
    }

    public ulong Bits()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return unchecked(_state * 0x2545F4914F6CDD1D) >> 11;
    }

    public T[] Next<T>(int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = new T[count];
        for (int index = 0; index < count; index++)
        {
            values[index] = (T.CreateTruncating((long)(Bits() & 0xFFFFFF)) - T.CreateTruncating(1 << 23)) / T.CreateTruncating(1 << 22);
        }

        return values;
    }
}
