using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>Straight products of a layer stored by inputs.</summary>
internal sealed class StraightInputMajor : StraightKernel
{
    public StraightInputMajor(EmitContext context, VectorText text, LayerPlan layer)
        : base(context, text, layer)
    {
    }

    /// <summary>Elements from one weight row to the next.</summary>
    private int R => Layer.RowLength;

    /// <summary>Elements of a row.</summary>
    private int Units => Layer.PaddedUnits;

    public override IReadOnlyList<Strand> Forward() =>
        Blocks(Units, Layer.Units, Math.Max(1, Limits.Chains / Layer.Segments)).Select(ForwardBlock).ToList();

    public override IReadOnlyList<Strand> Backward(bool inputGradient, bool parameterGradient)
    {
        IEnumerable<Strand> strands = inputGradient
            ? Enumerable.Range(0, (Layer.Inputs + Limits.DotGroup - 1) / Limits.DotGroup)
                .Select(group => BackwardRows(group * Limits.DotGroup, Math.Min(Limits.DotGroup, Layer.Inputs - (group * Limits.DotGroup)), parameterGradient))
            : Blocks(Units, Layer.Units, Limits.Chains).Select(ParameterGradientBlock);
        return (parameterGradient ? strands.Concat(BiasGradient()) : strands).ToList();
    }

    /// <summary>The sums of some units: multiples of the weight rows, in each segment first input first.</summary>
    private Strand ForwardBlock(VectorBlock block)
    {
        int length = Layer.Inputs / Layer.Segments;
        int[] offsets = block.Offsets.ToArray();
        string Partial(int v, int segment) => $"z{EmitContext.Text(v)}{(segment == 0 ? "" : $"_{EmitContext.Text(segment)}")}";
        void Product(int input, int segment)
        {
            string x = Text.LoadAll(block.Type, "x", input);
            if (offsets.Length > 1)
            {
                Writer.Line($"var x{input} = {x};");
                x = "x" + EmitContext.Text(input);
            }

            for (int v = 0; v < offsets.Length; v++)
            {
                string w = Text.Load(block.Type, "p", Layer.WeightOffset + (input * R) + block.Start + offsets[v]);
                Writer.Line($"{Text.AddProduct(block.Type, Partial(v, segment), x, w)}");
            }
        }

        int[] segments = Enumerable.Range(0, Layer.Segments).ToArray();
        IEnumerable<StrandStep> together = Enumerable.Range(0, length).Select(index => Step(
            Layer.Segments * offsets.Length,
            Layer.Segments,
            () =>
            {
                foreach (int segment in segments)
                {
                    Product((segment * length) + index, segment);
                }
            }));

        // The last segment has the inputs that the others leave.
        IEnumerable<StrandStep> rest = Enumerable.Range(Layer.Segments * length, Layer.Inputs - (Layer.Segments * length))
            .Select(input => Step(offsets.Length, 1, () => Product(input, Layer.Segments - 1)));
        string Start(int v, int segment) => segment == 0 && Layer.UseBias
            ? Text.Load(block.Type, "p", Layer.BiasOffset + block.Start + offsets[v])
            : Text.Zero(block.Type);
        return new Strand(
            () => { },
            segments.SelectMany(segment => offsets.Select((_, v) => Sum(block.Type, Partial(v, segment), Start(v, segment)))).ToList(),
            together.Concat(rest).ToList(),
            () =>
            {
                for (int v = 0; v < offsets.Length; v++)
                {
                    string sum = string.Join(" + ", segments.Select(segment => Partial(v, segment)));
                    Writer.Line($"{Text.Store(block.Type, Text.Keep(block, offsets[v], sum), "z", block.Start + offsets[v])}");
                }
            },
            Cost(0, offsets.Length * (Layer.Segments + 1)));
    }

    /// <summary>The dot products of some weight rows with delta, and the gradients of these rows.</summary>
    private Strand BackwardRows(int first, int rows, bool parameterGradient)
    {
        (VectorType type, int lanes) = Text.Width.LanesOf(Layer.Lanes);
        string Dot(int row, int lane) => Lane($"dot{EmitContext.Text(row)}", lane, lanes);
        int Weight(int row, int unit) => Layer.WeightOffset + ((first + row) * R) + unit;
        void Products(int unit)
        {
            Writer.Line($"var d{unit} = {Text.Load(type, "delta", unit)};");
            if (parameterGradient)
            {
                Writer.Line($"var s{unit} = {Text.Broadcast(type, "scale")} * d{unit};");
            }

            for (int row = 0; row < rows; row++)
            {
                int place = Weight(row, unit);
                Writer.Line($"{Text.AddProduct(type, Dot(row, unit % Layer.Lanes / type.Count), Text.Load(type, "p", place), $"d{EmitContext.Text(unit)}")}");
                if (parameterGradient)
                {
                    string sum = Text.MultiplyAdd(type, $"s{EmitContext.Text(unit)}", $"x{EmitContext.Text(row)}", Text.Load(type, "g", place));
                    Writer.Line($"{Text.Store(type, Keep(type, unit, Layer.Units, sum), "g", place)}");
                }
            }
        }

        return new Strand(
            () =>
            {
                for (int row = 0; parameterGradient && row < rows; row++)
                {
                    Writer.Line($"var x{row} = {Text.LoadAll(type, "x", first + row)};");
                }
            },
            Enumerable.Range(0, rows).SelectMany(row => Enumerable.Range(0, lanes).Select(lane => Sum(type, Dot(row, lane), Text.Zero(type)))).ToList(),
            Enumerable.Range(0, Units / type.Count).Select(vector => Step(
                parameterGradient ? (2 * rows) + 1 : rows,
                parameterGradient ? rows + 3 : 1,
                () => Products(vector * type.Count))).ToList(),
            () =>
            {
                IReadOnlyList<string> sums = Text.SumLanes(
                    type, Enumerable.Range(0, rows).Select(row => (IReadOnlyList<string>)Enumerable.Range(0, lanes).Select(lane => Dot(row, lane)).ToList()).ToList());
                VectorType narrow = type with { Bits = 128 };
                for (int index = 0; index < sums.Count; index++)
                {
                    Writer.Line($"{Text.Store(narrow, sums[index], "dx", first + (index * narrow.Count))}");
                }
            },
            Cost(0, rows + DotValues(rows, lanes)));
    }

    /// <summary>The gradients of the weights to some units.</summary>
    private Strand ParameterGradientBlock(VectorBlock block)
    {
        int[] offsets = block.Offsets.ToArray();
        return Strand.Of(
            () =>
            {
                for (int v = 0; v < offsets.Length; v++)
                {
                    Writer.Line($"var s{v} = {Text.Broadcast(block.Type, "scale")} * {Text.Load(block.Type, "delta", block.Start + offsets[v])};");
                }
            },
            Enumerable.Range(0, Layer.Inputs).Select(input => Step(offsets.Length, offsets.Length + 1, () =>
            {
                string x = $"x{EmitContext.Text(input)}";
                Writer.Line($"var {x} = {Text.LoadAll(block.Type, "x", input)};");
                for (int v = 0; v < offsets.Length; v++)
                {
                    int place = Layer.WeightOffset + (input * R) + block.Start + offsets[v];
                    string sum = Text.MultiplyAdd(block.Type, $"s{EmitContext.Text(v)}", x, Text.Load(block.Type, "g", place));
                    Writer.Line($"{Text.Store(block.Type, Text.Keep(block, offsets[v], sum), "g", place)}");
                }
            })).ToList(),
            Cost(offsets.Length, 2 * offsets.Length));
    }
}
