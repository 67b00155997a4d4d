using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>
/// The gradient of the parameters over a group of samples, first sample first: vectors over neighbouring parameters, as many at a time as stay
/// in registers.
/// </summary>
internal sealed class LaneGradient
{
    /// <summary>Layers whose gradients fit in the line that names them.</summary>
    private const int MostNamedLayers = 6;

    private const string Loss = "loss";

    private readonly NetworkPlan _plan;
    private readonly VectorWidth _width;
    private readonly LaneMemory _memory;
    private readonly Buffer _x;
    private readonly Buffer _t;
    private readonly Buffer _g;
    private readonly Buffer _group;
    private readonly Loop _groups;

    public LaneGradient(NetworkPlan plan, VectorWidth width, LaneMemory memory)
    {
        _plan = plan;
        _width = width;
        _memory = memory;
        _x = new Buffer("x", (Index)LanePasses.Samples * plan.Spec.Inputs, BufferKind.Reference);
        _t = new Buffer("t", memory.Length, BufferKind.Reference) { Repeats = new Repetition(LanePasses.Step, LanePasses.Samples, Lanes) };
        _g = new Buffer("g", plan.BufferLength, BufferKind.Reference);
        _group = _t with { Name = "group" };
        _groups = new Loop("first", LanePasses.Samples, Lanes);
    }

    private int Lanes => _width.Widest.Count;

    /// <summary>The kernel, and more of them where there are so many parameters that its locals exceed the budget.</summary>
    public IEnumerable<KernelFunction> Kernels()
    {
        string gradients = _plan.Layers.Count <= MostNamedLayers ? string.Join(", ", _plan.Layers.Select(Notation.ParameterGradient)) : "dL/dθ of every layer";
        List<Piece> pieces = _plan.Layers.SelectMany(Pieces).ToList();
        int most = Tuning.GradientRegisters * Budgets.LaneGradientGroups;
        for (int part = 0; part * most < pieces.Count; part++)
        {
            string comment = part == 0 ? $"g += Σ over the samples: {gradients}, with s for delta; returns loss + Σ L" : "The same for further parameters";
            Signature? next = (part + 1) * most < pieces.Count ? Signature(part + 1) : null;
            yield return new KernelFunction(Signature(part), new[] { comment }, Body(pieces.Skip(part * most).Take(most).ToList(), part == 0, next)) { IsHot = true };
        }
    }

    private Signature Signature(int part) => new(
        part == 0 ? "ParameterGradient" : $"ParameterGradient{Notation.Text(part + 1)}",
        new KernelParameter[] { _x, _t, _g, LanePasses.Step, LanePasses.Samples, new(Loss, null, NumberKind.Double) },
        NumberKind.Double);

    private IReadOnlyList<Statement> Body(IReadOnlyList<Piece> pieces, bool withLoss, Signature? next)
    {
        var body = new List<Statement>();
        int size = Tuning.GradientRegisters;
        for (int first = 0; first < pieces.Count; first += size)
        {
            IReadOnlyList<Statement> statements = Together(pieces.Skip(first).Take(size).ToList(), withLoss && first == 0);
            body.AddRange(pieces.Count > size ? new[] { new Scope(statements) } : statements);
        }

        body.Add(Gap.Line);
        if (next is not null)
        {
            body.Add(Invoke.WithOwn(next) with { Result = Loss });
        }

        body.Add(new Return(Expression.Symbol(Loss)));
        return body;
    }

    private IReadOnlyList<Statement> Together(IReadOnlyList<Piece> pieces, bool withLoss)
    {
        List<Source> sources = pieces.SelectMany(piece => new[] { piece.Row, piece.Factor?.Source }).OfType<Source>().Distinct().ToList();
        if (withLoss)
        {
            sources.Add(InGroup("l", LanePasses.Losses, 1));
        }

        var count = new Count("count", Lanes);
        List<Statement> sample = Sample(pieces);
        if (withLoss)
        {
            sample.Add(Assign.Add(Loss, new Load(sources.Last().Buffer, 0)));
        }

        sample.AddRange(sources.Select(source => new Move(source.Buffer, source.Step)));
        IEnumerable<Statement> group = sources.Select(source => (Statement)(source.Place is { } place
                ? new View(source.Buffer, _group, place)
                : new View(source.Buffer, _x, (Index)_groups * source.Step)))
            .Append(new Remaining(count, _groups))
            .Append(new For(new Loop("s", count), sample))
            .Append(new Move(_group, LanePasses.Step));
        var statements = new List<Statement>(pieces.Select((piece, index) => new Let(Sum(index), new LoadVector(piece.Type, _g, piece.Offset), piece.Type)))
        {
            new View(_group, _t, 0),
            new For(_groups, group.ToArray()),
            Gap.Line,
        };
        statements.AddRange(pieces.Select((piece, index) =>
            new Store(_g, piece.Offset, VectorOperation.Keep(piece.Type, Expression.Symbol(Sum(index)), piece.Used), piece.Type)));
        return statements;
    }

    /// <summary>Adds what a sample has to each piece.</summary>
    private static List<Statement> Sample(IReadOnlyList<Piece> pieces)
    {
        var statements = new List<Statement>();
        var locals = new Dictionary<Expression, string>();
        Expression Local(Expression value, VectorType type)
        {
            if (!locals.TryGetValue(value, out string? local))
            {
                local = $"v{Notation.Text(locals.Count)}";
                locals.Add(value, local);
                statements.Add(new Let(local, value, type));
            }

            return Expression.Symbol(local);
        }

        for (int index = 0; index < pieces.Count; index++)
        {
            (VectorType type, Source source) = (pieces[index].Type, pieces[index].Row);
            Expression row = Local(new LoadVector(type, source.Buffer, pieces[index].Element), type);
            statements.Add(pieces[index].Factor is { } factor
                ? Assign.AddProduct(type, Sum(index), Local(new LoadAll(type, factor.Source.Buffer, factor.Element), type), row)
                : Assign.Add(Sum(index), row, type));
        }

        return statements;
    }

    private static string Sum(int piece) => $"g{Notation.Text(piece)}";

    /// <summary>The vectors of a layer's parameters.</summary>
    private IEnumerable<Piece> Pieces(LayerPlan layer)
    {
        string n = Notation.Text(layer.Number);
        string a = $"a{Notation.Text(layer.Source)}";
        Source s = InGroup($"s{n}", LaneMemory.Rows(LanePasses.Scaled, layer.Number), layer.PaddedUnits);
        Source x = layer.IsUnitMajor ? InGroup(a, LaneMemory.Rows(Quantity.A, layer.Source), layer.RowLength)
            : layer.ReadsInput ? new Source(new Buffer("xs", _x.Size - ((Index)_groups * layer.Inputs), BufferKind.Reference), null, layer.Inputs)
            : InGroup(a, LaneMemory.Lanes(Quantity.A, layer.Source), 1);
        for (int index = 0; index < (layer.IsUnitMajor ? layer.Units : layer.Inputs); index++)
        {
            foreach ((VectorType type, int element) in Vectors(layer.RowLength))
            {
                int offset = layer.WeightOffset + (index * layer.RowLength) + element;
                yield return layer.IsUnitMajor
                    ? new Piece(type, offset, x, element, layer.Inputs - element, new Factor(s, index))
                    : new Piece(type, offset, s, element, layer.Units - element, new Factor(x, layer.ReadsInput ? index : index * Lanes));
            }
        }

        if (layer.UseBias)
        {
            foreach ((VectorType type, int element) in Vectors(layer.PaddedUnits))
            {
                yield return new Piece(type, layer.BiasOffset + element, s, element, layer.Units - element, null);
            }
        }
    }

    private IEnumerable<(VectorType Type, int Element)> Vectors(int length) => _width.Blocks(length, length, 1)
        .SelectMany(block => Enumerable.Range(0, (block.End - block.Start) / block.Type.Count)
            .Select(index => (block.Type, block.Start + (index * block.Type.Count))));

    private Source InGroup(string name, string place, int step) => new(_memory[place].Buffer with { Name = name }, _memory[place].Start, step);

    /// <summary>
    /// A vector of parameters, to which a row of every sample is added, or its product with a number of the sample; what lies beyond the used elements is
    /// padding and stays zero.
    /// </summary>
    private sealed record Piece(VectorType Type, int Offset, Source Row, int Element, int Used, Factor? Factor);

    /// <summary>A number of a sample.</summary>
    private sealed record Factor(Source Source, int Element);

    /// <summary>Values in memory that lie some elements further on for the next sample.</summary>
    /// <param name="Buffer">The values of a sample.</param>
    /// <param name="Place">Where those of the first lie in the memory of its group; null for the inputs.</param>
    /// <param name="Step">Elements from one sample to the next.</param>
    private sealed record Source(Buffer Buffer, int? Place, int Step);
}
