using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NetGen.TestKit;

/// <summary>A dense layer of a declaration.</summary>
public sealed record Layer(int Units, string Activation = "Identity", bool UseBias = true);

/// <summary>A declaration as data: what the attributes say.</summary>
public sealed record Declaration(
    int Inputs,
    IReadOnlyList<Layer> Layers,
    string Loss = "None",
    string Reduction = "Mean",
    string Precision = "Single")
{
    public int Outputs => Layers[^1].Units;

    /// <summary>The class in C#.</summary>
    public string Source(string className)
    {
        string reduction = Reduction == "Mean" ? "" : $", Reduction = Reduction.{Reduction}";
        IEnumerable<string> layers = Layers.Select(layer =>
            $"[Dense({layer.Units.ToString(CultureInfo.InvariantCulture)}, Activation.{layer.Activation}{(layer.UseBias ? "" : ", UseBias = false")})]");
        return $"""
            [Network({Inputs.ToString(CultureInfo.InvariantCulture)}, Loss = Loss.{Loss}, Precision = Precision.{Precision}{reduction})]
            {string.Join("\n", layers)}
            public sealed partial class {className};

            """;
    }

    /// <summary>A short text that says what the network is, for test output.</summary>
    public override string ToString() =>
        $"{Inputs}-{string.Join("-", Layers.Select(layer => $"{layer.Units}{layer.Activation}{(layer.UseBias ? "" : "(no bias)")}"))} {Loss} {Reduction} {Precision}";
}
