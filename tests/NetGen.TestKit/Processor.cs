using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace NetGen.TestKit;

/// <summary>The processor, for the heads of reports.</summary>
public static class Processor
{
    private const string CpuInfo = "/proc/cpuinfo";

    /// <summary>What the system calls it, or its architecture where the system does not say.</summary>
    public static string Name
    {
        get
        {
            string? line = File.Exists(CpuInfo)
                ? File.ReadLines(CpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
                : null;
            return line?[(line.IndexOf(':') + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        }
    }
}
