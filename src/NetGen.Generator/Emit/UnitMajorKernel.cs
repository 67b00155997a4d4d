using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Products of a layer stored by units: few units, each with a long row of weights. W·x multiplies rows with x and sums over the lanes; Wᵀ·delta
/// and delta ⊗ x add multiples of rows and of x, inputs side by side in vectors.
/// </summary>
internal sealed class UnitMajorKernel : VectorKernel
{
    public UnitMajorKernel(EmitContext context, VectorText text, LayerPlan layer)
        : base(context, text, layer)
    {
    }

    /// <summary>Inputs with padding: the length of a weight row.</summary>
    private int P => Layer.RowLength;

    private int[] Units => Enumerable.Range(0, Layer.Units).ToArray();

    public override void Forward()
    {
        Writer.Line($"ref {Context.T} w = ref {Context.At("p", Layer.WeightOffset)};");
        Dots("x", "z");
    }

    public override void ForwardBatch()
    {
        Writer.Line($"ref {Context.T} w = ref {Context.At("p", Layer.WeightOffset)};");

        // Where all weights stay in registers, they are read once for all samples.
        (VectorType type, _) = Text.Width.LanesOf(Layer.Lanes);
        int vectors = P / type.Count;
        bool isHeld = Layer.Units <= Limits.DotGroup && vectors * Layer.Units <= Text.Width.Accumulators / 2;
        if (isHeld)
        {
            foreach (int unit in Units)
            {
                Each(vectors, v => $"var w{EmitContext.Text(unit)}_{EmitContext.Text(v)} = {Text.Load(type, "w", (unit * P) + (v * type.Count))};");
            }
        }

        Samples(1, _ =>
        {
            Writer.Line($"ref {Context.T} xs = ref {Context.At("x", EmitContext.Product("s", InputStride))};");
            Writer.Line($"ref {Context.T} zs = ref {Context.At("z", EmitContext.Product("s", Layer.PaddedUnits))};");
            Dots("xs", "zs", isHeld);
        });
    }

    public override void Backward(bool inputGradient, bool parameterGradient)
    {
        Places(inputGradient, parameterGradient);
        if (inputGradient)
        {
            Each(Layer.Units, unit => $"var d{unit} = {Text.LoadAll(Text.Widest, "delta", unit)};");
        }

        if (parameterGradient)
        {
            Each(Layer.Units, unit => $"var s{unit} = {Text.Broadcast(Text.Widest, $"scale * {Context.At("delta", unit)}")};");
        }

        Columns((block, i) =>
        {
            if (inputGradient)
            {
                WriteInputGradient(block, i, unit => Scalar(block, $"d{unit}"), "dx");
            }

            if (parameterGradient)
            {
                Writer.Line($"var x0 = {Text.Load(block.Type, "x", i)};");
                Each(Layer.Units, unit => Text.Store(
                    block.Type,
                    Text.Keep(block, 0, Text.MultiplyAdd(block.Type, Scalar(block, $"s{unit}"), "x0", Text.Load(block.Type, "gw", Sum(i, unit * P)))),
                    "gw",
                    Sum(i, unit * P)));
            }
        });
        if (parameterGradient)
        {
            BiasGradient();
        }
    }

    public override void InputGradientBatch()
    {
        Places(inputGradient: true, parameterGradient: false);
        Columns((block, i) =>
        {
            Each(Layer.Units, unit => $"var w{unit} = {Text.Load(block.Type, "w", Sum(i, unit * P))};");
            Samples(1, _ =>
            {
                Writer.Line($"ref {Context.T} ds = ref {Context.At("delta", EmitContext.Product("s", Layer.PaddedUnits))};");
                Writer.Line($"var sum = {Text.Zero(block.Type)};");
                Each(Layer.Units, unit => Text.AddProduct(block.Type, "sum", Text.LoadAll(block.Type, "ds", unit), $"w{unit}"));
                Writer.Line($"{Text.Store(block.Type, Text.Keep(block, 0, "sum"), "dx", Joined(EmitContext.Product("s", P), i))}");
            });
        });
    }

    public override void ParameterGradientBatch()
    {
        ScaleDelta();
        Places(inputGradient: false, parameterGradient: true);
        Columns((block, i) =>
        {
            Each(Layer.Units, unit => $"var g{unit} = {Text.Load(block.Type, "gw", Sum(i, unit * P))};");
            Samples(1, _ =>
            {
                Writer.Line($"ref {Context.T} ds = ref {Context.At("delta", EmitContext.Product("s", Layer.PaddedUnits))};");
                Writer.Line($"var x0 = {Text.Load(block.Type, "x", Joined(EmitContext.Product("s", InputStride), i))};");
                Each(Layer.Units, unit => Text.AddProduct(block.Type, $"g{unit}", Text.LoadAll(block.Type, "ds", unit), "x0"));
            });
            Writer.Line();
            Each(Layer.Units, unit => Text.Store(block.Type, Text.Keep(block, 0, $"g{unit}"), "gw", Sum(i, unit * P)));
        });
        BiasGradientBatch();
    }

    /// <summary>dL/dx for a vector of inputs: the multiples of the weight rows, first unit first.</summary>
    private void WriteInputGradient(VectorBlock block, string i, Func<int, string> delta, string dx)
    {
        Writer.Line($"var sum = {Text.Zero(block.Type)};");
        Each(Layer.Units, unit => Text.AddProduct(block.Type, "sum", delta(unit), Text.Load(block.Type, "w", Sum(i, unit * P))));
        Writer.Line($"{Text.Store(block.Type, Text.Keep(block, 0, "sum"), dx, i)}");
    }

    private void Dots(string x, string z, bool isHeld = false)
    {
        (VectorType type, int count) = Text.Width.LanesOf(Layer.Lanes);
        foreach (int[] group in Units.GroupBy(unit => unit / Limits.DotGroup).Select(group => group.ToArray()))
        {
            string Dot(int unit, int lane) => count == 1 ? $"dot{EmitContext.Text(unit)}" : $"dot{EmitContext.Text(unit)}_{EmitContext.Text(lane)}";
            foreach (int unit in group)
            {
                Each(count, lane => $"var {Dot(unit, lane)} = {Text.Zero(type)};");
            }

            void Step(string i)
            {
                for (int lane = 0; lane < count; lane++)
                {
                    string place = Sum(i, lane * type.Count);
                    string xi = $"x{(IsNumber(i) ? place : $"i{EmitContext.Text(lane)}")}{(group[0] == 0 ? "" : "_")}";
                    Writer.Line($"var {xi} = {Text.Load(type, x, place)};");
                    foreach (int unit in group)
                    {
                        string w = isHeld ? $"w{EmitContext.Text(unit)}_{EmitContext.Text(Value(place) / type.Count)}" : Text.Load(type, "w", Sum(place, unit * P));
                        Writer.Line($"{Text.AddProduct(type, Dot(unit, lane), w, xi)}");
                    }
                }
            }

            int steps = P / Layer.Lanes;
            if (steps == 1 || isHeld || (Layer.Form == LayerForm.UnrolledInputs && x == "x"))
            {
                foreach (int step in Enumerable.Range(0, steps))
                {
                    Step(EmitContext.Text(step * Layer.Lanes));
                }
            }
            else
            {
                Writer.Open($"for (int i = 0; i < {P}; i += {Layer.Lanes})");
                Step("i");
                Writer.Close();
                Writer.Line();
            }

            VectorType narrow = type with { Bits = 128 };
            IReadOnlyList<string> sums = Text.SumLanes(
                type, group.Select(unit => (IReadOnlyList<string>)Enumerable.Range(0, count).Select(lane => Dot(unit, lane)).ToList()).ToList());
            for (int index = 0; index < sums.Count; index++)
            {
                int place = group[0] + (index * narrow.Count);
                string sum = Layer.UseBias ? $"{Text.Load(narrow, "p", Layer.BiasOffset + place)} + {sums[index]}" : sums[index];
                Writer.Line($"{Text.Store(narrow, sum, z, place)}");
            }
        }
    }

    private void Places(bool inputGradient, bool parameterGradient)
    {
        if (inputGradient)
        {
            Writer.Line($"ref {Context.T} w = ref {Context.At("p", Layer.WeightOffset)};");
        }

        if (parameterGradient)
        {
            Writer.Line($"ref {Context.T} gw = ref {Context.At("g", Layer.WeightOffset)};");
        }
    }

    private void Columns(Action<VectorBlock, string> body) => Blocks(P, Layer.Inputs, 1, body);

    /// <summary>A number that is the same in every element, as wide as the block's vectors.</summary>
    private string Scalar(VectorBlock block, string name)
    {
        for (VectorType type = Text.Widest; type.Bits > block.Type.Bits; type = type with { Bits = type.Bits / 2 })
        {
            name = $"{type.Static}.GetLower({name})";
        }

        return name;
    }
}
