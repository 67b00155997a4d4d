namespace NetGen;

/// <summary>
/// The loss <c>L</c> of one sample, for outputs <c>a</c> and targets <c>y</c>. The loss of a batch is the mean over its samples.
/// </summary>
public enum Loss
{
    /// <summary>No loss of its own: the caller passes <c>dL/da</c> to the vector-Jacobian product.</summary>
    None = 0,

    /// <summary><c>L = ½ Σ (a − y)²</c>.</summary>
    HalfSquaredError = 1,

    /// <summary>
    /// <c>L = (1/n) Σ (a − y)²</c> over the n outputs (MSE), or <c>L = Σ (a − y)²</c> with <see cref="Reduction.Sum"/> (SSE).
    /// </summary>
    SquaredError = 2,

    /// <summary>
    /// <c>L = −(1/n) Σ (y ln a + (1 − y) ln (1 − a))</c>, or the sum with <see cref="Reduction.Sum"/>. The last layer is
    /// <see cref="Activation.Sigmoid"/> or <see cref="Activation.HardSigmoid"/>. The targets lie in 0..1, as for every cross-entropy: beyond, the
    /// loss has no minimum and a training runs away. A trainer refuses others; generated code does not look.
    /// </summary>
    BinaryCrossEntropy = 3,

    /// <summary>
    /// <c>L = −Σ y ln a</c>. The last layer is <see cref="Activation.Softmax"/>; the targets are one-hot or any distribution,
    /// each from 0 to 1, or the index of the class.
    /// </summary>
    CategoricalCrossEntropy = 4,

    /// <summary><c>L = (1/n) Σ |a − y|</c> (MAE), or the sum with <see cref="Reduction.Sum"/> (SAE).</summary>
    AbsoluteError = 5,

    /// <summary>
    /// <c>L = (1/n) Σ h(a − y)</c>, or the sum with <see cref="Reduction.Sum"/>, where <c>h(e) = ½ e²</c> for |e| ≤ δ, else
    /// <c>δ (|e| − ½ δ)</c>; δ is 1 unless <see cref="NetworkAttribute.Delta"/> says otherwise.
    /// </summary>
    Huber = 6,

    /// <summary>
    /// Binary cross-entropy of the probabilities σ(a), for a last layer without an activation that gives probabilities. Finite for
    /// every finite a. Targets as for <see cref="BinaryCrossEntropy"/>.
    /// </summary>
    BinaryCrossEntropyWithLogits = 7,

    /// <summary>
    /// Cross-entropy of the distribution softmax(a), for a last layer without an activation that gives probabilities. Finite for
    /// every finite a. Targets as for <see cref="CategoricalCrossEntropy"/>.
    /// </summary>
    CategoricalCrossEntropyWithLogits = 8,

    /// <summary><c>L = (1/n) Σ ln cosh(a − y)</c>, or the sum with <see cref="Reduction.Sum"/>: half the square of a small error, the size of a large one less ln 2.</summary>
    LogCosh = 9,

    /// <summary>
    /// <c>L = Σ y a</c>, so that <c>dL/da = y</c>: the target is a gradient that the caller has computed, of any size and sign, for an output beside others that have losses. As every loss
    /// of a batch it counts 1/m of itself for each sample. The loss has no minimum; it says how far a small step goes, and nothing of success.
    /// </summary>
    Linear = 10,

    /// <summary>A loss that the class itself has, where a network tells what its losses are; a declaration names the method instead: <c>[Network(2, nameof(Cauchy))]</c>.</summary>
    Own = 128,
}
