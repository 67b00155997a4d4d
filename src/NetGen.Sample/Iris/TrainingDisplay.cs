using System;
using System.Threading;
using Spectre.Console;

namespace NetGen.Sample.Iris;

/// <summary>Runs a training and shows it while it runs: redrawn in a terminal, as a line every few epochs elsewhere.</summary>
internal sealed class TrainingDisplay
{
    private const int EpochsPerLine = 30;
    private const int EpochsPerRedraw = 2;
    private const int BarWidth = 40;

    private readonly IAnsiConsole _console;
    private readonly IrisTraining _training;
    private readonly int[] _rows;

    public TrainingDisplay(IAnsiConsole console, IrisTraining training, int[] rows)
    {
        _console = console;
        _training = training;
        _rows = rows;
    }

    public void Run()
    {
        if (Terminal.CanRedraw(_console))
        {
            RunLive();
        }
        else
        {
            RunInLines();
        }
    }

    private void RunLive() => _console.Live(Text.Empty).Start(live =>
    {
        for (int epoch = 1; epoch <= IrisTraining.Epochs; epoch++)
        {
            _training.RunEpoch();
            if (epoch % EpochsPerRedraw == 0 || epoch == IrisTraining.Epochs)
            {
                live.UpdateTarget(Bars(epoch));

                // A terminal cannot show more pictures per second; the training itself takes a few milliseconds in all.
                Thread.Sleep(5);
            }
        }
    });

    private void RunInLines()
    {
        for (int epoch = 1; epoch <= IrisTraining.Epochs; epoch++)
        {
            _training.RunEpoch();
            if (epoch == 1 || epoch % EpochsPerLine == 0 || epoch == IrisTraining.Epochs)
            {
                int correct = _training.CountCorrect(_rows);
                _console.WriteLine($"  epoch {epoch,4}   loss {_training.Losses[^1]:0.0000}   accuracy {correct}/{_rows.Length}");
            }
        }
    }

    private Grid Bars(int epoch)
    {
        double loss = _training.Losses[^1];
        int correct = _training.CountCorrect(_rows);
        Grid grid = new Grid().AddColumn().AddColumn().AddColumn();
        AddBar(grid, "epoch", (double)epoch / IrisTraining.Epochs, Color.Blue, $"{epoch}/{IrisTraining.Epochs}");
        AddBar(grid, "loss", loss / _training.Losses[0], Color.Red, $"{loss:0.0000}");
        AddBar(grid, "accuracy", (double)correct / _rows.Length, Color.Green, $"{correct}/{_rows.Length}");
        return grid;
    }

    private static void AddBar(Grid grid, string name, double fraction, Color color, string value)
    {
        int filled = (int)Math.Round(Math.Clamp(fraction, 0, 1) * BarWidth);
        var bar = new Paragraph()
            .Append(new string('━', filled), new Style(color))
            .Append(new string('━', BarWidth - filled), new Style(Color.Grey23));
        grid.AddRow(new Text("  " + name), bar, new Text(value));
    }
}
