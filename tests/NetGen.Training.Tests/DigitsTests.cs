using System;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using NetGen.TestKit;
using Xunit;
using static NetGen.Training.Tests.Values;

namespace NetGen.Training.Tests;

/// <summary>The trainer on the 8×8 digits, against PyTorch from the same initial parameters in the same order of samples.</summary>
public sealed class DigitsTests
{
    private static readonly JsonElement File = Golden.Read("digits_training").RootElement;
    private static readonly string[][] Rows = Golden.Rows("digits").ToArray();

    [Theory]
    [InlineData("digits_sgd")]
    [InlineData("digits_adam")]
    public void Double_learns_what_PyTorch_learns(string run) => Check(run, new DigitsDouble(), 1e-9);

    [Theory]
    [InlineData("digits_sgd")]
    [InlineData("digits_adam")]
    public void Single_learns_what_PyTorch_learns(string run) => Check(run, new DigitsSingle(), 1e-4);

    private static void Check<T>(string name, ITrainable<T> network, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        JsonElement run = File.GetProperty("runs").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == name);
        JsonElement expected = run.GetProperty("float64");
        JsonElement epochs = expected.GetProperty("per_epoch");
        network.Parameters.CopyFrom(To<T>(Golden.Parameters(run.GetProperty("initial_parameters"))));

        T[] inputs = Rows.SelectMany(row => row[..64]).Select(text => T.Parse(text, CultureInfo.InvariantCulture) / T.CreateChecked(16)).ToArray();
        int[] labels = Rows.Select(row => int.Parse(row[64], CultureInfo.InvariantCulture)).ToArray();
        IDataset<T> all = Dataset.Create(network, inputs, labels);
        IDataset<T> Part(string indices)
        {
            int[] rows = Indices(File.GetProperty(indices));
            return Dataset.Create(
                network, rows.SelectMany(row => inputs[(row * 64)..((row + 1) * 64)]).ToArray(), rows.Select(row => labels[row]).ToArray());
        }

        IDataset<T> test = Part("test_indices");
        IDataset<T> training = Part("train_indices");
        double rate = run.GetProperty("optimizer").GetProperty("lr").GetDouble();
        Optimizer<T> optimizer = name == "digits_sgd" ? new Sgd<T>(network.Parameters, rate) : new Adam<T>(network.Parameters, rate);
        var options = new TrainerOptions<T>
        {
            BatchSize = 32,
            Order = File.GetProperty("order").EnumerateArray().Select(Indices).ToList(),
            ValidationData = test,
        };
        using var trainer = new Trainer<T>(network, optimizer, all, options);

        double[] first = Golden.Flatten(expected.GetProperty("first_minibatch_losses"));
        double[] losses = first.Select((_, step) =>
        {
            double loss = trainer.Step();
            if (expected.GetProperty("parameters_after_update").TryGetProperty($"{step + 1}", out JsonElement parameters))
            {
                AssertClose(Golden.Parameters(parameters), network.Parameters.Canonical(), tolerance, $"after {step + 1} steps");
            }

            return loss;
        }).ToArray();
        AssertClose(first, losses, tolerance, "first losses");

        int count = run.GetProperty("batch").GetProperty("epochs").GetInt32();
        TrainingResult result = trainer.Fit(count);
        Assert.Equal(StopReason.Completed, result.Reason);
        Assert.Equal(run.GetProperty("batch").GetProperty("updates").GetInt32(), optimizer.StepCount);
        AssertClose(
            Golden.Flatten(epochs.GetProperty("mean_minibatch_loss")), result.Epochs.Select(epoch => epoch.Loss).ToList(), tolerance, "losses");
        AssertClose(
            Golden.Flatten(epochs.GetProperty("test_loss"))[1..], result.Epochs.Select(epoch => epoch.ValidationLoss!.Value).ToList(), tolerance, "test");
        Assert.Equal(
            Golden.Flatten(epochs.GetProperty("test_accuracy"))[1..], result.Epochs.Select(epoch => epoch.ValidationMetric!.Value));

        AssertClose(Golden.Parameters(expected.GetProperty("final_parameters")), network.Parameters.Canonical(), tolerance, "in the end");
        JsonElement correct = expected.GetProperty("final_correct");
        Assert.Equal(correct.GetProperty("train").GetInt32(), Math.Round(trainer.Evaluate(training).Metric!.Value * training.Count));
        Assert.Equal(correct.GetProperty("test").GetInt32(), Math.Round(trainer.Evaluate(test).Metric!.Value * test.Count));
        AssertClose([Golden.Flatten(epochs.GetProperty("train_loss"))[^1]], [trainer.Evaluate(training).Loss], tolerance, "training");
    }

    private static int[] Indices(JsonElement json) => json.EnumerateArray().Select(index => index.GetInt32()).ToArray();
}
