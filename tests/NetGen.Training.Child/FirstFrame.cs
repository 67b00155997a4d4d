using System;
using System.Diagnostics;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace NetGen.Training.Child;

/// <summary>What the JIT compiles in the first frame of a game, in which everything is called for the first time.</summary>
internal static class FirstFrame
{
    /// <summary>Prints the number of methods that were compiled, and microseconds.</summary>
    public static void Run(string network, bool isPrepared)
    {
        (long methods, double time) = network switch
        {
            "classifier" => Classify(new Classifier(), isPrepared),
            "fused" => Classify(new FusedClassifier(), isPrepared),
            "policy" => Forward(new Policy(), isPrepared),
            "double" => Regress(new DoubleBrain(), isPrepared),
            "wide" => Regress(new Brain(), isPrepared),
            _ => throw new ArgumentException(network),
        };
        Console.WriteLine(FormattableString.Invariant($"{methods} {time:0}"));
    }

    private static (long Methods, double Time) Classify<TNetwork>(TNetwork network, bool isPrepared)
        where TNetwork : class, IClassifier<float> => Measure(network, isPrepared, () => Prepare(network), (x, y, gradient) =>
        {
            network.SgdStep(x.AsSpan(0, 4), 1, 0.01f);
            network.Backward(x.AsSpan(0, 4), 1, gradient);
            network.BackwardBatch(x.AsSpan(0, 4 * 50), new int[50], gradient);
        });

    private static (long Methods, double Time) Regress<T>(ITrainable<T> network, bool isPrepared)
        where T : unmanaged => Measure(network, isPrepared, () => Prepare(network), (x, y, gradient) =>
        {
            LayerLayout first = network.Parameters.Layout.Layers[0];
            int outputs = network.Parameters.Layout.Layers[^1].Units;
            network.Backward(x.AsSpan(0, first.Inputs), y.AsSpan(0, outputs), gradient);
            network.SgdStep(x.AsSpan(0, first.Inputs), y.AsSpan(0, outputs), default);
            for (int samples = 1; samples <= 300; samples = samples * 2 + 1)
            {
                network.BackwardBatch(x.AsSpan(0, samples * first.Inputs), y.AsSpan(0, samples * outputs), gradient);
            }
        });

    private static (long Methods, double Time) Forward(Policy network, bool isPrepared) => Measure(network, isPrepared, () => network.Prepare(), (_, _, _) => { });

    public static void Prepare(object network)
    {
        switch (network)
        {
            case Classifier classifier:
                classifier.Prepare();
                break;
            case FusedClassifier fused:
                fused.Prepare();
                break;
            case Brain brain:
                brain.Prepare();
                break;
            case DoubleBrain doubles:
                doubles.Prepare();
                break;
            case Chooser chooser:
                chooser.Prepare();
                break;
        }
    }

    private static (long Methods, double Time) Measure<T>(
        INetwork<T> network, bool isPrepared, Action prepare, Action<T[], T[], ParameterBuffer<T>> more)
        where T : unmanaged
    {
        var x = new T[300 * 64];
        var y = new T[300 * 64];
        int inputs = network.Parameters.Layout.Layers[0].Inputs;
        int outputs = network.Parameters.Layout.Layers[^1].Units;
        var trace = new T[network.TraceLength];
        ParameterBuffer<T> gradient = network.CreateGradient();
        network.Initialize(1);
        _ = x.AsSpan(0, 1);
        RuntimeHelpers.PrepareDelegate(more);
        if (isPrepared)
        {
            prepare();
        }

        void Frame()
        {
            network.Forward(x.AsSpan(0, inputs), y.AsSpan(0, outputs));
            network.Forward(x.AsSpan(0, inputs), y.AsSpan(0, outputs), trace);
            network.Activations(trace, 0);
            network.Backward(x.AsSpan(0, inputs), trace, y.AsSpan(0, outputs), gradient);
            for (int samples = 1; samples <= 300; samples = samples * 2 + 1)
            {
                network.ForwardBatch(x.AsSpan(0, samples * inputs), y.AsSpan(0, samples * outputs));
            }

            more(x, y, gradient);
        }

        return Count(Frame);
    }

    /// <summary>Counts what is compiled beside the frame itself.</summary>
    public static (long Methods, double Time) Count(Action frame)
    {
        _ = JitInfo.GetCompiledMethodCount(currentThread: false);
        _ = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp());
        RuntimeHelpers.PrepareDelegate(frame);
        long start = Stopwatch.GetTimestamp();
        long before = JitInfo.GetCompiledMethodCount(currentThread: false);
        frame();
        long after = JitInfo.GetCompiledMethodCount(currentThread: false);
        return (after - before, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
    }
}
