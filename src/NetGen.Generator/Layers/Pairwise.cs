using System.Collections.Generic;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>What is computed of two nodes of one size, value by value.</summary>
/// <param name="Activation">The activation.</param>
/// <param name="Alpha">The activation's parameter α, or null for its default.</param>
internal abstract record Pairwise(string Activation, double? Alpha) : LayerSpec(Activation, Alpha)
{
    public sealed override string Text => $"{GetType().Name}({Catalogue.Activation(this).Name})";

    public sealed override string? Mistake(IReadOnlyList<int> inputs) => inputs.Count != 2 ? $"{Text} reads two nodes, given {inputs.Count}"
        : inputs[0] != inputs[1] ? $"{Text} reads two nodes of one size, given {inputs[0]} and {inputs[1]} values"
        : null;

    public sealed override int Size(IReadOnlyList<int> inputs) => inputs[0];
}
