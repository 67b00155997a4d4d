using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using NetGen.Sample.Iris;
using NetGen.Training;
using Spectre.Console;

namespace NetGen.Sample.Digits;

/// <summary>The command that trains <see cref="DigitsNet"/> and tells how it went.</summary>
internal static class DigitsReport
{
    private const int Epochs = 30;
    private const double LearningRate = 0.003;
    private const ulong Seed = 1;
    private const int ShownMistakes = 4;
    private const string Shades = " ░▒▓█";

    /// <param name="console">The console.</param>
    /// <param name="replaysReference">Whether to repeat the trainings of PyTorch instead.</param>
    /// <returns>The exit code: 1 when a training does not have the result of the reference.</returns>
    public static int Run(IAnsiConsole console, bool replaysReference)
    {
        DigitsData data = DigitsData.Load();
        DigitsReference reference = DigitsReference.Load();
        console.WriteLine($"64-32-10 relu and softmax, {DigitsNet.ParameterCount} parameters; {reference.TrainingRows.Length} images to learn from, "
            + $"{reference.TestRows.Length} unseen.");
        foreach (string line in DigitsData.Citation)
        {
            console.WriteLine(line, new Style(Color.Grey));
        }

        console.WriteLine();
        return replaysReference ? Replay(console, data, reference) : Train(console, data, reference);
    }

    private static int Train(IAnsiConsole console, DigitsData data, DigitsReference reference)
    {
        var network = new DigitsNet();
        network.Initialize(Seed);
        (float[] images, int[] labels) = data.Select(reference.TrainingRows);
        (float[] unseenImages, int[] unseenLabels) = data.Select(reference.TestRows);
        IDataset<float> unseen = Dataset.Create(network, unseenImages, unseenLabels);
        var options = new TrainerOptions<float> { Seed = Seed, ValidationData = unseen };
        using var trainer = Trainer.Create(network, Adam.For(network, LearningRate), Dataset.Create(network, images, labels), options);

        long start = Stopwatch.GetTimestamp();
        var display = new DigitsDisplay(console);
        display.Run(trainer, Epochs);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        console.WriteLine();
        foreach (string line in LearningCurve.Draw(display.Losses, "mean loss of an epoch", 64, 8))
        {
            console.WriteLine(line);
        }

        console.WriteLine();
        WriteMistakes(console, data, reference.TestRows, network);
        console.WriteLine($"{Epochs} epochs of Adam with batches of {options.BatchSize} in {seconds:0.00} s, validation and display included.");
        double correct = trainer.Evaluate(unseen).Metric!.Value * unseen.Count;
        console.WriteLine($"digits: {correct:0}/{unseen.Count} correct on images unseen in training");
        return 0;
    }

    private static void WriteMistakes(IAnsiConsole console, DigitsData data, int[] rows, DigitsNet network)
    {
        List<(int Row, int Read)> mistakes = rows.Select(row => (row, Read(network, data.Image(row)))).Where(pair => pair.Item2 != data.Labels[pair.row]).ToList();
        console.WriteLine($"{mistakes.Count} of {rows.Length} unseen images were read wrong{(mistakes.Count > ShownMistakes ? ", among them" : "")}:");
        List<(int Row, int Read)> shown = mistakes.Take(ShownMistakes).ToList();
        for (int line = 0; line < DigitsData.Side; line++)
        {
            console.WriteLine("  " + string.Join("   ", shown.Select(mistake => Line(data.Image(mistake.Row), line))), new Style(Color.Blue));
        }

        console.WriteLine("  " + string.Join("   ", shown.Select(mistake => $"a {data.Labels[mistake.Row]}, read as {mistake.Read}".PadRight(2 * DigitsData.Side))));
        console.WriteLine();
    }

    private static int Read(DigitsNet network, ReadOnlySpan<float> image)
    {
        Span<float> probabilities = stackalloc float[DigitsNet.OutputCount];
        network.Forward(image, probabilities);
        int best = 0;
        for (int digit = 1; digit < probabilities.Length; digit++)
        {
            best = probabilities[digit] > probabilities[best] ? digit : best;
        }

        return best;
    }

    /// <summary>A line of an image, two characters wide for each pixel.</summary>
    private static string Line(ReadOnlySpan<float> image, int line)
    {
        char[] text = new char[2 * DigitsData.Side];
        for (int column = 0; column < DigitsData.Side; column++)
        {
            char shade = Shades[(int)(image[line * DigitsData.Side + column] * (Shades.Length - 1) + 0.5f)];
            text[2 * column] = shade;
            text[2 * column + 1] = shade;
        }

        return new string(text);
    }

    private static int Replay(IAnsiConsole console, DigitsData data, DigitsReference reference)
    {
        int agreeing = 0;
        foreach (DigitsReference.Run run in reference.Runs)
        {
            var network = new DigitsNet();
            network.Parameters.CopyFrom(run.InitialParameters);
            IDataset<float> Part(int[] rows)
            {
                (float[] images, int[] labels) = data.Select(rows);
                return Dataset.Create(network, images, labels);
            }

            IDataset<float> training = Part(reference.TrainingRows);
            IDataset<float> test = Part(reference.TestRows);
            var options = new TrainerOptions<float> { BatchSize = run.BatchSize, Order = reference.Order, ValidationData = test };
            IDataset<float> all = Dataset.Create(network, data.Images, data.Labels);
            using var trainer = new Trainer<float>(network, run.CreateOptimizer(network), all, options);
            console.WriteLine(run.Title, new Style(Color.Blue));
            new DigitsDisplay(console).Run(trainer, run.Epochs);

            double trainingCorrect = Math.Round(trainer.Evaluate(training).Metric!.Value * training.Count);
            double testCorrect = Math.Round(trainer.Evaluate(test).Metric!.Value * test.Count);
            bool agrees = trainingCorrect == run.TrainingCorrect && testCorrect == run.TestCorrect;
            agreeing += agrees ? 1 : 0;
            console.WriteLine(
                $"  training {trainingCorrect}/{training.Count}, PyTorch {run.TrainingCorrect}; test {testCorrect}/{test.Count}, PyTorch {run.TestCorrect}",
                new Style(agrees ? Color.Green : Color.Red));
            console.WriteLine();
        }

        console.WriteLine($"digits: {agreeing}/{reference.Runs.Count} trainings have the counts of the reference");
        return agreeing == reference.Runs.Count ? 0 : 1;
    }
}
