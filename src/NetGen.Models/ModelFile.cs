using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Models.Graphs;
using NetGen.Models.Importing;
using NetGen.Models.Loading;
using NetGen.Models.Onnx;
using NetGen.Models.Safetensors;
using NetGen.Models.Tensors;

namespace NetGen.Models;

/// <summary>
/// A trained model in a file: what it has, the declaration that it amounts to, and its parameters into a network of that declaration. A file may be damaged or hostile: it is an error then, and no
/// memory is taken because a file claims to need it.
/// </summary>
/// <example>
/// <code>
/// ModelFile model = ModelFile.Open("policy.onnx");
/// model.LoadInto(network);
/// </code>
/// </example>
public sealed class ModelFile
{
    /// <summary>The most bytes that a file may have, 256 MiB: far more than a network has that is a class.</summary>
    private const int MostBytes = 256 << 20;

    /// <summary>What the file computes; null if it has tensors alone.</summary>
    private readonly LayeredModel? _layers;

    /// <summary>A file of tensors; null if it has a graph.</summary>
    private readonly TensorFile? _tensors;

    private readonly string _name;

    private ModelFile(string name, OnnxModel model, ImportedModel imported)
    {
        _name = name;
        Format = ModelFormat.Onnx;
        ModelGraph graph = imported.Graph;
        _layers = LayerBuilder.Build(graph, new ModelNames(graph));
        Producer = model.Producer;
        Inputs = graph.Inputs.Select(input => new ModelValue(input.InputName, input.Size, isInteger: false)).ToArray();
        Outputs = graph.Outputs.Select(output => new ModelValue(output.Name, graph.Nodes[output.Node].Size, output.IsInteger)).ToArray();
        Tensors = _layers.Layers.SelectMany(layer => layer.Blocks.Select(block => new ModelTensor(layer.BlockName(block), block.Shape))).ToArray();
        ParameterCount = graph.Parameters;
        Remarks = imported.Remarks;
    }

    private ModelFile(string name, TensorFile tensors)
    {
        _name = name;
        _tensors = tensors;
        Format = ModelFormat.Safetensors;
        Producer = "";
        Inputs = Array.Empty<ModelValue>();
        Outputs = Array.Empty<ModelValue>();
        Tensors = tensors.Header.Tensors.Values.OrderBy(tensor => new LayerName(tensor.Name)).Select(tensor => new ModelTensor(tensor.Name, tensor.Shape.Select(Size).ToArray())).ToArray();
        ParameterCount = tensors.Header.Tensors.Values.Sum(tensor => tensor.Length / tensor.Type.Size);
        Remarks = new[] { tensors.NoGraph() };
    }

    /// <summary>The format of the file.</summary>
    public ModelFormat Format { get; }

    /// <summary>The program that wrote the file, with its version; empty if the file does not say it.</summary>
    public string Producer { get; }

    /// <summary>The inputs that the outputs depend on; none of a file that has tensors alone.</summary>
    public IReadOnlyList<ModelValue> Inputs { get; }

    /// <summary>The outputs; none of a file that has tensors alone.</summary>
    public IReadOnlyList<ModelValue> Outputs { get; }

    /// <summary>All parameters, layer by layer, in canonical order: what can be folded into the weights beside it is folded. Of a file of tensors all of these, by their names.</summary>
    public IReadOnlyList<ModelTensor> Tensors { get; }

    /// <summary>Number of parameters.</summary>
    public long ParameterCount { get; }

    /// <summary>What is good to know: outputs that are left out and why, noise that was dropped. Sentences.</summary>
    public IReadOnlyList<string> Remarks { get; }

    /// <summary>Opens a file, and the files beside it that it names.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="outputs">The names of the outputs that are wanted; null for all that depend on an input.</param>
    /// <param name="deterministic">Whether noise is left out: of a random number its mean is taken, of a choice the likeliest.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no model, damaged, has more than 256 MiB, or an output that is wanted needs what NetGen has not; the message says what.</exception>
    public static ModelFile Open(string path, IReadOnlyList<string>? outputs = null, bool deterministic = false)
    {
        if (path is null)
        {
            throw new ArgumentNullException(nameof(path));
        }

        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new FileNotFoundException($"There is no file '{path}'.", path);
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string name = FileText.Short(Path.GetFileName(path));
        return Named(name, () => Read(name, ModelFolder.ReadModel(path, MostBytes), new ModelFolder(folder, MostBytes), outputs, deterministic));
    }

    /// <summary>Opens what a stream has up to its end.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="outputs">The names of the outputs that are wanted; null for all that depend on an input.</param>
    /// <param name="deterministic">Whether noise is left out: of a random number its mean is taken, of a choice the likeliest.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="InvalidDataException">It is no model, damaged, has more than 256 MiB or weights in another file, or an output that is wanted needs what NetGen has not; the message says what.</exception>
    public static ModelFile Open(Stream stream, IReadOnlyList<string>? outputs = null, bool deterministic = false)
    {
        if (stream is null)
        {
            throw new ArgumentNullException(nameof(stream));
        }

        const string Name = "the stream";
        return Named(Name, () => Read(Name, All(stream), null, outputs, deterministic));
    }

    /// <summary>The declaration in C# that the model amounts to: a file with a class.</summary>
    /// <param name="className">The name of the class.</param>
    /// <param name="nameSpace">Its namespace; null for none.</param>
    /// <returns>Lines that end with a line feed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="className"/> is null.</exception>
    /// <exception cref="InvalidDataException">The file has tensors alone; the message has the layers to write, as far as they can be known.</exception>
    public string Declaration(string className, string? nameSpace = null)
    {
        if (className is null)
        {
            throw new ArgumentNullException(nameof(className));
        }

        return _layers is null
            ? throw new InvalidDataException($"{_name}: {_tensors!.NoGraph()}")
            : string.Concat(DeclarationText.Lines(_layers, className, nameSpace).Select(line => line + "\n"));
    }

    /// <summary>
    /// Copies the parameters into a network: by the names of its layers, or, where these are others, by their order, where that is certain: each layer reads what those before it compute, or has a shape of its own.
    /// In a file of tensors, as PyTorch, Keras and Flax name them, the numbers in their names say the order of layers of which each reads the one before: <c>net.0.weight</c>, <c>net.2.weight</c>.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <exception cref="ArgumentNullException"><paramref name="network"/> is null.</exception>
    /// <exception cref="InvalidDataException">The network has other layers; the message has all differences, and nothing has been written.</exception>
    public void LoadInto<T>(INetwork<T> network)
        where T : unmanaged
    {
        if (network is null)
        {
            throw new ArgumentNullException(nameof(network));
        }

        network.Parameters.CopyFrom(Named(_name, () => _layers is not null
            ? ModelParameters.For<T>(_layers, network.Parameters.Layout)
            : ModelParameters.For<T>(_tensors!, network.Parameters.Layout)));
    }

    private static ModelFile Read(string name, byte[] bytes, IExternalData? external, IReadOnlyList<string>? outputs, bool deterministic)
    {
        if (TensorFile.IsOne(bytes, name))
        {
            return outputs is null
                ? new ModelFile(name, TensorFile.Read(bytes))
                : throw new InvalidDataException("it is a file of safetensors, which has no outputs to choose");
        }

        OnnxModel model = OnnxReader.Read(bytes, external);
        return new ModelFile(name, model, OnnxImporter.Import(model, new ImportOptions(outputs, deterministic)));
    }

    private static int Size(long size) => size <= int.MaxValue ? (int)size : throw new InvalidDataException($"a tensor without numbers has a dimension of {size}");

    private static byte[] All(Stream stream)
    {
        var bytes = new MemoryStream();
        var part = new byte[1 << 16];
        for (int count = stream.Read(part, 0, part.Length); count > 0; count = stream.Read(part, 0, part.Length))
        {
            if (bytes.Length + count > MostBytes)
            {
                throw new InvalidDataException($"it has more than {MostBytes} bytes");
            }

            bytes.Write(part, 0, count);
        }

        return bytes.ToArray();
    }

    private static TResult Named<TResult>(string name, Func<TResult> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{name}: {exception.Message}", exception);
        }
    }
}
