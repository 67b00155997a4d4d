namespace NetGen.Generator.Planning;

/// <summary>
/// The sizes at which the planner changes its mind, as they were measured. No bit of a strict result depends on them: what does is in <see cref="SummationRule"/> and
/// <see cref="ParameterRule"/>.
/// </summary>
internal static class Tuning
{
    /// <summary>Fewest units of a layer whose formula is computed in vectors: those of 128 bits have as many numbers.</summary>
    public const int FewestUnitsInVectors = 4;

    /// <summary>
    /// The forward sums of a layer computed with vectors are unrolled up to this size, padding included. Loops alone, 1024, 4096 and 16384 took
    /// 185.5, 185.2, 207 and 209 ns for Forward of 4-64-64-2 and 438, 457, 493 and 450 ns for 32-64-64-64-16 (AMD Zen 4, 512 bits, fused): what is
    /// read top to bottom may cost nothing, and more would.
    /// </summary>
    public const int UnrolledVectorMultiplyAdds = 1024;

    /// <summary>
    /// Most samples of a batch that go through a layer together. Gradients of 256 samples in blocks of 8, 16, 32 and 64, ns a sample: 784-128-10 4013,
    /// 3899, 3778 and 3754, 32-64-64-64-16 732, 720, 712 and 716, 8-128-128-4 1059, 1043, 1033 and 1036, 4-64-64-2 339, 335, 333 and 336 (AMD Zen 4).
    /// </summary>
    public const int BlockSamples = 32;

    /// <summary>
    /// Most of them in a forward pass whose parameters are more than <see cref="CacheBytes"/>, which every block reads from a slower cache anew. Forward of 256 samples of
    /// 256-512-512-128 with 16 and 48, of the best native time: 1.27 and 1.10 (Intel Emerald Rapids, 512 bits, fused).
    /// </summary>
    public const int LargeBlockSamples = 64;

    /// <summary>Bytes of parameters that a core's own cache is counted on to keep: half of 1 MiB, the least among the processors measured here.</summary>
    public const int CacheBytes = 512 * 1024;

    /// <summary>
    /// Most samples that go through a layer in registers together; memory for a block has room for whole groups. Forward of 256 samples with 4 and 8, ns a
    /// sample: 4-64-64-2 105 and 93, 32-64-64-64-16 160 and 143, 784-128-10 1373 and 1112 (Intel Emerald Rapids, 512 bits, fused).
    /// </summary>
    public const int SampleGroup = 8;

    /// <summary>
    /// Most bytes of stack memory for the transposed weights of a network. Gradients of 256 samples without and with, ns a sample: 4-64-64-2 257 and 216,
    /// 32-64-64-64-16 541 and 413, 8-128-128-4 781 and 672 (Intel Emerald Rapids, 512 bits, fused).
    /// </summary>
    public const int TransposedBytes = 64 * 1024;

    /// <summary>
    /// A batch has its weights transposed from one sample for so many units of the widest layer on: transposing costs for every weight, and saves for every row
    /// and sample. Gradients of 32 samples without and with, ns a sample: 32-64-64-64-16 589 and 513, 4-64-64-2 278 and 267, 8-128-128-4 817 and 843.
    /// </summary>
    public const int UnitsPerTransposingSample = 2;

    /// <summary>
    /// Most bytes of stack memory that a block of samples takes: what <see cref="Budgets.StackBytes"/> leaves beside the rest of a call. Gradients of 256 samples of
    /// 256-512-512-128 with 16 and 24 in a block, 192 and 232 KiB, of the best native time: 1.28 and 1.20 (Intel Emerald Rapids, 512 bits, fused).
    /// </summary>
    public const int BlockStackBytes = 232 * 1024;

    /// <summary>
    /// Products of vectors of 128 bits in the forward pass up to which a network is a straight line of vectors. Line against layers, Forward and
    /// Backward in ns: 8-16-4 with 48 products 46.5, 63 and 61, 87; 8-32-4 with 96 58, 84 and 61, 101; but 16-32-4 with 160 63, 1159 and 70, 121, its
    /// Backward being too large for the JIT (AMD Zen 4, fused). 112 and 128 would still be faster with tanh and relu, but leave the budget with
    /// gelu in double precision.
    /// </summary>
    public const int LineProducts = 96;

    /// <summary>Widest vectors in such a line, in bits.</summary>
    public const int LineVectorWidth = 256;

    /// <summary>
    /// Elements from which a weight row is read in blocks as large as the registers allow: 256-512-512-128 took 16.4 instead of 17.9 µs
    /// (AMD Zen 5, 512 bits), being bound by the second and third cache.
    /// </summary>
    public const int LongRow = 512;

    /// <summary>
    /// Vectors of a layer from which its activation is a method of its own. Forward with and without, ns: 8-128-128-4 with silu, eight vectors, 657 and 721;
    /// 4-64-64-2 with tanh, four, 170 and 144 (Intel Emerald Rapids, 512 bits, fused).
    /// </summary>
    public const int VectorsApart = 8;

    /// <summary>Dot products whose lanes are summed together: 128 bits have room for the sums of four.</summary>
    public const int DotGroup = 4;

    /// <summary>
    /// Sums of a tile with 256 bits and fused arithmetic: 54 multiply-adds a nanosecond for four samples by three vectors, 48 for four by two (Intel Emerald
    /// Rapids, AVX-512 off): eight sums just cover the latency and leave nothing to spare.
    /// </summary>
    public const int FusedTileSums = 12;

    /// <summary>Terms of a sum in one expression of scalar or lane code, and sums that advance together in a loop.</summary>
    public const int SumGroup = 4;

    /// <summary>The narrowest vectors, in bits: all that hardware without a fused multiply-add has.</summary>
    public const int NarrowestVectors = 128;

    /// <summary>The widths in bits for which vector code is written, widest first.</summary>
    public static readonly int[] VectorWidths = { 512, 256, NarrowestVectors };

    /// <summary>
    /// Most multiply-adds of a network whose batches go with a sample in every lane. Gradients of 256 samples, ns a sample, lanes against blocks of
    /// samples: 2-3-2 4.0 and 17, 4-16-3 13 and 31, 10-10-10-1 13 and 22, 4-32-4 13.3 and 15.4 with 512 bits; with 256 bits 4-16-3 23 and 37, 8-16-4
    /// 24.2 and 23.2, 4-32-4 25 and 23, 8-32-4 31 and 27.
    /// </summary>
    public const int LaneMultiplyAdds = 250;

    /// <summary>
    /// Most units of a last layer whose loss, where it calls a function, or output, where its units depend on each other, has a sample in every lane in a batch
    /// in blocks: what the lanes keep must fit the stack. Gradients of 256 samples without and with, ns a sample: 16-32-10 with softmax 107 and 59, 16-32-64 503 and 194, with sigmoid 1190 and 237 (Intel Emerald Rapids, 512 bits, fused).
    /// </summary>
    public const int LaneLossUnits = 64;

    /// <summary>
    /// Units of a layer that are locals with a sample in every lane; more of them lie in memory, and loops go over them. Gradients of 256 samples with 2, 4
    /// and 8, ns a sample: 2-8-1 9.0, 9.0 and 8.3, 4-16-3 16.9, 17.5 and 16.6 (Intel Emerald Rapids, 512 bits, fused). It stays below 8: a layer that is
    /// stored unit by unit has as many inputs at least, and reads them from memory.
    /// </summary>
    public const int LaneLocals = 4;

    /// <summary>
    /// Samples that go through a layer together, a group with one in every lane after another: 2-3-2 forward took 3.2 ns a sample group by group,
    /// each waiting for its functions, and 2.5 like this.
    /// </summary>
    public const int LaneSamples = 32;

    /// <summary>
    /// Fewest samples of a batch that go in lanes. A group takes as long for one sample as for all lanes, with 512 bits: 4-16-3 206 ns forward and
    /// 345 with the gradient, where one sample alone takes 74 and 88; with relu 115 and 241 against 12 and 44.
    /// </summary>
    public const int LaneBatch = 8;

    /// <summary>Vectors of parameters that receive the gradient of a group of samples together; there are 16 registers.</summary>
    public const int GradientRegisters = 12;
}
