using System.Collections.Generic;
using System.IO;

namespace NetGen.Models.Onnx;

/// <summary>Reads an attribute (<c>AttributeProto</c>).</summary>
internal sealed class OnnxAttributeReader
{
    private const int NameField = 1;
    private const int TypeField = 20;
    private const int ReferenceField = 21;

    private const int Float = 2;
    private const int Integer = 3;
    private const int Text = 4;
    private const int Tensor = 5;
    private const int Graph = 6;
    private const int Floats = 7;
    private const int Integers = 8;
    private const int Texts = 9;
    private const int Tensors = 10;
    private const int Graphs = 11;
    private const int SparseTensor = 22;
    private const int SparseTensors = 23;
    private const int ValueType = 14;
    private const int ValueTypes = 15;

    /// <summary>The field of the value, by the number of the type (<c>AttributeType</c>).</summary>
    private static readonly int[] FieldByType =
        [0, Float, Integer, Text, Tensor, Graph, Floats, Integers, Texts, Tensors, Graphs, SparseTensor, SparseTensors, ValueType, ValueTypes];

    private readonly ProtobufReader _message;
    private readonly List<string> _texts = [];
    private string _name = "";
    private long _type;
    private int _field;
    private float _float;
    private long _integer;
    private string _text = "";
    private OnnxTensor? _tensor;
    private int _count;

    private OnnxAttributeReader(ProtobufReader message)
    {
        _message = message;
    }

    /// <summary>Reads an attribute.</summary>
    /// <param name="message">Its message.</param>
    /// <param name="external">The files beside the model; null if there are none.</param>
    /// <exception cref="InvalidDataException">It is damaged, has several values, or one of another type than it says.</exception>
    public static OnnxAttribute Read(ProtobufReader message, IExternalData? external)
    {
        message.Budget.Take(400);
        var reader = new OnnxAttributeReader(message);
        try
        {
            reader.ReadFields(external);
            return reader.Check();
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"attribute '{FileText.Short(reader._name)}': {error.Message}");
        }
    }

    private void ReadFields(IExternalData? external)
    {
        ProtobufReader reader = _message;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case NameField:
                    _name = reader.Text();
                    break;
                case TypeField:
                    _type = reader.Integer();
                    break;
                case ReferenceField:
                    throw new InvalidDataException($"it stands for the parameter '{FileText.Short(reader.Text())}' of a function, and the node is in none");
                case (>= Float and <= Graphs) or ValueType or ValueTypes or SparseTensor or SparseTensors:
                    ReadValue(ref reader, external);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private void ReadValue(ref ProtobufReader reader, IExternalData? external)
    {
        if (_field != 0 && _field != reader.Field)
        {
            throw new InvalidDataException($"it has two values, in the fields {_field} and {reader.Field}");
        }

        _field = reader.Field;
        switch (_field)
        {
            case Float:
                _float = reader.Float();
                break;
            case Integer:
                _integer = reader.Integer();
                break;
            case Text:
                _text = reader.Text();
                break;
            case Tensor when _tensor is null:
                _tensor = OnnxTensorReader.Read(reader.Message("a tensor"), external);
                break;
            case Tensor:
                throw new InvalidDataException("it has two tensors");
            case Floats:
                _count += reader.Fixed(sizeof(float)).Length / sizeof(float);
                break;
            case Integers:
                reader.Integers(null, ref _count);
                break;
            case Texts:
                reader.Budget.Take(sizeof(long));
                _texts.Add(reader.Text());
                break;
            default:
                // Whatever is not read is a message, and so are graphs, however deep others lie in them.
                reader.Range();
                break;
        }
    }

    private OnnxAttribute Check()
    {
        if (_name.Length == 0)
        {
            throw new InvalidDataException("it has no name");
        }

        if (_type < 0 || _type >= FieldByType.Length)
        {
            throw new InvalidDataException($"it has the unknown type {_type}");
        }

        // A number of 0 and a list of nothing may be left out.
        int field = _field != 0 ? _field : FieldByType[_type];
        if (field == 0)
        {
            return new OnnxAttribute(_name) { Float = 0, Integer = 0, Text = "", Floats = [], Integers = [], Texts = [] };
        }

        if (_type != 0 && FieldByType[_type] != field)
        {
            throw new InvalidDataException($"it has the type {_type}, and its value in the field {field} instead of {FieldByType[_type]}");
        }

        return new OnnxAttribute(_name)
        {
            Float = field == Float ? _float : null,
            Integer = field == Integer ? _integer : null,
            Text = field == Text ? _text : null,
            Tensor = field == Tensor ? _tensor ?? throw new InvalidDataException("it has no tensor") : null,
            Floats = field == Floats ? ReadFloats() : null,
            Integers = field == Integers ? ReadIntegers() : null,
            Texts = field == Texts ? _texts : null,
            IsGraph = field is Graph or Graphs,
            IsOther = field is Tensors or SparseTensor or SparseTensors or ValueType or ValueTypes,
        };
    }

    private float[] ReadFloats()
    {
        _message.Budget.Take(_count * (long)sizeof(float));
        float[] numbers = new float[_count];
        int count = 0;
        ProtobufReader reader = _message;
        while (reader.Next(Floats))
        {
            (int start, int length) = reader.Fixed(sizeof(float));
            for (int at = start; at < start + length; at += sizeof(float))
            {
                numbers[count] = LittleEndian.Single(reader.Bytes, at);
                count++;
            }
        }

        return numbers;
    }

    private long[] ReadIntegers()
    {
        _message.Budget.Take(_count * (long)sizeof(long));
        long[] numbers = new long[_count];
        int count = 0;
        ProtobufReader reader = _message;
        while (reader.Next(Integers))
        {
            reader.Integers(numbers, ref count);
        }

        return numbers;
    }
}
