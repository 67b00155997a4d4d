namespace NetGen;

/// <summary>The activation of a layer, <c>a = activation(z)</c>.</summary>
public enum Activation
{
    /// <summary><c>a = z</c>.</summary>
    Identity = 0,

    /// <summary>The logistic function <c>a = σ(z) = 1 / (1 + e⁻ᶻ)</c>.</summary>
    Sigmoid = 1,

    /// <summary>The hyperbolic tangent <c>a = tanh(z)</c>.</summary>
    Tanh = 2,

    /// <summary>The rectifier <c>a = max(z, 0)</c>, with derivative 0 at 0.</summary>
    Relu = 3,

    /// <summary><c>a_j = e^z_j / Σ e^z_k</c> over the units of the layer: positive values that sum to 1.</summary>
    Softmax = 4,

    /// <summary><c>a = z</c> where z &gt; 0, else <c>α z</c>; α is 0.01 unless <see cref="DenseAttribute.Alpha"/> says otherwise.</summary>
    LeakyRelu = 5,

    /// <summary><c>a = z</c> where z &gt; 0, else <c>α (eᶻ − 1)</c>; α is 1 unless <see cref="DenseAttribute.Alpha"/> says otherwise.</summary>
    Elu = 6,

    /// <summary>The self-normalising <c>a = λ z</c> where z &gt; 0, else <c>λ α (eᶻ − 1)</c>, with λ = 1.0507 and α = 1.6733.</summary>
    Selu = 7,

    /// <summary>The Gaussian error linear unit <c>a = ½ z (1 + erf(z / √2))</c>.</summary>
    Gelu = 8,

    /// <summary>The approximation <c>a = ½ z (1 + tanh(√(2/π) (z + 0.044715 z³)))</c> of <see cref="Gelu"/>.</summary>
    GeluTanh = 9,

    /// <summary><c>a = z σ(z)</c>, also called swish.</summary>
    Silu = 10,

    /// <summary><c>a = ln (1 + eᶻ)</c>.</summary>
    Softplus = 11,

    /// <summary><c>a = z / (1 + |z|)</c>.</summary>
    Softsign = 12,

    /// <summary><c>a = z tanh(ln (1 + eᶻ))</c>.</summary>
    Mish = 13,

    /// <summary><c>a = (z + 3) / 6</c>, kept between 0 and 1, as in PyTorch.</summary>
    HardSigmoid = 14,

    /// <summary><c>a = z</c>, kept between −1 and 1.</summary>
    HardTanh = 15,

    /// <summary><c>a = z</c>, kept between 0 and 6.</summary>
    Relu6 = 16,

    /// <summary><c>a_j = z_j − ln Σ e^z_k</c> over the units of the layer: the logarithm of <see cref="Softmax"/>.</summary>
    LogSoftmax = 17,

    /// <summary>
    /// <c>a = sin(ω z)</c>; ω is 30 unless <see cref="DenseAttribute.Alpha"/> says otherwise, and above 0. Initial weights are those of SIREN (Sitzmann et al. 2020): uniform
    /// in ±1 / inputs in a layer that reads an input of the network, in ±√(6 / inputs) / ω in others.
    /// </summary>
    Sin = 18,

    /// <summary><c>a = z + sin²(α z) / α</c>; α is 1 unless <see cref="DenseAttribute.Alpha"/> says otherwise, and above 0.</summary>
    Snake = 19,

    /// <summary><c>a = eᶻ</c>.</summary>
    Exp = 20,

    /// <summary><c>a = z (z + 3) / 6</c> between −3 and 3, 0 below and z above; the derivative is −½ at −3 and 3/2 at 3, as in PyTorch.</summary>
    HardSwish = 21,

    /// <summary><c>a = z</c>, kept between 0 and 1, with derivative 0 at both.</summary>
    ClippedRelu = 22,

    /// <summary>The square of <see cref="ClippedRelu"/>.</summary>
    SquaredClippedRelu = 23,

    /// <summary><c>a = z</c> where z &gt; 0, else <c>α (e^(z/α) − 1)</c>; α is 1 unless <see cref="DenseAttribute.Alpha"/> says otherwise, and above 0.</summary>
    Celu = 24,
}
