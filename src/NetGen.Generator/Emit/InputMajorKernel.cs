using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Products of a layer stored by inputs. W·x adds multiples of weight rows, units side by side in vectors; Wᵀ·delta multiplies each row with delta and
/// sums over the lanes, four rows at a time.
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
    private int BlockVectors => Text.Accumulators > Limits.Chains && Units >= Limits.LongRow ? Text.Accumulators : Limits.Chains;

    public override void Forward() => Blocks(Units, Layer.Units, Math.Max(1, BlockVectors / Layer.Segments), (block, start) =>
    {
        Writer.Line($"ref {Context.T} w = ref {Context.At("p", Sum(start, Layer.WeightOffset))};");
        Multiply(block, start);
    });

    public override void Backward(bool inputGradient, bool parameterGradient)
    {
        if (!inputGradient)
        {
            ParameterGradient();
            return;
        }

        (VectorType type, int count) = Text.LanesOf(Layer.Lanes);

        // Where all of delta and scale·delta stay in registers, rows are read one after another, as they lie in memory.
        int vectors = Units / type.Count;
        bool isHeld = parameterGradient && Text.Accumulators > Limits.Chains && vectors <= Limits.Chains;
        if (isHeld)
        {
            Each(vectors, v => $"var d{v} = {Text.Load(type, "delta", v * type.Count)};");
            Each(vectors, v => $"var s{v} = {Text.Broadcast(type, "scale")} * d{v};");
        }

        Groups(Layer.Inputs, Limits.DotGroup, "i", (rows, i) =>
        {
            Writer.Line($"ref {Context.T} w = ref {Context.At("p", RowOffset(i))};");
            if (parameterGradient)
            {
                Writer.Line($"ref {Context.T} gw = ref {Context.At("g", RowOffset(i))};");
                Each(rows, row => $"var x{row} = {Text.LoadAll(type, "x", Sum(i, row))};");
            }

            Each(rows, row => Enumerable.Range(0, count), (row, lane) => $"var {Dot(row, lane, count)} = {Text.Zero(type)};");
            void Element(int row, int lane, string d, string scaled, string at)
            {
                string place = Sum(at, row * R);
                Writer.Line($"{Text.AddProduct(type, Dot(row, lane, count), Text.Load(type, "w", place), d)}");
                if (parameterGradient)
                {
                    string sum = Text.MultiplyAdd(type, scaled, $"x{EmitContext.Text(row)}", Text.Load(type, "gw", place));
                    Writer.Line($"{Text.Store(type, Keep(type, at, sum), "gw", place)}");
                }
            }

            if (isHeld)
            {
                for (int row = 0; row < rows; row++)
                {
                    for (int v = 0; v < vectors; v++)
                    {
                        string number = EmitContext.Text(v);
                        Element(row, v % count, "d" + number, "s" + number, EmitContext.Text(v * type.Count));
                    }
                }
            }
            else
            {
                Steps(Units, Layer.Lanes, j =>
                {
                    for (int lane = 0; lane < count; lane++)
                    {
                        string at = Sum(j, lane * type.Count);
                        string d = Numbered("d", lane, count);
                        string scaled = Numbered("s", lane, count);
                        Writer.Line($"var {d} = {Text.Load(type, "delta", at)};");
                        if (parameterGradient)
                        {
                            Writer.Line($"var {scaled} = {Text.Broadcast(type, "scale")} * {d};");
                        }

                        for (int row = 0; row < rows; row++)
                        {
                            Element(row, lane, d, scaled, at);
                        }
                    }
                });
            }

            StoreDots(type, count, rows, "dx", i);
        });
        if (parameterGradient)
        {
            BiasGradient();
        }
    }

    /// <summary>A vector of a weight row with zeros in the padding, where it may have any: an index that is not known is before it.</summary>
    private string Keep(VectorType type, string at, string value) => IsNumber(at) && Value(at) + type.Count > Layer.Units
        ? Text.KeepFirst(type, value, Math.Max(0, Layer.Units - Value(at)))
        : value;

    /// <summary><c>g += scale·delta ⊗ x</c>, with as many units at a time as stay in registers over all inputs.</summary>
    private void ParameterGradient()
    {
        Blocks(Units, Layer.Units, Limits.Chains, (block, start) =>
        {
            Writer.Line($"ref {Context.T} gw = ref {Context.At("g", Sum(start, Layer.WeightOffset))};");
            int[] offsets = block.Offsets.ToArray();
            Each(offsets.Length, v => $"var s{v} = {Text.Broadcast(block.Type, "scale")} * {Text.Load(block.Type, "delta", Sum(start, offsets[v]))};");
            void Row(string i)
            {
                Writer.Line($"var x0 = {Text.LoadAll(block.Type, "x", i)};");
                Each(offsets.Length, v =>
                {
                    string sum = Text.MultiplyAdd(block.Type, $"s{EmitContext.Text(v)}", "x0", Text.Load(block.Type, "gw", offsets[v]));
                    return Text.Store(block.Type, Text.Keep(block, offsets[v], sum), "gw", offsets[v]);
                });
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

    private static string Partial(int v, int segment) => $"z{EmitContext.Text(v)}{(segment == 0 ? "" : $"_{EmitContext.Text(segment)}")}";
}
