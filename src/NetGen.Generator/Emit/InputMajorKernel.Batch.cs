using System;
using System.Linq;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>The products of a batch: several samples at a time in registers.</summary>
internal sealed partial class InputMajorKernel
{
    public override void ForwardBatch()
    {
        // Two vectors wide: every broadcast input serves two products, every weight as many as the group has samples.
        int size = Math.Min(2, Math.Max(1, Text.Accumulators / Layer.Segments));
        if (ReadsCaller)
        {
            Writer.Line($"int whole = samples - (samples % {Group(size)});");
        }

        Blocks(R, Layer.Units, size, (block, start) =>
        {
            Writer.Open($"for (int s = 0; s < {(ReadsCaller ? "whole" : "samples")}; s += {Group(size)})");
            Writer.Line($"ref {Context.T} w = ref {Context.At("p", Sum(start, Layer.WeightOffset))};");
            Writer.Line($"ref {Context.T} xs = ref {Context.At("x", Product("s", InputStride))};");
            Writer.Line($"ref {Context.T} zs = ref {Context.At("z", start == "0" ? Product("s", R) : $"{Product("s", R)} + {start}")};");
            Multiply(block, Group(size), start, sample => Context.At("xs", sample * InputStride), sample => Context.At("zs", sample * R));
            Writer.Close();
        });
        if (ReadsCaller)
        {
            // The caller's memory ends with the last sample: those that fill no group go one by one.
            Writer.Line();
            Writer.Open($"for (int s = whole; s < samples; s++)");
            Writer.Line($"Affine{Layer.Number}(ref p, ref {Context.At("x", Product("s", InputStride))}, ref {Context.At("z", Product("s", R))});");
            Writer.Close();
        }
    }

    /// <summary>Samples that go through a block of units together, as many as there are registers for their sums.</summary>
    private int Group(int vectors) => Math.Max(1, Math.Min(Limits.SampleGroup, Text.Accumulators / Layer.Segments / vectors));

    public override void InputGradientBatch()
    {
        (VectorType type, int count) = Text.LanesOf(Layer.Lanes);
        int group = Math.Max(1, Math.Min(Limits.SampleGroup, Text.Accumulators / (RowGroup * count)));
        Groups(Layer.Inputs, RowGroup, "i", (rows, i) => Samples(group, samples =>
        {
            Writer.Line($"ref {Context.T} w = ref {Context.At("p", RowOffset(i))};");
            Writer.Line($"ref {Context.T} ds = ref {Context.At("delta", Product("s", Layer.PaddedUnits))};");
            Writer.Line($"ref {Context.T} dxs = ref {Context.At("dx", Product("s", ParameterRule.PaddedUnits(Layer.Inputs)))};");
            for (int sample = 0; sample < samples; sample++)
            {
                string prefix = SamplePrefix(sample, samples);
                Each(rows, row => Enumerable.Range(0, count), (row, lane) => $"var {prefix}{Dot(row, lane, count)} = {Text.Zero(type)};");
            }

            Steps(R, Layer.Lanes, j =>
            {
                for (int lane = 0; lane < count; lane++)
                {
                    string at = Sum(j, lane * type.Count);
                    for (int sample = 0; sample < samples; sample++)
                    {
                        string prefix = SamplePrefix(sample, samples);
                        Writer.Line($"var {prefix}{Numbered("d", lane, count)} = {Text.Load(type, "ds", Sum(at, sample * Layer.PaddedUnits))};");
                    }

                    for (int row = 0; row < rows; row++)
                    {
                        string w = Numbered($"w{EmitContext.Text(row)}", lane, count, "_");
                        Writer.Line($"var {w} = {Text.Load(type, "w", Sum(at, row * R))};");
                        for (int sample = 0; sample < samples; sample++)
                        {
                            string prefix = SamplePrefix(sample, samples);
                            Writer.Line($"{Text.AddProduct(type, prefix + Dot(row, lane, count), w, prefix + Numbered("d", lane, count))}");
                        }
                    }
                }
            });
            for (int sample = 0; sample < samples; sample++)
            {
                StoreDots(type, count, rows, Context.At("dxs", sample * ParameterRule.PaddedUnits(Layer.Inputs)), i, SamplePrefix(sample, samples));
            }
        }));
    }

    public override void ParameterGradientBatch()
    {
        ScaleDelta();
        Blocks(R, Layer.Units, 2, (block, start) => Groups(Layer.Inputs, Text.Accumulators / block.Vectors, "i", (rows, i) =>
        {
            Writer.Line($"ref {Context.T} gw = ref {Context.At("g", start == "0" ? RowOffset(i) : $"{RowOffset(i)} + {start}")};");
            Writer.Line($"ref {Context.T} xs = ref {Context.At("x", i)};");
            Writer.Line($"ref {Context.T} ds = ref {Context.At("delta", start)};");
            int[] offsets = block.Offsets.ToArray();
            Each(rows, _ => Enumerable.Range(0, offsets.Length), (row, v) => $"var g{row}_{v} = {Text.Load(block.Type, "gw", (row * R) + offsets[v])};");
            Writer.Open($"for (int s = 0; s < samples; s++)");
            Each(offsets.Length, v => $"var d{v} = {Text.Load(block.Type, "ds", offsets[v])};");
            for (int row = 0; row < rows; row++)
            {
                string r = EmitContext.Text(row);
                Writer.Line($"var x{r} = {Text.Broadcast(block.Type, Context.At("xs", row))};");
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
}
