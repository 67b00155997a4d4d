using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;

namespace NetGen.Generator.Planning;

/// <summary>One layer, placed and planned.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Reads">The nodes that it reads, in the order in which it takes them.</param>
/// <param name="Readers">The numbers of the layers that read it, in the order in which their gradients are added.</param>
/// <param name="Units">Values that it computes.</param>
/// <param name="Spec">The layer as it is declared.</param>
/// <param name="Activation">Its activation.</param>
/// <param name="Form">How its products are computed.</param>
/// <param name="NumberType">The number type.</param>
/// <param name="Blocks">Its parameters.</param>
/// <param name="TraceZ">Where the trace keeps z, or null.</param>
/// <param name="TraceA">Where the trace keeps a, or null.</param>
/// <param name="Kept">What else the trace keeps.</param>
internal sealed record LayerPlan(
    int Number,
    IReadOnlyList<ReadPlan> Reads,
    IReadOnlyList<int> Readers,
    int Units,
    LayerSpec Spec,
    ActivationFormula Activation,
    LayerForm Form,
    NumberType NumberType,
    IReadOnlyList<BlockPlan> Blocks,
    int? TraceZ,
    int? TraceA,
    IReadOnlyList<KeptQuantity> Kept)
{
    /// <summary>From z to a. Kept, for the formula builds it anew whenever it is asked.</summary>
    public IReadOnlyList<Step> Forward { get; } = Activation.Forward;

    /// <summary>From dL/da to dL/dz.</summary>
    public IReadOnlyList<Step> Backward { get; } = Activation.Backward;

    /// <summary>Whether no other reads it, for then it is an output.</summary>
    public bool IsOutput => Readers.Count == 0;

    /// <summary>The number of the layer that it reads, the first where it reads several; 0 for the input.</summary>
    public int Source => Reads.Count > 0 ? Reads[0].Layer : 0;

    /// <summary>Values of it.</summary>
    public int Inputs => Reads.Count > 0 ? Reads[0].Values : 0;

    /// <summary>Whether it reads the input of the network, first where it reads several nodes.</summary>
    public bool ReadsInput => Reads.Count > 0 && Reads[0].IsInput;

    /// <summary>Its matrix of weights, which only products have.</summary>
    public BlockPlan Weights => Matrix ?? throw new System.InvalidOperationException($"{Spec.Text} has no matrix of weights.");

    /// <summary>Whether <c>z = W·x + b</c> rather than <c>W·x</c>.</summary>
    public bool UseBias { get; } = Blocks.Any(block => block.Block.Role == BlockRole.Bias);

    /// <summary>Element of the first weight.</summary>
    public int WeightOffset => Weights.Offset;

    /// <summary>Its first parameter in canonical order, where it has any.</summary>
    public int FirstParameter => Blocks.Count > 0 ? Blocks[0].FirstParameter : 0;

    /// <summary>Row j holds the weights to unit j; otherwise row i holds those from input i.</summary>
    public bool IsUnitMajor => Weights.IsUnitMajor;

    /// <summary>Elements of a weight row, padded to whole vectors.</summary>
    public int RowElements => Weights.RowElements;

    /// <summary>Elements from one weight row to the next.</summary>
    public int RowLength => Weights.RowLength;

    /// <summary>Units with padding: elements of z, a, delta and the bias.</summary>
    public int PaddedUnits => ParameterRule.PaddedUnits(Units);

    public int WeightLength => Weights.Length;

    /// <summary>Elements of the transposed weights, whose row j holds those from every input to unit j; they have a row for the padding as well.</summary>
    public long TransposedLength => (long)PaddedUnits * ParameterRule.PaddedUnits(Inputs);

    /// <summary>Element of the first bias.</summary>
    public int BiasOffset => WeightOffset + WeightLength;

    /// <summary>Segments of the sum <c>W·x</c> of a layer stored by inputs.</summary>
    public int Segments => IsUnitMajor ? 1 : SummationRule.Segments(Inputs, RowElements, NumberType);

    /// <summary>Lanes of a dot product with a weight row: of W·x in a layer stored by units, else of Wᵀ·delta.</summary>
    public int Lanes => SummationRule.Lanes(RowElements, NumberType);

    /// <summary>Lanes of a sum over its units.</summary>
    public int UnitLanes => SummationRule.Lanes(PaddedUnits, NumberType);

    public double InitialBound => Weights.Block.InitialBound;

    /// <summary>Multiply-adds of its forward pass for a sample.</summary>
    public int MultiplyAdds => (int)Spec.MultiplyAdds(Inputs, Units);

    public int ParameterCount => OwnBlocks.Sum(block => block.Count);

    /// <summary>The number of the earlier layer whose parameters it has, or null where they are its own.</summary>
    public int? SharesWith { get; init; }

    /// <summary>Whether another layer has the same parameters: then all adjoints come before the first gradient of parameters, and the samples of a batch add all parts one after another.</summary>
    public bool IsShared { get; init; }

    /// <summary>Its parameters, where no earlier layer has them too.</summary>
    public IReadOnlyList<BlockPlan> OwnBlocks => SharesWith is null ? Blocks : System.Array.Empty<BlockPlan>();

    /// <summary>How the gradients of its parameters are computed, of those that are trained.</summary>
    public IEnumerable<Computation> ParameterAdjoint =>
        Spec.Adjoint.Where(computation => Blocks.Any(block => block.Block.IsTrained && computation.Results.Contains(Quantity.GradientOf(block.Block.Name))));

    /// <summary>Whether any of them has a gradient.</summary>
    public bool IsTrained => ParameterAdjoint.Any();

    /// <summary>Whether vectors compute both gradients of a product at once: that of what it reads is stored then, rather than added or the caller's.</summary>
    public bool HasBackward => IsTrained && !IsShared && !ReadsInput && Reads[0].IsFirstPart;

    /// <summary>Whether Backward reads its output again.</summary>
    public bool IsReadAgain { get; init; }

    /// <summary>Whether the gradient of a batch has delta in the place of its output, which nothing reads any more by then. What is in the padding must be 0 for both.</summary>
    public bool LendsOutput => !IsOutput && !IsReadAgain && (Units == PaddedUnits || Forward.OnlyRename());

    /// <summary>Whether the kernels of a product add dL/dx to another part. That of an input goes to the caller, which has it added by who gives it.</summary>
    public bool AddsInputGradient => !ReadsInput && !Reads[0].IsFirstPart;

    private BlockPlan? Matrix { get; } = Blocks.FirstOrDefault(block => block.Block.IsMatrix);

    /// <summary>How the gradient of a node that it reads is computed.</summary>
    public Computation InputAdjoint(int input) => Spec.Adjoint.Single(computation => computation.Results.Contains(Quantity.GradientOf(Quantity.Input(input))));

    /// <summary>Element of a weight, from the layer's first weight.</summary>
    public int Weight(int input, int unit) => Weights.Element(input, unit);
}

/// <summary>A quantity of the forward pass, beside z and a, that the adjoint of its layer reads again.</summary>
/// <param name="Name">Its name in the formula.</param>
/// <param name="Values">How many values it has: one for each unit, or one.</param>
/// <param name="Place">Where the trace keeps it.</param>
internal sealed record KeptQuantity(string Name, int Values, int Place);

/// <summary>How the products of a layer are computed.</summary>
internal enum LayerForm
{
    /// <summary>Straight statements for one sample, divided among methods where they are many; batches of vectors are loops.</summary>
    Unrolled,

    /// <summary>Loops, in which the forward sums over the inputs are straight statements; with vectors only.</summary>
    UnrolledInputs,

    /// <summary>Loops with literal bounds, several sums at a time.</summary>
    Looped,
}
