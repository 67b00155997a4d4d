using System;
using System.Diagnostics;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NetGen.Benchmarks.Generating;

/// <summary>What a run of the compiler's generator driver took.</summary>
/// <param name="Wall">Wall clock of the call, in milliseconds.</param>
/// <param name="Allocated">Bytes allocated by the calling thread.</param>
/// <param name="Written">Files whose text is new; the driver keeps the object where nothing changed.</param>
internal readonly record struct DriverRun(double Wall, long Allocated, int Written)
{
    /// <summary>Runs a driver over a compilation; the driver remembers what it ran over before.</summary>
    /// <returns>The driver after the run, and what the run took.</returns>
    public static (GeneratorDriver Driver, DriverRun Run) Measure(GeneratorDriver driver, Compilation compilation)
    {
        SourceText[] before = Texts(driver);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        driver = driver.RunGenerators(compilation);
        double wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (driver.GetRunResult().Results.Single().Exception is { } exception)
        {
            throw new InvalidOperationException("The generator failed.", exception);
        }

        int written = Texts(driver).Except(before).Count();
        return (driver, new DriverRun(wall, allocated, written));
    }

    private static SourceText[] Texts(GeneratorDriver driver) =>
        driver.GetRunResult().Results.SelectMany(result => result.GeneratedSources.IsDefault ? [] : result.GeneratedSources).Select(source => source.SourceText).ToArray();
}
