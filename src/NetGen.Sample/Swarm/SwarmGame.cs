using System;
using System.Diagnostics;

namespace NetGen.Sample.Swarm;

/// <summary>Runs the swarm frame by frame and shows how many agents are where. Nothing in a frame allocates.</summary>
internal sealed class SwarmGame
{
    private const int Width = 72;
    private const int Height = 22;
    private const string Shades = " .:-=+*#%@";

    private readonly SwarmWorld _world;
    private readonly Canvas _canvas = new(Width, Height);
    private readonly int[] _density = new int[Width * Height];
    private readonly TextLine _line = new(Width);
    private readonly bool _draws;
    private int _frame;

    /// <param name="world">The swarm.</param>
    /// <param name="draws">Whether to draw pictures; else there is a line every second.</param>
    public SwarmGame(SwarmWorld world, bool draws)
    {
        _world = world;
        _draws = draws;
    }

    /// <summary>Plays as many frames as there are places for their times.</summary>
    /// <param name="clock">Notes how long simulation and inference took.</param>
    /// <param name="nanoseconds">Receives how long the networks took in each frame, for each agent.</param>
    public void Play(GameClock clock, Span<double> nanoseconds)
    {
        clock.Start();
        foreach (ref double time in nanoseconds)
        {
            clock.BeginWork();
            long ticks = _world.Advance();
            clock.EndWork();
            time = ticks * (1e9 / Stopwatch.Frequency) / _world.Agents;
            _frame++;
            Show(time);
            clock.EndFrame();
        }

        clock.Stop();
    }

    private void Show(double nanoseconds)
    {
        if (!_draws && _frame % GameClock.FramesPerSecond != 0)
        {
            return;
        }

        _line.Clear().Add("  frame "u8).Add(_frame, 5, "0").Add("   "u8).Add(nanoseconds, 7, "0.0").Add(" ns per agent"u8);
        if (_draws)
        {
            DrawDensity();
            _canvas.Draw(_line.Bytes);
        }
        else
        {
            _canvas.WriteLine(_line.Bytes);
        }
    }

    private void DrawDensity()
    {
        Array.Clear(_density);
        ReadOnlySpan<float> positions = _world.Positions;
        for (int agent = 0; agent < _world.Agents; agent++)
        {
            int column = (int)((positions[2 * agent] + 1) / 2 * Width);
            int row = (int)((positions[2 * agent + 1] + 1) / 2 * Height);
            if ((uint)column < Width && (uint)row < Height)
            {
                _density[row * Width + column]++;
            }
        }

        // The brightest shade stands for eight times the density of an even spread.
        double scale = (Shades.Length - 1) * Width * Height / (8.0 * _world.Agents);
        for (int cell = 0; cell < _density.Length; cell++)
        {
            int shade = _density[cell] == 0 ? 0 : Math.Clamp((int)Math.Ceiling(_density[cell] * scale), 1, Shades.Length - 1);
            _canvas.Put(cell % Width, cell / Width, Shades[shade]);
        }
    }
}
