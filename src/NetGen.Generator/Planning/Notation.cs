using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;

namespace NetGen.Generator.Planning;

/// <summary>Turns the printed form of a formula into that of a layer: <c>{a}</c> of layer 2 becomes <c>a2</c>.</summary>
internal static class Notation
{
    /// <summary>Offsets of elements, most of which a network writes many times.</summary>
    private static readonly string[] Integers = Enumerable.Range(0, 4096).Select(value => value.ToString(CultureInfo.InvariantCulture)).ToArray();

    /// <summary>An integer as text, the same in every culture.</summary>
    public static string Text(int value) => value >= 0 && value < Integers.Length ? Integers[value] : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Prints a formula with the names of a layer's quantities.</summary>
    /// <param name="text">The formula.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="target">Which of several targets y is.</param>
    public static string Print(string text, LayerPlan layer, string target = "")
    {
        string number = Text(layer.Number);
        return text
            .Replace("{z}", "z" + number)
            .Replace("{a}", "a" + number)
            .Replace("{g}", "dL/da" + number)
            .Replace("{y}", "y" + target)
            .Replace("{n}", Text(layer.Units));
    }

    /// <summary>The layer's formula, such as <c>z1 = W1·x + b1, a1 = tanh(z1)</c>.</summary>
    public static string Forward(LayerPlan layer) =>
        Affine(layer) + Print(", a" + Text(layer.Number) + " = " + layer.Activation.ValueText, layer);

    /// <summary>The same without z where the activation names it once, such as <c>a1 = tanh(W1·x + b1)</c>.</summary>
    public static string Compact(LayerPlan layer)
    {
        string value = layer.Activation.ValueText;
        if (value.IndexOf("{z}", StringComparison.Ordinal) != value.LastIndexOf("{z}", StringComparison.Ordinal))
        {
            return Forward(layer);
        }

        string affine = Affine(layer);
        return Print("{a} = " + value.Replace("{z}", affine.Substring(affine.IndexOf('=') + 2)), layer);
    }

    /// <summary>The layer with its number, as users know it.</summary>
    public static string Title(LayerPlan layer) => $"Layer {Text(layer.Number)}, {layer.Spec.Text}";

    /// <summary>What the layer does before its activation, such as <c>z1 = W1·x + b1</c>.</summary>
    public static string Affine(LayerPlan layer) => string.Join(", ", layer.Spec.Forward.Select(computation => Print(computation, layer)));

    /// <summary>The place of the weight from input i to unit j, such as <c>W1[8·i + j]</c>.</summary>
    public static string WeightPlace(LayerPlan layer)
    {
        string l = Text(layer.Number);
        string row = Text(layer.RowLength);
        return layer.IsUnitMajor ? $"W{l}[{row}·j + i]" : $"W{l}[{row}·i + j]";
    }

    /// <summary>The gradient of the layer's parameters, such as <c>dL/dW2 = delta2 ⊗ a1, dL/db2 = delta2</c>.</summary>
    public static string ParameterGradient(LayerPlan layer) => string.Join(", ", layer.ParameterAdjoint.Select(computation => Print(computation, layer)));

    /// <summary>The gradient of what the layer reads, such as <c>dL/da1 = W2ᵀ·delta2</c>.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">Which of the nodes that it reads.</param>
    public static string InputGradient(LayerPlan layer, int input = 0) => Print(layer.InputAdjoint(input), layer);

    /// <summary>The gradients that a layer computes, and the deltas of the layers before it that are known then.</summary>
    public static string Adjoint(LayerPlan layer, IEnumerable<LayerPlan> complete, bool withParameters = true) => string.Join(", ", layer.Reads
        .Select((read, input) => Part(InputGradient(layer, input), read) + (read.IsInput ? " where it is asked for" : ""))
        .Append(withParameters ? ParameterGradient(layer) : "")
        .Concat(complete.Select(Delta))
        .Where(text => text.Length > 0));

    /// <summary>The gradient of what a layer reads, or what it adds to those that others gave before it.</summary>
    public static string Part(string gradient, ReadPlan read) => read.IsFirstPart ? gradient : gradient.Replace($"dL/d{Input(read)} = ", $"dL/d{Input(read)} += ");

    /// <summary>dL/dz of a hidden layer, such as <c>delta1 = dL/da1 ⊙ (1 − a1²)</c>.</summary>
    public static string Delta(LayerPlan layer) =>
        Print("delta" + Text(layer.Number) + " = " + layer.Activation.DeltaText, layer);

    /// <summary>What the layer reads: <c>x</c> or the output of the layer before.</summary>
    public static string Input(LayerPlan layer) => Input(layer.Reads[0]);

    /// <summary>The sizes of a layer's parameters, such as <c>W1 16×4, b1 16</c>.</summary>
    public static string ParameterShapes(LayerPlan layer) => string.Join(", ", layer.OwnBlocks.Select(block =>
        $"{Name(block.Block)}{Text(layer.Number)} {string.Join("×", block.Block.Shape.Select(size => Text(size)))}"));

    private static string Print(Computation computation, LayerPlan layer) => computation switch
    {
        Einsum einsum => Print(einsum, layer),
        Arrangement arrangement => Print(arrangement, layer),
        UnitFormula formula => formula.Operands.Concat(formula.Results).Concat(layer.Reads.Select((_, input) => Quantity.Input(input)))
            .Aggregate(formula.Text, (text, name) => text.Replace("{" + name + "}", Symbol(name, layer))),
        _ => throw new ArgumentOutOfRangeException(nameof(computation), computation, "No mathematics for this computation."),
    };

    /// <summary>A sum of products for one sample, as mathematics has it for vectors and matrices.</summary>
    private static string Print(Einsum einsum, LayerPlan layer)
    {
        string Name(TensorTerm term) => Symbol(term.Name, layer);
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

    /// <summary>Values one after another, such as <c>z3 = [a1, a2[2..4]]</c>.</summary>
    private static string Print(Arrangement arrangement, LayerPlan layer)
    {
        IReadOnlyList<RangePlan> ranges = RangePlan.Of(arrangement, layer);
        string[] parts = ranges.Select(range => range.Source is null ? "0" : Symbol(range.Source, layer) + (range.IsWhole ? "" : $"[{Text(range.First)}..{Text(range.First + range.Count)}]")).ToArray();
        return $"{Symbol(arrangement.Result, layer)} = {(parts.Length == 1 ? parts[0] : $"[{string.Join(", ", parts)}]")}";
    }

    /// <summary>A quantity of the layer: <c>x</c>, <c>z1</c>, <c>W1</c>, <c>dL/da1</c>; one that its formula alone has goes by its name there.</summary>
    private static string Symbol(string name, LayerPlan layer)
    {
        for (int input = 0; input < layer.Reads.Count; input++)
        {
            if (name == Quantity.Input(input))
            {
                return Input(layer.Reads[input]);
            }

            if (name == Quantity.GradientOf(Quantity.Input(input)))
            {
                return "dL/d" + Input(layer.Reads[input]);
            }
        }

        BlockPlan? block = layer.Blocks.FirstOrDefault(block => name == block.Block.Name || name == Quantity.GradientOf(block.Block.Name));
        return block is not null ? $"{(name == block.Block.Name ? "" : "dL/d")}{Name(block.Block)}{Text(layer.SharesWith ?? layer.Number)}"
            : name is Quantity.Z or Quantity.Delta ? name + Text(layer.Number)
            : name;
    }

    private static string Input(ReadPlan read) => read.Given is { } given ? "x" + Number(given.Number) : "a" + Text(read.Layer);

    /// <summary>Which of several it is; nothing for the only one.</summary>
    public static string Number(int? number) => number is { } one ? Text(one) : "";

    private static string Name(BlockSpec block) => block.Role == BlockRole.Statistic || (block.Role == BlockRole.Weight && block.Name != BlockSpec.WeightName) ? block.Name : block.Role == BlockRole.Bias ? "b" : block.IsMatrix ? "W" : "w";
}
