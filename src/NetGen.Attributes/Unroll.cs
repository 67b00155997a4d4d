namespace NetGen;

/// <summary>Which products of a network are straight statements rather than loops. The bits are the same whatever the choice.</summary>
public enum Unroll
{
    /// <summary>
    /// What was measured to be fastest for the size of each layer: small networks are straight lines, large layers are loops with literal bounds.
    /// </summary>
    Auto = 0,

    /// <summary>
    /// Every product of one sample is a straight statement, divided among methods small enough for the JIT to optimise. Batches stay loops, in which a weight
    /// serves several samples, where the framework has vectors. Large layers become megabytes of code that is slower than a loop.
    /// </summary>
    Full = 1,

    /// <summary>No product is unrolled: every layer is a loop, which makes the least code.</summary>
    Never = 2,
}
