using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using NetGen.Training.Child;
using Xunit;
using static NetGen.Training.Tests.Trainings;

namespace NetGen.Training.Tests;

/// <summary>Several threads: the same bits, nothing allocated, and no work lost.</summary>
public sealed class ThreadTests
{
    private static readonly Lazy<string> Expected = new(() => Workout.Run(1));

    [Theory]
    [InlineData("2", "")]
    [InlineData("3", "")]
    [InlineData("7", "")]
    [InlineData("2", "DOTNET_EnableAVX512=0")]
    [InlineData("1", "DOTNET_EnableAVX2=0")]
    [InlineData("2", "DOTNET_EnableHWIntrinsic=0")]
    [InlineData("1", "DOTNET_TieredCompilation=0")]
    public void The_bits_depend_on_neither_threads_nor_hardware(string threads, string setting) =>
        Assert.Equal(Expected.Value, Run(setting, "train", threads));

    /// <summary>In a process of its own, where nobody else allocates.</summary>
    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("4")]
    public void A_step_allocates_nothing(string threads) => Assert.Equal("0", Run("", "allocate", threads));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_item_runs_once(int threads)
    {
        using var team = new WorkerTeam(threads);
        for (int round = 0; round < 2000; round++)
        {
            var work = new Counting(round % 9);
            team.Run(work, round % 9);
            Assert.All(work.Counts, count => Assert.Equal(1, count));
            if (round % 500 == 0)
            {
                // Long enough for the threads to fall asleep.
                Thread.Sleep(50);
            }
        }
    }

    [Fact]
    public void Several_threads_work()
    {
        using var team = new WorkerTeam(3);
        for (int round = 0; round < 20; round++)
        {
            Assert.Equal(3, Meet(team).Distinct().Count());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Threads_end_with_their_team(bool disposes)
    {
        Thread[] threads = ThreadsOfTeam(disposes);
        Assert.Equal(2, threads.Length);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.All(threads, thread => Assert.True(thread.Join(TimeSpan.FromMinutes(1))));
    }

    /// <summary>A method of its own, so that nobody holds the team afterwards.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Thread[] ThreadsOfTeam(bool disposes)
    {
        var team = new WorkerTeam(3);
        Thread[] threads = Meet(team).Where(thread => thread != Thread.CurrentThread).ToArray();
        if (disposes)
        {
            team.Dispose();
        }

        return threads;
    }

    /// <summary>What a trainer's threads worked on last leads back to the trainer, whether the work went well or not.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_trainer_that_nobody_holds_is_collected(bool fails)
    {
        (WeakReference trainer, WeakReference network) = Abandoned(fails);

        // A thread that has just finished its part may be about to let go of it.
        Assert.True(SpinWait.SpinUntil(() => Collect(trainer, network), TimeSpan.FromMinutes(1)));
    }

    private static bool Collect(params WeakReference[] references)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Array.TrueForAll(references, reference => !reference.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Trainer, WeakReference Network) Abandoned(bool fails)
    {
        IrisNet network = Network();
        var options = new TrainerOptions<float>
        {
            BatchSize = 70,
            Shards = 4,
            Threads = 2,
            ValidationData = Dataset.Create(network, Inputs, Labels),
            Metric = (_, _) => fails ? throw new NotSupportedException() : 1,
        };
        Trainer<float> trainer = Trainer(network, options);
        Assert.Equal(fails, Record.Exception(() => trainer.Step()) is NotSupportedException);
        return (new WeakReference(trainer), new WeakReference(network));
    }

    /// <summary>Runs items that wait for each other, so that one thread alone would never end.</summary>
    private static Thread[] Meet(WorkerTeam team)
    {
        using var barrier = new Barrier(3);
        var meeting = new Meeting(barrier);
        team.Run(meeting, 3);
        return meeting.Threads;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_team_works_on_after_an_exception(int threads)
    {
        using var team = new WorkerTeam(threads);
        Assert.Throws<NotSupportedException>(() => team.Run(new Failing(), 4));
        var work = new Counting(4);
        team.Run(work, 4);
        Assert.All(work.Counts, count => Assert.Equal(1, count));
    }

    [Fact]
    public void An_exception_of_a_thread_arrives()
    {
        IrisNet network = Network();
        var options = new TrainerOptions<float>
        {
            BatchSize = 16,
            Shards = 4,
            Threads = 3,
            ValidationSplit = 0.3,
            Metric = (_, _) => throw new NotSupportedException("no metric"),
        };
        using Trainer<float> trainer = Trainer(network, options);
        Assert.Equal("no metric", Assert.Throws<NotSupportedException>(() => trainer.Fit(1)).Message);
        Assert.Equal("no metric", Assert.Throws<NotSupportedException>(() => trainer.Fit(1)).Message);
    }
    private static string Run(string setting, params string[] arguments)
    {
        IEnumerable<string> all = arguments.Prepend(Path.Combine(AppContext.BaseDirectory, "NetGen.Training.Child.dll"));
        var start = new ProcessStartInfo(Environment.ProcessPath!, all) { RedirectStandardOutput = true };
        if (setting.Length > 0)
        {
            start.Environment[setting.Split('=')[0]] = setting.Split('=')[1];
        }

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.Trim();
    }

    private sealed class Counting(int items) : ITeamWork
    {
        private readonly int[] _counts = new int[items];

        public IReadOnlyList<int> Counts => _counts;

        public void Run(int item) => Interlocked.Increment(ref _counts[item]);
    }

    private sealed class Failing : ITeamWork
    {
        public void Run(int item) => throw new NotSupportedException();
    }

    private sealed class Meeting(Barrier barrier) : ITeamWork
    {
        public Thread[] Threads { get; } = new Thread[3];

        public void Run(int item)
        {
            Threads[item] = Thread.CurrentThread;
            Assert.True(barrier.SignalAndWait(TimeSpan.FromMinutes(1)));
        }
    }
}
