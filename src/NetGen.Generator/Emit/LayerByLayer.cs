using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;
using static NetGen.Generator.Planning.Notation;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the passes of a network whose layers have methods of their own. Values pass through spans: <c>a1</c>, <c>da1</c> for
/// dL/da, <c>delta1</c> for dL/dz. What Backward needs lies in the trace, so that Forward computes right into it.
/// </summary>
internal sealed class LayerByLayer
{
    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly NetworkPlan _plan;

    public LayerByLayer(EmitContext context)
    {
        _context = context;
        _writer = context.Writer;
        _plan = context.Plan;
    }

    private LayerPlan Last => _plan.Last;

    private string LastZ => $"z{EmitContext.Text(Last.Number)}";

    private string LastDelta => $"delta{EmitContext.Text(Last.Number)}";

    /// <summary>Writes the body of Forward with a trace.</summary>
    public void Forward()
    {
        // The last layer computes where its output is wanted: in the trace when Backward needs it, else with the caller.
        string z = Last.TraceZ is not null ? Traced(Last, "z") : Last.TraceA is not null ? Traced(Last, "a") : "output";
        string a = Last.TraceA is not null ? Traced(Last, "a") : "output";
        string l = EmitContext.Text(Last.Number);
        _writer.Line($"var z{l} = {z};");
        _writer.Line($"Propagate(parameters, {_context.Elements("input", _plan.Spec.Inputs)}, trace, z{l});");
        if (!IsIdentity(Last))
        {
            _writer.Comment($"a{l} = {Print(Last.Activation.ValueText, Last)}");
        }

        string target = a;
        if (a != z)
        {
            _writer.Line($"var a{l} = {a};");
            target = "a" + l;
        }

        WriteSteps(Last, Last.Forward, LastZ, a != z ? target : LastZ);
        if (a != "output")
        {
            _writer.Line($"{(a != z ? target : LastZ)}.CopyTo(output);");
        }
    }

    /// <summary>Writes the body of the vector-Jacobian product, from <c>outputGradient</c> and <c>trace</c>.</summary>
    public void Backward()
    {
        string da = $"da{EmitContext.Text(Last.Number)}";
        string delta = da;
        _writer.Line($"var x = {_context.Elements("input", _plan.Spec.Inputs)};");
        _writer.Line($"var kept = {_context.Elements("trace", _plan.TraceLength)};");
        _writer.Line($"var {da} = {_context.Elements("outputGradient", Last.Units)};");
        _writer.Comment($"Layer {Last.Number}: {Delta(Last)}");
        if (!IsIdentity(Last))
        {
            delta = LastDelta;
            WriteTraceSlices(Last, "kept");
            _context.WriteMemory(delta, Last.Units);
            WriteDelta(Last, da);
            _writer.Line();
        }

        _writer.Line($"BackwardLayers(parameters, x, kept, {delta}, gradient, {_context.Number(1)}, inputGradient);");
    }

    /// <summary>Writes the body of Forward, loss and Backward of one sample.</summary>
    public void Backpropagate(HeadPlan head)
    {
        _writer.Line($"var x = {_context.Elements("input", _plan.Spec.Inputs)};");
        _writer.Line($"var y = {_context.Elements("target", Last.Units)};");
        _context.WriteMemory("trace", _plan.TraceLength);
        _context.WriteMemory(LastZ, Last.Units);
        _context.WriteMemory(LastDelta, Last.Units);
        _writer.Line($"Propagate(parameters, x, trace, {LastZ});");
        _writer.Line();
        foreach (HeadPart part in head.Parts)
        {
            _writer.CommentLine($"{part.Comment}");
        }

        var steps = new LoopedSteps(_context, Last);
        steps.Span(Quantity.Z, LastZ);
        steps.Span(Quantity.Y, "y");
        steps.Span(Quantity.Delta, LastDelta);
        steps.Write(head.Parts.SelectMany(part => part.Steps).ToList(), Quantity.Delta);
        _writer.Line();
        _writer.Line($"BackwardLayers(parameters, x, trace, {LastDelta}, gradient, scale, inputGradient);");
        _writer.Line($"return {Quantity.Loss};");
    }

    /// <summary>Writes the methods of the layers.</summary>
    public void Layers()
    {
        foreach (LayerPlan layer in _plan.Layers)
        {
            string l = EmitContext.Text(layer.Number);
            var straight = new UnrolledAffine(_context, layer);
            var looped = new LoopedAffine(_context, layer);

            _writer.Comment($"{Affine(layer)}. The weight from input i to unit j is {WeightPlace(layer)}.");
            WriteKernel(
                layer,
                "Affine" + l,
                new[] { _context.InBuffer("parameters"), _context.Indexed("x"), _context.Result("z") },
                () =>
                {
                    _context.WriteBuffer("p", "parameters");
                    _context.WriteSlices(layer, "p", "");
                    WriteExactLength("x", layer.Inputs);
                    WriteExactLength("z", layer.Units);
                },
                looped.Forward,
                () => straight.Forward(Element("x"), Local("z"), "z"));

            _writer.Comment($"{InputGradient(layer)}");
            WriteKernel(
                layer,
                "InputGradient" + l,
                new[] { _context.InBuffer("parameters"), _context.Indexed("delta"), _context.Result("dx") },
                () =>
                {
                    _context.WriteBuffer("p", "parameters");
                    _context.WriteWeightSlice(layer, "p", "");
                    WriteExactLength("delta", layer.Units);
                    WriteExactLength("dx", layer.Inputs);
                },
                looped.InputGradient,
                () => straight.InputGradient(Element("delta"), Local("dx"), "dx"));

            _writer.Comment($"g += scale · dL/dθ: {ParameterGradient(layer)}");
            WriteKernel(
                layer,
                "ParameterGradient" + l,
                new[] { _context.InBuffer("gradient"), _context.Indexed("x"), _context.Indexed("delta"), _context.Scalar("scale") },
                () =>
                {
                    _context.WriteBuffer("g", "gradient");
                    _context.WriteSlices(layer, "g", "g");
                    WriteExactLength("x", layer.Inputs);
                    WriteExactLength("delta", layer.Units);
                },
                looped.ParameterGradient,
                () => straight.ParameterGradient(
                    unit => "s" + EmitContext.Text(unit),
                    Element("x"),
                    unit => $"{_context.T} s{EmitContext.Text(unit)} = {_context.Multiply("scale", $"delta[{EmitContext.Text(unit)}]")};"));
        }
    }

    /// <summary>Writes the forward pass up to the last activation.</summary>
    public void Propagate()
    {
        Parameter parameters = _context.InBuffer("parameters");
        Parameter input = _context.Indexed("input");
        Parameter trace = _context.Result("trace");
        Parameter z = _context.Result(LastZ);
        var pass = new SectionedPass(
            _context,
            "Propagate",
            section => new[] { parameters, section.First == _plan.First ? input : null, trace, section.Last == Last ? z : null }.OfType<Parameter>(),
            Propagate);
        _writer.Comment($"All layers up to {LastZ}, the last one without its activation; the trace receives what Backward needs.");
        _context.OpenMethod("private static void Propagate", parameters, input, trace, z);
        pass.Body();
        _writer.Close();
        pass.Methods();
    }

    /// <summary>Writes the backward pass from the last delta.</summary>
    public void BackwardLayers()
    {
        Parameter parameters = _context.InBuffer("parameters");
        Parameter input = _context.Indexed("input");
        Parameter trace = _context.Indexed("trace");
        Parameter[] gradient = { _context.InBuffer("gradient"), _context.Scalar("scale") };
        Parameter inputGradient = _context.Result("inputGradient");
        Parameter Delta(LayerPlan layer) => _context.Indexed($"delta{EmitContext.Text(layer.Number)}");
        var pass = new SectionedPass(
            _context,
            "BackwardLayers",
            section => section.First == _plan.First
                ? new[] { parameters, input, trace, Delta(section.Last) }.Concat(gradient).Append(inputGradient)
                : new[] { parameters, trace, Delta(section.Last), Delta(_plan.Before(section.First)) }.Concat(gradient),
            Backward);
        _writer.Comment($"g += scale · dL/dθ for a given {LastDelta}. Each layer's input gradient comes before its parameters change, so that g");
        _writer.CommentLine($"may be the parameters themselves.");
        _context.OpenMethod("private static void BackwardLayers", new[] { parameters, input, trace, Delta(Last) }.Concat(gradient).Append(inputGradient).ToArray());
        foreach (LayerPlan layer in Section.Of(_plan).Select(section => section.Last).Where(layer => layer != Last))
        {
            _context.WriteMemory($"delta{EmitContext.Text(layer.Number)}", layer.Units);
        }

        pass.BodyBackwards();
        _writer.Close();
        pass.Methods();
    }

    private void Propagate(Section section)
    {
        if (section.First != _plan.First)
        {
            WriteTracedA(_plan.Before(section.First));
        }

        foreach (LayerPlan layer in section.Layers.Where(layer => layer != Last))
        {
            string n = EmitContext.Text(layer.Number);
            _writer.Comment($"{Notation.Title(layer)}: {Notation.Forward(layer)}");
            WriteTraceSlices(layer);
            string z = layer.TraceZ is null ? $"a{n}" : $"z{n}";
            _writer.Line($"Affine{n}(parameters, {InputSpan(layer)}, {z});");
            WriteSteps(layer, layer.Forward, z, $"a{n}");
            _writer.Line();
        }

        if (section.Last == Last)
        {
            _writer.Comment($"{Notation.Title(Last)}: {Affine(Last)}");
            _writer.Line($"Affine{EmitContext.Text(Last.Number)}(parameters, {InputSpan(Last)}, {LastZ});");
        }
    }

    private void Backward(Section section)
    {
        foreach (LayerPlan layer in section.Layers.Reverse().Where(layer => layer != _plan.First))
        {
            LayerPlan before = _plan.Before(layer);
            string n = EmitContext.Text(layer.Number);
            string b = EmitContext.Text(before.Number);
            _writer.Comment($"{InputGradient(layer)}, {ParameterGradient(layer)}, {Delta(before)}");
            WriteTraceSlices(before);
            if (layer != section.First)
            {
                _context.WriteMemory($"delta{b}", before.Units);
            }

            _writer.Line($"InputGradient{n}(parameters, delta{n}, delta{b});");
            _writer.Line($"ParameterGradient{n}(gradient, a{b}, delta{n}, scale);");
            WriteDelta(before, $"delta{b}");
            _writer.Line();
        }

        if (section.First != _plan.First)
        {
            return;
        }

        _writer.Comment($"{InputGradient(_plan.First)} where it is asked for, {ParameterGradient(_plan.First)}");
        _writer.Open($"if (!inputGradient.IsEmpty)");
        _writer.Line($"InputGradient1(parameters, delta1, inputGradient);");
        _writer.Close();
        _writer.Line();
        _writer.Line($"ParameterGradient1(gradient, input, delta1, scale);");
    }

    private void WriteSteps(LayerPlan layer, IReadOnlyList<Step> steps, string z, string a)
    {
        var looped = new LoopedSteps(_context, layer);
        looped.Span(Quantity.Z, z);
        looped.Span(Quantity.A, a);
        looped.Write(steps, Quantity.A);
    }

    /// <summary>Writes dL/dz from dL/da; the two may share a span.</summary>
    private void WriteDelta(LayerPlan layer, string outputGradient)
    {
        string n = EmitContext.Text(layer.Number);
        var steps = new LoopedSteps(_context, layer);
        steps.Span(Quantity.OutputGradient, outputGradient);
        steps.Span(Quantity.Z, $"z{n}");
        steps.Span(Quantity.A, $"a{n}");
        steps.Span(Quantity.Delta, $"delta{n}");
        steps.Write(layer.Backward, Quantity.Delta);
    }

    /// <summary>Writes the locals <c>z</c> and <c>a</c> of a layer as slices of the trace, where it holds them.</summary>
    private void WriteTraceSlices(LayerPlan layer, string trace = "trace")
    {
        if (layer.TraceZ is not null)
        {
            _writer.Line($"var z{layer.Number} = {Traced(layer, "z", trace)};");
        }

        WriteTracedA(layer, trace);
    }

    private void WriteTracedA(LayerPlan layer, string trace = "trace")
    {
        if (layer.TraceA is not null)
        {
            _writer.Line($"var a{layer.Number} = {Traced(layer, "a", trace)};");
        }
    }

    /// <summary>Writes the products of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The method.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="places">Writes the locals that the products read and write.</param>
    /// <param name="loops">Writes the products as loops.</param>
    /// <param name="straight">The products as straight statements.</param>
    private void WriteKernel(
        LayerPlan layer, string name, Parameter[] parameters, Action places, Action loops, Func<IReadOnlyList<Strand>> straight)
    {
        StraightMethods? methods = layer.Form == LayerForm.Unrolled
            ? new StraightMethods(_context, null, name, parameters, places, straight())
            : null;
        _context.WriteKernelAttribute();
        _context.OpenMethod("private static void " + name, parameters);
        if (methods is null)
        {
            places();
            loops();
        }
        else
        {
            methods.Body();
        }

        _writer.Close();
        methods?.Parts();
    }

    /// <summary>One check here lets the JIT leave out the others.</summary>
    private void WriteExactLength(string span, int length) => _writer.Line($"{span} = {span}.Slice(0, {length});");

    /// <summary>Whether dL/dz is dL/da as it stands.</summary>
    private static bool IsIdentity(LayerPlan layer) => layer.Backward.OnlyRename();

    private static string Traced(LayerPlan layer, string quantity, string trace = "trace") =>
        $"{trace}.Slice({EmitContext.Text((quantity == "z" ? layer.TraceZ : layer.TraceA)!.Value)}, {EmitContext.Text(layer.Units)})";

    private static string InputSpan(LayerPlan layer) => layer.Number == 1 ? "input" : Input(layer);

    private static Func<int, string> Element(string span) => index => $"{span}[{EmitContext.Text(index)}]";

    private static Func<int, string> Local(string quantity) => index => $"{quantity}_{EmitContext.Text(index)}";
}
