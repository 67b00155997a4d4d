using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the products of the layers in a straight line of vectors. Every value is declared under the name that <see cref="VectorLine"/> gives it, and
/// added to the values known so far.
/// </summary>
internal sealed class LineProducts
{
    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly NetworkPlan _plan;
    private readonly VectorText _text;
    private readonly Dictionary<string, LineValue> _values;

    public LineProducts(EmitContext context, VectorText text, Dictionary<string, LineValue> values)
    {
        _context = context;
        _writer = context.Writer;
        _plan = context.Plan;
        _text = text;
        _values = values;
    }

    /// <summary>Declares z.</summary>
    public void Affine(LayerPlan layer)
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

        Func<int, VectorType, string> x = Inputs(layer);
        for (int input = 0; input < layer.Inputs; input++)
        {
            int segment = Math.Min(input / length, layer.Segments - 1);
            foreach (Chunk chunk in z.Chunks)
            {
                string w = _text.Load(chunk.Type, "p", layer.WeightOffset + layer.Weight(input, chunk.Start));
                _writer.Line($"{_text.AddProduct(chunk.Type, Partial(chunk, segment), x(input, chunk.Type), w)}");
            }
        }

        foreach (Chunk chunk in z.Chunks)
        {
            string sum = Keep(chunk, layer.Units, string.Join(" + ", Enumerable.Range(0, layer.Segments).Select(segment => Partial(chunk, segment))));
            if (sum != chunk.Local)
            {
                _writer.Line($"{chunk.Local} = {sum};");
            }
        }
    }

    /// <summary>Declares z of a layer stored by units.</summary>
    private void Dots(LayerPlan layer, LineValue z)
    {
        (VectorType type, int count) = _text.Width.LanesOf(layer.Lanes);
        string[][] dots = Dots("sum", layer, layer.Units, count);
        LineValue x = InputVectors(layer);
        for (int unit = 0; unit < layer.Units; unit++)
        {
            for (int place = 0; place < x.Chunks.Count; place++)
            {
                string dot = dots[unit][place % count];
                string w = _text.Load(type, "p", layer.WeightOffset + layer.Weight(x.Chunks[place].Start, unit));
                _writer.Line($"{_text.DotProduct(type, dot, x.Chunks[place].Local, w, isFirst: place < count)}");
            }
        }

        IReadOnlyList<string> sums = _text.SumLanes(type, dots);
        Each(z, (chunk, _) =>
        {
            string sum = Joined(chunk, sums);
            if (!layer.UseBias)
            {
                return _text.EndDot(chunk.Type, sum);
            }

            // The bias, which is ready early, and not the sum: −0 and −0 make −0, 0 and −0 make 0.
            string bias = _text.EndDot(chunk.Type, _text.Load(chunk.Type, "p", layer.BiasOffset + chunk.Start));
            return $"{bias} + {(sum.Contains(" + ") ? $"({sum})" : sum)}";
        });
    }

    /// <summary>Declares dL/dx of a layer.</summary>
    public void InputGradients(LayerPlan layer, string name)
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

                string kept = Keep(chunk, layer.Inputs, chunk.Local);
                if (kept != chunk.Local)
                {
                    _writer.Line($"{chunk.Local} = {kept};");
                }
            }

            return;
        }

        (VectorType type, int count) = _text.Width.LanesOf(layer.Lanes);
        string[][] dots = Dots("dot", layer, layer.Inputs, count);
        for (int row = 0; row < layer.Inputs; row++)
        {
            for (int place = 0; place < delta.Chunks.Count; place++)
            {
                string w = _text.Load(type, "p", layer.WeightOffset + layer.Weight(row, delta.Chunks[place].Start));
                string dot = dots[row][place % count];
                string d = delta.Chunks[place].Local;
                _writer.Line($"{_text.DotProduct(type, dot, w, d, isFirst: place < count)}");
            }
        }

        var sums = new List<string>();
        for (int first = 0; first < layer.Inputs; first += Limits.DotGroup)
        {
            sums.AddRange(_text.SumLanes(type, dots.Skip(first).Take(Limits.DotGroup).ToList()));
        }

        Each(dx, (chunk, _) => chunk.Start < layer.Inputs ? _text.EndDot(chunk.Type, Joined(chunk, sums)) : _text.Zero(chunk.Type));
    }

    /// <summary>Adds delta ⊗ x, for a delta that is scaled already.</summary>
    public void ParameterGradients(LayerPlan layer, LineValue delta)
    {
        void Add(Chunk chunk, int used, string x, string y, int element)
        {
            string sum = _text.MultiplyAdd(chunk.Type, x, y, _text.Load(chunk.Type, "g", element));
            _writer.Line($"{_text.Store(chunk.Type, Keep(chunk, used, sum), "g", element)}");
        }

        if (layer.IsUnitMajor)
        {
            foreach (Chunk chunk in InputVectors(layer).Chunks)
            {
                for (int unit = 0; unit < layer.Units; unit++)
                {
                    Add(chunk, layer.Inputs, Spread(delta, unit, chunk.Type), chunk.Local, layer.WeightOffset + layer.Weight(chunk.Start, unit));
                }
            }
        }
        else
        {
            Func<int, VectorType, string> x = Inputs(layer);
            for (int input = 0; input < layer.Inputs; input++)
            {
                foreach (Chunk chunk in delta.Chunks)
                {
                    Add(chunk, layer.Units, chunk.Local, x(input, chunk.Type), layer.WeightOffset + layer.Weight(input, chunk.Start));
                }
            }
        }

        foreach (Chunk chunk in delta.Chunks.Where(_ => layer.UseBias))
        {
            int element = layer.BiasOffset + chunk.Start;
            string sum = $"{_text.Load(chunk.Type, "g", element)} + {chunk.Local}";
            _writer.Line($"{_text.Store(chunk.Type, Keep(chunk, layer.Units, sum), "g", element)}");
        }
    }

    /// <summary>Declares the vectors of a value.</summary>
    public void Each(LineValue value, Func<Chunk, int, string> expression)
    {
        for (int index = 0; index < value.Chunks.Count; index++)
        {
            _writer.Line($"var {value.Chunks[index].Local} = {expression(value.Chunks[index], index)};");
        }
    }

    /// <summary>The input of a layer as vectors.</summary>
    private LineValue InputVectors(LayerPlan layer)
    {
        if (!layer.ReadsInput)
        {
            return _values["a" + EmitContext.Text(layer.Source)];
        }

        if (!_values.ContainsKey("x"))
        {
            LineValue x = LineValue.Of("x0", layer.RowLength, _text);
            _values["x"] = x;
            Each(x, (chunk, _) => _text.Load(chunk.Type, "x", chunk.Start));
        }

        return _values["x"];
    }

    /// <summary>The inputs of a layer, each in every element of a vector.</summary>
    private Func<int, VectorType, string> Inputs(LayerPlan layer)
    {
        if (layer.ReadsInput)
        {
            return (input, type) => _text.Broadcast(type, _context.At("x", input));
        }

        LineValue a = _values["a" + EmitContext.Text(layer.Source)];
        return (input, type) => Spread(a, input, type);
    }

    /// <summary>The names of dot products: for each the vectors that hold its lanes.</summary>
    private static string[][] Dots(string name, LayerPlan layer, int products, int vectors) => Enumerable.Range(0, products)
        .Select(product =>
        {
            string dot = $"{name}{Number(layer)}_{EmitContext.Text(product)}";
            return vectors == 1 ? new[] { dot } : Enumerable.Range(0, vectors).Select(lane => $"{dot}_{EmitContext.Text(lane)}").ToArray();
        })
        .ToArray();

    private string Spread(LineValue value, int unit, VectorType type)
    {
        (Chunk chunk, int index) = value.Find(unit);
        return chunk.Type == type
            ? $"{_context.Functions.Use(VectorHelpers.Spread, type)}({chunk.Local}, {EmitContext.Text(index)})"
            : _text.Broadcast(type, _text.Element(chunk.Type, chunk.Local, index));
    }

    /// <summary>A vector with zeros in the padding, so that neither infinities nor NaN get there.</summary>
    private string Keep(Chunk chunk, int used, string value) => chunk.Start + chunk.Type.Count > used
        ? _text.KeepFirst(chunk.Type, value, Math.Max(0, used - chunk.Start))
        : value;

    /// <summary>The part of joint sums that belongs in a vector: one of 128 bits, or two joined to one of 256.</summary>
    private string Joined(Chunk chunk, IReadOnlyList<string> sums)
    {
        VectorType narrow = chunk.Type with { Bits = 128 };
        string Sum(int index) => index < sums.Count ? sums[index] : _text.Zero(narrow);
        int first = chunk.Start / narrow.Count;
        return chunk.Type.Bits == 128 ? Sum(first) : $"{chunk.Type.Static}.Create({Sum(first)}, {Sum(first + 1)})";
    }

    private static string Partial(Chunk chunk, int segment) => segment == 0 ? chunk.Local : $"{chunk.Local}_s{EmitContext.Text(segment)}";

    private static string Number(LayerPlan layer) => EmitContext.Text(layer.Number);
}
