using System;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Contestants;

/// <summary>A graph in plain loops.</summary>
internal sealed class NaiveGraph(GraphShape shape) : PlainNetwork
{
    private readonly GraphLoops<float> _loops = new(shape);

    public override void Load(ReadOnlySpan<float> parameters) => parameters.CopyTo(_loops.Parameters);

    public override void Forward(ReadOnlySpan<float> input, Span<float> output) => _loops.Forward(input, output);

    public override void ForwardBatch(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        for (int sample = 0; sample < inputs.Length / shape.Inputs; sample++)
        {
            Forward(inputs.Slice(sample * shape.Inputs, shape.Inputs), outputs.Slice(sample * shape.Outputs, shape.Outputs));
        }
    }

    public override void AddGradient(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets)
    {
        int count = inputs.Length / shape.Inputs;
        for (int sample = 0; sample < count; sample++)
        {
            _loops.AddGradient(inputs.Slice(sample * shape.Inputs, shape.Inputs), targets.Slice(sample * shape.Outputs, shape.Outputs), 1f / count);
        }
    }

    public override void ClearGradient() => Array.Clear(_loops.Gradient);

    public override void Update(float learningRate)
    {
        for (int i = 0; i < _loops.Parameters.Length; i++)
        {
            _loops.Parameters[i] -= learningRate * _loops.Gradient[i];
        }
    }

    public override PlainAdam CreateAdam(float learningRate) => new NaiveAdam([_loops.Parameters], [_loops.Gradient], learningRate);

    public override void CopyGradient(Span<float> destination) => _loops.Gradient.CopyTo(destination);

    public override void CopyParameters(Span<float> destination) => _loops.Parameters.CopyTo(destination);
}
