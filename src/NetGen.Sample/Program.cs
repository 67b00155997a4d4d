using System.CommandLine;
using System.Globalization;
using NetGen.Sample.CartPole;
using NetGen.Sample.Digits;
using NetGen.Sample.Iris;
using NetGen.Sample.Siren;
using NetGen.Sample.Swarm;
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

        var reference = new Option<bool>("--reference") { Description = "Repeats two trainings of PyTorch instead and compares the results." };
        var digits = new Command("digits", "Trains a generated network on handwritten digits.") { reference };
        digits.SetAction(parsed => DigitsReport.Run(console, parsed.GetValue(reference)));
        root.Add(digits);

        Option<int> playSeconds = Count("--seconds", "How long to play.", 10);
        var cartPole = new Command("cartpole", "Trains a policy to balance a pole and lets it play at 60 frames a second.") { playSeconds };
        cartPole.SetAction(parsed => CartPoleReport.Run(console, parsed.GetValue(playSeconds)));
        root.Add(cartPole);

        var policy = new Command("policy", "Lets the policy of a file in ONNX balance the pole.");
        policy.SetAction(_ => PolicyReport.Run(console));
        root.Add(policy);

        Option<int> agents = Count("--agents", "How many agents.", 10_000);
        Option<int> swarmSeconds = Count("--seconds", "How long to let them fly.", 10);
        var swarm = new Command("swarm", "Runs a small network for every agent of a swarm, 60 times a second.") { agents, swarmSeconds };
        swarm.SetAction(parsed => SwarmReport.Run(console, parsed.GetValue(agents), parsed.GetValue(swarmSeconds)));
        root.Add(swarm);

        Option<int> sirenSeconds = Count("--seconds", "How long to learn.", 10);
        var siren = new Command("siren", "Draws a picture while a network of sines learns it.") { sirenSeconds };
        siren.SetAction(parsed => SirenReport.Run(console, parsed.GetValue(sirenSeconds)));
        root.Add(siren);

        return root.Parse(args).Invoke();
    }

    /// <summary>An option for a number from 1 to a million.</summary>
    private static Option<int> Count(string name, string description, int value)
    {
        const int Maximum = 1_000_000;
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            string? given = result.Tokens.Count == 1 ? result.Tokens[0].Value : null;
            if (given is not null && !(int.TryParse(given, out int number) && number is >= 1 and <= Maximum))
            {
                result.AddError($"Expected a whole number from 1 to {Maximum} for {name}, given {given}.");
            }
        });
        return option;
    }
}
