using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;
using static NetGen.Generator.Planning.Notation;

namespace NetGen.Generator.Lowering;

/// <summary>The backward pass of one sample: every row of weights is read once, for its dot product with delta and for its gradient.</summary>
internal sealed partial class InputMajorProducts
{
    private const int Sixteen = Tuning.DotGroup * Tuning.DotGroup;

    protected override IEnumerable<Statement> Backward(bool inputGradient, bool parameterGradient)
    {
        if (!inputGradient)
        {
            return WeightGradient();
        }

        // Where all of delta and scale·delta stay in registers, rows are read one after another, as they lie in memory.
        (VectorType type, int count) = Lanes;
        int vectors = Units / type.Count;
        bool isHeld = parameterGradient && Width.Accumulators > SummationRule.Chains && vectors <= SummationRule.Chains;
        var pass = new RowPass(type, count, isHeld ? vectors : null, parameterGradient);
        IEnumerable<Statement> held = isHeld
            ? Enumerable.Range(0, vectors).Select(v => new Let($"d{Text(v)}", new LoadVector(type, One("delta"), v * type.Count), type))
                .Concat(Enumerable.Range(0, vectors).Select(v => new Let($"s{Text(v)}", Scaled(type, Local($"d{Text(v)}")), type)))
            : Array.Empty<Statement>();
        int together = SumsSixteen(pass) ? Layer.Inputs / Sixteen * Sixteen : 0;
        return held
            .Concat(Groups(0, together, Sixteen, (_, i) => SixteenRows(pass, i)))
            .Concat(together > 0 && together < Layer.Inputs ? new[] { Gap.Line } : Array.Empty<Statement>())
            .Concat(Groups(together, Layer.Inputs, Tuning.DotGroup, (rows, i) => FewRows(pass, Enumerable.Range(0, rows).ToArray(), i)));
    }

    protected override IEnumerable<Strand> BackwardStrands(bool inputGradient, bool parameterGradient) => inputGradient
        ? Enumerable.Range(0, (Layer.Inputs + Tuning.DotGroup - 1) / Tuning.DotGroup).Select(group => Rows(
            group * Tuning.DotGroup, Enumerable.Range(0, Math.Min(Tuning.DotGroup, Layer.Inputs - (group * Tuning.DotGroup))).ToArray(), parameterGradient))
        : EachBlock(Units, Layer.Units, SummationRule.Chains).Select(WeightGradient);

    /// <summary>
    /// Whether sums are taken sixteen at a time: they fill a vector of 512 bits, and adding the lanes of four dot products takes the same instructions as of
    /// one. Where delta is in registers, sixteen rows and what is left of them are straight code, which the JIT must be able to inline.
    /// </summary>
    private bool SumsSixteen(RowPass pass)
    {
        int rest = Layer.Inputs % Sixteen;
        int straight = (Sixteen + (rest < Tuning.DotGroup ? 0 : Tuning.DotGroup) + (rest % Tuning.DotGroup)) * (pass.HeldVectors ?? 1);
        return IsSixteen(pass.Type) && straight <= Budgets.RowProducts;
    }

    /// <summary>Sixteen rows, whose sums are stored as one vector.</summary>
    private IEnumerable<Statement> SixteenRows(RowPass pass, Index i)
    {
        RowMemory memory = Begin(i);
        IEnumerable<Statement> statements = memory.Views(pass.ParameterGradient);
        for (int first = 0; first < Sixteen; first += Tuning.DotGroup)
        {
            int[] group = Enumerable.Range(first, Tuning.DotGroup).ToArray();
            statements = statements
                .Concat(first > 0 ? new[] { Gap.Line } : Array.Empty<Statement>())
                .Concat(Products(pass, memory, group, i, isAlone: false))
                .Append(Fold(pass.Type, first / Tuning.DotGroup, group.Select(row => Dot(row, 1)[0])));
        }

        Expression sums = VectorOperation.Of(VectorOperator.Transpose, pass.Type, FoldedSums(pass.Type));
        return statements.Append(StoreGradient(pass.Type, One("dx"), i, Ended(pass, pass.Type, sums)));
    }

    /// <summary>Up to <see cref="Tuning.DotGroup"/> rows.</summary>
    private IEnumerable<Statement> FewRows(RowPass pass, int[] group, Index i)
    {
        RowMemory memory = Begin(i);
        return memory.Views(pass.ParameterGradient)
            .Concat(Products(pass, memory, group, i, isAlone: true))
            .Concat(StoreSums(pass.Type, group.Select(row => Dot(row, pass.DotVectors)), One("dx"), i, (type, sum, row) => WithOtherParts(type, One("dx"), i + row, Ended(pass, type, sum))));
    }

    /// <summary>The same in straight statements.</summary>
    private Strand Rows(int first, int[] group, bool parameterGradient)
    {
        (VectorType type, int count) = Lanes;
        var pass = new RowPass(type, count, null, parameterGradient);
        var memory = new RowMemory(One("p"), One("g"), Layer.WeightOffset + (first * R));
        return new Strand(
            parameterGradient ? group.Select(row => X(type, row, first)).ToArray() : Array.Empty<Statement>(),
            Lines(group.SelectMany(row => Zeros(pass, row))),
            Enumerable.Range(0, Units / type.Count).Select(vector => Step(
                parameterGradient ? (2 * group.Length) + 1 : group.Length,
                parameterGradient ? group.Length + 3 : 1,
                Vector(pass, memory, group, vector % count, Text(vector * type.Count), vector * type.Count))).ToList(),
            StoreSums(type, group.Select(row => Dot(row, count)), One("dx"), first, (narrow, sum, row) => WithOtherParts(narrow, One("dx"), first + row, sum)).ToList(),
            Cost(0, group.Length + DotValues(group.Length, count)));
    }

    private RowMemory Begin(Index i)
    {
        View w = Reference("w", One("p"), (i * R) + Layer.WeightOffset);
        View gw = Reference("gw", One("g"), (i * R) + Layer.WeightOffset);
        return new RowMemory(w.Part, gw.Part, 0) { W = w, Gw = gw };
    }

    /// <summary>The dot products of a group of rows, vector by vector, and what their gradients receive.</summary>
    private IEnumerable<Statement> Products(RowPass pass, RowMemory memory, int[] group, Index i, bool isAlone)
    {
        int count = pass.DotVectors;
        IEnumerable<Statement> begin = group.SelectMany(row => (pass.ParameterGradient ? new Statement[] { X(pass.Type, row, i) } : Array.Empty<Statement>())
            .Concat(pass.StartsFromZero ? Zeros(pass, row) : Array.Empty<Let>()));
        if (pass.HeldVectors is { } held)
        {
            return begin.Concat(group.SelectMany(row => Enumerable.Range(0, held).SelectMany(v => Element(
                pass, memory, row, Dot(row, count)[v % count], ($"d{Text(v)}", $"s{Text(v)}"), v * pass.Type.Count, isFirst: v < count))));
        }

        return begin.Concat(Scoped(!isAlone, Steps(Units, Layer.Lanes, j => Enumerable.Range(0, count).SelectMany(lane =>
            Vector(pass, memory, group, lane, count == 1 ? "" : Text(lane), j + (lane * pass.Type.Count))))));
    }

    /// <summary>A vector of units: its delta, and what a group of rows has of it.</summary>
    private IEnumerable<Statement> Vector(RowPass pass, RowMemory memory, int[] group, int lane, string number, Index unit)
    {
        (string d, string s) = ($"d{number}", $"s{number}");
        yield return new Let(d, new LoadVector(pass.Type, One("delta"), unit), pass.Type);
        if (pass.ParameterGradient)
        {
            yield return new Let(s, Scaled(pass.Type, Local(d)), pass.Type);
        }

        foreach (Statement statement in group.SelectMany(row => Element(pass, memory, row, Dot(row, pass.DotVectors)[lane], (d, s), unit)))
        {
            yield return statement;
        }
    }

    /// <summary>What one row has of a vector of units.</summary>
    private IEnumerable<Statement> Element(RowPass pass, RowMemory memory, int row, string dot, (string Delta, string Scaled) local, Index unit, bool isFirst = false)
    {
        Index place = unit + (memory.First + (row * R));
        var w = new LoadVector(pass.Type, memory.Weights, place);
        yield return isFirst
            ? new Let(dot, VectorOperation.FirstProduct(pass.Type, w, Local(local.Delta)), pass.Type)
            : Assign.AddProduct(pass.Type, dot, w, Local(local.Delta));
        if (pass.ParameterGradient)
        {
            // An index that is not known is before the padding.
            yield return AddTo(
                pass.Type, memory.Gradient, place, (Local(local.Scaled), Local($"x{Text(row)}")), unit.IsNumber ? Layer.Units - unit.Constant : pass.Type.Count);
        }
    }

    private Let X(VectorType type, int row, Index i) => new($"x{Text(row)}", new LoadAll(type, One("x"), i + row), type);

    private static IEnumerable<Let> Zeros(RowPass pass, int row, string prefix = "") =>
        Dot(row, pass.DotVectors, prefix).Select(dot => new Let(dot, VectorOperation.Zero(pass.Type), pass.Type));

    /// <summary>A loop over a weight row; the step with the padding is known by its place.</summary>
    private IEnumerable<Statement> Steps(int length, int step, Func<Index, IEnumerable<Statement>> body)
    {
        int end = Layer.Units < length ? length - step : length;
        IEnumerable<Statement> before = end > step ? Loops.Over("j", 0, end, step, j => body(j).ToArray()).Append(Gap.Line)
            : end > 0 ? Scoped(end < length, body(0))
            : Array.Empty<Statement>();
        return end < length ? before.Concat(Scoped(end > 0, body(end))) : before;
    }

    /// <summary><c>g += scale·delta ⊗ x</c>, with as many units at a time as stay in registers over all inputs.</summary>
    private IEnumerable<Statement> WeightGradient() => Blocks(Units, Layer.Units, SummationRule.Chains, (block, start) =>
    {
        View gw = Reference("gw", One("g"), start + Layer.WeightOffset);
        return new Statement[] { gw }.Concat(ScaledDelta(block, start)).Concat(Loops.Over("i", Layer.Inputs, i =>
        {
            IEnumerable<Statement> row = WeightGradient(block, "x0", i, gw.Part, 0);
            return (i.IsNumber ? row : row.Append(new Move(gw.Part, R))).ToArray();
        }));
    });

    private Strand WeightGradient(VectorBlock block) => Strand.Of(
        ScaledDelta(block, block.Start).ToList(),
        Enumerable.Range(0, Layer.Inputs).Select(input => Step(
            block.Vectors,
            block.Vectors + 1,
            WeightGradient(block, $"x{Text(input)}", input, One("g"), Layer.WeightOffset + (input * R) + block.Start))).ToList(),
        Cost(block.Vectors, 2 * block.Vectors));

    private IEnumerable<Statement> ScaledDelta(VectorBlock block, Index start) => block.Offsets.Select((offset, v) =>
        new Let($"s{Text(v)}", Scaled(block.Type, new LoadVector(block.Type, One("delta"), start + offset)), block.Type));

    private IEnumerable<Statement> WeightGradient(VectorBlock block, string x, Index input, Buffer memory, Index place) => block.Offsets
        .Select((offset, v) => (Statement)AddTo(block.Type, memory, place + offset, (Local($"s{Text(v)}"), Local(x)), block.Used - offset))
        .Prepend(new Let(x, new LoadAll(block.Type, One("x"), input), block.Type));

    private static Expression Ended(RowPass pass, VectorType type, Expression sums) => pass.StartsFromZero ? sums : VectorOperation.EndDot(type, sums);

    /// <summary>Adds the lanes of four dot products until four are left of each, side by side in one vector.</summary>
    private static Let Fold(VectorType type, int row, IEnumerable<string> dots) =>
        new($"row{Text(row)}", VectorOperation.Of(VectorOperator.FoldFour, type, dots.Select(Local).ToArray()), type);

    /// <summary>The sums of sixteen dot products folded to four rows: the first of each row, the second, and so on.</summary>
    private static Expression FoldedSums(VectorType type) =>
        VectorOperation.Of(VectorOperator.Sums, type, Enumerable.Range(0, Tuning.DotGroup).Select(row => Local($"row{Text(row)}")).ToArray());

    private static bool IsSixteen(VectorType type) => type is { Bits: 512, Number: NumberType.Single };

    private static IReadOnlyList<string> Dot(int row, int lanes, string prefix = "") =>
        Enumerable.Range(0, lanes).Select(lane => Numbered($"{prefix}dot{Text(row)}", lane, lanes, "_")).ToArray();

    /// <summary>How rows are read.</summary>
    /// <param name="Type">The vectors.</param>
    /// <param name="DotVectors">Vectors that hold the lanes of a dot product.</param>
    /// <param name="HeldVectors">Vectors of delta that are in registers as <c>d</c>, and scaled as <c>s</c>; null if they are read for every group of rows.</param>
    /// <param name="ParameterGradient">Whether the gradient of the weights is added.</param>
    private sealed record RowPass(VectorType Type, int DotVectors, int? HeldVectors, bool ParameterGradient)
    {
        /// <summary>A loop over a row adds to zero; straight code begins with the first product.</summary>
        public bool StartsFromZero => HeldVectors is null;
    }

    /// <summary>Where a group of rows lies.</summary>
    /// <param name="Weights">The weights.</param>
    /// <param name="Gradient">Their gradient.</param>
    /// <param name="First">The first element, in both.</param>
    private sealed record RowMemory(Buffer Weights, Buffer Gradient, int First)
    {
        public View? W { get; init; }

        public View? Gw { get; init; }

        public IEnumerable<Statement> Views(bool withGradient) => withGradient ? new[] { W!, Gw! } : new[] { W! };
    }
}
