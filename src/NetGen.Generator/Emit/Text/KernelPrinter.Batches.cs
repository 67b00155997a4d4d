using System;
using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>How memory is spelled, and what depends on conditions.</summary>
internal sealed partial class KernelPrinter
{
    /// <summary>Memory for several buffers, and a reference to each.</summary>
    private void Print(AllocateTogether together)
    {
        Lowering.Buffer first = together.Buffers[0];
        Lowering.Index place = 0;
        foreach (Lowering.Buffer buffer in together.Buffers)
        {
            place += buffer.Size;
        }

        _context.WriteSpan(together.Memory, Memory(first with { Size = place + StackUse.Slack }));
        string align = _context.Functions.Use(VectorHelpers.Align, new VectorType(128, _context.Plan.Spec.Number));
        _writer.Line($"ref {_context.T} {first.Name} = ref {align}(ref {_context.FirstOf(together.Memory)});");
        place = first.Size;
        foreach (Lowering.Buffer buffer in together.Buffers.Skip(1))
        {
            Print(new View(buffer, first, place));
            place += buffer.Size;
        }
    }

    /// <summary>Memory of the stack, where it is wanted. The runtime clears it much faster where its length is constant: of several lengths that it may have, each is.</summary>
    private string Memory(Lowering.Buffer buffer)
    {
        string memory = "";
        if (buffer.Size.Counts.FirstOrDefault() is { } count)
        {
            for (int index = 0; index < count.Values.Count; index++)
            {
                string isIt = index < count.Values.Count - 1 ? $"{count.Name} == {EmitContext.Text(count.Values[index])} ? " : "";
                memory += (index == 0 ? "" : " : ") + isIt + _context.Memory(EmitContext.Text(buffer.Size.Value(_ => count.Values[index])));
            }
        }
        else
        {
            memory = _context.Memory(EmitContext.Text(buffer.Length));
        }

        return buffer.OnlyWhere switch
        {
            null => memory,
            IsGiven { IsNot: false } given => $"{Text(!given)} ? default : {memory}",
            _ => $"{Text(buffer.OnlyWhere)} ? {memory} : default",
        };
    }

    private static string Room(LetRoom room)
    {
        string text = "";
        for (int index = 0; index < room.Room.Values.Count - 1; index++)
        {
            string value = EmitContext.Text(room.Room.Values[index]);
            text += $"{room.Of.Name} <= {value} ? {value} : ";
        }

        return text + EmitContext.Text(room.Room.Most);
    }

    private string Targets(OneHot labels)
    {
        string targets = labels.Targets.Kind == BufferKind.Reference ? Slice(labels.Targets, 0, (Lowering.Index)labels.Samples * labels.Units) : labels.Targets.Name;
        return $"OneHot({Slice(labels.Labels, labels.First, labels.Samples)}, {targets})";
    }

    private string Targets(FillTargets fill) =>
        $"FillTargets({Slice(fill.Rows, 0, (Lowering.Index)fill.Samples * fill.Length)}, {fill.Targets.Name}, {fill.Labels?.Name ?? "default"}, {fill.Weights.Name}, {fill.Allowed.Name}, {fill.First}, {fill.Samples.Name})";

    private void Print(Where where)
    {
        _writer.Open($"if ({Text(where.Condition)})");
        Print(where.Body);
        for (Block? otherwise = where.Otherwise; otherwise is not null; otherwise = (otherwise as Where)?.Otherwise)
        {
            _writer.CloseBefore(otherwise is Where other ? $"else if ({Text(other.Condition)})" : "else");
            Print(otherwise.Body);
        }

        _writer.Close();
    }

    private static string Text(Condition condition) => condition switch
    {
        IsSet { IsNot: false } set => set.Flag,
        IsSet set => $"!{set.Flag}",
        IsGiven { IsNot: false } given => $"!{given.Buffer}.IsEmpty",
        IsGiven given => $"{given.Buffer}.IsEmpty",
        IsBefore before => $"{before.First.Name} {(before.IsNot ? ">=" : "<")} {before.End.Name}",
        IsAtLeast { IsNot: false } least => $"{least.Count.Name} >= {EmitContext.Text(least.Number)}",
        Both { IsNot: false } both => $"{Text(both.First)} && {Text(both.Second)}",
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "No C# for this condition."),
    };
}
