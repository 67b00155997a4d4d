using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime;
using System.Threading;

namespace NetGen.Benchmarks.Measuring;

/// <summary>Times several loops side by side: each round runs one block of every loop, and each round starts with another one.</summary>
/// <param name="count">Number of rounds.</param>
/// <param name="block">How long a loop runs in a round; unless given, as long as suits calls of a network.</param>
internal sealed class Rounds(int count, TimeSpan? block = null)
{
    private readonly TimeSpan _block = block ?? TimeSpan.FromMilliseconds(0.6);

    // A slow contestant stops after this time, so that the others still get all their rounds.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1.5);
    private const int LeastRounds = 5;

    // Of a block, ahead of it.
    private const int WarmPart = 8;

    // The runtime compiles a method anew, in the background, when it has been called 30 times and nothing else has been compiled for
    // 100 ms; with instrumentation there are two such steps.
    private const int LeastPasses = 3;
    private const int MostPasses = 30;
    private const int QuietPasses = 2;
    private const int WarmUpCalls = 40;
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan WarmUpPause = TimeSpan.FromMilliseconds(130);

    /// <summary>A loop around a call: takes a number of repetitions and returns Stopwatch ticks.</summary>
    public delegate long Loop(long repetitions);

    /// <summary>Calls everything until the runtime compiles nothing any more.</summary>
    public static void Warm(IEnumerable<Loop> loops)
    {
        Loop[] all = loops.ToArray();
        int quiet = 0;
        for (int pass = 1; pass <= MostPasses && (pass <= LeastPasses || quiet < QuietPasses); pass++)
        {
            long compiled = JitInfo.GetCompiledMethodCount();
            foreach (Loop loop in all)
            {
                long start = Stopwatch.GetTimestamp();
                for (int call = 0; call < WarmUpCalls && Stopwatch.GetElapsedTime(start) < WarmUp; call++)
                {
                    loop(1);
                }
            }

            Thread.Sleep(WarmUpPause);
            quiet = JitInfo.GetCompiledMethodCount() == compiled ? quiet + 1 : 0;
        }
    }

    /// <summary>Nanoseconds of one call, for each loop and round.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Measure(IReadOnlyList<Loop> loops)
    {
        long[] repetitions = loops.Select(Calibrate).ToArray();
        var times = loops.Select(_ => new List<double>()).ToArray();
        var spent = new TimeSpan[loops.Count];
        for (int round = 0; round < count; round++)
        {
            for (int turn = 0; turn < loops.Count; turn++)
            {
                int i = (turn + round) % loops.Count;
                if (spent[i] > Budget && times[i].Count >= LeastRounds)
                {
                    continue;
                }

                // What the others drove out of the caches comes back before the clock starts.
                loops[i](1 + repetitions[i] / WarmPart);
                TimeSpan elapsed = Stopwatch.GetElapsedTime(0, loops[i](repetitions[i]));
                spent[i] += elapsed;
                times[i].Add(elapsed.TotalNanoseconds / repetitions[i]);
            }
        }

        return times;
    }

    /// <summary>Repetitions that fill a block.</summary>
    private long Calibrate(Loop loop)
    {
        long repetitions = 1;
        while (true)
        {
            double nanoseconds = Math.Max(1, Stopwatch.GetElapsedTime(0, loop(repetitions)).TotalNanoseconds);
            if (nanoseconds >= _block.TotalNanoseconds / 4)
            {
                return Math.Max(1, (long)(repetitions * _block.TotalNanoseconds / nanoseconds));
            }

            repetitions *= 4;
        }
    }
}
