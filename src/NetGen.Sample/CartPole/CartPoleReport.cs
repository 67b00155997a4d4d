using System;
using System.Diagnostics;
using Spectre.Console;

namespace NetGen.Sample.CartPole;

/// <summary>The command that trains actor and critic and lets them play, in one process as a shipped game would.</summary>
internal static class CartPoleReport
{
    private const ulong Seed = 1;
    private const int MaximumUpdates = 1000;
    private const int UpdatesPerLine = 10;
    private const int WarmUpFrames = GameClock.FramesPerSecond;

    /// <param name="console">The console.</param>
    /// <param name="seconds">How long to play.</param>
    /// <returns>The exit code: 1 when the task was not learned, or the game allocated.</returns>
    public static int Run(IAnsiConsole console, int seconds)
    {
        console.WriteLine("Cart and pole: a network 4-64-64 tanh with a policy of 2 and a value learns by proximal policy");
        console.WriteLine("optimisation until 100 consecutive episodes average 475 or more of 500 steps.");
        console.WriteLine();
        var training = new ProximalPolicy(Seed);
        long start = Stopwatch.GetTimestamp();
        for (int update = 1; update <= MaximumUpdates && !training.IsSolved; update++)
        {
            training.Update();
            if (update % UpdatesPerLine == 0 || training.IsSolved)
            {
                console.WriteLine($"  update {update,4}   steps {training.Steps,7}   episodes {training.Episodes,4}   mean length {training.MeanLength,5:0.0}");
            }
        }

        double trainingSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        console.WriteLine();
        if (!training.IsSolved)
        {
            console.WriteLine($"cartpole: not learned in {MaximumUpdates} updates");
            return 1;
        }

        var game = new CartPoleGame(training.Network, Seed, Terminal.CanRedraw(console));
        int frames = seconds * GameClock.FramesPerSecond;
        var clock = new GameClock(Math.Max(frames, WarmUpFrames));

        // The first second compiles and loads what a frame needs.
        game.Play(clock, WarmUpFrames);
        game.Play(clock, frames);

        (double work, double worstWork) = clock.Work();
        (double interval, double worstInterval) = clock.Intervals();
        console.WriteLine();
        console.WriteLine($"training: {trainingSeconds:0.00} s, {training.Episodes} episodes, {training.Steps} steps");
        console.WriteLine($"simulation and inference of a frame: {work:0.0} µs median, {worstWork:0.0} µs worst");
        console.WriteLine($"from frame to frame: {interval:0.00} ms median, {worstInterval:0.00} ms worst");
        console.WriteLine($"cartpole: {frames} frames, {game.Falls} falls, {clock.Bytes} bytes allocated, {clock.Collections} collections");
        return clock.AllocatedNothing ? 0 : 1;
    }
}
