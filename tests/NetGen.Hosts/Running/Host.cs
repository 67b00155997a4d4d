using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Hosts.Running;

/// <summary>A runtime that can run networks, in one configuration.</summary>
/// <param name="Name">What the table calls it.</param>
internal abstract record Host(string Name)
{
    /// <summary>Finds out whether the host can be had, and fetches what it needs.</summary>
    /// <returns>Why it cannot be had, or null.</returns>
    public abstract string? Unavailable(Session session);

    /// <summary>Builds the program for the host, and warnings are errors.</summary>
    /// <exception cref="ToolException">It does not compile.</exception>
    public abstract void Build(Session session);

    /// <summary>Runs what was built.</summary>
    public abstract ToolResult Run(Session session);

    /// <summary>All hosts, in the order of the table.</summary>
    public static IReadOnlyList<Host> All { get; } =
    [
        new RuntimeHost(".NET 10", "net10.0", SelfContained: false),
        new RuntimeHost(".NET 9", "net9.0", SelfContained: true),
        new RuntimeHost(".NET 8", "net8.0", SelfContained: true),
        new NativeHost("NativeAOT, .NET 9", "net9.0"),
        new NativeHost("NativeAOT, .NET 9, x86-x64-v3", "net9.0", "x86-x64-v3"),
        new WebAssemblyHost("WebAssembly, .NET 10, node", new RuntimeHost(".NET 10", "net10.0", SelfContained: false)),
        new MonoHost("Mono -O=float32", "float32"),
        new MonoHost("Mono -O=-float32", "-float32"),
    ];
}

/// <summary>What the program said of a host; its lines are "name: value".</summary>
internal sealed class HostOutput(ToolResult result)
{
    private readonly Dictionary<string, string> _values = result.Output.Split('\n', StringSplitOptions.TrimEntries)
        .Select(line => line.Split(": ", 2))
        .Where(parts => parts.Length == 2 && !parts[0].StartsWith('!'))
        .GroupBy(parts => parts[0])
        .ToDictionary(group => group.Key, group => group.Last()[1]);

    public bool Succeeded => result.Succeeded;

    /// <summary>Whether it came to its end.</summary>
    public bool Ran => _values.ContainsKey("hash");

    public string this[string name] => _values.GetValueOrDefault(name, "–");

    /// <summary>What is wrong, in one line.</summary>
    public string Complaint => result.FirstError;
}
