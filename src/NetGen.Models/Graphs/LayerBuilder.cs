using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Models.Graphs;

/// <summary>Brings a model to the layers that NetGen has: an activation goes to the layer before it, a subtraction and a factor are a normalisation, constants are parameters that are not trained.</summary>
internal sealed class LayerBuilder
{
    private readonly ModelGraph _model;
    private readonly ModelNames _valueNames;
    private readonly List<ModelLayer> _layers = new();
    private readonly int[] _places;
    private readonly int[] _readers;
    private readonly Dictionary<int, ModelNode> _lastReader = new();
    private readonly HashSet<int> _owners;
    private readonly LayerNames _names;

    private LayerBuilder(ModelGraph model, ModelNames names)
    {
        _model = model;
        _valueNames = names;
        _names = new LayerNames(model.Inputs.Select(input => names.Input(input.InputName)));
        _places = new int[model.Nodes.Count];
        _readers = new int[model.Nodes.Count];
        _owners = new HashSet<int>(model.Nodes.OfType<DenseNode>().Select(dense => dense.SharesWith).OfType<int>());
        foreach (ModelNode node in model.Nodes)
        {
            foreach (int read in node.Inputs)
            {
                _lastReader[read] = node;
            }
        }

        foreach (int read in model.Nodes.SelectMany(node => node.Inputs).Concat(model.Outputs.Select(output => output.Node)))
        {
            _readers[read]++;
        }
    }

    /// <summary>The layers of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="names">The names of its inputs and outputs.</param>
    public static LayeredModel Build(ModelGraph model, ModelNames names) => new LayerBuilder(model, names).Build();

    private LayeredModel Build()
    {
        for (int index = 0; index < _model.Nodes.Count; index++)
        {
            _places[index] = Add(_model.Nodes[index], index);
        }

        return new LayeredModel(
            _layers,
            _model.Outputs.Select(output => new LayeredOutput(_valueNames.Output(output.Name), _places[output.Node], (_model.Nodes[output.Node] as ArgMaxNode)?.Group)).ToArray());
    }

    private int Add(ModelNode node, int index) => node switch
    {
        InputNode input => Layer(LayerKind.Input, _valueNames.Input(input.InputName), input.Size),
        ConstantNode constant => Constant(constant.Values),
        DenseNode dense => AddDense(dense),
        AffineNode affine => AddAffine(affine, index),
        ScalarNode scalar => Activate(scalar.Input, ModelActivation.Of(scalar.Formula)),
        SoftmaxNode softmax => AddSoftmax(softmax),
        LayerNormNode norm => AddLayerNorm(norm),
        PairNode pair => Layer(Pair(pair.Operator), null, pair.Size, _places[pair.Left], _places[pair.Right]),
        SliceNode slice => With(Layer(LayerKind.Slice, null, slice.Size, _places[slice.Input]), layer => layer with { Start = slice.Start }),
        ConcatNode concat => Layer(LayerKind.Concat, null, concat.Size, concat.Parts.Select(part => _places[part]).ToArray()),

        // A choice is made of the values behind the network.
        ArgMaxNode choice => _places[choice.Input],
        _ => throw new InvalidOperationException($"A {node.GetType().Name} is no layer."),
    };

    private int AddDense(DenseNode dense)
    {
        int inputs = dense.Weight.Length / dense.Size;
        return With(Layer(LayerKind.Dense, dense.Name, dense.Size, _places[dense.Input]), layer => layer with
        {
            UseBias = dense.Bias is not null,
            SharesWith = dense.SharesWith is { } shared ? _places[shared] : null,
            IsFrozen = dense.SharesWith is null && dense.IsFixed,
            Blocks = dense.SharesWith is not null ? new ModelBlock[0] : Blocks(("weight", new[] { dense.Size, inputs }, dense.Weight), ("bias", new[] { dense.Size }, dense.Bias)),
        });
    }

    /// <summary>A normalisation where it is one: with factors above 0 and no term; a formula where it is one for all values; else constants that are subtracted, multiplied by and added.</summary>
    private int AddAffine(AffineNode affine, int index)
    {
        bool isNormalisation = affine.Offset.All(offset => offset == 0) && affine.Scale.All(scale => scale > 1e-3 && scale < 1e3) && affine.Scale.Any(scale => scale != 1);
        if (isNormalisation)
        {
            // The limit of what it computes is its own.
            double[] variance = affine.Scale.Select(scale => 1 / (scale * scale) - ModelLayer.NormalizeEpsilon).ToArray();
            return With(Layer(LayerKind.Normalize, affine.Name, affine.Size, _places[affine.Input]), layer => layer with
            {
                Clip = _readers[index] == 1 && _lastReader.TryGetValue(index, out ModelNode? reader) && reader is ScalarNode clipped ? ModelActivation.Clip(clipped.Formula) : null,
                Blocks = Blocks(("mean", new[] { affine.Size }, affine.Center), ("variance", new[] { affine.Size }, variance)),
            });
        }

        if (Uniform(affine) is { } formula)
        {
            return Activate(affine.Input, ModelActivation.Of(formula));
        }

        int result = _places[affine.Input];
        int By(LayerKind kind, double[] constants) => Layer(kind, null, affine.Size, result, Constant(constants));
        result = affine.Center.All(value => value == 0) ? result : By(LayerKind.Subtract, affine.Center);
        result = affine.Scale.All(value => value == 1) ? result : By(LayerKind.Multiply, affine.Scale);
        return affine.Offset.All(value => value == 0) ? result : By(LayerKind.Add, affine.Offset);
    }

    /// <summary>What is done to each value where that is the same for all, as with the masks of ML-Agents: one formula; null where values differ, or single precision does not have the numbers.</summary>
    private static Scalar? Uniform(AffineNode affine)
    {
        (double center, double scale, double offset) = (affine.Center[0], affine.Scale[0], affine.Offset[0]);
        bool isUniform = affine.Center.All(value => value == center) && affine.Scale.All(value => value == scale) && affine.Offset.All(value => value == offset)
            && new[] { center, scale, offset }.All(value => Math.Abs(value) <= float.MaxValue);
        if (!isUniform)
        {
            return null;
        }

        Scalar result = Scalar.Variable;
        result = center == 0 ? result : Scalar.Apply(ScalarOperator.Subtract, result, Scalar.Number(center));
        result = scale == 1 ? result : Scalar.Apply(ScalarOperator.Multiply, result, Scalar.Number(scale));
        result = offset == 0 ? result : Scalar.Apply(ScalarOperator.Add, result, Scalar.Number(offset));
        return result.IsVariable ? null : result;
    }

    private int AddSoftmax(SoftmaxNode softmax) => softmax.Group == softmax.Size
        ? Activate(softmax.Input, ModelActivation.Softmax(softmax.IsLog))
        : With(Layer(LayerKind.SoftmaxGroups, null, softmax.Size, _places[softmax.Input]), layer => layer with
        {
            Group = softmax.Group,
            Activation = softmax.IsLog ? ModelActivation.Of(Scalar.Apply(ScalarOperator.Log, Scalar.Variable)) : ModelActivation.Identity,
        });

    private int AddLayerNorm(LayerNormNode norm) => With(Layer(LayerKind.LayerNorm, norm.Name, norm.Size, _places[norm.Input]), layer => layer with
    {
        Epsilon = norm.Epsilon,
        UseWeight = norm.Weight is not null,
        UseBias = norm.Bias is not null,
        Blocks = Blocks(("weight", new[] { norm.Size }, norm.Weight), ("bias", new[] { norm.Size }, norm.Bias)),
    });

    private int Constant(double[] values) =>
        With(Layer(LayerKind.Parameter, null, values.Length), layer => layer with { IsFrozen = true, Blocks = Blocks(("value", new[] { values.Length }, values)) });

    /// <summary>Gives the layer before an activation that activation, where nobody else reads it and it has none; else a layer that has nothing but it.</summary>
    private int Activate(int input, ModelActivation activation)
    {
        int place = _places[input];
        ModelLayer layer = _layers[place];
        if (layer.Clip is not null && activation.IsClip)
        {
            return place;
        }

        return _readers[input] != 1 || layer.Kind == LayerKind.Input || !layer.Activation.IsIdentity || layer.SharesWith is not null || _owners.Contains(input)
            ? With(Layer(LayerKind.Concat, null, layer.Size, place), own => own with { Activation = activation })
            : With(place, before => before with { Activation = activation });
    }

    private static LayerKind Pair(ScalarOperator operation) => operation switch
    {
        ScalarOperator.Add => LayerKind.Add,
        ScalarOperator.Subtract => LayerKind.Subtract,
        _ => LayerKind.Multiply,
    };

    private static ModelBlock[] Blocks(params (string Name, int[] Shape, double[]? Values)[] blocks) =>
        blocks.Where(block => block.Values is not null).Select(block => new ModelBlock(block.Name, new ValueList<int>(block.Shape), block.Values!)).ToArray();

    private int Layer(LayerKind kind, string? name, int size, params int[] inputs)
    {
        _layers.Add(new ModelLayer(kind, kind == LayerKind.Input ? name! : _names.Next(name), size, new ValueList<int>(inputs)));
        return _layers.Count - 1;
    }

    private int With(int place, Func<ModelLayer, ModelLayer> changed)
    {
        _layers[place] = changed(_layers[place]);
        return place;
    }
}
