using System.Numerics;

namespace NetGen.Accuracy;

/// <summary>A number format: which inputs are measured, and how far its numbers lie apart.</summary>
/// <remarks>Static members, so that the compiler of the runtime can inline them into the sweep.</remarks>
internal interface IFormat<T>
    where T : struct, IBinaryFloatingPointIeee754<T>
{
    static abstract string Name { get; }

    /// <summary>How many inputs there are, a multiple of <see cref="ChunkSize" />.</summary>
    static abstract long InputCount { get; }

    /// <summary>How many inputs are summed on their own; fixed, so that no sum depends on the number of threads.</summary>
    static abstract long ChunkSize { get; }

    static abstract T Input(long index);

    /// <summary>
    /// The distance of the numbers at the one nearest to the exact value: its unit in the last place, 2^-149 or 2^-1074 for subnormal
    /// numbers. NaN where that number is an infinity or NaN.
    /// </summary>
    static abstract double Ulp(double exact);
}
