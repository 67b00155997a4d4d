using System.CommandLine;
using System.Globalization;
using BenchmarkDotNet.Running;
using NetGen.Benchmarks.Comparing;

namespace NetGen.Benchmarks;

/// <summary>The commands of the benchmarks.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        // The same digits and decimal points everywhere, whatever the user's language.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var root = new RootCommand(
            "Measures generated networks. Without a command: BenchmarkDotNet, which takes its own options, such as --filter '*Iris*' or --list flat.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        root.Add(CompareCommand.Create(args));
        root.SetAction(result =>
        {
            BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run([.. result.UnmatchedTokens]);
        });
        return root.Parse(args).Invoke();
    }
}
