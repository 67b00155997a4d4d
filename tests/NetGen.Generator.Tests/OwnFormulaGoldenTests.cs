using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Networks whose activations and losses are C# of their own, against the numbers of PyTorch, which differentiated the same formulas by itself.</summary>
public sealed class OwnFormulaGoldenTests
{
    private static readonly JsonElement[] Cases = [.. Golden.Read("graphs.activations").RootElement.GetProperty("cases").EnumerateArray().Where(IsExpressible)];

    [Theory]
    [InlineData(Form.Auto, "Single")]
    [InlineData(Form.Auto, "Double")]
    [InlineData(Form.Scalar, "Double")]
    public void Networks_compute_what_PyTorch_computes(Form form, string precision)
    {
        // Nine kinds of activations and three of losses, most of them in three networks.
        Assert.Equal(40, Cases.Length);
        bool isDouble = precision == "Double";
        string source = "using System; using NetGen;\n" + string.Concat(Cases.Select((golden, index) => Source(golden, index, precision)));
        Assembly assembly = Compiled.From(source, form, onlyCode: true).Load();
        for (int index = 0; index < Cases.Length; index++)
        {
            JsonElement golden = Cases[index];
            Type type = assembly.GetType($"Net{index}", throwOnError: true)!;
            string[] names = [.. Blocks(golden)];
            double[] Ordered(JsonElement tensors) => [.. names.SelectMany(name => Golden.Flatten(tensors.GetProperty(name)))];
            JsonElement expected = golden.GetProperty("expect").GetProperty("float64");
            double[] parameters = Ordered(golden.GetProperty("parameters"));
            double[] inputs = Golden.Flatten(golden.GetProperty("inputs").GetProperty("x"));
            double[] targets = Golden.Flatten(golden.GetProperty("targets").GetProperty("y"));
            GraphResults results = isDouble ? GraphNetworks.Run<double>(type, parameters, inputs, targets, 0.01) : GraphNetworks.Run<float>(type, parameters, inputs, targets, 0.01);
            string what = golden.GetProperty("name").GetString()!;
            double tolerance = Tolerance(golden, isDouble);
            int m = golden.GetProperty("batch_size").GetInt32();
            AssertClose(Golden.Flatten(expected.GetProperty("outputs").GetProperty("y")), results.Outputs, tolerance, what);
            AssertClose([Golden.Number(expected.GetProperty("total"))], [results.Loss], tolerance, what);
            AssertClose(Ordered(expected.GetProperty("grads")), results.Gradient, tolerance, what);
            AssertClose(Golden.Flatten(expected.GetProperty("input_grads").GetProperty("x")), results.InputGradient.Select(value => value / m), tolerance, what);
        }
    }

    private static JsonElement[] Nodes(JsonElement golden) => [.. golden.GetProperty("network").GetProperty("nodes").EnumerateArray()];

    private static JsonElement Loss(JsonElement golden) => golden.GetProperty("network").GetProperty("losses")[0];

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    /// <summary>How far a number may be off, in units of the largest of its tensor: as the numbers of the file themselves suggest.</summary>
    private static double Tolerance(JsonElement golden, bool isDouble) => Math.Max(
        isDouble ? 1e-12 : 2e-5, 8 * golden.GetProperty(isDouble ? "float64_rel_error" : "float32_rel_error").GetProperty("single_pass").GetDouble());

    private static bool IsExpressible(JsonElement golden) =>
        golden.GetProperty("network").GetProperty("losses").GetArrayLength() == 1
        && Cost(Loss(golden)) is not null
        && Nodes(golden).All(node => Text(node, "op") == "dense" || Formula(node) is not null);

    private static IEnumerable<string> Blocks(JsonElement golden) => Nodes(golden).Where(node => Text(node, "op") == "dense")
        .SelectMany(node => new[] { "weight", "bias" }.Select(role => Text(node.GetProperty("parameters"), role)));

    /// <summary>The formula of an activation, as C#.</summary>
    private static string? Formula(JsonElement node)
    {
        string Attribute(string name) => node.GetProperty("attributes").GetProperty(name).GetDouble().ToString("0.0###", CultureInfo.InvariantCulture);
        return Text(node, "op") switch
        {
            "tanh" => "Math.Tanh(z)",
            "exp" => "Math.Exp(z)",
            "sin" => $"Math.Sin({Attribute("omega")} * z)",
            "snake" => $"z + Math.Pow(Math.Sin({Attribute("a")} * z), 2) / {Attribute("a")}",
            "hard_swish" => "z * Math.Clamp(z + 3, 0, 6) / 6",
            "clipped_relu" => "Math.Max(0, Math.Min(z, 1))",
            "squared_clipped_relu" => "z <= 0 ? 0 : z >= 1 ? 1 : z * z",
            "celu" => $"z > 0 ? z : {Attribute("alpha")} * StrictMath.Expm1(z / {Attribute("alpha")})",
            _ => null,
        };
    }

    /// <summary>The formula of a loss, as C#.</summary>
    private static string? Cost(JsonElement loss)
    {
        string Number(string name) => loss.GetProperty(name).GetDouble().ToString("0.0###", CultureInfo.InvariantCulture);
        return Text(loss, "kind") switch
        {
            "half_squared" => "0.5 * (a - y) * (a - y)",
            "cauchy" => $"Math.Log(1 + Math.Pow((a - y) / {Number("scale")}, 2))",
            "pinball" => $"Math.Max({Number("tau")} * (y - a), ({Number("tau")} - 1) * (y - a))",
            "log_cosh" => "Math.Abs(a - y) + StrictMath.Softplus(-2 * Math.Abs(a - y)) - Math.Log(2)",
            _ => null,
        };
    }

    private static string Source(JsonElement golden, int index, string precision)
    {
        JsonElement loss = Loss(golden);
        string reduction = loss.TryGetProperty("output_reduction", out JsonElement given) && given.GetString() == "mean" ? "Mean" : "Sum";
        int inputs = golden.GetProperty("network").GetProperty("inputs")[0].GetProperty("units").GetInt32();
        string text = "";
        string formulas = $"static double Cost(double a, double y) => {Cost(loss)};";
        JsonElement[] nodes = Nodes(golden);
        for (int node = 0; node < nodes.Length; node++)
        {
            bool isActivated = node + 1 < nodes.Length && Text(nodes[node + 1], "op") != "dense";
            int units = nodes[node].GetProperty("units").GetInt32();
            text += isActivated ? $"[Dense({units}, nameof(F{node}))]" : $"[Dense({units})]";
            if (isActivated)
            {
                formulas += $" static double F{node}(double z) => {Formula(nodes[++node])};";
            }
        }

        return $"[Network({inputs}, nameof(Cost), Reduction = Reduction.{reduction}, Precision = Precision.{precision})] {text} public sealed partial class Net{index} {{ {formulas} }}\n";
    }

    private static void AssertClose(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance, string what)
    {
        double[] wanted = [.. expected];
        double[] computed = [.. actual];
        Assert.Equal(wanted.Length, computed.Length);
        double scale = wanted.Max(Math.Abs);
        Assert.All(wanted.Zip(computed), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= tolerance * scale, $"{what}: {pair.Second}, expected {pair.First} within {tolerance * scale}"));
    }
}
