using System;
using System.Collections.Generic;
using NetGen.Training;
using Spectre.Console;

namespace NetGen.Sample.Digits;

/// <summary>Runs a training and shows loss and accuracy while it runs: redrawn in a terminal, as a line for each epoch elsewhere.</summary>
internal sealed class DigitsDisplay : IProgress<TrainingProgress>
{
    private const int BarWidth = 40;

    private readonly IAnsiConsole _console;
    private readonly List<double> _losses = [];
    private int _epochs;
    private LiveDisplayContext? _live;

    public DigitsDisplay(IAnsiConsole console)
    {
        _console = console;
    }

    /// <summary>The mean loss of each epoch.</summary>
    public IReadOnlyList<double> Losses => _losses;

    public void Run(Trainer<float> trainer, int epochs)
    {
        _epochs = epochs;
        if (!Terminal.CanRedraw(_console))
        {
            trainer.Fit(epochs, this);
            return;
        }

        _console.Live(Text.Empty).Start(live =>
        {
            _live = live;
            trainer.Fit(epochs, this);
        });
    }

    public void Report(TrainingProgress value)
    {
        _losses.Add(value.Loss);
        if (_live is null)
        {
            _console.WriteLine($"  epoch {value.Epoch,3}   loss {value.Loss:0.0000}   on unseen images: loss {value.ValidationLoss:0.0000}, "
                + $"accuracy {value.ValidationMetric:0.0%}");
            return;
        }

        Grid grid = new Grid().AddColumn().AddColumn().AddColumn();
        AddBar(grid, "epoch", (double)value.Epoch / _epochs, Color.Blue, $"{value.Epoch}/{_epochs}");
        AddBar(grid, "loss", value.Loss / _losses[0], Color.Red, $"{value.Loss:0.0000}");
        AddBar(grid, "loss, unseen", value.ValidationLoss!.Value / _losses[0], Color.Red, $"{value.ValidationLoss:0.0000}");
        AddBar(grid, "accuracy, unseen", value.ValidationMetric!.Value, Color.Green, $"{value.ValidationMetric:0.0%}");
        _live.UpdateTarget(grid);
    }

    private static void AddBar(Grid grid, string name, double fraction, Color color, string value)
    {
        int filled = (int)Math.Round(Math.Clamp(fraction, 0, 1) * BarWidth);
        Paragraph bar = new Paragraph()
            .Append(new string('━', filled), new Style(color))
            .Append(new string('━', BarWidth - filled), new Style(Color.Grey23));
        grid.AddRow(new Text("  " + name), bar, new Text(value));
    }
}
