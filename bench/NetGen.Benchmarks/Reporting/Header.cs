using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NetGen.TestKit;
using Spectre.Console;

namespace NetGen.Benchmarks.Reporting;

/// <summary>Where, when and how something was measured.</summary>
internal static class Header
{
    private const string LoadAverage = "/proc/loadavg";
    private const string CommandLine = "command";
    private const string Program = "dotnet run -c Release --project bench/NetGen.Benchmarks --";

    // Settings of the runtime begin like this; those of the command line tools do not concern it.
    private const string KnobPrefix = "DOTNET_";
    private static readonly string[] OtherVariables = ["ROOT", "CLI_", "NOLOGO", "HOST_PATH", "GENERATE_", "SKIP_", "MULTILEVEL", "RUNNING_IN", "BUNDLE_", "SYSTEM_"];

    /// <summary>Name and value of each line.</summary>
    private static IReadOnlyList<(string Name, string Value)> Lines(IReadOnlyList<string> arguments) =>
    [
        ("machine", $"{Processor.Name}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}"),
        ("vectors", Vectors()),
        ("runtime", RuntimeInformation.FrameworkDescription + Knobs()),
        ("load", File.Exists(LoadAverage) ? $"{File.ReadAllText(LoadAverage).Split(' ')[0]} processes, mean of a minute" : "unknown"),
        ("date", DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC"),
        (CommandLine, $"{Program} {string.Join(' ', arguments)}"),
    ];

    /// <summary>Writes the lines, and more that a command has.</summary>
    /// <returns>What was written.</returns>
    public static IReadOnlyList<(string Name, string Value)> Show(IAnsiConsole console, IReadOnlyList<string> arguments, params (string Name, string Value)[] more)
    {
        IReadOnlyList<(string Name, string Value)> lines = [.. Lines(arguments), .. more];
        foreach ((string name, string value) in lines)
        {
            console.WriteLine($"{name}: {value}");
        }

        return lines;
    }

    /// <summary>The lines as a list, with an empty line after it.</summary>
    public static string Markdown(IReadOnlyList<string> arguments, params (string Name, string Value)[] more) =>
        string.Concat(Lines(WithoutPlaces(arguments)).Concat(more).Select(line => $"* {line.Name}: {(line.Name == CommandLine ? $"`{line.Value}`" : line.Value)}\n")) + "\n";

    /// <summary>The arguments for a page: of a rooted path only the last part, which is all that means something elsewhere.</summary>
    private static IReadOnlyList<string> WithoutPlaces(IReadOnlyList<string> arguments) =>
        arguments.Select(argument => Path.IsPathRooted(argument) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(argument)) : argument).ToList();

    private static string Vectors()
    {
        (bool Accelerated, string Bits)[] widths =
            [(Vector128.IsHardwareAccelerated, "128"), (Vector256.IsHardwareAccelerated, "256"), (Vector512.IsHardwareAccelerated, "512")];
        string bits = string.Join(", ", widths.Where(width => width.Accelerated).Select(width => width.Bits));
        string fused = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86
            ? $", fused multiply-add: {(Fma.IsSupported ? "yes" : "no")}"
            : "";
        return $"accelerated: {(bits.Length > 0 ? $"{bits} bits" : "none")}{fused}";
    }

    private static string Knobs()
    {
        IEnumerable<string> knobs = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(variable => IsKnob((string)variable.Key))
            .Select(variable => $"{variable.Key}={variable.Value}")
            .Order(StringComparer.Ordinal);
        string list = string.Join(", ", knobs);
        return list.Length > 0 ? $", {list}" : ", default settings";
    }

    private static bool IsKnob(string name) =>
        name.StartsWith(KnobPrefix, StringComparison.Ordinal)
        && !OtherVariables.Any(other => name[KnobPrefix.Length..].StartsWith(other, StringComparison.Ordinal));
}
