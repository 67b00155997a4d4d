using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>Writes the XML documentation: the layer table of the class and the recurring lines of its members.</summary>
internal static class Documentation
{
    /// <summary>Most layers that a line of text names.</summary>
    private const int MostInLine = 8;

    /// <summary>Most characters of a name in the table.</summary>
    private const int MostOfName = 24;

    /// <summary>Writes the table that IntelliSense shows for the class.</summary>
    public static void WriteClassRemarks(EmitContext context)
    {
        SourceWriter writer = context.Writer;
        NetworkPlan plan = context.Plan;
        if (context.Reason is not null)
        {
            Stub.WriteRemarks(context);
            return;
        }

        writer.Doc($"<remarks>");
        writer.Doc($"A fixed network {Shape(plan)}: {plan.ParameterCount:N0} {Plural(plan.ParameterCount, "parameter")}, {plan.MultiplyAdds:N0} {Plural(plan.MultiplyAdds, "multiply-add")} per sample, 0 bytes allocated per call.");
        writer.Doc($"Stack memory: at most {StackUse.OfSample(plan):N0} bytes for a sample and {StackUse.OfBatch(plan):N0} for a batch.");
        writer.Doc($"<code>");
        foreach (string row in Table(plan))
        {
            writer.DocLine($"{SourceWriter.Escape(row)}");
        }

        writer.Doc($"</code>");
        string arithmetic = context.HasFusedKernels
            ? "fused, products round with the additions after them where the hardware can."
            : plan.Spec.IsFused ? "strict, since fused needs .NET 8 and C# 11: the same bits on every machine."
            : "strict, the same bits on every machine.";
        writer.Doc($"{(plan.HasLoss ? string.Join(" ", plan.Outputs.Where(output => output.Head is not null).Select(Loss)) : plan.Spec.IsPredictor ? "It computes outputs, without gradients." : "No loss of its own: the caller gives dL/da.")} Arithmetic: {arithmetic}");
        foreach (string remark in plan.Spec.Remarks)
        {
            writer.Doc($"{SourceWriter.Escape(remark)}");
        }

        if (plan.Spec.Declaration.Count > 0)
        {
            writer.Doc($"Declared in a class it is:");
            writer.Doc($"<code>");
            foreach (string line in plan.Spec.Declaration)
            {
                writer.DocLine($"{SourceWriter.Escape(line)}");
            }

            writer.Doc($"</code>");
        }

        if (plan.Spec.Target.Contract == Contract.None)
        {
            writer.Doc($"Where an argument does not fit, an ArgumentException says what was expected, and nothing has been written.");
        }

        writer.Doc($"</remarks>");
    }

    /// <summary>Writes an empty line, the documentation of a member that no contract has, and the attribute that marks it as generated.</summary>
    public static void Write(EmitContext context, string summary, string? returns = null)
    {
        SourceWriter writer = context.Writer;
        writer.Line();
        writer.Doc($"<summary>{(context.Reason is null ? summary : "Throws: " + SourceWriter.Escape(context.Reason))}</summary>");
        if (returns is not null && context.Reason is null)
        {
            writer.Doc($"<returns>{returns}</returns>");
        }

        WriteGeneratedCode(writer);
    }

    /// <summary>The same for a member of a contract, whose documentation is the contract's.</summary>
    /// <param name="context">The network.</param>
    /// <param name="summary">What stands in its place where the consumer lacks the contract.</param>
    /// <param name="contract">The least that has the member.</param>
    /// <param name="cref">The member of the contract, where the compiler does not see that this one implements it.</param>
    public static void WriteInherited(EmitContext context, string summary, Contract contract = Contract.Instance, string? cref = null)
    {
        if (context.Reason is not null || context.Plan.Spec.Target.Contract < contract)
        {
            Write(context, summary);
            return;
        }

        context.Writer.Line();
        context.Writer.DocLine($"<inheritdoc{(cref is null ? "" : $" cref=\"{cref}\"")}/>");
        WriteGeneratedCode(context.Writer);
    }

    /// <summary>Writes the attribute that marks a member as generated.</summary>
    public static void WriteGeneratedCode(SourceWriter writer) =>
        writer.Line($"[global::System.CodeDom.Compiler.GeneratedCode(\"NetGen\", null)]");

    /// <summary>The sizes, such as <c>4 → 16 → 3</c>, and of what is no chain those of its ends, <c>17 + 6 → Q 1, Value 1 with 5 layers</c>.</summary>
    private static string Shape(NetworkPlan plan)
    {
        string inputs = Sum(plan.Spec.Graph.InputValues().Select(input => input.Count));
        if (plan.Spec.Graph.IsChain)
        {
            return $"{inputs} → {List(" → ", plan.Layers, layer => EmitContext.Text(layer.Units))}";
        }

        string outputs = List(", ", plan.Outputs, output => $"{(output.Number is null ? "" : SourceWriter.Escape(output.Name) + " ")}{EmitContext.Text(output.Layer.Units)}");
        return $"{inputs} → {outputs} with {EmitContext.Text(plan.Layers.Count)} {Plural(plan.Layers.Count, "layer")}";
    }

    /// <summary>What is said of every layer; of many the first ones and the last, so that a line stays one.</summary>
    public static string List<TItem>(string separator, IReadOnlyList<TItem> items, System.Func<TItem, string> text) => items.Count <= MostInLine
        ? string.Join(separator, items.Select(text))
        : string.Join(separator, items.Take(MostInLine - 2).Select(text).Concat(new[] { "…", text(items[items.Count - 1]) }));

    private static string Loss(OutputPlan output) =>
        $"{(output.Number is null ? "Loss: L" : $"Loss of {SourceWriter.Escape(output.Name)}: L{Notation.Number(output.Number)}")} = {SourceWriter.Escape(output.Head!.LossText)}{(output.Head.Loss.TargetsAreProbabilities ? ", for targets from 0 to 1" : "")}.";

    /// <summary>The sizes of what a layer reads and an arrow, or nothing where it reads nothing.</summary>
    private static string Inputs(LayerPlan layer) => layer.Reads.Count == 0 ? "" : Sum(layer.Reads.Select(read => read.Values)) + " → ";

    private static string Sum(IEnumerable<int> sizes) => List(" + ", sizes.ToList(), EmitContext.Text);

    private static string Form(LayerForm form) => form switch
    {
        LayerForm.Unrolled => "unrolled",
        LayerForm.UnrolledInputs => "loop, inputs unrolled",
        _ => "loop",
    };

    /// <summary>A noun for a number of things.</summary>
    public static string Plural(int count, string noun) => count == 1 ? noun : noun + "s";

    /// <summary>A name, which may be any text, as a part of a line.</summary>
    private static string Shortened(string name)
    {
        string line = string.Concat(name.Select(c => char.IsLetterOrDigit(c) || char.IsPunctuation(c) || char.IsSymbol(c) || c == ' ' ? c : '?'));
        return line.Length <= MostOfName ? line : line.Substring(0, MostOfName - 1) + "…";
    }

    private static IEnumerable<string> Table(NetworkPlan plan)
    {
        // The numbers are those of the formulas; of what is more than a list of products the names in files are said too.
        string[] names = plan.IsPlain ? new string[0] : plan.Spec.Graph.Nodes.Where(node => !node.Layer.IsInput).Select(node => Shortened(node.Name)).ToArray();
        var rows = new List<string[]> { new[] { "layer", "shape", "activation", "parameters", "multiply-adds", "stack bytes", "computed", "output" } };
        foreach (LayerPlan layer in plan.Layers)
        {
            int lastParameter = layer.FirstParameter + layer.ParameterCount - 1;
            rows.Add(new[]
            {
                EmitContext.Text(layer.Number) + (plan.IsPlain ? "" : " " + names[layer.Number - 1]),
                $"{Inputs(layer)}{EmitContext.Text(layer.Units)}",
                layer.Activation.Name,
                layer.ParameterCount == 0 ? "" : $"{EmitContext.Text(layer.FirstParameter)} .. {EmitContext.Text(lastParameter)}",
                EmitContext.Text(layer.MultiplyAdds),
                StackUse.OfLayer(plan, layer).ToString(CultureInfo.InvariantCulture),
                plan.Shape == MethodShape.StraightLine ? "unrolled" : Form(layer.Form),
                Notation.Compact(layer),
            });
        }

        int[] widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        bool IsNumeric(int column) => column is 3 or 4 or 5;
        return rows.Select(row => string.Join("  ", row.Select((cell, column) =>
            IsNumeric(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
    }
}
