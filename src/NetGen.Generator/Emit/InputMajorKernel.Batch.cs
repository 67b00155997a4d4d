using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>The products of a batch: several samples at a time in registers.</summary>
internal sealed partial class InputMajorKernel
{
    public override void ForwardBatch()
    {
        (int size, int group) = Tile(Units);
        bool activates = Context.Plan.ActivatesSums(Layer);
        if (ReadsCaller)
        {
            Writer.Line($"int whole = samples - (samples % {group});");
        }

        var sums = new BatchSums(
            "p", Layer.WeightOffset, R, Layer.Inputs, Layer.Segments, "x", "x", InputStride, "z", Units, Layer.UseBias ? Layer.BiasOffset : null, ReadsCaller ? "whole" : "samples", activates);
        Blocks(Units, Layer.Units, size, (block, start) => Multiply(block, group, start, sums));
        if (ReadsCaller)
        {
            // The caller's memory ends with the last sample: those that fill no group go one by one.
            Writer.Line();
            Writer.Open($"for (int s = whole; s < samples; s++)");
            string zs = Context.At("z", EmitContext.Product("s", Units));
            Writer.Line($"Affine{Layer.Number}(ref p, ref {Context.At("x", EmitContext.Product("s", InputStride))}, ref {zs});");
            if (activates)
            {
                Writer.Line($"Activation{Layer.Number}(ref {zs}, ref {zs}, 1);");
            }

            Writer.Close();
        }
    }

    /// <summary>
    /// The vectors and the samples of a tile. Up to three vectors wide: every broadcast value serves as many products, every weight as many as there are
    /// samples. The number of samples is a power of two, because blocks have room for multiples of <see cref="NetworkPlan.SampleGroup"/>.
    /// </summary>
    private (int Vectors, int Samples) Tile(int length)
    {
        int vectors = Math.Max(1, Math.Min(length / Text.Widest.Count, Text.Width.TileSums > Text.Width.Accumulators ? 3 : 2));
        return (vectors, Math.Min(Context.Plan.SampleGroup, vectors == 3 ? Text.Width.TileSums / vectors : Text.Width.Accumulators / vectors));
    }

    /// <summary>Writes sums for a block of units and groups of samples, one segment of the terms after another.</summary>
    private void Multiply(VectorBlock block, int group, string start, BatchSums sums)
    {
        int[] offsets = block.Offsets.ToArray();
        int length = sums.Terms / sums.Segments;
        string xs = sums.Value + "s";
        string zs = sums.Result + "s";
        string SampleSum(int sample, int v) => $"{sums.Result}{EmitContext.Text(sample)}_{EmitContext.Text(v)}";
        Writer.Open($"for (int s = 0; s < {sums.Samples}; s += {group})");
        Writer.Line($"ref {Context.T} w = ref {Context.At(sums.Weights, Sum(start, sums.Offset))};");
        Writer.Line($"ref {Context.T} {xs} = ref {Context.At(sums.Values, EmitContext.Product("s", sums.Stride))};");
        Writer.Line($"ref {Context.T} {zs} = ref {Context.At(sums.Result, Joined(EmitContext.Product("s", sums.ResultStride), start))};");
        if (sums.Segments == 1)
        {
            Segment(sums.Terms, isFirst: true, isLast: true);
        }
        else
        {
            Scoped(true, () => Segment(length, isFirst: true));
            Writer.Line();
            if (sums.Segments > 2)
            {
                Writer.Open($"for (int segment = 1; segment < {sums.Segments - 1}; segment++)");
                Segment(length, isFirst: false);
                Writer.Close();
                Writer.Line();
            }

            // The last segment has the terms that the others leave.
            Scoped(true, () => Segment(sums.Terms - (length * (sums.Segments - 1)), isFirst: false, isLast: true));
        }

        Writer.Close();

        void Segment(int terms, bool isFirst, bool isLast = false)
        {
            Each(group, _ => Enumerable.Range(0, offsets.Length), (sample, v) => $"var {SampleSum(sample, v)} = {(isFirst && sums.Bias is { } bias ? Text.Load(block.Type, sums.Weights, Sum(start, bias + offsets[v])) : Text.Zero(block.Type))};");
            if (terms > 1)
            {
                Writer.Open($"for (int i = 0; i < {terms}; i++)");
            }

            Each(offsets.Length, v => $"var w{v} = {Text.Load(block.Type, "w", offsets[v])};");
            for (int sample = 0; sample < group; sample++)
            {
                string x = sums.Value + EmitContext.Text(sample);
                Writer.Line($"var {x} = {Text.LoadAll(block.Type, xs, sample * sums.Stride)};");
                Each(offsets.Length, v => Text.AddProduct(block.Type, SampleSum(sample, v), x, $"w{EmitContext.Text(v)}"));
            }

            // References that move along cost less than an index in every address.
            if (terms > 1 || !isLast)
            {
                Writer.Line($"w = ref {Context.At("w", sums.Row)};");
                Writer.Line($"{xs} = ref {Context.At(xs, 1)};");
            }

            if (terms > 1)
            {
                Writer.Close();
            }

            Writer.Line();
            Each(group, _ => Enumerable.Range(0, offsets.Length), (sample, v) =>
            {
                string sum = SampleSum(sample, v);
                int place = (sample * sums.ResultStride) + offsets[v];
                string result = isFirst ? sum : $"{Text.Load(block.Type, zs, place)} + {sum}";
                if (sums.Activates && isLast)
                {
                    if (!isFirst)
                    {
                        Writer.Line($"{sum} = {result};");
                    }

                    result = new VectorCode(Context, Layer.Units, block.Type).Render(Layer.Forward.Single().Value, _ => sum);
                }

                return Text.Store(block.Type, Text.Keep(block, offsets[v], result), zs, place);
            });
        }
    }

    public override void InputGradientBatch()
    {
        (VectorType type, int count) = Text.Width.LanesOf(Layer.Lanes);
        int group = Math.Max(1, Math.Min(Context.Plan.SampleGroup, Text.Width.Accumulators / (Limits.DotGroup * count)));
        Groups(0, Layer.Inputs, Limits.DotGroup, "i", (rows, i) => Samples(group, samples =>
        {
            Writer.Line($"ref {Context.T} w = ref {Context.At("p", RowOffset(i))};");
            Writer.Line($"ref {Context.T} ds = ref {Context.At("delta", EmitContext.Product("s", Layer.PaddedUnits))};");
            Writer.Line($"ref {Context.T} dxs = ref {Context.At("dx", EmitContext.Product("s", ParameterRule.PaddedUnits(Layer.Inputs)))};");
            for (int sample = 0; sample < samples; sample++)
            {
                string prefix = SamplePrefix(sample, samples);
                Each(rows, row => Enumerable.Range(0, count), (row, lane) => $"var {prefix}{Dot(row, lane, count)} = {Text.Zero(type)};");
            }

            void Step()
            {
                for (int lane = 0; lane < count; lane++)
                {
                    int at = lane * type.Count;
                    for (int sample = 0; sample < samples; sample++)
                    {
                        string prefix = SamplePrefix(sample, samples);
                        Writer.Line($"var {prefix}{Numbered("d", lane, count)} = {Text.Load(type, "ds", at + (sample * Layer.PaddedUnits))};");
                    }

                    for (int row = 0; row < rows; row++)
                    {
                        string w = Numbered($"w{EmitContext.Text(row)}", lane, count, "_");
                        Writer.Line($"var {w} = {Text.Load(type, "w", at + (row * R))};");
                        for (int sample = 0; sample < samples; sample++)
                        {
                            string prefix = SamplePrefix(sample, samples);
                            Writer.Line($"{Text.AddProduct(type, prefix + Dot(row, lane, count), w, prefix + Numbered("d", lane, count))}");
                        }
                    }
                }
            }

            if (Units > Layer.Lanes)
            {
                Writer.Open($"for (int j = 0; j < {Units}; j += {Layer.Lanes})");
                Step();
                Writer.Line($"w = ref {Context.At("w", Layer.Lanes)};");
                Writer.Line($"ds = ref {Context.At("ds", Layer.Lanes)};");
                Writer.Close();
                Writer.Line();
            }
            else
            {
                Step();
            }

            if (IsSixteen(type) && samples == Limits.DotGroup && rows == Limits.DotGroup)
            {
                StoreDotsTogether(type, i);
                return;
            }

            for (int sample = 0; sample < samples; sample++)
            {
                StoreDots(type, count, Enumerable.Range(0, rows).ToArray(), Context.At("dxs", sample * ParameterRule.PaddedUnits(Layer.Inputs)), i, SamplePrefix(sample, samples));
            }
        }), declares: false);
    }

    public override void Transpose()
    {
        VectorType type = Text.Widest;
        int columns = ParameterRule.PaddedUnits(Layer.Inputs);
        int whole = Layer.Inputs / type.Count * type.Count;
        if (whole > 0)
        {
            string[] names = { "a", "b", "c", "d" };
            string[] used = names.Take(VectorHelpers.SquareSize(type)).ToArray();
            Loop("i", 0, whole, type.Count, i => Loop("j", 0, Units, used.Length, j =>
            {
                string square = Context.At("p", Joined(RowOffset(i), j));
                Writer.Line($"{Context.Functions.Use(VectorHelpers.LoadSquares, type)}(ref {square}, {R}, {string.Join(", ", used.Select(name => $"out var {name}"))});");
                Writer.Line($"ref {Context.T} to = ref {Context.At("columns", Joined(Times(j, columns), i))};");
                for (int unit = 0; unit < used.Length; unit++)
                {
                    Writer.Line($"{Text.Store(type, used[unit], "to", unit * columns)}");
                }
            }));
        }

        if (whole == Layer.Inputs)
        {
            return;
        }

        Writer.Line();
        Loop("i", whole, Layer.Inputs, 1, i => Loop("j", 0, Layer.Units, 1, j =>
            Writer.Line($"{Context.At("columns", Joined(Times(j, columns), i))} = {Context.At("p", Joined(RowOffset(i), j))};")));
    }

    public override void InputGradientColumns()
    {
        int length = ParameterRule.PaddedUnits(Layer.Inputs);
        (int size, int group) = Tile(length);
        var sums = new BatchSums("columns", 0, length, Layer.Units, 1, "delta", "d", Layer.PaddedUnits, "dx", length, null, "samples", false);
        Blocks(length, Layer.Inputs, size, (block, start) => Multiply(block, group, start, sums));
    }

    /// <summary>
    /// The dot products of four rows with four samples, summed over their lanes in the order of <see cref="StoreDots"/> but side by side: half
    /// the instructions, and 64 units have as many sums as products.
    /// </summary>
    private void StoreDotsTogether(VectorType type, string i)
    {
        for (int row = 0; row < Limits.DotGroup; row++)
        {
            IEnumerable<string> dots = Enumerable.Range(0, Limits.DotGroup).Select(sample => SamplePrefix(sample, Limits.DotGroup) + Dot(row, 0, 1));
            WriteFold(type, row, dots);
        }

        Writer.Line($"var sums = {FoldedSums(type)};");
        VectorType half = type.Half;
        for (int sample = 0; sample < Limits.DotGroup; sample++)
        {
            string pair = $"{Context.Functions.Use(sample < 2 ? VectorHelpers.Lower : VectorHelpers.Upper, type)}(sums)";
            string sums = $"{Context.Functions.Use(sample % 2 == 0 ? VectorHelpers.Lower : VectorHelpers.Upper, half)}({pair})";
            Writer.Line($"{Text.Store(half.Half, sums, Context.At("dxs", sample * ParameterRule.PaddedUnits(Layer.Inputs)), i)}");
        }
    }

    public override void ParameterGradientBatch()
    {
        ScaleDelta();
        Blocks(Units, Layer.Units, 2, (block, start) => Groups(0, Layer.Inputs, Text.Width.TileSums / block.Vectors, "i", (rows, i) =>
        {
            Writer.Line($"ref {Context.T} gw = ref {Context.At("g", Joined(RowOffset(i), start))};");
            Writer.Line($"ref {Context.T} xs = ref {Context.At("x", i)};");
            Writer.Line($"ref {Context.T} ds = ref {Context.At("delta", start)};");
            int[] offsets = block.Offsets.ToArray();
            Each(rows, _ => Enumerable.Range(0, offsets.Length), (row, v) => $"var g{row}_{v} = {Text.Load(block.Type, "gw", (row * R) + offsets[v])};");
            Writer.Open($"for (int s = 0; s < samples; s++)");
            Each(offsets.Length, v => $"var d{v} = {Text.Load(block.Type, "ds", offsets[v])};");
            for (int row = 0; row < rows; row++)
            {
                string r = EmitContext.Text(row);
                Writer.Line($"var x{r} = {Text.LoadAll(block.Type, "xs", row)};");
                Each(offsets.Length, v => Text.AddProduct(block.Type, $"g{r}_{EmitContext.Text(v)}", $"x{r}", $"d{EmitContext.Text(v)}"));
            }

            Writer.Line($"xs = ref {Context.At("xs", InputStride)};");
            Writer.Line($"ds = ref {Context.At("ds", Layer.PaddedUnits)};");
            Writer.Close();
            Writer.Line();
            Each(rows, _ => Enumerable.Range(0, offsets.Length), (row, v) => Text.Store(block.Type, Text.Keep(block, offsets[v], $"g{row}_{v}"), "gw", (row * R) + offsets[v]));
        }));
        BiasGradientBatch();
    }

    /// <summary>Sums of every sample: rows of weights times values, term by term.</summary>
    /// <param name="Weights">Where the weights are, and the bias.</param>
    /// <param name="Offset">The first weight.</param>
    /// <param name="Row">Elements from the weights of a term to those of the next.</param>
    /// <param name="Terms">Terms of a sum.</param>
    /// <param name="Segments">Segments of a sum.</param>
    /// <param name="Values">Where the values are.</param>
    /// <param name="Value">The name for one of them, and with an s for those of a sample.</param>
    /// <param name="Stride">Elements from those of a sample to those of the next.</param>
    /// <param name="Result">Where the sums go; also the name for one of them, and with an s for those of a sample.</param>
    /// <param name="ResultStride">Elements from those of a sample to those of the next.</param>
    /// <param name="Bias">The first bias, or null.</param>
    /// <param name="Samples">How many samples.</param>
    /// <param name="Activates">Whether the results are the layer's activation of the sums.</param>
    private sealed record BatchSums(
        string Weights,
        int Offset,
        int Row,
        int Terms,
        int Segments,
        string Values,
        string Value,
        int Stride,
        string Result,
        int ResultStride,
        int? Bias,
        string Samples,
        bool Activates);
}
