using System;
using System.Text;
using Spectre.Console;

namespace NetGen.Sample;

/// <summary>Opens the console: colours and live redraws in a terminal, plain lines of text in a file or a pipe.</summary>
internal static class Terminal
{
    private const int PlainWidth = 100;

    public static IAnsiConsole Open()
    {
        // Formulas, table borders and the learning curve are outside ASCII.
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (!Console.IsOutputRedirected)
        {
            return AnsiConsole.Console;
        }

        // Without the enrichers, which switch colours on again when they recognise a build server.
        IAnsiConsole plain = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(Console.Out),
        });
        plain.Profile.Width = PlainWidth;
        return plain;
    }

    /// <summary>Whether lines that were written can be drawn again.</summary>
    public static bool CanRedraw(IAnsiConsole console) =>
        !Console.IsOutputRedirected && console.Profile.Capabilities.Ansi && console.Profile.Capabilities.Interactive;
}
