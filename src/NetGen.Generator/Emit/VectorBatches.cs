using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;
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
    private readonly BatchMemory _forward;
    private readonly BatchMemory _gradient;
    private readonly Scratch _columns;

    public VectorBatches(EmitContext context)
    {
        _context = context;
        _writer = context.Writer;
        _plan = context.Plan;
        _forward = BatchMemory.OfForward(context);
        _gradient = BatchMemory.OfGradient(context);
        _columns = new Scratch(context);
        foreach (LayerPlan layer in _plan.TransposedLayers)
        {
            _columns.Add(Columns(layer), (int)layer.TransposedLength);
        }
    }

    private LayerPlan Last => _plan.Last;

    private string L => EmitContext.Text(Last.Number);

    /// <summary>Writes the body of ForwardBatch.</summary>
    public void Forward()
    {
        _forward.Write($"z{L}");
        OpenBlocks(_plan.ForwardBlockSamples);
        ForwardPass().Body();
        _writer.Line();
        _writer.Open($"for (int s = 0; s < samples; s++)");
        _writer.Line($"{_context.SpanOver(OfSample($"z{L}"), Last.Units)}.CopyTo(outputs.Slice({OfBatch(Last.Units)}, {EmitContext.Text(Last.Units)}));");
        _writer.Close();
        _writer.Close();
    }

    /// <summary>Writes the body of Forward, loss and Backward of a batch.</summary>
    public void Backpropagate()
    {
        _writer.Line($"ref {_context.T} g = ref gradient.Origin;");
        _gradient.Write($"z{L}", $"delta{L}");
        BeforeBlocks();
        OpenBlocks(_plan.BlockSamples);
        PropagatePass().Body();
        _writer.Comment($"The output, the loss and delta{L} of every sample");
        string targets = _context.At(_context.FirstOf("targets"), EmitContext.Product("first", Last.Units));
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
            _writer.Line($"loss += K.Loss(ref {OfSample($"z{L}")}, ref {_context.At("y", EmitContext.Product("s", Last.Units))}, ref {OfSample($"delta{L}")});");
            _writer.Close();
        }

        BackwardPass().BodyBackwards();
        _writer.Close();
        _writer.Line();
        _writer.Line($"return loss;");
    }

    /// <summary>Writes the methods that these call.</summary>
    public void Methods()
    {
        ForwardPass().Methods();
        if (_plan.Head is not null)
        {
            PropagatePass().Methods();
            BackwardPass().Methods();
            TransposePass().Methods();
            InputGradients();
        }
    }

    /// <summary>Writes the method that computes dL/dx of every sample; the caller's memory is not padded, so each goes by itself.</summary>
    private void InputGradients()
    {
        int inputs = _plan.Spec.Inputs;
        _writer.Comment($"{InputGradient(_plan.First)} of every sample");
        _context.OpenMethod(
            "private static void WriteInputGradients<K>",
            VectorClass.Constraint,
            _context.Reference("p"),
            _context.Reference("delta"),
            _context.Result("inputGradients"),
            new Parameter("int", "samples"));
        _context.WriteMemory("dx", ParameterRule.PaddedUnits(inputs));
        _writer.Open($"for (int s = 0; s < samples; s++)");
        _writer.Line($"K.InputGradient1(ref p, ref {_context.At("delta", EmitContext.Product("s", _plan.First.PaddedUnits))}, ref {_context.FirstOf("dx")});");
        _writer.Line($"{(inputs == ParameterRule.PaddedUnits(inputs) ? "dx" : $"dx.Slice(0, {EmitContext.Text(inputs)})")}.CopyTo(inputGradients.Slice({EmitContext.Product("s", inputs)}, {inputs}));");
        _writer.Close();
        _writer.Close();
    }

    private SectionedPass ForwardPass() => new(
        _context,
        "ForwardBatch",
        section => _forward.Parameters(section),
        section =>
        {
            _forward.WriteReferences(section);
            foreach (LayerPlan layer in section.Layers)
            {
                string n = EmitContext.Text(layer.Number);
                _writer.Comment($"{Notation.Title(layer)}: {Notation.Forward(layer)}");
                WriteForward(layer, layer.ReadsInput ? "x" : $"z{EmitContext.Text(layer.Source)}", $"z{n}");
                if (layer == Last && _plan.OutputInLanes)
                {
                    _writer.Line($"K.OutputBatch(ref z{n}, samples);");
                    break;
                }

                WriteActivation(layer, $"z{n}", $"z{n}");
            }
        });

    private SectionedPass PropagatePass() => new(
        _context,
        "PropagateBatch",
        section => _gradient.Parameters(section),
        section =>
        {
            _gradient.WriteReferences(section);
            foreach (LayerPlan layer in section.Layers)
            {
                string n = EmitContext.Text(layer.Number);
                _writer.Comment($"{Notation.Title(layer)}: {(layer == Last ? Affine(layer) : Notation.Forward(layer))}");
                string z = BatchMemory.HasZ(_plan, layer) ? $"z{n}" : $"a{n}";
                WriteForward(layer, Input(layer), z);
                if (layer != Last)
                {
                    WriteActivation(layer, z, $"a{n}");
                }
            }
        });

    private SectionedPass BackwardPass() => new(
        _context,
        "BackwardBatch",
        section =>
        {
            IEnumerable<Parameter> parameters = _gradient.Parameters(section).Append(_context.Reference("g")).Append(_context.Scalar("scale"));
            if (section.Layers.Any(_plan.TransposedLayers.Contains))
            {
                parameters = parameters.Append(new Parameter("bool", "isLarge")).Append(_context.Reference(_columns.First));
            }

            return section.First.ReadsInput
                ? parameters.Append(new Parameter("int", "first")).Append(_context.Result("inputGradients"))
                : parameters;
        },
        section =>
        {
            _gradient.WriteReferences(section);
            WriteColumns(section);
            foreach (LayerPlan layer in section.Layers.Reverse())
            {
                BackwardLayer(layer);
            }
        });

    private SectionedPass TransposePass() => new(
        _context,
        "Transpose",
        section => new[] { _context.Reference("p"), _context.Reference(_columns.First) },
        section =>
        {
            WriteColumns(section);
            foreach (LayerPlan layer in section.Layers.Where(_plan.TransposedLayers.Contains))
            {
                _writer.Line($"K.Transpose{layer.Number}(ref p, ref columns{layer.Number});");
            }
        },
        _plan.TransposedLayers.Contains);

    private void WriteColumns(Section section)
    {
        if (!section.IsWhole && section.Layers.Any(_plan.TransposedLayers.Contains))
        {
            HashSet<string> names = new(section.Layers.Select(Columns));
            _columns.WriteReferences(names.Contains);
        }
    }

    private void BackwardLayer(LayerPlan layer)
    {
        string n = EmitContext.Text(layer.Number);
        if (layer.ReadsInput)
        {
            _writer.Comment($"{InputGradient(layer)} where it is asked for, {ParameterGradient(layer)}");
            _writer.Open($"if (!inputGradients.IsEmpty)");
            string slice = $"inputGradients.Slice({EmitContext.Product("first", layer.Inputs)}, {EmitContext.Product("samples", layer.Inputs)})";
            _writer.Line($"WriteInputGradients<K>(ref p, ref delta1, {slice}, samples);");
            _writer.Close();
            _writer.Line();
        }
        else
        {
            LayerPlan before = _plan.Before(layer);
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
        if (!layer.ReadsInput && VectorSteps.HasDelta(_plan.Before(layer)))
        {
            LayerPlan before = _plan.Before(layer);
            string places = string.Join(", ", VectorSteps.DeltaPlaces(before).Select(place => $"ref {place}{EmitContext.Text(before.Number)}"));
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
        _columns.WriteIf("isLarge", "columns", Section.IsDivided(_plan) ? _ => false : null);
        _writer.Open($"if (isLarge)");
        TransposePass().Body();
        _writer.Close();
    }

    /// <summary>Opens the loop over blocks.</summary>
    private void OpenBlocks(int block)
    {
        int inputs = _plan.Spec.Inputs;
        _context.OpenBlocks(block);
        if (!_plan.CopiesInput)
        {
            _writer.Line($"ref {_context.T} x = ref {_context.At(_context.FirstOf("inputs"), EmitContext.Product("first", inputs))};");
            return;
        }

        _writer.Open($"for (int s = 0; s < samples; s++)");
        string place = _context.At("x", EmitContext.Product("s", _plan.First.RowLength));
        _writer.Line($"inputs.Slice({OfBatch(inputs)}, {inputs}).CopyTo({_context.SpanOver(place, inputs)});");
        _writer.Close();
    }

    private static string Columns(LayerPlan layer) => $"columns{EmitContext.Text(layer.Number)}";

    private void WriteForward(LayerPlan layer, string x, string z) =>
        _writer.Line($"K.{WidthKernels.ForwardName(_plan, layer)}(ref p, ref {x}, ref {z}, samples);");

    private void WriteActivation(LayerPlan layer, string z, string a)
    {
        if (VectorSteps.HasActivation(layer) && !_plan.ActivatesSums(layer))
        {
            _writer.Line($"K.Activation{layer.Number}(ref {z}, ref {a}, samples);");
        }
    }

    /// <summary>The first value of a sample among those of the batch.</summary>
    private static string OfBatch(int values) => values == 1 ? "first + s" : EmitContext.Product("(first + s)", values);

    private string OfSample(string quantity) => _context.At(quantity, EmitContext.Product("s", Last.PaddedUnits));
}
