using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>A layer as it was declared. What could not be read, or was reported, is null.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="Units">Number of units.</param>
/// <param name="Activation">The activation.</param>
/// <param name="UseBias">Whether the layer has a bias.</param>
/// <param name="Alpha">The activation's parameter α, or null for its default.</param>
internal sealed record DeclaredLayer(AttributeReader Attribute, int? Units, string? Activation, bool UseBias, double? Alpha)
{
    /// <summary>The layer without its place, or null unless all of it could be read.</summary>
    public LayerSpec? Spec => Units is { } units && Activation is not null ? new LayerSpec(units, Activation, UseBias, Alpha) : null;
}
