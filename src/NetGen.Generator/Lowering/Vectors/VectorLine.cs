using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;
using static NetGen.Generator.Planning.Notation;

namespace NetGen.Generator.Lowering;

/// <summary>
/// The passes of a small network, each as one kernel without a loop in which the values of a layer stay in vector registers: <c>a1</c>, <c>delta1</c>, … or
/// <c>a1_0</c>, <c>a1_1</c> where they fill more than one.
/// </summary>
internal sealed class VectorLine
{
    private readonly NetworkPlan _plan;
    private readonly NetworkBuffers _buffers;
    private readonly VectorWidth _width;
    private readonly Buffer _p;
    private readonly Buffer _g;
    private readonly Buffer _x;
    private readonly Buffer _t;
    private readonly Dictionary<string, LineValue> _values = new();
    private readonly List<Statement> _body = new();

    private VectorLine(NetworkPlan plan, VectorWidth width)
    {
        _plan = plan;
        _buffers = new NetworkBuffers(plan);
        _width = width;
        _p = Behind(_buffers.P);
        _g = Behind(_buffers.G);
        _x = Behind(_buffers.X);
        _t = new Buffer("t", plan.TraceLength, BufferKind.Reference);
    }

    private LayerPlan Last => _plan.Last;

    /// <summary>All kernels for vectors of a width in bits.</summary>
    public static IEnumerable<KernelFunction> Kernels(NetworkPlan plan, int bits) => NeededKernels.Of(plan, AllKernels(plan, bits));

    private static IEnumerable<KernelFunction> AllKernels(NetworkPlan plan, int bits)
    {
        var width = new VectorWidth(plan, bits);
        var buffers = new NetworkBuffers(plan);
        if (plan.Head is { } head)
        {
            yield return Kernel(buffers.Backpropagate, line => line.Backpropagate(head));
        }

        yield return Kernel(buffers.Forward(withTrace: false), line => line.Forward(withTrace: false));
        yield return Kernel(buffers.Forward(withTrace: true), line => line.Forward(withTrace: true));
        yield return Kernel(buffers.Backward, line => line.Backward());

        KernelFunction Kernel(Signature signature, Action<VectorLine> write)
        {
            var line = new VectorLine(plan, width);
            write(line);
            return new KernelFunction(signature, Array.Empty<string>(), line._body) { IsEntry = true, IsHot = true };
        }
    }

    private void Forward(bool withTrace)
    {
        Point(_p, _buffers.Parameters);
        Point(_x, _buffers.Input);
        if (withTrace)
        {
            Point(_t, _buffers.Trace);
        }

        foreach (LayerPlan layer in _plan.Layers)
        {
            Remark($"{Title(layer)}: {Notation.Forward(layer)}");
            Affine(layer);
            Activation(layer);
            if (withTrace)
            {
                Keep(layer, Quantity.Z, layer.TraceZ);
                Keep(layer, Quantity.A, layer.TraceA);
            }
        }

        _body.Add(Gap.Line);
        Export(Value(Quantity.A, Last), _buffers.Output, _body);
    }

    /// <summary>The vector-Jacobian product.</summary>
    private void Backward()
    {
        Point(_p, _buffers.Parameters);
        Point(_x, _buffers.Input);
        Point(_t, _buffers.KeptTrace);
        Point(_g, _buffers.Gradient);
        foreach (LayerPlan layer in _plan.Layers)
        {
            Recall(layer, Quantity.Z, layer.TraceZ);
            Recall(layer, Quantity.A, layer.TraceA);
        }

        Remark($"dL/da{Text(Last.Number)}");
        Import(Quantity.OutputGradient, _buffers.OutputGradient, Last.Units);
        Delta(Last);
        Layers(isScaled: false);
    }

    /// <summary>Forward, loss and Backward of one sample in one piece.</summary>
    private void Backpropagate(HeadPlan head)
    {
        Point(_p, _buffers.Parameters);
        Point(_x, _buffers.Input);
        Point(_g, _buffers.Gradient);
        foreach (LayerPlan layer in _plan.Layers)
        {
            Remark($"{Title(layer)}: {(layer == Last ? Notation.Affine(layer) : Notation.Forward(layer))}");
            Affine(layer);
            if (layer != Last)
            {
                Activation(layer);
            }
        }

        Remark("y");
        Import(Quantity.Y, _buffers.Target, Last.Units);
        LineSteps steps = Steps(Last);
        steps.Given(Quantity.Z, Value(Quantity.Z, Last));
        steps.Given(Quantity.Y, Value(Quantity.Y, Last));
        Terms(steps);
        _body.AddRange(head.Lower(steps.Lower));
        Name(Last, Quantity.Delta, steps.Value(Quantity.Delta), isMasked: true);
        Layers(isScaled: true);
        _body.Add(Gap.Line);
        _body.Add(new Return(Expression.Symbol(Quantity.Loss)));
    }

    /// <summary>What the loss reads beside the targets.</summary>
    private void Terms(LineSteps steps)
    {
        if (!_plan.Spec.BatchTerms)
        {
            return;
        }

        Buffer target = Elements(_buffers.Target);
        _body.Add(new Let(Quantity.SampleWeight, new Load(target, Last.Units)));
        steps.GivenOnce(Quantity.SampleWeight, Quantity.SampleWeight);
        if (_plan.Outputs[0].AllowedLength > 0)
        {
            _body.AddRange(Declare(Quantity.Allowed, Last).Declare((chunk, _) => chunk.Load(target, Last.Units + 1)));
            steps.Given(Quantity.Allowed, Value(Quantity.Allowed, Last));
        }
    }

    /// <summary>From the last delta back through all layers.</summary>
    private void Layers(bool isScaled)
    {
        foreach (LayerPlan layer in _plan.Layers.Reverse())
        {
            LineValue delta = Value(Quantity.Delta, layer);
            InputGradient(layer, delta);
            string number = Text(layer.Number);
            Remark($"{(isScaled ? $"s{number} = scale · delta{number}; " : "")}{ParameterGradient(layer)}");
            if (isScaled)
            {
                LineValue scaled = LineValue.Of("s" + number, layer.PaddedUnits, _width);
                _body.AddRange(scaled.Declare((chunk, index) =>
                    new Binary(BinaryOperator.Multiply, VectorOperation.Splat(chunk.Type, Expression.Symbol("scale")), delta.Chunks[index].Value)));
                delta = scaled;
            }

            _body.AddRange(Products(layer).ParameterGradient(_g, delta));
            if (!layer.ReadsInput)
            {
                Delta(_plan.Before(layer));
            }
        }
    }

    private void InputGradient(LayerPlan layer, LineValue delta)
    {
        if (!layer.ReadsInput)
        {
            Remark(Notation.InputGradient(layer));
            LineValue da = Declare(Quantity.OutputGradient, _plan.Before(layer));
            _body.AddRange(Products(layer).InputGradient(_p, delta, da));
            return;
        }

        Remark($"{Notation.InputGradient(layer)}, where it is asked for");
        LineValue dx = LineValue.Of("dx", ParameterRule.PaddedUnits(layer.Inputs), _width);
        var body = new List<Statement>(Products(layer).InputGradient(_p, delta, dx));
        Export(dx, _buffers.InputGradient, body);
        _body.Add(Where.Wanted(_buffers.InputGradient, body));
    }

    private void Affine(LayerPlan layer) => _body.AddRange(Products(layer).Affine(_p, Declare(Quantity.Z, layer)));

    private void Activation(LayerPlan layer)
    {
        LineSteps steps = Steps(layer);
        steps.Given(Quantity.Z, Value(Quantity.Z, layer));
        _body.AddRange(steps.Lower(layer.Forward));

        // A layer stored by units multiplies whole vectors of this output: what stands in the padding must be zero.
        Name(layer, Quantity.A, steps.Value(Quantity.A), isMasked: _plan.Readers(layer).Any(reader => reader.IsUnitMajor));
    }

    /// <summary>Declares dL/dz from dL/da.</summary>
    private void Delta(LayerPlan layer)
    {
        Remark($"Layer {Text(layer.Number)}: {Notation.Delta(layer)}");
        LineSteps steps = Steps(layer);
        foreach (string quantity in new[] { Quantity.OutputGradient, Quantity.Z, Quantity.A })
        {
            if (_values.TryGetValue(quantity + Text(layer.Number), out LineValue? value))
            {
                steps.Given(quantity, value);
            }
        }

        _body.AddRange(steps.Lower(layer.Backward));
        Name(layer, Quantity.Delta, steps.Value(Quantity.Delta), isMasked: VectorSteps.LeavesPadding(layer));
    }

    /// <summary>Later layers find a quantity of this one under its name, with zeros in the padding if need be.</summary>
    private void Name(LayerPlan layer, string quantity, LineValue value, bool isMasked)
    {
        string name = quantity + Text(layer.Number);
        _values[name] = value;
        if (!isMasked || layer.Units == layer.PaddedUnits)
        {
            return;
        }

        bool isNamed = value.Chunks[0].Local.StartsWith(name, StringComparison.Ordinal);
        LineValue masked = isNamed ? value : Declare(quantity, layer);
        foreach ((Chunk chunk, Chunk source) in masked.Chunks.Zip(value.Chunks, (chunk, source) => (chunk, source)))
        {
            Expression kept = chunk.Keep(source.Value, layer.Units);
            if (kept != chunk.Value)
            {
                _body.Add(isNamed ? chunk.Assign(kept) : chunk.Declare(kept));
            }
        }
    }

    private void Keep(LayerPlan layer, string quantity, int? place)
    {
        if (place is { } start)
        {
            _body.AddRange(Value(quantity, layer).Chunks.Select(chunk => new Store(_t, start + chunk.Start, chunk.Value, chunk.Type)));
        }
    }

    private void Recall(LayerPlan layer, string quantity, int? place)
    {
        if (place is { } start)
        {
            _body.AddRange(Declare(quantity, layer).Declare((chunk, _) => chunk.Load(_t, start)));
        }
    }

    /// <summary>Declares vectors with the first elements of a buffer that is not padded.</summary>
    private void Import(string quantity, Buffer from, int count)
    {
        Buffer elements = Elements(from);
        Point(elements, from);
        _body.AddRange(Declare(quantity, Last).Declare((chunk, _) => chunk.End <= count
            ? chunk.Load(elements, 0)
            : VectorOperation.Of(chunk.Type, Enumerable.Range(chunk.Start, chunk.Type.Count).Select(index => index < count ? new Load(elements, index) : (Expression)0))));
    }

    private static Buffer Elements(Buffer buffer) => Behind(buffer) with { Name = buffer.Name + "0" };

    /// <summary>Writes the elements of vectors to a buffer that is not padded.</summary>
    private static void Export(LineValue value, Buffer to, List<Statement> body)
    {
        Buffer elements = Elements(to);
        body.Add(new View(elements, to, 0));
        foreach (Chunk chunk in value.Chunks.Where(chunk => chunk.Start < to.Length))
        {
            body.AddRange(chunk.End <= to.Length
                ? new[] { new Store(elements, chunk.Start, chunk.Value, chunk.Type) }
                : Enumerable.Range(chunk.Start, to.Length - chunk.Start).Select(index => new Store(elements, index, value.Element(index))));
        }
    }

    private LineProducts Products(LayerPlan layer)
    {
        if (layer.ReadsInput)
        {
            return new LineProducts(layer, _width, (input, type) => VectorOperation.Splat(type, new Load(_x, input)), () => InputVectors(layer));
        }

        LineValue a = Value(Quantity.A, _plan.Before(layer));
        return new LineProducts(layer, _width, a.Spread, () => a);
    }

    /// <summary>The input in vectors, which are read where they are needed first.</summary>
    private LineValue InputVectors(LayerPlan layer)
    {
        if (!_values.TryGetValue("x", out LineValue? x))
        {
            x = LineValue.Of("x0", layer.RowLength, _width);
            _values["x"] = x;
            _body.AddRange(x.Declare((chunk, _) => chunk.Load(_x, 0)));
        }

        return x;
    }

    private LineSteps Steps(LayerPlan layer) => new(layer, _width, _plan.Spec.IsFused);

    private LineValue Value(string quantity, LayerPlan layer) => _values[quantity + Text(layer.Number)];

    /// <summary>Gives a quantity of a layer variables of its name.</summary>
    private LineValue Declare(string quantity, LayerPlan layer) =>
        _values[quantity + Text(layer.Number)] = LineValue.Of(quantity + Text(layer.Number), layer.PaddedUnits, _width);

    private void Point(Buffer reference, Buffer to) => _body.Add(new View(reference, to, 0));

    private void Remark(string text) => _body.Add(new Remark(text));

    private static Buffer Behind(Buffer buffer) => new(buffer.Name, buffer.Length, BufferKind.Reference);
}
