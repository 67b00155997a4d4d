using System;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Contestants;

/// <summary>A network that C# code computes without a generator.</summary>
internal sealed unsafe class PlainContestant(string name, Group group, PlainNetwork network, int inputs, int outputs) : Contestant(name, group)
{
    public override void Load(ReadOnlySpan<float> parameters) => network.Load(parameters);

    public override TimedCall? Call(BenchTask task, float learningRate)
    {
        int inputLength = task.Batch * inputs;
        int otherLength = task.Batch * outputs;
        return task.Kind switch
        {
            TaskKind.Latency or TaskKind.Throughput => TimedCall.Of(new ForwardCall(network, inputLength, otherLength)),
            TaskKind.ForwardBatch => TimedCall.Of(new BatchCall(network, inputLength, otherLength)),
            TaskKind.Gradient => TimedCall.Of(new GradientCall(network, inputLength, otherLength)),
            TaskKind.NewGradient => TimedCall.Of(new NewGradientCall(network, inputLength, otherLength)),
            TaskKind.Adam => network.CreateAdam(learningRate) is { } adam ? TimedCall.Of(new AdamCall(adam)) : null,
            _ => TimedCall.Of(new StepCall(network, learningRate, inputLength, otherLength)),
        };
    }

    public override void ClearGradient() => network.ClearGradient();

    public override void CopyGradient(Span<float> destination) => network.CopyGradient(destination);

    public override void CopyParameters(Span<float> destination) => network.CopyParameters(destination);

    private readonly struct ForwardCall(PlainNetwork network, int inputs, int outputs) : ICall
    {
        public void Invoke(float* input, float* other) => network.Forward(new ReadOnlySpan<float>(input, inputs), new Span<float>(other, outputs));
    }

    private readonly struct BatchCall(PlainNetwork network, int inputs, int outputs) : ICall
    {
        public void Invoke(float* input, float* other) => network.ForwardBatch(new ReadOnlySpan<float>(input, inputs), new Span<float>(other, outputs));
    }

    private readonly struct GradientCall(PlainNetwork network, int inputs, int outputs) : ICall
    {
        public void Invoke(float* input, float* other) =>
            network.AddGradient(new ReadOnlySpan<float>(input, inputs), new ReadOnlySpan<float>(other, outputs));
    }

    private readonly struct NewGradientCall(PlainNetwork network, int inputs, int outputs) : ICall
    {
        public void Invoke(float* input, float* other)
        {
            network.ClearGradient();
            network.AddGradient(new ReadOnlySpan<float>(input, inputs), new ReadOnlySpan<float>(other, outputs));
        }
    }

    private readonly struct AdamCall(PlainAdam adam) : ICall
    {
        public void Invoke(float* input, float* other) => adam.Step();
    }

    private readonly struct StepCall(PlainNetwork network, float learningRate, int inputs, int outputs) : ICall
    {
        public void Invoke(float* input, float* other)
        {
            network.ClearGradient();
            network.AddGradient(new ReadOnlySpan<float>(input, inputs), new ReadOnlySpan<float>(other, outputs));
            network.Update(learningRate);
        }
    }
}
