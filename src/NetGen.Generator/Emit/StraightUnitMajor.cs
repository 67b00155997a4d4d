using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>Straight products of a layer stored by units: few units, each with a long row of weights.</summary>
internal sealed class StraightUnitMajor : StraightKernel
{
    public StraightUnitMajor(EmitContext context, VectorText text, LayerPlan layer)
        : base(context, text, layer)
    {
    }

    /// <summary>Inputs with padding: the length of a weight row.</summary>
    private int P => Layer.RowLength;

    public override IReadOnlyList<Strand> Forward() => Enumerable.Range(0, Layer.Units)
        .GroupBy(unit => unit / Limits.DotGroup)
        .Select(group => Dots(group.ToArray()))
        .ToList();

    public override IReadOnlyList<Strand> Backward(bool inputGradient, bool parameterGradient)
    {
        IEnumerable<Strand> columns = Vectors(P).GroupBy(vector => vector.Type)
            .Select(group => Columns(group.Key, group.Select(vector => vector.Start).ToArray(), inputGradient, parameterGradient));
        return (parameterGradient ? columns.Concat(BiasGradient()) : columns).ToList();
    }

    /// <summary>The dot products of some weight rows with x.</summary>
    private Strand Dots(int[] units)
    {
        (VectorType type, int lanes) = Text.Width.LanesOf(Layer.Lanes);
        string Dot(int unit, int lane) => Lane($"dot{EmitContext.Text(unit)}", lane, lanes);
        return new Strand(
            () => { },
            units.SelectMany(unit => Enumerable.Range(0, lanes).Select(lane => Sum(type, Dot(unit, lane), Text.Zero(type)))).ToList(),
            Enumerable.Range(0, P / type.Count).Select(vector => vector * type.Count).Select(input => Step(units.Length, 1, () =>
            {
                Writer.Line($"var x{input} = {Text.Load(type, "x", input)};");
                foreach (int unit in units)
                {
                    string w = Text.Load(type, "p", Layer.WeightOffset + (unit * P) + input);
                    Writer.Line($"{Text.AddProduct(type, Dot(unit, input % Layer.Lanes / type.Count), w, $"x{EmitContext.Text(input)}")}");
                }
            })).ToList(),
            () =>
            {
                VectorType narrow = type with { Bits = 128 };
                IReadOnlyList<string> sums = Text.SumLanes(
                    type, units.Select(unit => (IReadOnlyList<string>)Enumerable.Range(0, lanes).Select(lane => Dot(unit, lane)).ToList()).ToList());
                for (int index = 0; index < sums.Count; index++)
                {
                    int place = units[0] + (index * narrow.Count);
                    string sum = Layer.UseBias ? $"{Text.Load(narrow, "p", Layer.BiasOffset + place)} + {sums[index]}" : sums[index];
                    Writer.Line($"{Text.Store(narrow, sum, "z", place)}");
                }
            },
            Cost(0, DotValues(units.Length, lanes)));
    }

    /// <summary>The gradients of some vectors of inputs and of their weights; a weight is read before its place in g changes.</summary>
    private Strand Columns(VectorType type, int[] starts, bool inputGradient, bool parameterGradient)
    {
        int[] units = Enumerable.Range(0, Layer.Units).ToArray();
        void Column(int start)
        {
            int Weight(int unit) => Layer.WeightOffset + (unit * P) + start;
            if (inputGradient)
            {
                string sum = $"sum{EmitContext.Text(start)}";
                foreach (int unit in units)
                {
                    string d = $"d{EmitContext.Text(unit)}";
                    string w = Text.Load(type, "p", Weight(unit));
                    Writer.Line($"{(unit == 0 ? $"var {sum} = {Text.MultiplyAdd(type, d, w, Text.Zero(type))};" : Text.AddProduct(type, sum, d, w))}");
                }

                Writer.Line($"{Text.Store(type, Keep(type, start, Layer.Inputs, sum), "dx", start)}");
            }

            if (parameterGradient)
            {
                string x = $"x{EmitContext.Text(start)}";
                Writer.Line($"var {x} = {Text.Load(type, "x", start)};");
                foreach (int unit in units)
                {
                    string sum = Text.MultiplyAdd(type, $"s{EmitContext.Text(unit)}", x, Text.Load(type, "g", Weight(unit)));
                    Writer.Line($"{Text.Store(type, Keep(type, start, Layer.Inputs, sum), "g", Weight(unit))}");
                }
            }
        }

        int kinds = (inputGradient ? 1 : 0) + (parameterGradient ? 1 : 0);
        return Strand.Of(
            () =>
            {
                foreach (int unit in units.Where(_ => inputGradient))
                {
                    Writer.Line($"var d{unit} = {Text.LoadAll(type, "delta", unit)};");
                }

                foreach (int unit in units.Where(_ => parameterGradient))
                {
                    Writer.Line($"var s{unit} = {Text.Broadcast(type, $"scale * {Context.At("delta", unit)}")};");
                }
            },
            starts.Select(start => Step(
                kinds * units.Length,
                (inputGradient ? 2 : 0) + (parameterGradient ? units.Length + 1 : 0),
                () => Column(start))).ToList(),
            Cost(0, 2 * kinds * units.Length));
    }
}
