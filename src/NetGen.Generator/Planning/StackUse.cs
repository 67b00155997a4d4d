using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;

namespace NetGen.Generator.Planning;

/// <summary>
/// How much stack memory the members of a network take at most, in bytes that generated code asks for with <c>stackalloc</c>; the frames of its methods come on
/// top. A test holds these bounds against the emitted text.
/// </summary>
internal static class StackUse
{
    /// <summary>Elements by which the alignment of a block of values may move its first one.</summary>
    public const int Slack = 16;

    /// <summary>Elements of the sums that wait between the methods among which straight code is divided.</summary>
    private const int WaitingSums = 256;

    /// <summary>Elements for each sample in lanes that its x, y and dx touch beyond their ends.</summary>
    private const int LaneEdges = 3;

    /// <summary>Blocks of values that are aligned at the same time: of the pass, of its way back, and of waiting sums.</summary>
    private const int Blocks = 3;

    /// <summary>For one sample: z, a, delta and what their formulas keep for each unit of a layer. Straight lines keep all of it in registers.</summary>
    public static long OfLayer(NetworkPlan plan, LayerPlan layer) => plan.Shape == MethodShape.StraightLine
        ? 0
        : ((Values(plan, layer) * layer.PaddedUnits) + Traced(layer) + OfFormulas(layer)) * Size(plan);

    /// <summary>For one sample: the layers, the target that a label becomes, values that are given apart, and copies of the input where vectors need them.</summary>
    public static long OfSample(NetworkPlan plan)
    {
        long label = (TargetCopy(plan) + Named(plan)) * Size(plan);
        return plan.Shape == MethodShape.StraightLine
            ? label
            : OfInput(plan) + plan.Layers.Sum(layer => OfLayer(plan, layer)) + label + (Extra(plan) * Size(plan));
    }

    /// <summary>For one sample: a padded copy of the input and the gradient of it, where vectors need them.</summary>
    public static long OfInput(NetworkPlan plan) => plan.IsVectorised && plan.Shape == MethodShape.LayerByLayer
        ? (InputCopy(plan) + (plan.IsPlain ? ParameterRule.PaddedUnits(plan.Spec.Inputs) : Parts(plan))) * Size(plan)
        : 0;

    /// <summary>For a batch, which goes through the network in blocks of samples.</summary>
    public static long OfBatch(NetworkPlan plan)
    {
        if (!plan.IsVectorised)
        {
            return OfSample(plan);
        }

        if (plan.BatchInLanes)
        {
            return ((Tuning.LaneSamples * (LaneValues(plan) + LaneEdges)) + (Tuning.LaneBatch * TargetCopy(plan)) + Slack) * Size(plan);
        }

        long forward = (plan.ForwardBlockSamples * SampleValues(plan, withGradient: false)) + BlockValues(plan, plan.OutputLanes);
        long gradient = !plan.HasLoss ? 0 : (plan.BlockSamples * SampleValues(plan, withGradient: true)) + BlockValues(plan, plan.LossLanes);
        return System.Math.Max(forward, gradient) * Size(plan);
    }

    /// <summary>The most that any member takes.</summary>
    public static long OfCall(NetworkPlan plan) => System.Math.Max(OfSample(plan), OfBatch(plan));

    /// <summary>Elements that each sample of a block takes: z of every layer, or what the gradient needs.</summary>
    public static long SampleValues(NetworkPlan plan, bool withGradient) => InputCopy(plan) + TargetCopy(plan) + (withGradient && plan.Outputs.Count > 1 ? 1 : 0)
        + plan.Layers.Sum(layer => ((long)layer.PaddedUnits * (withGradient ? GradientValues(layer) : 1)) + Traced(layer));

    /// <summary>Elements of a part of dL/dx of a sample that the caller of a graph gets, the longest.</summary>
    public static int PartLength(NetworkPlan plan) => plan.IsPlain ? 0 : plan.Layers
        .SelectMany(layer => layer.Reads.Where(read => read.IsInput))
        .Select(read => ParameterRule.PaddedUnits(read.Values))
        .DefaultIfEmpty()
        .Max();

    /// <summary>
    /// Elements of the loss of a batch with a sample in every lane, should there be room for it: y twice, z, delta, the loss, and the steps. Of several the one
    /// with most; 0 where they are not worth it.
    /// </summary>
    public static long LossLanes(NetworkPlan plan)
    {
        OutputPlan[] heads = plan.Outputs.Where(output => output.Head is not null).ToArray();
        return heads.Any(output => output.Head!.CallsFunction) && heads.All(output => MayHaveLanes(plan, output)) ? heads.Max(output => HeadLanes(plan, output, output.Head!.Steps)) : 0;
    }

    /// <summary>The same for its output, which is worth it where units depend on each other.</summary>
    public static long OutputLanes(NetworkPlan plan) => plan.Outputs.Where(output => MayHaveLanes(plan, output) && !output.Layer.Forward.IsElementwise())
        .Select(output => HeadLanes(plan, output, output.Layer.Forward))
        .DefaultIfEmpty()
        .Max();

    /// <summary>Whether the units of an output are few enough to have a sample in every lane.</summary>
    public static bool MayHaveLanes(NetworkPlan plan, OutputPlan output) => plan.IsVectorised && !plan.BatchInLanes && output.Layer.Units <= Tuning.LaneLossUnits;

    /// <summary>Elements that a block takes, however many samples it has.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="lanes">Those of its loss or output in lanes.</param>
    public static long BlockValues(NetworkPlan plan, long lanes) => (plan.HasLoss ? ParameterRule.PaddedUnits(plan.Spec.Inputs) : 0)
        + System.Math.Max(plan.Layers.Max(layer => System.Math.Max((long)Kept(plan, layer) * layer.PaddedUnits, OfFormulas(layer))), lanes) + Extra(plan)
        + plan.TransposedLayers.Sum(layer => layer.TransposedLength);

    private static int Size(NetworkPlan plan) => SummationRule.SizeOf(plan.Spec.Number);

    private static long InputCopy(NetworkPlan plan) => !plan.CopiesInput ? 0
        : plan.IsPlain ? plan.First.RowLength
        : plan.Spec.Graph.InputValues().Sum(input => (long)ParameterRule.PaddedUnits(input.Count));

    /// <summary>Values of each unit for the gradient of a batch: delta, z where it is needed, and the output where that is neither the caller's nor lends its place.</summary>
    private static int GradientValues(LayerPlan layer) => 1 + (layer.IsOutput || layer.TraceZ is not null ? 1 : 0) + (layer.IsOutput || layer.LendsOutput ? 0 : 1);

    /// <summary>Elements of all parts of dL/dx of a graph, each of which has memory of its own where there is one sample.</summary>
    private static long Parts(NetworkPlan plan) => plan.Layers.SelectMany(layer => layer.Reads.Where(read => read.IsInput))
        .Sum(read => (long)ParameterRule.PaddedUnits(read.Values) + Slack);

    /// <summary>Elements of what the formula of a layer keeps.</summary>
    private static long Traced(LayerPlan layer) => layer.Kept.Sum(kept => (long)ParameterRule.PaddedUnits(kept.Values));

    /// <summary>Values of the target in memory that a label becomes, or what the kernels read in place of targets.</summary>
    private static long TargetCopy(NetworkPlan plan) => plan.Spec.BatchTerms || plan.HasLabels ? plan.TargetCount : 0;

    /// <summary>Elements in which values that have spans of their own lie one after another: inputs, outputs or what belongs to them, and dL/dx.</summary>
    private static long Named(NetworkPlan plan) => (plan.Spec.Graph.Inputs.Skip(1).Any() ? 2L * plan.Spec.Inputs : 0) + (plan.Outputs.Count > 1 ? plan.OutputCount : 0);

    /// <summary>Elements for alignment, and for sums that wait.</summary>
    private static long Extra(NetworkPlan plan) => (plan.IsVectorised ? Blocks * Slack : 0)
        + (plan.Spec.Unrolling == Unrolling.Full || plan.Layers.Any(layer => layer.Form == LayerForm.Unrolled) ? WaitingSums : 0);

    /// <summary>Values of each unit that a pass of one sample keeps: delta, z of the last layer, and the trace; then what the formulas keep.</summary>
    private static long Values(NetworkPlan plan, LayerPlan layer) => 1 + (layer.IsOutput ? 1 : 0) + (layer.TraceZ is null ? 0 : 1)
        + (layer.TraceA is null && layer.IsOutput ? 0 : 1) + Kept(plan, layer);

    /// <summary>What the steps of a layer keep while a kernel goes through them: quantities of each unit, and lanes of sums.</summary>
    private static long OfFormulas(LayerPlan layer) => layer.Spec.Forward.Concat(layer.Spec.Adjoint).OfType<UnitFormula>().Select(formula =>
        ((long)formula.Steps.Count(step => step.Kind == StepKind.Each && !step.Value.IsCheap()) * ParameterRule.PaddedUnits(formula.Over(layer.Inputs, layer.Units))) + (formula.Steps.Count(step => step.InLanes) * (layer.UnitLanes + (2 * Slack))))
        .DefaultIfEmpty()
        .Max();

    /// <summary>Quantities of each unit that a formula computes in one loop for another.</summary>
    private static int Kept(NetworkPlan plan, LayerPlan layer)
    {
        IReadOnlyList<Step> head = plan.OutputOf(layer) is { Head: { } last } ? last.Parts.SelectMany(part => part.Steps).ToList() : new Step[0];
        return new[] { Kept(layer.Forward, Quantity.A), Kept(layer.Backward, Quantity.Delta), Kept(head, Quantity.Delta) }.Max();
    }

    private static int Kept(IReadOnlyList<Step> steps, string result) => steps.Any(step => step.Kind is StepKind.Sum or StepKind.Max)
        ? steps.Count(step => step.Name != result
            && (step.Kind == StepKind.Each ? !step.Value.IsCheap() : step.Kind == StepKind.Sum && step.Value.CallsFunction()))
        : 0;

    /// <summary>The targets of several outputs lie side by side, and are copied with each of them.</summary>
    private static long HeadLanes(NetworkPlan plan, OutputPlan output, IEnumerable<Step> steps) =>
        plan.WidestLanes * ((output.Layer.PaddedUnits * (4L + steps.Count(IsKeptInLanes))) + 2 + plan.TargetCount - output.TargetValues(plan.Spec.BatchTerms));

    private static bool IsKeptInLanes(Step step) => step.Kind == StepKind.Each || (step.Kind == StepKind.Sum && step.Value.CallsFunction());

    /// <summary>
    /// Elements that a sample takes with its values in the lane of a vector: forward x and y twice, z and a; with a gradient also dx, y, the loss, dL/da,
    /// delta, and s and a for the gradient of the parameters.
    /// </summary>
    private static long LaneValues(NetworkPlan plan)
    {
        bool withGradient = plan.Head is not null;
        long inputs = ParameterRule.PaddedUnits(plan.Spec.Inputs);
        long outputs = plan.Last.PaddedUnits + (plan.Spec.BatchTerms ? plan.TargetCount : 0);
        return (inputs * (withGradient ? 5 : 2)) + (outputs * 2) + (withGradient ? 1 : 0)
            + plan.Layers.Sum(layer => ((withGradient ? 6L : 2L) + Kept(plan, layer)) * layer.PaddedUnits);
    }
}
