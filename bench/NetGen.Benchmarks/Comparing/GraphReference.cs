using System;
using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Comparing;

/// <summary>A graph in double precision. Its loops are those of naive C#, which generated and native code, that share nothing with it, confirm.</summary>
internal sealed class GraphReference : Reference
{
    private readonly GraphShape _shape;
    private readonly GraphLoops<double> _loops;

    public GraphReference(GraphShape shape, ReadOnlySpan<float> parameters)
    {
        _shape = shape;
        _loops = new GraphLoops<double>(shape);
        Widen(parameters).CopyTo(_loops.Parameters, 0);
    }

    public override double[] Forward(double[] input)
    {
        var output = new double[_shape.Outputs];
        _loops.Forward(input, output);
        return output;
    }

    public override double[] Gradient(double[] input, double[] target)
    {
        Array.Clear(_loops.Gradient);
        _loops.AddGradient(input, target, 1);
        return [.. _loops.Gradient];
    }

    public override bool IsNearKink(double[] input, double margin)
    {
        Forward(input);
        return _loops.IsNearKink(margin);
    }
}
