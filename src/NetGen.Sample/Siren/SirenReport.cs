using System;
using Spectre.Console;

namespace NetGen.Sample.Siren;

/// <summary>The command that draws a picture while a network learns it.</summary>
internal static class SirenReport
{
    private const ulong Seed = 1;
    private const int WarmUpFrames = GameClock.FramesPerSecond;

    /// <param name="console">The console.</param>
    /// <param name="seconds">How long to learn.</param>
    /// <returns>The exit code: 1 when the frames allocated.</returns>
    public static int Run(IAnsiConsole console, int seconds)
    {
        console.WriteLine($"A network 2-48-48-1 with sines learns a picture of {SirenPicture.Width} by {SirenPicture.Height} cells, 10 ms in each of 60 frames a second.");
        console.WriteLine();
        using var game = new SirenGame(Seed, Terminal.CanRedraw(console));
        int frames = seconds * GameClock.FramesPerSecond;
        var clock = new GameClock(Math.Max(frames, WarmUpFrames));

        // The first second compiles and loads what a frame needs.
        game.Play(clock, WarmUpFrames);
        game.Play(clock, frames);
        (double work, double worstWork) = clock.Work();
        console.WriteLine();
        console.WriteLine($"learning and drawing of a frame: {work:0} µs median, {worstWork:0} µs worst");
        console.WriteLine($"memory: {clock.Bytes} bytes allocated, {clock.Collections} collections");
        console.WriteLine($"siren: {game.Epochs} epochs, error {game.Error:0.000} of a range from 0 to 1");
        return clock.AllocatedNothing ? 0 : 1;
    }
}
