using System;
using System.Collections.Generic;
using System.IO;

namespace NetGen.Training;

/// <summary>
/// Saves and loads parameters in the safetensors format, which PyTorch's and other libraries read and write: <c>layers.N.weight</c> as
/// <c>[out][in]</c> and <c>layers.N.bias</c> for layer N, counted from 0. With an optimizer the file also has what the optimizer remembers,
/// so that training continues from it with the same bits as if it had never stopped.
/// </summary>
/// <remarks>
/// A file is replaced as a whole or not at all, also when the process is killed while saving; its mode and, where permitted, its owner are kept,
/// and links are followed. Loading checks everything before it changes
/// anything: after an exception the network and the optimizer are as they were.
/// </remarks>
public static class Checkpoint
{
    /// <summary>Saves the parameters of a network.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="path">The file, which is replaced if it exists.</param>
    /// <param name="network">The network.</param>
    /// <exception cref="InvalidOperationException">A parameter is NaN or infinite; nothing has been written.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing there is not allowed.</exception>
    public static void Save<T>(string path, INetwork<T> network)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(network);
        Save<T>(path, writer => writer.AddParameters(network.Parameters));
    }

    /// <summary>Saves the parameters of a network, and tensors and texts of the caller's own, which <see cref="ReadExtras(string)"/> reads.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="path">The file, which is replaced if it exists.</param>
    /// <param name="network">The network.</param>
    /// <param name="extras">What is saved beside the network, and names for its layers.</param>
    /// <exception cref="ArgumentException">The extras are beyond their limits, or the names are not as many as layers; nothing has been written.</exception>
    /// <exception cref="InvalidOperationException">A parameter is NaN or infinite; nothing has been written.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing there is not allowed.</exception>
    public static void Save<T>(string path, INetwork<T> network, CheckpointExtras extras)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(extras);
        Save<T>(path, writer => writer.AddParameters(network.Parameters, extras));
    }

    /// <summary>Saves the parameters of a network and the state of their optimizer.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="path">The file, which is replaced if it exists.</param>
    /// <param name="network">The network.</param>
    /// <param name="optimizer">The optimizer of its parameters.</param>
    /// <exception cref="ArgumentException">The optimizer is one of other parameters.</exception>
    /// <exception cref="InvalidOperationException">A parameter or something that the optimizer remembers is NaN or infinite; nothing has been written.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing there is not allowed.</exception>
    public static void Save<T>(string path, INetwork<T> network, Optimizer<T> optimizer)
        where T : unmanaged
    {
        CheckPair(network, optimizer);
        Save<T>(path, writer =>
        {
            writer.AddParameters(network.Parameters);
            writer.AddOptimizer(optimizer);
        });
    }

    /// <summary>Saves the parameters of a network, the state of their optimizer, and tensors and texts of the caller's own.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="path">The file, which is replaced if it exists.</param>
    /// <param name="network">The network.</param>
    /// <param name="optimizer">The optimizer of its parameters.</param>
    /// <param name="extras">What is saved beside the network, and names for its layers.</param>
    /// <exception cref="ArgumentException">
    /// The optimizer is one of other parameters, the extras are beyond their limits, or the names are not as many as layers; nothing has been written.
    /// </exception>
    /// <exception cref="InvalidOperationException">A parameter or something that the optimizer remembers is NaN or infinite; nothing has been written.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing there is not allowed.</exception>
    public static void Save<T>(string path, INetwork<T> network, Optimizer<T> optimizer, CheckpointExtras extras)
        where T : unmanaged
    {
        CheckPair(network, optimizer);
        ArgumentNullException.ThrowIfNull(extras);
        Save<T>(path, writer =>
        {
            writer.AddParameters(network.Parameters, extras);
            writer.AddOptimizer(optimizer);
        });
    }

    /// <summary>Writes the parameters of a network to a stream, for programs without files.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="stream">Receives the content of a file; it is not closed.</param>
    /// <param name="network">The network.</param>
    /// <exception cref="InvalidOperationException">A parameter is NaN or infinite; nothing has been written.</exception>
    public static void Save<T>(Stream stream, INetwork<T> network)
        where T : unmanaged => Save(stream, network, new CheckpointExtras());

    /// <summary>Writes the parameters of a network, and tensors and texts of the caller's own, to a stream.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="stream">Receives the content of a file; it is not closed.</param>
    /// <param name="network">The network.</param>
    /// <param name="extras">What is saved beside the network, and names for its layers.</param>
    /// <exception cref="ArgumentException">The extras are beyond their limits, or the names are not as many as layers; nothing has been written.</exception>
    /// <exception cref="InvalidOperationException">A parameter is NaN or infinite; nothing has been written.</exception>
    public static void Save<T>(Stream stream, INetwork<T> network, CheckpointExtras extras)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(extras);
        var writer = new SafetensorsWriter<T>();
        writer.AddParameters(network.Parameters, extras);
        writer.Write(stream);
    }

    /// <summary>Reads what a program has saved beside a network.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The tensors and texts whose names begin with <c>extra.</c>, without this prefix, and the names of the layers if they were given.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or has extras beyond the limits of <see cref="CheckpointExtras"/>.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Reading it is not allowed, or it is a folder.</exception>
    public static CheckpointExtras ReadExtras(string path)
    {
        CheckpointExtras? extras = null;
        CheckpointContent<float>.ReadFile(path, content => extras = content.ReadExtras());
        return extras!;
    }

    /// <summary>Reads what a program has saved beside a network from a stream.</summary>
    /// <param name="stream">The content of a file, as <see cref="Load{T}(Stream, INetwork{T}, IReadOnlyList{string})"/> takes it; it is not closed.</param>
    /// <returns>The tensors and texts whose names begin with <c>extra.</c>, without this prefix, and the names of the layers if they were given.</returns>
    /// <exception cref="ArgumentException">The stream cannot be read.</exception>
    /// <exception cref="InvalidDataException">The content is damaged, or has extras beyond the limits of <see cref="CheckpointExtras"/>.</exception>
    /// <exception cref="IOException">Reading failed.</exception>
    public static CheckpointExtras ReadExtras(Stream stream)
    {
        CheckReadable(stream);
        CheckpointExtras? extras = null;
        CheckpointContent<float>.ReadStream(stream, "The stream", content => extras = content.ReadExtras());
        return extras!;
    }

    /// <summary>
    /// Loads the parameters of a network, from a file of NetGen, of PyTorch (<c>name.weight</c>, <c>name.bias</c>) or of Keras and Flax
    /// (<c>name/kernel</c> or <c>name/vars/0</c> as <c>[in][out]</c>, <c>gamma</c>, <c>scale</c>, <c>beta</c>). Numbers may be F32, F64 (rounded to T), F16 or BF16.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="network">The network.</param>
    /// <param name="layerNames">
    /// The name of each layer in the file, such as <c>"net.0", "net.2"</c>, first layer first. Null: the names of the network, or those that the file was saved with; where it has others, everything in the file that
    /// has weights, tensors called <c>extra.</c> left out, of which there must be as many as the network has layers. Numbers in the names say the order of layers that each read the one before, and else the shapes do;
    /// if these fit more than one order, the file is refused and the names have to be given. A name that is given twice fills both layers: libraries store layers that share their weights once.
    /// </param>
    /// <exception cref="ArgumentException">There are not as many names as layers.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, belongs to another network, or is of another format, for which the message says what to do; nothing has been changed.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Reading it is not allowed, or it is a folder.</exception>
    public static void Load<T>(string path, INetwork<T> network, IReadOnlyList<string>? layerNames = null)
        where T : unmanaged
    {
        CheckNames(network, layerNames);
        CheckpointContent<T>.ReadFile(path, content => content.ReadParameters(network.Parameters, layerNames));
    }

    /// <summary>
    /// Loads the parameters of a network from a stream, such as an embedded resource, an answer of a server, or a <c>GZipStream</c>. It need not be
    /// able to seek.
    /// </summary>
    /// <remarks>
    /// Memory is taken for the header as it arrives (16 MiB at most) and for the network's own parameters, whatever the content claims. The time is up
    /// to the stream: one that never ends is read as far as its header says.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="stream">
    /// The content of a file, from the current position to the end, or if the stream cannot seek, to the last tensor; what follows there is not read.
    /// The stream is not closed.
    /// </param>
    /// <param name="network">The network.</param>
    /// <param name="layerNames">The name of each layer in the file, or null to find them.</param>
    /// <exception cref="ArgumentException">There are not as many names as layers, or the stream cannot be read.</exception>
    /// <exception cref="InvalidDataException">The content is damaged or belongs to another network; nothing has been changed.</exception>
    /// <exception cref="IOException">Reading failed.</exception>
    public static void Load<T>(Stream stream, INetwork<T> network, IReadOnlyList<string>? layerNames = null)
        where T : unmanaged
    {
        CheckReadable(stream);
        CheckNames(network, layerNames);
        CheckpointContent<T>.ReadStream(stream, "The stream", content => content.ReadParameters(network.Parameters, layerNames));
    }

    /// <summary>Loads the parameters of a network and the state of their optimizer: training goes on as if it had never stopped.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="path">A file that was saved with an optimizer of the same class.</param>
    /// <param name="network">The network.</param>
    /// <param name="optimizer">The optimizer of its parameters, created with the same settings. Its learning rate is loaded.</param>
    /// <exception cref="ArgumentException">The optimizer is one of other parameters.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or belongs to something else; nothing has been changed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Reading it is not allowed, or it is a folder.</exception>
    public static void Load<T>(string path, INetwork<T> network, Optimizer<T> optimizer)
        where T : unmanaged
    {
        CheckPair(network, optimizer);
        Action rest = () => { };
        CheckpointContent<T>.ReadFile(path, content => rest = content.ReadOptimizer(optimizer));
        rest();
    }

    /// <summary>Collects the content first, so that nothing is written if that fails.</summary>
    internal static void Save<T>(string path, Action<SafetensorsWriter<T>> collect)
        where T : unmanaged
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var writer = new SafetensorsWriter<T>();
        collect(writer);
        AtomicFile.Write(path, writer.Write, writer.Length);
    }

    private static void CheckPair<T>(INetwork<T> network, Optimizer<T> optimizer)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(optimizer);
        if (!ReferenceEquals(network.Parameters, optimizer.Parameters))
        {
            throw new ArgumentException("Expected the optimizer of this network's parameters, given one of other parameters.", nameof(optimizer));
        }
    }

    private static void CheckReadable(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
        {
            throw new ArgumentException("Expected a stream that can be read and is not closed.", nameof(stream));
        }
    }

    private static void CheckNames<T>(INetwork<T> network, IReadOnlyList<string>? layerNames)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(network);
        int layers = network.Parameters.Layout.Layers.Count;
        if (layerNames is not null && layerNames.Count != layers)
        {
            throw new ArgumentException($"Expected the names of {layers} layers, given {layerNames.Count}.", nameof(layerNames));
        }
    }
}
