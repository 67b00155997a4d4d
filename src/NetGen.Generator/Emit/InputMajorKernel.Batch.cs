using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>The products of a batch: several samples at a time in registers.</summary>
internal sealed partial class InputMajorKernel
{
    public override void ForwardBatch()
    {
        // Two vectors wide: every broadcast input serves two products, every weight as many as the group has samples.
        int size = R < 2 * Text.Widest.Count ? 1 : 2;
        int group = Math.Min(Limits.SampleGroup, Text.Accumulators / size);
        if (ReadsCaller)
        {
            Writer.Line($"int whole = samples - (samples % {group});");
        }

        Blocks(R, Layer.Units, size, (block, start) => Multiply(block, group, start));
        if (ReadsCaller)
        {
            // The caller's memory ends with the last sample: those that fill no group go one by one.
            Writer.Line();
            Writer.Open($"for (int s = whole; s < samples; s++)");
            Writer.Line($"Affine{Layer.Number}(ref p, ref {Context.At("x", Product("s", InputStride))}, ref {Context.At("z", Product("s", R))});");
            Writer.Close();
        }
    }

    /// <summary>Writes <c>z = W·x + b</c> for a block of units and groups of samples, one segment of the inputs after another.</summary>
    private void Multiply(VectorBlock block, int group, string start)
    {
        int[] offsets = block.Offsets.ToArray();
        int length = Layer.Inputs / Layer.Segments;
        Writer.Open($"for (int s = 0; s < {(ReadsCaller ? "whole" : "samples")}; s += {group})");
        Writer.Line($"ref {Context.T} w = ref {Context.At("p", Sum(start, Layer.WeightOffset))};");
        Writer.Line($"ref {Context.T} xs = ref {Context.At("x", Product("s", InputStride))};");
        Writer.Line($"ref {Context.T} zs = ref {Context.At("z", start == "0" ? Product("s", R) : $"{Product("s", R)} + {start}")};");
        if (Layer.Segments == 1)
        {
            Segment(Layer.Inputs, isFirst: true);
        }
        else
        {
            Scoped(true, () => Segment(length, isFirst: true));
            Writer.Line();
            if (Layer.Segments > 2)
            {
                Writer.Open($"for (int segment = 1; segment < {Layer.Segments - 1}; segment++)");
                Segment(length, isFirst: false);
                Writer.Close();
                Writer.Line();
            }

            // The last segment has the inputs that the others leave.
            Scoped(true, () => Segment(Layer.Inputs - (length * (Layer.Segments - 1)), isFirst: false));
        }

        Writer.Close();

        void Segment(int inputs, bool isFirst)
        {
            Each(group, _ => Enumerable.Range(0, offsets.Length), (sample, v) => $"var {SampleSum(sample, v)} = {(isFirst && Layer.UseBias ? Text.Load(block.Type, "p", Sum(start, Layer.BiasOffset + offsets[v])) : Text.Zero(block.Type))};");
            Writer.Open($"for (int i = 0; i < {inputs}; i++)");
            Each(offsets.Length, v => $"var w{v} = {Text.Load(block.Type, "w", offsets[v])};");
            for (int sample = 0; sample < group; sample++)
            {
                string x = $"x{EmitContext.Text(sample)}";
                Writer.Line($"var {x} = {Text.LoadAll(block.Type, "xs", sample * InputStride)};");
                Each(offsets.Length, v => Text.AddProduct(block.Type, SampleSum(sample, v), x, $"w{EmitContext.Text(v)}"));
            }

            // References that move along cost less than an index in every address.
            Writer.Line($"w = ref {Context.At("w", R)};");
            Writer.Line($"xs = ref {Context.At("xs", 1)};");
            Writer.Close();
            Writer.Line();
            Each(group, _ => Enumerable.Range(0, offsets.Length), (sample, v) =>
            {
                string sum = SampleSum(sample, v);
                string before = isFirst ? "" : $"{Text.Load(block.Type, "zs", (sample * R) + offsets[v])} + ";
                return Text.Store(block.Type, Text.Keep(block, offsets[v], before + sum), "zs", (sample * R) + offsets[v]);
            });
        }
    }

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

            if (R > Layer.Lanes)
            {
                Writer.Open($"for (int j = 0; j < {R}; j += {Layer.Lanes})");
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

            if (type is { Bits: 512, Number: NumberType.Single } && samples == 4 && rows == 4)
            {
                StoreDotsTogether(type, i);
                return;
            }

            for (int sample = 0; sample < samples; sample++)
            {
                StoreDots(type, count, rows, Context.At("dxs", sample * ParameterRule.PaddedUnits(Layer.Inputs)), i, SamplePrefix(sample, samples));
            }
        }));
    }

    /// <summary>
    /// The dot products of four rows with four samples, summed over their lanes in the order of <see cref="StoreDots"/> but side by side: half
    /// the instructions, and 64 units have as many sums as products.
    /// </summary>
    private void StoreDotsTogether(VectorType type, string i)
    {
        const int Group = 4;
        for (int row = 0; row < Group; row++)
        {
            IEnumerable<string> dots = Enumerable.Range(0, Group).Select(sample => SamplePrefix(sample, Group) + Dot(row, 0, 1));
            Writer.Line($"var row{EmitContext.Text(row)} = {Context.Functions.Use(VectorHelpers.FoldFour, type)}({string.Join(", ", dots)});");
        }

        Writer.Line($"var sums = {Context.Functions.Use(VectorHelpers.Sums, type)}(row0, row1, row2, row3);");
        VectorType half = type.Half;
        for (int sample = 0; sample < Group; sample++)
        {
            string pair = $"{Context.Functions.Use(sample < 2 ? VectorHelpers.Lower : VectorHelpers.Upper, type)}(sums)";
            string sums = $"{Context.Functions.Use(sample % 2 == 0 ? VectorHelpers.Lower : VectorHelpers.Upper, half)}({pair})";
            Writer.Line($"{Text.Store(half.Half, sums, Context.At("dxs", sample * ParameterRule.PaddedUnits(Layer.Inputs)), i)}");
        }
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
}
