using System.Collections.Generic;
using System.IO;

namespace NetGen.Models.Onnx;

/// <summary>Reads what a model computes (<c>GraphProto</c>). That each value has one name of its own is checked here, what nodes mean is not.</summary>
internal sealed class OnnxGraphReader
{
    private readonly List<OnnxNode> _nodes = [];
    private readonly Dictionary<string, OnnxTensor> _initializers = [];
    private readonly List<OnnxValue> _inputs = [];
    private readonly List<OnnxValue> _outputs = [];
    private string _name = "";

    /// <summary>Reads a graph.</summary>
    /// <param name="message">Its message.</param>
    /// <param name="external">The files beside the model; null if there are none.</param>
    /// <exception cref="InvalidDataException">It is damaged, or two values have one name.</exception>
    public static OnnxGraph Read(ProtobufReader message, IExternalData? external)
    {
        var reader = new OnnxGraphReader();
        reader.ReadFields(message, external);
        reader.CheckNames(message.Budget);
        return new(reader._name, reader._nodes, reader._initializers, reader._inputs, reader._outputs);
    }

    private void ReadFields(ProtobufReader reader, IExternalData? external)
    {
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    _nodes.Add(OnnxNodeReader.Read(reader.Message("a node"), _nodes.Count, external));
                    break;
                case 2:
                    _name = reader.Text();
                    break;
                case 5:
                    AddInitializer(OnnxTensorReader.Read(reader.Message("a tensor"), external));
                    break;
                case 11:
                    _inputs.Add(OnnxValueReader.Read(reader.Message("an input of the graph")));
                    break;
                case 12:
                    _outputs.Add(OnnxValueReader.Read(reader.Message("an output of the graph")));
                    break;
                case 15:
                    throw new InvalidDataException("its graph has sparse tensors (sparse_initializer), which NetGen does not read");
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private void AddInitializer(OnnxTensor tensor)
    {
        if (tensor.Name.Length == 0)
        {
            throw new InvalidDataException("a constant (initializer) has no name");
        }

        if (_initializers.ContainsKey(tensor.Name))
        {
            throw new InvalidDataException($"two constants (initializer) have the name '{FileText.Short(tensor.Name)}'");
        }

        _initializers.Add(tensor.Name, tensor);
    }

    private void CheckNames(MemoryBudget budget)
    {
        CheckDifferent(_outputs, "outputs", budget);
        HashSet<string> known = CheckDifferent(_inputs, "inputs", budget);
        foreach (OnnxNode node in _nodes)
        {
            foreach (string output in node.Outputs)
            {
                budget.Take(64);
                if (output.Length > 0 && (_initializers.ContainsKey(output) || !known.Add(output)))
                {
                    throw new InvalidDataException(
                        $"{node} computes '{FileText.Short(output)}', which is also the name of a constant, an input or an output of another node");
                }
            }
        }
    }

    private static HashSet<string> CheckDifferent(List<OnnxValue> values, string what, MemoryBudget budget)
    {
        HashSet<string> names = [];
        foreach (OnnxValue value in values)
        {
            budget.Take(64);
            if (!names.Add(value.Name))
            {
                throw new InvalidDataException($"two {what} of its graph have the name '{FileText.Short(value.Name)}'");
            }
        }

        return names;
    }
}
