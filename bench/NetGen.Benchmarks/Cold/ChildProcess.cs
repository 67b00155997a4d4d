using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace NetGen.Benchmarks.Cold;

/// <summary>Starts this program again, with the settings of the runtime that this process has.</summary>
internal static class ChildProcess
{
    /// <summary>Nanoseconds to the first output, of the first call, and of a call after each mark.</summary>
    public static double[] FirstCalls(string network, string contestant) => Numbers([ColdChild.FirstCalls, network, contestant]);

    /// <summary>Nanoseconds in which a model is ready, of its first call, and from Main to the end of it; managed bytes of a later call.</summary>
    public static double[] Model(string model, string contestant) => Numbers([ModelChild.Argument, model, contestant]);

    /// <summary>What the JIT says about all methods that it compiled while all members of a network were used.</summary>
    public static IReadOnlyList<string> JitLog(string network, string contestant) => JitLog([ColdChild.AllMembers, network, contestant]);

    /// <summary>The same for all networks of a contestant, under settings of the runtime; the members are called once.</summary>
    public static IReadOnlyList<string> JitLog(string contestant, params (string Name, string Value)[] settings) =>
        JitLog([ColdChild.EveryNetwork, contestant], settings);

    private static double[] Numbers(string[] arguments) => Run(arguments).Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();

    private static IReadOnlyList<string> JitLog(string[] arguments, params (string Name, string Value)[] settings)
    {
        string file = Path.GetTempFileName();
        try
        {
            Run(arguments, [.. settings, ("DOTNET_JitStdOutFile", file), ("DOTNET_JitDisasmSummary", "1")]);
            return File.ReadAllLines(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Runs the program with arguments and gives what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Run(string[] arguments, params (string Name, string Value)[] variables)
    {
        // Either the program itself, or dotnet with the program as its first argument.
        string executable = Environment.ProcessPath!;
        string[] program = Path.GetFileNameWithoutExtension(executable) == "dotnet" ? [typeof(ChildProcess).Assembly.Location] : [];
        var start = new ProcessStartInfo(executable, [.. program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Trim()
            : throw new InvalidOperationException($"The process for {string.Join(' ', arguments)} failed with exit code {process.ExitCode}: {error}");
    }
}
