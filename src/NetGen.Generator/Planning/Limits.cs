namespace NetGen.Generator.Planning;

/// <summary>What a network and a method may cost, and the sizes at which the planner changes its mind.</summary>
internal static class Limits
{
    /// <summary>
    /// Budget of an emitted method. RyuJIT compiles a larger one without optimisation: scalar unrolled code became five times
    /// slower than a plain loop between 1,500 and 2,000 multiply-adds, and 30.7 KB of IL was the smallest method seen to switch.
    /// </summary>
    public const int MethodIlBytes = 24 * 1024;

    /// <summary>Budget of an emitted method in scalar multiply-adds.</summary>
    public const int MethodMultiplyAdds = 1000;

    /// <summary>Budget of an emitted method in locals; above 512 RyuJIT also stops inlining.</summary>
    public const int MethodLocals = 400;

    /// <summary>A layer up to this size is unrolled in a method of its own, a larger one is a loop.</summary>
    public const int UnrolledLayerMultiplyAdds = 256;

    /// <summary>
    /// IL bytes of a straight line for one multiply-add of the forward pass: about 22 in Forward, 22 for the input's gradient and
    /// 28 for the weight's.
    /// </summary>
    public const int IlBytesPerMultiplyAdd = 75;

    /// <summary>IL bytes for one input: read it, and write its gradient.</summary>
    public const int IlBytesPerInput = 50;

    /// <summary>IL bytes for one unit: activation, delta, scaled delta, bias, and the loss where it is an output.</summary>
    public const int IlBytesPerUnit = 200;

    /// <summary>Locals for one unit: z, a, dL/da, delta and the scaled delta.</summary>
    public const int LocalsPerUnit = 5;

    /// <summary>Most elements of a parameter buffer: 1 GiB of single precision.</summary>
    public const long BufferElements = 1L << 28;

    /// <summary>Most bytes of scratch that a call may take from the stack; threads have 1 MiB on Windows and 512 KiB on macOS.</summary>
    public const long StackBytes = 256 * 1024;
}
