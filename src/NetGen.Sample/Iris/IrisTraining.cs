using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Training;

namespace NetGen.Sample.Iris;

/// <summary>Trains one network by online gradient descent: one update per flower, in a new order each epoch.</summary>
internal sealed class IrisTraining
{
    public const int Epochs = 300;
    public const double LearningRate = 0.01;
    public const ulong Seed = 1;
    public const int Folds = 5;

    private readonly float[] _features;
    private readonly int[] _labels;
    private readonly int[] _order;
    private readonly SeededRandom _random;
    private readonly List<double> _losses = [];

    /// <param name="data">All flowers.</param>
    /// <param name="rows">The flowers to learn from.</param>
    /// <param name="seed">Decides about the initial weights and the order of the flowers.</param>
    public IrisTraining(IrisData data, int[] rows, ulong seed)
    {
        _features = data.Standardise(rows);
        _labels = data.Labels;
        _order = [.. rows];
        _random = new SeededRandom(seed);
        Network = new IrisNet();
        Network.Initialize(seed);
    }

    public IrisNet Network { get; }

    public float[] Features => _features;

    /// <summary>The mean loss of each epoch so far; a flower's loss is taken before the update with it.</summary>
    public IReadOnlyList<double> Losses => _losses;

    public void RunEpoch()
    {
        _random.Shuffle<int>(_order);
        double sum = 0;
        foreach (int row in _order)
        {
            sum += Network.SgdStep(Flower(row), _labels[row], LearningRate);
        }

        // A rate that is too high ends in NaN, which stays: the losses tell, at no cost.
        if (!double.IsFinite(sum))
        {
            throw new InvalidOperationException($"The training diverged in epoch {_losses.Count + 1}; a learning rate below {LearningRate} may help.");
        }

        _losses.Add(sum / _order.Length);
    }

    /// <summary>The species that the network thinks most probable.</summary>
    public int Predict(int row)
    {
        Span<float> probabilities = stackalloc float[IrisNet.OutputCount];
        Network.Forward(Flower(row), probabilities);
        int best = 0;
        for (int species = 1; species < probabilities.Length; species++)
        {
            if (probabilities[species] > probabilities[best])
            {
                best = species;
            }
        }

        return best;
    }

    public int CountCorrect(IEnumerable<int> rows) => rows.Count(row => Predict(row) == _labels[row]);

    /// <summary>
    /// Counts the flowers that are recognised by a network that never saw them: each of <see cref="Folds"/> networks learns from all
    /// flowers but its own share. The file is sorted by species, so every fifth flower makes shares of equal composition.
    /// </summary>
    public static int CrossValidate(IrisData data)
    {
        int correct = 0;
        ILookup<bool, int> Split(int fold) => Enumerable.Range(0, data.Count).ToLookup(row => row % Folds == fold);
        for (int fold = 0; fold < Folds; fold++)
        {
            ILookup<bool, int> heldOut = Split(fold);
            var training = new IrisTraining(data, [.. heldOut[false]], Seed);
            for (int epoch = 0; epoch < Epochs; epoch++)
            {
                training.RunEpoch();
            }

            correct += training.CountCorrect(heldOut[true]);
        }

        return correct;
    }

    private ReadOnlySpan<float> Flower(int row) => _features.AsSpan(row * IrisData.Features, IrisData.Features);
}
