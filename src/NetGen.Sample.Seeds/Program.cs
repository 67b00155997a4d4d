using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace NetGen.Sample.Seeds;

/// <summary>The command.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        // The same digits and decimal points everywhere, whatever the user's language.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        IAnsiConsole console = Terminal.Open();
        var root = new RootCommand("Compares generated networks with the stored reference values of five back-propagation texts.");
        root.SetAction(_ => SeedReport.Run(console));
        return root.Parse(args).Invoke();
    }
}
