using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;

namespace NetGen;

/// <summary>
/// Where the parameters of a network lie. The <em>canonical</em> order, in which parameters enter and leave, is layer by layer
/// the weights <c>[unit][input]</c> and then the biases <c>[unit]</c>, without padding: block by block.
/// </summary>
public sealed class ParameterLayout
{
    private readonly LayerLayout[] _layers;
    private ParameterBlock[]? _blocks;
    private (int Start, int Length)[]? _padding;

    /// <summary>Describes a network. Generated code calls this; the numbers come from the generator's layout rule.</summary>
    /// <param name="length">Elements of a buffer, padding included.</param>
    /// <param name="layers">The layers, first layer first.</param>
    /// <exception cref="ArgumentNullException"><paramref name="layers"/> is null.</exception>
    public ParameterLayout(int length, params LayerLayout[] layers)
    {
        _layers = (LayerLayout[])(layers ?? throw new ArgumentNullException(nameof(layers))).Clone();
        Length = length;
        foreach (LayerLayout layer in _layers)
        {
            ParameterCount += layer.ParameterCount;
        }

        InputCount = _layers.Length > 0 ? _layers[0].Inputs : 0;
        OutputCount = _layers.Length > 0 ? _layers[_layers.Length - 1].Units : 0;
    }

    /// <summary>Describes a network with layers that are more than a product. Generated code calls this; the numbers come from the generator's layout rule.</summary>
    /// <param name="length">Elements of a buffer, padding included.</param>
    /// <param name="layers">The layers, first layer first.</param>
    /// <param name="blocks">All parameters, in canonical order.</param>
    /// <exception cref="ArgumentNullException"><paramref name="layers"/> or <paramref name="blocks"/> is null.</exception>
    public ParameterLayout(int length, LayerLayout[] layers, params ParameterBlock[] blocks)
        : this(length, layers)
    {
        _blocks = (ParameterBlock[])(blocks ?? throw new ArgumentNullException(nameof(blocks))).Clone();
        ParameterCount = Place(_blocks);
    }

    /// <summary>Describes a network whose values do not all enter by its first layer or leave by its last. Generated code calls this.</summary>
    /// <param name="length">Elements of a buffer, padding included.</param>
    /// <param name="inputCount">Values of all inputs of a sample.</param>
    /// <param name="outputCount">Values of all outputs of a sample.</param>
    /// <param name="layers">The layers, first layer first.</param>
    /// <param name="blocks">All parameters, in canonical order.</param>
    /// <exception cref="ArgumentNullException"><paramref name="layers"/> or <paramref name="blocks"/> is null.</exception>
    public ParameterLayout(int length, int inputCount, int outputCount, LayerLayout[] layers, params ParameterBlock[] blocks)
        : this(length, layers, blocks)
    {
        InputCount = inputCount;
        OutputCount = outputCount;
    }

    /// <summary>Values of one input sample: of all inputs, one after another, where the network has several.</summary>
    public int InputCount { get; }

    /// <summary>Values of one output sample: of all outputs, one after another, where the network has several.</summary>
    public int OutputCount { get; }

    /// <summary>The layers, first layer first.</summary>
    public IReadOnlyList<LayerLayout> Layers => _layers;

    /// <summary>All parameters as named blocks, in canonical order: of each layer the weights, and the biases if it has any; always the same objects.</summary>
    public IReadOnlyList<ParameterBlock> Blocks => BlockArray;

    /// <summary>
    /// The blocks of a layer, or of all layers that share the beginning of a name: <c>Value</c> has those of the head Value, <c>Value.0</c> those of its first layer, and <c>Value.0.weight</c> is one.
    /// </summary>
    /// <param name="layer">A name, or the first of the parts between the dots of one.</param>
    /// <returns>The blocks that are called so or whose names go on with a dot, one at least, in canonical order.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="layer"/> is null.</exception>
    /// <exception cref="ArgumentException">No layer is called so; the message has the names of the layers.</exception>
    public IReadOnlyList<ParameterBlock> BlocksOf(string layer)
    {
        if (layer is null)
        {
            throw new ArgumentNullException(nameof(layer));
        }

        ParameterBlock[] blocks = Find(layer);
        return blocks.Length > 0 ? blocks : throw new ArgumentException($"No layer is called '{layer}'. There are: {LayerNames()}.", nameof(layer));
    }

    /// <summary>The blocks as an array: enumerating it allocates nothing.</summary>
    internal ParameterBlock[] BlockArray => _blocks ?? Interlocked.CompareExchange(ref _blocks, FindBlocks(), null) ?? _blocks;

    /// <summary>The layers as an array: enumerating it allocates nothing.</summary>
    internal LayerLayout[] LayerArray => _layers;

    /// <summary>Elements of a buffer, padding included.</summary>
    public int Length { get; }

    /// <summary>Number of parameters, without padding.</summary>
    public int ParameterCount { get; }

    /// <summary>The runs of elements that hold no parameter; found when they are first asked for.</summary>
    internal (int Start, int Length)[] Padding => _padding ??= FindPadding();

    /// <summary>The blocks that two networks have under a name, each with its counterpart.</summary>
    /// <exception cref="ArgumentException">They are not the same by names and shapes.</exception>
    internal (ParameterBlock From, ParameterBlock To)[] Pair(ParameterLayout other, string layer)
    {
        IReadOnlyList<ParameterBlock> from = BlocksOf(layer);
        ParameterBlock[] to = other.Find(layer);
        var pairs = new (ParameterBlock From, ParameterBlock To)[from.Count];
        for (int index = 0; index < pairs.Length; index++)
        {
            ParameterBlock block = from[index];
            ParameterBlock counterpart = Array.Find(to, candidate => candidate.Name == block.Name)
                ?? throw new ArgumentException($"The destination has no '{block.Name}' {block.ShapeText}. Of '{layer}' it has: {(to.Length > 0 ? Describe(to) : $"nothing; its layers are {other.LayerNames()}")}.", nameof(layer));
            if (block.ShapeText != counterpart.ShapeText)
            {
                throw new ArgumentException($"'{block.Name}' is {block.ShapeText} here and {counterpart.ShapeText} in the destination.", nameof(layer));
            }

            pairs[index] = (block, counterpart);
        }

        return to.Length == from.Count ? pairs : throw new ArgumentException(
            $"Of '{layer}' the destination has more than there is to copy, {Describe(to)}; here it has: {Describe(from)}. Copy its layers one by one.", nameof(layer));
    }

    private ParameterBlock[] Find(string layer) =>
        Array.FindAll(BlockArray, block => block.Name == layer || block.Name.StartsWith(layer + ".", StringComparison.Ordinal));

    private string LayerNames()
    {
        var names = new List<string>();
        foreach (ParameterBlock block in BlockArray)
        {
            string name = block.Name.Substring(0, Math.Max(block.Name.LastIndexOf('.'), 0));
            if (!names.Contains(name))
            {
                names.Add(name);
            }
        }

        return string.Join(", ", names);
    }

    private static string Describe(IReadOnlyList<ParameterBlock> blocks)
    {
        string[] texts = new string[blocks.Count];
        for (int index = 0; index < texts.Length; index++)
        {
            texts[index] = $"{blocks[index].Name} {blocks[index].ShapeText}";
        }

        return string.Join(", ", texts);
    }

    private ParameterBlock[] FindBlocks()
    {
        var blocks = new List<ParameterBlock>();
        for (int index = 0; index < _layers.Length; index++)
        {
            LayerLayout layer = _layers[index];
            string name = "layers." + index.ToString(CultureInfo.InvariantCulture);
            blocks.Add(new ParameterBlock(
                name + ".weight", index, ParameterRole.Weight, new[] { layer.Units, layer.Inputs }, layer.WeightOffset, layer.InputStride, layer.UnitStride, layer.InitialBound, 0));
            if (layer.HasBias)
            {
                blocks.Add(new ParameterBlock(name + ".bias", index, ParameterRole.Bias, new[] { layer.Units }, layer.BiasOffset, 0, 1, 0, 0));
            }
        }

        ParameterBlock[] all = blocks.ToArray();
        Place(all);
        return all;
    }

    /// <summary>Gives the blocks their places in canonical order, and returns how many parameters they have.</summary>
    private static int Place(ParameterBlock[] blocks)
    {
        int firstParameter = 0;
        foreach (ParameterBlock block in blocks)
        {
            block.FirstParameter = firstParameter;
            firstParameter += block.Count;
        }

        return firstParameter;
    }

    private (int Start, int Length)[] FindPadding()
    {
        var isUsed = new bool[Length];
        foreach (ParameterBlock block in BlockArray)
        {
            for (int parameter = 0; parameter < block.Count; parameter++)
            {
                isUsed[block.ElementOf(parameter)] = true;
            }
        }

        var runs = new List<(int Start, int Length)>();
        for (int i = 0; i < Length;)
        {
            int start = i;
            while (i < Length && isUsed[i] == isUsed[start])
            {
                i++;
            }

            if (!isUsed[start])
            {
                runs.Add((start, i - start));
            }
        }

        return runs.ToArray();
    }
}
