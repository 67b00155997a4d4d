using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;
using static NetGen.Generator.Planning.Notation;

namespace NetGen.Generator.Lowering;

/// <summary>
/// The passes of one sample, once for all vector widths: what depends on the width is called through a type parameter <c>K</c>, which the JIT replaces by the kernels
/// themselves. Values lie in stack memory, padded like the layers, behind references: <c>a1</c>, <c>z1</c> where Backward needs it, <c>delta1</c>, which first holds dL/da.
/// What Backward needs lies in the trace <c>t</c>.
/// </summary>
internal sealed class VectorPasses
{
    /// <summary>What stands above the gradients that wait for all adjoints.</summary>
    public const string SharedGradients = "The gradients of the parameters that layers share";

    private static readonly KernelParameter Scale = KernelParameter.Number("scale");

    private readonly NetworkPlan _plan;
    private readonly NetworkBuffers _buffers;
    private readonly WidthCalls _width;
    private readonly Buffer _p;
    private readonly Buffer _g;
    private readonly Buffer _t;
    private readonly IReadOnlyList<Buffer> _inputs;
    private readonly Signature _propagate;
    private readonly Signature _backwardLayers;

    public VectorPasses(NetworkPlan plan, WidthCalls width)
    {
        _plan = plan;
        _buffers = new NetworkBuffers(plan);
        _width = width;
        _p = Reference("p", plan.BufferLength);
        _g = Reference("g", plan.BufferLength);
        _t = Reference("t", plan.TraceLength);
        _inputs = _buffers.VectorInputs(plan.Layers);
        IEnumerable<KernelParameter> values = _inputs.Prepend(_p).Append(_t).Select(buffer => (KernelParameter)buffer);
        _propagate = new Signature("Propagate", values.Concat(Outputs.Select(layer => (KernelParameter)Z(layer))).ToArray()) { Owner = KernelOwner.Pass };
        _backwardLayers = new Signature(
            "BackwardLayers", values.Concat(Outputs.Select(layer => (KernelParameter)DeltaOf(layer))).Concat(new[] { _g, Scale, (KernelParameter)_buffers.InputGradient }).ToArray())
        {
            Owner = KernelOwner.Pass,
        };
    }

    private IEnumerable<LayerPlan> Outputs => _plan.Outputs.Select(output => output.Layer);

    /// <summary>What the members of a network call, apart from what takes a batch.</summary>
    public IEnumerable<KernelFunction> Entries()
    {
        if (_plan.HasLoss)
        {
            yield return Entry(_buffers.Backpropagate, Backpropagate());
        }

        yield return Entry(_buffers.Forward(withTrace: false), Forward(withTrace: false));
        yield return Entry(_buffers.Forward(withTrace: true), Forward(withTrace: true));
        yield return Entry(_buffers.Backward, Backward());
    }

    /// <summary>The forward pass up to the last activation, and the backward pass from the last delta.</summary>
    public IEnumerable<KernelFunction> Passes() => Propagation().Concat(BackwardLayers());

    private static KernelFunction Entry(Signature signature, IEnumerable<Statement> body) =>
        new(signature with { Owner = KernelOwner.Pass }, System.Array.Empty<string>(), body.ToArray()) { IsHot = true, IsEntry = true };

    private IEnumerable<Statement> Forward(bool withTrace)
    {
        var body = new List<Statement> { new View(_p, _buffers.Parameters, 0) };
        body.AddRange(ReadInput());

        // The last layer computes in the trace where Backward needs the values.
        (LayerPlan Layer, Buffer Z, Buffer A, int? TraceZ, int? TraceA)[] ends = Outputs.Select(layer =>
        {
            int? traceZ = withTrace ? layer.TraceZ : null;
            return (layer, Z(layer), traceZ is null ? Z(layer) : A(layer), traceZ, withTrace ? layer.TraceA : null);
        }).ToArray();
        body.AddRange(Allocate((withTrace ? Enumerable.Empty<Buffer>() : new[] { _t }).Concat(ends.Where(end => end.TraceA is null).Select(end => end.A))));
        if (withTrace)
        {
            body.Add(new View(_t, _buffers.Trace, 0));
        }

        foreach ((_, Buffer z, Buffer a, int? traceZ, int? traceA) in ends)
        {
            body.AddRange(traceZ is { } atZ ? new[] { new View(z, _t, atZ) } : Enumerable.Empty<Statement>());
            body.AddRange(traceA is { } atA ? new[] { new View(a, _t, atA) } : Enumerable.Empty<Statement>());
        }

        body.Add(Invoke.WithOwn(_propagate));
        foreach ((OutputPlan output, (LayerPlan layer, Buffer z, Buffer a, _, _)) in _plan.Outputs.Zip(ends, (output, end) => (output, end)))
        {
            body.AddRange(_width.Activation(layer, z, a, samples: 1));
            body.Add(new Copy(a, _buffers.Output, layer.Units) { Place = output.Number is null ? null : output.Start });
        }

        return body;
    }

    /// <summary>The vector-Jacobian product.</summary>
    private IEnumerable<Statement> Backward()
    {
        var body = new List<Statement> { new View(_p, _buffers.Parameters, 0) };
        body.AddRange(ReadInput());
        body.Add(new View(_t, _buffers.KeptTrace, 0));
        body.AddRange(Allocate(Outputs.Select(DeltaOf)));
        foreach (OutputPlan output in _plan.Outputs)
        {
            LayerPlan layer = output.Layer;
            body.Add(output.Number is null
                ? new Copy(_buffers.OutputGradient, DeltaOf(layer))
                : new Copy(_buffers.OutputGradient, DeltaOf(layer), layer.Units) { Start = output.Start });
            if (VectorSteps.HasDelta(layer))
            {
                body.Add(new Remark($"Layer {Text(layer.Number)}: {Notation.Delta(layer)}"));
                body.AddRange(Traced(layer));
                body.AddRange(Delta(layer));
            }
        }

        body.Add(Gap.Line);
        body.Add(new Invoke(
            _backwardLayers,
            _inputs.Prepend(_p).Append(_t).Concat(Outputs.Select(DeltaOf)).Select(buffer => (Argument)buffer)
                .Concat(new Argument[] { _buffers.Gradient, (Expression)1, _buffers.InputGradient })
                .ToArray()));
        return body;
    }

    /// <summary>Forward, loss and Backward of one sample.</summary>
    private IEnumerable<Statement> Backpropagate()
    {
        var body = new List<Statement> { new View(_p, _buffers.Parameters, 0) };
        body.AddRange(ReadInput());
        body.AddRange(Allocate(Outputs.SelectMany(layer => new[] { Z(layer), DeltaOf(layer) }).Prepend(_t)));
        body.Add(Invoke.WithOwn(_propagate));
        string loss = Quantity.Loss;
        if (_plan.Outputs.Count == 1)
        {
            body.Add(_width.Of("Loss", Z(_plan.Last), _buffers.Target, DeltaOf(_plan.Last)) with { Result = loss, DeclaresResult = true });
        }
        else
        {
            // An output without a loss has no part in delta, which is 0.
            loss = NetworkBuffers.TotalLoss;
            body.Add(new Let(loss, 0));
            body.AddRange(_plan.Outputs.Where(output => output.Head is not null).Select(output =>
                _width.Of("Loss", output.Layer, Z(output.Layer), Argument.From(_buffers.Target, output.TargetStart), DeltaOf(output.Layer)) with { Result = loss, AddsResult = true }));
        }

        body.Add(new Invoke(
            _backwardLayers,
            _inputs.Prepend(_p).Append(_t).Concat(Outputs.Select(DeltaOf)).Select(buffer => (Argument)buffer)
                .Concat(new Argument[] { _buffers.Gradient, Expression.Symbol(Scale.Name), _buffers.InputGradient })
                .ToArray()));
        body.Add(new Return(Expression.Symbol(loss)));
        return body;
    }

    private IEnumerable<KernelFunction> Propagation()
    {
        var pass = new SectionedKernel(
            _plan,
            "Propagate",
            section => _buffers.VectorInputs(section.Layers).Prepend(_p).Append(_t).Concat(section.Layers.Where(layer => layer.IsOutput).Select(Z))
                .Select(buffer => (KernelParameter)buffer)
                .ToArray(),
            section => Propagate(section).ToArray(),
            KernelOwner.Pass);
        string ends = string.Join(", ", Outputs.Select(layer => Z(layer).Name));
        string what = _plan.Outputs.Count == 1 ? "the last one without its activation" : "these without their activations";
        string[] comment = { $"All layers up to {ends}, {what}; the trace receives what Backward needs." };
        return pass.Kernels(_propagate, comment, System.Array.Empty<Statement>(), backwards: false);
    }

    private IEnumerable<KernelFunction> BackwardLayers()
    {
        var pass = new SectionedKernel(
            _plan,
            "BackwardLayers",
            section =>
            {
                IReadOnlyList<Buffer> inputs = _buffers.VectorInputs(section.Layers);
                IEnumerable<KernelParameter> values = inputs.Prepend(_p).Append(_t).Concat(section.Passed(_plan).Reverse().Select(DeltaOf))
                    .Append(_g)
                    .Select(buffer => (KernelParameter)buffer)
                    .Append(Scale);
                return (inputs.Count > 0 ? values.Append(_buffers.InputGradient) : values).ToArray();
            },
            section => Backward(section).ToArray(),
            KernelOwner.Pass);
        string[] comment =
        {
            $"g += scale · dL/dθ for a given {string.Join(", ", Outputs.Select(layer => DeltaOf(layer).Name))}. Each layer's input gradient comes before its parameters change, so that g",
            "may be the parameters themselves.",
        };
        IEnumerable<LayerPlan> between = Section.Of(_plan).SelectMany(section => section.Passed(_plan)).Where(layer => !layer.IsOutput).Distinct().OrderBy(layer => layer.Number);
        return pass.Kernels(_backwardLayers, comment, Allocate(between.Select(DeltaOf)).Concat(_buffers.UnreadInputs()).ToArray(), backwards: true);
    }

    private IEnumerable<Statement> Propagate(Section section)
    {
        var body = new List<Statement>(section.Sources(_plan).Where(layer => layer.Number < section.First.Number).SelectMany(TracedA));
        foreach (LayerPlan layer in section.Layers)
        {
            Buffer z = layer.IsOutput || layer.TraceZ is not null ? Z(layer) : A(layer);
            body.Add(new Remark($"{Title(layer)}: {(layer.IsOutput ? Notation.Affine(layer) : Notation.Forward(layer))}"));
            body.AddRange(layer.IsOutput ? Kept(layer) : Traced(layer));
            body.Add(layer.Spec.IsProduct ? _width.Of("Affine", layer, _p, InputOf(layer), z) : _width.Of(KernelsOf(layer).Forward(z)));
            if (!layer.IsOutput)
            {
                body.AddRange(_width.Activation(layer, z, A(layer), samples: 1));
                body.Add(Gap.Line);
            }
        }

        return body;
    }

    private IEnumerable<Statement> Backward(Section section)
    {
        // Less than the deltas of all layers, for which there is room: those of one section at a time beside those between sections.
        IReadOnlyList<LayerPlan> passed = section.Passed(_plan);
        var body = new List<Statement>(Allocate(section.Layers.Where(layer => !passed.Contains(layer)).Select(DeltaOf)));
        var known = new HashSet<LayerPlan>();
        foreach (LayerPlan layer in section.Layers.Reverse())
        {
            IReadOnlyList<LayerPlan> complete = _plan.CompletedBy(layer);
            body.AddRange(Remark.Of(Adjoint(layer, complete, withParameters: !layer.IsShared)));
            body.AddRange(_plan.SourcesOf(layer).Concat(layer.Kept.Count > 0 ? new[] { layer } : System.Array.Empty<LayerPlan>()).Where(known.Add).SelectMany(Traced));
            body.AddRange(layer.Spec.IsProduct ? Product(layer) : Formula(layer));
            body.AddRange(layer.IsShared ? System.Array.Empty<Statement>() : ParameterGradients(layer));
            body.AddRange(complete.SelectMany(Delta));
        }

        LayerPlan[] shared = section.Layers.Where(layer => layer.IsShared).Reverse().ToArray();
        return shared.Length == 0 ? body : body.Append(new Remark(SharedGradients)).Concat(shared.SelectMany(ParameterGradients));
    }

    /// <summary>The gradient of what a product reads: with that of its parameters in one pass over its weights where it is the first part and the layer is trained.</summary>
    private IEnumerable<Statement> Product(LayerPlan layer)
    {
        ReadPlan read = layer.Reads[0];
        if (layer.HasBackward)
        {
            yield return _width.Of("Backward", layer, _p, InputOf(layer), DeltaOf(layer), DeltaOf(_plan.Layer(read.Layer)), _g, (Argument)Scale);
            yield break;
        }

        Buffer dx = read.IsInput ? new Buffer("dx", ParameterRule.PaddedUnits(layer.Inputs)) : DeltaOf(_plan.Layer(read.Layer));
        Statement gradient = _width.Of("InputGradient", layer, _p, DeltaOf(layer), dx);
        if (!read.IsInput)
        {
            yield return gradient;
            yield break;
        }

        yield return Where.Wanted(_buffers.InputGradient, new[] { new Allocate(dx), gradient }.Concat(_buffers.GiveInputGradient(dx, read)).ToArray());
        yield return Gap.Line;
    }

    /// <summary>The gradients of parameters that are not computed with those of what the layer reads.</summary>
    private IEnumerable<Statement> ParameterGradients(LayerPlan layer) =>
        !layer.Spec.IsProduct ? KernelsOf(layer).ParameterGradient(DeltaOf(layer)).Select(call => _width.Of((Invoke)call))
        : layer.IsTrained && !layer.HasBackward ? new[] { _width.Of("ParameterGradient", layer, InputOf(layer), DeltaOf(layer), _g, (Argument)Scale) }
        : System.Array.Empty<Statement>();

    private IEnumerable<Statement> Formula(LayerPlan layer)
    {
        LayerKernels kernels = KernelsOf(layer);
        foreach ((ReadPlan read, int input) in layer.Reads.Select((read, input) => (read, input)))
        {
            if (read.Given is null)
            {
                yield return _width.Of(kernels.InputGradient(input, DeltaOf(layer), DeltaOf(_plan.Layer(read.Layer))));
                continue;
            }

            var dx = new Buffer("dx", ParameterRule.PaddedUnits(read.Values));
            yield return Where.Wanted(
                _buffers.InputGradient,
                new Statement[] { new Allocate(dx), _width.Of(kernels.InputGradient(input, DeltaOf(layer), dx)) }.Concat(_buffers.GiveInputGradient(dx, read)).ToArray());
        }
    }

    /// <summary><c>x</c>, a padded copy of the input where the first layer reads it in whole vectors; of a graph, of each input.</summary>
    private IEnumerable<Statement> ReadInput()
    {
        if (!_plan.CopiesInput)
        {
            return new[] { new View(_inputs[0], _buffers.Input, 0) };
        }

        if (_plan.IsPlain)
        {
            var padded = new Buffer("padded", _plan.First.RowLength);
            return new Statement[] { new Allocate(padded), new Copy(_buffers.Input, padded), new View(_inputs[0], padded, 0) };
        }

        // Parameters alone may be all that is read.
        return _inputs.Count == 0 ? Enumerable.Empty<Statement>() : new Statement[] { new AllocateTogether("inputs", _inputs) }.Concat(_buffers.ReadInputs(_plan.Layers)
            .Select(input => new Copy(_buffers.Input, input.Buffer, input.Read.Values) { Start = input.Read.Given!.Start }));
    }

    private LayerKernels KernelsOf(LayerPlan layer) => new(layer, _buffers, arePadded: true);

    private IEnumerable<Statement> Delta(LayerPlan layer) => _width.Delta(layer, Z(layer), A(layer), DeltaOf(layer), samples: 1);

    private IEnumerable<Statement> Traced(LayerPlan layer) =>
        (layer.TraceZ is { } z ? new Statement[] { new View(Z(layer), _t, z) } : Enumerable.Empty<Statement>()).Concat(TracedA(layer)).Concat(Kept(layer));

    private IEnumerable<Statement> TracedA(LayerPlan layer) => layer.TraceA is { } a ? new Statement[] { new View(A(layer), _t, a) } : Enumerable.Empty<Statement>();

    private IEnumerable<Statement> Kept(LayerPlan layer) => layer.Kept.Select(kept => new View(NetworkBuffers.Of(kept, layer).Padded(kept), _t, kept.Place));

    private static IEnumerable<Statement> Allocate(IEnumerable<Buffer> values) =>
        values.ToArray() is { Length: > 0 } all ? new Statement[] { new AllocateTogether("scratch", all) } : Enumerable.Empty<Statement>();

    private Buffer InputOf(LayerPlan layer) => layer.ReadsInput ? _buffers.VectorInputs(new[] { layer })[0] : A(_plan.Before(layer));

    private static Buffer Z(LayerPlan layer) => Of(Quantity.Z, layer);

    private static Buffer A(LayerPlan layer) => Of(Quantity.A, layer);

    private static Buffer DeltaOf(LayerPlan layer) => Of(Quantity.Delta, layer);

    private static Buffer Of(string quantity, LayerPlan layer) => Reference(quantity + Text(layer.Number), layer.PaddedUnits);

    private static Buffer Reference(string name, int length) => new(name, length, BufferKind.Reference);
}
