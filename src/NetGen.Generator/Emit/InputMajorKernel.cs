using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Products of a layer stored by inputs. W·x adds multiples of weight rows, units side by side in vectors; Wᵀ·delta multiplies each row with delta and
/// sums over the lanes, four or sixteen rows at a time.
/// </summary>
internal sealed partial class InputMajorKernel : VectorKernel
{
    public InputMajorKernel(EmitContext context, VectorText text, LayerPlan layer)
        : base(context, text, layer)
    {
    }

    /// <summary>Elements from one weight row to the next.</summary>
    private int R => Layer.RowLength;

    /// <summary>Elements of a row.</summary>
    private int Units => Layer.PaddedUnits;

    /// <summary>Vectors of a weight row that are read before the next row: more of a long row where registers allow, because memory is read in order.</summary>
    private int BlockVectors => Text.Width.Accumulators > Limits.Chains && Units >= Limits.LongRow ? Text.Width.Accumulators : Limits.Chains;

    public override void Forward() => Blocks(Units, Layer.Units, Math.Max(1, BlockVectors / Layer.Segments), (block, start) =>
    {
        Writer.Line($"ref {Context.T} w = ref {Context.At("p", Sum(start, Layer.WeightOffset))};");
        Multiply(block, start);
    });

    /// <summary>Writes <c>z = W·x + b</c> for a block of units, all segments of the inputs side by side, from <c>w</c>, the block's first weight.</summary>
    private void Multiply(VectorBlock block, string start)
    {
        int segments = Layer.Segments;
        int length = Layer.Inputs / segments;
        int[] offsets = block.Offsets.ToArray();
        int[] all = Enumerable.Range(0, segments).ToArray();
        foreach (int segment in all)
        {
            Each(offsets.Length, v => $"var {Partial(v, segment)} = {(segment == 0 && Layer.UseBias ? Text.Load(block.Type, "p", Sum(start, Layer.BiasOffset + offsets[v])) : Text.Zero(block.Type))};");
        }

        void Step(string i, string row, IEnumerable<int> ofSegments)
        {
            foreach (int segment in ofSegments)
            {
                string input = Sum(i, segment * length);
                string xi = IsNumber(i) ? $"x{input}" : $"xi{(segment == 0 ? "" : $"_{EmitContext.Text(segment)}")}";
                Writer.Line($"var {xi} = {Text.LoadAll(block.Type, "x", input)};");
                Each(offsets.Length, v =>
                    Text.AddProduct(block.Type, Partial(v, segment), xi, Text.Load(block.Type, "w", Sum(row, (segment * length * R) + offsets[v]))));
            }
        }

        bool isLoop = length > 1 && Layer.Form != LayerForm.UnrolledInputs;
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
                Step(EmitContext.Text(i), EmitContext.Text(i * R), all);
            }
        }

        // The last segment has the inputs that the others leave.
        foreach (int i in Enumerable.Range(length, Layer.Inputs - (segments * length)))
        {
            int row = isLoop ? i - length : i;
            Step(EmitContext.Text(i), EmitContext.Text(row * R), new[] { segments - 1 });
        }

        Writer.Line();
        Each(offsets.Length, v =>
        {
            string sum = string.Join(" + ", all.Select(segment => Partial(v, segment)));
            return Text.Store(block.Type, Text.Keep(block, offsets[v], sum), Context.At("z", start), offsets[v]);
        });
    }

    /// <summary>Writes a loop over groups of rows and what it leaves; locals that the body declares are kept apart.</summary>
    private void Groups(int start, int end, int size, string index, Action<int, string> body, bool declares = true)
    {
        int whole = start + ((end - start) / size * size);
        bool isScoped = declares && (start > 0 || end < Layer.Inputs || (whole > start && whole < end));
        if (whole > start + size)
        {
            Writer.Open($"for (int {index} = {start}; {index} < {whole}; {index} += {size})");
            body(size, index);
            Writer.Close();
        }
        else if (whole > start)
        {
            Scoped(isScoped, () => body(size, EmitContext.Text(start)));
        }

        if (whole < end)
        {
            if (whole > start)
            {
                Writer.Line();
            }

            Scoped(isScoped, () => body(end - whole, EmitContext.Text(whole)));
        }
    }

    /// <summary>Writes a loop over a weight row; the step with the padding is known by its place.</summary>
    private void Steps(int length, int step, Action<string> body)
    {
        int end = Layer.Units < length ? length - step : length;
        if (end > step)
        {
            Writer.Open($"for (int j = 0; j < {end}; j += {step})");
            body("j");
            Writer.Close();
            Writer.Line();
        }
        else if (end > 0)
        {
            Scoped(end < length, () => body("0"));
        }

        if (end < length)
        {
            Scoped(end > 0, () => body(EmitContext.Text(end)));
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

    /// <summary>The element where row <paramref name="i"/> of the weights starts.</summary>
    private string RowOffset(string i) => IsNumber(i)
        ? EmitContext.Text(Layer.WeightOffset + (Value(i) * R))
        : Layer.WeightOffset == 0 ? EmitContext.Product(i, R) : $"{EmitContext.Text(Layer.WeightOffset)} + {EmitContext.Product(i, R)}";

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

    private static string Partial(int v, int segment) => $"z{EmitContext.Text(v)}{(segment == 0 ? "" : $"_{EmitContext.Text(segment)}")}";
}
