using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Planning;
using static NetGen.Generator.Planning.Notation;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the passes of a batch, once for all vector widths. A block of samples goes through a layer together, so that a weight that is loaded serves
/// several of them; values lie sample after sample. Sums have the order that they have for one sample.
/// </summary>
internal sealed class VectorBatches
{
    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly NetworkPlan _plan;

    public VectorBatches(EmitContext context)
    {
        _context = context;
        _writer = context.Writer;
        _plan = context.Plan;
    }

    /// <summary>The kernel that computes z of every sample, or a where it applies the activation as well.</summary>
    public static string ForwardName(NetworkPlan plan, LayerPlan layer) => (plan.ActivatesSums(layer) ? "ForwardBatch" : "AffineBatch") + EmitContext.Text(layer.Number);

    private LayerPlan Last => _plan.Last;

    private string L => EmitContext.Text(Last.Number);

    /// <summary>Writes the body of ForwardBatch.</summary>
    public void Forward()
    {
        var scratch = new Scratch(_context);
        foreach (LayerPlan layer in _plan.Layers)
        {
            scratch.Add($"z{EmitContext.Text(layer.Number)}", layer.PaddedUnits);
        }

        Open(scratch, _plan.ForwardBlockSamples, _plan.OutputInLanes);
        foreach (LayerPlan layer in _plan.Layers)
        {
            string n = EmitContext.Text(layer.Number);
            _writer.Comment($"Layer {layer.Number}, Dense({layer.Units}, {layer.Activation.Name}): {Notation.Forward(layer)}");
            string x = layer == _plan.First ? "x" : $"z{EmitContext.Text(layer.Number - 1)}";
            WriteForward(layer, x, $"z{n}");
            if (layer == Last && _plan.OutputInLanes)
            {
                _writer.Line($"K.OutputBatch(ref z{n}, samples);");
                break;
            }

            WriteActivation(layer, $"z{n}", $"z{n}");
        }

        _writer.Line();
        _writer.Open($"for (int s = 0; s < samples; s++)");
        _writer.Line($"{_context.SpanOver(OfSample($"z{L}"), Last.Units)}.CopyTo(outputs.Slice((first + s) * {EmitContext.Text(Last.Units)}, {EmitContext.Text(Last.Units)}));");
        _writer.Close();
        _writer.Close();
    }

    /// <summary>Writes the body of Forward, loss and Backward of a batch.</summary>
    public void Backpropagate()
    {
        _writer.Line($"ref {_context.T} g = ref gradient.Origin;");
        var scratch = new Scratch(_context);
        foreach (LayerPlan layer in _plan.Layers)
        {
            string n = EmitContext.Text(layer.Number);
            if (layer == Last || layer.TraceZ is not null)
            {
                scratch.Add($"z{n}", layer.PaddedUnits);
            }

            if (layer != Last)
            {
                scratch.Add($"a{n}", layer.PaddedUnits);
            }

            scratch.Add($"delta{n}", layer.PaddedUnits);
        }

        Open(scratch, _plan.BlockSamples, _plan.LossInLanes, BeforeBlocks);
        foreach (LayerPlan layer in _plan.Layers)
        {
            string n = EmitContext.Text(layer.Number);
            _writer.Comment($"Layer {layer.Number}, Dense({layer.Units}, {layer.Activation.Name}): {(layer == Last ? Affine(layer) : Notation.Forward(layer))}");
            string z = layer == Last || layer.TraceZ is not null ? $"z{n}" : $"a{n}";
            WriteForward(layer, Input(layer), z);
            if (layer != Last)
            {
                WriteActivation(layer, z, $"a{n}");
            }
        }

        _writer.Comment($"The output, the loss and delta{L} of every sample");
        string targets = _context.At(EmitContext.FirstOf("targets"), $"first * {EmitContext.Text(Last.Units)}");
        if (_plan.HasLabels)
        {
            _writer.Line($"ref {_context.T} y = ref labels.IsEmpty ? ref {targets} : ref OneHot(labels.Slice(first, samples), classes);");
        }
        else
        {
            _writer.Line($"ref {_context.T} y = ref {targets};");
        }

        if (_plan.LossInLanes)
        {
            _writer.Line($"loss = K.LossBatch(ref z{L}, ref y, ref delta{L}, samples, loss);");
        }
        else
        {
            _writer.Open($"for (int s = 0; s < samples; s++)");
            _writer.Line($"loss += K.Loss(ref {OfSample($"z{L}")}, ref {_context.At("y", $"s * {EmitContext.Text(Last.Units)}")}, ref {OfSample($"delta{L}")});");
            _writer.Close();
        }

        foreach (LayerPlan layer in _plan.Layers.Reverse())
        {
            BackwardLayer(layer);
        }

        _writer.Close();
        _writer.Line();
        _writer.Line($"return loss;");
    }

    /// <summary>Writes the method that computes dL/dx of every sample; the caller's memory is not padded, so each goes by itself.</summary>
    public void InputGradients()
    {
        int inputs = _plan.Spec.Inputs;
        _writer.Comment($"{InputGradient(_plan.First)} of every sample");
        _context.OpenMethod(
            "private static void WriteInputGradients<K>",
            VectorClass.Constraint,
            _context.Reference("p"),
            _context.Reference("delta"),
            _context.Result("inputGradients"));
        _context.WriteMemory("dx", ParameterRule.PaddedUnits(inputs));
        _writer.Open($"for (int s = 0; s * {inputs} < inputGradients.Length; s++)");
        _writer.Line($"K.InputGradient1(ref p, ref {_context.At("delta", $"s * {EmitContext.Text(_plan.First.PaddedUnits)}")}, ref {EmitContext.FirstOf("dx")});");
        _writer.Line($"dx.Slice(0, {inputs}).CopyTo(inputGradients.Slice(s * {inputs}, {inputs}));");
        _writer.Close();
        _writer.Close();
    }

    private void BackwardLayer(LayerPlan layer)
    {
        string n = EmitContext.Text(layer.Number);
        if (layer == _plan.First)
        {
            _writer.Comment($"{InputGradient(layer)} where it is asked for, {ParameterGradient(layer)}");
            _writer.Open($"if (!inputGradients.IsEmpty)");
            string slice = $"inputGradients.Slice(first * {EmitContext.Text(layer.Inputs)}, samples * {EmitContext.Text(layer.Inputs)})";
            _writer.Line($"WriteInputGradients<K>(ref p, ref delta1, {slice});");
            _writer.Close();
            _writer.Line();
        }
        else
        {
            LayerPlan before = _plan.Layers[layer.Number - 2];
            _writer.Comment($"{InputGradient(layer)}, {ParameterGradient(layer)}, {Delta(before)}");
            string arguments = $"ref delta{n}, ref delta{EmitContext.Text(before.Number)}, samples";
            if (_plan.TransposedLayers.Contains(layer))
            {
                _writer.Open($"if (isLarge)");
                _writer.Line($"K.InputGradientColumns{n}(ref columns{n}, {arguments});");
                _writer.CloseBefore("else");
                _writer.Line($"K.InputGradientBatch{n}(ref p, {arguments});");
                _writer.Close();
                _writer.Line();
            }
            else
            {
                _writer.Line($"K.InputGradientBatch{n}(ref p, {arguments});");
            }
        }

        _writer.Line($"K.ParameterGradientBatch{n}(ref {Input(layer)}, ref delta{n}, ref g, samples, scale);");
        if (layer != _plan.First && VectorSteps.HasDelta(_plan.Layers[layer.Number - 2]))
        {
            LayerPlan before = _plan.Layers[layer.Number - 2];
            string places = string.Join(", ", VectorClass.DeltaPlaces(before).Select(place => $"ref {place}{EmitContext.Text(before.Number)}"));
            _writer.Line($"K.Delta{before.Number}({places}, samples);");
        }
    }

    private void BeforeBlocks()
    {
        _writer.Line($"double loss = 0;");
        if (_plan.HasLabels)
        {
            _context.WriteSpan("classes", $"labels.IsEmpty ? default : {_context.Memory(EmitContext.Text(_plan.BlockSamples * Last.Units))}");
        }

        Transpose();
    }

    /// <summary>Writes what transposes weights for a large batch, whose dL/dx then adds their rows.</summary>
    private void Transpose()
    {
        if (_plan.TransposedLayers.Count == 0)
        {
            return;
        }

        _writer.Comment($"Many samples are worth transposed weights: dL/dx then adds rows, and no dot products need their lanes summed.");
        _writer.Line($"bool isLarge = m >= {_plan.TransposingSamples};");
        var memory = new Scratch(_context);
        foreach (LayerPlan layer in _plan.TransposedLayers)
        {
            memory.Add($"columns{EmitContext.Text(layer.Number)}", (int)layer.TransposedLength);
        }

        memory.WriteIf("isLarge", "columns");
        _writer.Open($"if (isLarge)");
        foreach (LayerPlan layer in _plan.TransposedLayers)
        {
            _writer.Line($"K.Transpose{layer.Number}(ref p, ref columns{layer.Number});");
        }

        _writer.Close();
    }

    /// <summary>Writes the memory and opens the loop over blocks, before which something may come.</summary>
    private void Open(Scratch scratch, int block, bool inLanes, Action? before = null)
    {
        int inputs = _plan.Spec.Inputs;
        if (_plan.CopiesInput)
        {
            scratch.Add("x", _plan.First.RowLength);
        }

        var rows = new List<int>();
        for (int samples = Math.Max(_plan.SampleGroup, inLanes ? _plan.WidestLanes : 1); samples < block; samples *= 2)
        {
            rows.Add(samples);
        }

        string smaller = string.Concat(rows.Select(samples => $"m <= {EmitContext.Text(samples)} ? {EmitContext.Text(samples)} : "));
        rows.Add(block);
        if (smaller.Length > 0)
        {
            _writer.Comment($"Samples for which there is memory: what has a constant size is cleared several times as fast");
            _writer.Line($"int rows = {smaller}{block};");
        }

        _writer.Line($"ref {_context.T} p = ref parameters.Origin;");
        scratch.Write("scratch", "rows", rows);
        before?.Invoke();
        _context.OpenBlocks(block);
        if (!_plan.CopiesInput)
        {
            _writer.Line($"ref {_context.T} x = ref {_context.At(EmitContext.FirstOf("inputs"), $"first * {EmitContext.Text(inputs)}")};");
            return;
        }

        _writer.Open($"for (int s = 0; s < samples; s++)");
        string place = _context.At("x", $"s * {EmitContext.Text(_plan.First.RowLength)}");
        _writer.Line($"inputs.Slice((first + s) * {inputs}, {inputs}).CopyTo({_context.SpanOver(place, inputs)});");
        _writer.Close();
    }

    private void WriteForward(LayerPlan layer, string x, string z) =>
        _writer.Line($"K.{ForwardName(_plan, layer)}(ref p, ref {x}, ref {z}, samples);");

    private void WriteActivation(LayerPlan layer, string z, string a)
    {
        if (VectorSteps.HasActivation(layer) && !_plan.ActivatesSums(layer))
        {
            _writer.Line($"K.Activation{layer.Number}(ref {z}, ref {a}, samples);");
        }
    }

    private string OfSample(string quantity) => _context.At(quantity, $"s * {EmitContext.Text(Last.PaddedUnits)}");
}
