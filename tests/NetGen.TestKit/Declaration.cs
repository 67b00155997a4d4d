using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NetGen.TestKit;

/// <summary>A dense layer of a declaration.</summary>
public sealed record Layer(int Units, string Activation = "Identity", bool UseBias = true, double? Alpha = null);

/// <summary>A declaration as data: what the attributes say.</summary>
public sealed record Declaration(
    int Inputs,
    IReadOnlyList<Layer> Layers,
    string Loss = "None",
    string Reduction = "Mean",
    string Precision = "Single",
    string Arithmetic = "Strict",
    double? Delta = null,
    string Unroll = "Auto")
{
    public int Outputs => Layers[^1].Units;

    /// <summary>The class in C#.</summary>
    public string Source(string className)
    {
        string options = (Reduction == "Mean" ? "" : $", Reduction = Reduction.{Reduction}")
            + (Arithmetic == "Strict" ? "" : $", Arithmetic = Arithmetic.{Arithmetic}")
            + (Unroll == "Auto" ? "" : $", Unroll = Unroll.{Unroll}")
            + (Delta is { } delta ? $", Delta = {Text(delta)}" : "");
        IEnumerable<string> layers = Layers.Select(layer =>
            $"[Dense({layer.Units.ToString(CultureInfo.InvariantCulture)}, Activation.{layer.Activation}{(layer.UseBias ? "" : ", UseBias = false")}{(layer.Alpha is { } alpha ? $", Alpha = {Text(alpha)}" : "")})]");
        return $"""
            [Network({Inputs.ToString(CultureInfo.InvariantCulture)}, Loss = Loss.{Loss}, Precision = Precision.{Precision}{options})]
            {string.Join("\n", layers)}
            public sealed partial class {className} {"{ }"}

            """;
    }

    /// <summary>A short text that says what the network is, for test output.</summary>
    public override string ToString() =>
        $"{Inputs}-{string.Join("-", Layers.Select(layer => $"{layer.Units}{layer.Activation}{(layer.UseBias ? "" : "(no bias)")}{layer.Alpha}"))} {Loss} {Reduction} {Precision} {Arithmetic} {Unroll}";

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
