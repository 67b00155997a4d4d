using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;

namespace NetGen.Generator.Planning;

/// <summary>Everything the emitter needs to know, decided. Offsets and lengths count elements of the number type.</summary>
internal sealed record NetworkPlan(
    NetworkSpec Spec,
    IReadOnlyList<LayerPlan> Layers,
    HeadPlan? Head,
    MethodShape Shape,
    int BufferLength,
    int TraceLength)
{
    public LayerPlan First => Layers[0];

    public LayerPlan Last => Layers[Layers.Count - 1];

    /// <summary>Parameters without padding.</summary>
    public int ParameterCount => Last.FirstParameter + Last.ParameterCount;

    /// <summary>Multiply-adds of one forward pass.</summary>
    public int MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);
}

/// <summary>One layer, placed and planned.</summary>
internal sealed record LayerPlan(
    int Number,
    int Inputs,
    int Units,
    bool UseBias,
    ActivationFormula Activation,
    LayerForm Form,
    int WeightOffset,
    int FirstParameter,
    int? TraceZ,
    int? TraceA)
{
    /// <summary>Elements from one weight row to the next.</summary>
    public int RowLength => ParameterRule.RowLength(Units);

    public int WeightLength => Inputs * RowLength;

    /// <summary>Element of the first bias.</summary>
    public int BiasOffset => WeightOffset + WeightLength;

    public double InitialBound => ParameterRule.InitialBound(Activation.Initialization, Inputs, Units);

    public int MultiplyAdds => Inputs * Units;

    public int ParameterCount => MultiplyAdds + (UseBias ? Units : 0);

    /// <summary>Element of a weight, from the layer's first weight.</summary>
    public int Weight(int input, int unit) => (input * RowLength) + unit;
}

/// <summary>How the last activation and the loss are computed together: from <c>z</c> and <c>y</c> to the loss and <c>delta</c>.</summary>
/// <param name="Loss">The loss that was declared.</param>
/// <param name="LossText">The loss as declared, in printed mathematics.</param>
/// <param name="Parts">The output, the loss and the delta, one after another.</param>
internal sealed record HeadPlan(LossFormula Loss, string LossText, IReadOnlyList<HeadPart> Parts);

/// <summary>Some steps with the formula they compute, in printed mathematics.</summary>
internal sealed record HeadPart(string Comment, IReadOnlyList<Step> Steps);

/// <summary>How the methods are cut.</summary>
internal enum MethodShape
{
    /// <summary>Each pass is one method without a loop; all values are locals.</summary>
    StraightLine,

    /// <summary>Each layer has methods of its own; values pass through spans.</summary>
    LayerByLayer,
}

/// <summary>How the products of a layer are computed.</summary>
internal enum LayerForm
{
    /// <summary>One statement for each multiply-add.</summary>
    Unrolled,

    /// <summary>Loops with literal bounds, four units or inputs at a time.</summary>
    Looped,
}
