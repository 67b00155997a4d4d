using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;
using static NetGen.Generator.Planning.Notation;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the passes of a small network, each as one method without a loop in which the values of a layer stay in vector registers: <c>a1</c>,
/// <c>delta1</c>, … or <c>a1_0</c>, <c>a1_1</c> where they fill more than one.
/// </summary>
internal sealed class VectorLine
{
    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly NetworkPlan _plan;
    private readonly VectorText _text;
    private readonly Dictionary<string, LineValue> _values = new();
    private readonly LineProducts _products;

    public VectorLine(EmitContext context, int width)
    {
        _context = context;
        _writer = context.Writer;
        _plan = context.Plan;
        _text = new VectorText(context, width);
        _products = new LineProducts(context, _text, _values);
    }

    private LayerPlan Last => _plan.Last;

    /// <summary>Writes the body of Forward.</summary>
    public void Forward(bool withTrace)
    {
        Places("input");
        if (withTrace)
        {
            Reference("t", _context.FirstOf("trace"));
        }

        foreach (LayerPlan layer in _plan.Layers)
        {
            _writer.Comment($"{Notation.Title(layer)}: {Notation.Forward(layer)}");
            _products.Affine(layer);
            Activation(layer);
            if (withTrace)
            {
                Keep(layer, Quantity.Z, layer.TraceZ);
                Keep(layer, Quantity.A, layer.TraceA);
            }
        }

        _writer.Line();
        Export(_values["a" + Number(Last)], Last.Units, "output");
    }

    /// <summary>Writes the vector-Jacobian product, from <c>outputGradient</c> and <c>trace</c>.</summary>
    public void Backward()
    {
        Places("input");
        Reference("t", _context.FirstOf("trace"));
        Reference("g", "gradient.Origin");
        foreach (LayerPlan layer in _plan.Layers)
        {
            Recall(layer, Quantity.Z, layer.TraceZ);
            Recall(layer, Quantity.A, layer.TraceA);
        }

        _writer.Comment($"dL/da{Last.Number}");
        Import($"da{Number(Last)}", Last.Units, "outputGradient");
        Delta(Last);
        LayersBackward(isScaled: false);
    }

    /// <summary>Writes Forward, loss and Backward of one sample in one piece.</summary>
    public void Backpropagate(HeadPlan head)
    {
        Places("input");
        Reference("g", "gradient.Origin");
        foreach (LayerPlan layer in _plan.Layers)
        {
            _writer.Comment($"{Notation.Title(layer)}: {(layer == Last ? Notation.Affine(layer) : Notation.Forward(layer))}");
            _products.Affine(layer);
            if (layer != Last)
            {
                Activation(layer);
            }
        }

        _writer.Comment($"y");
        Import($"y{Number(Last)}", Last.Units, "target");
        var steps = new LineSteps(_context, Last, _text);
        steps.Given(Quantity.Z, _values["z" + Number(Last)]);
        steps.Given(Quantity.Y, _values["y" + Number(Last)]);
        foreach (HeadPart part in head.Parts)
        {
            if (!part.Steps.OnlyRename() || part == head.Parts.Last())
            {
                _writer.Comment($"{part.Comment}");
            }

            steps.Write(part.Steps);
        }

        Name(Last, Quantity.Delta, steps, isMasked: Last.Units < Last.PaddedUnits);
        LayersBackward(isScaled: true);
        _writer.Line();
        _writer.Line($"return {Quantity.Loss};");
    }

    private void LayersBackward(bool isScaled)
    {
        foreach (LayerPlan layer in _plan.Layers.Reverse())
        {
            string n = Number(layer);
            if (layer.ReadsInput)
            {
                _writer.Comment($"{InputGradient(layer)}, where it is asked for");
                _writer.Open($"if (!inputGradient.IsEmpty)");
                _products.InputGradients(layer, "dx");
                Export(_values["dx"], layer.Inputs, "inputGradient");
                _writer.Close();
            }
            else
            {
                _writer.Comment($"{InputGradient(layer)}");
                _products.InputGradients(layer, $"da{EmitContext.Text(layer.Source)}");
            }

            _writer.Comment($"{(isScaled ? $"s{n} = scale · delta{n}; " : "")}{ParameterGradient(layer)}");
            LineValue delta = _values["delta" + n];
            if (isScaled)
            {
                delta = LineValue.Of("s" + n, layer.PaddedUnits, _text);
                _products.Each(delta, (chunk, index) => $"{_text.Broadcast(chunk.Type, "scale")} * {_values["delta" + n].Chunks[index].Local}");
            }

            _products.ParameterGradients(layer, delta);
            if (!layer.ReadsInput)
            {
                Delta(_plan.Before(layer));
            }
        }
    }

    private void Activation(LayerPlan layer)
    {
        var steps = new LineSteps(_context, layer, _text);
        steps.Given(Quantity.Z, _values["z" + Number(layer)]);
        steps.Write(layer.Forward);

        // A layer stored by units multiplies whole vectors of this output: what stands in the padding must be zero.
        bool isMasked = _plan.Readers(layer).Any(reader => reader.IsUnitMajor) && layer.Units < layer.PaddedUnits;
        Name(layer, Quantity.A, steps, isMasked);
    }

    /// <summary>Declares dL/dz from dL/da.</summary>
    private void Delta(LayerPlan layer)
    {
        _writer.Comment($"Layer {layer.Number}: {Notation.Delta(layer)}");
        var steps = new LineSteps(_context, layer, _text);
        foreach (string quantity in new[] { Quantity.OutputGradient, Quantity.Z, Quantity.A })
        {
            if (_values.TryGetValue(quantity + Number(layer), out LineValue? value))
            {
                steps.Given(quantity, value);
            }
        }

        steps.Write(layer.Backward);
        bool leavesPadding = layer.Backward.Any(step => step.Kind != StepKind.Each);
        Name(layer, Quantity.Delta, steps, leavesPadding && layer.Units < layer.PaddedUnits);
    }

    /// <summary>Gives the result of the steps the name that later layers look for, with zeros in the padding if need be.</summary>
    private void Name(LayerPlan layer, string quantity, LineSteps steps, bool isMasked)
    {
        string name = quantity + Number(layer);
        LineValue value = steps.Value(quantity);
        _values[name] = value;
        bool isNamed = value.Chunks[0].Local.StartsWith(name, System.StringComparison.Ordinal);
        if (!isMasked)
        {
            return;
        }

        LineValue masked = isNamed ? value : LineValue.Of(name, layer.PaddedUnits, _text);
        for (int index = 0; index < masked.Chunks.Count; index++)
        {
            Chunk chunk = masked.Chunks[index];
            int kept = layer.Units - chunk.Start;
            string source = kept < chunk.Type.Count ? _text.KeepFirst(chunk.Type, value.Chunks[index].Local, kept) : value.Chunks[index].Local;
            if (source != chunk.Local)
            {
                _writer.Line($"{(isNamed ? "" : "var ")}{chunk.Local} = {source};");
            }
        }

        _values[name] = masked;
    }

    private void Places(string input)
    {
        Reference("p", "parameters.Origin");
        Reference("x", _context.FirstOf(input));
    }

    private void Keep(LayerPlan layer, string quantity, int? place)
    {
        if (place is { } start)
        {
            foreach (Chunk chunk in _values[quantity + Number(layer)].Chunks)
            {
                _writer.Line($"{_text.Store(chunk.Type, chunk.Local, "t", start + chunk.Start)}");
            }
        }
    }

    private void Recall(LayerPlan layer, string quantity, int? place)
    {
        if (place is { } start)
        {
            LineValue value = LineValue.Of(quantity + Number(layer), layer.PaddedUnits, _text);
            _values[quantity + Number(layer)] = value;
            _products.Each(value, (chunk, _) => _text.Load(chunk.Type, "t", start + chunk.Start));
        }
    }

    /// <summary>Declares vectors with the elements of a span that is not padded.</summary>
    private void Import(string name, int count, string span)
    {
        LineValue value = LineValue.Of(name, ParameterRule.PaddedUnits(count), _text);
        _values[name] = value;
        Reference(span + "0", _context.FirstOf(span));
        _products.Each(value, (chunk, _) => chunk.Start + chunk.Type.Count <= count
            ? _text.Load(chunk.Type, span + "0", chunk.Start)
            : $"{chunk.Type.Static}.Create({string.Join(", ", Enumerable.Range(chunk.Start, chunk.Type.Count).Select(index => index < count ? _context.At(span + "0", index) : _context.Number(0)))})");
    }

    /// <summary>Writes the elements of vectors to a span that is not padded.</summary>
    private void Export(LineValue value, int count, string span)
    {
        Reference(span + "0", _context.FirstOf(span));
        foreach (Chunk chunk in value.Chunks.Where(chunk => chunk.Start < count))
        {
            if (chunk.Start + chunk.Type.Count <= count)
            {
                _writer.Line($"{_text.Store(chunk.Type, chunk.Local, span + "0", chunk.Start)}");
                continue;
            }

            for (int index = chunk.Start; index < count; index++)
            {
                _writer.Line($"{_context.At(span + "0", index)} = {_text.Element(chunk.Type, chunk.Local, index - chunk.Start)};");
            }
        }
    }

    private void Reference(string name, string place) => _writer.Line($"ref {_context.T} {name} = ref {place};");

    private static string Number(LayerPlan layer) => EmitContext.Text(layer.Number);
}
