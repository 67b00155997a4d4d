using System;
using NetGen.Benchmarks.Measuring;
using NetGen.Training;

namespace NetGen.Benchmarks.Contestants;

/// <summary>
/// A generated network. Its methods are called through delegates that are bound to the methods of its class: one indirect call, as
/// for a native function pointer.
/// </summary>
/// <param name="name">What it is called.</param>
/// <param name="group">What it is compared as.</param>
/// <param name="network">The network.</param>
/// <param name="inputs">Values of an input.</param>
/// <param name="outputs">Values of an output.</param>
/// <param name="givesInputGradient">Whether gradients and steps also give dL/dx, through one more call, of which the time is next to nothing there.</param>
internal sealed unsafe class NetGenContestant(string name, Group group, ITrainable<float> network, int inputs, int outputs, bool givesInputGradient = false) : Contestant(name, group)
{
    private readonly ParameterBuffer<float> _gradient = network.CreateGradient();

    private float[] _inputGradients = [];

    private delegate float BackwardMethod(ReadOnlySpan<float> input, ReadOnlySpan<float> target, ParameterBuffer<float> gradient);

    private delegate float StepMethod(ReadOnlySpan<float> input, ReadOnlySpan<float> target, float learningRate);

    public override void Load(ReadOnlySpan<float> parameters) => network.Parameters.CopyFrom(parameters);

    public override TimedCall? Call(BenchTask task, float learningRate)
    {
        int inputLength = task.Batch * inputs;
        int otherLength = task.Batch * outputs;
        BackwardMethod backward = task.Batch == 1 ? network.Backward : network.BackwardBatch;
        StepMethod step = network.SgdStep;
        if (givesInputGradient)
        {
            Array.Resize(ref _inputGradients, Math.Max(_inputGradients.Length, inputLength));
            backward = task.Batch == 1
                ? (input, target, gradient) => network.Backward(input, target, gradient, _inputGradients.AsSpan(0, inputLength))
                : (input, target, gradient) => network.BackwardBatch(input, target, gradient, _inputGradients.AsSpan(0, inputLength));
            step = (input, target, rate) => network.SgdStep(input, target, rate, _inputGradients.AsSpan(0, inputLength));
        }

        return task.Kind switch
        {
            TaskKind.Latency or TaskKind.Throughput => TimedCall.Of(new ForwardCall(network.Forward, inputLength, otherLength)),
            TaskKind.ForwardBatch => TimedCall.Of(new ForwardCall(network.ForwardBatch, inputLength, otherLength)),
            TaskKind.Gradient => TimedCall.Of(new GradientCall(backward, _gradient, inputLength, otherLength)),
            TaskKind.NewGradient => TimedCall.Of(new NewGradientCall(backward, _gradient, inputLength, otherLength)),
            TaskKind.Adam => TimedCall.Of(new AdamCall(new Adam<float>(network.Parameters, learningRate, epsilon: PlainAdam.Epsilon), _gradient)),
            _ when task.Batch == 1 => TimedCall.Of(new StepCall(step, learningRate, inputLength, otherLength)),
            _ => TimedCall.Of(new BatchStepCall(backward, network.Parameters, _gradient, learningRate, inputLength, otherLength)),
        };
    }

    public override void ClearGradient() => _gradient.Clear();

    public override void CopyGradient(Span<float> destination) => _gradient.CopyTo(destination);

    public override void CopyParameters(Span<float> destination) => network.Parameters.CopyTo(destination);

    private readonly struct GradientCall(BackwardMethod method, ParameterBuffer<float> gradient, int inputs, int outputs) : ICall
    {
        public void Invoke(float* input, float* other) =>
            method(new ReadOnlySpan<float>(input, inputs), new ReadOnlySpan<float>(other, outputs), gradient);
    }

    private readonly struct NewGradientCall(BackwardMethod method, ParameterBuffer<float> gradient, int inputs, int outputs) : ICall
    {
        public void Invoke(float* input, float* other)
        {
            gradient.Clear();
            method(new ReadOnlySpan<float>(input, inputs), new ReadOnlySpan<float>(other, outputs), gradient);
        }
    }

    private readonly struct StepCall(StepMethod method, float learningRate, int inputs, int outputs) : ICall
    {
        public void Invoke(float* input, float* other) =>
            method(new ReadOnlySpan<float>(input, inputs), new ReadOnlySpan<float>(other, outputs), learningRate);
    }

    private readonly struct AdamCall(Adam<float> optimizer, ParameterBuffer<float> gradient) : ICall
    {
        public void Invoke(float* input, float* other) => optimizer.Step(gradient);
    }

    private readonly struct BatchStepCall(
        BackwardMethod method, ParameterBuffer<float> parameters, ParameterBuffer<float> gradient, float learningRate, int inputs, int outputs) : ICall
    {
        public void Invoke(float* input, float* other)
        {
            gradient.Clear();
            method(new ReadOnlySpan<float>(input, inputs), new ReadOnlySpan<float>(other, outputs), gradient);
            parameters.AddScaled(gradient, -learningRate);
        }
    }
}
