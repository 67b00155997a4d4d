using System;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using BenchmarkDotNet.Running;
using NetGen.Benchmarks.Building;
using NetGen.Benchmarks.Cold;
using NetGen.Benchmarks.Comparing;
using NetGen.Benchmarks.Generating;
using NetGen.Benchmarks.Models;
using NetGen.Benchmarks.Training;
using NetGen.Benchmarks.Widths;

namespace NetGen.Benchmarks;

/// <summary>The commands of the benchmarks.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        long start = Stopwatch.GetTimestamp();
        return ColdChild.IsMeant(args) ? ColdChild.Run(args, start)
            : ModelChild.IsMeant(args) ? ModelChild.Run(args, start)
            : RunCommand(args);
    }

    /// <summary>The commands, for these arguments.</summary>
    public static RootCommand CreateRoot(string[] args)
    {
        var root = new RootCommand(
            "Measures generated networks. Without a command: BenchmarkDotNet, which takes its own options, such as --filter '*Forward*' or --list flat.")
        {
            CompareCommand.Create(args),
            ColdCommand.Create(args),
            WidthsCommand.Create(args),
            TrainCommand.Create(args),
            GeneratorCommand.Create(args),
            BuildsCommand.Create(args),
            ModelsCommand.Create(args),
        };

        // What BenchmarkDotNet understands is unknown here, but after a command it is a mistake.
        root.TreatUnmatchedTokensAsErrors = root.Subcommands.Any(command => args.FirstOrDefault() == command.Name);
        root.SetAction(result =>
        {
            if (result.UnmatchedTokens is [var word, ..] && !word.StartsWith('-'))
            {
                Console.Error.WriteLine($"Unknown command: {word}. Known: {string.Join(", ", root.Subcommands.Select(command => command.Name))}.");
                return 1;
            }

            BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run([.. result.UnmatchedTokens]);
            return 0;
        });
        return root;
    }

    // Apart from Main, so that a process that measures its first call loads none of the libraries that this needs.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int RunCommand(string[] args)
    {
        // The same digits and decimal points everywhere, whatever the user's language.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        return CreateRoot(args).Parse(args).Invoke();
    }
}
