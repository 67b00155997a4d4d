using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>
/// The output of a batch whose layers have many units, or output, loss and delta: a group of samples at a time, one in every lane. From unit to unit a
/// sample's sums and maxima wait for each other, and its functions fill no vector; those of different samples do neither, and keep their order.
/// </summary>
internal sealed class LaneHead
{
    private const string Sum = "sum";

    private readonly LayerPlan _last;
    private readonly LaneMemory _memory;
    private readonly LaneRows _rows;
    private readonly LaneSteps _steps;
    private readonly Count _samples;
    private readonly Loop _groups;
    private readonly List<Statement> _group = new();
    private readonly Buffer _z;
    private readonly Buffer _delta;
    private readonly Buffer _target;
    private readonly OutputPlan _output;
    private readonly bool _hasTerms;
    private readonly int _targets;

    private LaneHead(NetworkPlan plan, VectorType type)
    {
        _last = plan.Last;
        _memory = new LaneMemory(type);
        _rows = new LaneRows(_memory);
        _steps = new LaneSteps(_last, _memory, plan.Spec.IsFused);

        // Memory of blocks has room for whole groups of every width; the caller's targets end with the last sample.
        _samples = VectorProducts.SamplesOf(plan);
        _groups = new Loop("s", _samples, type.Count);
        _z = new Buffer(Quantity.Z, (Index)new WholeGroups(_samples, plan.WidestLanes) * _last.PaddedUnits, BufferKind.Reference);
        _delta = _z with { Name = Quantity.Delta };
        _output = plan.Outputs[0];
        _hasTerms = plan.Spec.BatchTerms;
        _targets = plan.TargetCount;
        _target = new Buffer("target", (Index)_samples * _targets, BufferKind.Reference);
    }

    private VectorType Type => _memory.Type;

    /// <summary>The kernel that puts the output in the place of z.</summary>
    public static (Signature Signature, Func<IReadOnlyList<Statement>> Body) Output(NetworkPlan plan, VectorType type)
    {
        var head = new LaneHead(plan, type);
        return (new Signature("OutputBatch", head._z, head._samples), head.Output);
    }

    /// <summary>The kernel that makes delta of z and the targets, and adds the losses to a sum.</summary>
    public static (Signature Signature, Func<IReadOnlyList<Statement>> Body) Loss(NetworkPlan plan, VectorType type, HeadPlan head)
    {
        var lanes = new LaneHead(plan, type);
        KernelParameter[] parameters = { lanes._z, lanes._target, lanes._delta, lanes._samples, new(Sum, null, NumberKind.Double) };
        return (new Signature("LossBatch", parameters, NumberKind.Double), () => lanes.Loss(head));
    }

    private IReadOnlyList<Statement> Output()
    {
        LoadZ();
        _group.Add(new Remark($"{Notation.Print("{a} = " + _last.Activation.ValueText, _last)}, and back"));
        _group.AddRange(_steps.Lower(_last.Forward));
        _group.AddRange(_rows.Store(_z, _last.Units, _steps.Of(Quantity.A), _last.PaddedUnits, _steps.Place(Quantity.A)));
        Advance(_z, _last.PaddedUnits);
        return Whole();
    }

    private IReadOnlyList<Statement> Loss(HeadPlan head)
    {
        // Whole vectors of targets are read, and the caller's memory ends with the last one.
        var count = new Count("count", Type.Count);
        Buffer y = _memory.ReserveElements(Quantity.Y, (LaneRows.Length(Type, _targets, Type.Count) + Type.Count - 1) / Type.Count * Type.Count);
        _group.Add(new Remaining(count, _groups));
        _group.Add(new Copy(_target, y, (Index)count * _targets));
        LoadZ();
        _group.AddRange(_rows.Load(y, _targets, LaneMemory.Lanes(Quantity.Y, _last.Number), out Func<int, Expression> targets));
        _steps.GivenTargets(targets, _output, _hasTerms);
        _group.AddRange(head.Lower(_steps.Lower));
        _group.AddRange(_rows.Store(_delta, _last.Units, _steps.Of(Quantity.Delta), _last.PaddedUnits, _steps.Place(Quantity.Delta)));
        Buffer losses = _memory.ReserveElements(LanePasses.Losses, Type.Count);
        _group.Add(new Store(losses, 0, Expression.Symbol(Quantity.Loss), Type));
        var sample = new Loop("i", count);
        _group.Add(new For(sample, new[] { Assign.Add(Sum, new Load(losses, sample)) }));
        _group.Add(Gap.Line);
        Advance(_z, _last.PaddedUnits);
        Advance(_target, _targets);
        Advance(_delta, _last.PaddedUnits);
        return Whole(Gap.Line, new Return(Expression.Symbol(Sum)));
    }

    private IReadOnlyList<Statement> Whole(params Statement[] end)
    {
        IReadOnlyList<Statement> views = _memory.Views(out Buffer memory);
        Statement[] memories = memory.Length > 0 ? new[] { new Allocate(memory) } : Array.Empty<Statement>();
        return memories.Append(new For(_groups, views.Concat(_group).ToArray())).Concat(end).ToArray();
    }

    private void LoadZ()
    {
        _group.Add(new Remark("From a row for each sample to a vector for each unit"));
        _group.AddRange(_rows.Load(_z, _last.Units, LaneMemory.Lanes(Quantity.Z, _last.Number), out Func<int, Expression> z, _last.PaddedUnits));
        _steps.Given(Quantity.Z, z);
    }

    private void Advance(Buffer place, int elements) => _group.Add(new Move(place, Type.Count * elements));
}
