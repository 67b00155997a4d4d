using System;
using System.Collections;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using NetGen.Training.Child;

namespace NetGen.Training.Tests;

/// <summary>Everything of a user's that a trainer calls; from some moment on it refuses every call.</summary>
internal sealed class Refusing : ITrainable<float>, IDataset<float>, IReadOnlyList<int[]>
{
    private readonly DoubleBrain _shape = new();
    private ParameterBuffer<float>? _parameters;

    public bool IsStrict { get; set; }

    public ParameterBuffer<float> Parameters => Answer(_parameters ??= new ParameterBuffer<float>(DoubleBrain.Layout));

    public int TraceLength => Answer(0);

    int IDataset<float>.Count => Answer(10);

    int IDataset<float>.InputCount => Answer(DoubleBrain.InputCount);

    int IDataset<float>.TargetCount => Answer(DoubleBrain.OutputCount);

    int IReadOnlyCollection<int[]>.Count => Answer(1);

    int[] IReadOnlyList<int[]>.this[int index] => Answer<int[]>([1, 2, 3]);

    public LearningRateSchedule Schedule => new RefusingSchedule(this);

    public double Metric(ReadOnlySpan<float> output, ReadOnlySpan<float> target) => Answer(0);

    public Loss LossOf(int output) => Answer(((ITrainable<double>)_shape).LossOf(output));

    public ParameterBuffer<float> CreateGradient() => Answer(new ParameterBuffer<float>(DoubleBrain.Layout));

    public void Initialize(ulong seed) => Parameters.Initialize(seed);

    public void Forward(ReadOnlySpan<float> input, Span<float> output) => Answer(0);

    public void Forward(ReadOnlySpan<float> input, Span<float> output, Span<float> trace) => Answer(0);

    public ReadOnlySpan<float> Activations(ReadOnlySpan<float> trace, int layer) => Answer(Array.Empty<float>());

    public void ForwardBatch(ReadOnlySpan<float> inputs, Span<float> outputs) => Answer(0);

    public void Backward(ReadOnlySpan<float> input, ReadOnlySpan<float> trace, ReadOnlySpan<float> outputGradient, ParameterBuffer<float> gradient) =>
        Answer(0);

    public void Backward(
        ReadOnlySpan<float> input, ReadOnlySpan<float> trace, ReadOnlySpan<float> outputGradient, ParameterBuffer<float> gradient, Span<float> inputGradient) =>
        Answer(0);

    public float Backward(ReadOnlySpan<float> input, ReadOnlySpan<float> target, ParameterBuffer<float> gradient) => Answer(0);

    public float Backward(ReadOnlySpan<float> input, ReadOnlySpan<float> target, ParameterBuffer<float> gradient, Span<float> inputGradient) => Answer(0);

    public float BackwardBatch(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ParameterBuffer<float> gradient) => Answer(0);

    public float BackwardBatch(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ParameterBuffer<float> gradient, Span<float> inputGradients) =>
        Answer(0);

    public float SgdStep(ReadOnlySpan<float> input, ReadOnlySpan<float> target, float learningRate) => Answer(0);

    public float SgdStep(ReadOnlySpan<float> input, ReadOnlySpan<float> target, float learningRate, Span<float> inputGradient) => Answer(0);

    public void Read(ReadOnlySpan<int> samples, Span<float> inputs, Span<float> targets) => Answer(0);

    public IEnumerator<int[]> GetEnumerator() => Answer(new List<int[]>()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private TAnswer Answer<TAnswer>(TAnswer answer, [CallerMemberName] string member = "") =>
        IsStrict ? throw new NotSupportedException($"{member} was called.") : answer;

    private sealed class RefusingSchedule(Refusing refusing) : LearningRateSchedule
    {
        public override string Description => refusing.Answer("refusing");

        public override double Factor(long step) => refusing.Answer(1.0);
    }
}
