namespace NetGen.Determinism
{
    // Each is another network but for Unroll, and has its hash.

    [Network(4, Loss = Loss.HalfSquaredError, Unroll = Unroll.Full)]
    [Dense(64, Activation.Tanh)]
    [Dense(64, Activation.Tanh)]
    [Dense(2)]
    internal sealed partial class WideNetworkFull
    {
    }

    [Network(2, Loss = Loss.AbsoluteError, Precision = Precision.Double, Unroll = Unroll.Never)]
    [Dense(4, Activation.Selu, UseBias = false)]
    [Dense(2, Activation.Sigmoid)]
    [Dense(3, Activation.LeakyRelu)]
    [Dense(2, Activation.Elu)]
    internal sealed partial class Network20Never
    {
    }

    [Network(6, Loss = Loss.BinaryCrossEntropy, Precision = Precision.Single, Reduction = Reduction.Sum, Unroll = Unroll.Never)]
    [Dense(2, Activation.Tanh)]
    [Dense(2, Activation.Sigmoid)]
    [Dense(1, Activation.HardSigmoid)]
    internal sealed partial class Network40Never
    {
    }
}
