using System.Collections.Generic;
using System.Linq;

namespace NetGen.Generator.Model;

/// <summary>
/// A layer as it is declared, and all that there is to know about its kind: which sizes it has, which parameters, what it computes, and the adjoint of that.
/// A kind is a sealed record in <c>Layers</c>, whose properties are what a declaration may say.
/// </summary>
/// <param name="Activation">The enum member of the function from z to a, <c>Identity</c> for a layer without one.</param>
/// <param name="Alpha">The activation's parameter α, or null for its default.</param>
internal abstract record LayerSpec(string Activation, double? Alpha = null)
{
    /// <summary>As users know it: its attribute with what matters most.</summary>
    public abstract string Text { get; }

    /// <summary>z from what it reads.</summary>
    public abstract IReadOnlyList<Einsum> Forward { get; }

    /// <summary>
    /// From delta = dL/dz to the gradients of what it reads and of its parameters, which are added to what is there. Those of what it reads come first: an
    /// update writes parameters in the place of their gradients.
    /// </summary>
    public abstract IReadOnlyList<Einsum> Adjoint { get; }

    /// <summary>Values that it computes for a sample.</summary>
    /// <param name="inputs">Values of each node that it reads.</param>
    public abstract int Size(IReadOnlyList<int> inputs);

    /// <summary>Its parameters, in the order in which they enter and leave.</summary>
    /// <param name="inputs">Values of each node that it reads.</param>
    public abstract IReadOnlyList<BlockSpec> Parameters(IReadOnlyList<int> inputs);

    /// <summary>Products that it adds up for a sample. Any sizes may be asked about; nothing overflows.</summary>
    /// <param name="inputs">Values that it reads.</param>
    /// <param name="units">Values that it computes.</param>
    public long MultiplyAdds(int inputs, int units) => Forward
        .Where(einsum => einsum.Factors.Count > 1)
        .Sum(einsum => einsum.Indices.Aggregate(1L, (terms, index) => terms * (index == 'i' ? inputs : index == 'u' ? units : 1)));

    /// <summary>The same layer with another number of values where its declaration has a say in it: for a network that stands in.</summary>
    public abstract LayerSpec WithSize(int size);
}
