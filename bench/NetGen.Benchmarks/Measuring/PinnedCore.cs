using System;
using System.Diagnostics;

namespace NetGen.Benchmarks.Measuring;

/// <summary>Binds this process to a core until it is disposed; on Linux its main thread, so that the runtime's own threads stay out of the way.</summary>
internal sealed class PinnedCore : IDisposable
{
    private readonly nint _before;

    public PinnedCore(int core)
    {
        _before = Affinity;
        Affinity = (nint)1 << core;
    }

    /// <summary>Whether the system can.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() || OperatingSystem.IsWindows();

    private static nint Affinity
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return OperatingSystem.IsLinux() || OperatingSystem.IsWindows() ? process.ProcessorAffinity : 0;
        }

        set
        {
            using var process = Process.GetCurrentProcess();
            if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
            {
                process.ProcessorAffinity = value;
            }
        }
    }

    public void Dispose() => Affinity = _before;
}
