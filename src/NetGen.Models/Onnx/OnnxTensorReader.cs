using System.Collections.Generic;
using System.IO;

namespace NetGen.Models.Onnx;

/// <summary>Reads a tensor (<c>TensorProto</c>) and checks that it has as many numbers as its dimensions say. The numbers stay where they are until asked for.</summary>
internal sealed class OnnxTensorReader
{
    /// <summary>The last of the types.</summary>
    public const int LastType = (int)OnnxType.Int2;

    private const int RawData = 9;

    private readonly ProtobufReader _message;
    private readonly IExternalData? _external;
    private readonly List<long> _dimensions = [];
    private Dictionary<string, string>? _entries;
    private string _name = "";
    private long _type;
    private (int Start, int Length)? _raw;
    private int _typedField;
    private int _typedCount;
    private bool _isExternal;

    private OnnxTensorReader(ProtobufReader message, IExternalData? external)
    {
        _message = message;
        _external = external;
    }

    /// <summary>Reads a tensor.</summary>
    /// <param name="message">Its message.</param>
    /// <param name="external">The files beside the model; null if there are none.</param>
    /// <exception cref="InvalidDataException">It is damaged, or does not have as many numbers as its dimensions say.</exception>
    public static OnnxTensor Read(ProtobufReader message, IExternalData? external)
    {
        message.Budget.Take(400);
        var reader = new OnnxTensorReader(message, external);
        reader.ReadFields();
        return reader.Check();
    }

    private void ReadFields()
    {
        ProtobufReader reader = _message;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    ReadDimensions(ref reader);
                    break;
                case 2:
                    _type = reader.Integer();
                    break;
                case OnnxEncoding.FloatData or OnnxEncoding.Int32Data or OnnxEncoding.StringData or OnnxEncoding.Int64Data
                    or OnnxEncoding.DoubleData or OnnxEncoding.UInt64Data:
                    CountNumbers(ref reader);
                    break;
                case 8:
                    _name = reader.Text();
                    break;
                case RawData:
                    _raw = reader.Range();
                    break;
                case 13:
                    ReadEntry(reader.Message("an entry of external_data"));
                    break;
                case 14:
                    _isExternal = IsExternal(reader.Integer());
                    break;
                case 3:
                    throw Wrong("is a segment of a tensor, which files have not had since 2017");
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private void ReadDimensions(ref ProtobufReader reader)
    {
        ProtobufReader again = reader;
        int count = 0;
        reader.Integers(null, ref count);
        reader.Budget.Take(64L * count);
        long[] dimensions = new long[count];
        count = 0;
        again.Integers(dimensions, ref count);
        _dimensions.AddRange(dimensions);
    }

    /// <summary>Counts the numbers of a typed field, of which there may be several pieces.</summary>
    private void CountNumbers(ref ProtobufReader reader)
    {
        if (_typedField != 0 && _typedField != reader.Field)
        {
            throw Wrong($"has numbers in {OnnxEncoding.NameOf(_typedField)} and in {OnnxEncoding.NameOf(reader.Field)}");
        }

        _typedField = reader.Field;
        if (_typedField == OnnxEncoding.StringData)
        {
            reader.Range();
            _typedCount++;
        }
        else if (OnnxEncoding.FixedSize(_typedField) is > 0 and int size)
        {
            _typedCount += reader.Fixed(size).Length / size;
        }
        else
        {
            reader.Integers(null, ref _typedCount);
        }
    }

    private void ReadEntry(ProtobufReader reader)
    {
        KeyValuePair<string, string> entry = OnnxText.ReadEntry(reader);
        _entries ??= [];
        if (_entries.ContainsKey(entry.Key))
        {
            throw Wrong($"has '{FileText.Short(entry.Key)}' twice in external_data");
        }

        _entries.Add(entry.Key, entry.Value);
    }

    private bool IsExternal(long location) => location is 0 or 1
        ? location == 1
        : throw Wrong($"has the data_location {location}, expected 0 or 1");

    private OnnxTensor Check()
    {
        if (_type is < 1 or > LastType)
        {
            throw Wrong(_type == 0 ? "does not say its type" : $"has the unknown type {_type}");
        }

        var type = (OnnxType)_type;
        int[] dimensions = CheckDimensions();
        ExternalReference? reference = CheckPlaces();
        var tensor = new OnnxStoredTensor(_name, type, dimensions, _message, _raw, reference, _external);
        if (OnnxEncoding.Of(type) is { } encoding)
        {
            CheckLength(tensor, encoding, reference);
        }

        return tensor;
    }

    private int[] CheckDimensions()
    {
        int[] dimensions = new int[_dimensions.Count];
        long count = 1;
        bool isEmpty = _dimensions.Contains(0);
        for (int index = 0; index < dimensions.Length; index++)
        {
            long dimension = _dimensions[index];
            if (dimension is < 0 or > int.MaxValue)
            {
                throw Wrong($"has the dimension {dimension}, expected 0 to {int.MaxValue}");
            }

            count *= isEmpty ? 0 : dimension;
            if (count > int.MaxValue)
            {
                throw Wrong($"has the dimensions {OnnxText.List(_dimensions)}, which are more than {int.MaxValue} numbers");
            }

            dimensions[index] = (int)dimension;
        }

        return dimensions;
    }

    /// <summary>Its numbers are in one place: in bytes, in a typed field, or in another file.</summary>
    private ExternalReference? CheckPlaces()
    {
        if (_raw is not null && _typedField != 0)
        {
            throw Wrong($"has numbers in raw_data and in {OnnxEncoding.NameOf(_typedField)}");
        }

        if (!_isExternal)
        {
            return _entries is null ? null : throw Wrong("has external_data, but its data_location says that its numbers are in the model");
        }

        if (_raw is { Length: > 0 } || _typedField != 0)
        {
            throw Wrong($"has numbers in {(_raw is null ? OnnxEncoding.NameOf(_typedField) : "raw_data")} and in another file");
        }

        try
        {
            return ExternalReference.Parse(_entries ?? []);
        }
        catch (InvalidDataException error)
        {
            throw Wrong($"cannot be read: {error.Message}");
        }
    }

    private void CheckLength(OnnxStoredTensor tensor, OnnxEncoding encoding, ExternalReference? reference)
    {
        long needed = (long)tensor.Count * encoding.Size;
        string claim = $"its dimensions {OnnxText.List(_dimensions)}";
        if (_typedField != 0)
        {
            if (_typedField != encoding.Field)
            {
                throw Wrong($"of {tensor.Type} has {OnnxEncoding.NameOf(_typedField)}, expected {OnnxEncoding.NameOf(encoding.Field)}");
            }

            if (_typedCount != tensor.Count)
            {
                throw Wrong($"has {OnnxText.Count(_typedCount, "number")} in {OnnxEncoding.NameOf(_typedField)}, {claim} need {tensor.Count}");
            }
        }
        else if (reference is null && (_raw?.Length ?? 0) != needed)
        {
            throw Wrong($"has {OnnxText.Count(_raw?.Length ?? 0, "byte")}, {claim} of {tensor.Type} need {needed}");
        }
        else if (reference is not null)
        {
            if (reference.Length is { } length && length != needed)
            {
                throw Wrong($"has {OnnxText.Count(length, "byte")} in another file, {claim} of {tensor.Type} need {needed}");
            }

            _message.Budget.TakeExternal(needed);
        }
    }

    private InvalidDataException Wrong(string what) => new($"the tensor{(_name.Length > 0 ? $" '{FileText.Short(_name)}'" : "")} {what}");
}
