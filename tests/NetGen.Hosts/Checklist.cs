using System;
using System.Diagnostics;
using System.Threading;
using Spectre.Console;

namespace NetGen.Hosts;

/// <summary>How a check ended.</summary>
internal enum Outcome
{
    Passed,
    Failed,

    /// <summary>What it needs cannot be had here.</summary>
    Skipped,
}

/// <summary>Says of each check whether it passed, and goes on after one that failed. Checks may run at the same time.</summary>
internal sealed class Checklist(IAnsiConsole console)
{
    private readonly Stopwatch _time = Stopwatch.StartNew();
    private readonly Lock _lock = new();
    private int _passed;
    private int _failed;
    private int _skipped;

    /// <summary>Runs a check, which throws a <see cref="ToolException"/> when it fails and a <see cref="NotAvailableException"/> when it cannot be made.</summary>
    /// <param name="name">What must be so.</param>
    /// <param name="check">Returns what it found, or null.</param>
    public Outcome Run(string name, Func<string?> check)
    {
        TimeSpan start = _time.Elapsed;
        try
        {
            string? found = check();
            lock (_lock)
            {
                _passed++;
                console.WriteLine($"ok      {name}{(found is null ? "" : $": {found}")} ({(_time.Elapsed - start).TotalSeconds:0.0} s)");
            }

            return Outcome.Passed;
        }
        catch (NotAvailableException exception)
        {
            lock (_lock)
            {
                _skipped++;
                console.WriteLine($"--      {name}: not available: {exception.Message}");
            }

            return Outcome.Skipped;
        }
        catch (ToolException exception)
        {
            Fail($"{name}: {exception.Message}");
            return Outcome.Failed;
        }
    }

    public void Fail(string message)
    {
        lock (_lock)
        {
            _failed++;
            console.WriteLine($"FAILED  {message}", new Style(Color.Red));
        }
    }

    /// <returns>The exit code.</returns>
    public int Close(string command)
    {
        console.WriteLine($"{command}: {_passed} checks passed, {_failed} failed, {_skipped} skipped, {_time.Elapsed.TotalSeconds:0} s");
        return _failed == 0 ? 0 : 1;
    }
}
