using System;
using System.Numerics;
using System.Threading.Tasks;

namespace NetGen.Accuracy;

/// <summary>Computes a function for many arguments at once.</summary>
internal delegate void BlockFunction<T>(ReadOnlySpan<T> x, Span<T> y);

/// <summary>A value more accurate than the format that is measured, as an unevaluated sum.</summary>
internal delegate (double Hi, double Lo) Exact(double x);

/// <summary>Runs libraries over the inputs of a format and compares what they return with the exact values.</summary>
/// <typeparam name="T">The numbers.</typeparam>
/// <typeparam name="TFormat">Their inputs and distances.</typeparam>
internal static class Sweep<T, TFormat>
    where T : struct, IBinaryFloatingPointIeee754<T>
    where TFormat : struct, IFormat<T>
{
    public static int Chunks => (int)(TFormat.InputCount / TFormat.ChunkSize);

    /// <summary>Measures every library, on every input whose index is a multiple of the step.</summary>
    public static Tally[] Run(Exact exact, BlockFunction<T>[] libraries, long step, Action chunkDone)
    {
        var chunks = new Tally[Chunks][];
        Parallel.For(0, Chunks, chunk =>
        {
            chunks[chunk] = Measure(chunk, exact, libraries, step);
            chunkDone();
        });

        Tally[] total = Create(libraries.Length);
        foreach (Tally[] chunk in chunks)
        {
            for (int i = 0; i < total.Length; i++)
            {
                total[i].Merge(chunk[i]);
            }
        }

        return total;
    }

    private static Tally[] Measure(long chunk, Exact exact, BlockFunction<T>[] libraries, long step)
    {
        Tally[] tallies = Create(libraries.Length);
        var block = new Block<T, TFormat>();
        long end = (chunk + 1) * TFormat.ChunkSize;
        long index = ((chunk * TFormat.ChunkSize) + step - 1) / step * step;
        while (index < end)
        {
            index = block.Fill(index, end, step, exact);
            for (int i = 0; i < libraries.Length; i++)
            {
                block.Judge(libraries[i], tallies[i]);
            }
        }

        return tallies;
    }

    private static Tally[] Create(int count)
    {
        var tallies = new Tally[count];
        for (int i = 0; i < count; i++)
        {
            tallies[i] = new Tally();
        }

        return tallies;
    }
}
