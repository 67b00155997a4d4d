using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Generator.Formulas.Activations;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;
using NetGen.Models.Graphs;

namespace NetGen.Generator.Importing;

/// <summary>A model as a network: its graph, and the values of all blocks in the order of the layers.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Blocks">The values.</param>
/// <param name="Choices">The outputs that are whole numbers.</param>
internal sealed record ModelNetwork(NetworkGraph Graph, IReadOnlyList<double[]> Blocks, IReadOnlyList<ChosenOutput> Choices)
{
    /// <summary>Makes a network of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inputName">The name of an input here, by its name in the file.</param>
    /// <param name="outputName">The same of an output.</param>
    public static ModelNetwork Of(ModelGraph model, Func<string, string> inputName, Func<string, string> outputName) => new Builder(model, inputName, outputName).Build();

    private sealed class Builder
    {
        private readonly ModelGraph _model;
        private readonly Func<string, string> _inputName;
        private readonly Func<string, string> _outputName;
        private readonly List<GraphNode> _nodes = new();
        private readonly List<double[]> _blocks = new();
        private readonly int[] _places;
        private readonly int[] _readers;
        private readonly LayerNames _names = new();

        public Builder(ModelGraph model, Func<string, string> inputName, Func<string, string> outputName)
        {
            _model = model;
            _inputName = inputName;
            _outputName = outputName;
            _places = new int[model.Nodes.Count];
            _readers = new int[model.Nodes.Count];
            foreach (int read in model.Nodes.SelectMany(node => node.Inputs).Concat(model.Outputs.Select(output => output.Node)))
            {
                _readers[read]++;
            }
        }

        public ModelNetwork Build()
        {
            for (int index = 0; index < _model.Nodes.Count; index++)
            {
                _places[index] = Add(_model.Nodes[index], index);
            }

            var outputs = new List<GraphOutput>();
            var choices = new List<ChosenOutput>();
            foreach (ModelOutput output in _model.Outputs)
            {
                if (_model.Nodes[output.Node] is ArgMaxNode choice)
                {
                    choices.Add(new ChosenOutput(outputs.Count, choice.Group));
                }

                outputs.Add(new GraphOutput(_outputName(output.Name), _places[output.Node], new LossSpec(LossSpec.None)));
            }

            return new ModelNetwork(
                OutputNodes.Apart(new NetworkGraph(new EquatableArray<GraphNode>(_nodes), new EquatableArray<GraphOutput>(outputs))), _blocks, choices);
        }

        private int Add(ModelNode node, int index) => node switch
        {
            InputNode input => Node(_inputName(input.InputName), new Input(input.Size)),
            ConstantNode constant => Constant(constant.Values),
            DenseNode dense => AddDense(dense),
            AffineNode affine => AddAffine(affine, index),
            ScalarNode scalar => Activate(scalar.Input, ModelFormulas.Activation(scalar.Formula)) ?? Node(null, WithActivation(new Concat(1), ModelFormulas.Activation(scalar.Formula)), _places[scalar.Input]),
            SoftmaxNode softmax => AddSoftmax(softmax),
            LayerNormNode norm => AddLayerNorm(norm),
            PairNode pair => Node(null, Pair(pair.Operator), _places[pair.Left], _places[pair.Right]),
            SliceNode slice => Node(null, new Slice(slice.Start, slice.Size), _places[slice.Input]),
            ConcatNode concat => Node(null, new Concat(concat.Parts.Count), concat.Parts.Select(part => _places[part]).ToArray()),

            // A choice is made of the values behind the network.
            ArgMaxNode choice => _places[choice.Input],
            _ => throw new InvalidOperationException($"A {node.GetType().Name} is no layer."),
        };

        private int AddDense(DenseNode dense)
        {
            int node = Node(dense.Name, new Dense(dense.Size, nameof(Identity), dense.Bias is not null), _places[dense.Input]);
            if (dense.SharesWith is { } shared)
            {
                _nodes[node] = _nodes[node] with { SharesWith = _places[shared] };
                return node;
            }

            _nodes[node] = _nodes[node] with { IsFrozen = dense.IsFixed };
            _blocks.AddRange(dense.Constants);
            return node;
        }

        /// <summary>A normalisation where it is one: with factors above 0 and no term; else constants that are subtracted, multiplied by and added.</summary>
        private int AddAffine(AffineNode affine, int index)
        {
            bool isNormalisation = affine.Offset.All(offset => offset == 0) && affine.Scale.All(scale => scale > 1e-3 && scale < 1e3) && affine.Scale.Any(scale => scale != 1);
            if (isNormalisation)
            {
                // The limit of what it computes is its own.
                int[] readers = Enumerable.Range(0, _model.Nodes.Count).Where(reader => _model.Nodes[reader].Inputs.Contains(index)).ToArray();
                double? clip = _readers[index] == 1 && readers.Length == 1 && _model.Nodes[readers[0]] is ScalarNode clipped ? ModelFormulas.Clip(clipped.Formula) : null;
                var normalize = new Normalize(clip);
                int node = Node(affine.Name, normalize, _places[affine.Input]);
                _blocks.Add(affine.Center);
                _blocks.Add(affine.Scale.Select(scale => 1 / (scale * scale) - normalize.Epsilon).ToArray());
                return node;
            }

            int result = _places[affine.Input];
            int With(double[] constants, LayerSpec layer) => Node(null, layer, result, Constant(constants));
            result = affine.Center.All(value => value == 0) ? result : With(affine.Center, new Subtract());
            result = affine.Scale.All(value => value == 1) ? result : With(affine.Scale, new Multiply());
            return affine.Offset.All(value => value == 0) ? result : With(affine.Offset, new Add());
        }

        private int AddSoftmax(SoftmaxNode softmax)
        {
            if (softmax.Group == softmax.Size)
            {
                var whole = new ModelActivation(softmax.IsLog ? nameof(LogSoftmax) : nameof(Softmax), null, null);
                return Activate(softmax.Input, whole) ?? Node(null, WithActivation(new Concat(1), whole), _places[softmax.Input]);
            }

            SoftmaxGroups groups = new(softmax.Group);
            return Node(null, softmax.IsLog ? WithActivation(groups, ModelFormulas.Activation(Scalar.Apply(ScalarOperator.Log, Scalar.Variable))) : groups, _places[softmax.Input]);
        }

        private int AddLayerNorm(LayerNormNode norm)
        {
            _blocks.AddRange(norm.Constants);
            return Node(norm.Name, new LayerNorm(norm.Epsilon, norm.Weight is not null, norm.Bias is not null), _places[norm.Input]);
        }

        private int Constant(double[] values)
        {
            _blocks.Add(values);
            int node = Node(null, new Parameter(values.Length));
            _nodes[node] = _nodes[node] with { IsFrozen = true };
            return node;
        }

        /// <summary>Gives the layer before an activation that activation, where nobody else reads it and it has none.</summary>
        private int? Activate(int input, ModelActivation activation)
        {
            int place = _places[input];
            GraphNode node = _nodes[place];
            if (_readers[input] != 1 || node.Layer.IsInput || node.Layer.Activation != nameof(Identity) || IsShared(place))
            {
                return node.Layer is Normalize { Clip: not null } && activation.IsClip ? place : null;
            }

            if (node.Layer is Normalize { Clip: not null } && activation.IsClip)
            {
                return place;
            }

            _nodes[place] = node with { Layer = WithActivation(node.Layer, activation) };
            return place;
        }

        private bool IsShared(int place) => _nodes[place].SharesWith is not null || _nodes.Any(node => node.SharesWith == place) || _model.Nodes.OfType<DenseNode>().Any(dense => dense.SharesWith is { } shared && _places[shared] == place);

        private static LayerSpec WithActivation(LayerSpec layer, ModelActivation activation) => layer with { Activation = activation.Name, Alpha = activation.Alpha, Own = activation.Own };

        private static LayerSpec Pair(ScalarOperator operation) => operation switch
        {
            ScalarOperator.Add => new Add(),
            ScalarOperator.Subtract => new Subtract(),
            _ => new Multiply(),
        };

        private int Node(string? name, LayerSpec layer, params int[] inputs)
        {
            _nodes.Add(new GraphNode(layer.IsInput ? name! : _names.Next(name), layer, EquatableArray<int>.Of(inputs)));
            return _nodes.Count - 1;
        }
    }

    /// <summary>Names of layers: those of their weights in the file, without what says that they are weights, and else their numbers.</summary>
    private sealed class LayerNames
    {
        private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
        private int _count;

        public string Next(string? fileName)
        {
            string number = NetworkGraph.LayerName(_count++);
            string name = Clean(fileName ?? "");
            bool fits = name.Length is > 0 and <= 100 && name.Any(char.IsLetter) && !_taken.Any(taken => IsInside(taken, name) || IsInside(name, taken));
            name = fits ? name : number;
            while (!_taken.Add(name))
            {
                name += "_";
            }

            return name;
        }

        private static bool IsInside(string one, string other) => one == other || other.StartsWith(one + ".", StringComparison.Ordinal);

        private static string Clean(string name)
        {
            foreach (string end in new[] { ".weight", "/MatMul/ReadVariableOp:0", "/ReadVariableOp:0", "/kernel:0", "/kernel", ".kernel", "_W", ".W" })
            {
                if (name.EndsWith(end, StringComparison.Ordinal))
                {
                    name = name.Substring(0, name.Length - end.Length);
                    break;
                }
            }

            return string.Concat(name.Select(character => character is '/' or ':' ? '.' : char.IsLetterOrDigit(character) || character is '_' or '.' or '-' ? character : '_')).Trim('.');
        }
    }
}
