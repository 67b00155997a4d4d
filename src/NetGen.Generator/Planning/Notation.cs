using System.Globalization;

namespace NetGen.Generator.Planning;

/// <summary>Turns the printed form of a formula into that of a layer: <c>{a}</c> of layer 2 becomes <c>a2</c>.</summary>
internal static class Notation
{
    public static string Print(string text, LayerPlan layer)
    {
        string number = layer.Number.ToString(CultureInfo.InvariantCulture);
        return text
            .Replace("{z}", "z" + number)
            .Replace("{a}", "a" + number)
            .Replace("{g}", "dL/da" + number)
            .Replace("{y}", "y")
            .Replace("{n}", layer.Units.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The layer's formula, such as <c>z1 = W1·x + b1, a1 = tanh(z1)</c>.</summary>
    public static string Forward(LayerPlan layer) =>
        Affine(layer) + Print(", a" + layer.Number.ToString(CultureInfo.InvariantCulture) + " = " + layer.Activation.ValueText, layer);

    /// <summary>The same without z where the activation names it once, such as <c>a1 = tanh(W1·x + b1)</c>.</summary>
    public static string Compact(LayerPlan layer)
    {
        string value = layer.Activation.ValueText;
        if (value.IndexOf("{z}", System.StringComparison.Ordinal) != value.LastIndexOf("{z}", System.StringComparison.Ordinal))
        {
            return Forward(layer);
        }

        string affine = Affine(layer);
        return Print("{a} = " + value.Replace("{z}", affine.Substring(affine.IndexOf('=') + 2)), layer);
    }

    /// <summary>The layer's linear part, such as <c>z1 = W1·x + b1</c>.</summary>
    public static string Affine(LayerPlan layer)
    {
        string l = layer.Number.ToString(CultureInfo.InvariantCulture);
        return $"z{l} = W{l}·{Input(layer)}{(layer.UseBias ? " + b" + l : "")}";
    }

    /// <summary>The place of the weight from input i to unit j, such as <c>W1[8·i + j]</c>.</summary>
    public static string WeightPlace(LayerPlan layer)
    {
        string l = layer.Number.ToString(CultureInfo.InvariantCulture);
        string row = layer.RowLength.ToString(CultureInfo.InvariantCulture);
        return layer.IsUnitMajor ? $"W{l}[{row}·j + i]" : $"W{l}[{row}·i + j]";
    }

    /// <summary>The gradient of the layer's parameters, such as <c>dL/dW2 = delta2 ⊗ a1, dL/db2 = delta2</c>.</summary>
    public static string ParameterGradient(LayerPlan layer)
    {
        string l = layer.Number.ToString(CultureInfo.InvariantCulture);
        return $"dL/dW{l} = delta{l} ⊗ {Input(layer)}{(layer.UseBias ? $", dL/db{l} = delta{l}" : "")}";
    }

    /// <summary>The gradient of the layer's input, such as <c>dL/da1 = W2ᵀ·delta2</c>.</summary>
    public static string InputGradient(LayerPlan layer)
    {
        string l = layer.Number.ToString(CultureInfo.InvariantCulture);
        return $"dL/d{Input(layer)} = W{l}ᵀ·delta{l}";
    }

    /// <summary>dL/dz of a hidden layer, such as <c>delta1 = dL/da1 ⊙ (1 − a1²)</c>.</summary>
    public static string Delta(LayerPlan layer) =>
        Print("delta" + layer.Number.ToString(CultureInfo.InvariantCulture) + " = " + layer.Activation.DeltaText, layer);

    /// <summary>What the layer reads: <c>x</c> or the output of the layer before.</summary>
    public static string Input(LayerPlan layer) =>
        layer.Number == 1 ? "x" : "a" + (layer.Number - 1).ToString(CultureInfo.InvariantCulture);
}
