using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Products of a layer stored by inputs. W·x adds multiples of weight rows, units side by side in vectors; Wᵀ·delta multiplies each row with delta and
/// sums over the lanes, four rows at a time.
/// </summary>
internal sealed class InputMajorKernel : VectorKernel
{
    /// <summary>Rows whose dot products are summed over their lanes together.</summary>
    private const int RowGroup = 4;

    /// <summary>Independent sums that keep the multipliers busy: a latency of four cycles, two a cycle.</summary>
    private const int Chains = 8;

    public InputMajorKernel(EmitContext context, VectorText text, LayerPlan layer)
        : base(context, text, layer)
    {
    }

    private int R => Layer.RowLength;

    /// <summary>Vectors of a weight row that are read before the next row: more of a long row where registers allow, because memory is read in order.</summary>
    private int BlockVectors => Text.Accumulators > Chains && R >= Limits.LongRow ? Text.Accumulators : Chains;

    public override void Forward() => Blocks(R, Math.Max(1, BlockVectors / Layer.Segments), (block, start) =>
    {
        Writer.Line($"ref {Context.T} w = ref {Context.At("p", Sum(start, Layer.WeightOffset))};");
        Multiply(block, 1, start, _ => "x", _ => Context.At("z", start));
    });

    public override void ForwardBatch()
    {
        // Two vectors wide: every broadcast input serves two products, every weight as many as the group has samples.
        int size = Math.Min(2, Math.Max(1, Text.Accumulators / Layer.Segments));
        if (ReadsCaller)
        {
            Writer.Line($"int whole = samples - (samples % {Group(size)});");
        }

        Blocks(R, size, (block, start) =>
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

    public override void Backward(bool inputGradient, bool parameterGradient)
    {
        if (!inputGradient)
        {
            ParameterGradient();
            return;
        }

        (VectorType type, int count) = Text.LanesOf(Layer.Lanes);
        Groups(Layer.Inputs, RowGroup, "i", (rows, i) =>
        {
            Writer.Line($"ref {Context.T} w = ref {Context.At("p", RowOffset(i))};");
            if (parameterGradient)
            {
                Writer.Line($"ref {Context.T} gw = ref {Context.At("g", RowOffset(i))};");
                Each(rows, row => $"var x{row} = {Text.Broadcast(type, Context.At("x", Sum(i, row)))};");
            }

            Each(rows, row => Enumerable.Range(0, count), (row, lane) => $"var {Dot(row, lane, count)} = {Text.Zero(type)};");
            Steps(R, Layer.Lanes, j =>
            {
                for (int lane = 0; lane < count; lane++)
                {
                    string at = Sum(j, lane * type.Count);
                    string d = Numbered("d", lane, count);
                    Writer.Line($"var {d} = {Text.Load(type, "delta", at)};");
                    if (parameterGradient)
                    {
                        Writer.Line($"var {Numbered("s", lane, count)} = {Text.Broadcast(type, "scale")} * {d};");
                    }

                    for (int row = 0; row < rows; row++)
                    {
                        string place = Sum(at, row * R);
                        Writer.Line($"{Text.AddProduct(type, Dot(row, lane, count), Text.Load(type, "w", place), d)}");
                        if (parameterGradient)
                        {
                            string sum = Text.MultiplyAdd(type, Numbered("s", lane, count), $"x{EmitContext.Text(row)}", Text.Load(type, "gw", place));
                            Writer.Line($"{Text.Store(type, sum, "gw", place)}");
                        }
                    }
                }
            });
            StoreDots(type, count, rows, "dx", i);
        });
        if (parameterGradient)
        {
            BiasGradient();
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
        Blocks(R, 2, (block, start) => Groups(Layer.Inputs, Text.Accumulators / block.Vectors, "i", (rows, i) =>
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
            Each(rows, _ => Enumerable.Range(0, offsets.Length), (row, v) => Text.Store(block.Type, $"g{row}_{v}", "gw", (row * R) + offsets[v]));
        }));
        BiasGradientBatch();
    }

    /// <summary><c>g += scale·delta ⊗ x</c>, with as many units at a time as stay in registers over all inputs.</summary>
    private void ParameterGradient()
    {
        Blocks(R, Chains, (block, start) =>
        {
            Writer.Line($"ref {Context.T} gw = ref {Context.At("g", Sum(start, Layer.WeightOffset))};");
            int[] offsets = block.Offsets.ToArray();
            Each(offsets.Length, v => $"var s{v} = {Text.Broadcast(block.Type, "scale")} * {Text.Load(block.Type, "delta", Sum(start, offsets[v]))};");
            void Row(string i)
            {
                Writer.Line($"var x0 = {Text.Broadcast(block.Type, Context.At("x", i))};");
                Each(offsets.Length, v => Text.Store(
                    block.Type, Text.MultiplyAdd(block.Type, $"s{EmitContext.Text(v)}", "x0", Text.Load(block.Type, "gw", offsets[v])), "gw", offsets[v]));
            }

            if (Layer.Inputs == 1)
            {
                Row("0");
                return;
            }

            Writer.Open($"for (int i = 0; i < {Layer.Inputs}; i++)");
            Row("i");
            Writer.Line($"gw = ref {Context.At("gw", R)};");
            Writer.Close();
        });
        BiasGradient();
    }

    /// <summary>Writes <c>z = W·x + b</c> for a block of units and some samples, from <c>w</c>, the block's first weight.</summary>
    private void Multiply(VectorBlock block, int samples, string start, Func<int, string> x, Func<int, string> z)
    {
        int segments = Layer.Segments;
        int length = Layer.Inputs / segments;
        int[] offsets = block.Offsets.ToArray();
        for (int sample = 0; sample < samples; sample++)
        {
            foreach (int segment in Enumerable.Range(0, segments))
            {
                Each(offsets.Length, v => $"var {Partial(sample, samples, v, segment)} = {(segment == 0 && Layer.UseBias ? Text.Load(block.Type, "p", Sum(start, Layer.BiasOffset + offsets[v])) : Text.Zero(block.Type))};");
            }
        }

        void Step(string i, string row, IEnumerable<int> ofSegments)
        {
            foreach (int segment in ofSegments)
            {
                string suffix = segment == 0 ? "" : $"_{EmitContext.Text(segment)}";
                string input = Sum(i, segment * length);
                string Place(int v) => Sum(row, (segment * length * R) + offsets[v]);
                if (samples > 1)
                {
                    Each(offsets.Length, v => $"var w{v}{suffix} = {Text.Load(block.Type, "w", Place(v))};");
                }

                for (int sample = 0; sample < samples; sample++)
                {
                    string xi = samples > 1 ? $"x{EmitContext.Text(sample)}{suffix}" : IsNumber(i) ? $"x{input}" : $"xi{suffix}";
                    Writer.Line($"var {xi} = {Text.Broadcast(block.Type, Context.At(x(sample), input))};");
                    for (int v = 0; v < offsets.Length; v++)
                    {
                        string w = samples > 1 ? $"w{EmitContext.Text(v)}{suffix}" : Text.Load(block.Type, "w", Place(v));
                        Writer.Line($"{Text.AddProduct(block.Type, Partial(sample, samples, v, segment), xi, w)}");
                    }
                }
            }
        }

        int[] all = Enumerable.Range(0, segments).ToArray();
        bool isLoop = length > 1 && (samples > 1 || Layer.Form == LayerForm.Looped);
        if (isLoop)
        {
            Writer.Open($"for (int i = 0; i < {length}; i++)");
            Step("i", "0", all);
            Writer.Line($"w = ref {Context.At("w", R)};");
            Writer.Close();
        }
        else
        {
            foreach (int i in Enumerable.Range(0, length))
            {
                Scoped(samples > 1, () => Step(EmitContext.Text(i), EmitContext.Text(i * R), all));
            }
        }

        // The last segment has the inputs that the others leave.
        foreach (int i in Enumerable.Range(length, Layer.Inputs - (segments * length)))
        {
            int row = isLoop ? i - length : i;
            Scoped(samples > 1, () => Step(EmitContext.Text(i), EmitContext.Text(row * R), new[] { segments - 1 }));
        }

        Writer.Line();
        for (int sample = 0; sample < samples; sample++)
        {
            for (int v = 0; v < offsets.Length; v++)
            {
                string sum = string.Join(" + ", all.Select(segment => Partial(sample, samples, v, segment)));
                Writer.Line($"{Text.Store(block.Type, sum, z(sample), offsets[v])}");
            }
        }
    }

    /// <summary>Writes a loop over groups of rows and what it leaves.</summary>
    private void Groups(int count, int size, string index, Action<int, string> body)
    {
        int whole = count / size * size;
        if (whole > size)
        {
            Writer.Open($"for (int {index} = 0; {index} < {whole}; {index} += {size})");
            body(size, index);
            Writer.Close();
        }
        else if (whole > 0)
        {
            Scoped(true, () => body(size, "0"));
        }

        if (whole < count)
        {
            Writer.Line();
            Scoped(true, () => body(count - whole, EmitContext.Text(whole)));
        }
    }

    private void Steps(int length, int step, Action<string> body)
    {
        if (length / step <= 1)
        {
            body("0");
        }
        else
        {
            Writer.Open($"for (int j = 0; j < {length}; j += {step})");
            body("j");
            Writer.Close();
            Writer.Line();
        }
    }

    private void Scoped(bool scoped, Action body)
    {
        if (scoped)
        {
            Writer.Open($"");
        }

        body();
        if (scoped)
        {
            Writer.Close();
        }
    }

    private void StoreDots(VectorType type, int count, int rows, string dx, string i, string prefix = "")
    {
        IReadOnlyList<string> sums = Text.SumLanes(
            type,
            Enumerable.Range(0, rows).Select(row => (IReadOnlyList<string>)Enumerable.Range(0, count).Select(lane => prefix + Dot(row, lane, count)).ToList()).ToList());
        VectorType narrow = type with { Bits = 128 };
        for (int index = 0; index < sums.Count; index++)
        {
            Writer.Line($"{Text.Store(narrow, sums[index], dx, Sum(i, index * narrow.Count))}");
        }
    }

    /// <summary>The element where row <paramref name="i"/> of the weights starts.</summary>
    private string RowOffset(string i) => IsNumber(i)
        ? EmitContext.Text(Layer.WeightOffset + (Value(i) * R))
        : Layer.WeightOffset == 0 ? Product(i, R) : $"{EmitContext.Text(Layer.WeightOffset)} + {Product(i, R)}";

    private void Each(int count, Func<int, IEnumerable<int>> inner, Func<int, int, string> line)
    {
        foreach (int index in Enumerable.Range(0, count))
        {
            foreach (int second in inner(index))
            {
                Writer.Line($"{line(index, second)}");
            }
        }
    }

    private static string Dot(int row, int lane, int lanes) => Numbered($"dot{EmitContext.Text(row)}", lane, lanes, "_");

    private static string Numbered(string name, int index, int count, string separator = "") =>
        count == 1 ? name : $"{name}{separator}{EmitContext.Text(index)}";

    private static string SamplePrefix(int sample, int samples) => samples == 1 ? "" : $"s{EmitContext.Text(sample)}_";

    private static string Partial(int sample, int samples, int v, int segment) =>
        $"{(samples == 1 ? "" : $"z{EmitContext.Text(sample)}_")}{(samples == 1 ? "z" : "")}{EmitContext.Text(v)}{(segment == 0 ? "" : $"_{EmitContext.Text(segment)}")}";
}
