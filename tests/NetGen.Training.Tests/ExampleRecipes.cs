using System;

namespace NetGen.Training.Tests;

[Network(4)]
[Dense(32, Activation.Tanh)]
[Head("Policy")]
[Dense(3)]
[Head("Value")]
[Dense(1)]
public sealed partial class Actor;

[Network(4, Loss.Huber, Reduction = Reduction.Sum)]
[Dense(32, Activation.Relu)]
[Dense(3)]
public sealed partial class QNet;

[Network]
public sealed partial class Compressor
{
    private static void Wire(Wiring w)
    {
        Signal code = w.Input("Picture", 16).Dense(24, Activation.Tanh).Dense(3);
        w.Output("Copy", code.Dense(24, Activation.Tanh).Dense(16), Loss.SquaredError);
        w.Output("Code", code);
    }
}

[Network(3, Loss.SquaredError)]
[Normalize]
[Dense(24, Activation.Tanh)]
[Dense(2)]
[Denormalize]
public sealed partial class Prices;

[Network(16, Loss.CategoricalCrossEntropyWithLogits)]
[Dense(24, Activation.Tanh, Frozen = true)]
[Dense(3, Frozen = true)]
[Dense(12, Activation.Tanh)]
[Dense(2)]
public sealed partial class Judge;

[Network(1, nameof(Pinball))]
[Dense(16, Activation.Tanh)]
[Dense(1)]
public sealed partial class NinthDecile
{
    private static float Pinball(float a, float y) => a < y ? 0.9f * (y - a) : 0.1f * (a - y);
}

/// <summary>The code of docs/recipes.md. A test compares the two, others run it.</summary>
internal static class ExampleRecipes
{
    /// <summary>One sample of proximal policy optimisation: adds (1/m) dL/dθ of <c>−min(r A, clip(r, 0.8, 1.2) A) + ½ · ½ (V − R)²</c>.</summary>
    public static void LearnPolicy(
        Actor actor, ReadOnlySpan<float> state, int action, float oldProbability, float advantage, float valueTarget, int m, ParameterBuffer<float> gradient)
    {
        Span<float> trace = stackalloc float[Actor.TraceLength];
        Span<float> output = stackalloc float[Actor.OutputCount];
        Span<float> outputGradient = stackalloc float[Actor.OutputCount];
        actor.Forward(state, output, trace);

        Span<float> probabilities = stackalloc float[3];
        Softmax(output[Actor.PolicyOutput], probabilities);
        float ratio = probabilities[action] / oldProbability;
        bool isClipped = advantage > 0 ? ratio > 1.2f : ratio < 0.8f;
        float weight = isClipped ? 0 : ratio * advantage / m;

        // d(−r A)/dlogitᵢ = r A (πᵢ − [i = action]).
        Span<float> logits = outputGradient[Actor.PolicyOutput];
        for (int i = 0; i < logits.Length; i++)
        {
            logits[i] = weight * (probabilities[i] - (i == action ? 1 : 0));
        }

        outputGradient[Actor.ValueOutput][0] = 0.5f * (output[Actor.ValueOutput][0] - valueTarget) / m;
        actor.Backward(state, trace, outputGradient, gradient);
    }

    /// <summary>One step of deep Q-learning.</summary>
    public static float LearnValues(
        QNet online, QNet target, Optimizer<float> optimizer, ParameterBuffer<float> gradient,
        float[] states, int[] actions, float[] rewards, float[] nextStates, bool[] hasEnded)
    {
        int count = actions.Length;
        float[] targets = new float[count * QNet.OutputCount];
        float[] next = new float[count * QNet.OutputCount];
        target.ForwardBatch(nextStates, next);

        // What was not tried is its own target: no error, no gradient.
        online.ForwardBatch(states, targets);
        for (int i = 0; i < count; i++)
        {
            float best = float.NegativeInfinity;
            foreach (float value in next.AsSpan(i * QNet.OutputCount, QNet.OutputCount))
            {
                best = Math.Max(best, value);
            }

            targets[i * QNet.OutputCount + actions[i]] = rewards[i] + (hasEnded[i] ? 0 : 0.99f * best);
        }

        gradient.Clear();
        float loss = online.BackwardBatch(states, targets, gradient);
        optimizer.Step(gradient);
        return loss;
    }

    /// <summary>Every thousand steps.</summary>
    public static void Catch(QNet online, QNet target) => target.Parameters.CopyFrom(online.Parameters);

    public static TrainingResult Compress(Compressor network, float[] pictures, int epochs)
    {
        // The targets of a picture: itself, and three values for the code, which has no loss and looks at none.
        int count = pictures.Length / Compressor.InputCount;
        float[] targets = new float[count * Compressor.OutputCount];
        for (int i = 0; i < count; i++)
        {
            pictures.AsSpan(i * Compressor.InputCount, Compressor.InputCount).CopyTo(targets.AsSpan(i * Compressor.OutputCount)[Compressor.CopyOutput]);
        }

        using var trainer = Trainer.Create(network, Adam.For(network, 0.005), Dataset.Create(network, pictures, targets));
        return trainer.Fit(epochs);
    }

    public static TrainingResult Transfer(Compressor network, Judge judge, float[] pictures, int[] labels, int epochs)
    {
        judge.Initialize(seed: 1);
        network.Parameters.CopyTo(judge.Parameters, "layers.0");
        network.Parameters.CopyTo(judge.Parameters, "layers.1");
        using var trainer = Trainer.Create(judge, Adam.For(judge, 0.01), Dataset.Create(judge, pictures, labels));
        return trainer.Fit(epochs);
    }

    public static TrainingResult FitPrices(Prices network, float[] inputs, float[] prices, int epochs)
    {
        IDataset<float> data = Dataset.Create(network, inputs, prices);
        network.Initialize(seed: 1);
        Normalization.SetInputs(network, data);
        Normalization.SetOutputs(network, data);
        using var trainer = Trainer.Create(network, Adam.For(network, 0.005), data);
        return trainer.Fit(epochs);
    }

    private static void Softmax(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        float max = float.NegativeInfinity;
        foreach (float logit in logits)
        {
            max = Math.Max(max, logit);
        }

        float sum = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            probabilities[i] = MathF.Exp(logits[i] - max);
            sum += probabilities[i];
        }

        for (int i = 0; i < logits.Length; i++)
        {
            probabilities[i] /= sum;
        }
    }
}
