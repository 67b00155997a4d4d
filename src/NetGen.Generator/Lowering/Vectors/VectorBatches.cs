using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;
using static NetGen.Generator.Planning.Notation;

namespace NetGen.Generator.Lowering;

/// <summary>
/// The passes of a batch, once for all vector widths. A block of samples goes through a layer together, so that a weight that is loaded serves
/// several of them; values lie sample after sample. Sums have the order that they have for one sample.
/// </summary>
internal sealed class VectorBatches
{
    private static readonly Count First = new("first", int.MaxValue, Least: 0);
    private static readonly KernelParameter Scale = KernelParameter.Number("scale");
    private static readonly IsSet IsLarge = new("isLarge");

    private readonly NetworkPlan _plan;
    private readonly NetworkBuffers _buffers;
    private readonly WidthCalls _width;
    private readonly BatchMemory _forward;
    private readonly BatchMemory _gradient;
    private readonly SharedMemory _columns = new(1, IsLarge);
    private readonly Buffer _p;
    private readonly Buffer _g;
    private readonly Signature _writeInputGradients;

    public VectorBatches(NetworkPlan plan, WidthCalls width)
    {
        _plan = plan;
        _buffers = new NetworkBuffers(plan);
        _width = width;
        _forward = BatchMemory.OfForward(plan);
        _gradient = BatchMemory.OfGradient(plan);
        foreach (LayerPlan layer in plan.TransposedLayers)
        {
            _columns.Add(Columns(layer), (int)layer.TransposedLength);
        }

        _p = _buffers.P with { Kind = BufferKind.Reference };
        _g = _buffers.G with { Kind = BufferKind.Reference };
        Count samples = _gradient.Samples;
        _writeInputGradients = new Signature(
            "WriteInputGradients",
            _p,
            new Buffer(Quantity.Delta, (Index)samples * plan.First.PaddedUnits, BufferKind.Reference),
            new Buffer(_buffers.InputGradients.Name, (Index)samples * plan.Spec.Inputs),
            samples)
        {
            Owner = KernelOwner.Pass,
        };
    }

    private LayerPlan Last => _plan.Last;

    private string L => Text(Last.Number);

    private SectionedKernel ForwardPass => Pass("ForwardBatch", section => _forward.Parameters(section, _p), Forward);

    private SectionedKernel PropagatePass => Pass("PropagateBatch", section => _gradient.Parameters(section, _p), Propagate);

    private SectionedKernel BackwardPass => Pass("BackwardBatch", BackwardParameters, Backward);

    private SectionedKernel TransposePass => Pass(
        "Transpose",
        _ => new KernelParameter[] { _p, _columns.WhereThere.Whole },
        section => ColumnsOf(section, _columns.WhereThere).Concat(Transposed(section).Select(layer =>
            _width.Of("Transpose", layer, _p, (section.IsWhole ? _columns : _columns.WhereThere)[Columns(layer)]))),
        _plan.TransposedLayers.Contains);

    /// <summary>What the members of a network call for a batch.</summary>
    public IEnumerable<KernelFunction> Entries()
    {
        yield return Entry(_buffers.ForwardBatch, Forward());
        if (_plan.Head is not null)
        {
            yield return Entry(_buffers.BackpropagateBatch, Backpropagate());
        }
    }

    /// <summary>The kernels that these call, beside those of each vector width.</summary>
    public IEnumerable<KernelFunction> Passes() => _plan.Head is null
        ? ForwardPass.Sections()
        : ForwardPass.Sections()
            .Concat(PropagatePass.Sections())
            .Concat(BackwardPass.Sections())
            .Concat(TransposePass.Sections())
            .Append(new KernelFunction(_writeInputGradients, new[] { $"{InputGradient(_plan.First)} of every sample" }, WriteInputGradients().ToArray()));

    private static KernelFunction Entry(Signature signature, IEnumerable<Statement> body) =>
        new(signature with { Owner = KernelOwner.Pass }, Array.Empty<string>(), body.ToArray()) { IsHot = true, IsEntry = true };

    private SectionedKernel Pass(
        string name, Func<Section, IEnumerable<KernelParameter>> parameters, Func<Section, IEnumerable<Statement>> body, Func<LayerPlan, bool>? isNeeded = null) =>
        new(_plan, name, section => parameters(section).ToArray(), section => body(section).ToArray(), KernelOwner.Pass, isNeeded);

    private IEnumerable<Statement> Forward()
    {
        Count samples = _forward.Samples;
        var sample = new Loop("s", samples);
        Buffer z = _forward.Of(Quantity.Z, Last);
        Statement[] end =
        {
            Gap.Line,
            new For(sample, new[]
            {
                new Copy(z, _buffers.Outputs, Last.Units) { Start = (Index)sample * Last.PaddedUnits, Place = ((Index)First * Last.Units) + ((Index)sample * Last.Units) },
            }),
        };
        return _forward.Declare(_buffers, _p, z).Append(InBlocks(_forward, _plan.ForwardBlockSamples, ForwardPass.Statements(backwards: false).Concat(end)));
    }

    /// <summary>Forward, loss and Backward of a batch.</summary>
    private IEnumerable<Statement> Backpropagate()
    {
        var body = new List<Statement> { new View(_g, _buffers.Gradient, 0) };
        body.AddRange(_gradient.Declare(_buffers, _p, _gradient.Of(Quantity.Z, Last), _gradient.Of(Quantity.Delta, Last)));
        body.Add(new LetSum(Quantity.Loss));
        var classes = new Buffer("classes", _plan.BlockSamples * Last.Units) { OnlyWhere = new IsGiven(_buffers.Labels.Name) };
        if (_plan.HasLabels)
        {
            body.Add(new Allocate(classes));
        }

        if (_plan.TransposedLayers.Count > 0)
        {
            body.Add(new Remark("Many samples are worth transposed weights: dL/dx then adds rows, and no dot products need their lanes summed."));
            body.Add(new LetFlag(IsLarge.Flag, new IsAtLeast(_buffers.Batch, _plan.TransposingSamples)));
            body.Add(new AllocateTogether("columns", new[] { _columns.Whole }));
            body.AddRange(_columns.Views(_ => !Section.IsDivided(_plan)));
            body.Add(new Where(IsLarge, TransposePass.Statements(backwards: false).ToArray()));
        }

        body.Add(InBlocks(_gradient, _plan.BlockSamples, PropagatePass.Statements(backwards: false)
            .Append(new Remark($"The output, the loss and delta{L} of every sample"))
            .Concat(Loss(classes))
            .Concat(BackwardPass.Statements(backwards: true, (_buffers.InputGradients.Name, _buffers.InputGradients)))));
        body.Add(Gap.Line);
        body.Add(new Return(Expression.Symbol(Quantity.Loss)));
        return body;
    }

    /// <summary>The loop over blocks.</summary>
    private Blocks InBlocks(BatchMemory memory, int block, IEnumerable<Statement> body)
    {
        int inputs = _plan.Spec.Inputs;
        var sample = new Loop("s", memory.Samples);
        Statement input = !_plan.CopiesInput ? new View(memory.X, _buffers.Inputs, (Index)First * inputs) : new For(sample, new[]
        {
            new Copy(_buffers.Inputs, memory.X, inputs) { Start = ((Index)First * inputs) + ((Index)sample * inputs), Place = (Index)sample * _plan.First.RowLength },
        });
        return new Blocks(First, memory.Samples, _buffers.Batch, block, body.Prepend(input).ToArray());
    }

    private IEnumerable<Statement> Loss(Buffer classes)
    {
        Count samples = _gradient.Samples;
        Buffer z = _gradient.Of(Quantity.Z, Last);
        Buffer delta = _gradient.Of(Quantity.Delta, Last);
        var y = new Buffer(Quantity.Y, (Index)samples * Last.Units, BufferKind.Reference);
        Index place = (Index)First * Last.Units;
        yield return !_plan.HasLabels
            ? new View(y, _buffers.Targets, place)
            : new Choose(y, !new IsGiven(_buffers.Labels.Name), _buffers.Targets, place, classes) { Filled = new OneHot(_buffers.Labels, First, samples, classes, Last.Units) };
        if (_plan.LossInLanes)
        {
            yield return _width.Of("LossBatch", z, y, delta, Argument.Of(samples), Expression.Symbol(Quantity.Loss)) with { Result = Quantity.Loss };
            yield break;
        }

        var sample = new Loop("s", samples);
        Index row = (Index)sample * Last.PaddedUnits;
        Invoke loss = _width.Of("Loss", Argument.From(z, row), Argument.From(y, (Index)sample * Last.Units), Argument.From(delta, row));
        yield return new For(sample, new[] { loss with { Result = Quantity.Loss, AddsResult = true } });
    }

    private IEnumerable<Statement> Forward(Section section)
    {
        var body = new List<Statement>(_forward.Views(section));
        foreach (LayerPlan layer in section.Layers)
        {
            Buffer z = _forward.Of(Quantity.Z, layer);
            body.Add(new Remark($"{Title(layer)}: {Notation.Forward(layer)}"));
            body.Add(ForwardOf(layer, layer.ReadsInput ? _forward.X : _forward.Of(Quantity.Z, _plan.Before(layer)), z, _forward.Samples));
            body.AddRange(layer == Last && _plan.OutputInLanes
                ? new[] { _width.Of("OutputBatch", z, Argument.Of(_forward.Samples)) }
                : Activation(layer, z, z, _forward.Samples));
        }

        return body;
    }

    private IEnumerable<Statement> Propagate(Section section)
    {
        var body = new List<Statement>(_gradient.Views(section));
        foreach (LayerPlan layer in section.Layers)
        {
            Buffer z = _gradient.Of(BatchMemory.HasZ(_plan, layer) ? Quantity.Z : Quantity.A, layer);
            body.Add(new Remark($"{Title(layer)}: {(layer == Last ? Affine(layer) : Notation.Forward(layer))}"));
            body.Add(ForwardOf(layer, InputOf(layer), z, _gradient.Samples));
            if (layer != Last)
            {
                body.AddRange(Activation(layer, z, _gradient.Of(Quantity.A, layer), _gradient.Samples));
            }
        }

        return body;
    }

    private IEnumerable<KernelParameter> BackwardParameters(Section section)
    {
        IEnumerable<KernelParameter> parameters = _gradient.Parameters(section, _p).Append(_g).Append(Scale);
        if (Transposed(section).Any())
        {
            parameters = parameters.Append(new KernelParameter(IsLarge.Flag, null, NumberKind.Flag)).Append(_columns.Whole);
        }

        return section.First.ReadsInput ? parameters.Append(First).Append(InputGradients(section)) : parameters;
    }

    private IEnumerable<Statement> Backward(Section section) =>
        _gradient.Views(section).Concat(ColumnsOf(section, _columns)).Concat(section.Layers.Reverse().SelectMany(layer => Backward(section, layer)));

    private IEnumerable<Statement> Backward(Section section, LayerPlan layer)
    {
        Argument samples = Argument.Of(_gradient.Samples);
        Buffer delta = _gradient.Of(Quantity.Delta, layer);
        LayerPlan? before = layer.ReadsInput ? null : _plan.Before(layer);
        if (before is null)
        {
            Buffer inputGradients = InputGradients(section);
            yield return new Remark($"{InputGradient(layer)} where it is asked for, {ParameterGradient(layer)}");
            yield return Where.Wanted(inputGradients, new[] { new Invoke(_writeInputGradients, _p, delta, Argument.From(inputGradients, (Index)First * layer.Inputs), samples) });
            yield return Gap.Line;
        }
        else
        {
            Buffer dx = _gradient.Of(Quantity.Delta, before);
            Statement rows = _width.Of("InputGradientBatch", layer, _p, delta, dx, samples);
            yield return new Remark($"{InputGradient(layer)}, {ParameterGradient(layer)}, {Delta(before)}");
            yield return !_plan.TransposedLayers.Contains(layer)
                ? rows
                : new Where(IsLarge, new[] { _width.Of("InputGradientColumns", layer, _columns[Columns(layer)], delta, dx, samples) }, new Scope(new[] { rows }));
        }

        yield return _width.Of("ParameterGradientBatch", layer, InputOf(layer), delta, _g, samples, (Argument)Scale);
        if (before is not null)
        {
            Buffer Of(string quantity) => _gradient.Of(quantity, before);
            foreach (Statement statement in _width.Delta(before, Of(BatchMemory.HasZ(_plan, before) ? Quantity.Z : Quantity.A), Of(Quantity.A), Of(Quantity.Delta), _gradient.Samples))
            {
                yield return statement;
            }
        }
    }

    /// <summary>dL/dx of every sample; the caller's memory is not padded, so each goes by itself.</summary>
    private IEnumerable<Statement> WriteInputGradients()
    {
        LayerPlan first = _plan.First;
        var dx = new Buffer("dx", ParameterRule.PaddedUnits(first.Inputs));
        var sample = new Loop("s", _gradient.Samples);
        Buffer delta = _writeInputGradients.Parameters[1].Buffer!;
        yield return new Allocate(dx);
        yield return new For(sample, new Statement[]
        {
            _width.Of("InputGradient", first, _p, Argument.From(delta, (Index)sample * first.PaddedUnits), dx),
            new Copy(dx, _writeInputGradients.Parameters[2].Buffer!, first.Inputs) { Place = (Index)sample * first.Inputs },
        });
    }

    private Invoke ForwardOf(LayerPlan layer, Buffer x, Buffer z, Count samples) => _width.Of(WidthKernels.ForwardName(_plan, layer), _p, x, z, Argument.Of(samples));

    private IEnumerable<Statement> Activation(LayerPlan layer, Buffer z, Buffer a, Count samples) =>
        _plan.ActivatesSums(layer) ? Enumerable.Empty<Statement>() : _width.Activation(layer, z, a, samples);

    private Buffer InputOf(LayerPlan layer) => layer.ReadsInput ? _gradient.X : _gradient.Of(Quantity.A, _plan.Before(layer));

    /// <summary>What receives dL/dx: the kernel of a section is given so much that its block lies in it.</summary>
    private Buffer InputGradients(Section section) => section.IsWhole ? _buffers.InputGradients
        : _buffers.InputGradients with { Size = ((Index)First * _plan.Spec.Inputs) + ((Index)_gradient.Samples * _plan.Spec.Inputs) };

    private IEnumerable<LayerPlan> Transposed(Section section) => section.Layers.Where(_plan.TransposedLayers.Contains);

    private IEnumerable<Statement> ColumnsOf(Section section, SharedMemory columns)
    {
        if (section.IsWhole || !Transposed(section).Any())
        {
            return Enumerable.Empty<Statement>();
        }

        HashSet<string> names = new(section.Layers.Select(Columns));
        return columns.Views(names.Contains);
    }

    private static string Columns(LayerPlan layer) => $"columns{Text(layer.Number)}";
}
