using System;
using System.Diagnostics;
using NetGen.Benchmarks.Contestants;

namespace NetGen.Benchmarks.Training;

/// <summary>The loop that a C# user would write around <see cref="NaiveNetwork"/>.</summary>
internal sealed class NaiveTraining(string name, TrainingSubject subject) : TrainingContestant(name, Group.Naive)
{
    private readonly NaiveNetwork _network = new(subject.Topology);
    private float[] _inputs = [];
    private float[] _targets = [];
    private int _batch;
    private int _epoch;
    private float _learningRate;

    public override void Start(int batch, float learningRate)
    {
        _network.Load(subject.Parameters());
        _inputs = new float[batch * subject.Topology.Inputs];
        _targets = new float[batch * subject.Topology.Outputs];
        _batch = batch;
        _epoch = 0;
        _learningRate = learningRate;
    }

    public override long Train(long epochs)
    {
        long start = Stopwatch.GetTimestamp();
        for (long epoch = 0; epoch < epochs; epoch++)
        {
            ReadOnlySpan<int> order = subject.Orders[_epoch++ % subject.Orders.Count];
            for (; order.Length > 0; order = order[Math.Min(_batch, order.Length)..])
            {
                TrainBatch(order[..Math.Min(_batch, order.Length)]);
            }
        }

        return Stopwatch.GetTimestamp() - start;
    }

    public override float[] Parameters()
    {
        var parameters = new float[subject.Topology.ParameterCount];
        _network.CopyParameters(parameters);
        return parameters;
    }

    private void TrainBatch(ReadOnlySpan<int> samples)
    {
        int inputs = subject.Topology.Inputs;
        int outputs = subject.Topology.Outputs;
        for (int i = 0; i < samples.Length; i++)
        {
            subject.Inputs.AsSpan(samples[i] * inputs, inputs).CopyTo(_inputs.AsSpan(i * inputs));
            subject.Targets.AsSpan(samples[i] * outputs, outputs).CopyTo(_targets.AsSpan(i * outputs));
        }

        _network.ClearGradient();
        _network.AddGradient(_inputs.AsSpan(0, samples.Length * inputs), _targets.AsSpan(0, samples.Length * outputs));
        _network.Update(_learningRate);
    }
}
