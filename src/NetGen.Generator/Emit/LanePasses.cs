using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;
using static NetGen.Generator.Planning.Notation;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the methods that take a block of samples through a network, a group at a time with a sample in every lane: one for each layer forward, one for
/// the loss, one for each layer backward. The groups of a block do not wait for each other, which hides the latency of the functions; what one
/// method leaves to the next lies in memory.
/// </summary>
internal sealed class LanePasses
{
    /// <summary>The place of the loss of each sample.</summary>
    public const string Losses = "losses";

    /// <summary>The quantity scale · delta.</summary>
    public const string Scaled = "s";

    /// <summary>Elements of memory from one group to the next.</summary>
    public const string Step = "step";

    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly NetworkPlan _plan;
    private readonly VectorText _text;
    private readonly LaneRows _rows;
    private readonly List<LaneSteps> _layers = new();
    private Func<int, string> _a = _ => "";

    public LanePasses(EmitContext context, VectorText text)
    {
        _context = context;
        _writer = context.Writer;
        _plan = context.Plan;
        _text = text;
        Memory = new LaneMemory(context, text);
        _rows = new LaneRows(context, text, Memory);
    }

    /// <summary>The memory of a group of samples, known when the methods are written.</summary>
    public LaneMemory Memory { get; }

    /// <summary>The calls of the methods, in order.</summary>
    public List<string> Calls { get; } = new();

    /// <summary>The name of the memory for a vector of each unit.</summary>
    public static string Lanes(string quantity, int layer) => layer == 0 ? "xLanes" : $"{quantity}{EmitContext.Text(layer)}Lanes";

    /// <summary>The name of the memory for the units of each sample.</summary>
    public static string Rows(string quantity, int layer) => $"{quantity}{EmitContext.Text(layer)}Rows";

    /// <summary>Writes the methods from x to the last z.</summary>
    public void Forward()
    {
        foreach (LayerPlan layer in _plan.Layers)
        {
            string[] places = layer.ReadsInput ? new[] { "p", "x" } : new[] { "p" };
            string name = (layer == _plan.Last ? "Affine" : "Forward") + EmitContext.Text(layer.Number);
            Method(name, places, new Parameter[0], () => Layer(layer));
        }
    }

    /// <summary>Writes the method that computes the output <c>y</c>.</summary>
    public void Output() => Method("Output", new[] { "y" }, new Parameter[0], () =>
    {
        LaneSteps steps = LastSteps();
        if (VectorSteps.HasActivation(_plan.Last))
        {
            _writer.Comment($"{Print("{a} = " + _plan.Last.Activation.ValueText, _plan.Last)}");
        }

        steps.Write(_plan.Last.Forward);
        _rows.Store("y", _plan.Last.Units, steps.Of(Quantity.A), _plan.Last.Units, steps.Place(Quantity.A));
    });

    /// <summary>Writes the methods from the last z and the target <c>y</c> to the losses, the scaled deltas and <c>dx</c>.</summary>
    public void Backpropagate(HeadPlan head)
    {
        Method("Loss", new[] { "y" }, new Parameter[0], () => Head(head));
        foreach (LayerPlan layer in _plan.Layers.Reverse())
        {
            Parameter[] parameters = layer.ReadsInput
                ? new[] { _context.Scalar("scale"), new Parameter("bool", "withInputGradient") }
                : new[] { _context.Scalar("scale") };
            Method($"Backward{layer.Number}", layer.ReadsInput ? new[] { "p", "dx" } : new[] { "p" }, parameters, () => Backward(layer));
        }
    }

    /// <summary>Writes a method that computes something of every group.</summary>
    private void Method(string name, string[] places, Parameter[] parameters, Action body)
    {
        Parameter[] all = places.Append("t").Select(_context.Reference)
            .Append(new Parameter("int", Step))
            .Append(new Parameter("int", "samples"))
            .Concat(parameters)
            .ToArray();
        Calls.Add($"{name}({string.Join(", ", all.Select(parameter => parameter.Argument))});");
        _writer.Line();
        _context.WriteKernelAttribute();
        _context.OpenMethod($"private static void {name}", all);
        _writer.Open($"for (int s = 0; s < samples; s += {_text.Widest.Count})");
        Memory.WriteBody(body);
        _writer.Line();
        foreach (string place in places.Where(place => place != "p"))
        {
            int values = place == "y" ? _plan.Last.Units : _plan.Spec.Inputs;
            _writer.Line($"{place} = ref {_context.At(place, _text.Widest.Count * values)};");
        }

        _writer.Line($"t = ref {_context.At("t", Step)};");
        _writer.Close();
        _writer.Close();
    }

    private void Layer(LayerPlan layer)
    {
        string n = EmitContext.Text(layer.Number);
        _writer.Comment($"{Notation.Title(layer)}: {(layer == _plan.Last ? Affine(layer) : Notation.Forward(layer))}");
        if (layer.ReadsInput)
        {
            _a = _rows.Load("x", layer.Inputs, Lanes(Quantity.A, 0));
        }

        var steps = new LaneSteps(_context, layer, _text, Memory);
        _layers.Add(steps);
        steps.Given(Quantity.Z, Sums(layer.Units, $"z{n}", (local, place) => Products(layer).Forward(_a, local, place)));
        if (layer != _plan.Last)
        {
            steps.Write(layer.Forward);
        }

        if (layer == _plan.Last || VectorSteps.UsesZ(layer))
        {
            Keep(steps, layer, Quantity.Z);
        }

        if (layer != _plan.Last)
        {
            _a = Keep(steps, layer, Quantity.A);
        }
    }

    /// <summary>The steps that follow the last z, which lies in memory.</summary>
    private LaneSteps LastSteps()
    {
        var steps = new LaneSteps(_context, _plan.Last, _text, Memory);
        steps.GivenInMemory(Quantity.Z, Lanes(Quantity.Z, _plan.Last.Number));
        return steps;
    }

    private void Head(HeadPlan head)
    {
        LaneSteps steps = LastSteps();
        _layers[_layers.Count - 1] = steps;
        steps.Given(Quantity.Y, _rows.Load("y", _plan.Last.Units, Lanes(Quantity.Y, _plan.Last.Number)));
        steps.Write(head);
        _writer.Line($"{_text.Store(_text.Widest, Quantity.Loss, Memory.ReserveElements(Losses, _text.Widest.Count), 0)}");
        Keep(steps, _plan.Last, Quantity.Delta);
    }

    /// <summary>Writes the scaled delta of a layer, dL/dx, and the delta of the layer before.</summary>
    private void Backward(LayerPlan layer)
    {
        string n = EmitContext.Text(layer.Number);
        LaneSteps steps = _layers[layer.Number - 1];
        _writer.Comment($"s{n} = scale · delta{n}, sample by sample");
        _writer.Line($"var scale{n} = {_text.Broadcast(_text.Widest, "scale")};");
        WriteRows(Scaled, Quantity.Delta, layer.Number, layer.Units, steps.Of(Quantity.Delta), delta => $"scale{n} * {delta}");
        if (layer.IsUnitMajor)
        {
            WriteRows(Quantity.A, Quantity.A, layer.Source, layer.Inputs, Memory.Lane(Lanes(Quantity.A, layer.Source)), a => a);
        }

        Func<int, string> delta = steps.Of(Quantity.Delta);
        if (layer.ReadsInput)
        {
            _writer.Comment($"{InputGradient(layer)}, where it is asked for");
            _writer.Open($"if (withInputGradient)");
            Func<int, string> dx = Sums(layer.Inputs, "dx", (local, place) => Products(layer).InputGradient(delta, local, place));
            _rows.Store("dx", layer.Inputs, dx, layer.Inputs, "dxLanes");
            _writer.Close();
            return;
        }

        LayerPlan before = _plan.Before(layer);
        LaneSteps stepsBefore = _layers[before.Number - 1];
        _writer.Comment($"{InputGradient(layer)}");
        stepsBefore.Given(
            Quantity.OutputGradient,
            Sums(before.Units, $"da{EmitContext.Text(before.Number)}", (local, place) => Products(layer).InputGradient(delta, local, place)));
        _writer.Comment($"Layer {before.Number}: {Delta(before)}");
        stepsBefore.Write(before.Backward);
        Keep(stepsBefore, before, Quantity.Delta);
    }

    /// <summary>Writes what stores a quantity of each unit, or what is made of it, sample by sample, padded.</summary>
    private void WriteRows(string stored, string quantity, int layer, int units, Func<int, string> value, Func<string, string> made)
    {
        int length = ParameterRule.PaddedUnits(units);
        string rows = Memory.ReserveElements(Rows(stored, layer), length * _text.Widest.Count);
        _rows.Store(rows, units, value, length, Lanes(quantity, layer), made);
    }

    /// <summary>Writes sums, into locals if they are few and else into memory, and returns how they are spelled.</summary>
    private Func<int, string> Sums(int count, string name, Action<Func<int, string>, string?> write)
    {
        string Local(int index) => $"{name}_{EmitContext.Text(index)}";
        if (count <= Limits.LaneLocals)
        {
            write(Local, null);
            return Local;
        }

        string place = Memory.Reserve(name + "Lanes", count);
        write(Local, place);
        return Memory.Lane(place);
    }

    /// <summary>Writes what stores a quantity of each unit for later methods, unless it is there, and returns how it is spelled from then on.</summary>
    private Func<int, string> Keep(LaneSteps steps, LayerPlan layer, string quantity)
    {
        string place = Memory.Store(Lanes(quantity, layer.Number), layer.Units, steps.Of(quantity), steps.Place(quantity));
        steps.GivenInMemory(quantity, place);
        return Memory.Lane(place);
    }

    private LaneProducts Products(LayerPlan layer) => new(_context, layer, _text);
}
