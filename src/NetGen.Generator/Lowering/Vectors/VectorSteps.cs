using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>
/// Activations, their derivatives, and the loss over values in padded memory, as bodies of kernels. Padding that a later product would read is set to zero again where a formula leaves
/// something else there.
/// </summary>
internal sealed class VectorSteps
{
    private readonly NetworkPlan _plan;
    private readonly StepVectors _vectors;
    private readonly Count _samples;

    public VectorSteps(NetworkPlan plan, VectorWidth width)
    {
        _plan = plan;
        _samples = VectorProducts.SamplesOf(plan);
        _vectors = new StepVectors(width, plan.Spec.IsFused);
    }

    /// <summary>Whether a layer's output is more than its z under another name.</summary>
    public static bool HasActivation(LayerPlan layer) => !layer.Forward.OnlyRename();

    /// <summary>Whether dL/dz is more than dL/da under another name.</summary>
    public static bool HasDelta(LayerPlan layer) => !layer.Backward.OnlyRename();

    /// <summary>Whether a layer's z is used beside its output.</summary>
    public static bool UsesZ(LayerPlan layer) => layer.Backward.Uses(Quantity.Z);

    /// <summary>Whether a layer's derivative uses its output.</summary>
    public static bool UsesA(LayerPlan layer) => layer.Backward.Uses(Quantity.A);

    /// <summary>Whether dL/dz may be something else than 0 where dL/da and z are 0: units depend on each other, or the slope of a formula of the user's is infinite there.</summary>
    public static bool LeavesPadding(LayerPlan layer) => !layer.Backward.IsElementwise() || layer.Spec.Own is not null;

    /// <summary>The names of the places that a layer's derivative reads and writes.</summary>
    public static IEnumerable<string> DeltaPlaces(LayerPlan layer) =>
        new[] { UsesZ(layer) ? Quantity.Z : "", UsesA(layer) ? Quantity.A : "", Quantity.Delta }.Where(place => place.Length > 0);

    /// <summary>What the kernel of a layer's activation is called and given.</summary>
    public static Signature ActivationOf(NetworkPlan plan, LayerPlan layer) => Of(plan, layer, "Activation", new[] { Quantity.Z, Quantity.A });

    /// <summary>The same for its derivative.</summary>
    public static Signature DeltaOf(NetworkPlan plan, LayerPlan layer) => Of(plan, layer, "Delta", DeltaPlaces(layer));

    /// <summary>What the kernel of an output's loss is called and given.</summary>
    public static Signature LossOf(OutputPlan output, bool hasTerms)
    {
        LayerPlan layer = output.Layer;
        Buffer Row(string name, int length) => new(name, length, BufferKind.Reference);
        return new Signature(
            output.Number is null ? "Loss" : "Loss" + Notation.Text(layer.Number),
            Row(Quantity.Z, layer.PaddedUnits),
            Row(Quantity.Y, hasTerms ? output.TargetLength : layer.Units),
            Row(Quantity.Delta, layer.PaddedUnits))
        {
            Returns = NumberKind.Number,
        };
    }

    /// <summary><c>a</c> from <c>z</c> of every sample; the two may share their place.</summary>
    public IEnumerable<Statement> Activation(LayerPlan layer)
    {
        // A layer stored by units multiplies whole vectors of this layer's output: what stands in the padding must be zero.
        bool clears = _plan.Readers(layer).Any(reader => reader.Spec.IsProduct && reader.IsUnitMajor) && layer.Units < layer.PaddedUnits;
        return Lower(layer, layer.Forward, clears, Quantity.A, (Quantity.Z, Quantity.Z), (Quantity.A, Quantity.A));
    }

    /// <summary>dL/dz from dL/da of every sample, in the same place.</summary>
    public IEnumerable<Statement> Delta(LayerPlan layer)
    {
        bool clears = layer.Units < layer.PaddedUnits && LeavesPadding(layer);
        return Lower(
            layer,
            layer.Backward,
            clears,
            Quantity.Delta,
            DeltaPlaces(layer).Where(place => place != Quantity.Delta).Prepend(Quantity.Delta).Select(place => (place, place)).Prepend((Quantity.OutputGradient, Quantity.Delta)).ToArray());
    }

    /// <summary>The values, the loss and the delta of an output of one sample.</summary>
    public IEnumerable<Statement> Loss(OutputPlan output)
    {
        LayerPlan last = output.Layer;
        (IReadOnlyList<Statement> memory, IReadOnlyList<Statement> loops) = LoopSteps.Lower(
            last,
            output.Head!.Steps,
            Quantity.Delta,
            _vectors with { ForFunctionsOnly = true },
            NetworkBuffers.TargetPlaces(LossOf(output, _plan.Spec.BatchTerms).Parameters[1].Buffer!, output, _plan.Spec.BatchTerms)
                .Prepend((Quantity.Z, Of(Quantity.Z, last.PaddedUnits)))
                .Append((Quantity.Delta, Of(Quantity.Delta, last.PaddedUnits))));
        return memory.Concat(loops).Append(new Return(Expression.Symbol(Quantity.Loss)));
    }

    private static Signature Of(NetworkPlan plan, LayerPlan layer, string name, IEnumerable<string> places)
    {
        Count samples = VectorProducts.SamplesOf(plan);
        return new Signature(name + Notation.Text(layer.Number), places.Select(place => (KernelParameter)All(place, layer, samples)).Append(samples).ToArray());
    }

    /// <summary>A quantity of every sample, in padded memory.</summary>
    private static Buffer All(string place, LayerPlan layer, Count samples) => new(place, (Index)samples * layer.PaddedUnits, BufferKind.Reference);

    private static QuantityPlace Of(string name, int length) => new Buffer(name, length, BufferKind.Reference);

    private IEnumerable<Statement> Lower(LayerPlan layer, IReadOnlyList<Step> formula, bool clears, string result, params (string Quantity, string Place)[] places)
    {
        int row = layer.PaddedUnits;
        Buffer All(string place) => VectorSteps.All(place, layer, _samples);
        if (!clears && formula.IsElementwise())
        {
            return LoopSteps.Lower(
                layer, formula, result, _vectors with { Samples = _samples }, places.Select(place => (place.Quantity, (QuantityPlace)All(place.Place)))).Loops;
        }

        Buffer Row(string place) => new(place + "Row", row, BufferKind.Reference);
        (IReadOnlyList<Statement> memory, IReadOnlyList<Statement> loops) = LoopSteps.Lower(
            layer, formula, result, _vectors, places.Select(place => (place.Quantity, (QuantityPlace)Row(place.Place))));
        var sample = new Loop("s", _samples);
        List<Statement> body = places.Select(place => place.Place).Distinct().Select(place => (Statement)new View(Row(place), All(place), (Index)sample * row)).Concat(loops).ToList();
        if (clears)
        {
            body.Add(new Clear(Row(places.First(place => place.Quantity == result).Place), layer.Units));
        }

        return memory.Append(new For(sample, body));
    }
}
