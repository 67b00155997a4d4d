using System;
using System.Text;
using Spectre.Console;

namespace NetGen.Benchmarks.Reporting;

/// <summary>Tables on the output stream, what is going on at the moment on the error stream. Plain text where it is no terminal.</summary>
internal static class Terminal
{
    private const int PlainWidth = 140;

    public static IAnsiConsole Open()
    {
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

    /// <summary>Runs something that reports its steps: as one changing line in a terminal, otherwise only its name is written.</summary>
    public static T Run<T>(string name, Func<Action<string>, T> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected || !console.Profile.Capabilities.Ansi)
        {
            Console.Error.WriteLine(name);
            return work(_ => { });
        }

        return console.Status().Start(Markup.Escape(name), context => work(step => context.Status(Markup.Escape($"{name}: {step}"))));
    }
}
