using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;
using NetGen.Models.Onnx;

namespace NetGen.Models.Importing;

/// <summary>
/// The operators of ONNX that are read (https://onnx.ai/onnx/operators), in all versions in which real files have them. Each takes the tensors that a node reads, null for one that is left out,
/// and gives those that it computes.
/// </summary>
internal sealed partial class OnnxOperators
{
    /// <summary>The version of the operators where a file does not say it.</summary>
    private const int OldestOpset = 1;

    private readonly GraphBuilder _builder;
    private readonly int _opset;
    private readonly bool _isDeterministic;
    private readonly HashSet<string> _remarks = new();
    private readonly Dictionary<string, Func<NodeReader, Tensor>> _known;

    /// <summary>Prepares the operators of a model.</summary>
    /// <param name="builder">Receives the nodes.</param>
    /// <param name="opsets">The versions that the model asks for.</param>
    /// <param name="isDeterministic">Noise is left out.</param>
    public OnnxOperators(GraphBuilder builder, IReadOnlyDictionary<string, long> opsets, bool isDeterministic)
    {
        _builder = builder;
        _opset = opsets.TryGetValue("", out long opset) ? (int)Math.Min(opset, int.MaxValue) : OldestOpset;
        _isDeterministic = isDeterministic;
        _known = new Dictionary<string, Func<NodeReader, Tensor>>(StringComparer.Ordinal);
        AddViews();
        AddShapes();
        AddArithmetic();
        AddProducts();
        AddNormalisations();
    }

    /// <summary>The operators that are read, those that are random apart.</summary>
    public IEnumerable<string> Names => _known.Keys.Append("Split");

    /// <summary>What was left out of nodes that are read.</summary>
    public IEnumerable<string> Remarks => _remarks;

    /// <summary>Whether a node gives other results each time.</summary>
    public static bool IsRandom(OnnxNode node) => node.Domain.Length == 0 && (node.Operator.StartsWith("Random", StringComparison.Ordinal) || node.Operator is "Multinomial" or "Bernoulli");

    /// <summary>A constant of the file.</summary>
    public static Tensor Constant(OnnxTensor tensor)
    {
        Dimension[] dimensions = tensor.Dimensions.Select(size => new Dimension(size)).ToArray();
        return Tensor.Known(dimensions, tensor.ToDoubles(), isInteger: !OnnxEncoding.IsReal(tensor.Type));
    }

    /// <summary>Reads a node.</summary>
    /// <exception cref="ImportException">It cannot be read.</exception>
    public Tensor[] Read(OnnxNode node, IReadOnlyList<Tensor?> inputs)
    {
        if (node.Domain.Length > 0 && node.Domain != "ai.onnx")
        {
            throw new ImportException($"it is an operator of '{node.Domain}'; those of ONNX itself are read");
        }

        var reader = new NodeReader(node, inputs);
        if (node.Operator == "Split")
        {
            return Split(reader);
        }

        if (IsRandom(node))
        {
            return new[] { Random(reader) };
        }

        return _known.TryGetValue(node.Operator, out Func<NodeReader, Tensor>? read)
            ? new[] { read(reader) }
            : throw new ImportException(Advice(node.Operator));
    }

    private static string Advice(string operation) => operation switch
    {
        "LSTM" or "GRU" or "RNN" => "a recurrent layer keeps a state from call to call, and a network here has none",
        "MaxPool" or "AveragePool" or "GlobalAveragePool" or "GlobalMaxPool" or "ConvTranspose" => "networks here are of dense layers, without convolutions over images",
        "If" or "Loop" or "Scan" => "control flow is not read; export the model by tracing it, with torch.onnx.export and an example input",
        "QuantizeLinear" or "DequantizeLinear" or "QLinearMatMul" or "MatMulInteger" or "DynamicQuantizeLinear" => "the model is quantised; export it before it is quantised",
        _ => "this operator is not known here",
    };

    /// <summary>Noise: its mean, or the likeliest choice.</summary>
    private Tensor Random(NodeReader node)
    {
        if (!_isDeterministic)
        {
            throw new ImportException("it is random; with Deterministic = true its mean is taken, or the likeliest choice");
        }

        _remarks.Add(node.Node.Operator == "Multinomial"
            ? $"Without noise: {node.Node} gives the likeliest choice."
            : $"Without noise: {node.Node} gives its mean.");
        if (node.Node.Operator == "Multinomial")
        {
            Tensor logits = node.Tensor(0);
            return node.Integer("sample_size", 1) == 1
                ? _builder.ArgMax(logits).In(logits.Dimensions.Take(logits.Rank - 1).Concat(new[] { new Dimension(1) }).ToArray())
                : throw new ImportException("it draws several samples; one is read");
        }

        double mean = node.Node.Operator switch
        {
            "RandomNormal" or "RandomNormalLike" => node.Real("mean", 0),
            "RandomUniform" or "RandomUniformLike" => (node.Real("low", 0) + node.Real("high", 1)) / 2,
            _ => throw new ImportException("what it gives without noise is not known"),
        };
        IReadOnlyList<Dimension> dimensions = node.Count > 0 ? node.Tensor(0).Dimensions : node.Integers("shape").Select(size => new Dimension(checked((int)Math.Min(size, int.MaxValue)))).ToArray();
        return Filled(dimensions, mean, isInteger: false);
    }

    private static Tensor Filled(IReadOnlyList<Dimension> dimensions, double value, bool isInteger)
    {
        Dimension.CheckCount(dimensions);
        return Tensor.Known(dimensions, AffineNode.Same(Dimension.Product(dimensions), value), isInteger);
    }
}
