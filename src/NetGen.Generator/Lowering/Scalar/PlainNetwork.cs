using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>
/// The network a second time for its self-test: outputs and loss in double precision, as plain loops over parameters in canonical order, from
/// the same formulas.
/// </summary>
internal sealed class PlainNetwork
{
    /// <summary>The class of these kernels.</summary>
    public const string Class = "Plain";

    /// <summary>The first of them.</summary>
    public const string Method = "Evaluate";

    private static readonly Rounding Rounding = new(ByCast: false);

    private readonly NetworkPlan _plan;
    private readonly Buffer _p;
    private readonly Buffer _x;
    private readonly Buffer _y;
    private readonly Buffer _output;

    private PlainNetwork(NetworkPlan plan)
    {
        _plan = plan;
        _p = Array("p", plan.ParameterCount);
        _x = Array("x", plan.Spec.Inputs);
        _y = Array("y", plan.OutputCount);
        _output = Array("output", plan.OutputCount);
    }

    /// <summary>Lowers a network.</summary>
    /// <param name="plan">Its plan by <see cref="Planner.Plain"/>.</param>
    public static IReadOnlyList<KernelFunction> Of(NetworkPlan plan) => new PlainNetwork(plan).Kernels().ToList();

    private static Buffer Array(string name, int length) => new(name, length, BufferKind.Array);

    private IEnumerable<KernelFunction> Kernels()
    {
        IReadOnlyList<Section> sections = Section.Of(_plan);
        Section last = sections[sections.Count - 1];
        var body = new List<Statement>();
        foreach (Section section in sections.Where(section => section != last))
        {
            body.AddRange(PassedOn(section).Select(layer => new Allocate(ResultOf(layer))));
            body.Add(Invoke.WithOwn(Signature(section)));
        }

        body.AddRange(last.Layers.SelectMany(layer => Layer(layer, hasOutput: layer == _plan.Last && !IsOneOfOutputs(layer))));
        if (_plan.Outputs.Count == 1)
        {
            body.Add(new Return(_plan.HasLoss ? Expression.Symbol(Quantity.Loss) : 0));
        }
        else
        {
            body.AddRange(Heads());
        }

        yield return new KernelFunction(
            new Signature(Method, new KernelParameter[] { _p, _x, _y, _output }, Returns: NumberKind.Number),
            new[] { $"Writes {string.Join(", ", _plan.Outputs.Select(output => $"a{Notation.Text(output.Layer.Number)}"))} to the output and returns L, or 0 without a loss; the parameters p are in canonical order" },
            body)
        {
            IsEntry = true,
        };
        foreach (Section section in sections.Where(section => section != last))
        {
            yield return new KernelFunction(
                Signature(section),
                System.Array.Empty<string>(),
                section.Layers.SelectMany(layer => Layer(layer, hasOutput: PassedOn(section).Contains(layer))).ToArray());
        }

        foreach (LayerPlan layer in _plan.Layers.Where(layer => !layer.Spec.IsProduct))
        {
            yield return new KernelFunction(Signature(layer), System.Array.Empty<string>(), UnitByUnit(layer));
        }
    }

    /// <summary>That of the steps to z of a layer that is no product; the names of its steps may be those of its activation or the loss.</summary>
    private Signature Signature(LayerPlan layer) => new(
        $"Forward{Notation.Text(layer.Number)}",
        layer.Reads.Select(InputOf).Distinct().Prepend(_p).Append(ZOf(layer)).Select(buffer => (KernelParameter)buffer).ToArray());

    private static Buffer ZOf(LayerPlan layer) => Array("z" + Notation.Text(layer.Number), layer.Units);

    private Signature Signature(Section section) => new(
        $"{Method}{Notation.Text(section.First.Number)}To{Notation.Text(section.Last.Number)}",
        section.Layers.SelectMany(layer => layer.Reads)
            .Where(read => read.Layer < section.First.Number)
            .Distinct()
            .OrderBy(read => read.Layer)
            .Select(InputOf)
            .Concat(PassedOn(section).Select(ResultOf))
            .Distinct()
            .Prepend(_p)
            .Select(buffer => (KernelParameter)buffer)
            .ToArray());

    /// <summary>The layers of a section that those after it read, and those that are one of several outputs.</summary>
    private IReadOnlyList<LayerPlan> PassedOn(Section section) =>
        section.Layers.Where(layer => IsOneOfOutputs(layer) || layer.Readers.Any(reader => reader > section.Last.Number)).ToArray();

    /// <summary>Whether a layer is one of several outputs, which are computed from z together, for their losses are added.</summary>
    private bool IsOneOfOutputs(LayerPlan layer) => _plan.Outputs.Count > 1 && _plan.OutputOf(layer) is not null;

    private Buffer ResultOf(LayerPlan layer) => IsOneOfOutputs(layer) ? ZOf(layer) : OutputOf(layer);

    private QuantityPlace PlaceOf(ReadPlan read) => read.Given is { } given ? new QuantityPlace(_x, given.Start) : OutputOf(_plan.Layer(read.Layer));

    private Buffer InputOf(ReadPlan read) => PlaceOf(read).Buffer;

    private Buffer OutputOf(LayerPlan layer) => layer == _plan.Last ? _output : Array($"a{Notation.Text(layer.Number)}", layer.Units);

    private IEnumerable<Statement> Layer(LayerPlan layer, bool hasOutput)
    {
        string number = Notation.Text(layer.Number);
        Buffer z = ZOf(layer);
        Buffer a = OutputOf(layer);
        bool isOneOfOutputs = IsOneOfOutputs(layer);
        yield return new Remark(isOneOfOutputs ? Notation.Affine(layer) : Notation.Forward(layer));
        if (!isOneOfOutputs || !hasOutput)
        {
            yield return new Allocate(z);
        }

        if (!isOneOfOutputs && !hasOutput)
        {
            yield return new Allocate(a);
        }

        foreach (Statement statement in layer.Spec.IsProduct
            ? Loops.Over("j", layer.Units, unit => Sum(layer, "dot" + number, z, unit).ToArray())
            : new[] { Invoke.WithOwn(Signature(layer)) })
        {
            yield return statement;
        }

        yield return Gap.Line;
        if (isOneOfOutputs)
        {
            yield break;
        }

        IReadOnlyList<Step> steps = layer.Forward;
        if (layer == _plan.Last && _plan.Head is { } head)
        {
            yield return new Remark($"L = {head.LossText}");
            steps = head.Steps.Toward(Quantity.A, Quantity.Loss);
        }

        foreach (Statement statement in LoopSteps.Lower(
            layer, steps, Quantity.A, Rounding, (Quantity.Z, z), (Quantity.A, a), (Quantity.Y, _y)))
        {
            yield return statement;
        }

        yield return Gap.Line;
    }

    /// <summary>Several outputs from their z, and the sum of their losses.</summary>
    private IEnumerable<Statement> Heads()
    {
        yield return new Let(NetworkBuffers.TotalLoss, 0);
        foreach (OutputPlan output in _plan.Outputs)
        {
            LayerPlan layer = output.Layer;
            IReadOnlyList<Step> steps = output.Head is null ? layer.Forward : output.Head.Steps.Toward(Quantity.A, Quantity.Loss);
            yield return new Remark(output.Head is null ? Notation.Print("{a} = " + layer.Activation.ValueText, layer) : $"L{Notation.Number(output.Number)} = {output.Head.LossText}");
            yield return new Scope(LoopSteps.Lower(
                layer,
                steps,
                Quantity.A,
                Rounding,
                (Quantity.Z, ZOf(layer)),
                (Quantity.A, new QuantityPlace(_output, output.Start)),
                (Quantity.Y, new QuantityPlace(_y, output.Start)))
                .Concat(output.Head is null ? new Statement[0] : new Statement[] { Assign.Add(NetworkBuffers.TotalLoss, Expression.Symbol(Quantity.Loss)) })
                .ToArray());
        }

        yield return new Return(Expression.Symbol(NetworkBuffers.TotalLoss));
    }

    private IReadOnlyList<Statement> UnitByUnit(LayerPlan layer)
    {
        if (layer.Spec.Forward[0] is Arrangement arrangement)
        {
            return Arranged(layer, arrangement);
        }

        UnitFormula[] formulas = layer.Spec.Forward.Cast<UnitFormula>().ToArray();
        var places = new Dictionary<string, QuantityPlace> { [Quantity.Z] = ZOf(layer) };
        for (int input = 0; input < layer.Reads.Count; input++)
        {
            places[Quantity.Input(input)] = PlaceOf(layer.Reads[input]);
        }

        foreach (BlockPlan block in layer.Blocks)
        {
            places[block.Block.Name] = new QuantityPlace(_p, block.FirstParameter, IsSingle: block.Count == 1);
        }

        return LayerKernels.Steps(layer, formulas, formulas.SelectMany(formula => formula.Steps).ToArray(), Rounding, places).ToArray();
    }

    private IReadOnlyList<Statement> Arranged(LayerPlan layer, Arrangement arrangement) => RangeCopies.Lower(
        RangePlan.Of(arrangement, layer),
        ZOf(layer),
        quantity => PlaceOf(layer.Reads.Where((_, input) => quantity == Quantity.Input(input)).Single())).ToArray();

    /// <summary>The sum of a unit; its weights lie side by side in canonical order.</summary>
    private IEnumerable<Statement> Sum(LayerPlan layer, string dot, Buffer z, Index unit)
    {
        yield return new Let(dot, layer.UseBias ? new Load(_p, unit + layer.FirstParameter + layer.MultiplyAdds) : 0);
        foreach (Statement statement in Loops.Over("i", layer.Inputs, input => new[]
        {
            Assign.Add(dot, new Binary(
                BinaryOperator.Multiply,
                new Load(_p, (unit * layer.Inputs) + input + layer.FirstParameter),
                PlaceOf(layer.Reads[0]).Read(input, null))),
        }))
        {
            yield return statement;
        }

        yield return new Store(z, unit, Expression.Symbol(dot));
    }
}
