using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes activations, their derivatives, and the loss over values in padded memory. Padding that a later product would read is set to zero again
/// where a formula leaves something else there.
/// </summary>
internal sealed class VectorSteps
{
    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly NetworkPlan _plan;
    private readonly VectorText _text;

    public VectorSteps(EmitContext context, VectorText text)
    {
        _context = context;
        _writer = context.Writer;
        _plan = context.Plan;
        _text = text;
    }

    /// <summary>Whether a layer's output is more than its z under another name.</summary>
    public static bool HasActivation(LayerPlan layer) => !layer.Forward.OnlyRename();

    /// <summary>Whether dL/dz is more than dL/da under another name.</summary>
    public static bool HasDelta(LayerPlan layer) => !layer.Backward.OnlyRename();

    /// <summary>Whether a layer's z is used beside its output.</summary>
    public static bool UsesZ(LayerPlan layer) => layer.Backward.Uses(Quantity.Z);

    /// <summary>Whether a layer's derivative uses its output.</summary>
    public static bool UsesA(LayerPlan layer) => layer.Backward.Uses(Quantity.A);

    /// <summary>Writes the body that computes <c>a</c> from <c>z</c> of every sample; the two may share their place.</summary>
    public void Activation(LayerPlan layer)
    {
        // A layer stored by units multiplies whole vectors of this layer's output: what stands in the padding must be zero.
        bool clears = _plan.Readers(layer).Any(reader => reader.IsUnitMajor) && layer.Units < layer.PaddedUnits;
        Write(layer, layer.Forward, clears, Quantity.A, (Quantity.Z, "z"), (Quantity.A, "a"));
    }

    /// <summary>Writes the body that computes dL/dz from dL/da of every sample, in the same place.</summary>
    public void Delta(LayerPlan layer)
    {
        var places = new List<(string, string)> { (Quantity.OutputGradient, "delta"), (Quantity.Delta, "delta") };
        if (UsesZ(layer))
        {
            places.Add((Quantity.Z, "z"));
        }

        if (UsesA(layer))
        {
            places.Add((Quantity.A, "a"));
        }

        bool clears = layer.Units < layer.PaddedUnits && !layer.Backward.IsElementwise();
        Write(layer, layer.Backward, clears, Quantity.Delta, places.ToArray());
    }

    /// <summary>Writes the body that computes the output, the loss and the delta of one sample.</summary>
    public void Loss(HeadPlan head)
    {
        var steps = new LoopedSteps(_context, _plan.Last, _text, vectorsForFunctionsOnly: true);
        steps.Span(Quantity.Z, "z");
        steps.Span(Quantity.Y, "y");
        steps.Span(Quantity.Delta, "delta");
        steps.Write(head.Parts.SelectMany(part => part.Steps).ToList(), Quantity.Delta);
        _writer.Line($"return {Quantity.Loss};");
    }

    private void Write(LayerPlan layer, IReadOnlyList<Step> formula, bool clears, string result, params (string Quantity, string Place)[] places)
    {
        bool perSample = clears || !formula.IsElementwise();
        var steps = new LoopedSteps(_context, layer, _text);
        foreach ((string quantity, string place) in places)
        {
            steps.Span(quantity, perSample ? place + "Row" : place);
        }

        if (!perSample)
        {
            steps.AllSamples = $"samples * {EmitContext.Text(layer.PaddedUnits)}";
            steps.Write(formula, result);
            return;
        }

        steps.WriteMemory(formula, result);
        _writer.Open($"for (int s = 0; s < samples; s++)");
        foreach (string place in places.Select(place => place.Place).Distinct())
        {
            _writer.Line($"ref {_context.T} {place}Row = ref {_context.At(place, $"s * {EmitContext.Text(layer.PaddedUnits)}")};");
        }

        steps.Write(formula, result);
        if (clears)
        {
            string place = places.First(place => place.Quantity == result).Place + "Row";
            _writer.Line($"{_context.SpanOver(_context.At(place, layer.Units), layer.PaddedUnits - layer.Units)}.Clear();");
        }

        _writer.Close();
    }
}
