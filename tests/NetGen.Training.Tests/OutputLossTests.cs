using System;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>The losses of several outputs where samples have weights and not every class is possible: their sum by the weights of the outputs is the loss of the batch.</summary>
public sealed class OutputLossTests
{
    private const int Samples = 5;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Losses_of_outputs_add_up_to_the_loss(bool hasTerms)
    {
        var network = new ManyLosses();
        network.Initialize(3);
        float[] inputs = Values.Random(1, Samples * ManyLosses.InputCount);
        var targets = new float[Samples * ManyLosses.OutputCount];
        var allowed = new bool[targets.Length];
        for (int s = 0; s < Samples; s++)
        {
            Span<float> row = targets.AsSpan(s * ManyLosses.OutputCount, ManyLosses.OutputCount);
            Span<bool> flags = allowed.AsSpan(s * ManyLosses.OutputCount, ManyLosses.OutputCount);
            flags.Fill(true);
            foreach (Range categorical in new[] { ManyLosses.SharesOutput, ManyLosses.LogitsOutput })
            {
                row[categorical][s % 3] = 1;
                flags[categorical][(s + 1) % 3] = s % 2 == 0;
            }

            row[ManyLosses.ValueOutput][0] = s;
            row[ManyLosses.GivenOutput].Fill(-s);
        }

        var terms = hasTerms ? new BatchTerms<float>(new float[] { 1, -0.5f, 2, 0.25f, 0 }, allowed) : default;
        var outputs = new float[targets.Length];
        network.ForwardBatch(inputs, outputs);
        var losses = new float[5];
        network.OutputLosses(outputs, targets, losses, terms);
        float total = network.BackwardBatch(inputs, targets, network.CreateGradient(), terms);
        Assert.Equal(0, losses[3]);
        Assert.Equal(4, losses.Count(loss => loss != 0));
        Assert.Equal(total, (2 * losses[0]) + losses[1] + (0.5 * losses[2]) + losses[4], 1e-5);
        if (!hasTerms)
        {
            var same = new float[5];
            network.OutputLosses(outputs, targets, same);
            Assert.Equal(losses, same);
        }

        float[] before = [.. losses];
        Assert.Throws<ArgumentException>(() => network.OutputLosses(outputs, targets, losses, new BatchTerms<float>(new[] { float.NaN, 1, 1, 1, 1 })));
        Assert.Equal(before, losses);
    }
}

/// <summary>Heads of every kind: probabilities and logits of which not all are possible, a value, one without a loss and one whose gradient is given.</summary>
[Network(3, BatchTerms = true)]
[Dense(8, Activation.Tanh)]
[Head("Shares", Loss.CategoricalCrossEntropy, Weight = 2)]
[Dense(3, Activation.Softmax)]
[Head("Logits", Loss.CategoricalCrossEntropyWithLogits)]
[Dense(3)]
[Head("Value", Loss.SquaredError, Weight = 0.5)]
[Dense(1)]
[Head("Free")]
[Dense(2)]
[Head("Given", Loss.Linear)]
[Dense(2)]
internal sealed partial class ManyLosses;
