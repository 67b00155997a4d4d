namespace NetGen.Generator.Planning;

/// <summary>
/// What a network and an emitted method may cost: beyond it the JIT, a compiler or the stack gives up. No bit of any result depends on it.
/// </summary>
internal static class Budgets
{
    /// <summary>
    /// Budget of an emitted method. RyuJIT compiles a larger one without optimisation: scalar unrolled code became five times
    /// slower than a plain loop between 1,500 and 2,000 multiply-adds, and 30.7 KB of IL was the smallest method seen to switch.
    /// </summary>
    public const int MethodIlBytes = 24 * 1024;

    /// <summary>Budget of an emitted method in scalar multiply-adds.</summary>
    public const int MethodMultiplyAdds = 1000;

    /// <summary>Budget of an emitted method in products of vectors.</summary>
    public const int MethodVectorProducts = 700;

    /// <summary>Budget of an emitted method in locals; above 512 RyuJIT also stops inlining.</summary>
    public const int MethodLocals = 400;

    /// <summary>
    /// Budget of an emitted method in expressions inside one another: compilers and analyzers call themselves for each. A sum over the units of a straight line is
    /// the deepest, 89 for 1-88 in single precision.
    /// </summary>
    public const int MethodNesting = 100;

    /// <summary>
    /// What straight code with vectors may cost in one of the methods among which it is divided, in products and, twice as dear, values that the JIT
    /// names: 24 KB of IL and 512 locals of the JIT are never reached.
    /// </summary>
    public const int PortionCost = 640;

    /// <summary>Calls in a method that only calls the methods among which straight code is divided; more are made by methods in between.</summary>
    public const int MethodCalls = 250;

    /// <summary>Layers in a method that calls the kernels of each: at most 260 bytes of IL and four locals for a layer, in the gradient of a batch.</summary>
    public const int MethodLayers = 64;

    /// <summary>Layers in a method without vectors, where formulas stand as loops between the calls: at most 430 bytes of IL, eight locals and 15 multiplications for a layer.</summary>
    public const int ScalarMethodLayers = 16;

    /// <summary>
    /// Most multiply-adds of a network whose products are all unrolled: three statements for each, in every vector width, are what a compiler
    /// takes minutes for.
    /// </summary>
    public const int UnrolledNetworkMultiplyAdds = 1 << 19;

    /// <summary>
    /// Budget of a method of the floor dialect in multiply-adds, for compilers and runtimes that take long over a large one. A layer up to this size is
    /// unrolled in a method of its own, a larger one is a loop, or divided among methods of this size where all is to be unrolled.
    /// </summary>
    public const int FloorMethodMultiplyAdds = 250;

    /// <summary>IL bytes of such a line for each of these products: three multiply-adds with their loads and stores.</summary>
    public const int LineIlBytesPerProduct = 120;

    /// <summary>
    /// IL bytes of such a line for each vector of 128 bits that units fill: activations and losses stand in the text for each. The dearest are gelu_tanh with
    /// Huber or logits: 27,311 bytes for 2-48 in double precision (48 products, 24 vectors), 27,361 for 4-34 (80, 20), 22,284 for 8-24 (96, 12).
    /// </summary>
    public const int LineIlBytesPerVector = 960;

    /// <summary>
    /// Vectors of weights in the straight code of a pass over rows. Each takes three locals of the JIT, a dot product and a gradient, and from 512 locals on it
    /// inlines nothing more.
    /// </summary>
    public const int RowProducts = 128;

    /// <summary>Units whose deltas are scaled at the start of one scalar method: they are its locals.</summary>
    public const int ScaledUnits = 64;

    /// <summary>
    /// Most inputs and units of such a network together. Each sum calls a small function for every term, and RyuJIT inlines nothing more in a
    /// method with 512 locals.
    /// </summary>
    public const int LaneValues = 64;

    /// <summary>Vectors of 128 bits that the parameters of such a network may fill: their gradients are locals of one method.</summary>
    public const int LaneParameterVectors = 160;

    /// <summary>
    /// Groups of such vectors in a method: each vector has a sum and at most two operands, none of which the compiler keeps in the place of another.
    /// </summary>
    public const int LaneGradientGroups = 8;

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

    /// <summary>
    /// Operations of a formula that the class itself has, with those of its derivative, up to which it may stand in straight code for every unit: gelu_tanh, the dearest of those that there are
    /// names for, has 38.
    /// </summary>
    public const int StraightOperations = 38;

    /// <summary>Most elements of a parameter buffer: 1 GiB of single precision.</summary>
    public const long BufferElements = 1L << 28;

    /// <summary>Most bytes of scratch that a call may take from the stack; threads have 1 MiB on Windows and 512 KiB on macOS.</summary>
    public const long StackBytes = 256 * 1024;
}
