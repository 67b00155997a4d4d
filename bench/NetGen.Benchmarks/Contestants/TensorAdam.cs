using System.Numerics.Tensors;

namespace NetGen.Benchmarks.Contestants;

/// <summary>Adam in passes of <see cref="TensorPrimitives"/> over flat arrays.</summary>
internal sealed class TensorAdam(float[] parameters, float[] gradient, float learningRate) : PlainAdam(learningRate)
{
    private readonly float[] _means = new float[parameters.Length];
    private readonly float[] _squares = new float[parameters.Length];
    private readonly float[] _scratch = new float[parameters.Length];

    protected override void Update(float rate, float correction)
    {
        TensorPrimitives.Lerp(_means, gradient, 1 - Beta1, _means);
        TensorPrimitives.Multiply(gradient, gradient, _scratch);
        TensorPrimitives.Lerp(_squares, _scratch, 1 - Beta2, _squares);

        // m / (√v/c + ε) = c m / (√v + c ε), which saves a pass.
        TensorPrimitives.Sqrt(_squares, _scratch);
        TensorPrimitives.Add(_scratch, correction * Epsilon, _scratch);
        TensorPrimitives.Divide(_means, _scratch, _scratch);
        TensorPrimitives.MultiplyAdd(_scratch, -rate * correction, parameters, parameters);
    }
}
