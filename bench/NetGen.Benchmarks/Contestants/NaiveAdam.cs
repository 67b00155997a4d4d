using System;
using System.Linq;

namespace NetGen.Benchmarks.Contestants;

/// <summary>Adam as plain loops over arrays.</summary>
internal sealed class NaiveAdam(float[][] parameters, float[][] gradients, float learningRate) : PlainAdam(learningRate)
{
    private readonly float[][] _means = parameters.Select(row => new float[row.Length]).ToArray();
    private readonly float[][] _squares = parameters.Select(row => new float[row.Length]).ToArray();

    protected override void Update(float rate, float correction)
    {
        for (int row = 0; row < parameters.Length; row++)
        {
            float[] values = parameters[row];
            float[] gradient = gradients[row];
            float[] means = _means[row];
            float[] squares = _squares[row];
            for (int i = 0; i < values.Length; i++)
            {
                means[i] = Beta1 * means[i] + (1 - Beta1) * gradient[i];
                squares[i] = Beta2 * squares[i] + (1 - Beta2) * gradient[i] * gradient[i];
                values[i] -= rate * means[i] / (MathF.Sqrt(squares[i]) / correction + Epsilon);
            }
        }
    }
}
