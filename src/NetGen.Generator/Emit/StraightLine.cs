using System;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;
using static NetGen.Generator.Planning.Notation;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the passes of a small network, each as one method without a loop in which every value is a local: <c>x0</c>,
/// <c>z1_2</c>, <c>a1_2</c>, <c>da1_2</c> for dL/da, <c>delta1_2</c> for dL/dz.
/// </summary>
internal sealed class StraightLine
{
    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly NetworkPlan _plan;

    public StraightLine(EmitContext context)
    {
        _context = context;
        _writer = context.Writer;
        _plan = context.Plan;
    }

    /// <summary>Writes the body of Forward, in the user's class.</summary>
    /// <param name="withTrace">Whether it keeps a trace.</param>
    public void Forward(bool withTrace)
    {
        // In the user's class itself, or among the kernels, which are given the parameters.
        WriteParameters(_context.ForwardIsInline ? "Parameters" : "parameters", withBias: true);
        WriteInputs();
        foreach (LayerPlan layer in _plan.Layers)
        {
            _writer.Comment($"{Notation.Title(layer)}: {Notation.Forward(layer)}");
            StraightMethods.Write(_context, Products(layer).Forward(InputOf(layer), Local("z", layer)));
            var steps = new UnrolledSteps(_context, layer);
            steps.Given(Quantity.Z, Prefix("z", layer));
            steps.Write(layer.Forward);
            WriteTrace(layer, steps, withTrace);
            if (layer == _plan.Last)
            {
                _writer.Line();
                WriteEach(layer.Units, unit => $"output[{EmitContext.Text(unit)}] = {steps.Local(Quantity.A, unit)};");
            }
            else
            {
                Rename(layer, steps);
            }
        }
    }

    /// <summary>Writes the vector-Jacobian product, from <c>outputGradient</c> and <c>trace</c>.</summary>
    public void Backward()
    {
        WriteParameters("parameters", withBias: false);
        WriteGradient();
        WriteInputs();
        WriteKept();
        LayerPlan last = _plan.Last;
        _writer.Comment($"dL/da{last.Number}");
        _writer.Line($"var da = {_context.Elements("outputGradient", last.Units)};");
        WriteEach(last.Units, unit => $"{_context.T} {Local("da", last)(unit)} = da[{EmitContext.Text(unit)}];");
        WriteDelta(last);
        WriteLayersBackward(isScaled: false);
    }

    /// <summary>Writes Forward, loss and Backward of one sample in one piece.</summary>
    public void Backpropagate(HeadPlan head)
    {
        WriteParameters("parameters", withBias: true);
        WriteGradient();
        WriteInputs();
        foreach (LayerPlan layer in _plan.Layers)
        {
            string formula = layer == _plan.Last ? Affine(layer) : Notation.Forward(layer);
            _writer.Comment($"{Notation.Title(layer)}: {formula}");
            StraightMethods.Write(_context, Products(layer).Forward(InputOf(layer), Local("z", layer)));
            if (layer != _plan.Last)
            {
                var steps = new UnrolledSteps(_context, layer);
                steps.Given(Quantity.Z, Prefix("z", layer));
                steps.Write(layer.Forward);
                Rename(layer, steps);
            }
        }

        LayerPlan last = _plan.Last;
        _writer.Comment($"y");
        _writer.Line($"var y = {_context.Elements("target", last.Units)};");
        WriteEach(last.Units, unit => $"{_context.T} y{EmitContext.Text(unit)} = y[{EmitContext.Text(unit)}];");
        var loss = new UnrolledSteps(_context, last);
        loss.Given(Quantity.Z, Prefix("z", last));
        loss.Given(Quantity.Y, "y");
        foreach (HeadPart part in head.Parts)
        {
            // The output of a linear layer has a name already; a delta gets one below.
            if (!part.Steps.OnlyRename() || part == head.Parts.Last())
            {
                _writer.Comment($"{part.Comment}");
            }

            loss.Write(part.Steps);
        }

        Rename(last, Quantity.Delta, loss);
        WriteLayersBackward(isScaled: true);
        _writer.Line();
        _writer.Line($"return {Quantity.Loss};");
    }

    private void WriteLayersBackward(bool isScaled)
    {
        foreach (LayerPlan layer in _plan.Layers.Reverse())
        {
            WriteInputGradient(layer);
            string scaled = isScaled ? $"s{EmitContext.Text(layer.Number)} = scale · delta{EmitContext.Text(layer.Number)}; " : "";
            _writer.Comment($"{scaled}{ParameterGradient(layer)}");
            if (isScaled)
            {
                WriteEach(layer.Units, unit => $"{_context.T} {Local("s", layer)(unit)} = {_context.Multiply("scale", Local("delta", layer)(unit))};");
            }

            StraightMethods.Write(_context, Products(layer).ParameterGradient(Local(isScaled ? "s" : "delta", layer), InputOf(layer)));
            if (layer != _plan.First)
            {
                WriteDelta(_plan.Before(layer));
            }
        }
    }

    private void WriteInputGradient(LayerPlan layer)
    {
        if (layer != _plan.First)
        {
            _writer.Comment($"{InputGradient(layer)}");
            LayerPlan before = _plan.Before(layer);
            StraightMethods.Write(_context, Products(layer).InputGradient(Local("delta", layer), Local("da", before)));
            return;
        }

        _writer.Comment($"{InputGradient(layer)}, where it is asked for");
        _writer.Open($"if (!inputGradient.IsEmpty)");
        StraightMethods.Write(_context, Products(layer).InputGradient(Local("delta", layer), input => $"dx{EmitContext.Text(input)}", "inputGradient"));
        _writer.Close();
    }

    private void WriteDelta(LayerPlan layer)
    {
        _writer.Comment($"Layer {layer.Number}: {Delta(layer)}");
        var steps = new UnrolledSteps(_context, layer);
        steps.Given(Quantity.OutputGradient, Prefix("da", layer));
        steps.Given(Quantity.Z, Prefix("z", layer));
        steps.Given(Quantity.A, Prefix("a", layer));
        steps.Write(layer.Backward);
        Rename(layer, Quantity.Delta, steps);
    }

    private void WriteParameters(string buffer, bool withBias)
    {
        string places = string.Join(", ", _plan.Layers.Select(WeightPlace));
        _writer.Comment($"The weight from input i to unit j: {places}");
        _context.WriteBuffer("p", buffer);
        foreach (LayerPlan layer in _plan.Layers)
        {
            if (withBias)
            {
                _context.WriteSlices(layer, "p", "");
            }
            else
            {
                _context.WriteWeightSlice(layer, "p", "");
            }
        }
    }

    private void WriteGradient()
    {
        _writer.Comment($"The same places in the buffer that receives the gradient");
        _context.WriteBuffer("g", "gradient");
        foreach (LayerPlan layer in _plan.Layers)
        {
            _context.WriteSlices(layer, "g", "g");
        }
    }

    private void WriteInputs()
    {
        _writer.Comment($"x");
        _writer.Line($"var x = {_context.Elements("input", _plan.Spec.Inputs)};");
        WriteEach(_plan.Spec.Inputs, input => $"{_context.T} x{EmitContext.Text(input)} = x[{EmitContext.Text(input)}];");
    }

    private void WriteKept()
    {
        if (_plan.TraceLength == 0)
        {
            return;
        }

        _writer.Comment($"What Forward kept");
        _writer.Line($"var kept = {_context.Elements("trace", _plan.TraceLength)};");
        foreach (LayerPlan layer in _plan.Layers)
        {
            if (layer.TraceZ is { } z)
            {
                WriteEach(layer.Units, unit => $"{_context.T} {Local("z", layer)(unit)} = kept[{EmitContext.Text(z + unit)}];");
            }

            if (layer.TraceA is { } a)
            {
                WriteEach(layer.Units, unit => $"{_context.T} {Local("a", layer)(unit)} = kept[{EmitContext.Text(a + unit)}];");
            }
        }
    }

    private void WriteTrace(LayerPlan layer, UnrolledSteps steps, bool withTrace)
    {
        if (withTrace && layer.TraceZ is { } z)
        {
            WriteEach(layer.Units, unit => $"trace[{EmitContext.Text(z + unit)}] = {steps.Local(Quantity.Z, unit)};");
        }

        if (withTrace && layer.TraceA is { } a)
        {
            WriteEach(layer.Units, unit => $"trace[{EmitContext.Text(a + unit)}] = {steps.Local(Quantity.A, unit)};");
        }
    }

    /// <summary>Later layers find the output of this one under its name, also where the activation only renames z.</summary>
    private void Rename(LayerPlan layer, UnrolledSteps steps) => Rename(layer, Quantity.A, steps);

    private void Rename(LayerPlan layer, string quantity, UnrolledSteps steps)
    {
        string local = Prefix(quantity, layer);
        if (steps.Local(quantity, 0) != local + "0")
        {
            WriteEach(layer.Units, unit => $"{_context.T} {local}{EmitContext.Text(unit)} = {steps.Local(quantity, unit)};");
        }
    }

    private void WriteEach(int count, Func<int, string> statement)
    {
        for (int index = 0; index < count; index++)
        {
            _writer.Line($"{statement(index)}");
        }
    }

    private UnrolledAffine Products(LayerPlan layer) => new(_context, layer);

    private Func<int, string> InputOf(LayerPlan layer) => layer == _plan.First
        ? input => "x" + EmitContext.Text(input)
        : Local("a", _plan.Before(layer));

    private static Func<int, string> Local(string quantity, LayerPlan layer)
    {
        string prefix = Prefix(quantity, layer);
        return unit => prefix + EmitContext.Text(unit);
    }

    private static string Prefix(string quantity, LayerPlan layer) => $"{quantity}{EmitContext.Text(layer.Number)}_";
}
