using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>
/// The kernels that take the batch of a small network through with a sample in every lane of a vector: what members call, a block of samples at a time, and what goes through a block. Vectors that
/// would reach beyond the caller's memory, those of the last samples, get memory of their own.
/// </summary>
internal sealed class LaneBatches
{
    private const string Sum = Quantity.Loss;

    private static readonly Count First = new("first", int.MaxValue, Least: 0);

    private static readonly Count Whole = new("whole", int.MaxValue, Least: 0);

    private readonly NetworkPlan _plan;
    private readonly VectorType _type;
    private readonly NetworkBuffers _buffers;
    private readonly LaneKernels _kernels;
    private readonly Condition _isWhole = new IsBefore(First, Whole);
    private readonly Buffer _x;
    private readonly Buffer _y;
    private readonly Buffer _targets;
    private readonly Buffer _dx;
    private readonly Buffer _t;
    private readonly Buffer _lastX;
    private readonly Buffer _lastY;
    private readonly Buffer _lastDx;

    private LaneBatches(NetworkPlan plan, VectorWidth width)
    {
        _plan = plan;
        _type = width.Widest;
        _buffers = new NetworkBuffers(plan);
        _kernels = LanePasses.Of(plan, width);
        _x = LaneRows.Of("x", _type, plan.Spec.Inputs, LanePasses.Samples);
        _y = LaneRows.Of("y", _type, plan.Last.Units, LanePasses.Samples);
        _targets = _y with { Size = LaneRows.Of("y", _type, plan.TargetCount, LanePasses.Samples).Size };
        _dx = _x with { Name = "dx" };
        _t = new Buffer("t", 0, BufferKind.Reference);
        _lastX = _t with { Name = "lastX", Size = Groups * LaneRows.Length(_type, plan.Spec.Inputs, _type.Count) };
        _lastY = _t with { Name = "lastY", Size = Groups * LaneRows.Length(_type, plan.TargetCount, _type.Count) };
        _lastDx = _lastX with { Name = "lastDx" };
    }

    /// <summary>Groups of a block.</summary>
    private int Groups => Tuning.LaneSamples / _type.Count;

    private int Inputs => _plan.Spec.Inputs;

    private int Outputs => _plan.Last.Units;

    /// <summary>Lowers them for vectors of a width.</summary>
    public static IEnumerable<KernelFunction> Of(NetworkPlan plan, int bits)
    {
        var batches = new LaneBatches(plan, new VectorWidth(plan, bits));
        return NeededKernels.Of(plan, batches.Entries().Concat(batches._kernels.Kernels));
    }

    private IEnumerable<KernelFunction> Entries()
    {
        yield return Entry(_buffers.ForwardBatch, Forward(_kernels.Forward));
        if (_kernels.Backpropagate is { } backpropagate)
        {
            yield return Entry(_buffers.BackpropagateBatch, Backpropagate(backpropagate));
        }
    }

    private static KernelFunction Entry(Signature signature, IEnumerable<Statement> body) => new(signature, Array.Empty<string>(), body.ToArray()) { IsHot = true, IsEntry = true };

    private IEnumerable<Statement> Forward(LanePass pass) => Memory(pass.Step).Concat(Blocks(OutputsOrOwn(_buffers.Outputs, _isWhole), pass.Calls
        .Select(call => (Statement)Invoke.WithOwn(call))
        .Prepend(new Where(!_isWhole, new[] { Fill(_buffers.Inputs, _x, Inputs) }))
        .Append(new Where(!_isWhole, new[] { Empty(_y, _buffers.Outputs, Outputs) }))));

    private IEnumerable<Statement> Backpropagate(LanePass pass)
    {
        Condition withInputGradient = new IsSet(LanePasses.WithInputGradient.Name);
        Condition hasLabels = new IsGiven(_buffers.Labels.Name);
        Statement targets = Fill(_buffers.Targets, _y, Outputs);
        Statement inputs = Fill(_buffers.Inputs, _x, Inputs);
        bool hasTerms = _plan.Spec.BatchTerms;
        var block = new List<Statement> { new Where(!_isWhole, _plan.HasLabels || hasTerms ? new[] { inputs } : new[] { inputs, targets }) };
        if (hasTerms)
        {
            block.Add(_buffers.FillTargets(First, LanePasses.Samples, _targets));
        }
        else if (_plan.HasLabels)
        {
            block.Add(new Where(
                hasLabels, new[] { new OneHot(_buffers.Labels, First, LanePasses.Samples, _y, Outputs) }, new Where(!_isWhole, new[] { targets })));
        }

        block.Add(new Choose(_dx, withInputGradient & _isWhole, _buffers.InputGradients, (Index)First * Inputs, _lastDx));
        block.AddRange(pass.Calls.Select(call => Invoke.WithOwn(call)));
        block.Add(Invoke.WithOwn(_kernels.Gradient!, ("g", _buffers.Gradient)) with { Result = Sum });
        block.Add(new Where(withInputGradient & !_isWhole, new[] { Empty(_dx, _buffers.InputGradients, Inputs) }));
        return Memory(pass.Step, _lastDx)
            .Append(new LetFlag(LanePasses.WithInputGradient.Name, new IsGiven(_buffers.InputGradients.Name)))
            .Append(new LetSum(Sum))
            .Concat(Blocks(
                hasTerms ? new View(_targets, _lastY, 0) : OutputsOrOwn(_buffers.Targets, _plan.HasLabels ? _isWhole & !hasLabels : _isWhole),
                block))
            .Append(Gap.Line)
            .Append(new Return(Expression.Symbol(Sum)));
    }

    /// <summary>Memory for a block of samples, and for inputs and outputs with room for whole vectors.</summary>
    private IEnumerable<Statement> Memory(int step, params Buffer[] more) => new Statement[]
    {
        new LetNumber(LanePasses.Step, step),
        new AllocateTogether("scratch", new[] { _t with { Size = Groups * step }, _lastX, _lastY }.Concat(more).ToArray()),
        new View(_buffers.P with { Kind = BufferKind.Reference }, _buffers.Parameters, 0),
    };

    /// <summary>The loop over blocks.</summary>
    /// <param name="y">Declares the outputs or targets.</param>
    /// <param name="block">What is done with a block.</param>
    private IEnumerable<Statement> Blocks(Statement y, IEnumerable<Statement> block)
    {
        int beyond = LaneRows.Exceeds(_type, Inputs) || LaneRows.Exceeds(_type, Outputs) ? 1 : 0;
        yield return new LetWhole(Whole, _buffers.Batch, Tuning.LaneSamples, beyond);
        yield return new Blocks(First, LanePasses.Samples, _buffers.Batch, Tuning.LaneSamples, block
            .Prepend(y)
            .Prepend(new Choose(_x, _isWhole, _buffers.Inputs, (Index)First * Inputs, _lastX))
            .ToArray());
    }

    /// <summary>The caller's outputs or targets where they are read or written there, and else memory of our own.</summary>
    private Choose OutputsOrOwn(Buffer outputs, Condition isThere) => new(_y, isThere, outputs, (Index)First * Outputs, _lastY);

    private static Copy Fill(Buffer from, Buffer to, int values) => new(from, to, (Index)LanePasses.Samples * values) { Start = (Index)First * values };

    private static Copy Empty(Buffer from, Buffer to, int values) => new(from, to, (Index)LanePasses.Samples * values) { Place = (Index)First * values };
}
