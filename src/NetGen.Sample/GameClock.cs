using System;
using System.Diagnostics;
using System.Threading;

namespace NetGen.Sample;

/// <summary>Keeps 60 frames a second and notes how long the work of each took. Measuring allocates nothing.</summary>
internal sealed class GameClock
{
    public const int FramesPerSecond = 60;

    private readonly double[] _work;
    private readonly double[] _intervals;
    private readonly int[] _collections = new int[3];
    private int _frame;
    private long _next;
    private long _last;
    private long _began;
    private long _allocated;

    /// <param name="frames">Frames to note.</param>
    public GameClock(int frames)
    {
        _work = new double[frames];
        _intervals = new double[frames];
    }

    /// <summary>
    /// Bytes that this thread has allocated on the managed heap between start and stop. The game has no other; the runtime has, and one that
    /// recompiles methods allocates a few hundred bytes when it comes and goes.
    /// </summary>
    public long Bytes { get; private set; }

    /// <summary>Collections of garbage between start and stop.</summary>
    public int Collections { get; private set; }

    public bool AllocatedNothing => Bytes == 0 && Collections == 0;

    public void Start()
    {
        _frame = 0;
        for (int generation = 0; generation < _collections.Length; generation++)
        {
            _collections[generation] = GC.CollectionCount(generation);
        }

        _allocated = GC.GetAllocatedBytesForCurrentThread();
        _last = Stopwatch.GetTimestamp();
        _next = _last;
    }

    public void BeginWork() => _began = Stopwatch.GetTimestamp();

    public void EndWork() => _work[_frame] = Stopwatch.GetElapsedTime(_began).TotalMicroseconds;

    /// <summary>Waits for the next frame.</summary>
    public void EndFrame()
    {
        _next += Stopwatch.Frequency / FramesPerSecond;
        long left = _next - Stopwatch.GetTimestamp();
        if (left > 0)
        {
            // Rounded down, because to be late is worse than to spin for the rest.
            Thread.Sleep((int)(left * 1000 / Stopwatch.Frequency));
            while (Stopwatch.GetTimestamp() < _next)
            {
                Thread.SpinWait(20);
            }
        }

        long now = Stopwatch.GetTimestamp();
        _intervals[_frame++] = Stopwatch.GetElapsedTime(_last, now).TotalMilliseconds;
        _last = now;
    }

    public void Stop()
    {
        Bytes = GC.GetAllocatedBytesForCurrentThread() - _allocated;
        Collections = 0;
        for (int generation = 0; generation < _collections.Length; generation++)
        {
            Collections += GC.CollectionCount(generation) - _collections[generation];
        }
    }

    /// <summary>Microseconds of work in a frame: the median and the worst.</summary>
    public (double Median, double Worst) Work() => Summary(_work);

    /// <summary>Milliseconds from frame to frame: the median and the worst.</summary>
    public (double Median, double Worst) Intervals() => Summary(_intervals);

    private (double Median, double Worst) Summary(double[] values)
    {
        double[] sorted = values[.._frame];
        Array.Sort(sorted);
        return (sorted[_frame / 2], sorted[^1]);
    }
}
