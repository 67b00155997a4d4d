using System;
using System.Collections.Generic;

namespace NetGen.Training;

/// <summary>
/// What a program keeps in a checkpoint beside the network: tensors and texts of its own, which loading the network passes over, and names for the
/// layers.
/// </summary>
/// <remarks>
/// At most 256 tensors with 16,777,216 numbers together, and 256 texts with 1,048,576 characters together. Names are not empty and have at most 900
/// bytes in UTF-8. <see cref="Checkpoint.ReadExtras(string)"/> reads them back, under the same limits.
/// </remarks>
public sealed class CheckpointExtras
{
    /// <summary>
    /// The name of each layer, first layer first: <c>trunk.0</c> makes <c>trunk.0.weight</c> and <c>trunk.0.bias</c>. Null: <c>layers.0</c> and so on.
    /// What an optimizer remembers keeps its names. The file also says the order, so that it loads without names.
    /// </summary>
    public IReadOnlyList<string>? Names { get; set; }

    /// <summary>Tensors by name, without the prefix <c>extra.</c> that they have in the file: <c>Tensors = { ["mean"] = mean }</c> of an array.</summary>
    public IDictionary<string, CheckpointTensor> Tensors { get; } = new Dictionary<string, CheckpointTensor>(StringComparer.Ordinal);

    /// <summary>Texts by name, without the prefix <c>extra.</c> that they have in the file's metadata: <c>Metadata = { ["classes"] = "cat,dog" }</c>.</summary>
    public IDictionary<string, string> Metadata { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether there is nothing.</summary>
    internal bool IsEmpty => Names is null && Tensors.Count == 0 && Metadata.Count == 0;
}
