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
    /// <summary>Rows whose dot products are summed over their lanes together.</summary>
    private const int RowGroup = 4;

    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly NetworkPlan _plan;
    private readonly VectorText _text;
    private readonly Dictionary<string, LineValue> _values = new();

    public VectorLine(EmitContext context, int width)
    {
        _context = context;
        _writer = context.Writer;
        _plan = context.Plan;
        _text = new VectorText(context, width);
    }

    private LayerPlan Last => _plan.Last;

    /// <summary>Writes the body of Forward.</summary>
    public void Forward(bool withTrace)
    {
        Places("input");
        if (withTrace)
        {
            Reference("t", EmitContext.FirstOf("trace"));
        }

        foreach (LayerPlan layer in _plan.Layers)
        {
            _writer.Comment($"Layer {layer.Number}, Dense({layer.Units}, {layer.Activation.Name}): {Notation.Forward(layer)}");
            Affine(layer);
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
        Reference("t", EmitContext.FirstOf("trace"));
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
            _writer.Comment($"Layer {layer.Number}, Dense({layer.Units}, {layer.Activation.Name}): {(layer == Last ? Notation.Affine(layer) : Notation.Forward(layer))}");
            Affine(layer);
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
            if (layer == _plan.First)
            {
                _writer.Comment($"{InputGradient(layer)}, where it is asked for");
                _writer.Open($"if (!inputGradient.IsEmpty)");
                InputGradients(layer, "dx");
                Export(_values["dx"], layer.Inputs, "inputGradient");
                _writer.Close();
            }
            else
            {
                _writer.Comment($"{InputGradient(layer)}");
                InputGradients(layer, $"da{EmitContext.Text(layer.Number - 1)}");
            }

            _writer.Comment($"{(isScaled ? $"s{n} = scale · delta{n}; " : "")}{ParameterGradient(layer)}");
            LineValue delta = _values["delta" + n];
            if (isScaled)
            {
                delta = LineValue.Of("s" + n, layer.PaddedUnits, _text);
                Each(delta, (chunk, index) => $"{_text.Broadcast(chunk.Type, "scale")} * {_values["delta" + n].Chunks[index].Local}");
            }

            ParameterGradients(layer, delta);
            if (layer != _plan.First)
            {
                Delta(_plan.Layers[layer.Number - 2]);
            }
        }
    }

    /// <summary>Declares z.</summary>
    private void Affine(LayerPlan layer)
    {
        LineValue z = LineValue.Of("z" + Number(layer), layer.PaddedUnits, _text);
        _values["z" + Number(layer)] = z;
        if (layer.IsUnitMajor)
        {
            Dots(layer, z);
            return;
        }

        int length = layer.Inputs / layer.Segments;
        foreach (Chunk chunk in z.Chunks)
        {
            for (int segment = 0; segment < layer.Segments; segment++)
            {
                string start = segment == 0 && layer.UseBias ? _text.Load(chunk.Type, "p", layer.BiasOffset + chunk.Start) : _text.Zero(chunk.Type);
                _writer.Line($"var {Partial(chunk, segment)} = {start};");
            }
        }

        for (int input = 0; input < layer.Inputs; input++)
        {
            int segment = System.Math.Min(input / length, layer.Segments - 1);
            foreach (Chunk chunk in z.Chunks)
            {
                string w = _text.Load(chunk.Type, "p", layer.WeightOffset + layer.Weight(input, chunk.Start));
                _writer.Line($"{_text.AddProduct(chunk.Type, Partial(chunk, segment), InputOf(layer, input, chunk.Type), w)}");
            }
        }

        foreach (Chunk chunk in z.Chunks.Where(_ => layer.Segments > 1))
        {
            _writer.Line($"{chunk.Local} = {string.Join(" + ", Enumerable.Range(0, layer.Segments).Select(segment => Partial(chunk, segment)))};");
        }
    }

    /// <summary>Declares z of a layer stored by units.</summary>
    private void Dots(LayerPlan layer, LineValue z)
    {
        (VectorType type, int count) = _text.LanesOf(layer.Lanes);
        string Dot(int unit, int lane) => $"sum{Number(layer)}_{EmitContext.Text(unit)}{(count == 1 ? "" : $"_{EmitContext.Text(lane)}")}";
        LineValue x = InputVectors(layer);
        for (int unit = 0; unit < layer.Units; unit++)
        {
            for (int place = 0; place < x.Chunks.Count; place++)
            {
                string dot = Dot(unit, place % count);
                string w = _text.Load(type, "p", layer.WeightOffset + layer.Weight(x.Chunks[place].Start, unit));
                _writer.Line($"{(place < count ? $"var {dot} = {_text.MultiplyAdd(type, x.Chunks[place].Local, w, _text.Zero(type))};" : _text.AddProduct(type, dot, x.Chunks[place].Local, w))}");
            }
        }

        IReadOnlyList<string> sums = _text.SumLanes(type, Enumerable.Range(0, layer.Units)
            .Select(unit => (IReadOnlyList<string>)Enumerable.Range(0, count).Select(lane => Dot(unit, lane)).ToList()).ToList());
        Each(z, (chunk, _) =>
        {
            string sum = Joined(chunk, sums);
            return layer.UseBias ? $"{_text.Load(chunk.Type, "p", layer.BiasOffset + chunk.Start)} + {(sum.Contains(" + ") ? $"({sum})" : sum)}" : sum;
        });
    }

    private void Activation(LayerPlan layer)
    {
        var steps = new LineSteps(_context, layer, _text);
        steps.Given(Quantity.Z, _values["z" + Number(layer)]);
        steps.Write(layer.Activation.Forward);

        // A layer stored by units multiplies whole vectors of this output: what stands in the padding must be zero.
        bool isMasked = layer != Last && _plan.Layers[layer.Number].IsUnitMajor && layer.Units < layer.PaddedUnits;
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

        steps.Write(layer.Activation.Backward);
        bool leavesPadding = layer.Activation.Backward.Any(step => step.Kind != StepKind.Each);
        Name(layer, Quantity.Delta, steps, leavesPadding && layer.Units < layer.PaddedUnits);
    }

    /// <summary>Declares dL/dx of a layer.</summary>
    private void InputGradients(LayerPlan layer, string name)
    {
        LineValue delta = _values["delta" + Number(layer)];
        LineValue dx = LineValue.Of(name, ParameterRule.PaddedUnits(layer.Inputs), _text);
        _values[name] = dx;
        if (layer.IsUnitMajor)
        {
            foreach (Chunk chunk in dx.Chunks)
            {
                for (int unit = 0; unit < layer.Units; unit++)
                {
                    string w = _text.Load(chunk.Type, "p", layer.WeightOffset + layer.Weight(chunk.Start, unit));
                    string d = Spread(delta, unit, chunk.Type);
                    _writer.Line($"{(unit == 0 ? $"var {chunk.Local} = {_text.MultiplyAdd(chunk.Type, d, w, _text.Zero(chunk.Type))};" : _text.AddProduct(chunk.Type, chunk.Local, d, w))}");
                }
            }

            return;
        }

        (VectorType type, int count) = _text.LanesOf(layer.Lanes);
        string Dot(int row, int lane) => $"dot{Number(layer)}_{EmitContext.Text(row)}{(count == 1 ? "" : $"_{EmitContext.Text(lane)}")}";
        for (int row = 0; row < layer.Inputs; row++)
        {
            for (int place = 0; place < delta.Chunks.Count; place++)
            {
                string w = _text.Load(type, "p", layer.WeightOffset + layer.Weight(row, delta.Chunks[place].Start));
                string dot = Dot(row, place % count);
                string d = delta.Chunks[place].Local;
                _writer.Line($"{(place < count ? $"var {dot} = {_text.MultiplyAdd(type, w, d, _text.Zero(type))};" : _text.AddProduct(type, dot, w, d))}");
            }
        }

        var sums = new List<string>();
        for (int first = 0; first < layer.Inputs; first += RowGroup)
        {
            sums.AddRange(_text.SumLanes(type, Enumerable.Range(first, System.Math.Min(RowGroup, layer.Inputs - first))
                .Select(row => (IReadOnlyList<string>)Enumerable.Range(0, count).Select(lane => Dot(row, lane)).ToList()).ToList()));
        }

        Each(dx, (chunk, _) => Joined(chunk, sums));
    }

    private void ParameterGradients(LayerPlan layer, LineValue delta)
    {
        void Add(VectorType type, string x, string y, int element) =>
            _writer.Line($"{_text.Store(type, _text.MultiplyAdd(type, x, y, _text.Load(type, "g", element)), "g", element)}");

        if (layer.IsUnitMajor)
        {
            foreach (Chunk chunk in InputVectors(layer).Chunks)
            {
                for (int unit = 0; unit < layer.Units; unit++)
                {
                    Add(chunk.Type, Spread(delta, unit, chunk.Type), chunk.Local, layer.WeightOffset + layer.Weight(chunk.Start, unit));
                }
            }
        }
        else
        {
            for (int input = 0; input < layer.Inputs; input++)
            {
                foreach (Chunk chunk in delta.Chunks)
                {
                    Add(chunk.Type, chunk.Local, InputOf(layer, input, chunk.Type), layer.WeightOffset + layer.Weight(input, chunk.Start));
                }
            }
        }

        foreach (Chunk chunk in delta.Chunks.Where(_ => layer.UseBias))
        {
            int element = layer.BiasOffset + chunk.Start;
            _writer.Line($"{_text.Store(chunk.Type, $"{_text.Load(chunk.Type, "g", element)} + {chunk.Local}", "g", element)}");
        }
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

    /// <summary>The input of a layer as vectors.</summary>
    private LineValue InputVectors(LayerPlan layer)
    {
        if (layer != _plan.First)
        {
            return _values["a" + EmitContext.Text(layer.Number - 1)];
        }

        if (!_values.ContainsKey("x"))
        {
            LineValue x = LineValue.Of("x0", layer.RowLength, _text);
            _values["x"] = x;
            Each(x, (chunk, _) => _text.Load(chunk.Type, "x", chunk.Start));
        }

        return _values["x"];
    }

    /// <summary>An input of a layer in every element of a vector.</summary>
    private string InputOf(LayerPlan layer, int input, VectorType type) => layer == _plan.First
        ? _text.Broadcast(type, _context.At("x", input))
        : Spread(_values["a" + EmitContext.Text(layer.Number - 1)], input, type);

    private string Spread(LineValue value, int unit, VectorType type)
    {
        (Chunk chunk, int index) = value.Find(unit);
        return chunk.Type == type
            ? $"{_context.Functions.Use(VectorHelpers.Spread, type)}({chunk.Local}, {EmitContext.Text(index)})"
            : _text.Broadcast(type, _text.Element(chunk.Type, chunk.Local, index));
    }

    private void Places(string input)
    {
        Reference("p", "parameters.Origin");
        Reference("x", EmitContext.FirstOf(input));
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
            Each(value, (chunk, _) => _text.Load(chunk.Type, "t", start + chunk.Start));
        }
    }

    /// <summary>Declares vectors with the elements of a span that is not padded.</summary>
    private void Import(string name, int count, string span)
    {
        LineValue value = LineValue.Of(name, ParameterRule.PaddedUnits(count), _text);
        _values[name] = value;
        Reference(span + "0", EmitContext.FirstOf(span));
        Each(value, (chunk, _) => chunk.Start + chunk.Type.Count <= count
            ? _text.Load(chunk.Type, span + "0", chunk.Start)
            : $"{chunk.Type.Static}.Create({string.Join(", ", Enumerable.Range(chunk.Start, chunk.Type.Count).Select(index => index < count ? _context.At(span + "0", index) : _context.Number(0)))})");
    }

    /// <summary>Writes the elements of vectors to a span that is not padded.</summary>
    private void Export(LineValue value, int count, string span)
    {
        Reference(span + "0", EmitContext.FirstOf(span));
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

    /// <summary>The part of joint sums that belongs in a vector: one of 128 bits, or two joined to one of 256.</summary>
    private string Joined(Chunk chunk, IReadOnlyList<string> sums)
    {
        VectorType narrow = chunk.Type with { Bits = 128 };
        string Sum(int index) => index < sums.Count ? sums[index] : _text.Zero(narrow);
        int first = chunk.Start / narrow.Count;
        return chunk.Type.Bits == 128 ? Sum(first) : $"{chunk.Type.Static}.Create({Sum(first)}, {Sum(first + 1)})";
    }

    private void Each(LineValue value, System.Func<Chunk, int, string> expression)
    {
        for (int index = 0; index < value.Chunks.Count; index++)
        {
            _writer.Line($"var {value.Chunks[index].Local} = {expression(value.Chunks[index], index)};");
        }
    }

    private void Reference(string name, string place) => _writer.Line($"ref {_context.T} {name} = ref {place};");

    private static string Partial(Chunk chunk, int segment) => segment == 0 ? chunk.Local : $"{chunk.Local}_s{EmitContext.Text(segment)}";

    private static string Number(LayerPlan layer) => EmitContext.Text(layer.Number);
}
