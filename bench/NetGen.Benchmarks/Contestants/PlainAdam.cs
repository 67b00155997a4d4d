using System;

namespace NetGen.Benchmarks.Contestants;

/// <summary>Adam as a C# user would write it: <c>θ ← θ − η/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε)</c>.</summary>
internal abstract class PlainAdam(float learningRate)
{
    /// <summary>
    /// ε. Larger than usual: the first step is then no mere sign of the gradient, and its error can be compared.
    /// </summary>
    public const float Epsilon = 0.1f;

    protected const float Beta1 = 0.9f;
    protected const float Beta2 = 0.999f;

    private double _step;

    public void Step()
    {
        _step++;
        Update((float)(learningRate / (1 - Math.Pow(Beta1, _step))), (float)Math.Sqrt(1 - Math.Pow(Beta2, _step)));
    }

    /// <param name="rate">η/(1 − β₁ᵗ).</param>
    /// <param name="correction">√(1 − β₂ᵗ).</param>
    protected abstract void Update(float rate, float correction);
}
