using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Contestants;

/// <summary>A generated class with the parameters of a model file.</summary>
internal sealed class PredictorContestant(string name, IPredictor<float> network, NetworkShape shape) : FixedContestant(name, Group.NetGen)
{
    public override TimedCall? Call(BenchTask task, float learningRate) => !task.IsForward ? null : TimedCall.Of(new ForwardCall(
        task.Kind == TaskKind.ForwardBatch ? network.ForwardBatch : network.Forward, task.Batch * shape.Inputs, task.Batch * shape.Outputs));
}
