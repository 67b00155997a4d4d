using System.Globalization;
using System.Linq;
using NetGen.Generator.Model;

namespace NetGen.Generator.Planning;

/// <summary>Turns the printed form of a formula into that of a layer: <c>{a}</c> of layer 2 becomes <c>a2</c>.</summary>
internal static class Notation
{
    /// <summary>Offsets of elements, most of which a network writes many times.</summary>
    private static readonly string[] Integers = Enumerable.Range(0, 4096).Select(value => value.ToString(CultureInfo.InvariantCulture)).ToArray();

    /// <summary>An integer as text, the same in every culture.</summary>
    public static string Text(int value) => value >= 0 && value < Integers.Length ? Integers[value] : value.ToString(CultureInfo.InvariantCulture);

    public static string Print(string text, LayerPlan layer)
    {
        string number = Text(layer.Number);
        return text
            .Replace("{z}", "z" + number)
            .Replace("{a}", "a" + number)
            .Replace("{g}", "dL/da" + number)
            .Replace("{y}", "y")
            .Replace("{n}", Text(layer.Units));
    }

    /// <summary>The layer's formula, such as <c>z1 = W1·x + b1, a1 = tanh(z1)</c>.</summary>
    public static string Forward(LayerPlan layer) =>
        Affine(layer) + Print(", a" + Text(layer.Number) + " = " + layer.Activation.ValueText, layer);

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

    /// <summary>The layer with its number, as users know it.</summary>
    public static string Title(LayerPlan layer) => $"Layer {Text(layer.Number)}, {layer.Spec.Text}";

    /// <summary>The layer's linear part, such as <c>z1 = W1·x + b1</c>.</summary>
    public static string Affine(LayerPlan layer) => string.Join(", ", layer.Spec.Forward.Select(einsum => Print(einsum, layer)));

    /// <summary>The place of the weight from input i to unit j, such as <c>W1[8·i + j]</c>.</summary>
    public static string WeightPlace(LayerPlan layer)
    {
        string l = Text(layer.Number);
        string row = Text(layer.RowLength);
        return layer.IsUnitMajor ? $"W{l}[{row}·j + i]" : $"W{l}[{row}·i + j]";
    }

    /// <summary>The gradient of the layer's parameters, such as <c>dL/dW2 = delta2 ⊗ a1, dL/db2 = delta2</c>.</summary>
    public static string ParameterGradient(LayerPlan layer) => string.Join(
        ", ", layer.Spec.Adjoint.Where(einsum => einsum.Result.Name != TensorName.InputGradient).Select(einsum => Print(einsum, layer)));

    /// <summary>The gradient of the layer's input, such as <c>dL/da1 = W2ᵀ·delta2</c>.</summary>
    public static string InputGradient(LayerPlan layer) =>
        Print(layer.Spec.Adjoint.Single(einsum => einsum.Result.Name == TensorName.InputGradient), layer);

    /// <summary>dL/dz of a hidden layer, such as <c>delta1 = dL/da1 ⊙ (1 − a1²)</c>.</summary>
    public static string Delta(LayerPlan layer) =>
        Print("delta" + Text(layer.Number) + " = " + layer.Activation.DeltaText, layer);

    /// <summary>What the layer reads: <c>x</c> or the output of the layer before.</summary>
    public static string Input(LayerPlan layer) => layer.Source == 0 ? "x" : "a" + Text(layer.Source);

    /// <summary>The sizes of a layer's parameters, such as <c>W1 16×4, b1 16</c>.</summary>
    public static string ParameterShapes(LayerPlan layer) => string.Join(", ", layer.Blocks.Select(block =>
    {
        TensorName name = block.Block.Role == BlockRole.Weight ? TensorName.Weight : TensorName.Bias;
        return $"{Print(name, layer)} {string.Join("×", block.Block.Shape.Select(size => Text(size)))}";
    }));

    /// <summary>A sum of products for one sample, as mathematics has it for vectors and matrices.</summary>
    private static string Print(Einsum einsum, LayerPlan layer)
    {
        string Name(TensorTerm term) => Print(term.Name, layer);
        TensorTerm left = einsum.Factors[0];
        string product = Name(left);
        if (einsum.Factors.Count == 2)
        {
            // The product with a matrix runs over its last index, that with the transposed matrix over its first; without a matrix each meets each.
            TensorTerm right = einsum.Factors[1];
            bool isMatrix = !left.Indices.Contains('s');
            string sign = !isMatrix ? " ⊗ " : einsum.Reduced.Contains(left.Indices.Last()) ? "·" : "ᵀ·";
            product += sign + Name(right);
        }

        return $"{Name(einsum.Result)} = {product}{(einsum.Start is null ? "" : " + " + Name(einsum.Start))}";
    }

    private static string Print(TensorName name, LayerPlan layer)
    {
        string l = Text(layer.Number);
        return name switch
        {
            TensorName.Input => Input(layer),
            TensorName.Sum => "z" + l,
            TensorName.Weight => "W" + l,
            TensorName.Bias => "b" + l,
            TensorName.Delta => "delta" + l,
            TensorName.InputGradient => "dL/d" + Input(layer),
            TensorName.WeightGradient => "dL/dW" + l,
            _ => "dL/db" + l,
        };
    }
}
