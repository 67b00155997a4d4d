using System.Collections.Generic;
using System.IO;

namespace NetGen.Models.Onnx;

/// <summary>Reads a node (<c>NodeProto</c>).</summary>
internal sealed class OnnxNodeReader
{
    private static readonly Dictionary<string, OnnxAttribute> None = [];

    private readonly int _index;
    private readonly IExternalData? _external;
    private readonly List<string> _inputs = [];
    private readonly List<string> _outputs = [];
    private Dictionary<string, OnnxAttribute>? _attributes;
    private string _name = "";
    private string _operator = "";
    private string _domain = "";

    private OnnxNodeReader(int index, IExternalData? external)
    {
        _index = index;
        _external = external;
    }

    private OnnxNode Node => new(_index, _name, _operator, OnnxText.Domain(_domain), _inputs, _outputs, _attributes ?? None);

    /// <summary>Reads a node.</summary>
    /// <param name="message">Its message.</param>
    /// <param name="index">Its place in the file.</param>
    /// <param name="external">The files beside the model; null if there are none.</param>
    /// <exception cref="InvalidDataException">It is damaged, has no operator, or has an attribute twice.</exception>
    public static OnnxNode Read(ProtobufReader message, int index, IExternalData? external)
    {
        message.Budget.Take(300);
        var reader = new OnnxNodeReader(index, external);
        try
        {
            reader.ReadFields(message);
            return reader._operator.Length > 0 ? reader.Node : throw new InvalidDataException("it has no operator");
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{(reader._operator.Length > 0 ? reader.Node : $"node {index}")}: {error.Message}");
        }
    }

    private void ReadFields(ProtobufReader reader)
    {
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    Add(_inputs, ref reader);
                    break;
                case 2:
                    Add(_outputs, ref reader);
                    break;
                case 3:
                    _name = reader.Text();
                    break;
                case 4:
                    _operator = reader.Text();
                    break;
                case 5:
                    AddAttribute(OnnxAttributeReader.Read(reader.Message("an attribute"), _external));
                    break;
                case 7:
                    _domain = reader.Text();
                    break;
                case 8 when reader.Text() is { Length: > 0 } overload:
                    throw new InvalidDataException($"it has the overload '{FileText.Short(overload)}', which only functions have");
                case 8:
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private static void Add(List<string> names, ref ProtobufReader reader)
    {
        // The list has up to twice the room that it needs, after another one with half of it.
        reader.Budget.Take(32);
        names.Add(reader.Text());
    }

    private void AddAttribute(OnnxAttribute attribute)
    {
        _attributes ??= [];
        if (_attributes.ContainsKey(attribute.Name))
        {
            throw new InvalidDataException($"it has the attribute '{FileText.Short(attribute.Name)}' twice");
        }

        _attributes.Add(attribute.Name, attribute);
    }
}
