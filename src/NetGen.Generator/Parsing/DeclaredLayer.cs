using NetGen.Generator.Formulas.Activations;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>A dense layer as it was declared. What could not be read, or was reported, is null.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="Units">Number of units.</param>
/// <param name="Activation">The activation.</param>
/// <param name="UseBias">Whether the layer has a bias.</param>
/// <param name="Alpha">The activation's parameter α, or null for its default.</param>
internal sealed record DeclaredLayer(AttributeReader Attribute, int? Units, string? Activation, bool UseBias, double? Alpha)
{
    /// <summary>The layer of a network that declares none.</summary>
    public static LayerSpec None => new Dense(1, nameof(Identity));

    /// <summary>Whether all of it could be read.</summary>
    public bool IsComplete => Units is not null && Activation is not null;

    /// <summary>The layer without its place; what could not be read is such that the network has the members it would have.</summary>
    public LayerSpec Spec => new Dense(Units ?? 1, Activation ?? nameof(Identity), UseBias, Alpha);
}
