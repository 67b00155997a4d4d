using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Spectre.Console;

namespace NetGen.Accuracy;

/// <summary>Shows how far the measurements are: a bar in a terminal, plain lines otherwise. Both on the error stream; the table has the other.</summary>
internal static class Terminal
{
    public static List<Row> Run(IReadOnlyList<Measurement> measurements)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return Console.IsErrorRedirected || !console.Profile.Capabilities.Ansi ? RunPlain(measurements) : RunInteractive(console, measurements);
    }

    private static List<Row> RunPlain(IReadOnlyList<Measurement> measurements)
    {
        var rows = new List<Row>();
        foreach (Measurement measurement in measurements)
        {
            long start = Stopwatch.GetTimestamp();
            Row row = measurement.Run(() => { });
            rows.Add(row);
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Function} ({row.Precision}): {Report.Number(row.Strict.Maximum)} ulp, {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s"));
        }

        return rows;
    }

    private static List<Row> RunInteractive(IAnsiConsole console, IReadOnlyList<Measurement> measurements)
    {
        var rows = new List<Row>();
        console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .AutoClear(true)
            .Start(context =>
            {
                foreach (Measurement measurement in measurements)
                {
                    ProgressTask task = context.AddTask($"{measurement.Function} ({measurement.Precision})", maxValue: measurement.Chunks);
                    rows.Add(measurement.Run(() => task.Increment(1)));
                }
            });
        return rows;
    }
}
