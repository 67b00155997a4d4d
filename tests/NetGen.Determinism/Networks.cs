namespace NetGen.Determinism
{
    // Random declarations, written once: the committed hashes belong to exactly these.

    [Network(1, Loss = Loss.CategoricalCrossEntropy, Precision = Precision.Single)]
    [Dense(4, Activation.LogSoftmax)]
    [Dense(13, Activation.Sigmoid)]
    [Dense(1, Activation.Silu)]
    [Dense(27, Activation.Softmax)]
    internal sealed partial class Network00
    {
    }

    [Network(26, Loss = Loss.BinaryCrossEntropy, Precision = Precision.Single)]
    [Dense(6, Activation.Softmax, UseBias = false)]
    [Dense(3, Activation.HardSigmoid, UseBias = false)]
    [Dense(23, Activation.Sigmoid)]
    internal sealed partial class Network01
    {
    }

    [Network(7, Loss = Loss.BinaryCrossEntropy, Precision = Precision.Double, Reduction = Reduction.Sum)]
    [Dense(4, Activation.Relu)]
    [Dense(19, Activation.GeluTanh)]
    [Dense(12, Activation.Sigmoid)]
    internal sealed partial class Network02
    {
    }

    [Network(2, Loss = Loss.AbsoluteError, Precision = Precision.Single, Reduction = Reduction.Sum)]
    [Dense(28, Activation.Softsign, UseBias = false)]
    [Dense(3, Activation.Identity)]
    [Dense(4, Activation.LogSoftmax)]
    internal sealed partial class Network03
    {
    }

    [Network(2, Loss = Loss.HalfSquaredError, Precision = Precision.Single)]
    [Dense(17, Activation.Identity)]
    [Dense(16, Activation.Gelu)]
    [Dense(5, Activation.Relu, UseBias = false)]
    internal sealed partial class Network04
    {
    }

    [Network(7, Loss = Loss.CategoricalCrossEntropyWithLogits, Precision = Precision.Double)]
    [Dense(1, Activation.Silu)]
    [Dense(26, Activation.Mish)]
    [Dense(2, Activation.Tanh)]
    internal sealed partial class Network05
    {
    }

    [Network(21, Loss = Loss.AbsoluteError, Precision = Precision.Single)]
    [Dense(21, Activation.Softplus)]
    [Dense(1, Activation.Selu)]
    internal sealed partial class Network06
    {
    }

    [Network(4, Loss = Loss.SquaredError, Precision = Precision.Single, Reduction = Reduction.Sum)]
    [Dense(3, Activation.Softsign, UseBias = false)]
    internal sealed partial class Network07
    {
    }

    [Network(5, Loss = Loss.CategoricalCrossEntropyWithLogits, Precision = Precision.Double)]
    [Dense(5, Activation.Sigmoid)]
    [Dense(4, Activation.HardSigmoid)]
    [Dense(5, Activation.LogSoftmax)]
    [Dense(4, Activation.Identity)]
    internal sealed partial class Network08
    {
    }

    [Network(12, Loss = Loss.CategoricalCrossEntropyWithLogits, Precision = Precision.Single)]
    [Dense(1, Activation.Sigmoid, UseBias = false)]
    [Dense(4, Activation.Softsign)]
    internal sealed partial class Network09
    {
    }

    [Network(4, Loss = Loss.SquaredError, Precision = Precision.Single, Reduction = Reduction.Sum)]
    [Dense(26, Activation.LeakyRelu, UseBias = false, Alpha = 0)]
    [Dense(24, Activation.Selu)]
    [Dense(28, Activation.HardTanh)]
    [Dense(22, Activation.Identity)]
    internal sealed partial class Network10
    {
    }

    [Network(6, Loss = Loss.BinaryCrossEntropyWithLogits, Precision = Precision.Double, Reduction = Reduction.Sum)]
    [Dense(1, Activation.LeakyRelu, UseBias = false)]
    [Dense(2, Activation.Elu, UseBias = false, Alpha = 0)]
    [Dense(2, Activation.Identity, UseBias = false)]
    internal sealed partial class Network11
    {
    }

    [Network(14, Loss = Loss.CategoricalCrossEntropyWithLogits, Precision = Precision.Single)]
    [Dense(4, Activation.Identity)]
    internal sealed partial class Network12
    {
    }

    [Network(13, Loss = Loss.AbsoluteError, Precision = Precision.Single)]
    [Dense(6, Activation.GeluTanh, UseBias = false)]
    internal sealed partial class Network13
    {
    }

    [Network(18, Loss = Loss.HalfSquaredError, Precision = Precision.Double)]
    [Dense(1, Activation.HardTanh)]
    [Dense(1, Activation.Softplus)]
    [Dense(10, Activation.LogSoftmax)]
    internal sealed partial class Network14
    {
    }

    [Network(25, Loss = Loss.CategoricalCrossEntropy, Precision = Precision.Single)]
    [Dense(15, Activation.Sigmoid)]
    [Dense(1, Activation.Softplus)]
    [Dense(2, Activation.Softmax)]
    internal sealed partial class Network15
    {
    }

    [Network(5, Loss = Loss.BinaryCrossEntropy, Precision = Precision.Single, Reduction = Reduction.Sum)]
    [Dense(15, Activation.Elu, Alpha = 0)]
    [Dense(13, Activation.Sigmoid)]
    [Dense(8, Activation.Selu)]
    [Dense(6, Activation.Sigmoid)]
    internal sealed partial class Network16
    {
    }

    [Network(3, Loss = Loss.SquaredError, Precision = Precision.Double, Reduction = Reduction.Sum)]
    [Dense(3, Activation.Relu6)]
    [Dense(4, Activation.Identity)]
    internal sealed partial class Network17
    {
    }

    [Network(5, Loss = Loss.HalfSquaredError, Precision = Precision.Single)]
    [Dense(2, Activation.Sigmoid)]
    internal sealed partial class Network18
    {
    }

    [Network(3, Loss = Loss.Huber, Precision = Precision.Single, Delta = 0.375)]
    [Dense(5, Activation.Selu)]
    [Dense(3, Activation.Softmax)]
    internal sealed partial class Network19
    {
    }

    [Network(2, Loss = Loss.AbsoluteError, Precision = Precision.Double)]
    [Dense(4, Activation.Selu, UseBias = false)]
    [Dense(2, Activation.Sigmoid)]
    [Dense(3, Activation.LeakyRelu)]
    [Dense(2, Activation.Elu)]
    internal sealed partial class Network20
    {
    }

    [Network(2, Loss = Loss.SquaredError, Precision = Precision.Single)]
    [Dense(16, Activation.Gelu)]
    [Dense(21, Activation.Relu6)]
    internal sealed partial class Network21
    {
    }

    [Network(6, Loss = Loss.AbsoluteError, Precision = Precision.Single, Reduction = Reduction.Sum)]
    [Dense(1, Activation.HardTanh)]
    [Dense(5, Activation.Mish)]
    [Dense(27, Activation.Softsign)]
    internal sealed partial class Network22
    {
    }

    [Network(6, Loss = Loss.AbsoluteError, Precision = Precision.Double, Reduction = Reduction.Sum)]
    [Dense(25, Activation.Softplus, UseBias = false)]
    [Dense(17, Activation.HardSigmoid)]
    internal sealed partial class Network23
    {
    }

    [Network(3, Loss = Loss.BinaryCrossEntropyWithLogits, Precision = Precision.Single, Reduction = Reduction.Sum)]
    [Dense(1, Activation.Selu)]
    internal sealed partial class Network24
    {
    }

    [Network(20, Loss = Loss.CategoricalCrossEntropyWithLogits, Precision = Precision.Single)]
    [Dense(17, Activation.Identity)]
    [Dense(25, Activation.Tanh)]
    internal sealed partial class Network25
    {
    }

    [Network(16, Loss = Loss.BinaryCrossEntropy, Precision = Precision.Double)]
    [Dense(3, Activation.HardTanh)]
    [Dense(1, Activation.HardSigmoid)]
    internal sealed partial class Network26
    {
    }

    [Network(2, Loss = Loss.BinaryCrossEntropy, Precision = Precision.Single)]
    [Dense(3, Activation.Silu)]
    [Dense(4, Activation.Gelu)]
    [Dense(22, Activation.HardSigmoid, UseBias = false)]
    internal sealed partial class Network27
    {
    }

    [Network(2, Loss = Loss.SquaredError, Precision = Precision.Single)]
    [Dense(22, Activation.Identity)]
    [Dense(27, Activation.Softplus)]
    internal sealed partial class Network28
    {
    }

    [Network(16, Loss = Loss.HalfSquaredError, Precision = Precision.Double)]
    [Dense(2, Activation.Tanh, UseBias = false)]
    [Dense(3, Activation.Silu)]
    internal sealed partial class Network29
    {
    }

    [Network(8, Loss = Loss.Huber, Precision = Precision.Single)]
    [Dense(4, Activation.Sigmoid)]
    [Dense(6, Activation.LeakyRelu, UseBias = false, Alpha = -0.125)]
    [Dense(5, Activation.HardTanh)]
    [Dense(3, Activation.Softsign)]
    internal sealed partial class Network30
    {
    }

    [Network(2, Loss = Loss.CategoricalCrossEntropyWithLogits, Precision = Precision.Single)]
    [Dense(6, Activation.HardSigmoid)]
    [Dense(1, Activation.Softsign)]
    [Dense(3, Activation.Softsign)]
    [Dense(12, Activation.Silu)]
    internal sealed partial class Network31
    {
    }

    [Network(21, Loss = Loss.CategoricalCrossEntropyWithLogits, Precision = Precision.Double)]
    [Dense(6, Activation.Mish)]
    [Dense(28, Activation.Tanh)]
    internal sealed partial class Network32
    {
    }

    [Network(10, Loss = Loss.SquaredError, Precision = Precision.Single, Reduction = Reduction.Sum)]
    [Dense(1, Activation.Elu)]
    [Dense(29, Activation.Tanh, UseBias = false)]
    internal sealed partial class Network33
    {
    }

    [Network(1, Loss = Loss.BinaryCrossEntropyWithLogits, Precision = Precision.Single)]
    [Dense(3, Activation.Silu)]
    internal sealed partial class Network34
    {
    }

    [Network(2, Loss = Loss.HalfSquaredError, Precision = Precision.Double)]
    [Dense(5, Activation.Relu, UseBias = false)]
    internal sealed partial class Network35
    {
    }

    [Network(1, Loss = Loss.Huber, Precision = Precision.Single, Reduction = Reduction.Sum)]
    [Dense(11, Activation.LeakyRelu, UseBias = false, Alpha = 0.125)]
    [Dense(17, Activation.HardTanh)]
    [Dense(2, Activation.LeakyRelu, UseBias = false)]
    [Dense(12, Activation.Elu, Alpha = -0.25)]
    internal sealed partial class Network36
    {
    }

    [Network(6, Loss = Loss.CategoricalCrossEntropyWithLogits, Precision = Precision.Single)]
    [Dense(5, Activation.Identity, UseBias = false)]
    [Dense(17, Activation.Softsign)]
    internal sealed partial class Network37
    {
    }

    [Network(9, Loss = Loss.BinaryCrossEntropy, Precision = Precision.Double, Reduction = Reduction.Sum)]
    [Dense(3, Activation.Selu)]
    [Dense(25, Activation.Tanh)]
    [Dense(2, Activation.Mish)]
    [Dense(3, Activation.Sigmoid)]
    internal sealed partial class Network38
    {
    }

    [Network(1, Loss = Loss.AbsoluteError, Precision = Precision.Single, Reduction = Reduction.Sum)]
    [Dense(5, Activation.Softmax)]
    [Dense(30, Activation.Mish)]
    [Dense(2, Activation.Selu)]
    [Dense(5, Activation.Softsign)]
    internal sealed partial class Network39
    {
    }

    [Network(6, Loss = Loss.BinaryCrossEntropy, Precision = Precision.Single, Reduction = Reduction.Sum)]
    [Dense(2, Activation.Tanh)]
    [Dense(2, Activation.Sigmoid)]
    [Dense(1, Activation.HardSigmoid)]
    internal sealed partial class Network40
    {
    }

    [Network(30, Loss = Loss.Huber, Precision = Precision.Double, Delta = 0.375)]
    [Dense(1, Activation.LogSoftmax, UseBias = false)]
    internal sealed partial class Network41
    {
    }

    [Network(2, Loss = Loss.BinaryCrossEntropyWithLogits, Precision = Precision.Single, Reduction = Reduction.Sum)]
    [Dense(28, Activation.Softplus, UseBias = false)]
    [Dense(5, Activation.Softmax)]
    [Dense(6, Activation.Selu)]
    [Dense(28, Activation.Mish)]
    internal sealed partial class Network42
    {
    }

    [Network(6, Loss = Loss.Huber, Precision = Precision.Single, Reduction = Reduction.Sum, Delta = 0.375)]
    [Dense(1, Activation.Identity)]
    [Dense(12, Activation.HardTanh)]
    [Dense(1, Activation.LeakyRelu)]
    internal sealed partial class Network43
    {
    }

    [Network(24, Loss = Loss.SquaredError, Precision = Precision.Double, Reduction = Reduction.Sum)]
    [Dense(6, Activation.Relu)]
    [Dense(3, Activation.Sigmoid)]
    internal sealed partial class Network44
    {
    }

    [Network(16, Loss = Loss.BinaryCrossEntropyWithLogits, Precision = Precision.Single)]
    [Dense(3, Activation.Softsign)]
    [Dense(3, Activation.Gelu)]
    [Dense(3, Activation.HardTanh)]
    [Dense(3, Activation.Gelu)]
    internal sealed partial class Network45
    {
    }

    [Network(13, Loss = Loss.AbsoluteError, Precision = Precision.Single, Reduction = Reduction.Sum)]
    [Dense(1, Activation.LeakyRelu, Alpha = 0.625)]
    [Dense(4, Activation.Sigmoid)]
    [Dense(2, Activation.Sigmoid)]
    [Dense(2, Activation.HardTanh)]
    internal sealed partial class Network46
    {
    }

    [Network(5, Loss = Loss.BinaryCrossEntropy, Precision = Precision.Double)]
    [Dense(30, Activation.Relu6)]
    [Dense(3, Activation.Sigmoid)]
    internal sealed partial class Network47
    {
    }
}
