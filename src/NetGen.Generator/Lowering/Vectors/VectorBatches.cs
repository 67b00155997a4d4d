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
internal sealed partial class VectorBatches
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

    private IEnumerable<LayerPlan> Outputs => _plan.Outputs.Select(output => output.Layer);

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
        if (_plan.HasLoss)
        {
            yield return Entry(_buffers.BackpropagateBatch, Backpropagate());
        }
    }

    /// <summary>The kernels that these call, beside those of each vector width.</summary>
    public IEnumerable<KernelFunction> Passes()
    {
        IEnumerable<KernelFunction> passes = ForwardPass.Sections();
        if (_plan.HasLoss)
        {
            passes = passes.Concat(PropagatePass.Sections()).Concat(BackwardPass.Sections()).Concat(TransposePass.Sections());
        }

        return _plan.HasLoss && _plan.IsPlain
            ? passes.Append(new KernelFunction(_writeInputGradients, new[] { $"{InputGradient(_plan.First)} of every sample" }, WriteInputGradients().ToArray()))
            : passes;
    }

    private static KernelFunction Entry(Signature signature, IEnumerable<Statement> body) =>
        new(signature with { Owner = KernelOwner.Pass }, Array.Empty<string>(), body.ToArray()) { IsHot = true, IsEntry = true };

    private SectionedKernel Pass(
        string name, Func<Section, IEnumerable<KernelParameter>> parameters, Func<Section, IEnumerable<Statement>> body, Func<LayerPlan, bool>? isNeeded = null) =>
        new(_plan, name, section => parameters(section).ToArray(), section => body(section).ToArray(), KernelOwner.Pass, isNeeded);

    private IEnumerable<Statement> Forward()
    {
        Count samples = _forward.Samples;
        var sample = new Loop("s", samples);
        Statement[] end =
        {
            Gap.Line,
            new For(sample, _plan.Outputs.Select(output => new Copy(_forward.Of(Quantity.Z, output.Layer), _buffers.Outputs, output.Layer.Units)
            {
                Start = (Index)sample * output.Layer.PaddedUnits,
                Place = PlaceOf(sample, _plan.OutputCount, output.Start),
            }).ToArray()),
        };
        return _forward.Declare(_buffers, _p, Outputs.Select(layer => _forward.Of(Quantity.Z, layer)).ToArray()).Append(InBlocks(_forward, _plan.ForwardBlockSamples, ForwardPass.Statements(backwards: false).Concat(end)));
    }

    /// <summary>Forward, loss and Backward of a batch.</summary>
    private IEnumerable<Statement> Backpropagate()
    {
        var body = new List<Statement> { new View(_g, _buffers.Gradient, 0) };
        body.AddRange(_gradient.Declare(_buffers, _p, Outputs.SelectMany(layer => new[] { _gradient.Of(Quantity.Z, layer), _gradient.Of(Quantity.Delta, layer) }).ToArray()));
        body.Add(new LetSum(Quantity.Loss));
        Buffer? targets = _buffers.MadeTargets(_plan.BlockSamples);
        if (targets is not null)
        {
            body.Add(new Allocate(targets));
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
            .Append(new Remark(_plan.Outputs.Count == 1
                ? $"The output, the loss and delta{Text(_plan.Last.Number)} of every sample"
                : $"The losses and {string.Join(", ", Outputs.Select(layer => $"delta{Text(layer.Number)}"))} of every sample"))
            .Concat(Loss(targets))
            .Concat(UnreadInputs())
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
        IEnumerable<(Buffer To, int Start, int Count, int Row)> copies = _plan.IsPlain
            ? new[] { (memory.X, 0, inputs, _plan.First.RowLength) }
            : _buffers.ReadInputs(_plan.Layers).Select(input => (memory.InputOf(input.Buffer), input.Read.Given!.Start, input.Read.Values, input.Buffer.Length));
        Statement[] copied = copies
            .Select(copy => new Copy(_buffers.Inputs, copy.To, copy.Count) { Start = PlaceOf(sample, inputs, copy.Start), Place = (Index)sample * copy.Row })
            .ToArray();
        IEnumerable<Statement> input = !_plan.CopiesInput ? new[] { new View(memory.X, _buffers.Inputs, (Index)First * inputs) }
            : copied.Length > 0 ? new[] { new For(sample, copied) } : Enumerable.Empty<Statement>();
        return new Blocks(First, memory.Samples, _buffers.Batch, block, input.Concat(body).ToArray());
    }

    private IEnumerable<Statement> Loss(Buffer? made)
    {
        Count samples = _gradient.Samples;
        int targets = _plan.TargetCount;
        var y = new Buffer(Quantity.Y, (Index)samples * targets, BufferKind.Reference);
        Index place = (Index)First * targets;
        yield return made is null ? new View(y, _buffers.Targets, place)
            : _plan.Spec.BatchTerms ? new View(y, made, 0)
            : new Choose(y, !new IsGiven(_buffers.Labels.Name), _buffers.Targets, place, made) { Filled = new OneHot(_buffers.Labels, First, samples, made, targets) };
        if (_plan.Spec.BatchTerms)
        {
            yield return _buffers.FillTargets(First, samples, y);
        }

        OutputPlan[] heads = _plan.Outputs.Where(output => output.Head is not null).ToArray();
        bool isOne = _plan.Outputs.Count == 1;
        var sample = new Loop("s", samples);
        if (_plan.LossInLanes)
        {
            foreach (OutputPlan output in heads)
            {
                Invoke loss = _width.Of(
                    LaneHead.LossName(output),
                    _gradient.Of(Quantity.Z, output.Layer),
                    Argument.From(y, output.TargetStart),
                    _gradient.Of(Quantity.Delta, output.Layer),
                    Argument.Of(samples),
                    isOne ? Expression.Symbol(Quantity.Loss) : _gradient.Losses);
                yield return isOne ? loss with { Result = Quantity.Loss } : loss;
            }

            if (!isOne)
            {
                yield return new For(sample, new[] { Assign.Add(Quantity.Loss, new Load(_gradient.Losses, sample)) });
            }

            yield break;
        }

        IEnumerable<Statement> losses = heads.Select(output =>
        {
            Index row = (Index)sample * output.Layer.PaddedUnits;
            Argument Of(string quantity) => Argument.From(_gradient.Of(quantity, output.Layer), row);
            Invoke loss = _width.Of(VectorSteps.LossOf(output, _plan.Spec.BatchTerms).Name, Of(Quantity.Z), Argument.From(y, ((Index)sample * targets) + output.TargetStart), Of(Quantity.Delta));
            return loss with { Result = isOne ? Quantity.Loss : NetworkBuffers.TotalLoss, AddsResult = true };
        });

        // That of a sample is rounded as it is without a batch.
        yield return new For(sample, isOne ? losses.ToArray() : losses
            .Prepend(new Let(NetworkBuffers.TotalLoss, 0))
            .Append(Assign.Add(Quantity.Loss, Expression.Symbol(NetworkBuffers.TotalLoss)))
            .ToArray());
    }

    private IEnumerable<Statement> Forward(Section section)
    {
        var body = new List<Statement>(_forward.Views(section));
        foreach (LayerPlan layer in section.Layers)
        {
            Buffer z = _forward.Of(Quantity.Z, layer);
            body.Add(new Remark($"{Title(layer)}: {Notation.Forward(layer)}"));
            body.Add(ForwardOf(layer, _forward, z));
            body.AddRange(_plan.HasOutputInLanes(layer)
                ? new[] { _width.Of(LaneHead.OutputName(_plan.OutputOf(layer)!), z, Argument.Of(_forward.Samples)) }
                : Activation(layer, z, z, _forward.Samples));
        }

        return body;
    }

    private IEnumerable<Statement> Propagate(Section section)
    {
        var body = new List<Statement>(_gradient.Views(section));
        foreach (LayerPlan layer in section.Layers)
        {
            Buffer z = _gradient.Of(BatchMemory.HasZ(layer) ? Quantity.Z : Quantity.A, layer);
            body.Add(new Remark($"{Title(layer)}: {(layer.IsOutput ? Affine(layer) : Notation.Forward(layer))}"));
            body.Add(ForwardOf(layer, _gradient, z));
            if (!layer.IsOutput)
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

        return section.Layers.Any(layer => layer.Reads.Any(read => read.IsInput)) ? parameters.Append(First).Append(InputGradients(section)) : parameters;
    }

    private IEnumerable<Statement> Backward(Section section) =>
        _gradient.Views(section).Concat(ColumnsOf(section, _columns)).Concat(section.Layers.Reverse().SelectMany(layer => Backward(section, layer))).Concat(SharedGradients(section));

    /// <summary>Where layers have the same parameters, each sample adds the parts of all of them before the next one does, as it would by itself.</summary>
    private IEnumerable<Statement> SharedGradients(Section section)
    {
        LayerPlan[] shared = section.Layers.Where(layer => layer.IsShared && layer.IsTrained).Reverse().ToArray();
        return shared.Length == 0 ? Enumerable.Empty<Statement>() : new Statement[]
        {
            new Remark(VectorPasses.SharedGradients),
            EachSample(sample => shared.SelectMany(layer => ParameterGradient(layer, sample))),
        };
    }

    private IEnumerable<Statement> ParameterGradient(LayerPlan layer, Index sample)
    {
        Buffer delta = _gradient.Of(Quantity.Delta, layer);
        IEnumerable<Invoke> calls = layer.Spec.IsProduct
            ? new[] { _width.Of("ParameterGradient", layer, _gradient.InputOf(layer, _buffers), delta, _g, (Argument)Scale) }
            : new LayerKernels(layer, _buffers, arePadded: true).ParameterGradient(delta).Select(call => _width.Of((Invoke)call));
        return calls.Select(call => _gradient.OfSample(call, sample));
    }

    private IEnumerable<Statement> Backward(Section section, LayerPlan layer)
    {
        IReadOnlyList<LayerPlan> complete = _plan.CompletedBy(layer);
        foreach (Statement statement in Remark.Of(Adjoint(layer, complete, withParameters: !layer.IsShared)).Concat(layer.Spec.IsProduct ? Product(section, layer) : Formula(section, layer)))
        {
            yield return statement;
        }

        foreach (LayerPlan before in complete)
        {
            Buffer Of(string quantity) => _gradient.Of(quantity, before);
            foreach (Statement statement in _width.Delta(before, Of(BatchMemory.HasZ(before) ? Quantity.Z : Quantity.A), Of(Quantity.A), Of(Quantity.Delta), _gradient.Samples))
            {
                yield return statement;
            }
        }
    }

    private IEnumerable<Statement> Product(Section section, LayerPlan layer)
    {
        Argument samples = Argument.Of(_gradient.Samples);
        Buffer delta = _gradient.Of(Quantity.Delta, layer);
        ReadPlan read = layer.Reads[0];
        if (read.IsInput)
        {
            Buffer inputGradients = InputGradients(section);
            yield return Where.Wanted(inputGradients, _plan.IsPlain
                ? new[] { new Invoke(_writeInputGradients, _p, delta, Argument.From(inputGradients, (Index)First * layer.Inputs), samples) }
                : new[] { EachSample(sample => GiveInputGradient(section, read, sample, _width.Of("InputGradient", layer, _p, delta, _gradient.Part))) });
            yield return Gap.Line;
        }
        else
        {
            Buffer dx = _gradient.Of(Quantity.Delta, _plan.Before(layer));
            Statement rows = _width.Of("InputGradientBatch", layer, _p, delta, dx, samples);
            yield return !_plan.TransposedLayers.Contains(layer)
                ? rows
                : new Where(IsLarge, new[] { _width.Of("InputGradientColumns", layer, _columns[Columns(layer)], delta, dx, samples) }, new Scope(new[] { rows }));
        }

        if (layer.IsTrained && !layer.IsShared)
        {
            yield return _width.Of("ParameterGradientBatch", layer, _gradient.InputOf(layer, _buffers), delta, _g, samples, (Argument)Scale);
        }
    }

    private IEnumerable<Statement> Formula(Section section, LayerPlan layer)
    {
        var kernels = new LayerKernels(layer, _buffers, arePadded: true);
        Buffer delta = _gradient.Of(Quantity.Delta, layer);
        yield return EachSample(sample => layer.Reads.SelectMany((read, input) => read.IsInput
            ? new[] { Where.Wanted(InputGradients(section), GiveInputGradient(section, read, sample, _width.Of(kernels.InputGradient(input, delta, _gradient.Part))).ToArray()) }
            : new Statement[] { _gradient.OfSample(_width.Of(kernels.InputGradient(input, delta, _gradient.Of(Quantity.Delta, _plan.Layer(read.Layer)))), sample) })
            .Concat(layer.IsShared ? Enumerable.Empty<Statement>() : ParameterGradient(layer, sample)));
    }

    private For EachSample(Func<Index, IEnumerable<Statement>> body)
    {
        var sample = new Loop("s", _gradient.Samples);
        return new For(sample, body(sample).ToArray());
    }

    /// <summary>Where some of a sample's values are in those of the whole batch.</summary>
    private static Index PlaceOf(Index sample, int values, int start) => ((Index)First * values) + (sample * values) + start;

    private Statement ForwardOf(LayerPlan layer, BatchMemory memory, Buffer z)
    {
        if (layer.Spec.IsProduct)
        {
            return _width.Of(WidthKernels.ForwardName(_plan, layer), _p, memory.InputOf(layer, _buffers), z, Argument.Of(memory.Samples));
        }

        var sample = new Loop("s", memory.Samples);
        Invoke call = _width.Of(new LayerKernels(layer, _buffers, arePadded: true).Forward(z));
        return new For(sample, new[] { memory.OfSample(call, sample) });
    }

    private IEnumerable<Statement> Activation(LayerPlan layer, Buffer z, Buffer a, Count samples) =>
        _plan.ActivatesSums(layer) ? Enumerable.Empty<Statement>() : _width.Activation(layer, z, a, samples);

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
