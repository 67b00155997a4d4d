using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;

namespace NetGen.Generator.Planning;

/// <summary>Everything the emitter needs to know, decided. Offsets and lengths count elements of the number type.</summary>
internal sealed record NetworkPlan(
    NetworkSpec Spec,
    IReadOnlyList<LayerPlan> Layers,
    IReadOnlyList<OutputPlan> Outputs,
    MethodShape Shape,
    IReadOnlyList<int> VectorWidths,
    IReadOnlyList<int> LaneWidths,
    int BufferLength,
    int TraceLength)
{
    /// <summary>What is asked for layer by layer but takes all layers to answer is kept: the text shall take time in proportion to the layers.</summary>
    private IReadOnlyList<LayerPlan>? _transposedLayers;

    private (long Loss, long Output)? _lanes;

    private (int WithGradient, int Forward)? _samples;

    /// <summary>Whether it is a list of products, each with its activation: then all forms of code are there for it, else loops over numbers.</summary>
    public bool IsPlain { get; } = IsPlainGraph(Spec.Graph);

    /// <summary>Forward stands in the user's class itself; a choice of kernels would come between, and a self-test has parameters of its own.</summary>
    public bool ForwardIsInline => Shape == MethodShape.StraightLine && !IsVectorised && !Spec.SelfTest;

    /// <summary>
    /// Every operation is rounded by a cast: the floor dialect also runs where single precision is computed in double. Double needs no casts, for it
    /// is computed in nothing wider.
    /// </summary>
    public bool RoundsByCast => !IsVectorised && Spec.Number == NumberType.Single;

    /// <summary>Whether the network is computed with vectors, once for each width in <see cref="VectorWidths"/>.</summary>
    public bool IsVectorised => VectorWidths.Count > 0;

    /// <summary>Whether the passes of one sample are straight lines in which the values of a layer stay in vectors.</summary>
    public bool IsVectorLine => IsVectorised && Shape == MethodShape.StraightLine;

    /// <summary>The widths in bits of such lines: wider vectors would be empty for the most part.</summary>
    public IReadOnlyList<int> LineWidths
    {
        get
        {
            int bits = Layers.Max(layer => layer.RowElements) * SummationRule.SizeOf(Spec.Number) * 8;
            List<int> widths = VectorWidths.Where(width => width <= System.Math.Min(bits, Tuning.LineVectorWidth)).ToList();
            return widths.Count > 0 ? widths : VectorWidths.Skip(VectorWidths.Count - 1).ToList();
        }
    }

    /// <summary>Whether a batch goes with a sample in every lane of a vector, once for each width in <see cref="LaneWidths"/>.</summary>
    public bool BatchInLanes => LaneWidths.Count > 0;

    /// <summary>Numbers in the widest vector.</summary>
    public int WidestLanes => VectorWidths[0] / 8 / SummationRule.SizeOf(Spec.Number);

    /// <summary>
    /// Whether the losses of a batch that goes in blocks of samples have a sample in every lane, where any of them calls a function: blocks must be whole vectors.
    /// </summary>
    public bool LossInLanes => LossLanes > 0;

    /// <summary>Whether outputs of such a batch have, where units depend on each other.</summary>
    public bool OutputInLanes => OutputLanes > 0;

    /// <summary>Whether a layer is one of these outputs.</summary>
    public bool HasOutputInLanes(LayerPlan layer) => OutputInLanes && OutputOf(layer) is { } output && StackUse.MayHaveLanes(this, output) && !layer.Forward.IsElementwise();

    /// <summary>Elements of the loss in lanes, 0 if it is not there.</summary>
    public long LossLanes => Lanes.Loss;

    /// <summary>Elements of the output in lanes, 0 if it is not there.</summary>
    public long OutputLanes => Lanes.Output;

    /// <summary>The loss of the last layer, where it is the only output and has one.</summary>
    public HeadPlan? Head => Outputs.Count == 1 ? Outputs[0].Head : null;

    /// <summary>Whether any output has a loss.</summary>
    public bool HasLoss => Outputs.Any(output => output.Head is not null);

    /// <summary>Values of all outputs of a sample.</summary>
    public int OutputCount => Outputs.Sum(output => output.Layer.Units);

    /// <summary>What the kernels read of targets for a sample: with terms of batches more than its values.</summary>
    public int TargetCount => Spec.BatchTerms ? Outputs.Sum(output => output.TargetLength) : OutputCount;

    /// <summary>Whether targets may be given as classes.</summary>
    public bool HasLabels => Head is { Loss.HasLabels: true };

    public LayerPlan First => Layers[0];

    public LayerPlan Last => Layers[Layers.Count - 1];

    /// <summary>A layer by its number.</summary>
    public LayerPlan Layer(int number) => Layers[number - 1];

    /// <summary>The output that a layer is, or null.</summary>
    public OutputPlan? OutputOf(LayerPlan layer) => Outputs.FirstOrDefault(output => output.Layer == layer);

    /// <summary>The layer whose output another reads, which does not read the input.</summary>
    public LayerPlan Before(LayerPlan layer) => Layer(layer.Source);

    /// <summary>The layers whose gradient has all its parts once a layer has given its own.</summary>
    public IReadOnlyList<LayerPlan> CompletedBy(LayerPlan layer) => layer.Reads.Where(read => read.IsLastPart && !read.IsInput).Select(read => Layer(read.Layer)).ToArray();

    /// <summary>The layers that a layer reads, each once.</summary>
    public IEnumerable<LayerPlan> SourcesOf(LayerPlan layer) => layer.Reads.Where(read => !read.IsInput).Select(read => Layer(read.Layer)).Distinct();

    /// <summary>The layers that read the output of another, in the order in which their gradients are added.</summary>
    public IEnumerable<LayerPlan> Readers(LayerPlan layer) => layer.Readers.Select(Layer);

    /// <summary>
    /// The input is copied and padded: the first layer reads whole vectors of it, whose length is no multiple, or the network is a graph, in which any layer may.
    /// </summary>
    public bool CopiesInput => IsVectorised && (!IsPlain || (First.IsUnitMajor && First.RowLength != First.Inputs));

    /// <summary>Elements from one sample of a batch to the next as a layer reads them.</summary>
    public int InputStride(LayerPlan layer) => layer.ReadsInput && !CopiesInput ? layer.Inputs : ParameterRule.PaddedUnits(layer.Inputs);

    /// <summary>
    /// Whether a batch applies the activation of a layer to its sums while they are in registers: it is only a few operations, and nothing asks for z.
    /// </summary>
    public bool ActivatesSums(LayerPlan layer) => IsVectorised && !BatchInLanes && !layer.IsOutput && layer.Spec.IsProduct && !layer.IsUnitMajor && layer.TraceZ is null
        && layer.Forward.Count == 1 && layer.Forward.IsElementwise() && !layer.Forward.CallsFunction() && !layer.Forward.OnlyRename();

    /// <summary>Samples of a batch that go through a layer together where the gradient is computed.</summary>
    public int BlockSamples => Samples.WithGradient;

    /// <summary>Samples that do so where it is not: they take less memory.</summary>
    public int ForwardBlockSamples => Samples.Forward;

    /// <summary>Most samples that go through a layer in registers together, a power of two of which a block is a multiple: the layers may be too wide for more.</summary>
    public int SampleGroup => System.Math.Min(Tuning.SampleGroup, System.Math.Min(BlockSamples, ForwardBlockSamples));

    /// <summary>
    /// Layers whose weights a large batch transposes before its first sample, the last ones first as far as there is memory: dL/dx then adds weight
    /// rows, where otherwise it sums dot products over their lanes. Sums get another order by it, which fused arithmetic may have.
    /// </summary>
    public IReadOnlyList<LayerPlan> TransposedLayers => _transposedLayers ??= FindTransposedLayers();

    /// <summary>Fewest samples of such a batch.</summary>
    public int TransposingSamples => TransposedLayers.Max(layer => layer.RowElements) / Tuning.UnitsPerTransposingSample;

    /// <summary>Parameters without padding.</summary>
    public int ParameterCount => Layers.Sum(layer => layer.ParameterCount);

    /// <summary>All parameters, in canonical order.</summary>
    public IEnumerable<BlockPlan> Blocks => Layers.SelectMany(layer => layer.OwnBlocks);

    /// <summary>Whether a layer has the parameters of another.</summary>
    public bool SharesParameters => Layers.Any(layer => layer.SharesWith is not null);

    /// <summary>Multiply-adds of one forward pass.</summary>
    public int MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    private (long Loss, long Output) Lanes => _lanes ??= (
        LanesThatFit(StackUse.LossLanes(this), withGradient: true), LanesThatFit(StackUse.OutputLanes(this), withGradient: false));

    private (int WithGradient, int Forward) Samples => _samples ??= (MostSamples(withGradient: true, LossLanes), MostSamples(withGradient: false, OutputLanes));

    /// <summary>The same before it is planned.</summary>
    public static bool IsPlainGraph(NetworkGraph graph) => graph.IsChain && graph.Nodes.All(node => node.Layer.IsProduct && !node.IsFrozen && node.SharesWith is null);

    private List<LayerPlan> FindTransposedLayers()
    {
        var layers = new List<LayerPlan>();
        if (!Spec.IsFused || !IsVectorised || !HasLoss || BatchInLanes)
        {
            return layers;
        }

        long length = 0;
        foreach (LayerPlan layer in Layers.Reverse().Where(layer => layer.Spec.IsProduct && !layer.ReadsInput && !layer.IsUnitMajor))
        {
            length += layer.TransposedLength;
            if (length * SummationRule.SizeOf(Spec.Number) > Tuning.TransposedBytes)
            {
                break;
            }

            layers.Add(layer);
        }

        layers.Reverse();
        return layers;
    }

    /// <summary>The elements of lanes where blocks that leave room for them are whole vectors, else 0.</summary>
    private long LanesThatFit(long elements, bool withGradient) => elements > 0 && MostSamples(withGradient, elements) % WidestLanes == 0 ? elements : 0;

    /// <summary>As many samples as the stack has room for beside the elements of lanes, in whole groups.</summary>
    private int MostSamples(bool withGradient, long lanes)
    {
        int size = SummationRule.SizeOf(Spec.Number);
        int limit = !withGradient && (long)BufferLength * size > Tuning.CacheBytes ? Tuning.LargeBlockSamples : Tuning.BlockSamples;
        long bytes = System.Math.Min(Tuning.BlockStackBytes, Budgets.StackBytes - (StackUse.BlockValues(this, lanes) * size));
        int samples = (int)System.Math.Max(1, bytes / (StackUse.SampleValues(this, withGradient) * size));
        int group = Tuning.SampleGroup;
        while (group > samples)
        {
            group /= 2;
        }

        return System.Math.Min(limit, samples / group * group);
    }
}

/// <summary>An output of a network: a layer that no other reads.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Number">Which of several, from 1; null for the only one.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Start">Where its values begin among those of a sample.</param>
/// <param name="Head">Its loss, or null.</param>
/// <param name="TargetStart">Where what the kernels read of its targets begins among all of a sample.</param>
internal sealed record OutputPlan(string Name, int? Number, LayerPlan Layer, int Start, HeadPlan? Head, int TargetStart)
{
    /// <summary>With terms of batches: how much that is, after the targets the weight of the sample and, for categorical losses, what is allowed, padded.</summary>
    public int TargetLength => Head is null ? 0 : Layer.Units + 1 + AllowedLength;

    /// <summary>What the kernels read of its targets for a sample.</summary>
    /// <param name="hasTerms">Whether there are terms of batches.</param>
    public int TargetValues(bool hasTerms) => hasTerms ? TargetLength : Layer.Units;

    /// <summary>Of these, what is allowed, padded; 0 where the loss is not categorical.</summary>
    public int AllowedLength => Head is { Loss.HasLabels: true } ? Layer.PaddedUnits : 0;
}

/// <summary>How the last activation and the loss are computed together: from <c>z</c> and <c>y</c> to the loss and <c>delta</c>.</summary>
/// <param name="Loss">The loss that was declared.</param>
/// <param name="LossText">The loss as declared, in printed mathematics.</param>
/// <param name="Parts">The output, the loss and the delta, one after another.</param>
internal sealed record HeadPlan(LossFormula Loss, string LossText, IReadOnlyList<HeadPart> Parts)
{
    /// <summary>Whether any step calls a function, the magnitude among them.</summary>
    public bool CallsFunction => Steps.CallsFunction();

    /// <summary>From a and y to the loss before it has the weight of the output.</summary>
    public IReadOnlyList<Step> OutputLoss { get; init; } = new Step[0];

    /// <summary>All steps.</summary>
    public IReadOnlyList<Step> Steps => Parts.SelectMany(part => part.Steps).ToList();
}

/// <summary>Some steps with the formula they compute, in printed mathematics.</summary>
internal sealed record HeadPart(string Comment, IReadOnlyList<Step> Steps);

/// <summary>How the methods are cut.</summary>
internal enum MethodShape
{
    /// <summary>Each pass is one method without a loop; all values are locals, alone or in vectors.</summary>
    StraightLine,

    /// <summary>Each layer has methods of its own; values pass through memory.</summary>
    LayerByLayer,
}

/// <summary>What a test may force on the planner; null leaves the choice to it.</summary>
/// <param name="Shape">How the methods are cut.</param>
/// <param name="Form">How the products of every layer are computed.</param>
/// <param name="VectorWidths">The widths in bits, widest first.</param>
/// <param name="LaneWidths">The widths with a sample in every lane, as far as the network is small enough; none where anything else is forced.</param>
internal sealed record PlanChoice(
    MethodShape? Shape = null, LayerForm? Form = null, IReadOnlyList<int>? VectorWidths = null, IReadOnlyList<int>? LaneWidths = null);
