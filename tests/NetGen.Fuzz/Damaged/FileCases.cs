using System;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace NetGen.Fuzz.Damaged;

/// <summary>Files, each made from a number, that are read or refused quickly and with little memory.</summary>
/// <param name="mostTime">How long one may take.</param>
/// <param name="mostMemory">How many bytes one may take.</param>
internal abstract class FileCases(TimeSpan mostTime, long mostMemory)
{
    private const int LongestMessage = 5_000;

    /// <summary>How many were read.</summary>
    public int Accepted { get; protected set; }

    /// <summary>How many were refused.</summary>
    public int Refused { get; protected set; }

    /// <summary>The longest time for one.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>The most memory for one, in bytes.</summary>
    public long Largest { get; private set; }

    /// <summary>Makes a file and reads it.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>What is wrong, or null.</returns>
    public abstract string? Check(int number);

    /// <summary>What is wrong with a case, its costs included; exceptions are.</summary>
    protected string? Measured(Func<string?> check)
    {
        long memory = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        string? problem;
        try
        {
            problem = check();
        }
        catch (Exception error)
        {
            problem = error.ToString();
        }

        TimeSpan time = Stopwatch.GetElapsedTime(start);
        memory = GC.GetAllocatedBytesForCurrentThread() - memory;
        (Slowest, Largest) = (time > Slowest ? time : Slowest, Math.Max(memory, Largest));
        return problem ?? (time > mostTime ? $"It takes {time}." : memory > mostMemory ? $"It takes {memory} bytes." : null);
    }

    /// <summary>Whether an exception refuses a file as it should: with a message that can be shown.</summary>
    protected static bool IsRefusal(InvalidDataException error) => error.Message.Length is > 0 and < LongestMessage && !error.Message.Any(char.IsControl);
}
