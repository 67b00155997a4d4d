using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary><c>a = z</c>, <c>da/dz = 1</c>.</summary>
internal sealed class Identity : ElementwiseActivation
{
    public override string Name => "identity";

    public override string ValueText => "{z}";

    public override Expression Value => ZValue;

    public override string DerivativeText => "1";

    public override string DeltaText => "{g}";

    public override Expression Derivative => 1;
}
