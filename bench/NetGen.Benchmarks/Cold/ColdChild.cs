using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Cold;

/// <summary>
/// What a fresh process does: it makes one network, calls it for the first time and goes on calling. It touches nothing else of this
/// program, so that nothing else is loaded or compiled.
/// </summary>
internal static class ColdChild
{
    /// <summary>First argument of such a process; a network and a contestant follow.</summary>
    public const string FirstCalls = "cold-child";

    /// <summary>First argument of a process that uses all members until the runtime has compiled them for good.</summary>
    public const string AllMembers = "jit-child";

    /// <summary>First argument of a process that uses all members of every network once; a contestant follows.</summary>
    public const string EveryNetwork = "every-network-child";

    private const ulong Seed = 1;

    // Above the 30 calls after which the runtime compiles a method anew, and above the 100 ms for which it waits.
    private const int CallsToPromote = 40;
    private const int Promotions = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private delegate void ForwardMethod(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Numbers of calls before the ones that are timed.</summary>
    public static IReadOnlyList<int> Marks { get; } = [1, 10, 100, 1000];

    /// <summary>Calls that are timed together after so many calls.</summary>
    public static int Window(int mark) => Math.Max(1, mark / 10);

    public static bool IsMeant(string[] args) => args is [FirstCalls or AllMembers, _, _] or [EveryNetwork, _];

    /// <summary>Writes nanoseconds from Main to the end of the first call, of the first call, and of a call after each mark.</summary>
    /// <param name="args">What kind of process this is, a network, a contestant.</param>
    /// <param name="mainStart">The clock at the start of Main.</param>
    public static int Run(string[] args, long mainStart)
    {
        if (args[0] == EveryNetwork)
        {
            foreach (Subject every in Subject.All.Where(every => args[1] != Roster.Unrolled || every.CreateUnrolled is not null))
            {
                UseAllMembers(Create(every, args[1]), every.Topology, promotions: 1, calls: 1);
            }

            return 0;
        }

        Subject subject = Subject.Find(args[1]);
        if (args[0] == AllMembers)
        {
            UseAllMembers(Create(subject, args[2]), subject.Topology, Promotions, CallsToPromote);
            return 0;
        }

        float[] input = new float[subject.Topology.Inputs];
        float[] output = new float[subject.Topology.Outputs];
        Array.Fill(input, 0.5f);
        ForwardMethod forward = args[2] is Roster.Strict or Roster.Fused
            ? Create(subject, args[2]).Forward
            : CreatePlain(subject.Topology, args[2]).Forward;
        double[] times = Measure(forward, input, output, mainStart);
        Console.WriteLine(string.Join(' ', times.Select(time => time.ToString("R", CultureInfo.InvariantCulture))));
        return 0;
    }

    private static ITrainable<float> Create(Subject subject, string contestant)
    {
        ITrainable<float> network = contestant switch
        {
            Roster.Unrolled => subject.CreateUnrolled!(),
            Roster.Strict => subject.CreateStrict(),
            _ => subject.CreateFused(),
        };
        network.Initialize(Seed);
        return network;
    }

    private static PlainNetwork CreatePlain(Topology topology, string contestant)
    {
        float[] parameters = new float[topology.ParameterCount];
        var random = new Random((int)Seed);
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] = random.NextSingle() - 0.5f;
        }

        PlainNetwork network = contestant == Roster.Naive ? CreateNaive(topology) : CreateTensors(topology);
        network.Load(parameters);
        return network;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PlainNetwork CreateNaive(Topology topology) => new NaiveNetwork(topology);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PlainNetwork CreateTensors(Topology topology) => new TensorNetwork(topology);

    private static double[] Measure(ForwardMethod forward, float[] input, float[] output, long mainStart)
    {
        long before = Stopwatch.GetTimestamp();
        forward(input, output);
        long after = Stopwatch.GetTimestamp();
        return [Nanoseconds(mainStart, after), Nanoseconds(before, after), .. AfterMarks(forward, input, output)];
    }

    // Optimised at once: what is measured is how the network is compiled, not how this loop is.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] AfterMarks(ForwardMethod forward, float[] input, float[] output)
    {
        double[] times = new double[Marks.Count];
        int calls = 1;
        for (int i = 0; i < times.Length; i++)
        {
            for (; calls < Marks[i]; calls++)
            {
                forward(input, output);
            }

            int window = Window(Marks[i]);
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < window; call++)
            {
                forward(input, output);
            }

            times[i] = Nanoseconds(start, Stopwatch.GetTimestamp()) / window;
            calls += window;
        }

        return times;
    }

    private static void UseAllMembers(ITrainable<float> network, Topology topology, int promotions, int calls)
    {
        const int Batch = 32;
        float[] inputs = new float[Batch * topology.Inputs];
        float[] outputs = new float[Batch * topology.Outputs];
        float[] targets = new float[Batch * topology.Outputs];
        Span<float> input = inputs.AsSpan(0, topology.Inputs);
        Span<float> output = outputs.AsSpan(0, topology.Outputs);
        Span<float> target = targets.AsSpan(0, topology.Outputs);
        float[] inputGradients = new float[inputs.Length];
        float[] trace = new float[network.TraceLength];
        ParameterBuffer<float> gradient = network.CreateGradient();
        for (int promotion = 0; promotion < promotions; promotion++)
        {
            for (int call = 0; call < calls; call++)
            {
                network.Forward(input, output);
                network.Forward(input, output, trace);
                network.Backward(input, trace, target, gradient);
                network.Backward(input, trace, target, gradient, inputGradients.AsSpan(0, input.Length));
                network.Backward(input, target, gradient);
                network.Backward(input, target, gradient, inputGradients.AsSpan(0, input.Length));
                network.SgdStep(input, target, 0);
                network.SgdStep(input, target, 0, inputGradients.AsSpan(0, input.Length));
                network.ForwardBatch(inputs, outputs);
                network.BackwardBatch(inputs, targets, gradient);
                network.BackwardBatch(inputs, targets, gradient, inputGradients);
            }

            if (calls > 1)
            {
                Thread.Sleep(Pause);
            }
        }
    }

    private static double Nanoseconds(long start, long end) => (end - start) * (1e9 / Stopwatch.Frequency);
}
