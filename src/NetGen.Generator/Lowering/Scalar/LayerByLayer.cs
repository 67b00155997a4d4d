using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;
using static NetGen.Generator.Planning.Notation;

namespace NetGen.Generator.Lowering;

/// <summary>
/// The passes of a network whose layers have kernels of their own. Values pass through memory: <c>a1</c>, <c>da1</c> for
/// dL/da, <c>delta1</c> for dL/dz. What Backward needs lies in the trace, so that Forward computes right into it.
/// </summary>
internal sealed class LayerByLayer
{
    private readonly NetworkPlan _plan;
    private readonly NetworkBuffers _buffers;
    private readonly Buffer _z;
    private readonly Buffer _delta;
    private readonly Buffer _trace;
    private readonly Signature _propagate;
    private readonly Signature _backwardLayers;
    private readonly IReadOnlyList<LayerKernels> _kernels;

    public LayerByLayer(NetworkPlan plan)
    {
        _plan = plan;
        _buffers = new NetworkBuffers(plan);
        _z = NetworkBuffers.Of("z", Last);
        _delta = NetworkBuffers.Of("delta", Last);
        _trace = _buffers.Trace;
        _kernels = plan.Layers.Select(layer => new LayerKernels(layer, _buffers)).ToArray();
        _propagate = new Signature("Propagate", _buffers.Parameters, _buffers.X, _trace, _z);
        _backwardLayers = new Signature(
            "BackwardLayers", _buffers.Parameters, _buffers.X, _trace, _delta, _buffers.Gradient, KernelParameter.Number("scale"), _buffers.InputGradient);
    }

    private LayerPlan Last => _plan.Last;

    private string L => Text(Last.Number);

    /// <summary>All kernels.</summary>
    public IEnumerable<KernelFunction> Kernels()
    {
        if (_plan.Head is { } head)
        {
            yield return new KernelFunction(_buffers.Backpropagate, ScalarKernels.BackpropagateComment, Backpropagate(head).ToArray()) { IsEntry = true };
        }

        yield return new KernelFunction(_buffers.Forward(withTrace: true), Array.Empty<string>(), Forward().ToArray()) { IsEntry = true };
        yield return new KernelFunction(_buffers.Backward, ScalarKernels.BackwardComment(_plan), Backward().ToArray()) { IsEntry = true };
        foreach (KernelFunction kernel in Propagation().Concat(BackwardLayers()).Concat(_kernels.SelectMany(kernels => kernels.All())))
        {
            yield return kernel;
        }
    }

    private IEnumerable<Statement> Forward()
    {
        // The last layer computes where its output is wanted: in the trace when Backward needs it, else with the caller.
        var kept = new Buffer("a" + L, Last.Units);
        Buffer? a = Last.TraceA is null ? null : kept;
        Buffer z = Last.TraceZ is not null ? _z : a ?? _buffers.Output;
        Buffer result = a ?? _buffers.Output;
        foreach (Statement statement in NetworkBuffers.Traced("z", Last, _trace).Concat(NetworkBuffers.Traced("a", Last, _trace)).Append(ReadInput))
        {
            yield return statement;
        }

        yield return new Invoke(_propagate, _buffers.Parameters, _buffers.X, _trace, z);
        if (!IsIdentity(Last))
        {
            yield return new Remark($"a{L} = {Print(Last.Activation.ValueText, Last)}");
        }

        foreach (Statement statement in Steps(Last, Last.Forward, z, result))
        {
            yield return statement;
        }

        if (a is not null)
        {
            yield return new Copy(a, _buffers.Output);
        }
    }

    /// <summary>The vector-Jacobian product.</summary>
    private IEnumerable<Statement> Backward()
    {
        Buffer da = NetworkBuffers.Of("da", Last);
        var kept = new Buffer("kept", _plan.TraceLength);
        Buffer delta = da;
        yield return ReadInput;
        yield return new View(kept, _buffers.KeptTrace, 0);
        yield return new View(da, _buffers.OutputGradient, 0);
        yield return new Remark($"Layer {L}: {Delta(Last)}");
        if (!IsIdentity(Last))
        {
            delta = _delta;
            foreach (Statement statement in Traced(Last, kept).Append(new Allocate(delta)).Concat(Deltas(Last, da)).Append(Gap.Line))
            {
                yield return statement;
            }
        }

        yield return new Invoke(_backwardLayers, _buffers.Parameters, _buffers.X, kept, delta, _buffers.Gradient, (Expression)1, _buffers.InputGradient);
    }

    /// <summary>Forward, loss and Backward of one sample.</summary>
    private IEnumerable<Statement> Backpropagate(HeadPlan head)
    {
        yield return ReadInput;
        yield return new View(_buffers.Y, _buffers.Target, 0);
        yield return new Allocate(_trace);
        yield return new Allocate(_z);
        yield return new Allocate(_delta);
        yield return Invoke.WithOwn(_propagate);
        yield return Gap.Line;
        foreach (HeadPart part in head.Parts)
        {
            yield return new Remark(part.Comment, Continues: true);
        }

        foreach (Statement statement in LoopSteps.Lower(
            Last,
            head.Steps,
            Quantity.Delta,
            _buffers.Rounding,
            (Quantity.Z, _z),
            (Quantity.Y, _buffers.Y),
            (Quantity.Delta, _delta)))
        {
            yield return statement;
        }

        yield return Gap.Line;
        yield return Invoke.WithOwn(_backwardLayers);
        yield return new Return(Expression.Symbol(Quantity.Loss));
    }

    /// <summary>The forward pass up to the last activation.</summary>
    private IEnumerable<KernelFunction> Propagation()
    {
        var pass = new SectionedKernel(
            _plan,
            "Propagate",
            section => new[] { _buffers.Parameters, ReadsInput(section) ? _buffers.X : null, _trace }
                .Concat(PassedOutputs(section))
                .Append(section.Last == Last ? _z : null)
                .OfType<Buffer>()
                .Select(buffer => (KernelParameter)buffer)
                .ToArray(),
            section => Propagate(section).ToArray());
        string[] comment = { $"All layers up to {_z.Name}, the last one without its activation; the trace receives what Backward needs." };
        IEnumerable<Buffer> between = Section.Of(_plan).SelectMany(PassedOutputs).Distinct();
        return pass.Kernels(_propagate, comment, between.Select(buffer => new Allocate(buffer)).ToArray(), backwards: false);
    }

    /// <summary>The backward pass from the last delta.</summary>
    private IEnumerable<KernelFunction> BackwardLayers()
    {
        KernelParameter[] gradient = { _buffers.Gradient, KernelParameter.Number("scale") };
        var pass = new SectionedKernel(
            _plan,
            "BackwardLayers",
            section =>
            {
                IEnumerable<KernelParameter> values = new[] { _buffers.Parameters, ReadsInput(section) ? _buffers.X : null, _trace }
                    .Concat(PassedDeltas(section).Reverse().Select(DeltaOf))
                    .OfType<Buffer>()
                    .Select(buffer => (KernelParameter)buffer)
                    .Concat(gradient);
                return (ReadsInput(section) ? values.Append(_buffers.InputGradient) : values).ToArray();
            },
            section => Backward(section).ToArray());
        string[] comment =
        {
            $"g += scale · dL/dθ for a given {_delta.Name}. Each layer's input gradient comes before its parameters change, so that g",
            "may be the parameters themselves.",
        };
        IEnumerable<LayerPlan> between = Section.Of(_plan).SelectMany(PassedDeltas).Where(layer => layer != Last).Distinct().OrderBy(layer => layer.Number);
        return pass.Kernels(_backwardLayers, comment, between.Select(layer => new Allocate(DeltaOf(layer))).ToArray(), backwards: true);
    }

    private IEnumerable<Statement> Propagate(Section section)
    {
        var statements = new List<Statement>();
        foreach (LayerPlan layer in Sources(section).Where(layer => layer.Number < section.First.Number))
        {
            statements.AddRange(NetworkBuffers.Traced("a", layer, _trace));
        }

        IEnumerable<Buffer> passed = PassedOutputs(section);
        foreach (LayerPlan layer in section.Layers.Where(layer => layer != Last))
        {
            Buffer a = NetworkBuffers.Of("a", layer);
            Buffer z = layer.TraceZ is null ? a : NetworkBuffers.Of("z", layer);
            statements.Add(new Remark($"{Title(layer)}: {Notation.Forward(layer)}"));
            statements.AddRange(Traced(layer, _trace));
            if (layer.TraceA is null && !passed.Contains(a))
            {
                statements.Add(new Allocate(a));
            }

            statements.Add(KernelsOf(layer).Forward(z));
            statements.AddRange(Steps(layer, layer.Forward, z, a));
            statements.Add(Gap.Line);
        }

        if (section.Last == Last)
        {
            statements.Add(new Remark($"{Title(Last)}: {Notation.Affine(Last)}"));
            statements.AddRange(NetworkBuffers.Kept(Last, _trace));
            statements.Add(KernelsOf(Last).Forward(_z));
        }

        return statements;
    }

    /// <summary>
    /// The layers from the last to the first. Each adds its part to the gradients of what it reads; the delta of a layer that it reads is known once it was the last to do so.
    /// </summary>
    private IEnumerable<Statement> Backward(Section section)
    {
        var statements = new List<Statement>();
        var known = new HashSet<LayerPlan>();
        IReadOnlyList<LayerPlan> passed = PassedDeltas(section);
        foreach (LayerPlan layer in section.Layers.Reverse())
        {
            LayerPlan[] sources = SourcesOf(layer).ToArray();
            LayerPlan[] complete = layer.Reads.Where(read => read.IsLastPart && !read.IsInput).Select(read => _plan.Layer(read.Node)).ToArray();
            statements.Add(new Remark(string.Join(", ", layer.Reads.Select((read, input) => Notation.InputGradient(layer, input) + (read.IsInput ? " where it is asked for" : ""))
                .Append(Notation.ParameterGradient(layer))
                .Concat(complete.Select(Delta))
                .Where(text => text.Length > 0))));
            statements.AddRange(sources.Concat(layer.Kept.Count > 0 ? new[] { layer } : Array.Empty<LayerPlan>()).Where(known.Add).SelectMany(source => Traced(source, _trace)));
            statements.AddRange(layer.Reads.Where(read => read.IsFirstPart && !read.IsInput).Select(read => _plan.Layer(read.Node))
                .Where(source => !passed.Contains(source))
                .Select(source => new Allocate(DeltaOf(source))));
            statements.AddRange(layer.Reads.Select((read, input) => read.IsInput
                ? Where.Wanted(_buffers.InputGradient, new[] { KernelsOf(layer).InputGradient(input, DeltaOf(layer), _buffers.InputGradient) })
                : (Statement)KernelsOf(layer).InputGradient(input, DeltaOf(layer), DeltaOf(_plan.Layer(read.Node)))));
            statements.AddRange(KernelsOf(layer).ParameterGradient(DeltaOf(layer)));
            statements.AddRange(complete.SelectMany(source => Deltas(source, DeltaOf(source))));
            if (layer != _plan.First)
            {
                statements.Add(Gap.Line);
            }
        }

        return statements;
    }

    private LayerKernels KernelsOf(LayerPlan layer) => _kernels[layer.Number - 1];

    /// <summary>The layers that a layer reads, each once.</summary>
    private IEnumerable<LayerPlan> SourcesOf(LayerPlan layer) => layer.Reads.Where(read => !read.IsInput).Select(read => _plan.Layer(read.Node)).Distinct();

    /// <summary>The layers that those of a section read, in order.</summary>
    private IEnumerable<LayerPlan> Sources(Section section) => section.Layers.SelectMany(SourcesOf).Distinct().OrderBy(layer => layer.Number);

    private static bool ReadsInput(Section section) => section.Layers.Any(layer => layer.Reads.Any(read => read.IsInput));

    /// <summary>The outputs, not in the trace, that a section has from another or for another.</summary>
    private IEnumerable<Buffer> PassedOutputs(Section section) => Passed(section)
        .Where(layer => layer.TraceA is null && layer != Last)
        .Select(layer => NetworkBuffers.Of("a", layer));

    /// <summary>The layers, in order, whose deltas a section has from another or for another.</summary>
    private IReadOnlyList<LayerPlan> PassedDeltas(Section section) => Passed(section).ToArray();

    /// <summary>The layers of a section, and those that they read, of which another section or the caller knows.</summary>
    private IEnumerable<LayerPlan> Passed(Section section) => section.Layers.Union(Sources(section))
        .Where(layer => layer == Last || !section.Layers.Contains(layer) || layer.Readers.Any(reader => reader > section.Last.Number))
        .OrderBy(layer => layer.Number);

    private View ReadInput => new(_buffers.X, _buffers.Input, 0);

    private IEnumerable<Statement> Steps(LayerPlan layer, IReadOnlyList<Step> steps, Buffer z, Buffer a) =>
        LoopSteps.Lower(layer, steps, Quantity.A, _buffers.Rounding, (Quantity.Z, z), (Quantity.A, a));

    /// <summary>dL/dz from dL/da; the two may share their memory.</summary>
    private IEnumerable<Statement> Deltas(LayerPlan layer, Buffer outputGradient) => LoopSteps.Lower(
        layer,
        layer.Backward,
        Quantity.Delta,
        _buffers.Rounding,
        (Quantity.OutputGradient, outputGradient),
        (Quantity.Z, NetworkBuffers.Of("z", layer)),
        (Quantity.A, NetworkBuffers.Of("a", layer)),
        (Quantity.Delta, DeltaOf(layer)));

    private static IEnumerable<Statement> Traced(LayerPlan layer, Buffer trace) =>
        NetworkBuffers.Traced("z", layer, trace).Concat(NetworkBuffers.Traced("a", layer, trace)).Concat(NetworkBuffers.Kept(layer, trace));

    private static Buffer DeltaOf(LayerPlan layer) => NetworkBuffers.Of("delta", layer);

    /// <summary>Whether dL/dz is dL/da as it stands.</summary>
    private static bool IsIdentity(LayerPlan layer) => layer.Backward.OnlyRename();
}
