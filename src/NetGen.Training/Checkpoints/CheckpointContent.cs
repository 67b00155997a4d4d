using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Models.Loading;
using NetGen.Models.Safetensors;
using NetGen.Models.Tensors;

namespace NetGen.Training;

/// <summary>Values that were read and checked, waiting to be copied to where they belong. Nothing is written before all of them are there.</summary>
internal sealed class CheckpointContent<T>
    where T : unmanaged
{
    private const int LongestMetadata = 100;

    private readonly SafetensorsReader _reader;
    private readonly List<(ParameterBuffer<T> Destination, T[] Values)> _values = [];

    public CheckpointContent(Stream stream)
    {
        _reader = new SafetensorsReader(stream);
    }

    /// <summary>Reads a file; errors name it.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The content is wrong; nothing has been changed.</exception>
    public static void ReadFile(string path, Action<CheckpointContent<T>> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
#if NET
        // Opening a pipe would wait for somebody who writes into it.
        bool isSpecial = UnixFile.Status(path) is { IsSpecial: true };
#else
        bool isSpecial = false;
#endif
        try
        {
            using FileStream? stream = isSpecial ? null : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (stream is not { CanSeek: true })
            {
                throw new InvalidDataException(Message($"'{path}'", "it is a pipe or a device, expected a file"));
            }

            ReadStream(stream, $"'{path}'", read);
        }
        catch (Exception exception) when (FileText.Named(exception, FileText.Harmless) is { } named && named.Message != exception.Message)
        {
            throw named;
        }
    }

    public static void ReadStream(Stream stream, string name, Action<CheckpointContent<T>> read)
    {
        try
        {
            var content = new CheckpointContent<T>(stream);
            read(content);
            content.Commit();
        }
        catch (InvalidDataException exception)
        {
            // Not with the exception inside, whose message has the text as it is in the file.
            throw new InvalidDataException(Message(name, exception.Message));
        }
        catch (EndOfStreamException exception)
        {
            string reason = stream.CanSeek ? "it became shorter while it was read" : "it ends before the content is complete";
            throw new InvalidDataException(Message(name, reason), exception);
        }
    }

    /// <summary>Reads the parameters of a network, of any floating-point type and under any known names.</summary>
    public void ReadParameters(ParameterBuffer<T> destination, IReadOnlyList<string>? layerNames)
    {
        TensorMatch match = TensorMatch.Of(_reader.Header, NetworkLayers.Of(destination.Layout), layerNames);
        match.Check(Call);
        var values = new T[destination.Layout.ParameterCount];
        int start = 0;
        (TensorBlock Block, Memory<T> Numbers)[] wanted = match.Blocks
            .Select(block => (block, Next(values, ref start, (int)block.Shape.Aggregate(1L, (product, size) => product * size))))
            .ToArray();
        _reader.Read(wanted.Select(each => (_reader.Header.Tensors[each.Block.Tensor], each.Numbers)));
        _reader.Finish();
        foreach ((TensorBlock block, Memory<T> numbers) in wanted.Where(each => each.Block.IsTransposed))
        {
            block.InOrder(numbers.ToArray()).CopyTo(numbers);
        }

        _values.Add((destination, values));
    }

    /// <summary>The names that a program gave to the layers when it saved the file; null if it gave none.</summary>
    /// <exception cref="InvalidDataException">There are more or fewer of them than layers.</exception>
    public IReadOnlyList<string>? LayerNames(ParameterLayout layout) => GivenNames.Of(_reader.Header.Metadata, layout.Layers.Count);

    /// <summary>What a program keeps beside the network.</summary>
    /// <exception cref="InvalidDataException">The file has extras that NetGen does not write.</exception>
    public CheckpointExtras ReadExtras() => ExtraParts.Read(_reader);

    /// <summary>Reads something that NetGen wrote, in exactly this number type.</summary>
    /// <param name="destination">Where it belongs.</param>
    /// <param name="name">The tensor's name for a parameter such as <c>layers.0.weight</c>.</param>
    /// <param name="areSquares">Whether no number may be negative.</param>
    /// <param name="names">Names of the layers in place of <c>layers.0</c>, as many as there are.</param>
    public void ReadExactly(ParameterBuffer<T> destination, Func<string, string> name, bool areSquares = false, IReadOnlyList<string>? names = null)
    {
        var values = new T[destination.Layout.ParameterCount];
        int start = 0;
        foreach ((string parameter, long[] shape) in CheckpointNames.Of(destination.Layout, names))
        {
            TensorHeader tensor = _reader.Header.Tensors.GetValueOrDefault(name(parameter))
                ?? throw new InvalidDataException($"the tensor '{name(parameter)}' is missing");
            if (tensor.Type != Number<T>.Type || !tensor.HasShape(shape))
            {
                throw new InvalidDataException(
                    $"the tensor '{tensor.Name}' is {tensor.Type.Name} {TensorHeader.Text(tensor.Shape)}, "
                    + $"expected {Number<T>.Type.Name} {TensorHeader.Text(shape)}");
            }

            Span<T> numbers = Next(values, ref start, (int)(tensor.Length / tensor.Type.Size)).Span;
            _reader.Read(tensor, numbers);
            if (areSquares && HasNegative(numbers))
            {
                throw new InvalidDataException($"the tensor '{tensor.Name}' has a negative number, expected means or sums of squares");
            }
        }

        _values.Add((destination, values));
    }

    /// <exception cref="InvalidDataException">The file has a state that the optimizer would not take, and so would lose.</exception>
    public void RefuseOtherStates(Optimizer<T> optimizer)
    {
        foreach ((string parameter, _) in CheckpointNames.Of(optimizer.Parameters.Layout))
        {
            string prefix = CheckpointNames.OfState(parameter, "");
            foreach (string name in _reader.Header.Tensors.Keys)
            {
                string state = name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : "";
                if (state.Length > 0 && !optimizer.States.Any(own => own.Name == state))
                {
                    string states = optimizer.States.Count == 0 ? "nothing" : $"'{string.Join("', '", optimizer.States.Select(own => own.Name))}'";
                    throw new InvalidDataException($"it has the tensor '{name}' of the optimizer, but with its settings the optimizer here remembers {states}");
                }
            }
        }
    }

    public bool HasMetadata(string key) => _reader.Header.Metadata.ContainsKey(key);

    /// <summary>An entry of the metadata that NetGen wrote.</summary>
    /// <exception cref="InvalidDataException">There is none of this name, or a longer one than NetGen writes.</exception>
    public string Metadata(string key)
    {
        string value = _reader.Header.Metadata.GetValueOrDefault(key)
            ?? throw new InvalidDataException($"its metadata has no '{key}'; it was not saved with what is to be loaded");
        return value.Length <= LongestMetadata
            ? value
            : throw new InvalidDataException($"'{key}' in its metadata has {value.Length} characters, expected {LongestMetadata} at most");
    }

    /// <summary>A whole number from 0 to a maximum in the metadata.</summary>
    public long Count(string key, long maximum)
    {
        if (!long.TryParse(Metadata(key), CheckpointNames.CountStyle, CheckpointNames.Culture, out long value))
        {
            throw new InvalidDataException($"'{key}' in its metadata is '{Metadata(key)}', expected a whole number of 0 or more");
        }

        return value <= maximum ? value : throw new InvalidDataException($"'{key}' in its metadata is {value}, expected {maximum} at most");
    }

    /// <summary>A finite number in the metadata.</summary>
    public double Number(string key) =>
        double.TryParse(Metadata(key), CheckpointNames.NumberStyle, CheckpointNames.Culture, out double value) && double.IsFinite(value)
            ? value
            : throw new InvalidDataException($"'{key}' in its metadata is '{Metadata(key)}', expected a finite number");

    private static string Message(string name, string reason) => FileText.Harmless($"{name} cannot be loaded: {reason}.");

    private void Commit()
    {
        foreach ((ParameterBuffer<T> destination, T[] values) in _values)
        {
            destination.CopyFrom(values);
        }
    }

    /// <summary>What to write where a file leaves the order of layers open.</summary>
    private static string Call(IReadOnlyList<string> names) =>
        $"Or pass the names of the layers in the right order, such as: Checkpoint.Load(file, network, new[] {{ {string.Join(", ", names.Select(FileText.Literal))} }})";

    /// <summary>The next numbers of an array.</summary>
    private static Memory<T> Next(T[] values, ref int start, int count)
    {
        start += count;
        return values.AsMemory(start - count, count);
    }

    private static bool HasNegative(ReadOnlySpan<T> numbers)
    {
        foreach (T number in numbers)
        {
            if (Number<T>.ToDouble(number) < 0)
            {
                return true;
            }
        }

        return false;
    }
}
