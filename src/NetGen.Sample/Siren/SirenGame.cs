using System;
using NetGen.Training;

namespace NetGen.Sample.Siren;

/// <summary>Learns a picture frame by frame and shows what the network has of it. Nothing in a frame allocates.</summary>
internal sealed class SirenGame : IDisposable
{
    private const int BatchSize = 96;
    private const double LearningRate = 5e-4;
    private const string Shades = " .:-=+*#%@";
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(10);

    private readonly SirenNet _network = new();
    private readonly Trainer<float> _trainer;
    private readonly Canvas _canvas = new(SirenPicture.Width, SirenPicture.Height);
    private readonly TextLine _line = new(SirenPicture.Width);
    private readonly float[] _places;
    private readonly float[] _picture;
    private readonly float[] _learned;
    private readonly bool _draws;
    private int _frame;

    /// <param name="seed">Chooses the initial weights and the order of the samples.</param>
    /// <param name="draws">Whether to draw pictures; else there is a line every second.</param>
    public SirenGame(ulong seed, bool draws)
    {
        const int Cells = SirenPicture.Width * SirenPicture.Height;
        _draws = draws;
        _places = new float[2 * Cells];
        _picture = new float[Cells];
        _learned = new float[Cells];
        for (int cell = 0; cell < Cells; cell++)
        {
            (int row, int column) = Math.DivRem(cell, SirenPicture.Width);
            (_places[2 * cell], _places[(2 * cell) + 1]) = SirenPicture.Place(column, row);
            _picture[cell] = SirenPicture.At(column, row);
        }

        _network.Initialize(seed);
        _trainer = Trainer.Create(_network, Adam.For(_network, LearningRate), Dataset.Create(_network, _places, _picture), new() { Seed = seed, BatchSize = BatchSize });
        _network.Prepare();
        _trainer.Prepare();
    }

    /// <summary>How often the network has seen the whole picture.</summary>
    public int Epochs => _trainer.Epoch;

    /// <summary>How far the picture of the network is from the original: the root of the mean squared difference.</summary>
    public double Error { get; private set; }

    public void Dispose() => _trainer.Dispose();

    /// <summary>Learns for as many frames.</summary>
    public void Play(GameClock clock, int frames)
    {
        clock.Start();
        for (int frame = 0; frame < frames; frame++)
        {
            clock.BeginWork();
            _trainer.RunFor(Budget, int.MaxValue);
            Compare();
            clock.EndWork();
            _frame++;
            Show();
            clock.EndFrame();
        }

        clock.Stop();
    }

    private void Compare()
    {
        _network.ForwardBatch(_places, _learned);
        double sum = 0;
        for (int cell = 0; cell < _learned.Length; cell++)
        {
            double difference = _learned[cell] - _picture[cell];
            sum += difference * difference;
        }

        Error = Math.Sqrt(sum / _learned.Length);
    }

    private void Show()
    {
        if (!_draws && _frame % GameClock.FramesPerSecond != 0)
        {
            return;
        }

        _line.Clear().Add("  frame "u8).Add(_frame, 5, "0").Add("   epoch "u8).Add(Epochs, 5, "0").Add("   error "u8).Add(Error, 6, "0.000");
        if (!_draws)
        {
            _canvas.WriteLine(_line.Bytes);
            return;
        }

        for (int cell = 0; cell < _learned.Length; cell++)
        {
            int shade = Math.Clamp((int)(_learned[cell] * Shades.Length), 0, Shades.Length - 1);
            _canvas.Put(cell % SirenPicture.Width, cell / SirenPicture.Width, Shades[shade]);
        }

        _canvas.Draw(_line.Bytes);
    }
}
