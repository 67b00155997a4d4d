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
    private readonly Buffer _trace;
    private readonly Signature _propagate;
    private readonly Signature _backwardLayers;
    private readonly IReadOnlyList<LayerKernels> _kernels;

    public LayerByLayer(NetworkPlan plan)
    {
        _plan = plan;
        _buffers = new NetworkBuffers(plan);
        _trace = _buffers.Trace;
        _kernels = plan.Layers.Select(layer => new LayerKernels(layer, _buffers)).ToArray();
        KernelParameter[] Each(Func<LayerPlan, Buffer> quantity) => plan.Outputs.Select(output => (KernelParameter)quantity(output.Layer)).ToArray();
        _propagate = new Signature("Propagate", new KernelParameter[] { _buffers.Parameters, _buffers.X, _trace }.Concat(Each(ZOf)).ToArray());
        _backwardLayers = new Signature(
            "BackwardLayers",
            new KernelParameter[] { _buffers.Parameters, _buffers.X, _trace }
                .Concat(Each(DeltaOf))
                .Concat(new KernelParameter[] { _buffers.Gradient, KernelParameter.Number("scale"), _buffers.InputGradient })
                .ToArray());
    }

    /// <summary>All kernels.</summary>
    public IEnumerable<KernelFunction> Kernels()
    {
        if (_plan.HasLoss)
        {
            yield return new KernelFunction(_buffers.Backpropagate, ScalarKernels.BackpropagateComment, Backpropagate().ToArray()) { IsEntry = true };
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
        // The last layer computes where its output is wanted: in the trace when Backward needs it, else with the caller; several wait for the last one to read the input.
        Buffer? Kept(LayerPlan layer) => layer.TraceA is null ? null : NetworkBuffers.Of("a", layer);
        Buffer Z(OutputPlan output) => output.Layer.TraceZ is null && Kept(output.Layer) is { } kept ? kept
            : output.Layer.TraceZ is null && output.Number is null ? _buffers.Output
            : ZOf(output.Layer);
        foreach (OutputPlan output in _plan.Outputs)
        {
            foreach (Statement statement in NetworkBuffers.Traced("z", output.Layer, _trace).Concat(NetworkBuffers.Traced("a", output.Layer, _trace)))
            {
                yield return statement;
            }

            if (output.Number is not null && output.Layer.TraceZ is null && Kept(output.Layer) is null)
            {
                yield return new Allocate(ZOf(output.Layer));
            }
        }

        yield return ReadInput;
        yield return new Invoke(
            _propagate, new Argument[] { _buffers.Parameters, _buffers.X, _trace }.Concat(_plan.Outputs.Select(output => (Argument)Z(output))).ToArray());
        foreach (OutputPlan output in _plan.Outputs)
        {
            LayerPlan layer = output.Layer;
            Buffer result = NetworkBuffers.PartOf(_buffers.Output, output);
            if (!IsIdentity(layer))
            {
                yield return new Remark($"a{Text(layer.Number)} = {Print(layer.Activation.ValueText, layer)}");
            }

            foreach (Statement statement in NetworkBuffers.Part(_buffers.Output, output).Concat(Steps(layer, layer.Forward, Z(output), Kept(layer) ?? result)))
            {
                yield return statement;
            }

            if (Kept(layer) is { } kept)
            {
                yield return new Copy(kept, result);
            }
        }
    }

    /// <summary>The vector-Jacobian product.</summary>
    private IEnumerable<Statement> Backward()
    {
        var kept = new Buffer("kept", _plan.TraceLength);
        var deltas = new List<Argument>();
        yield return ReadInput;
        yield return new View(kept, _buffers.KeptTrace, 0);
        var all = new Buffer("da", _plan.OutputCount);
        if (_plan.Outputs.Count > 1)
        {
            yield return new View(all, _buffers.OutputGradient, 0);
        }

        foreach (OutputPlan output in _plan.Outputs)
        {
            LayerPlan layer = output.Layer;
            Buffer da = NetworkBuffers.Of("da", layer);
            yield return output.Number is null ? new View(da, _buffers.OutputGradient, 0) : new View(da, all, output.Start);
            yield return new Remark($"Layer {Text(layer.Number)}: {Delta(layer)}");
            deltas.Add(IsIdentity(layer) ? da : DeltaOf(layer));
            if (!IsIdentity(layer))
            {
                foreach (Statement statement in Traced(layer, kept).Append(new Allocate(DeltaOf(layer))).Concat(Deltas(layer, da)).Append(Gap.Line))
                {
                    yield return statement;
                }
            }
        }

        yield return new Invoke(
            _backwardLayers,
            new Argument[] { _buffers.Parameters, _buffers.X, kept }.Concat(deltas).Concat(new Argument[] { _buffers.Gradient, (Expression)1, _buffers.InputGradient }).ToArray());
    }

    /// <summary>Forward, loss and Backward of one sample.</summary>
    private IEnumerable<Statement> Backpropagate()
    {
        yield return ReadInput;
        yield return new View(_buffers.Y, _buffers.Target, 0);
        yield return new Allocate(_trace);
        foreach (Buffer buffer in _plan.Outputs.SelectMany(output => new[] { ZOf(output.Layer), DeltaOf(output.Layer) }))
        {
            yield return new Allocate(buffer);
        }

        yield return Invoke.WithOwn(_propagate);
        yield return Gap.Line;
        string loss = Quantity.Loss;
        if (_plan.Outputs.Count == 1)
        {
            foreach (Statement statement in Head(_plan.Outputs[0]))
            {
                yield return statement;
            }
        }
        else
        {
            // An output without a loss has no part in delta, which is 0.
            loss = NetworkBuffers.TotalLoss;
            yield return new Let(loss, 0);
            foreach (OutputPlan output in _plan.Outputs.Where(output => output.Head is not null))
            {
                yield return new Scope(new[] { new View(TargetOf(output), _buffers.Y, output.TargetStart) }.Concat(Head(output)).Append(Assign.Add(loss, Expression.Symbol(Quantity.Loss))).ToArray());
            }
        }

        yield return Gap.Line;
        yield return Invoke.WithOwn(_backwardLayers);
        yield return new Return(Expression.Symbol(loss));
    }

    /// <summary>The loss of an output and its delta.</summary>
    private IEnumerable<Statement> Head(OutputPlan output) => output.Head!.Parts.Select(part => (Statement)new Remark(part.Comment, Continues: true)).Concat(LoopSteps.Lower(
        output.Layer,
        output.Head.Steps,
        Quantity.Delta,
        _buffers.Rounding,
        NetworkBuffers.TargetPlaces(TargetOf(output), output, _plan.Spec.BatchTerms)
            .Prepend((Quantity.Z, ZOf(output.Layer)))
            .Append((Quantity.Delta, DeltaOf(output.Layer)))
            .ToArray()));

    /// <summary>The targets of an output: all of them where it is the only one.</summary>
    private Buffer TargetOf(OutputPlan output) =>
        output.Number is { } number ? new Buffer(_buffers.Y.Name + Text(number), _plan.Spec.BatchTerms ? output.TargetLength : output.Layer.Units) : _buffers.Y;

    /// <summary>The forward pass up to the last activation.</summary>
    private IEnumerable<KernelFunction> Propagation()
    {
        var pass = new SectionedKernel(
            _plan,
            "Propagate",
            section => new[] { _buffers.Parameters, ReadsInput(section) ? _buffers.X : null, _trace }
                .Concat(PassedOutputs(section))
                .Concat(section.Layers.Where(layer => layer.IsOutput).Select(ZOf))
                .OfType<Buffer>()
                .Select(buffer => (KernelParameter)buffer)
                .ToArray(),
            section => Propagate(section).ToArray());
        string ends = string.Join(", ", _plan.Outputs.Select(output => ZOf(output.Layer).Name));
        string what = _plan.Outputs.Count == 1 ? "the last one without its activation" : "these without their activations";
        string[] comment = { $"All layers up to {ends}, {what}; the trace receives what Backward needs." };
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
            $"g += scale · dL/dθ for a given {string.Join(", ", _plan.Outputs.Select(output => DeltaOf(output.Layer).Name))}. Each layer's input gradient comes before its parameters change, so that g",
            "may be the parameters themselves.",
        };
        IEnumerable<LayerPlan> between = Section.Of(_plan).SelectMany(PassedDeltas).Where(layer => !layer.IsOutput).Distinct().OrderBy(layer => layer.Number);
        Statement[] before = between.Select(layer => (Statement)new Allocate(DeltaOf(layer))).Concat(_buffers.UnreadInputs()).ToArray();
        if (!_plan.SharesParameters || !Section.IsDivided(_plan))
        {
            return pass.Kernels(_backwardLayers, comment, before, backwards: true);
        }

        var parameters = new SectionedKernel(
            _plan,
            "ParameterGradients",
            section => new[] { ReadsInput(section) ? _buffers.X : null, _trace }
                .Concat(section.Layers.Reverse().Select(DeltaOf))
                .OfType<Buffer>()
                .Select(buffer => (KernelParameter)buffer)
                .Concat(gradient)
                .ToArray(),
            section => _buffers.EachInput(section.Layers)
                .Concat(section.Layers.SelectMany(Read).Distinct().SelectMany(layer => Traced(layer, _trace)))
                .Concat(section.Layers.Reverse().SelectMany(layer => KernelsOf(layer).ParameterGradient(DeltaOf(layer))))
                .ToArray());
        return parameters.Sections().Concat(pass.Sections()).Prepend(new KernelFunction(
            _backwardLayers, comment, before.Concat(pass.Statements(backwards: true)).Concat(parameters.Statements(backwards: true)).ToArray()));
    }

    /// <summary>
    /// The layers, in order, whose deltas a section has from another or for another: all where parameters are shared, for none of these may change before the last delta is known.
    /// </summary>
    private IReadOnlyList<LayerPlan> PassedDeltas(Section section) => _plan.SharesParameters && Section.IsDivided(_plan)
        ? section.Layers.Union(section.Sources(_plan)).OrderBy(layer => layer.Number).ToArray()
        : section.Passed(_plan);

    /// <summary>The layers of which the adjoint of a layer may read what the trace keeps.</summary>
    private IEnumerable<LayerPlan> Read(LayerPlan layer) => _plan.SourcesOf(layer).Concat(layer.Kept.Count > 0 ? new[] { layer } : Array.Empty<LayerPlan>());

    private IEnumerable<Statement> Propagate(Section section)
    {
        var statements = new List<Statement>();
        foreach (LayerPlan layer in section.Sources(_plan).Where(layer => layer.Number < section.First.Number))
        {
            statements.AddRange(NetworkBuffers.Traced("a", layer, _trace));
        }

        IEnumerable<Buffer> passed = PassedOutputs(section);
        statements.AddRange(_buffers.EachInput(section.Layers));
        foreach (LayerPlan layer in section.Layers)
        {
            if (layer.IsOutput)
            {
                statements.Add(new Remark($"{Title(layer)}: {Notation.Affine(layer)}"));
                statements.AddRange(NetworkBuffers.Kept(layer, _trace));
                statements.Add(KernelsOf(layer).Forward(ZOf(layer)));
                continue;
            }

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

        return statements;
    }

    /// <summary>
    /// The layers from the last to the first. Each adds its part to the gradients of what it reads; the delta of a layer that it reads is known once it was the last to do so.
    /// </summary>
    private IEnumerable<Statement> Backward(Section section)
    {
        var statements = new List<Statement>(_buffers.EachInput(section.Layers));
        var known = new HashSet<LayerPlan>();
        IReadOnlyList<LayerPlan> passed = PassedDeltas(section);
        bool isShared = _plan.SharesParameters;
        foreach (LayerPlan layer in section.Layers.Reverse())
        {
            IReadOnlyList<LayerPlan> complete = _plan.CompletedBy(layer);
            statements.AddRange(Remark.Of(Adjoint(layer, complete, withParameters: !isShared)));
            statements.AddRange(Read(layer).Where(known.Add).SelectMany(source => Traced(source, _trace)));
            statements.AddRange(layer.Reads.Where(read => read.IsFirstPart && !read.IsInput).Select(read => _plan.Layer(read.Layer))
                .Where(source => !passed.Contains(source))
                .Select(source => new Allocate(DeltaOf(source))));
            statements.AddRange(layer.Reads.Select((read, input) => read.IsInput
                ? Where.Wanted(_buffers.InputGradient, InputGradient(layer, read, input).ToArray())
                : (Statement)KernelsOf(layer).InputGradient(input, DeltaOf(layer), DeltaOf(_plan.Layer(read.Layer)))));
            statements.AddRange(isShared ? Array.Empty<Statement>() : KernelsOf(layer).ParameterGradient(DeltaOf(layer)));
            statements.AddRange(complete.SelectMany(source => Deltas(source, DeltaOf(source))));
            if (layer != _plan.First)
            {
                statements.Add(Gap.Line);
            }
        }

        if (isShared && section.IsWhole)
        {
            statements.Add(new Remark("The gradients of all parameters, of which layers share some"));
            statements.AddRange(section.Layers.Reverse().SelectMany(layer => KernelsOf(layer).ParameterGradient(DeltaOf(layer))));
        }

        return statements;
    }

    /// <summary>dL/dx of an input, which is a part of the caller's memory where there are several.</summary>
    private IEnumerable<Statement> InputGradient(LayerPlan layer, ReadPlan read, int input)
    {
        Buffer dx = _buffers.InputGradient;
        if (read.Given is { Number: { } number } given)
        {
            dx = new Buffer(dx.Name + Text(number), read.Values);
            yield return new View(dx, _buffers.InputGradient, given.Start);
        }

        yield return KernelsOf(layer).InputGradient(input, DeltaOf(layer), dx);
    }

    private LayerKernels KernelsOf(LayerPlan layer) => _kernels[layer.Number - 1];

    private static bool ReadsInput(Section section) => section.Layers.Any(layer => layer.Reads.Any(read => read.IsInput));

    /// <summary>The outputs, not in the trace, that a section has from another or for another.</summary>
    private IEnumerable<Buffer> PassedOutputs(Section section) => section.Passed(_plan)
        .Where(layer => layer.TraceA is null && !layer.IsOutput)
        .Select(layer => NetworkBuffers.Of("a", layer));

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

    private static Buffer ZOf(LayerPlan layer) => NetworkBuffers.Of("z", layer);

    private static Buffer DeltaOf(LayerPlan layer) => NetworkBuffers.Of("delta", layer);

    /// <summary>Whether dL/dz is dL/da as it stands.</summary>
    private static bool IsIdentity(LayerPlan layer) => layer.Backward.OnlyRename();
}
