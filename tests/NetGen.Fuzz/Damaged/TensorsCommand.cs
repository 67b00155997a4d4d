using System;
using System.Globalization;

namespace NetGen.Fuzz.Damaged;

/// <summary>Loads files of tensors into random networks and says which are not loaded or refused as they should.</summary>
internal static class TensorsCommand
{
    private const int ProgressStep = 50_000;

    /// <summary>Loads files.</summary>
    /// <param name="seed">Makes them.</param>
    /// <param name="from">The number of the first.</param>
    /// <param name="count">How many.</param>
    /// <returns>The number of findings.</returns>
    public static int Run(int seed, int from, int count)
    {
        var tensors = new RandomTensors(seed, TimeSpan.FromSeconds(1));
        int findings = 0;
        for (int number = from; number < from + count; number++)
        {
            if (tensors.Check(number) is { } problem)
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
            $"{tensors.Loaded} files of tensors loaded, {tensors.Refused} refused: {findings} findings; at most {tensors.Slowest.TotalMilliseconds:0} ms and {tensors.Largest >> 10} KiB (seed {seed}, cases {from} to {from + count - 1})"));
        return findings;
    }
}
