using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Models.Tensors;

/// <summary>The name of a tensor as libraries write it, taken apart. Names alone say what a tensor is: of a square matrix no shape tells whether it is transposed.</summary>
/// <param name="Layer">The layer that it belongs to.</param>
/// <param name="Block">What it is to the layer, in the words of PyTorch and NetGen, or as it stands there.</param>
/// <param name="IsTransposed">A matrix of this name is <c>[in][out]</c>, not <c>[out][in]</c>.</param>
internal sealed record TensorName(string Layer, string Block, bool IsTransposed)
{
    /// <summary>Weights of a product, and factors of a normalisation.</summary>
    public const string Weight = "weight";

    /// <summary>A parameter by itself, which PyTorch gives the name of the layer alone.</summary>
    public const string Value = "value";

    /// <summary>How the names begin of what is a program's own.</summary>
    public const string Extra = "extra.";

    private const string Bias = "bias";

    private static readonly char[] Separators = ['.', '/', '\\'];

    /// <summary>What Keras and Flax call the parameters of layers, and Keras 3's files of weights, which number the variables of a layer.</summary>
    private static readonly Dictionary<string, (string Block, bool IsTransposed)> Known = new()
    {
        [Bias] = (Bias, false),
        ["kernel"] = (Weight, true),
        ["gamma"] = (Weight, false),
        ["scale"] = (Weight, false),
        ["beta"] = (Bias, false),
        ["vars/0"] = (Weight, true),
        ["vars/1"] = (Bias, false),
    };

    /// <summary>What Keras stores beside the layers, in the same way: the first variables of these are numbers of steps, sums, and states of generators.</summary>
    private static readonly string[] OtherParts = ["optimizer", "metrics", "compile_metrics", "loss_tracker", "seed_generator"];

    /// <summary>Whether a tensor or a text is a program's own.</summary>
    public static bool IsExtra(string name) => name.StartsWith(Extra, StringComparison.Ordinal);

    /// <summary>Takes a name apart: what stands before the last dot, slash or backslash is the layer.</summary>
    public static TensorName Of(string name)
    {
        int end = name.LastIndexOfAny(Separators);
        string layer = name.Substring(0, Math.Max(0, end));
        string block = name.Substring(end + 1);
        int vars = block is "0" or "1" ? layer.LastIndexOfAny(['/', '\\']) : -1;
        if (vars > 0 && layer.Substring(vars + 1) == "vars")
        {
            string[] parts = layer.Substring(0, vars).Split('/', '\\');
            bool isOther = OtherParts.Contains(parts[0].TrimStart('_')) || OtherParts.Contains(parts[parts.Length - 1]);
            (layer, block) = isOther ? (layer, block) : (layer.Substring(0, vars), "vars/" + block);
        }

        string known = block.EndsWith(":0", StringComparison.Ordinal) ? block.Substring(0, block.Length - ":0".Length) : block;
        return Known.TryGetValue(known, out (string Block, bool IsTransposed) meaning) ? new TensorName(layer, meaning.Block, meaning.IsTransposed) : new TensorName(layer, block, false);
    }
}
