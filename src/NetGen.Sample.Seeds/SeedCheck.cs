using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace NetGen.Sample.Seeds;

/// <summary>Runs a network in one precision and compares it with the stored values of a case.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class SeedCheck<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly bool IsDouble = typeof(T) == typeof(double);

    private readonly SeedCase _case;
    private readonly ITrainable<T> _network;
    private readonly ParameterBuffer<T> _gradient;
    private readonly T[] _inputs;
    private readonly T[] _targets;
    private readonly List<Finding> _findings = [];

    private SeedCheck(SeedCase seedCase, ITrainable<T> network)
    {
        _case = seedCase;
        _network = network;
        _gradient = network.CreateGradient();
        _inputs = Convert(seedCase.Inputs);
        _targets = Convert(seedCase.Targets);
    }

    public static IReadOnlyList<Finding> Run(SeedCase seedCase, ITrainable<T> network)
    {
        var check = new SeedCheck<T>(seedCase, network);
        check.OnePass();
        check.BatchTraining();
        check.OnlineTraining();
        check.UntilThreshold();
        return check._findings;
    }

    private void OnePass()
    {
        double tolerance = Tolerance.OfOnePass(_case, IsDouble);
        var outputs = new T[_case.Outputs.Length];
        var inputGradients = new T[_inputs.Length];
        Reset();
        _network.ForwardBatch(_inputs, outputs);
        T loss = _network.BackwardBatch(_inputs, _targets, _gradient, inputGradients);
        double[] gradient = Values(_gradient);
        double[] perSample = Convert(inputGradients);

        double error = Finding.ErrorOf(Convert(outputs), _case.Outputs);
        error = Math.Max(error, Finding.ErrorOf([double.CreateChecked(loss)], [_case.Loss]));
        error = Math.Max(error, Finding.ErrorOf(gradient, _case.Gradient));
        error = Math.Max(error, Finding.ErrorOf(perSample, _case.InputGradients));
        if (_case.InputGradientsPerSample is { } stored)
        {
            error = Math.Max(error, Finding.ErrorOf(perSample, stored));
        }

        _findings.Add(new Finding("outputs, loss, dL/dθ, dL/dx of each sample", error, tolerance));
        if (_case.FaultyInputGradients is { } faultyInputs)
        {
            _findings.Add(new Finding("faulty dL/dx of the text", Finding.ErrorOf(perSample, faultyInputs), tolerance, IsFaulty: true));
        }

        if (_case.FaultyFirstWeights is { } faultyWeights)
        {
            double distance = Finding.ErrorOf(gradient.AsSpan(0, faultyWeights.Length), faultyWeights);
            _findings.Add(new Finding("faulty dL/dW1 of the text", distance, tolerance, IsFaulty: true));
        }
    }

    private void BatchTraining()
    {
        if (_case.Training is not { } training)
        {
            return;
        }

        T learningRate = T.CreateChecked(training.LearningRate);
        double error = ErrorAtSnapshots(training, _ => BatchUpdate(learningRate));
        _findings.Add(new Finding(Steps("batch", training), error, Tolerance.AfterTraining(training.Float32Error, IsDouble)));
    }

    private void OnlineTraining()
    {
        if (_case.Online is not { } training)
        {
            return;
        }

        T learningRate = T.CreateChecked(training.LearningRate);
        T[] inputs = Convert(training.Inputs);
        T[] targets = Convert(training.Targets);
        int width = _inputs.Length / _case.Samples;
        int targetWidth = _targets.Length / _case.Samples;
        int samples = inputs.Length / width;
        void Update(int update)
        {
            int sample = update % samples;
            _network.SgdStep(
                inputs.AsSpan(sample * width, width), targets.AsSpan(sample * targetWidth, targetWidth), learningRate);
        }

        double tolerance = Tolerance.AfterTraining(training.Float32Error, IsDouble);
        _findings.Add(new Finding(Steps("online", training), ErrorAtSnapshots(training, Update), tolerance));
        if (_case.FaultyStep is { } faulty)
        {
            Reset();
            Update(0);
            double distance = Finding.ErrorOf(Values(_network.Parameters), faulty);
            _findings.Add(new Finding("faulty first update of the text", distance, tolerance, IsFaulty: true));
        }
    }

    private void UntilThreshold()
    {
        if (_case.Threshold is not { } threshold)
        {
            return;
        }

        // Rounding may shift a float's count by a few updates. A draw that does not get there stops after the stored updates.
        int slack = IsDouble ? 0 : 3;
        int limit = threshold.LastUpdate + (threshold.Reached ? slack + 1 : 0);
        T learningRate = T.CreateChecked(threshold.LearningRate);
        Reset();
        int updates = 0;
        double cost = Cost();
        while (cost >= threshold.Cost && updates < limit)
        {
            BatchUpdate(learningRate);
            updates++;
            cost = Cost();
        }

        double error = Math.Max(
            Finding.ErrorOf([cost], [threshold.LastCost]), Finding.ErrorOf(Values(_network.Parameters), threshold.LastParameters));
        string count = threshold.Reached
            ? $"updates until the cost is below {threshold.Cost}"
            : $"updates without the cost falling below {threshold.Cost}";
        _findings.Add(new CountFinding(count, updates, threshold.LastUpdate, slack));
        _findings.Add(new Finding("cost and θ after them", error, Tolerance.AfterTraining(_case.Training?.Float32Error ?? 0, IsDouble)));
    }

    /// <summary>The largest error at the stored numbers of updates; an update is given its index.</summary>
    private double ErrorAtSnapshots(SeedTraining training, Action<int> update)
    {
        Reset();
        double error = 0;
        int updates = 0;
        foreach (Snapshot snapshot in training.Snapshots)
        {
            for (; updates < snapshot.Updates; updates++)
            {
                update(updates);
            }

            error = Math.Max(error, Finding.ErrorOf(Values(_network.Parameters), snapshot.Parameters));
        }

        return error;
    }

    private void BatchUpdate(T learningRate)
    {
        _gradient.Clear();
        _network.BackwardBatch(_inputs, _targets, _gradient);
        _network.Parameters.AddScaled(_gradient, -double.CreateChecked(learningRate));
    }

    /// <summary>The mean loss. Nothing but Backward computes a loss; the gradient that comes with it is thrown away.</summary>
    private double Cost() => double.CreateChecked(_network.BackwardBatch(_inputs, _targets, _gradient));

    private void Reset()
    {
        _network.Parameters.CopyFrom(Convert([.. _case.Parameters.SelectMany(tensor => tensor)]));
        _gradient.Clear();
    }

    private static string Steps(string kind, SeedTraining training) =>
        $"θ after {string.Join(", ", training.Snapshots.Select(snapshot => snapshot.Updates))} {kind} updates";

    private static double[] Values(ParameterBuffer<T> buffer)
    {
        var values = new T[buffer.Layout.ParameterCount];
        buffer.CopyTo(values);
        return Convert(values);
    }

    private static double[] Convert(T[] values) => Array.ConvertAll(values, double.CreateChecked);

    private static T[] Convert(double[] values) => Array.ConvertAll(values, T.CreateChecked);
}
