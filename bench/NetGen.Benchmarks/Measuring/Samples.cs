using System;
using System.Linq;
using NetGen.Benchmarks.Comparing;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Measuring;

/// <summary>
/// Parameters, 256 samples and their targets for a network, the same in every run. Batches lie densely; single calls use the first
/// eight samples, each on a cache line of its own.
/// </summary>
internal sealed unsafe class Samples : IDisposable
{
    public const int Count = 256;
    public const int Singles = 8;
    private const int Line = 16;
    private const int Seed = 5;

    // Closer to the kink of relu, single and double precision may take different sides, and both would be right.
    private const double KinkMargin = 4e-6;

    private readonly AlignedMemory _inputs;
    private readonly AlignedMemory _targets;
    private readonly AlignedMemory _outputs;
    private readonly AlignedMemory _singleInputs;
    private readonly AlignedMemory _singleTargets;

    public Samples(NetworkShape shape)
    {
        Shape = shape;
        var random = new Random(Seed);
        Parameters = CreateParameters(shape, random);
        InputStride = (shape.Inputs + Line - 1) / Line * Line;
        TargetStride = (shape.Outputs + Line - 1) / Line * Line;
        _inputs = new AlignedMemory(Count * shape.Inputs);
        _targets = new AlignedMemory(Count * shape.Outputs);
        _outputs = new AlignedMemory(Count * TargetStride);
        _singleInputs = new AlignedMemory(Count * InputStride);
        _singleTargets = new AlignedMemory(Count * TargetStride);
        FillInputs(random);
        FillTargets(random);
        for (int sample = 0; sample < Count; sample++)
        {
            Input(sample).CopyTo(_singleInputs.Span[(sample * InputStride)..]);
            Target(sample).CopyTo(_singleTargets.Span[(sample * TargetStride)..]);
        }
    }

    public NetworkShape Shape { get; }

    /// <summary>In canonical order.</summary>
    public float[] Parameters { get; }

    public float* Inputs => _inputs.Pointer;

    public float* Targets => _targets.Pointer;

    /// <summary>Room for the outputs of a batch.</summary>
    public float* Outputs => _outputs.Pointer;

    /// <summary>From one single sample to the next.</summary>
    public int InputStride { get; }

    private int TargetStride { get; }

    public ReadOnlySpan<float> Input(int sample) => _inputs.Span.Slice(sample * Shape.Inputs, Shape.Inputs);

    public ReadOnlySpan<float> Target(int sample) => _targets.Span.Slice(sample * Shape.Outputs, Shape.Outputs);

    public float* SingleInput(int sample) => _singleInputs.Pointer + sample * InputStride;

    /// <summary>The samples that the calls of a task go through.</summary>
    public Rotation Rotation(BenchTask task)
    {
        bool single = task.Batch == 1;
        nint input = (nint)(single ? _singleInputs.Pointer : Inputs);
        nint target = (nint)(single ? _singleTargets.Pointer : Targets);
        return task.IsForward
            ? new Rotation(input, single ? InputStride : 0, (nint)Outputs, 0, single ? Singles - 1 : 0)
            : new Rotation(input, single ? InputStride : 0, target, single ? TargetStride : 0, single ? Singles - 1 : 0);
    }

    public void Dispose()
    {
        _inputs.Dispose();
        _targets.Dispose();
        _outputs.Dispose();
        _singleInputs.Dispose();
        _singleTargets.Dispose();
    }

    private static float[] CreateParameters(NetworkShape shape, Random random) =>
        shape.Ranges.SelectMany(range => Enumerable.Range(0, range.Count).Select(_ => (float)range.Middle + Uniform(random, range.Bound))).ToArray();

    private void FillInputs(Random random)
    {
        Reference reference = Shape.CreateReference(Parameters);
        for (int sample = 0; sample < Count; sample++)
        {
            Span<float> input = _inputs.Span.Slice(sample * Shape.Inputs, Shape.Inputs);
            do
            {
                for (int i = 0; i < input.Length; i++)
                {
                    input[i] = Uniform(random, 1);
                }
            }
            while (reference.IsNearKink(Reference.Widen(input), KinkMargin));
        }
    }

    private void FillTargets(Random random)
    {
        for (int sample = 0; sample < Count; sample++)
        {
            Shape.FillTarget(_targets.Span.Slice(sample * Shape.Outputs, Shape.Outputs), random);
        }
    }

    private static float Uniform(Random random, double bound) => (float)((2 * random.NextDouble() - 1) * bound);
}
