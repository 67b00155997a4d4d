using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the output, the loss and the delta of a batch whose layers have many units: a group of samples at a time, one in every lane. From unit to unit a
/// sample's sums and maxima wait for each other, and its functions fill no vector; those of different samples do neither, and keep their order.
/// </summary>
internal static class LaneLoss
{
    /// <summary>Writes the body, from z, targets and the sum of losses so far to delta and that sum.</summary>
    public static void Write(EmitContext context, VectorText text, HeadPlan head)
    {
        SourceWriter writer = context.Writer;
        LayerPlan last = context.Plan.Last;
        VectorType type = text.Widest;
        var memory = new LaneMemory(context, text);
        var rows = new LaneRows(context, text, memory);
        writer.Body(
            body: () =>
            {
                writer.Open($"for (int s = 0; s < samples; s += {type.Count})");
                memory.WriteBody(() =>
                {
                    // Whole vectors of targets are read, and the caller's memory ends with the last one.
                    writer.Line($"int count = global::System.Math.Min(samples - s, {type.Count});");
                    string y = memory.ReserveElements(Quantity.Y, TargetElements(type, last.Units));
                    writer.Line($"{Targets("target", last)}.CopyTo({Targets(y, last)});");
                    var steps = new LaneSteps(context, last, text, memory);
                    steps.Given(Quantity.Z, rows.Load(Quantity.Z, last.Units, LanePasses.Lanes(Quantity.Z, last.Number), last.PaddedUnits));
                    steps.Given(Quantity.Y, rows.Load(y, last.Units, LanePasses.Lanes(Quantity.Y, last.Number)));
                    steps.Write(head);
                    rows.Store(Quantity.Delta, last.Units, steps.Of(Quantity.Delta), last.PaddedUnits, LanePasses.Lanes(Quantity.Delta, last.Number));
                    string losses = memory.ReserveElements(LanePasses.Losses, type.Count);
                    writer.Line($"{text.Store(type, Quantity.Loss, losses, 0)}");
                    writer.Open($"for (int i = 0; i < count; i++)");
                    writer.Line($"sum += {context.At(losses, "i")};");
                    writer.Close();
                    writer.Line();
                    Advance(Quantity.Z, last.PaddedUnits);
                    Advance("target", last.Units);
                    Advance(Quantity.Delta, last.PaddedUnits);
                });
                writer.Close();
                writer.Line();
                writer.Line($"return sum;");
            },
            before: () =>
            {
                var scratch = new Scratch(context);
                scratch.Add("t", memory.Length);
                scratch.Write("lanes");
            });

        void Advance(string place, int elements) => writer.Line($"{place} = ref {context.At(place, type.Count * elements)};");
    }

    /// <summary>Elements that the targets of a group of samples take.</summary>
    public static int TargetElements(VectorType type, int units) => (LaneRows.Length(type, units) + type.Count - 1) / type.Count * type.Count;

    private static string Targets(string place, LayerPlan last) =>
        $"global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref {place}, count * {EmitContext.Text(last.Units)})";
}
