using System;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace NetGen.Training;

/// <summary>Work in numbered items that may run in any order and on any thread.</summary>
internal interface ITeamWork
{
    void Run(int item);
}

/// <summary>
/// Threads that wait for work without allocating. The calling thread works too, so with one thread there is no other. Between two pieces of
/// work the threads first spin, because a step of a small network is over sooner than a thread wakes up, and then sleep.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    private readonly Core _core;

    public WorkerTeam(int threads)
    {
        _core = new Core(hasThreads: threads > 1);
        for (int i = 1; i < threads; i++)
        {
            // A thread keeps the core alive and, between two pieces of work, nothing else: a team that nobody holds any more is finalised and
            // ends its threads.
            new Thread(_core.Work) { IsBackground = true, Name = "NetGen.Training" }.Start();
        }
    }

    ~WorkerTeam() => _core.Stop();

    /// <summary>Has the JIT compile what the threads run, however late they begin.</summary>
    public static void Prepare()
    {
        foreach (MethodInfo method in typeof(Core).GetMethods(
            BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        {
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
        }

        // The runtime compiles something of its own when a thread first waits.
        var spin = new SpinWait();
        Core.Pause(ref spin);
        Thread.Sleep(0);
    }

    /// <summary>Runs items 0 to count − 1 and returns when all are done.</summary>
    /// <remarks>An exception of an item is thrown here, when no thread works on another any more.</remarks>
    public void Run(ITeamWork work, int count)
    {
        _core.Run(work, count);
        GC.KeepAlive(this);
    }

    public void Dispose()
    {
        _core.Stop();
        GC.SuppressFinalize(this);
    }

    private sealed class Core
    {
        /// <summary>Turns of waiting before a thread sleeps; most of them give the processor to others.</summary>
        private const int SpinTurns = 200;

        private readonly object _gate = new();
        private readonly bool _hasThreads;
        private ITeamWork? _work;
        private ExceptionDispatchInfo? _error;
        private int _unclaimed;
        private int _unfinished;
        private int _sleeping;
        private volatile bool _isStopped;

        public Core(bool hasThreads)
        {
            _hasThreads = hasThreads;
        }

        public void Run(ITeamWork work, int count)
        {
            if (!_hasThreads || count == 1)
            {
                // Nothing to share: the synchronisation would cost as much as a step of a tiny network.
                for (int item = 0; item < count; item++)
                {
                    work.Run(item);
                }

                return;
            }

            _work = work;
            _unfinished = count;

            // A full fence: the threads see the work before they see its items, and this one sees who went to sleep before.
            Interlocked.Exchange(ref _unclaimed, count);
            if (Volatile.Read(ref _sleeping) > 0)
            {
                lock (_gate)
                {
                    Monitor.PulseAll(_gate);
                }
            }

            RunItems();
            var spin = new SpinWait();
            while (Volatile.Read(ref _unfinished) > 0)
            {
                // Items that others have begun; sleeping for a millisecond would take longer than most of them.
                Pause(ref spin);
            }

            // Nobody works on it any more. It leads to the team, which must not outlive its last user because of it.
            _work = null;
            if (_error is { } error)
            {
                _error = null;
                error.Throw();
            }
        }

        public void Stop()
        {
            _isStopped = true;
            lock (_gate)
            {
                Monitor.PulseAll(_gate);
            }
        }

        public void Work()
        {
            while (WaitForItems())
            {
                RunItems();
            }
        }

        /// <summary>Waits for less than a millisecond.</summary>
        public static void Pause(ref SpinWait spin)
        {
#if NET
            spin.SpinOnce(sleep1Threshold: -1);
#else
            // Where SpinOnce would sleep for a millisecond, and now and then before.
            if (spin.Count > 20 || !Thread.Yield())
            {
                Thread.Sleep(0);
            }

            spin.SpinOnce();
#endif
        }

        private void RunItems()
        {
            while (TryClaim(out int item))
            {
                try
                {
                    // A claimed item is unfinished, so this is still the work that it belongs to.
                    _work!.Run(item);
                }
                catch (Exception exception)
                {
                    _error = ExceptionDispatchInfo.Capture(exception);
                }

                Interlocked.Decrement(ref _unfinished);
            }
        }

        private bool TryClaim(out int item)
        {
            int unclaimed = Volatile.Read(ref _unclaimed);
            while (unclaimed > 0)
            {
                int seen = Interlocked.CompareExchange(ref _unclaimed, unclaimed - 1, unclaimed);
                if (seen == unclaimed)
                {
                    item = unclaimed - 1;
                    return true;
                }

                unclaimed = seen;
            }

            item = -1;
            return false;
        }

        /// <returns>False when the team has been stopped.</returns>
        private bool WaitForItems()
        {
            var spin = new SpinWait();
            while (Volatile.Read(ref _unclaimed) == 0 && !_isStopped)
            {
                if (spin.Count < SpinTurns)
                {
                    Pause(ref spin);
                    continue;
                }

                lock (_gate)
                {
                    // A full fence again: who counts as sleeping looks once more before it sleeps.
                    Interlocked.Increment(ref _sleeping);
                    if (Volatile.Read(ref _unclaimed) == 0 && !_isStopped)
                    {
                        Monitor.Wait(_gate);
                    }

                    Interlocked.Decrement(ref _sleeping);
                }

                spin.Reset();
            }

            return !_isStopped;
        }
    }
}
