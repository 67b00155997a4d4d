using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>The backward pass of one sample: every row of weights is read once, for its dot product with delta and for its gradient.</summary>
internal sealed partial class InputMajorKernel
{
    private const int Sixteen = Limits.DotGroup * Limits.DotGroup;

    public override void Backward(bool inputGradient, bool parameterGradient)
    {
        if (!inputGradient)
        {
            ParameterGradient();
            return;
        }

        (VectorType type, int count) = Text.Width.LanesOf(Layer.Lanes);

        // Where all of delta and scale·delta stay in registers, rows are read one after another, as they lie in memory.
        int vectors = Units / type.Count;
        bool isHeld = parameterGradient && Text.Width.Accumulators > Limits.Chains && vectors <= Limits.Chains;
        if (isHeld)
        {
            Each(vectors, v => $"var d{v} = {Text.Load(type, "delta", v * type.Count)};");
            Each(vectors, v => $"var s{v} = {Text.Broadcast(type, "scale")} * d{v};");
        }

        var pass = new RowPass(type, count, isHeld ? vectors : null, parameterGradient);
        int together = SumsSixteen(pass) ? Layer.Inputs / Sixteen * Sixteen : 0;
        Groups(0, together, Sixteen, "i", (_, i) => SixteenRows(pass, i));
        if (together > 0 && together < Layer.Inputs)
        {
            Writer.Line();
        }

        Groups(together, Layer.Inputs, Limits.DotGroup, "i", (rows, i) => FewRows(pass, rows, i));
        if (parameterGradient)
        {
            BiasGradient();
        }
    }

    /// <summary>
    /// Whether sums are taken sixteen at a time: they fill a vector of 512 bits, and adding the lanes of four dot products takes the same instructions as of
    /// one. Where delta is in registers, sixteen rows and what is left of them are straight code, which the JIT must be able to inline.
    /// </summary>
    private bool SumsSixteen(RowPass pass)
    {
        int rest = Layer.Inputs % Sixteen;
        int straight = (Sixteen + (rest < Limits.DotGroup ? 0 : Limits.DotGroup) + (rest % Limits.DotGroup)) * (pass.HeldVectors ?? 1);
        return IsSixteen(pass.Type) && straight <= Limits.RowProducts;
    }

    /// <summary>Writes sixteen rows, whose sums are stored as one vector.</summary>
    private void SixteenRows(RowPass pass, string i)
    {
        BeginRows(pass, i);
        for (int first = 0; first < Sixteen; first += Limits.DotGroup)
        {
            int[] group = Enumerable.Range(first, Limits.DotGroup).ToArray();
            if (first > 0)
            {
                Writer.Line();
            }

            Products(pass, group, i, isAlone: false);
            WriteFold(pass.Type, first / Limits.DotGroup, group.Select(row => Dot(row, 0, 1)));
        }

        string sums = $"{Context.Functions.Use(VectorHelpers.Transpose, pass.Type)}({FoldedSums(pass.Type)})";
        Writer.Line($"{Text.Store(pass.Type, Text.EndDot(pass.Type, sums, pass.StartsFromZero), "dx", i)}");
    }

    /// <summary>Writes up to <see cref="Limits.DotGroup"/> rows.</summary>
    private void FewRows(RowPass pass, int rows, string i)
    {
        int[] group = Enumerable.Range(0, rows).ToArray();
        BeginRows(pass, i);
        Products(pass, group, i, isAlone: true);
        StoreDots(pass.Type, pass.DotVectors, group, "dx", i, startsFromZero: pass.StartsFromZero);
    }

    private void BeginRows(RowPass pass, string i)
    {
        Writer.Line($"ref {Context.T} w = ref {Context.At("p", RowOffset(i))};");
        if (pass.ParameterGradient)
        {
            Writer.Line($"ref {Context.T} gw = ref {Context.At("g", RowOffset(i))};");
        }
    }

    /// <summary>Writes the dot products of a group of rows, vector by vector, and what their gradients receive.</summary>
    private void Products(RowPass pass, int[] group, string i, bool isAlone)
    {
        VectorType type = pass.Type;
        int count = pass.DotVectors;
        foreach (int row in group)
        {
            if (pass.ParameterGradient)
            {
                Writer.Line($"var x{EmitContext.Text(row)} = {Text.LoadAll(type, "x", Sum(i, row))};");
            }

            if (pass.StartsFromZero)
            {
                Each(count, lane => $"var {Dot(row, lane, count)} = {Text.Zero(type)};");
            }
        }

        if (pass.HeldVectors is { } held)
        {
            foreach (int row in group)
            {
                for (int v = 0; v < held; v++)
                {
                    string number = EmitContext.Text(v);
                    Element(row, v % count, "d" + number, "s" + number, EmitContext.Text(v * type.Count), isFirst: v < count);
                }
            }

            return;
        }

        Scoped(!isAlone, () => Steps(Units, Layer.Lanes, j =>
        {
            for (int lane = 0; lane < count; lane++)
            {
                string at = Sum(j, lane * type.Count);
                string d = Numbered("d", lane, count);
                string scaled = Numbered("s", lane, count);
                Writer.Line($"var {d} = {Text.Load(type, "delta", at)};");
                if (pass.ParameterGradient)
                {
                    Writer.Line($"var {scaled} = {Text.Broadcast(type, "scale")} * {d};");
                }

                foreach (int row in group)
                {
                    Element(row, lane, d, scaled, at);
                }
            }
        }));

        void Element(int row, int lane, string d, string scaled, string at, bool isFirst = false)
        {
            string place = Sum(at, row * R);
            Writer.Line($"{Text.DotProduct(type, Dot(row, lane, count), Text.Load(type, "w", place), d, isFirst)}");
            if (pass.ParameterGradient)
            {
                string sum = Text.MultiplyAdd(type, scaled, $"x{EmitContext.Text(row)}", Text.Load(type, "gw", place));
                Writer.Line($"{Text.Store(type, Keep(type, at, sum), "gw", place)}");
            }
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

    /// <summary>Writes the sums of a group of dot products to the places of their rows.</summary>
    private void StoreDots(VectorType type, int count, int[] rows, string dx, string i, string prefix = "", bool startsFromZero = true)
    {
        IReadOnlyList<string> sums = Text.SumLanes(
            type,
            rows.Select(row => (IReadOnlyList<string>)Enumerable.Range(0, count).Select(lane => prefix + Dot(row, lane, count)).ToList()).ToList());
        VectorType narrow = type with { Bits = 128 };
        for (int index = 0; index < sums.Count; index++)
        {
            Writer.Line($"{Text.Store(narrow, Text.EndDot(narrow, sums[index], startsFromZero), dx, Sum(i, rows[0] + (index * narrow.Count)))}");
        }
    }

    /// <summary>Adds the lanes of four dot products until four are left of each, side by side in one vector.</summary>
    private void WriteFold(VectorType type, int row, IEnumerable<string> dots) =>
        Writer.Line($"var row{EmitContext.Text(row)} = {Context.Functions.Use(VectorHelpers.FoldFour, type)}({string.Join(", ", dots)});");

    /// <summary>The sums of sixteen dot products folded to four rows: the first of each row, the second, and so on.</summary>
    private string FoldedSums(VectorType type) => $"{Context.Functions.Use(VectorHelpers.Sums, type)}(row0, row1, row2, row3)";

    private static bool IsSixteen(VectorType type) => type is { Bits: 512, Number: NumberType.Single };

    /// <summary>How rows are read.</summary>
    /// <param name="Type">The vectors.</param>
    /// <param name="DotVectors">Vectors that hold the lanes of a dot product.</param>
    /// <param name="HeldVectors">Vectors of delta that are in registers as <c>d</c>, and scaled as <c>s</c>; null if they are read for every group of rows.</param>
    /// <param name="ParameterGradient">Whether the gradient of the weights is added.</param>
    private readonly record struct RowPass(VectorType Type, int DotVectors, int? HeldVectors, bool ParameterGradient)
    {
        /// <summary>A loop over a row adds to zero; straight code begins with the first product.</summary>
        public bool StartsFromZero => HeldVectors is null;
    }
}
