using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;
using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Standard;

/// <summary>
/// A task for BenchmarkDotNet: one method for each contestant, all networks. The times are those of a call and contain one virtual
/// call; the comparison measures more exactly.
/// </summary>
[MemoryDiagnoser]
public abstract unsafe class NetworkBenchmarks
{
    // Steps are repeated millions of times; the parameters must stay what they are.
    private const float LearningRate = 1e-7f;

    private readonly BenchTask _task;
    private Samples _samples = null!;
    private Rotation _rotation;
    private TimedCall _strict = null!;
    private TimedCall _fused = null!;
    private TimedCall _naive = null!;
    private TimedCall _tensors = null!;
    private TimedCall _mathNet = null!;
    private int _next;

    protected NetworkBenchmarks(string task)
    {
        _task = BenchTask.All.Single(candidate => candidate.Name == task);
    }

    public static IEnumerable<string> Networks => Subject.All.Select(subject => subject.Name);

    [ParamsSource(nameof(Networks))]
    public string Network { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        Subject subject = Subject.Find(Network);
        _samples = new Samples(subject.Shape);
        _rotation = _samples.Rotation(_task);
        List<Contestant> contestants = Roster.Create(subject, _samples, plugins: null).ToList();
        _strict = Call(contestants, Roster.Strict);
        _fused = Call(contestants, Roster.Fused);
        _naive = Call(contestants, Roster.Naive);
        _tensors = Call(contestants, Roster.Tensors);
        _mathNet = Call(contestants, Roster.MathNet);
    }

    [GlobalCleanup]
    public void Cleanup() => _samples.Dispose();

    [Benchmark(Baseline = true)]
    public void Naive() => Invoke(_naive);

    [Benchmark]
    public void Strict() => Invoke(_strict);

    [Benchmark]
    public void Fused() => Invoke(_fused);

    [Benchmark]
    public void TensorPrimitives() => Invoke(_tensors);

    [Benchmark]
    public void MathNet() => Invoke(_mathNet);

    private TimedCall Call(List<Contestant> contestants, string name)
    {
        Contestant contestant = contestants.Single(candidate => candidate.Name == name);
        contestant.Load(_samples.Parameters);
        return contestant.Call(_task, LearningRate)!;
    }

    private void Invoke(TimedCall call)
    {
        int sample = _next++ & _rotation.Mask;
        call.Invoke((float*)_rotation.Input + sample * _rotation.InputStride, (float*)_rotation.Other + sample * _rotation.OtherStride);
    }
}
