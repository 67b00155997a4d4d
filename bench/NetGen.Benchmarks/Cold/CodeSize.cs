using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using NetGen.Benchmarks.Comparing;
using NetGen.Benchmarks.Networks;
using NetGen.TestKit;

namespace NetGen.Benchmarks.Cold;

/// <summary>What a generated network costs beside time: text, building, code.</summary>
/// <param name="SourceBytes">Bytes of generated C# in UTF-8.</param>
/// <param name="BuildMilliseconds">Time that the generator and compiling its text add to a build.</param>
/// <param name="IlBytes">Bytes of IL in all methods.</param>
/// <param name="LargestIlBytes">Bytes of IL in the largest method.</param>
/// <param name="Jit">What the JIT made of it.</param>
internal sealed record CodeSize(int SourceBytes, double BuildMilliseconds, int IlBytes, int LargestIlBytes, JitLog Jit)
{
    private const int Builds = 9;

    // After this many builds one took 1/40 of the time of the first, and hardly less after twice as many.
    private const int WarmUpBuilds = 120;

    /// <summary>Measures one of the two generated classes of a network.</summary>
    /// <param name="subject">The network.</param>
    /// <param name="contestant">Which class.</param>
    /// <param name="arithmetic">What its declaration says.</param>
    public static CodeSize Measure(Subject subject, string contestant, Arithmetic arithmetic)
    {
        Type type = (arithmetic == Arithmetic.Strict ? subject.CreateStrict() : subject.CreateFused()).GetType();
        string source = Source(subject, arithmetic);
        int[] il = GeneratedMethods.Of(type).Select(method => method.GetMethodBody()?.GetILAsByteArray()?.Length ?? 0).ToArray();
        return new CodeSize(
            Compiled.From(source).Files.Values.Sum(Encoding.UTF8.GetByteCount),
            MeasureBuild(source),
            il.Sum(),
            il.Max(),
            JitLog.Parse(ChildProcess.JitLog(subject.Name, contestant), GeneratedMethods.Types(type)));
    }

    /// <summary>Builds a small network and a looped one until the compiler itself has been optimised by the runtime.</summary>
    public static void WarmCompiler()
    {
        string[] sources = [Source(Subject.Find("seed"), Arithmetic.Fused), Source(Subject.Find("agent"), Arithmetic.Fused)];
        for (int build = 0; build < WarmUpBuilds; build++)
        {
            BuildWith(sources[build % sources.Length]);
            BuildWithout(sources[build % sources.Length]);
        }
    }

    private static string Source(Subject subject, Arithmetic arithmetic) => "using NetGen;\n#pragma warning disable CS1591\nnamespace Measured;\n"
        + (TopologyReference.Declaration(subject.Topology) with { Arithmetic = arithmetic.ToString() }).Source("Net");

    /// <summary>The fastest build with the generator less the fastest without, built in turn.</summary>
    private static double MeasureBuild(string source)
    {
        double with = double.PositiveInfinity;
        double without = double.PositiveInfinity;
        for (int build = 0; build < Builds; build++)
        {
            with = Math.Min(with, Milliseconds(() => BuildWith(source)));
            without = Math.Min(without, Milliseconds(() => BuildWithout(source)));
        }

        return with - without;
    }

    private static void BuildWith(string source)
    {
        Compiled.CreateDriver().RunGeneratorsAndUpdateCompilation(Compiled.Compilation(source), out Compilation output, out _);
        Emit(output);
    }

    private static void BuildWithout(string source) => Emit(Compiled.Compilation(source));

    private static void Emit(Compilation compilation)
    {
        using var image = new MemoryStream();
        if (!compilation.Emit(image).Success)
        {
            throw new InvalidOperationException("The declaration does not compile.");
        }
    }

    private static double Milliseconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
