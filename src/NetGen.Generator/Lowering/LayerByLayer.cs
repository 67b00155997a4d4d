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
    private readonly ScalarBuffers _buffers;
    private readonly Buffer _z;
    private readonly Buffer _delta;
    private readonly Buffer _trace;
    private readonly Signature _propagate;
    private readonly Signature _backwardLayers;

    public LayerByLayer(NetworkPlan plan)
    {
        _plan = plan;
        _buffers = new ScalarBuffers(plan);
        _z = ScalarBuffers.Of("z", Last);
        _delta = ScalarBuffers.Of("delta", Last);
        _trace = _buffers.Trace;
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
        foreach (KernelFunction kernel in Propagation().Concat(BackwardLayers()).Concat(_plan.Layers.SelectMany(Products)))
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
        foreach (Statement statement in ScalarBuffers.Traced("z", Last, _trace).Concat(ScalarBuffers.Traced("a", Last, _trace)).Append(ReadInput))
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
        Buffer da = ScalarBuffers.Of("da", Last);
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
            head.Parts.SelectMany(part => part.Steps).ToList(),
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
            section => new[] { _buffers.Parameters, section.First == _plan.First ? _buffers.X : null, _trace, section.Last == Last ? _z : null }
                .OfType<Buffer>()
                .Select(buffer => (KernelParameter)buffer)
                .ToArray(),
            section => Propagate(section).ToArray());
        string[] comment = { $"All layers up to {_z.Name}, the last one without its activation; the trace receives what Backward needs." };
        return pass.Kernels(_propagate, comment, Array.Empty<Statement>(), backwards: false);
    }

    /// <summary>The backward pass from the last delta.</summary>
    private IEnumerable<KernelFunction> BackwardLayers()
    {
        KernelParameter[] gradient = { _buffers.Gradient, KernelParameter.Number("scale") };
        var pass = new SectionedKernel(
            _plan,
            "BackwardLayers",
            section => section.First == _plan.First
                ? new KernelParameter[] { _buffers.Parameters, _buffers.X, _trace, DeltaOf(section.Last) }.Concat(gradient).Append(_buffers.InputGradient).ToArray()
                : new KernelParameter[] { _buffers.Parameters, _trace, DeltaOf(section.Last), DeltaOf(_plan.Before(section.First)) }.Concat(gradient).ToArray(),
            section => Backward(section).ToArray());
        string[] comment =
        {
            $"g += scale · dL/dθ for a given {_delta.Name}. Each layer's input gradient comes before its parameters change, so that g",
            "may be the parameters themselves.",
        };
        IEnumerable<Statement> between = Section.Of(_plan).Select(section => section.Last).Where(layer => layer != Last).Select(layer => new Allocate(DeltaOf(layer)));
        return pass.Kernels(_backwardLayers, comment, between.ToArray(), backwards: true);
    }

    private IEnumerable<Statement> Propagate(Section section)
    {
        var statements = new List<Statement>();
        if (section.First != _plan.First)
        {
            statements.AddRange(ScalarBuffers.Traced("a", _plan.Before(section.First), _trace));
        }

        foreach (LayerPlan layer in section.Layers.Where(layer => layer != Last))
        {
            Buffer a = ScalarBuffers.Of("a", layer);
            Buffer z = layer.TraceZ is null ? a : ScalarBuffers.Of("z", layer);
            statements.Add(new Remark($"{Title(layer)}: {Notation.Forward(layer)}"));
            statements.AddRange(Traced(layer, _trace));
            statements.Add(new Invoke(Affine(layer), _buffers.Parameters, _buffers.InputOf(layer), z));
            statements.AddRange(Steps(layer, layer.Forward, z, a));
            statements.Add(Gap.Line);
        }

        if (section.Last == Last)
        {
            statements.Add(new Remark($"{Title(Last)}: {Notation.Affine(Last)}"));
            statements.Add(new Invoke(Affine(Last), _buffers.Parameters, _buffers.InputOf(Last), _z));
        }

        return statements;
    }

    private IEnumerable<Statement> Backward(Section section)
    {
        var statements = new List<Statement>();
        Expression scale = Expression.Symbol("scale");
        foreach (LayerPlan layer in section.Layers.Reverse().Where(layer => !layer.ReadsInput))
        {
            LayerPlan before = _plan.Before(layer);
            statements.Add(new Remark($"{Notation.InputGradient(layer)}, {Notation.ParameterGradient(layer)}, {Delta(before)}"));
            statements.AddRange(Traced(before, _trace));
            if (layer != section.First)
            {
                statements.Add(new Allocate(DeltaOf(before)));
            }

            statements.Add(new Invoke(InputGradient(layer), _buffers.Parameters, DeltaOf(layer), DeltaOf(before)));
            statements.Add(new Invoke(ParameterGradient(layer), _buffers.Gradient, ScalarBuffers.Of("a", before), DeltaOf(layer), scale));
            statements.AddRange(Deltas(before, DeltaOf(before)));
            statements.Add(Gap.Line);
        }

        if (section.First == _plan.First)
        {
            LayerPlan first = _plan.First;
            statements.Add(new Remark($"{Notation.InputGradient(first)} where it is asked for, {Notation.ParameterGradient(first)}"));
            statements.Add(new WhereWanted(
                _buffers.InputGradient, new[] { new Invoke(InputGradient(first), _buffers.Parameters, DeltaOf(first), _buffers.InputGradient) }));
            statements.Add(new Invoke(ParameterGradient(first), _buffers.Gradient, _buffers.X, DeltaOf(first), scale));
        }

        return statements;
    }

    /// <summary>The kernels of a layer.</summary>
    private IEnumerable<KernelFunction> Products(LayerPlan layer)
    {
        var x = new Buffer("x", layer.Inputs);
        var z = new Buffer("z", layer.Units);
        var delta = new Buffer("delta", layer.Units);
        var dx = new Buffer("dx", layer.Inputs);
        LayerBuffers parameters = LayerBuffers.Of(layer);
        LayerBuffers gradient = LayerBuffers.Of(layer, "g");
        Rounding rounding = _buffers.Rounding;
        Expression scale = Expression.Symbol("scale");
        Statement[] reads = { new View(_buffers.P, _buffers.Parameters, 0) };
        Statement[] writes = { new View(_buffers.G, _buffers.Gradient, 0) };
        IEnumerable<KernelFunction> kernels = Product(
            layer,
            $"{Notation.Affine(layer)}. The weight from input i to unit j is {WeightPlace(layer)}.",
            Affine(layer),
            reads.Concat(parameters.Views(layer, _buffers.P)).Append(new Exactly(x)).Append(new Exactly(z)),
            () => LoopProducts.Forward(layer, parameters, x, z, rounding),
            () => StraightProducts.Forward(layer, parameters, input => new Load(x, input), Local("z"), z, rounding));
        kernels = kernels.Concat(Product(
            layer,
            Notation.InputGradient(layer),
            InputGradient(layer),
            reads.Concat(parameters.Views(layer, _buffers.P, withBias: false)).Append(new Exactly(delta)).Append(new Exactly(dx)),
            () => LoopProducts.InputGradient(layer, parameters, delta, dx, rounding),
            () => StraightProducts.InputGradient(layer, parameters, unit => new Load(delta, unit), Local("dx"), dx, rounding)));
        return kernels.Concat(Product(
            layer,
            $"g += scale · dL/dθ: {Notation.ParameterGradient(layer)}",
            ParameterGradient(layer),
            writes.Concat(gradient.Views(layer, _buffers.G)).Append(new Exactly(x)).Append(new Exactly(delta)),
            () => LoopProducts.ParameterGradient(layer, gradient, x, delta),
            () => StraightProducts.ParameterGradient(
                layer,
                gradient,
                unit => "s" + Text(unit),
                input => new Load(x, input),
                unit => new Binary(BinaryOperator.Multiply, scale, new Load(delta, unit)))));
    }

    /// <summary>The products of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="comment">What is computed.</param>
    /// <param name="signature">Name and parameters.</param>
    /// <param name="places">Declares what the products read and write.</param>
    /// <param name="loops">The products as loops.</param>
    /// <param name="straight">The products as straight statements.</param>
    private static IEnumerable<KernelFunction> Product(
        LayerPlan layer,
        string comment,
        Signature signature,
        IEnumerable<Statement> places,
        Func<IReadOnlyList<Statement>> loops,
        Func<IReadOnlyList<Strand>> straight)
    {
        var kernel = new KernelFunction(signature, new[] { comment }, places.ToArray()) { IsHot = true };
        return layer.Form == LayerForm.Unrolled
            ? Divide.Into(kernel, straight(), Limits.FloorMethodMultiplyAdds)
            : new[] { kernel with { Body = kernel.Body.Concat(loops()).ToArray() } };
    }

    private Signature Affine(LayerPlan layer) => new(
        $"Affine{Text(layer.Number)}", _buffers.Parameters, new Buffer("x", layer.Inputs), new Buffer("z", layer.Units));

    private Signature InputGradient(LayerPlan layer) => new(
        $"InputGradient{Text(layer.Number)}", _buffers.Parameters, new Buffer("delta", layer.Units), new Buffer("dx", layer.Inputs));

    private Signature ParameterGradient(LayerPlan layer) => new(
        $"ParameterGradient{Text(layer.Number)}",
        _buffers.Gradient,
        new Buffer("x", layer.Inputs),
        new Buffer("delta", layer.Units),
        KernelParameter.Number("scale"));

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
        (Quantity.Z, ScalarBuffers.Of("z", layer)),
        (Quantity.A, ScalarBuffers.Of("a", layer)),
        (Quantity.Delta, DeltaOf(layer)));

    private static IEnumerable<Statement> Traced(LayerPlan layer, Buffer trace) =>
        ScalarBuffers.Traced("z", layer, trace).Concat(ScalarBuffers.Traced("a", layer, trace));

    private static Buffer DeltaOf(LayerPlan layer) => ScalarBuffers.Of("delta", layer);

    /// <summary>Whether dL/dz is dL/da as it stands.</summary>
    private static bool IsIdentity(LayerPlan layer) => layer.Backward.OnlyRename();

    private static Func<int, string> Local(string quantity) => index => $"{quantity}_{Text(index)}";
}
