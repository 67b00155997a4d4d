using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Comparing;

/// <summary>What every contestant must compute from the samples, in double precision.</summary>
internal sealed class Expected
{
    private readonly Dictionary<int, double[]> _gradients = [];

    public Expected(Samples samples)
    {
        Reference network = samples.Shape.CreateReference(samples.Parameters);
        Outputs = new double[Samples.Count][];
        double[] sum = new double[samples.Parameters.Length];
        int[] batches = BenchTask.All.Where(task => !task.IsForward).Select(task => task.Batch).Distinct().ToArray();
        for (int sample = 0; sample < Samples.Count; sample++)
        {
            double[] input = Reference.Widen(samples.Input(sample));
            Outputs[sample] = network.Forward(input);
            double[] gradient = network.Gradient(input, Reference.Widen(samples.Target(sample)));
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += gradient[i];
            }

            int count = sample + 1;
            if (batches.Contains(count))
            {
                _gradients[count] = sum.Select(value => value / count).ToArray();
            }
        }
    }

    /// <summary>The outputs of each sample.</summary>
    public double[][] Outputs { get; }

    /// <summary>The mean gradient of the first samples.</summary>
    public double[] Gradient(int batch) => _gradients[batch];
}
