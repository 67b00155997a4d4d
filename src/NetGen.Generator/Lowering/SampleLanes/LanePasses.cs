using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;
using static NetGen.Generator.Planning.Notation;

namespace NetGen.Generator.Lowering;

/// <summary>
/// The kernels that take a block of samples through a small network with a sample in every lane of a vector: the straight line of one sample, in which each value is a
/// vector over a group of samples and each parameter the same number in all lanes. The lanes do not meet, so every sum has the order that it has for one
/// sample; the gradient of the parameters is added up sample by sample afterwards. There is a kernel for each layer forward, one for the loss, one for each layer backward: the groups of a block
/// do not wait for each other, which hides the latency of the functions; what one kernel leaves to the next lies in memory.
/// </summary>
internal sealed class LanePasses
{
    /// <summary>The place of the loss of each sample.</summary>
    public const string Losses = "losses";

    /// <summary>The quantity scale · delta.</summary>
    public const string Scaled = "s";

    /// <summary>Elements of memory from one group to the next.</summary>
    public static readonly Count Step = new("step", Tuning.BlockStackBytes / sizeof(float));

    /// <summary>The samples of a block.</summary>
    public static readonly Count Samples = new("samples", Tuning.LaneSamples);

    private static readonly KernelParameter Scale = KernelParameter.Number("scale");

    /// <summary>Whether dL/dx is wanted.</summary>
    public static readonly KernelParameter WithInputGradient = new("withInputGradient", null, NumberKind.Flag);

    private readonly NetworkPlan _plan;
    private readonly VectorType _type;
    private readonly LaneMemory _memory;
    private readonly LaneRows _rows;
    private readonly List<LaneSteps> _layers = new();
    private readonly List<KernelFunction> _kernels = new();
    private readonly Buffer _p;
    private readonly Buffer _x;
    private readonly Buffer _y;
    private readonly Buffer _target;
    private readonly Buffer _dx;
    private Func<int, Expression> _a = _ => throw new InvalidOperationException("No layer has been lowered.");

    private LanePasses(NetworkPlan plan, VectorType type)
    {
        _plan = plan;
        _type = type;
        _memory = new LaneMemory(type);
        _rows = new LaneRows(_memory);
        _p = new Buffer("p", plan.BufferLength, BufferKind.Reference);
        _x = LaneRows.Of("x", type, plan.Spec.Inputs, Samples);
        _y = LaneRows.Of("y", type, plan.Last.Units, Samples);
        _target = LaneRows.Of("y", type, plan.TargetCount, Samples);
        _dx = _x with { Name = "dx" };
    }

    /// <summary>Lowers the passes of a network for vectors of a width.</summary>
    public static LaneKernels Of(NetworkPlan plan, VectorWidth width)
    {
        var passes = new LanePasses(plan, width.Widest);
        passes.Forward();
        int layers = passes._kernels.Count;
        int outputStart = passes._memory.Length;
        passes.Output();
        var forward = new LanePass(passes._kernels.Select(kernel => kernel.Signature).ToList(), passes._memory.Length);
        if (plan.Head is not { } head)
        {
            return new LaneKernels(passes._kernels, forward, null);
        }

        // The loss starts where the output did.
        passes._memory.Release(outputStart);
        passes.Backpropagate(head);
        IEnumerable<Signature> calls = passes._kernels.Select(kernel => kernel.Signature).Where((_, index) => index != layers);
        List<KernelFunction> gradient = new LaneGradient(plan, width, passes._memory).Kernels().ToList();
        return new LaneKernels(
            passes._kernels.Concat(gradient).ToList(), forward, new LanePass(calls.ToList(), passes._memory.Length), gradient[0].Signature);
    }

    /// <summary>From x to the last z.</summary>
    private void Forward()
    {
        foreach (LayerPlan layer in _plan.Layers)
        {
            Kernel((layer == _plan.Last ? "Affine" : "Forward") + Text(layer.Number), layer.ReadsInput ? new[] { _p, _x } : new[] { _p }, Layer(layer));
        }
    }

    /// <summary>The output <c>y</c>.</summary>
    private void Output()
    {
        var body = new List<Statement>();
        LaneSteps steps = LastSteps();
        if (!_plan.Last.Forward.OnlyRename())
        {
            body.Add(new Remark(Print("{a} = " + _plan.Last.Activation.ValueText, _plan.Last)));
        }

        body.AddRange(steps.Lower(_plan.Last.Forward));
        body.AddRange(_rows.Store(_y, _plan.Last.Units, steps.Of(Quantity.A), _plan.Last.Units, steps.Place(Quantity.A)));
        Kernel("Output", new[] { _y }, body);
    }

    /// <summary>From the last z and the target <c>y</c> to the losses, the scaled deltas and <c>dx</c>.</summary>
    private void Backpropagate(HeadPlan head)
    {
        Kernel("Loss", new[] { _target }, Head(head));
        foreach (LayerPlan layer in _plan.Layers.Reverse())
        {
            string name = $"Backward{Text(layer.Number)}";
            if (layer.ReadsInput)
            {
                Kernel(name, new[] { _p, _dx }, Backward(layer), Scale, WithInputGradient);
            }
            else
            {
                Kernel(name, new[] { _p }, Backward(layer), Scale);
            }
        }
    }

    /// <summary>Adds a kernel that computes something of every group.</summary>
    private void Kernel(string name, IReadOnlyList<Buffer> places, IReadOnlyList<Statement> group, params KernelParameter[] more)
    {
        IReadOnlyList<Statement> views = _memory.Views(out Buffer t, new Repetition(Step, Samples, _type.Count));
        IEnumerable<Statement> moves = places.Where(place => place != _p)
            .Select(place => new Move(place, _type.Count * (place == _y ? _plan.Last.Units : place == _target ? _plan.TargetCount : _plan.Spec.Inputs)))
            .Append(new Move(t, Step));
        KernelParameter[] parameters = places.Append(t).Select(place => (KernelParameter)place).Concat(new KernelParameter[] { Step, Samples }).Concat(more).ToArray();
        var loop = new For(new Loop("s", Samples, _type.Count), views.Concat(group).Append(Gap.Line).Concat(moves).ToArray());
        _kernels.Add(new KernelFunction(new Signature(name, parameters), Array.Empty<string>(), new[] { loop }) { IsHot = true });
    }

    private IReadOnlyList<Statement> Layer(LayerPlan layer)
    {
        var body = new List<Statement> { new Remark($"{Title(layer)}: {(layer == _plan.Last ? Affine(layer) : Notation.Forward(layer))}") };
        if (layer.ReadsInput)
        {
            body.AddRange(_rows.Load(_x, layer.Inputs, LaneMemory.Lanes(Quantity.A, 0), out _a));
        }

        LaneSteps steps = Steps(layer);
        _layers.Add(steps);
        body.AddRange(Sums(layer.Units, $"z{Text(layer.Number)}", (local, memory) => LaneProducts.Forward(layer, _p, _type, _a, local, memory), out Func<int, Expression> z));
        steps.Given(Quantity.Z, z);
        if (layer == _plan.Last)
        {
            body.AddRange(steps.Keep(Quantity.Z));
            return body;
        }

        body.AddRange(steps.Lower(layer.Forward));
        if (layer.Backward.Uses(Quantity.Z))
        {
            body.AddRange(steps.Keep(Quantity.Z));
        }

        body.AddRange(steps.Keep(Quantity.A));
        _a = steps.Of(Quantity.A);
        return body;
    }

    private LaneSteps Steps(LayerPlan layer) => new(layer, _memory, _plan.Spec.IsFused);

    /// <summary>The steps that follow the last z, which lies in memory.</summary>
    private LaneSteps LastSteps()
    {
        LaneSteps steps = Steps(_plan.Last);
        steps.GivenInMemory(Quantity.Z, LaneMemory.Lanes(Quantity.Z, _plan.Last.Number));
        return steps;
    }

    private IReadOnlyList<Statement> Head(HeadPlan head)
    {
        LaneSteps steps = LastSteps();
        _layers[_layers.Count - 1] = steps;
        var body = new List<Statement>(_rows.Load(_target, _plan.TargetCount, LaneMemory.Lanes(Quantity.Y, _plan.Last.Number), out Func<int, Expression> y));
        steps.GivenTargets(y, _plan.Outputs[0], _plan.Spec.BatchTerms);
        body.AddRange(head.Lower(steps.Lower));
        body.Add(new Store(_memory.ReserveElements(Losses, _type.Count), 0, Expression.Symbol(Quantity.Loss), _type));
        body.AddRange(steps.Keep(Quantity.Delta));
        return body;
    }

    /// <summary>The scaled delta of a layer, dL/dx, and the delta of the layer before.</summary>
    private IReadOnlyList<Statement> Backward(LayerPlan layer)
    {
        string n = Text(layer.Number);
        Func<int, Expression> delta = _layers[layer.Number - 1].Of(Quantity.Delta);
        var scale = Expression.Symbol($"scale{n}");
        var body = new List<Statement>
        {
            new Remark($"s{n} = scale · delta{n}, sample by sample"),
            new Let($"scale{n}", VectorOperation.Splat(_type, Expression.Symbol(Scale.Name)), _type),
        };
        body.AddRange(Rows(Scaled, Quantity.Delta, layer.Number, layer.Units, delta, value => new Binary(BinaryOperator.Multiply, scale, value)));
        if (layer.IsUnitMajor)
        {
            body.AddRange(Rows(Quantity.A, Quantity.A, layer.Source, layer.Inputs, _memory.Lane(LaneMemory.Lanes(Quantity.A, layer.Source))));
        }

        IReadOnlyList<Statement> InputGradient(string dx, out Func<int, Expression> value) =>
            Sums(layer.Inputs, dx, (local, memory) => LaneProducts.InputGradient(layer, _p, _type, delta, local, memory), out value);
        if (layer.ReadsInput)
        {
            body.Add(new Remark($"{Notation.InputGradient(layer)}, where it is asked for"));
            IReadOnlyList<Statement> sums = InputGradient("dx", out Func<int, Expression> dx);
            body.Add(new Where(new IsSet(WithInputGradient.Name), sums.Concat(_rows.Store(_dx, layer.Inputs, dx, layer.Inputs, "dxLanes")).ToList()));
            return body;
        }

        LayerPlan before = _plan.Before(layer);
        LaneSteps steps = _layers[before.Number - 1];
        body.Add(new Remark(Notation.InputGradient(layer)));
        body.AddRange(InputGradient($"da{Text(before.Number)}", out Func<int, Expression> da));
        steps.Given(Quantity.OutputGradient, da);
        body.Add(new Remark($"Layer {Text(before.Number)}: {Delta(before)}"));
        body.AddRange(steps.Lower(before.Backward));
        body.AddRange(steps.Keep(Quantity.Delta));
        return body;
    }

    /// <summary>Stores a quantity of each unit, or what is made of it, sample by sample, padded.</summary>
    private IReadOnlyList<Statement> Rows(
        string stored, string quantity, int layer, int units, Func<int, Expression> value, Func<Expression, Expression>? made = null)
    {
        int length = ParameterRule.PaddedUnits(units);
        Buffer rows = _memory.ReserveElements(LaneMemory.Rows(stored, layer), length * _type.Count);
        return _rows.Store(rows, units, value, length, LaneMemory.Lanes(quantity, layer), made);
    }

    /// <summary>Sums, in variables if they are few and else in memory.</summary>
    private IReadOnlyList<Statement> Sums(int count, string name, Func<Func<int, string>, Buffer?, IReadOnlyList<Statement>> lower, out Func<int, Expression> sum)
    {
        string Local(int index) => $"{name}_{Text(index)}";
        if (count <= Tuning.LaneLocals)
        {
            sum = index => Expression.Symbol(Local(index));
            return lower(Local, null);
        }

        Buffer memory = _memory.Reserve(name + "Lanes", count);
        sum = _memory.Lane(memory.Name);
        return lower(Local, memory);
    }
}

/// <summary>The kernels that take a block of samples through a network, lane by lane.</summary>
/// <param name="Kernels">All of them.</param>
/// <param name="Forward">From the inputs to the outputs.</param>
/// <param name="Backpropagate">From the inputs to losses and gradients, but for those of the parameters; null where there is no loss.</param>
/// <param name="Gradient">Adds what follows to the gradients of the parameters.</param>
internal sealed record LaneKernels(IReadOnlyList<KernelFunction> Kernels, LanePass Forward, LanePass? Backpropagate, Signature? Gradient = null);

/// <summary>Kernels that follow each other.</summary>
/// <param name="Calls">The kernels.</param>
/// <param name="Step">Elements of memory that they need for a group of samples.</param>
internal sealed record LanePass(IReadOnlyList<Signature> Calls, int Step);
