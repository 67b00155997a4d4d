using System;
using System.Collections.Generic;
using NetGen.Generator.Formulas.Activations;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>What a network is given. It reads no node and computes nothing: its values are the caller's.</summary>
/// <param name="Values">Values in one sample.</param>
internal sealed record Input(int Values) : LayerSpec(nameof(Identity))
{
    public override string Text => $"Input({Values})";

    public override bool IsInput => true;

    public override IReadOnlyList<Computation> Forward => Array.Empty<Computation>();

    public override IReadOnlyList<Computation> Adjoint => Array.Empty<Computation>();

    public override string? Mistake(IReadOnlyList<int> inputs) => inputs.Count == 0 ? null : $"{Text} reads no node, given {inputs.Count}";

    public override int Size(IReadOnlyList<int> inputs) => Values;

    public override LayerSpec WithSize(int size) => new Input(size);
}
