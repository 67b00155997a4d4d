using System;
using System.Globalization;

namespace NetGen.Fuzz.Damaged;

/// <summary>Goes through cases of files and says which are wrong.</summary>
internal static class FileCommand
{
    private const int ProgressStep = 50_000;

    /// <summary>Checks cases.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="accepted">What those are called that were read.</param>
    /// <param name="seed">What they are made from.</param>
    /// <param name="from">The number of the first.</param>
    /// <param name="count">How many.</param>
    /// <returns>The number of findings.</returns>
    public static int Run(FileCases cases, string accepted, int seed, int from, int count)
    {
        int findings = 0;
        for (int number = from; number < from + count; number++)
        {
            if (cases.Check(number) is { } problem)
            {
                findings++;
                Console.WriteLine($"case {number} of seed {seed}: {problem}");
            }

            if ((number - from) % ProgressStep == ProgressStep - 1)
            {
                Console.Error.WriteLine($"{number - from + 1} of {count}, {findings} findings");
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{cases.Accepted} {accepted}, {cases.Refused} refused: {findings} findings; at most {cases.Slowest.TotalMilliseconds:0} ms and {cases.Largest >> 10} KiB (seed {seed}, cases {from} to {from + count - 1})"));
        return findings;
    }
}
