using System;
using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Threading;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Contestants;

/// <summary>
/// The thread on which native plug-ins are loaded and run. Libraries built with fast math make the thread that loads them treat
/// subnormal numbers as zero. Native code is meant to run like that, and may be several times slower otherwise; .NET code is not.
/// </summary>
/// <remarks>Only one of the two threads works at a time, and the clock is read on the thread that works.</remarks>
internal sealed class NativeThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];

    public NativeThread()
    {
        new Thread(() =>
        {
            foreach (Action action in _work.GetConsumingEnumerable())
            {
                action();
            }
        })
        { IsBackground = true, Name = "native plug-ins" }.Start();
    }

    /// <summary>Runs something there and waits for it.</summary>
    public void Run(Action action)
    {
        ExceptionDispatchInfo? failure = null;
        using var done = new ManualResetEventSlim();
        _work.Add(() =>
        {
            try
            {
                action();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }

            done.Set();
        });
        done.Wait();
        failure?.Throw();
    }

    /// <summary>The same call, made on this thread.</summary>
    public TimedCall Wrap(TimedCall call) => new Moved(this, call);

    public void Dispose() => _work.CompleteAdding();

    private sealed unsafe class Moved(NativeThread thread, TimedCall call) : TimedCall
    {
        public override void Invoke(float* input, float* other) => thread.Run(() => call.Invoke(input, other));

        public override long Time(in Rotation rotation, long repetitions)
        {
            Rotation r = rotation;
            long ticks = 0;
            thread.Run(() => ticks = call.Time(r, repetitions));
            return ticks;
        }

        public override long TimeChained(in Rotation rotation, long repetitions)
        {
            Rotation r = rotation;
            long ticks = 0;
            thread.Run(() => ticks = call.TimeChained(r, repetitions));
            return ticks;
        }
    }
}
