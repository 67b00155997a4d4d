using System;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.ML.OnnxRuntime;
using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Networks;
using NetGen.Models.Tests;

namespace NetGen.Benchmarks.Cold;

/// <summary>What a fresh process does with a model: it makes one ready, calls it for the first time, and then often enough to count the objects that calls make.</summary>
internal static class ModelChild
{
    /// <summary>First argument of such a process; a model and a contestant follow.</summary>
    public const string Argument = "model-child";

    // What the runtime compiles anew on the way makes objects too, though on other threads.
    private const int Calls = 1000;

    public static bool IsMeant(string[] args) => args is [Argument, _, _];

    /// <summary>Writes nanoseconds to make the model ready, of the first call, and from Main to its end, then the managed bytes of a later call.</summary>
    /// <param name="args">The argument, a model, a contestant.</param>
    /// <param name="mainStart">The clock at the start of Main.</param>
    public static int Run(string[] args, long mainStart)
    {
        ModelSubject subject = ModelSubject.Find(args[1]);
        long start = Stopwatch.GetTimestamp();
        Action call = args[2] == Roster.OnnxRuntime ? Session(subject.Model.Path) : Generated(args[2] == Roster.Strict ? subject.CreateStrict : subject.CreateFused, args[1]);
        long ready = Stopwatch.GetTimestamp();
        call();
        long end = Stopwatch.GetTimestamp();
        double[] numbers = [Nanoseconds(start, ready), Nanoseconds(ready, end), Nanoseconds(mainStart, end), Bytes(call)];
        Console.WriteLine(string.Join(' ', Array.ConvertAll(numbers, number => number.ToString("R", CultureInfo.InvariantCulture))));
        return 0;
    }

    // Each apart, so that neither loads what the other needs. Sizes are stated because to look into the file would compile the importer.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Action Generated(Func<IPredictor<float>> create, string model)
    {
        (int inputs, int outputs) = Sizes(model);
        IPredictor<float> network = create();
        float[] input = Filled(inputs);
        float[] output = new float[outputs];
        return () => network.Forward(input, output);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Action Session(string path)
    {
        var session = new OnnxRuntimeSession(path);
        string input = session.Session.InputNames[0];
        string output = session.Session.OutputNames[0];
        long[] shape = session.Shape(input, 1);
        OrtIoBinding binding = session.Session.CreateIoBinding();
        binding.BindInput(input, OrtValue.CreateTensorValueFromMemory(Filled((int)shape[^1]), shape));
        binding.BindOutput(output, OrtValue.CreateTensorValueFromMemory(new float[session.Session.OutputMetadata[output].Dimensions[^1]], [1, session.Session.OutputMetadata[output].Dimensions[^1]]));
        return () => session.Session.RunWithBinding(session.RunOptions, binding);
    }

    private static (int Inputs, int Outputs) Sizes(string model) => model switch
    {
        "sb3_onnx" => (Sb3ModelStrict.InputCount, Sb3ModelStrict.OutputCount),
        "agent_onnx" => (AgentModelStrict.InputCount, AgentModelStrict.OutputCount),
        _ => (BallModelStrict.InputCount, BallModelStrict.OutputCount),
    };

    private static float[] Filled(int count)
    {
        float[] values = new float[count];
        Array.Fill(values, 0.5f);
        return values;
    }

    private static double Bytes(Action call)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int repeat = 0; repeat < Calls; repeat++)
        {
            call();
        }

        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
    }

    private static double Nanoseconds(long start, long end) => (end - start) * (1e9 / Stopwatch.Frequency);
}
