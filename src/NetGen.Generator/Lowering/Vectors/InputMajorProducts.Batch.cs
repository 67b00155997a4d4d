using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;
using static NetGen.Generator.Planning.Notation;

namespace NetGen.Generator.Lowering;

/// <summary>The products of a batch: several samples at a time in registers.</summary>
internal sealed partial class InputMajorProducts
{
    private Expression? _sumActivation;

    public override IEnumerable<Statement> ForwardBatch()
    {
        (int size, int group) = Tile(Units);
        var whole = new Count("whole", Samples.Most, Least: 0);
        var sums = new BatchSums(_forward, All("p"), Layer.WeightOffset, Layer.UseBias ? Layer.BiasOffset : null, All("x"), "x", InputStride, All("z"), Units)
        {
            Samples = ReadsCaller ? whole : null,
            Activates = Plan.ActivatesSums(Layer),
        };
        IEnumerable<Statement> tiles = Blocks(Units, Layer.Units, size, (block, start) => Multiply(block, group, start, sums));
        return ReadsCaller ? tiles.Prepend(new LetWhole(whole, Samples, group)).Concat(LastSamples(whole)) : tiles;
    }

    public override IEnumerable<Statement> InputGradientBatch()
    {
        (VectorType type, int count) = Lanes;
        int group = Math.Max(1, Math.Min(Plan.SampleGroup, Width.Accumulators / (Tuning.DotGroup * count)));
        int[] samples = Enumerable.Range(0, group).ToArray();
        var pass = new RowPass(type, count, null, ParameterGradient: false);
        return Groups(0, Layer.Inputs, Tuning.DotGroup, (rows, i) => new[]
        {
            EachSample(group, s =>
            {
                View w = Reference("w", All("p"), (i * R) + Layer.WeightOffset);
                View ds = Reference("ds", All("delta"), s * Layer.PaddedUnits);
                View dxs = Reference("dxs", All("dx"), s * InputGradientStride);
                int[] all = Enumerable.Range(0, rows).ToArray();
                IEnumerable<Statement> products = Enumerable.Range(0, count).SelectMany(lane => RowsTimesSamples(pass, lane, all, samples, w.Part, ds.Part));
                IEnumerable<Statement> steps = Units > Layer.Lanes
                    ? Loops.Over("j", 0, Units, Layer.Lanes, _ => products.Concat(new[] { w, ds }.Select(view => new Move(view.Part, Layer.Lanes))).ToArray()).Append(Gap.Line)
                    : products;
                return new Statement[] { w, ds, dxs }
                    .Concat(samples.SelectMany(sample => all.SelectMany(row => Zeros(pass, row, Prefix(sample, group)))))
                    .Concat(steps)
                    .Concat(IsSixteen(type) && group == Tuning.DotGroup && rows == Tuning.DotGroup
                        ? StoreTogether(type, dxs.Part, i)
                        : samples.SelectMany(sample => StoreSums(
                            type,
                            all.Select(row => Dot(row, count, Prefix(sample, group))),
                            dxs.Part,
                            i + (sample * InputGradientStride),
                            (narrow, sum, row) => WithOtherParts(narrow, dxs.Part, i + ((sample * InputGradientStride) + row), sum))));
            }),
        }, declares: false);
    }

    public override IEnumerable<Statement> Transpose()
    {
        VectorType type = Width.Widest;
        Buffer p = One("p");
        Buffer columns = One("columns");
        int whole = Layer.Inputs / type.Count * type.Count;
        int square = (type with { Bits = 128 }).Count;
        IEnumerable<Statement> squares = whole == 0 ? Array.Empty<Statement>() : Loops.Over("i", 0, whole, type.Count, i => Loops.Over("j", 0, Units, square, j =>
        {
            string[] names = new[] { "a", "b", "c", "d" }.Take(square).ToArray();
            View to = Reference("to", columns, (j * InputGradientStride) + i);
            return new Statement[] { new LetSquares(type, names, p, (i * R) + j + Layer.WeightOffset, R), to }
                .Concat(names.Select((name, unit) => new Store(to.Part, unit * InputGradientStride, Local(name), type)))
                .ToArray();
        }).ToArray());
        return whole == Layer.Inputs ? squares : squares.Append(Gap.Line).Concat(Loops.Over("i", whole, Layer.Inputs, 1, i => Loops.Over("j", 0, Layer.Units, 1, j =>
            new[] { new Store(columns, (j * InputGradientStride) + i, new Load(p, (i * R) + j + Layer.WeightOffset)) }).ToArray()));
    }

    public override IEnumerable<Statement> InputGradientColumns()
    {
        int length = InputGradientStride;
        (int size, int group) = Tile(length);
        var rows = new Contraction(Layer.Inputs, Layer.Units, 1, length, SumOrder.Segments(1, withBias: false), ValueFirst: true, Adds: Layer.AddsInputGradient);
        var sums = new BatchSums(rows, One("columns"), 0, null, All("delta"), "d", Layer.PaddedUnits, All("dx"), length);
        return Blocks(length, Layer.Inputs, size, (block, start) => Multiply(block, group, start, sums));
    }

    protected override IEnumerable<Statement> WeightGradientBatch() => Blocks(Units, Layer.Units, 2, (block, start) => Groups(
        0, Layer.Inputs, Width.TileSums / block.Vectors, (rows, i) =>
    {
        View gw = Reference("gw", All("g"), (i * R) + start + Layer.WeightOffset);
        View xs = Reference("xs", All("x"), i);
        View ds = Reference("ds", All("delta"), start);
        string Sum(int row, int v) => $"g{Text(row)}_{Text(v)}";
        IEnumerable<T> Each<T>(Func<int, int, int, T> each) => Enumerable.Range(0, rows).SelectMany(row => block.Offsets.Select((offset, v) => each(row, v, offset)));
        return new Statement[] { gw, xs, ds }
            .Concat(Each((row, v, offset) => new Let(Sum(row, v), new LoadVector(block.Type, gw.Part, (row * R) + offset), block.Type)))
            .Append(EachSample(1, _ => block.Offsets.Select((offset, v) => (Statement)new Let($"d{Text(v)}", new LoadVector(block.Type, ds.Part, offset), block.Type))
                .Concat(Enumerable.Range(0, rows).SelectMany(row => block.Offsets
                    .Select((_, v) => (Statement)Assign.AddProduct(block.Type, Sum(row, v), Local($"x{Text(row)}"), Local($"d{Text(v)}")))
                    .Prepend(new Let($"x{Text(row)}", new LoadAll(block.Type, xs.Part, row), block.Type))))
                .Append(new Move(xs.Part, InputStride))
                .Append(new Move(ds.Part, Layer.PaddedUnits))))
            .Append(Gap.Line)
            .Concat(Each((row, v, offset) => new Store(gw.Part, (row * R) + offset, Keep(block, offset, Local(Sum(row, v))), block.Type)));
    }));

    /// <summary>The caller's memory ends with the last sample: those that fill no group go one by one.</summary>
    private IEnumerable<Statement> LastSamples(Count whole)
    {
        string n = Text(Layer.Number);
        var loop = new Loop("s", whole, Samples);
        View xs = Reference("xs", All("x"), (Index)loop * InputStride);
        View zs = Reference("zs", All("z"), (Index)loop * Units);
        var body = new List<Statement> { xs, zs, new Invoke(Signature($"Affine{n}", ofBatch: false, "p", "x", "z"), All("p"), xs.Part, zs.Part) };
        if (Plan.ActivatesSums(Layer))
        {
            body.Add(new Invoke(VectorSteps.ActivationOf(Plan, Layer), zs.Part, zs.Part, Argument.Of(1)));
        }

        yield return Gap.Line;
        yield return new For(loop, body);
    }

    /// <summary>
    /// The vectors and the samples of a tile. Up to three vectors wide: every broadcast value serves as many products, every weight as many as there are
    /// samples. The number of samples is a power of two, because blocks have room for multiples of <see cref="NetworkPlan.SampleGroup"/>.
    /// </summary>
    private (int Vectors, int Samples) Tile(int length)
    {
        int vectors = Math.Max(1, Math.Min(length / Width.Widest.Count, Width.TileSums > Width.Accumulators ? 3 : 2));
        return (vectors, Math.Min(Plan.SampleGroup, vectors == 3 ? Width.TileSums / vectors : Width.Accumulators / vectors));
    }

    /// <summary>The sums of a block of results and of groups of samples, one segment of the terms after another.</summary>
    private IEnumerable<Statement> Multiply(VectorBlock block, int group, Index start, BatchSums sums)
    {
        IReadOnlyList<int[]> segments = sums.Contraction.Order.Chains(sums.Contraction.Terms);
        int length = segments[0].Length;
        yield return EachSample(group, s =>
        {
            View w = Reference("w", sums.Weights, start + sums.Offset);
            View xs = Reference(sums.Value + "s", sums.Values, s * sums.Stride);
            View zs = Reference(sums.Results.Name + "s", sums.Results, (s * sums.ResultStride) + start);
            IEnumerable<Statement> Segment(int terms, bool isFirst, bool isLast = false) =>
                this.Segment(block, group, start, sums, (w.Part, xs.Part, zs.Part), terms, isFirst, isLast);
            IEnumerable<Statement> views = new Statement[] { w, xs, zs };
            if (segments.Count == 1)
            {
                return views.Concat(Segment(length, isFirst: true, isLast: true));
            }

            // The last segment has the terms that the others leave.
            IEnumerable<Statement> between = segments.Count == 2
                ? Array.Empty<Statement>()
                : new Statement[] { new For(new Loop("segment", 1, segments.Count - 1), Segment(length, isFirst: false).ToArray()), Gap.Line };
            return views
                .Append(new Scope(Segment(length, isFirst: true).ToArray()))
                .Append(Gap.Line)
                .Concat(between)
                .Append(new Scope(Segment(segments[segments.Count - 1].Length, isFirst: false, isLast: true).ToArray()));
        }, sums.Samples);
    }

    private IEnumerable<Statement> Segment(
        VectorBlock block, int group, Index start, BatchSums sums, (Buffer W, Buffer X, Buffer Z) memory, int terms, bool isFirst, bool isLast)
    {
        int[] samples = Enumerable.Range(0, group).ToArray();
        string Sum(int sample, int v) => $"{sums.Results.Name}{Text(sample)}_{Text(v)}";
        Let Start(int sample, int v, int offset) => new(
            Sum(sample, v),
            isFirst && sums.Bias is { } bias ? new LoadVector(block.Type, sums.Weights, start + (bias + offset)) : VectorOperation.Zero(block.Type),
            block.Type);
        IEnumerable<Statement> Products(int sample)
        {
            string x = sums.Value + Text(sample);
            return block.Offsets
                .Select((_, v) => (Statement)Assign.AddProduct(block.Type, Sum(sample, v), Local(x), Local($"w{Text(v)}")))
                .Prepend(new Let(x, new LoadAll(block.Type, memory.X, sample * sums.Stride), block.Type));
        }

        // References that move along cost less than an index in every address.
        IReadOnlyList<Statement> term = block.Offsets.Select((offset, v) => (Statement)new Let($"w{Text(v)}", new LoadVector(block.Type, memory.W, offset), block.Type))
            .Concat(samples.SelectMany(Products))
            .Concat(terms > 1 || !isLast ? new[] { new Move(memory.W, sums.Contraction.TermStride), new Move(memory.X, 1) } : Array.Empty<Statement>())
            .ToArray();
        return samples.SelectMany(sample => block.Offsets.Select((offset, v) => (Statement)Start(sample, v, offset)))
            .Concat(Loops.Over("i", terms, _ => term))
            .Append(Gap.Line)
            .Concat(samples.SelectMany(sample => block.Offsets.SelectMany((offset, v) =>
                Result(block, Sum(sample, v), offset, memory.Z, (sample * sums.ResultStride) + offset, isFirst && !sums.Contraction.Adds, sums.Activates && isLast))));
    }

    /// <summary>The activation, of a symbol for the sum.</summary>
    private Expression SumActivation => _sumActivation ??= Express.Formula(Layer.Forward.Single().Value, Layer.Units, Plan.Spec.IsFused);

    /// <summary>A sum stored, or added to what is there: another part, or segments before it.</summary>
    private IEnumerable<Statement> Result(VectorBlock block, string sum, int offset, Buffer results, Index place, bool isFirst, bool activates)
    {
        Expression result = isFirst ? Local(sum) : new Binary(BinaryOperator.Add, new LoadVector(block.Type, results, place), Local(sum));
        if (activates)
        {
            if (!isFirst)
            {
                yield return new Assign(sum, result, block.Type);
            }

            result = SumActivation.Replace(_ => Local(sum));
        }

        yield return new Store(results, place, Keep(block, offset, result), block.Type);
    }

    /// <summary>The products of some rows with a vector of delta of some samples.</summary>
    private IEnumerable<Statement> RowsTimesSamples(RowPass pass, int lane, int[] rows, int[] samples, Buffer w, Buffer ds)
    {
        int at = lane * pass.Type.Count;
        string Delta(int sample) => Prefix(sample, samples.Length) + Numbered("d", lane, pass.DotVectors);
        string Weight(int row) => Numbered($"w{Text(row)}", lane, pass.DotVectors, "_");
        string Sum(int row, int sample) => Dot(row, pass.DotVectors, Prefix(sample, samples.Length))[lane];
        return samples.Select(sample => (Statement)new Let(Delta(sample), new LoadVector(pass.Type, ds, at + (sample * Layer.PaddedUnits)), pass.Type))
            .Concat(rows.SelectMany(row => samples
                .Select(sample => (Statement)Assign.AddProduct(pass.Type, Sum(row, sample), Local(Weight(row)), Local(Delta(sample))))
                .Prepend(new Let(Weight(row), new LoadVector(pass.Type, w, at + (row * R)), pass.Type))));
    }

    /// <summary>
    /// The dot products of four rows with four samples, summed over their lanes in the order of <see cref="VectorProducts.StoreSums"/> but side by side: half
    /// the instructions, and 64 units have as many sums as products.
    /// </summary>
    private IEnumerable<Statement> StoreTogether(VectorType type, Buffer dxs, Index i)
    {
        int[] four = Enumerable.Range(0, Tuning.DotGroup).ToArray();
        foreach (int row in four)
        {
            yield return Fold(type, row, four.Select(sample => Dot(row, 1, Prefix(sample, Tuning.DotGroup))[0]));
        }

        yield return new Let("sums", FoldedSums(type), type);
        foreach (int sample in four)
        {
            Expression pair = VectorOperation.Of(sample < 2 ? VectorOperator.Lower : VectorOperator.Upper, type, Local("sums"));
            Expression sums = VectorOperation.Of(sample % 2 == 0 ? VectorOperator.Lower : VectorOperator.Upper, type.Half, pair);
            yield return StoreGradient(type.Half.Half, dxs, i + (sample * InputGradientStride), sums);
        }
    }

    private static string Prefix(int sample, int samples) => samples == 1 ? "" : $"s{Text(sample)}_";

    /// <summary>Sums of every sample: rows of weights times values, term by term.</summary>
    /// <param name="Contraction">What is computed for each; neighbouring sums have neighbouring weights.</param>
    /// <param name="Weights">Where the weights are, and the bias.</param>
    /// <param name="Offset">The first weight.</param>
    /// <param name="Bias">The first bias, or null.</param>
    /// <param name="Values">Where the values are.</param>
    /// <param name="Value">The name for one of them, and with an s for those of a sample.</param>
    /// <param name="Stride">Elements from those of a sample to those of the next.</param>
    /// <param name="Results">Where the sums go; also the name for one of them, and with an s for those of a sample.</param>
    /// <param name="ResultStride">Elements from those of a sample to those of the next.</param>
    private sealed record BatchSums(
        Contraction Contraction, Buffer Weights, int Offset, int? Bias, Buffer Values, string Value, int Stride, Buffer Results, int ResultStride)
    {
        /// <summary>How many samples, or null for all.</summary>
        public Count? Samples { get; init; }

        /// <summary>Whether the results are the layer's activation of the sums.</summary>
        public bool Activates { get; init; }
    }
}
