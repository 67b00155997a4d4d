using System;
using NetGen.Training;

namespace NetGen.Sample.CartPole;

/// <summary>
/// The game: the network looks at the world and pushes, and the world moves on, as often as the time of the frames asks for. Nothing in a frame
/// allocates.
/// </summary>
internal sealed class CartPoleGame
{
    private const int Width = 72;
    private const int PoleRows = 9;

    private readonly ActorCritic _network;
    private readonly CartPoleWorld _world;
    private readonly Canvas _canvas = new(Width, PoleRows + 3);
    private readonly TextLine _line = new(Width);
    private readonly bool _draws;
    private int _frame;
    private int _due;
    private int _falls;

    /// <param name="network">Who plays.</param>
    /// <param name="seed">Decides how the episodes begin.</param>
    /// <param name="draws">Whether to draw pictures; else there is a line every second.</param>
    public CartPoleGame(ActorCritic network, ulong seed, bool draws)
    {
        _network = network;
        _world = new CartPoleWorld(new SeededRandom(seed));
        _draws = draws;
    }

    public int Falls => _falls;

    /// <summary>Plays, and notes in the clock how long simulation and inference took.</summary>
    public void Play(GameClock clock, int frames)
    {
        clock.Start();
        for (int frame = 0; frame < frames; frame++)
        {
            clock.BeginWork();
            Advance();
            clock.EndWork();
            Show();
            clock.EndFrame();
        }

        clock.Stop();
    }

    /// <summary>The world has steps of its own length: five for six frames.</summary>
    private void Advance()
    {
        _frame++;
        for (_due += CartPoleWorld.StepsPerSecond; _due >= GameClock.FramesPerSecond; _due -= GameClock.FramesPerSecond)
        {
            Step();
        }
    }

    private void Step()
    {
        Span<float> state = stackalloc float[CartPoleWorld.StateCount];
        Span<float> output = stackalloc float[ActorCritic.OutputCount];
        _world.Observe(state);
        _network.Forward(state, output);
        Span<float> logits = output[ActorCritic.PolicyOutput];
        _world.Step(logits[1] > logits[0] ? 1 : 0);
        if (_world.IsOver)
        {
            _falls += _world.HasFallen ? 1 : 0;
            _world.Reset();
        }
    }

    private void Show()
    {
        if (!_draws && _frame % GameClock.FramesPerSecond != 0)
        {
            return;
        }

        _line.Clear().Add("  frame "u8).Add(_frame, 5, "0").Add("   step "u8).Add(_world.Steps, 3, "0");
        _line.Add("   cart "u8).Add(_world.Position, 5, "0.00").Add(" m   pole "u8).Add(_world.Angle * 180 / Math.PI, 5, "0.00");
        _line.Add(" deg   falls "u8).Add(_falls, 1, "0");
        if (_draws)
        {
            DrawWorld();
            _canvas.Draw(_line.Bytes);
        }
        else
        {
            _canvas.WriteLine(_line.Bytes);
        }
    }

    private void DrawWorld()
    {
        _canvas.Clear();
        int cart = (int)Math.Round((_world.Position / CartPoleWorld.TrackEnd + 1) / 2 * (Width - 1));
        for (int column = 0; column < Width; column++)
        {
            _canvas.Put(column, PoleRows + 2, '-');
        }

        for (int column = -4; column <= 4; column++)
        {
            _canvas.Put(cart + column, PoleRows, '#');
        }

        _canvas.Put(cart - 3, PoleRows + 1, 'o');
        _canvas.Put(cart + 3, PoleRows + 1, 'o');

        // A character is about twice as high as wide. The angle is exaggerated: it never exceeds 12 degrees.
        double slope = 2 * Math.Tan(Math.Clamp(3 * _world.Angle, -1, 1));
        for (int row = 1; row <= PoleRows; row++)
        {
            _canvas.Put(cart + (int)Math.Round(slope * row), PoleRows - row, row == PoleRows ? 'O' : '|');
        }
    }
}
