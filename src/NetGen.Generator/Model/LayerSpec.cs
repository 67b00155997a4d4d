using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NetGen.Generator.Model;

/// <summary>
/// A layer as it is declared, and all that there is to know about its kind: which sizes it has, which parameters, what it computes, and the adjoint of that.
/// A kind is a sealed record in <c>Layers</c>, whose properties are what a declaration may say.
/// </summary>
/// <param name="Activation">The enum member of the function from z to a, <c>Identity</c> for a layer without one, or the name that stands for <see cref="Own"/>.</param>
/// <param name="Alpha">The activation's parameter α, or null for its default.</param>
internal abstract record LayerSpec(string Activation, double? Alpha = null)
{
    /// <summary>The function from z to a where the class itself has it.</summary>
    public OwnFormula? Own { get; init; }

    /// <summary>As users know it: its attribute with what matters most.</summary>
    public abstract string Text { get; }

    /// <summary>Whether its values are the caller's.</summary>
    public virtual bool IsInput => false;

    /// <summary>z from what it reads.</summary>
    public abstract IReadOnlyList<Computation> Forward { get; }

    /// <summary>
    /// From delta = dL/dz to the gradients of what it reads, each by a computation of its own, and of its parameters, which are added to what is there. Those of what it
    /// reads come first: an update writes parameters in the place of their gradients. What is read here of the quantities that <see cref="Forward"/> computed, a trace keeps.
    /// </summary>
    public abstract IReadOnlyList<Computation> Adjoint { get; }

    /// <summary>Whether it is a product with a matrix of weights, and nothing else before its activation.</summary>
    public bool IsProduct => Forward.All(computation => computation is Einsum);

    /// <summary>What is wrong with the nodes that it reads, in words, or null. The rest may only be asked where nothing is.</summary>
    /// <param name="inputs">Values of each node that it reads.</param>
    public virtual string? Mistake(IReadOnlyList<int> inputs) => inputs.Count == 1 ? null : $"{Text} reads one node, given {inputs.Count}";

    /// <summary>Values that it computes for a sample.</summary>
    /// <param name="inputs">Values of each node that it reads.</param>
    public abstract int Size(IReadOnlyList<int> inputs);

    /// <summary>Its parameters, in the order in which they enter and leave; most kinds have none.</summary>
    /// <param name="inputs">Values of each node that it reads.</param>
    public virtual IReadOnlyList<BlockSpec> Parameters(IReadOnlyList<int> inputs) => Array.Empty<BlockSpec>();

    /// <summary>Products that it adds up for a sample. Any sizes may be asked about; nothing overflows.</summary>
    /// <param name="inputs">Values that it reads.</param>
    /// <param name="units">Values that it computes.</param>
    public long MultiplyAdds(int inputs, int units) => Forward
        .OfType<Einsum>()
        .Where(einsum => einsum.Factors.Count > 1)
        .Sum(einsum => einsum.Indices.Aggregate(1L, (terms, index) => terms * (index == 'i' ? inputs : index == 'u' ? units : 1)));

    /// <summary>The same layer with another number of values where its declaration has a say in it: for a network that stands in.</summary>
    public virtual LayerSpec WithSize(int size) => this;

    /// <summary>Whether its adjoint needs a quantity of the forward pass.</summary>
    public bool AdjointReads(string name) => Adjoint.Any(computation => computation.Operands.Contains(name));

    /// <summary>A number as formulas in comments have it.</summary>
    protected static string Number(double value) => value.ToString("G15", CultureInfo.InvariantCulture);
}
