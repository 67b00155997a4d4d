using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;
using static NetGen.Generator.Planning.Notation;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the passes of one sample, once for all vector widths: what depends on the width is called through a type parameter <c>K</c>, which the JIT
/// replaces by the kernels themselves. Values lie in stack memory, padded like the layers, behind references: <c>a1</c>, <c>z1</c> where Backward
/// needs it, <c>delta1</c>, which first holds dL/da. What Backward needs lies in the trace <c>t</c>.
/// </summary>
internal sealed class VectorPasses
{
    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly NetworkPlan _plan;

    public VectorPasses(EmitContext context)
    {
        _context = context;
        _writer = context.Writer;
        _plan = context.Plan;
    }

    private LayerPlan Last => _plan.Last;

    private string L => EmitContext.Text(Last.Number);

    /// <summary>Writes the body of Forward.</summary>
    public void Forward(bool withTrace)
    {
        WriteParameters();
        WriteInput();

        // The last layer computes in the trace where Backward needs the values.
        int? traceZ = withTrace ? Last.TraceZ : null;
        int? traceA = withTrace ? Last.TraceA : null;
        string z = $"z{L}";
        string a = traceZ is null ? z : $"a{L}";
        var scratch = new Scratch(_context);
        if (!withTrace)
        {
            scratch.Add("t", _plan.TraceLength);
        }

        if (traceA is null)
        {
            scratch.Add(a, Last.PaddedUnits);
        }

        scratch.Write("scratch");
        if (withTrace)
        {
            WriteReference("t", _context.FirstOf("trace"));
        }

        if (traceZ is { } atZ)
        {
            WriteReference(z, _context.At("t", atZ));
        }

        if (traceA is { } atA)
        {
            WriteReference(a, _context.At("t", atA));
        }

        _writer.Line($"Propagate<K>(ref p, ref x, ref t, ref {z});");
        WriteActivation(Last, z, a);
        _writer.Line($"{_context.SpanOver(a, Last.Units)}.CopyTo(output);");
    }

    /// <summary>Writes the body of the vector-Jacobian product.</summary>
    public void Backward()
    {
        WriteParameters();
        WriteInput();
        WriteReference("t", _context.FirstOf("trace"));
        var scratch = new Scratch(_context);
        scratch.Add($"delta{L}", Last.PaddedUnits);
        scratch.Write("scratch");
        _writer.Line($"outputGradient.CopyTo({_context.SpanOver($"delta{L}", Last.Units)});");
        if (VectorSteps.HasDelta(Last))
        {
            _writer.Comment($"Layer {Last.Number}: {Delta(Last)}");
            WriteTraced(Last);
            WriteDelta(Last);
        }

        _writer.Line();
        _writer.Line($"BackwardLayers<K>(ref p, ref x, ref t, ref delta{L}, ref gradient.Origin, {_context.Number(1)}, inputGradient);");
    }

    /// <summary>Writes the body of Forward, loss and Backward of one sample.</summary>
    public void Backpropagate()
    {
        WriteParameters();
        WriteInput();
        var scratch = new Scratch(_context);
        scratch.Add("t", _plan.TraceLength);
        scratch.Add($"z{L}", Last.PaddedUnits);
        scratch.Add($"delta{L}", Last.PaddedUnits);
        scratch.Write("scratch");
        _writer.Line($"Propagate<K>(ref p, ref x, ref t, ref z{L});");
        _writer.Line($"{_context.T} loss = K.Loss(ref z{L}, ref {_context.FirstOf("target")}, ref delta{L});");
        _writer.Line($"BackwardLayers<K>(ref p, ref x, ref t, ref delta{L}, ref gradient.Origin, scale, inputGradient);");
        _writer.Line($"return loss;");
    }

    /// <summary>Writes the forward pass up to the last activation.</summary>
    public void Propagate()
    {
        Parameter x = _context.Reference("x");
        Parameter z = _context.Reference($"z{L}");
        var pass = new SectionedPass(
            _context,
            "Propagate",
            section => new[] { _context.Reference("p"), section.First.ReadsInput ? x : null, _context.Reference("t"), section.Last == Last ? z : null }.OfType<Parameter>(),
            Propagate);
        _writer.Comment($"All layers up to z{L}, the last one without its activation; the trace receives what Backward needs.");
        Open("Propagate", _context.Reference("p"), x, _context.Reference("t"), z);
        pass.Body();
        _writer.Close();
        pass.Methods();
    }

    /// <summary>Writes the backward pass from the last delta.</summary>
    public void BackwardLayers()
    {
        Parameter p = _context.Reference("p");
        Parameter x = _context.Reference("x");
        Parameter t = _context.Reference("t");
        Parameter[] gradient = { _context.Reference("g"), _context.Scalar("scale") };
        Parameter inputGradient = _context.Result("inputGradient");
        var pass = new SectionedPass(
            _context,
            "BackwardLayers",
            section => section.First.ReadsInput
                ? new[] { p, x, t, DeltaOf(section.Last) }.Concat(gradient).Append(inputGradient)
                : new[] { p, t, DeltaOf(section.Last), DeltaOf(_plan.Before(section.First)) }.Concat(gradient),
            Backward);
        _writer.Comment($"g += scale · dL/dθ for a given delta{L}. Each layer's input gradient comes before its parameters change, so that g");
        _writer.CommentLine($"may be the parameters themselves.");
        Open("BackwardLayers", new[] { p, x, t, DeltaOf(Last) }.Concat(gradient).Append(inputGradient).ToArray());
        WriteDeltas(Section.Of(_plan).Select(section => section.Last).Where(layer => layer != Last));
        pass.BodyBackwards();
        _writer.Close();
        pass.Methods();
    }

    private void Propagate(Section section)
    {
        if (!section.First.ReadsInput)
        {
            WriteTracedA(_plan.Before(section.First));
        }

        foreach (LayerPlan layer in section.Layers.Where(layer => layer != Last))
        {
            string n = EmitContext.Text(layer.Number);
            _writer.Comment($"{Notation.Title(layer)}: {Notation.Forward(layer)}");
            WriteTraced(layer);
            string z = layer.TraceZ is null ? $"a{n}" : $"z{n}";
            _writer.Line($"K.Affine{n}(ref p, ref {Input(layer)}, ref {z});");
            WriteActivation(layer, z, $"a{n}");
            _writer.Line();
        }

        if (section.Last == Last)
        {
            _writer.Comment($"{Notation.Title(Last)}: {Affine(Last)}");
            _writer.Line($"K.Affine{L}(ref p, ref {Input(Last)}, ref z{L});");
        }
    }

    private void Backward(Section section)
    {
        // Less than the deltas of all layers, for which there is room: those of one section at a time beside those between sections.
        WriteDeltas(section.Layers.Where(layer => layer != section.Last));
        foreach (LayerPlan layer in section.Layers.Reverse().Where(layer => !layer.ReadsInput))
        {
            LayerPlan before = _plan.Before(layer);
            string n = EmitContext.Text(layer.Number);
            string b = EmitContext.Text(before.Number);
            _writer.Comment($"{InputGradient(layer)}, {ParameterGradient(layer)}, {Delta(before)}");
            WriteTraced(before);
            _writer.Line($"K.Backward{n}(ref p, ref a{b}, ref delta{n}, ref delta{b}, ref g, scale);");
            WriteDelta(before);
        }

        if (!section.First.ReadsInput)
        {
            return;
        }

        LayerPlan first = _plan.First;
        _writer.Comment($"{InputGradient(first)} where it is asked for, {ParameterGradient(first)}");
        _writer.Open($"if (!inputGradient.IsEmpty)");
        _context.WriteMemory("dx", ParameterRule.PaddedUnits(first.Inputs));
        _writer.Line($"K.InputGradient1(ref p, ref delta1, ref {_context.FirstOf("dx")});");
        _writer.Line($"dx.Slice(0, {first.Inputs}).CopyTo(inputGradient);");
        _writer.Close();
        _writer.Line();
        _writer.Line($"K.ParameterGradient1(ref x, ref delta1, ref g, scale);");
    }

    private void WriteDeltas(IEnumerable<LayerPlan> layers)
    {
        var scratch = new Scratch(_context);
        foreach (LayerPlan layer in layers)
        {
            scratch.Add($"delta{EmitContext.Text(layer.Number)}", layer.PaddedUnits);
        }

        scratch.Write("scratch");
    }

    private Parameter DeltaOf(LayerPlan layer) => _context.Reference($"delta{EmitContext.Text(layer.Number)}");

    private void WriteActivation(LayerPlan layer, string z, string a)
    {
        if (VectorSteps.HasActivation(layer))
        {
            _writer.Line($"K.Activation{layer.Number}(ref {z}, ref {a}, 1);");
        }
    }

    private void WriteDelta(LayerPlan layer)
    {
        if (VectorSteps.HasDelta(layer))
        {
            _writer.Line($"K.Delta{layer.Number}({string.Join(", ", VectorSteps.DeltaPlaces(layer).Select(place => $"ref {place}{EmitContext.Text(layer.Number)}"))}, 1);");
        }
    }

    private void WriteParameters() => WriteReference("p", "parameters.Origin");

    /// <summary>Writes <c>x</c>, a padded copy of the input where the first layer reads it in whole vectors.</summary>
    private void WriteInput()
    {
        string input = "input";
        if (_plan.CopiesInput)
        {
            _context.WriteMemory("padded", _plan.First.RowLength);
            _writer.Line($"input.CopyTo(padded);");
            input = "padded";
        }

        WriteReference("x", _context.FirstOf(input));
    }

    private void WriteTraced(LayerPlan layer)
    {
        if (layer.TraceZ is { } z)
        {
            WriteReference($"z{EmitContext.Text(layer.Number)}", _context.At("t", z));
        }

        WriteTracedA(layer);
    }

    private void WriteTracedA(LayerPlan layer)
    {
        if (layer.TraceA is { } a)
        {
            WriteReference($"a{EmitContext.Text(layer.Number)}", _context.At("t", a));
        }
    }

    private void WriteReference(string name, string place) => _writer.Line($"ref {_context.T} {name} = ref {place};");

    private void Open(string name, params Parameter[] parameters)
    {
        _context.WriteKernelAttribute();
        _context.OpenMethod($"private static void {name}<K>", VectorClass.Constraint, parameters);
    }
}
