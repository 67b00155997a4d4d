using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Models.Graphs;
using NetGen.Models.Onnx;

namespace NetGen.Models.Importing;

/// <summary>What is wanted of a model.</summary>
/// <param name="Outputs">The names of the outputs; null for all that are computed from the inputs.</param>
/// <param name="IsDeterministic">Noise is left out: of a random number its mean is taken, and of a choice the likeliest.</param>
/// <param name="KeepsNormalisation">A normalisation of the input stays one, also where it would fit into the weights behind it.</param>
internal sealed record ImportOptions(IReadOnlyList<string>? Outputs = null, bool IsDeterministic = false, bool KeepsNormalisation = false);

/// <summary>A model that was read.</summary>
/// <param name="Graph">What it computes.</param>
/// <param name="Remarks">What is good to know: outputs that are left out, noise that was dropped.</param>
internal sealed record ImportedModel(ModelGraph Graph, IReadOnlyList<string> Remarks);

/// <summary>
/// Brings a model of ONNX to the one form of all models: the nodes that the wanted outputs need, in order; each gives tensors of numbers that are known, or of places
/// in nodes of the graph.
/// </summary>
internal sealed class OnnxImporter
{
    /// <summary>Most nodes that one message names.</summary>
    private const int MostFailures = 5;

    private readonly OnnxModel _model;
    private readonly ImportOptions _options;
    private readonly bool _hasBatch;
    private readonly GraphBuilder _builder = new();
    private readonly Dictionary<string, OnnxNode> _makers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxValue> _inputs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tensor> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Failure> _failed = new(StringComparer.Ordinal);
    private readonly OnnxOperators _operators;

    private OnnxImporter(OnnxModel model, ImportOptions options, bool hasBatch)
    {
        _model = model;
        _options = options;
        _hasBatch = hasBatch;
        _operators = new OnnxOperators(_builder, model.Opsets, options.IsDeterministic);
        foreach (OnnxValue input in model.Graph.TrueInputs)
        {
            _inputs[input.Name] = input;
        }

        foreach (OnnxNode node in model.Graph.Nodes)
        {
            foreach (string output in node.Outputs.Where(output => output.Length > 0))
            {
                if (_makers.ContainsKey(output) || _inputs.ContainsKey(output))
                {
                    throw new InvalidDataException($"{node} computes '{output}', which is there already");
                }

                _makers.Add(output, node);
            }
        }
    }

    /// <summary>Reads a model.</summary>
    /// <exception cref="InvalidDataException">An output is not there, or needs a node that cannot be read.</exception>
    public static ImportedModel Import(OnnxModel model, ImportOptions options)
    {
        // The first dimension is the batch in nearly all files. Where it is a number, the file may also be of one sample without a batch.
        try
        {
            return new OnnxImporter(model, options, hasBatch: true).Import();
        }
        catch (InvalidDataException) when (model.Graph.TrueInputs.All(input => input.Shape is { Count: > 0 } shape && shape[0].Size is not null))
        {
            ImportedModel? whole = null;
            try
            {
                whole = new OnnxImporter(model, options, hasBatch: false).Import();
            }
            catch (InvalidDataException)
            {
                // What is wrong with it read the usual way says more.
            }

            if (whole is null)
            {
                throw;
            }

            return whole;
        }
    }

    private ImportedModel Import()
    {
        IReadOnlyList<string> wanted = _options.Outputs ?? _model.Graph.Outputs.Select(output => output.Name).ToArray();
        var outputs = new List<ModelOutput>();
        var remarks = new List<string>();
        var failures = new List<Failure>();
        var nodes = new Dictionary<int, string>();
        foreach (string name in wanted)
        {
            if (_model.Graph.Outputs.All(output => output.Name != name) && !_makers.ContainsKey(name))
            {
                throw new InvalidDataException($"it has no output '{name}'; it has {Names(_model.Graph.Outputs.Select(output => output.Name))}");
            }

            if (_options.Outputs is null && !_makers.ContainsKey(name) && !_inputs.ContainsKey(name) && !_model.Graph.Initializers.ContainsKey(name))
            {
                remarks.Add($"The output '{name}' is left out: no node computes it.");
                continue;
            }

            Read(name);
            if (_failed.TryGetValue(name, out Failure failure))
            {
                failures.Add(failure);
                continue;
            }

            Tensor tensor = _values[name];
            if (_options.Outputs is null && Omitted(name, tensor) is { } remark)
            {
                remarks.Add(remark);
                continue;
            }

            Output(name, tensor, outputs, nodes, remarks);
        }

        Check(outputs, failures, remarks);
        return new ImportedModel(Simplifier.Simplify(new ModelGraph(_builder.Nodes, outputs), _inputs.Keys.ToList(), _options.KeepsNormalisation), remarks.Concat(_operators.Remarks).ToArray());
    }

    /// <summary>Says what is wrong, if anything is.</summary>
    private void Check(List<ModelOutput> outputs, List<Failure> failures, List<string> remarks)
    {
        // An output with noise may stand beside one without it.
        List<Failure> fatal = failures.Where(failure => !failure.IsRandom || _options.Outputs is not null || outputs.Count == 0).Distinct().ToList();
        if (fatal.Count > 0)
        {
            string others = outputs.Count == 0 ? "" : $" Outputs that do not need it: {Names(outputs.Select(output => output.Name))}.";
            string more = fatal.Count > MostFailures ? $" ({fatal.Count - MostFailures} more nodes are not read.)" : "";
            throw new InvalidDataException(string.Join(" ", fatal.Take(MostFailures).Select(failure => failure.Message)) + more + others);
        }

        if (outputs.Count == 0)
        {
            throw new InvalidDataException("none of its outputs is computed from an input" + (remarks.Count == 0 ? "" : ". " + string.Join(" ", remarks)));
        }

        foreach (string name in _model.Graph.Outputs.Select(output => output.Name).Where(name => _failed.TryGetValue(name, out Failure failure) && failure.IsRandom))
        {
            remarks.Add($"The output '{name}' is left out: it is random. With Deterministic = true it is read without the noise.");
        }
    }

    /// <summary>Why an output is none that anybody would ask for, or null.</summary>
    private string? Omitted(string name, Tensor tensor)
    {
        if (tensor.IsKnown)
        {
            return tensor.Count is > 0 and <= 8 && tensor.Values is { } values
                ? $"The output '{name}' is left out: it is always {string.Join(", ", values.Select(value => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))}."
                : $"The output '{name}' is left out: it is constant.";
        }

        return tensor.Count > 0 && _builder.Nodes[_builder.Node(tensor)] is InputNode ? $"The output '{name}' is left out: it is an input that is passed through." : null;
    }

    private void Output(string name, Tensor tensor, List<ModelOutput> outputs, Dictionary<int, string> nodes, List<string> remarks)
    {
        if (tensor.Count == 0)
        {
            remarks.Add($"The output '{name}' is left out: it has no values.");
            return;
        }

        int node = _builder.Node(tensor);
        if (nodes.TryGetValue(node, out string? same))
        {
            remarks.Add($"The output '{name}' is left out: it is the same as '{same}'.");
            return;
        }

        nodes.Add(node, name);
        outputs.Add(new ModelOutput(name, node, tensor.IsInteger));
    }

    /// <summary>Computes a value and all that it needs, without recursion: files are deeper than stacks.</summary>
    private void Read(string name)
    {
        var waiting = new Stack<(string Name, bool IsSecond)>();
        var open = new HashSet<string>(StringComparer.Ordinal);
        waiting.Push((name, false));
        while (waiting.Count > 0)
        {
            (string next, bool isSecond) = waiting.Pop();
            if (_values.ContainsKey(next) || _failed.ContainsKey(next))
            {
                continue;
            }

            if (!_makers.TryGetValue(next, out OnnxNode? node))
            {
                ReadSource(next);
                continue;
            }

            if (isSecond)
            {
                open.Remove(next);
                Compute(node);
                continue;
            }

            if (!open.Add(next))
            {
                throw new InvalidDataException($"{node} needs its own output '{next}'");
            }

            waiting.Push((next, true));
            foreach (string input in node.Inputs.Where(input => input.Length > 0))
            {
                waiting.Push((input, false));
            }
        }
    }

    private void ReadSource(string name)
    {
        try
        {
            if (_model.Graph.Initializers.TryGetValue(name, out OnnxTensor? constant))
            {
                _values.Add(name, OnnxOperators.Constant(constant));
            }
            else if (_inputs.TryGetValue(name, out OnnxValue? input))
            {
                _values.Add(name, Input(input));
            }
            else
            {
                _failed.Add(name, new Failure($"The value '{name}' is neither an input, nor a constant, nor computed by a node.", IsRandom: false));
            }
        }
        catch (ImportException exception)
        {
            _failed.Add(name, new Failure($"The input '{name}' is not supported: {exception.Message}.", IsRandom: false));
        }
    }

    private Tensor Input(OnnxValue input)
    {
        if (!OnnxEncoding.IsReal(input.Type))
        {
            throw new ImportException($"it has numbers of type {input.Type}; floating-point numbers are read");
        }

        if (input.Shape is not { Count: > 0 } shape)
        {
            throw new ImportException("the file does not say which dimensions it has; export the model with an example input");
        }

        var dimensions = new Dimension[shape.Count];
        for (int axis = 0; axis < shape.Count; axis++)
        {
            // A single dimension is the sample's where it is a number, and the batch's where it is free.
            bool isBatch = axis == 0 && (shape.Count > 1 ? _hasBatch || shape[0].Size is null : shape[0].Size is null);
            dimensions[axis] = isBatch ? Dimension.Batch
                : shape[axis].Size is { } size and > 0 and <= Dimension.MostElements ? new Dimension((int)size)
                : throw new ImportException(shape[axis].Size is { } wrong
                    ? $"its dimension {axis} is {wrong}"
                    : $"its dimension {axis}{(shape[axis].Name.Length > 0 ? $" ('{shape[axis].Name}')" : "")} is free; only the first may be, which is the batch: export the model with a fixed size");
        }

        Dimension.CheckCount(dimensions);
        int node = _builder.Add(new InputNode(input.Name, Dimension.Product(dimensions)));
        return Tensor.All(dimensions, node);
    }

    private void Compute(OnnxNode node)
    {
        Failure? failure = node.Inputs.Where(input => input.Length > 0).Select(input => _failed.TryGetValue(input, out Failure found) ? found : (Failure?)null).FirstOrDefault(found => found is not null);
        if (failure is null)
        {
            try
            {
                Tensor[] results = _operators.Read(node, node.Inputs.Select(input => input.Length > 0 ? _values[input] : null).ToArray());
                for (int index = 0; index < Math.Min(results.Length, node.Outputs.Count); index++)
                {
                    if (node.Outputs[index].Length > 0)
                    {
                        _values.Add(node.Outputs[index], results[index]);
                    }
                }

                failure = new Failure($"{Begin(node)} is not supported: only its first {results.Length} outputs are read.", IsRandom: false);
            }
            catch (ImportException exception)
            {
                failure = new Failure($"{Begin(node)} is not supported: {exception.Message}.", OnnxOperators.IsRandom(node));
            }
        }

        foreach (string output in node.Outputs.Where(output => output.Length > 0 && !_values.ContainsKey(output)))
        {
            _failed.Add(output, failure.Value);
        }
    }

    private static string Begin(OnnxNode node)
    {
        string text = node.ToString();
        return char.ToUpperInvariant(text[0]) + text.Substring(1);
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    /// <summary>Why a value is not there.</summary>
    /// <param name="Message">A sentence.</param>
    /// <param name="IsRandom">It is random.</param>
    private readonly record struct Failure(string Message, bool IsRandom);
}
