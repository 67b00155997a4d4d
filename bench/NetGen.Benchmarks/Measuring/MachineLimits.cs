using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;

namespace NetGen.Benchmarks.Measuring;

/// <summary>What one core can do at best: multiply-adds, roots, and reading weights.</summary>
/// <param name="WidestBits">Bits of the widest vector that the runtime accelerates.</param>
/// <param name="WidestPeak">Multiply-adds per nanosecond with such vectors.</param>
/// <param name="Peak256">Multiply-adds per nanosecond with vectors of 256 bits; 0 if there are none.</param>
/// <param name="Roots">Square roots with a division by each, per nanosecond.</param>
internal sealed record MachineLimits(int WidestBits, double WidestPeak, double Peak256, double Roots)
{
    private const int PeakIterations = 100_000;
    private const int RootIterations = 10_000;
    private const int Repetitions = 40;

    // Which physical pages an array gets decides how well it fits the caches.
    private const int Places = 5;
    private const long BytesRead = 4_000_000;

    private readonly Dictionary<long, double> _bandwidths = [];

    public static MachineLimits Measure()
    {
        double peak256 = Vector256.IsHardwareAccelerated ? Peak<Lane256, Vector256<float>>() : 0;
        return Vector512.IsHardwareAccelerated ? new MachineLimits(512, Peak<Lane512, Vector512<float>>(), peak256, BestRoots<Lane512, Vector512<float>>())
            : Vector256.IsHardwareAccelerated ? new MachineLimits(256, peak256, peak256, BestRoots<Lane256, Vector256<float>>())
            : new MachineLimits(128, Peak<Lane128, Vector128<float>>(), 0, BestRoots<Lane128, Vector128<float>>());
    }

    /// <summary>Bytes per nanosecond when an array of this size is read again and again, each value entering a multiply-add.</summary>
    public double Bandwidth(long bytes)
    {
        if (!_bandwidths.TryGetValue(bytes, out double bandwidth))
        {
            // Each array stays until the end, so that the next one gets other pages.
            AlignedMemory[] places = Enumerable.Range(0, Places).Select(_ => CreateBlocks(bytes)).ToArray();
            bandwidth = places.Max(place => MeasureBandwidth(place, (int)Math.Max(1, BytesRead / bytes)));
            _bandwidths.Add(bytes, bandwidth);
            foreach (AlignedMemory place in places)
            {
                place.Dispose();
            }
        }

        return bandwidth;
    }

    private static AlignedMemory CreateBlocks(long bytes)
    {
        const int Block = Lanes.Accumulators * 16;
        return new AlignedMemory((int)Math.Max(1, bytes / sizeof(float) / Block) * Block);
    }

    private static double MeasureBandwidth(AlignedMemory memory, int passes)
    {
        double best = Best(() => Lanes.Read<Lane128, Vector128<float>>(memory.Span, passes));
        if (Vector256.IsHardwareAccelerated)
        {
            best = Math.Max(best, Best(() => Lanes.Read<Lane256, Vector256<float>>(memory.Span, passes)));
        }

        if (Vector512.IsHardwareAccelerated)
        {
            best = Math.Max(best, Best(() => Lanes.Read<Lane512, Vector512<float>>(memory.Span, passes)));
        }

        return best;
    }

    private static double Peak<TLane, TVector>()
        where TLane : struct, ILane<TVector>
        where TVector : struct => Best(static () => Lanes.MultiplyAdds<TLane, TVector>(PeakIterations));

    private static double BestRoots<TLane, TVector>()
        where TLane : struct, ILane<TVector>
        where TVector : struct => Best(static () => Lanes.Roots<TLane, TVector>(RootIterations));

    private static double Best(Func<double> measure)
    {
        double best = 0;
        for (int i = 0; i < Repetitions; i++)
        {
            best = Math.Max(best, measure());
        }

        return best;
    }
}
