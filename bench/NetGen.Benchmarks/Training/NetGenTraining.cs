using System.Diagnostics;
using NetGen.Benchmarks.Contestants;
using NetGen.Training;

namespace NetGen.Benchmarks.Training;

/// <summary>A generated network and the trainer, as a user has them.</summary>
internal sealed class NetGenTraining(string name, TrainingSubject subject, ITrainable<float> network, int threads) : TrainingContestant(name, Group.NetGen)
{
    private readonly float[] _initial = subject.Parameters();
    private Trainer<float>? _trainer;

    public override void Start(int batch, float learningRate)
    {
        _trainer?.Dispose();
        network.Parameters.CopyFrom(_initial);
        _trainer = new Trainer<float>(
            network,
            new Sgd<float>(network.Parameters, learningRate),
            Dataset.Create(network, subject.Inputs, subject.Targets),
            new TrainerOptions<float> { BatchSize = batch, Order = subject.Orders, Threads = threads });
    }

    public override long Train(long epochs)
    {
        long start = Stopwatch.GetTimestamp();
        _trainer!.Fit((int)(_trainer.Epoch + epochs));
        return Stopwatch.GetTimestamp() - start;
    }

    public override float[] Parameters()
    {
        var parameters = new float[_initial.Length];
        network.Parameters.CopyTo(parameters);
        return parameters;
    }

    public override void Dispose() => _trainer?.Dispose();
}
