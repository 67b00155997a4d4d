using System;
using System.Diagnostics;
using Spectre.Console;

namespace NetGen.Sample.Swarm;

/// <summary>The command that lets a swarm follow a goal and tells what an agent costs.</summary>
internal static class SwarmReport
{
    private const int WarmUpFrames = GameClock.FramesPerSecond;

    /// <param name="console">The console.</param>
    /// <param name="agents">How many agents.</param>
    /// <param name="seconds">How long.</param>
    /// <returns>The exit code: 1 when the frames allocated.</returns>
    public static int Run(IAnsiConsole console, int agents, int seconds)
    {
        long start = Stopwatch.GetTimestamp();
        (SwarmNet brain, double loss) = SwarmTraining.Run();
        double learned = Stopwatch.GetElapsedTime(start).TotalSeconds;
        console.WriteLine($"A network 4-16-2 tanh learned to steer in {learned:0.00} s (loss {loss:0.0e+00}). It steers {agents} agents.");
        console.WriteLine();

        var game = new SwarmGame(new SwarmWorld(brain, agents), Terminal.CanRedraw(console));
        int frames = seconds * GameClock.FramesPerSecond;
        var clock = new GameClock(Math.Max(frames, WarmUpFrames));
        double[] nanoseconds = new double[Math.Max(frames, WarmUpFrames)];

        // The first second compiles and loads what a frame needs.
        game.Play(clock, nanoseconds.AsSpan(0, WarmUpFrames));
        game.Play(clock, nanoseconds.AsSpan(0, frames));
        nanoseconds = nanoseconds[..frames];
        Array.Sort(nanoseconds);
        (double work, double worstWork) = clock.Work();
        (double interval, double worstInterval) = clock.Intervals();
        console.WriteLine();
        console.WriteLine($"simulation and inference of a frame: {work:0} µs median, {worstWork:0} µs worst");
        console.WriteLine($"from frame to frame: {interval:0.00} ms median, {worstInterval:0.00} ms worst");
        console.WriteLine($"memory: {clock.Bytes} bytes allocated, {clock.Collections} collections");
        console.WriteLine(
            $"swarm: {agents} agents on one thread, {nanoseconds[frames / 2]:0.0} ns per agent median, {nanoseconds[0]:0.0} in the fastest frame");
        return clock.AllocatedNothing ? 0 : 1;
    }
}
