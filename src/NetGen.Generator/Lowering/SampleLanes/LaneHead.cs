using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>
/// An output of a batch whose layers have many units, or output, loss and delta: a group of samples at a time, one in every lane. From unit to unit a
/// sample's sums and maxima wait for each other, and its functions fill no vector; those of different samples do neither, and keep their order.
/// </summary>
internal sealed class LaneHead
{
    private const string Sum = "sum";

    private readonly LayerPlan _layer;
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
    private readonly int _values;
    private readonly Buffer? _losses;
    private readonly bool _isFirst;

    private LaneHead(NetworkPlan plan, VectorType type, OutputPlan output)
    {
        _output = output;
        _layer = output.Layer;
        _memory = new LaneMemory(type);
        _rows = new LaneRows(_memory);
        _steps = new LaneSteps(_layer, _memory, plan.Spec.IsFused);

        // Memory of blocks has room for whole groups of every width; the caller's targets end with the last sample.
        _samples = VectorProducts.SamplesOf(plan);
        _groups = new Loop("s", _samples, type.Count);
        _z = new Buffer(Quantity.Z, (Index)new WholeGroups(_samples, plan.WidestLanes) * _layer.PaddedUnits, BufferKind.Reference);
        _delta = _z with { Name = Quantity.Delta };
        _hasTerms = plan.Spec.BatchTerms;
        _targets = plan.TargetCount;
        _values = output.TargetValues(_hasTerms);
        _target = new Buffer("target", ((Index)_samples * _targets) - output.TargetStart, BufferKind.Reference);
        if (plan.Outputs.Count > 1)
        {
            _losses = new Buffer(LanePasses.Losses, new WholeGroups(_samples, plan.WidestLanes), BufferKind.Reference);
            _isFirst = output == plan.Outputs.FirstOrDefault(other => other.Head is not null);
        }
    }

    private VectorType Type => _memory.Type;

    /// <summary>The name of the kernel of an output.</summary>
    public static string OutputName(OutputPlan output) => Name("OutputBatch", output);

    /// <summary>The name of the kernel of its loss.</summary>
    public static string LossName(OutputPlan output) => Name("LossBatch", output);

    /// <summary>The kernel that puts the output in the place of z.</summary>
    public static (Signature Signature, Func<IReadOnlyList<Statement>> Body) Output(NetworkPlan plan, VectorType type, OutputPlan output)
    {
        var head = new LaneHead(plan, type, output);
        return (new Signature(OutputName(output), head._z, head._samples), head.Output);
    }

    /// <summary>The kernel that makes delta of z and the targets, and adds the losses to a sum, or of several outputs each sample's to those of the outputs before.</summary>
    public static (Signature Signature, Func<IReadOnlyList<Statement>> Body) Loss(NetworkPlan plan, VectorType type, OutputPlan output)
    {
        var lanes = new LaneHead(plan, type, output);
        KernelParameter[] parameters = { lanes._z, lanes._target, lanes._delta, lanes._samples, lanes._losses ?? new KernelParameter(Sum, null, NumberKind.Double) };
        return (new Signature(LossName(output), parameters, lanes._losses is null ? NumberKind.Double : null), () => lanes.Loss(output.Head!));
    }

    private static string Name(string kernel, OutputPlan output) => output.Number is null ? kernel : kernel + Notation.Text(output.Layer.Number);

    private IReadOnlyList<Statement> Output()
    {
        LoadZ();
        _group.Add(new Remark($"{Notation.Print("{a} = " + _layer.Activation.ValueText, _layer)}, and back"));
        _group.AddRange(_steps.Lower(_layer.Forward));
        _group.AddRange(_rows.Store(_z, _layer.Units, _steps.Of(Quantity.A), _layer.PaddedUnits, _steps.Place(Quantity.A)));
        Advance(_z, _layer.PaddedUnits);
        return Whole();
    }

    private IReadOnlyList<Statement> Loss(HeadPlan head)
    {
        // Whole vectors of targets are read, and the caller's memory ends with the last one.
        var count = new Count("count", Type.Count);
        Buffer y = _memory.ReserveElements(Quantity.Y, (LaneRows.Length(Type, _targets, Type.Count) + Type.Count - 1) / Type.Count * Type.Count);
        _group.Add(new Remaining(count, _groups));
        _group.Add(new Copy(_target, y, ((Index)count * _targets) - _output.TargetStart));
        LoadZ();
        _group.AddRange(_rows.Load(y, _values, LaneMemory.Lanes(Quantity.Y, _layer.Number), out Func<int, Expression> targets, _targets));
        _steps.GivenTargets(targets, _output, _hasTerms);
        _group.AddRange(head.Lower(_steps.Lower));
        _group.AddRange(_rows.Store(_delta, _layer.Units, _steps.Of(Quantity.Delta), _layer.PaddedUnits, _steps.Place(Quantity.Delta)));
        Expression loss = Expression.Symbol(Quantity.Loss);
        if (_losses is not null)
        {
            _group.Add(new Store(_losses, _groups, _isFirst ? loss : new Binary(BinaryOperator.Add, new LoadVector(Type, _losses, _groups), loss), Type));
        }
        else
        {
            Buffer losses = _memory.ReserveElements(LanePasses.Losses, Type.Count);
            _group.Add(new Store(losses, 0, loss, Type));
            var sample = new Loop("i", count);
            _group.Add(new For(sample, new[] { Assign.Add(Sum, new Load(losses, sample)) }));
        }

        _group.Add(Gap.Line);
        Advance(_z, _layer.PaddedUnits);
        Advance(_target, _targets);
        Advance(_delta, _layer.PaddedUnits);
        return _losses is not null ? Whole() : Whole(Gap.Line, new Return(Expression.Symbol(Sum)));
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
        _group.AddRange(_rows.Load(_z, _layer.Units, LaneMemory.Lanes(Quantity.Z, _layer.Number), out Func<int, Expression> z, _layer.PaddedUnits));
        _steps.Given(Quantity.Z, z);
    }

    private void Advance(Buffer place, int elements) => _group.Add(new Move(place, Type.Count * elements));
}
