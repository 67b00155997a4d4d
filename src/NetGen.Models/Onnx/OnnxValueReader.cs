using System.Collections.Generic;
using System.IO;

namespace NetGen.Models.Onnx;

/// <summary>Reads an input or an output of a graph (<c>ValueInfoProto</c>).</summary>
internal static class OnnxValueReader
{
    /// <summary>Reads one.</summary>
    /// <param name="reader">Its message.</param>
    /// <exception cref="InvalidDataException">It is damaged, has no name, or numbers of a type that does not exist.</exception>
    public static OnnxValue Read(ProtobufReader reader)
    {
        reader.Budget.Take(200);
        string name = "";
        long type = 0;
        List<OnnxDimension>? shape = null;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Text();
                    break;
                case 2:
                    ReadType(reader.Message("the type of a value"), ref type, ref shape);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (name.Length == 0)
        {
            throw new InvalidDataException("an input or an output of the graph has no name");
        }

        return type is >= 0 and <= OnnxTensorReader.LastType
            ? new(name, (OnnxType)type, shape)
            : throw new InvalidDataException($"the value '{FileText.Short(name)}' has the unknown type {type}");
    }

    /// <summary>Reads a type (<c>TypeProto</c>), of which only that of tensors is of interest.</summary>
    private static void ReadType(ProtobufReader reader, ref long type, ref List<OnnxDimension>? shape)
    {
        while (reader.Next(1))
        {
            ProtobufReader tensor = reader.Message("the type of a tensor");
            while (tensor.Next())
            {
                switch (tensor.Field)
                {
                    case 1:
                        type = tensor.Integer();
                        break;
                    case 2:
                        shape = ReadShape(tensor.Message("a shape"));
                        break;
                    default:
                        tensor.Skip();
                        break;
                }
            }
        }
    }

    private static List<OnnxDimension> ReadShape(ProtobufReader reader)
    {
        reader.Budget.Take(32);
        List<OnnxDimension> shape = [];
        while (reader.Next(1))
        {
            reader.Budget.Take(72);
            shape.Add(ReadDimension(reader.Message("a dimension")));
        }

        return shape;
    }

    private static OnnxDimension ReadDimension(ProtobufReader reader)
    {
        long? size = null;
        string name = "";
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    size = reader.Integer();
                    break;
                case 2:
                    name = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(size < 0 ? null : size, name);
    }
}
