using System;
using System.Diagnostics;
using System.IO;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Has the JIT compile every method of an assembly of networks, in a process of its own, and reads what it logs.</summary>
internal static class JitProcess
{
    /// <summary>The lines of the log.</summary>
    /// <param name="image">The assembly.</param>
    /// <param name="settings">Variables that say what is logged.</param>
    public static string[] Log(byte[] image, params (string Name, string Value)[] settings)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("netgen");
        try
        {
            string assembly = Path.Combine(folder.FullName, "Networks.dll");
            string log = Path.Combine(folder.FullName, "jit.txt");
            File.WriteAllBytes(assembly, image);
            var start = new ProcessStartInfo(Environment.ProcessPath!, [Path.Combine(AppContext.BaseDirectory, "NetGen.JitLog.dll"), assembly])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["DOTNET_JitStdOutFile"] = log },
            };
            foreach ((string name, string value) in settings)
            {
                start.Environment[name] = value;
            }

            using Process process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, output);
            return File.ReadAllLines(log);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
