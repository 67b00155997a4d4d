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
    private static readonly KernelParameter Scale = KernelParameter.Number("scale");

    private readonly NetworkPlan _plan;
    private readonly NetworkBuffers _buffers;
    private readonly WidthCalls _width;
    private readonly Buffer _p;
    private readonly Buffer _g;
    private readonly Buffer _x;
    private readonly Buffer _t;
    private readonly Signature _propagate;
    private readonly Signature _backwardLayers;

    public VectorPasses(NetworkPlan plan, WidthCalls width)
    {
        _plan = plan;
        _buffers = new NetworkBuffers(plan);
        _width = width;
        _p = Reference("p", plan.BufferLength);
        _g = Reference("g", plan.BufferLength);
        _x = Reference("x", plan.CopiesInput ? plan.First.RowLength : plan.Spec.Inputs);
        _t = Reference("t", plan.TraceLength);
        _propagate = new Signature("Propagate", _p, _x, _t, Z(Last)) { Owner = KernelOwner.Pass };
        _backwardLayers = new Signature("BackwardLayers", _p, _x, _t, DeltaOf(Last), _g, Scale, _buffers.InputGradient) { Owner = KernelOwner.Pass };
    }

    private LayerPlan Last => _plan.Last;

    private string L => Text(Last.Number);

    /// <summary>What the members of a network call, apart from what takes a batch.</summary>
    public IEnumerable<KernelFunction> Entries()
    {
        if (_plan.Head is not null)
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
        int? traceZ = withTrace ? Last.TraceZ : null;
        int? traceA = withTrace ? Last.TraceA : null;
        Buffer z = Z(Last);
        Buffer a = traceZ is null ? z : A(Last);
        IEnumerable<Buffer> memory = withTrace ? Enumerable.Empty<Buffer>() : new[] { _t };
        body.AddRange(Allocate(traceA is null ? memory.Append(a) : memory));
        if (withTrace)
        {
            body.Add(new View(_t, _buffers.Trace, 0));
        }

        if (traceZ is { } atZ)
        {
            body.Add(new View(z, _t, atZ));
        }

        if (traceA is { } atA)
        {
            body.Add(new View(a, _t, atA));
        }

        body.Add(new Invoke(_propagate, _p, _x, _t, z));
        body.AddRange(_width.Activation(Last, z, a, samples: 1));
        body.Add(new Copy(a, _buffers.Output, Last.Units));
        return body;
    }

    /// <summary>The vector-Jacobian product.</summary>
    private IEnumerable<Statement> Backward()
    {
        var body = new List<Statement> { new View(_p, _buffers.Parameters, 0) };
        body.AddRange(ReadInput());
        body.Add(new View(_t, _buffers.KeptTrace, 0));
        body.AddRange(Allocate(new[] { DeltaOf(Last) }));
        body.Add(new Copy(_buffers.OutputGradient, DeltaOf(Last)));
        if (VectorSteps.HasDelta(Last))
        {
            body.Add(new Remark($"Layer {L}: {Notation.Delta(Last)}"));
            body.AddRange(Traced(Last));
            body.AddRange(Delta(Last));
        }

        body.Add(Gap.Line);
        body.Add(new Invoke(_backwardLayers, _p, _x, _t, DeltaOf(Last), _buffers.Gradient, (Expression)1, _buffers.InputGradient));
        return body;
    }

    /// <summary>Forward, loss and Backward of one sample.</summary>
    private IEnumerable<Statement> Backpropagate()
    {
        var body = new List<Statement> { new View(_p, _buffers.Parameters, 0) };
        body.AddRange(ReadInput());
        body.AddRange(Allocate(new[] { _t, Z(Last), DeltaOf(Last) }));
        body.Add(Invoke.WithOwn(_propagate));
        body.Add(_width.Of("Loss", Z(Last), _buffers.Target, DeltaOf(Last)) with { Result = Quantity.Loss, DeclaresResult = true });
        body.Add(new Invoke(_backwardLayers, _p, _x, _t, DeltaOf(Last), _buffers.Gradient, Expression.Symbol(Scale.Name), _buffers.InputGradient));
        body.Add(new Return(Expression.Symbol(Quantity.Loss)));
        return body;
    }

    private IEnumerable<KernelFunction> Propagation()
    {
        var pass = new SectionedKernel(
            _plan,
            "Propagate",
            section => new[] { _p, section.First.ReadsInput ? _x : null, _t, section.Last == Last ? Z(Last) : null }.OfType<Buffer>().Select(buffer => (KernelParameter)buffer).ToArray(),
            section => Propagate(section).ToArray(),
            KernelOwner.Pass);
        string[] comment = { $"All layers up to z{L}, the last one without its activation; the trace receives what Backward needs." };
        return pass.Kernels(_propagate, comment, System.Array.Empty<Statement>(), backwards: false);
    }

    private IEnumerable<KernelFunction> BackwardLayers()
    {
        var pass = new SectionedKernel(
            _plan,
            "BackwardLayers",
            section => section.First.ReadsInput
                ? new KernelParameter[] { _p, _x, _t, DeltaOf(section.Last), _g, Scale, _buffers.InputGradient }
                : new KernelParameter[] { _p, _t, DeltaOf(section.Last), DeltaOf(_plan.Before(section.First)), _g, Scale },
            section => Backward(section).ToArray(),
            KernelOwner.Pass);
        string[] comment =
        {
            $"g += scale · dL/dθ for a given delta{L}. Each layer's input gradient comes before its parameters change, so that g",
            "may be the parameters themselves.",
        };
        IEnumerable<Statement> between = Allocate(Section.Of(_plan).Select(section => section.Last).Where(layer => layer != Last).Select(DeltaOf));
        return pass.Kernels(_backwardLayers, comment, between.ToArray(), backwards: true);
    }

    private IEnumerable<Statement> Propagate(Section section)
    {
        var body = new List<Statement>();
        if (!section.First.ReadsInput)
        {
            body.AddRange(TracedA(_plan.Before(section.First)));
        }

        foreach (LayerPlan layer in section.Layers.Where(layer => layer != Last))
        {
            Buffer z = layer.TraceZ is null ? A(layer) : Z(layer);
            body.Add(new Remark($"{Title(layer)}: {Notation.Forward(layer)}"));
            body.AddRange(Traced(layer));
            body.Add(_width.Of("Affine", layer, _p, InputOf(layer), z));
            body.AddRange(_width.Activation(layer, z, A(layer), samples: 1));
            body.Add(Gap.Line);
        }

        if (section.Last == Last)
        {
            body.Add(new Remark($"{Title(Last)}: {Notation.Affine(Last)}"));
            body.Add(_width.Of("Affine", Last, _p, InputOf(Last), Z(Last)));
        }

        return body;
    }

    private IEnumerable<Statement> Backward(Section section)
    {
        // Less than the deltas of all layers, for which there is room: those of one section at a time beside those between sections.
        var body = new List<Statement>(Allocate(section.Layers.Where(layer => layer != section.Last).Select(DeltaOf)));
        foreach (LayerPlan layer in section.Layers.Reverse().Where(layer => !layer.ReadsInput))
        {
            LayerPlan before = _plan.Before(layer);
            body.Add(new Remark($"{InputGradient(layer)}, {ParameterGradient(layer)}, {Notation.Delta(before)}"));
            body.AddRange(Traced(before));
            body.Add(_width.Of("Backward", layer, _p, A(before), DeltaOf(layer), DeltaOf(before), _g, (Argument)Scale));
            body.AddRange(Delta(before));
        }

        if (!section.First.ReadsInput)
        {
            return body;
        }

        LayerPlan first = _plan.First;
        var dx = new Buffer("dx", ParameterRule.PaddedUnits(first.Inputs));
        body.Add(new Remark($"{InputGradient(first)} where it is asked for, {ParameterGradient(first)}"));
        body.Add(Where.Wanted(_buffers.InputGradient, new Statement[]
        {
            new Allocate(dx),
            _width.Of("InputGradient", first, _p, DeltaOf(first), dx),
            new Copy(dx, _buffers.InputGradient, first.Inputs),
        }));
        body.Add(Gap.Line);
        body.Add(_width.Of("ParameterGradient", first, _x, DeltaOf(first), _g, (Argument)Scale));
        return body;
    }

    /// <summary><c>x</c>, a padded copy of the input where the first layer reads it in whole vectors.</summary>
    private IEnumerable<Statement> ReadInput()
    {
        if (!_plan.CopiesInput)
        {
            return new[] { new View(_x, _buffers.Input, 0) };
        }

        var padded = new Buffer("padded", _plan.First.RowLength);
        return new Statement[] { new Allocate(padded), new Copy(_buffers.Input, padded), new View(_x, padded, 0) };
    }

    private IEnumerable<Statement> Delta(LayerPlan layer) => _width.Delta(layer, Z(layer), A(layer), DeltaOf(layer), samples: 1);

    private IEnumerable<Statement> Traced(LayerPlan layer) =>
        (layer.TraceZ is { } z ? new Statement[] { new View(Z(layer), _t, z) } : Enumerable.Empty<Statement>()).Concat(TracedA(layer));

    private IEnumerable<Statement> TracedA(LayerPlan layer) => layer.TraceA is { } a ? new Statement[] { new View(A(layer), _t, a) } : Enumerable.Empty<Statement>();

    private static IEnumerable<Statement> Allocate(IEnumerable<Buffer> values) =>
        values.ToArray() is { Length: > 0 } all ? new Statement[] { new AllocateTogether("scratch", all) } : Enumerable.Empty<Statement>();

    private Buffer InputOf(LayerPlan layer) => layer.ReadsInput ? _x : A(_plan.Before(layer));

    private static Buffer Z(LayerPlan layer) => Of(Quantity.Z, layer);

    private static Buffer A(LayerPlan layer) => Of(Quantity.A, layer);

    private static Buffer DeltaOf(LayerPlan layer) => Of(Quantity.Delta, layer);

    private static Buffer Of(string quantity, LayerPlan layer) => Reference(quantity + Text(layer.Number), layer.PaddedUnits);

    private static Buffer Reference(string name, int length) => new(name, length, BufferKind.Reference);
}
