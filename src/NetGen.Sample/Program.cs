using System.CommandLine;
using System.Globalization;
using NetGen.Sample.Iris;
using NetGen.Sample.Seeds;
using Spectre.Console;

namespace NetGen.Sample;

/// <summary>The commands of the sample.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        // The same digits and decimal points everywhere, whatever the user's language.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        IAnsiConsole console = Terminal.Open();

        var root = new RootCommand("Trains a generated network on Fisher's Iris data and shows how it went.");
        root.SetAction(_ => IrisReport.Run(console));

        var seeds = new Command("seeds", "Compares generated networks with the stored reference values of five back-propagation texts.");
        seeds.SetAction(_ => SeedReport.Run(console));
        root.Add(seeds);

        return root.Parse(args).Invoke();
    }
}
