using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;
using static NetGen.Generator.Planning.Notation;

namespace NetGen.Generator.Lowering;

/// <summary>
/// Products of a layer stored by inputs. W·x adds multiples of weight rows, units side by side in vectors; Wᵀ·delta multiplies each row with delta and
/// sums over the lanes, four or sixteen rows at a time.
/// </summary>
internal sealed partial class InputMajorProducts : VectorProducts
{
    private readonly Contraction _forward;
    private IReadOnlyList<int[]>? _segments;

    public InputMajorProducts(NetworkPlan plan, VectorWidth width, LayerPlan layer)
        : base(plan, width, layer)
    {
        _forward = Contraction.Forward(layer);
    }

    /// <summary>Elements from one weight row to the next.</summary>
    private int R => Layer.RowLength;

    /// <summary>Elements of a row.</summary>
    private int Units => Layer.PaddedUnits;

    /// <summary>Vectors of a weight row that are read before the next row: more of a long row where registers allow, because memory is read in order.</summary>
    private int BlockVectors => Width.Accumulators > SummationRule.Chains && Units >= Tuning.LongRow ? Width.Accumulators : SummationRule.Chains;

    /// <summary>The inputs of each segment of the sums; the last has those that the others leave.</summary>
    private IReadOnlyList<int[]> Segments => _segments ??= _forward.Order.Chains(_forward.Terms);

    protected override IEnumerable<Statement> Forward() => Blocks(Units, Layer.Units, Math.Max(1, BlockVectors / Layer.Segments), (block, start) =>
    {
        View w = Reference("w", One("p"), start + Layer.WeightOffset);
        IReadOnlyList<int[]> segments = Segments;
        int length = segments[0].Length;
        bool isLoop = length > 1 && Layer.Form != LayerForm.UnrolledInputs;
        IEnumerable<Statement> Straight(IEnumerable<(int Input, int Segment)> inputs, int row) =>
            inputs.SelectMany(input => Multiples(block, input.Segment, $"x{Text(input.Input)}", input.Input, w.Part, (input.Input - row) * R));
        (int, int)[] together = Together(segments).SelectMany(step => step).ToArray();
        IEnumerable<Statement> products = isLoop
            ? Loops.Over("i", length, i => segments
                .SelectMany((inputs, segment) => Multiples(block, segment, $"xi{(segment == 0 ? "" : $"_{Text(segment)}")}", i + inputs[0], w.Part, inputs[0] * R))
                .Append(new Move(w.Part, R))
                .ToArray())
            : Straight(together, row: 0);
        return new Statement[] { w }.Concat(Starts(block, start))
            .Concat(products)
            .Concat(Straight(Left(segments), row: isLoop ? length : 0))
            .Append(Gap.Line)
            .Concat(Results(block, start));
    });

    protected override IEnumerable<Strand> ForwardStrands() => EachBlock(Units, Layer.Units, Math.Max(1, SummationRule.Chains / Layer.Segments)).Select(block =>
    {
        IReadOnlyList<int[]> segments = Segments;
        StrandStep Products(IReadOnlyList<(int Input, int Segment)> inputs) => Step(inputs.Count * block.Vectors, inputs.Count, inputs.SelectMany(input => Multiples(
            block,
            input.Segment,
            block.Vectors > 1 ? $"x{Text(input.Input)}" : null,
            input.Input,
            One("p"),
            Layer.WeightOffset + block.Start + (input.Input * R))));
        return new Strand(
            Array.Empty<Statement>(),
            Lines(Starts(block, block.Start)),
            Together(segments).Concat(Left(segments).Select(input => new[] { input })).Select(Products).ToList(),
            Results(block, block.Start).ToList(),
            Cost(0, block.Vectors * (Layer.Segments + 1)));
    });

    /// <summary>The inputs that are multiplied together, one of each segment.</summary>
    private static IEnumerable<IReadOnlyList<(int Input, int Segment)>> Together(IReadOnlyList<int[]> segments) =>
        segments[0].Select((_, index) => segments.Select((inputs, segment) => (inputs[index], segment)).ToArray());

    /// <summary>The inputs of the last segment that have none beside them.</summary>
    private static IEnumerable<(int Input, int Segment)> Left(IReadOnlyList<int[]> segments) =>
        segments[segments.Count - 1].Skip(segments[0].Length).Select(input => (input, segments.Count - 1));

    /// <summary>What the sums of a block begin with.</summary>
    private IEnumerable<Let> Starts(VectorBlock block, Index start) => Segments.SelectMany((_, segment) => block.Offsets.Select((offset, v) => new Let(
        Partial(v, segment),
        segment == 0 && Layer.UseBias ? new LoadVector(block.Type, One("p"), start + (Layer.BiasOffset + offset)) : VectorOperation.Zero(block.Type),
        block.Type)));

    /// <summary>The multiples of a part of a weight row, added to a segment of the sums.</summary>
    /// <param name="block">The units.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="local">A variable for the input, or null for none.</param>
    /// <param name="input">The input.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="row">Where the part of the row begins.</param>
    private IEnumerable<Statement> Multiples(VectorBlock block, int segment, string? local, Index input, Buffer weights, Index row)
    {
        var x = new LoadAll(block.Type, One("x"), input);
        IEnumerable<Statement> sums = block.Offsets.Select((offset, v) => Assign.AddProduct(
            block.Type, Partial(v, segment), local is null ? x : Local(local), new LoadVector(block.Type, weights, row + offset)));
        return local is null ? sums : sums.Prepend(new Let(local, x, block.Type));
    }

    /// <summary>The sums of the segments, stored.</summary>
    private IEnumerable<Statement> Results(VectorBlock block, Index start) => block.Offsets.Select((offset, v) => new Store(
        One("z"),
        start + offset,
        Keep(block, offset, Segments.Select((_, segment) => Local(Partial(v, segment))).Aggregate((sum, term) => new Binary(BinaryOperator.Add, sum, term))),
        block.Type));

    /// <summary>A loop over groups of rows and what it leaves; locals that the body declares are kept apart.</summary>
    private IEnumerable<Statement> Groups(int start, int end, int size, Func<int, Index, IEnumerable<Statement>> body, bool declares = true)
    {
        int whole = start + ((end - start) / size * size);
        bool isScoped = declares && (start > 0 || end < Layer.Inputs || (whole > start && whole < end));
        IEnumerable<Statement> statements = whole > start + size ? Loops.Over("i", start, whole, size, i => body(size, i).ToArray())
            : whole > start ? Scoped(isScoped, body(size, start))
            : Array.Empty<Statement>();
        if (whole < end)
        {
            statements = statements.Concat(whole > start ? new[] { Gap.Line } : Array.Empty<Statement>()).Concat(Scoped(isScoped, body(end - whole, whole)));
        }

        return statements;
    }

    private static IEnumerable<Statement> Scoped(bool isScoped, IEnumerable<Statement> body) => isScoped ? new[] { new Scope(body.ToArray()) } : body;

    private static string Partial(int v, int segment) => $"z{Text(v)}{(segment == 0 ? "" : $"_{Text(segment)}")}";
}
