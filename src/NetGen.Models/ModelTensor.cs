using System.Collections.Generic;

namespace NetGen.Models;

/// <summary>Parameters of a model that belong together, such as the weights of a layer.</summary>
public sealed class ModelTensor
{
    internal ModelTensor(string name, IReadOnlyList<int> shape)
    {
        Name = name;
        Shape = shape;
    }

    /// <summary>The name of the layer, a dot, and what they are to it: <c>trunk.weight</c>. A network that is declared with the same names loads them by it.</summary>
    public string Name { get; }

    /// <summary>Their sizes: <c>[units][inputs]</c> or <c>[units]</c>.</summary>
    public IReadOnlyList<int> Shape { get; }
}
