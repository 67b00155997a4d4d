using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NetGen.TestKit;

/// <summary>A dense layer of a declaration.</summary>
public sealed record Layer(int Units, string Activation = "Identity", bool UseBias = true, double? Alpha = null)
{
    /// <summary>The named arguments of the layer's attribute, as C#: those that differ from the default.</summary>
    public IReadOnlyList<(string Name, string Value)> Options
    {
        get
        {
            var options = new List<(string Name, string Value)>();
            if (!UseBias)
            {
                options.Add(("UseBias", "false"));
            }

            if (Alpha is { } alpha)
            {
                options.Add(("Alpha", Declaration.Text(alpha)));
            }

            return options;
        }
    }
}

/// <summary>A declaration as data: what the attributes say.</summary>
public sealed record Declaration(
    int Inputs,
    IReadOnlyList<Layer> Layers,
    string Loss = "None",
    string Reduction = "Mean",
    string Precision = "Single",
    string Arithmetic = "Strict",
    double? Delta = null,
    string Unroll = "Auto",
    bool SelfTest = false,
    bool BatchTerms = false)
{
    public int Outputs => Layers[^1].Units;

    /// <summary>Inputs of every layer.</summary>
    public IEnumerable<int> Fans => Layers.Select(layer => layer.Units).Prepend(Inputs).Take(Layers.Count);

    public int ParameterCount => Layers.Zip(Fans, (layer, inputs) => layer.Units * (inputs + (layer.UseBias ? 1 : 0))).Sum();

    /// <summary>The named arguments of the network's attribute, as C#: those that differ from the default, loss and precision always.</summary>
    public IReadOnlyList<(string Name, string Value)> Options
    {
        get
        {
            var options = new List<(string Name, string Value)> { ("Loss", $"Loss.{Loss}"), ("Precision", $"Precision.{Precision}") };
            void Add(string name, string value)
            {
                if (value != "Mean" && value != "Strict" && value != "Auto")
                {
                    options.Add((name, $"{name}.{value}"));
                }
            }

            Add("Reduction", Reduction);
            Add("Arithmetic", Arithmetic);
            Add("Unroll", Unroll);
            if (Delta is { } delta)
            {
                options.Add(("Delta", Text(delta)));
            }

            if (SelfTest)
            {
                options.Add(("SelfTest", "true"));
            }

            if (BatchTerms)
            {
                options.Add(("BatchTerms", "true"));
            }

            return options;
        }
    }

    /// <summary>The class in C#.</summary>
    public string Source(string className)
    {
        string options = string.Join(", ", Options.Select(option => $"{option.Name} = {option.Value}"));
        IEnumerable<string> layers = Layers.Select(layer =>
            $"[Dense({string.Join(", ", new[] { layer.Units.ToString(CultureInfo.InvariantCulture), $"Activation.{layer.Activation}" }.Concat(layer.Options.Select(option => $"{option.Name} = {option.Value}")))})]");
        return $$"""
            [Network({{Inputs.ToString(CultureInfo.InvariantCulture)}}, {{options}})]
            {{string.Join("\n", layers)}}
            public sealed partial class {{className}} { }

            """;
    }

    /// <summary>A short text that says what the network is, for test output.</summary>
    public override string ToString() =>
        $"{Inputs}-{string.Join("-", Layers.Select(layer => $"{layer.Units}{layer.Activation}{(layer.UseBias ? "" : "(no bias)")}{layer.Alpha}"))} {Loss} {Reduction} {Precision} {Arithmetic} {Unroll}";

    internal static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
