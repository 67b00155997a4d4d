using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Generator.Model;

/// <summary>The parameters that a network has from a file, in canonical order. Equal where the file is: nothing looks at all of them to know that.</summary>
internal sealed class ModelWeights : IEquatable<ModelWeights>
{
    private readonly string _key;

    /// <summary>Keeps parameters.</summary>
    /// <param name="key">The hash of the file, with all that was said of how it is read.</param>
    /// <param name="blocks">The blocks, in the order of the layers.</param>
    public ModelWeights(string key, IReadOnlyList<double[]> blocks)
    {
        _key = key;
        Blocks = blocks;
    }

    /// <summary>The blocks, in the order of the layers, each with its last index fastest.</summary>
    public IReadOnlyList<double[]> Blocks { get; }

    /// <summary>How many parameters there are.</summary>
    public int Count => Blocks.Sum(block => block.Length);

    /// <inheritdoc/>
    public bool Equals(ModelWeights? other) => other is not null && other._key == _key;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ModelWeights);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_key);
}

/// <summary>An output of a model that is whole numbers: of each group of its values which is the largest.</summary>
/// <param name="Output">The index of the output, whose values they are.</param>
/// <param name="Group">Values of a group.</param>
internal sealed record ChosenOutput(int Output, int Group);
