using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the nested class with everything that is not the network's interface. One private name keeps clear of the user's own. Inside, the
/// kernels stand once for each vector width; the class's own methods hand over to the best of them that the hardware can run, or are the kernels
/// themselves where the consumer has no vectors.
/// </summary>
internal sealed class KernelClass
{
    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly NetworkPlan _plan;

    private KernelClass(EmitContext context)
    {
        _context = context;
        _writer = context.Writer;
        _plan = context.Plan;
    }

    /// <summary>Writes the class; where it is apart, in a namespace of its own after the user's.</summary>
    public static void Write(EmitContext context)
    {
        SourceWriter writer = context.Writer;
        writer.Line();
        if (context.KernelsAreApart)
        {
            writer.Open($"namespace {EmitContext.Namespace}");
            if (context.Reason is null)
            {
                foreach (string import in Imports(context))
                {
                    writer.Line($"using {import};");
                }

                writer.Line();
            }
        }

        context.BeginKernels();
        writer.Doc($"<summary>{(context.Reason is null ? "How the network is computed." : "Why the network is not computed.")}</summary>");
        Documentation.WriteGeneratedCode(writer);
        writer.Open($"{(context.KernelsAreApart ? "file" : "private")} static class {NetworkMember.Kernels}");
        if (context.Reason is null)
        {
            Properties.WriteLayout(context);
            new KernelClass(context).Write();
        }
        else
        {
            Stub.WriteKernels(context);
        }

        writer.Close();
        if (context.KernelsAreApart)
        {
            writer.Close();
        }
    }

    /// <summary>
    /// Where the kernels' names come from. They begin with <c>global::</c>, for the user may have a namespace of any name. The types of NetGen itself are in sight without:
    /// beside those of System a using of them would make ambiguous what the user adds to the namespace.
    /// </summary>
    private static IEnumerable<string> Imports(EmitContext context)
    {
        yield return "global::System";
        yield return "global::System.Runtime.CompilerServices";
        yield return "global::System.Runtime.InteropServices";
        yield return "global::System.Runtime.Intrinsics";
        if (context.HasFusedKernels && context.Plan.VectorWidths.Concat(context.Plan.LaneWidths).Any(width => width > Tuning.NarrowestVectors))
        {
            yield return "global::System.Runtime.Intrinsics.X86";
        }

        yield return "global::NetGen.Runtime";
        yield return "static global::NetGen.Runtime.Vectors";
    }

    private void Write()
    {
        if (_plan.IsVectorised)
        {
            WidthPasses? passes = WidthPasses.AreIn(_plan) ? new WidthPasses(_plan) : null;
            WritePasses(passes);
            WriteVectors(passes);
        }
        else
        {
            WriteScalar();
        }

        if (_plan.Spec.SelfTest)
        {
            WritePlain();
        }
    }

    /// <summary>Writes the methods that the network's members call, which choose the kernels, and the passes for whichever are chosen.</summary>
    private void WritePasses(WidthPasses? passes)
    {
        var printer = new KernelPrinter(_context);
        foreach (Entry entry in Entry.All(_plan))
        {
            Comment(entry);
            _writer.Line($"{_context.InliningAttribute}");
            Dispatch(entry, $"internal static {printer.Returns(entry.Kernel)} {entry.Kernel.Name}", printer.Parameters(entry.Kernel));
        }

        printer.Print(passes?.Entries() ?? Enumerable.Empty<KernelFunction>());
        if (_plan.Spec.BatchTerms)
        {
            WriteFillTargets();
        }
        else if (_plan.HasLabels)
        {
            WriteOneHot();
        }

        WriteOutputLosses();

        if (passes is not null)
        {
            printer.Print(passes.Passes());
            VectorClass.WriteInterface(_context, passes.Kernels);
        }
    }

    private void WriteFillTargets()
    {
        _writer.Comment($"What the losses read of some samples: of each output the targets, the weight of the sample, and what is allowed where the loss is categorical");
        string flags = _context.Name("System", "ReadOnlySpan<bool>");
        _context.OpenMethod(
            "internal static void FillTargets",
            _context.Result("rows"), _context.Values("targets"), _context.Labels(), _context.Values("weights"), new Parameter(flags, "allowed"), new Parameter("int", "first"), new Parameter("int", "samples"));
        _writer.Line($"var terms = new {_context.Name("NetGen", $"BatchTerms<{_context.T}>")}(weights, allowed);");
        foreach (OutputPlan output in _plan.Outputs.Where(output => output.Head is not null))
        {
            string place = $"{EmitContext.Text(_plan.TargetCount)}, {EmitContext.Text(output.TargetStart)}, {EmitContext.Text(output.Layer.Units)}, {EmitContext.Text(output.AllowedLength)}";
            string part = $"{EmitContext.Text(_plan.OutputCount)}, {EmitContext.Text(output.Start)}";
            _writer.Line($"{_context.Name("NetGen", "TargetRows")}.Fill(rows, {place}, {_context.Number(1)}, terms, targets, labels, {part}, first, samples);");
        }

        _writer.Close();
    }

    private void WriteOneHot()
    {
        int units = _plan.Last.Units;
        _writer.Comment($"Targets of classes: 1 at the class, 0 elsewhere. Returns the first.");
        _context.OpenMethod($"internal static ref {_context.T} OneHot", _context.Labels(), _context.Result("targets"));
        _writer.Line($"targets.Slice(0, {EmitContext.Product("labels.Length", units)}).Clear();");
        _writer.Open($"for (int s = 0; s < labels.Length; s++)");
        _writer.Line($"targets[{(units == 1 ? "s" : $"({EmitContext.Product("s", units)})")} + labels[s]] = {_context.Number(1)};");
        _writer.Close();
        _writer.Line();
        _writer.Line($"return ref targets[0];");
        _writer.Close();
    }

    /// <summary>Whether any pass goes through the kernels of layers, rather than through lines and lanes alone.</summary>
    private void WriteVectors(WidthPasses? passes)
    {
        WriteEach(_plan.IsVectorLine ? _plan.LineWidths : Array.Empty<int>(), WriteLines);
        WriteEach(passes is null ? Array.Empty<int>() : _plan.VectorWidths, width => VectorClass.Write(_context, width, passes!.Kernels));
        WriteEach(_plan.LaneWidths, WriteLanes);
    }

    /// <summary>Writes the kernels of each width. Of a fused network the narrowest serve hardware without the instruction too, which has no wider vectors.</summary>
    private void WriteEach(IReadOnlyList<int> widths, Action<int> write)
    {
        foreach (int width in widths)
        {
            if (_context.HasFusedKernels)
            {
                _context.BeginFusedKernels(orStrict: width == Tuning.NarrowestVectors);
            }

            write(width);
        }
    }

    private void WriteLines(int width)
    {
        _writer.Comment($"One sample with vectors of {width} bits: the values of a layer stay in registers{_context.OfArithmetic}");
        _writer.Open($"internal static class {_context.WithArithmetic(Lines(width))}");
        new KernelPrinter(_context).Print(VectorLine.Kernels(_plan, width));
        _writer.Close();
    }

    private void WriteLanes(int width)
    {
        _writer.Comment($"A batch with a sample in every lane of vectors of {width} bits{_context.OfArithmetic}");
        _writer.Open($"internal static class {_context.WithArithmetic($"Lanes{EmitContext.Text(width)}")}");
        new KernelPrinter(_context).Print(LaneBatches.Of(_plan, width));
        _writer.Close();
    }

    private bool IsLine(Entry entry) => _plan.IsVectorLine && !entry.IsBatch;

    private bool IsInLanes(Entry entry) => _plan.BatchInLanes && entry.IsBatch;

    private static string Lines(int width) => $"Lines{EmitContext.Text(width)}";

    /// <summary>Hands over to the widest vectors that the hardware has; the JIT keeps one branch.</summary>
    private void Dispatch(Entry entry, string head, Parameter[] parameters)
    {
        IReadOnlyList<int> widths = IsLine(entry) ? _plan.LineWidths : IsInLanes(entry) ? _plan.LaneWidths : _plan.VectorWidths;
        int narrowest = widths[widths.Count - 1];
        string Method(int width, string arithmetic)
        {
            string argument = _context.HasFusedKernels && width == Tuning.NarrowestVectors ? $"<{arithmetic}>" : "";
            return IsLine(entry) ? $"{Lines(width)}{argument}.{entry.Kernel.Name}"
                : IsInLanes(entry) ? $"Lanes{EmitContext.Text(width)}{argument}.{entry.Kernel.Name}"
                : $"{entry.Kernel.Name}<Vectors{EmitContext.Text(width)}{argument}>";
        }

        int[] conditional = widths.Where(width => width != narrowest || _context.HasFusedKernels).ToArray();
        if (conditional.Length == 0 && !IsInLanes(entry))
        {
            _context.WriteExpression(head, Call(entry, Method(narrowest, RuntimeNames.StrictArithmetic)), parameters);
            return;
        }

        _context.OpenMethod(head, parameters);
        if (IsInLanes(entry))
        {
            WriteFewSamples(entry);
        }

        foreach (int width in conditional)
        {
            _writer.Open($"if ({Condition(width)})");
            WriteCall(entry, Method(width, RuntimeNames.FusedArithmetic), isLast: false);
            _writer.Close();
        }

        WriteCall(entry, Method(narrowest, RuntimeNames.StrictArithmetic), isLast: true);
        _writer.Close();
    }

    /// <summary>
    /// Writes the branch for batches of which lanes would be mostly empty: one sample after another, with the same bits. Labels have become targets before.
    /// </summary>
    private void WriteFewSamples(Entry entry)
    {
        int inputs = _plan.Spec.Inputs;
        int outputs = _plan.Last.Units;
        string Slice(string span, int values) => $"{span}.Slice({EmitContext.Product("s", values)}, {EmitContext.Text(values)})";
        bool returns = entry.Kernel.Returns is not null;
        _writer.Open($"if (m < {Tuning.LaneBatch})");
        if (returns)
        {
            _writer.Line($"double loss = 0;");
        }

        if (returns && _plan.Spec.BatchTerms)
        {
            _context.WriteMemory("target", EmitContext.Text(_plan.TargetCount));
        }

        _writer.Open($"for (int s = 0; s < m; s++)");
        if (returns)
        {
            string target = Slice("targets", outputs);
            if (_plan.Spec.BatchTerms)
            {
                target = "target";
                _writer.Line($"FillTargets(target, targets, {(_plan.HasLabels ? "labels" : "default")}, weights, allowed, s, 1);");
            }

            _writer.Line($"{_context.Span} inputGradient = inputGradients.IsEmpty ? default : {Slice("inputGradients", inputs)};");
            _writer.Line($"loss += Backpropagate(parameters, {Slice("inputs", inputs)}, {target}, gradient, scale, inputGradient);");
        }
        else
        {
            _writer.Line($"Forward(parameters, {Slice("inputs", inputs)}, {Slice("outputs", outputs)});");
        }

        _writer.Close();
        _writer.Line();
        _writer.Line($"{(returns ? "return loss;" : "return;")}");
        _writer.Close();
        _writer.Line();
    }

    private static string Call(Entry entry, string method) => $"{method}({string.Join(", ", entry.Kernel.Parameters.Select(parameter => parameter.Name))})";

    /// <summary>What the kernels of a width need; the narrowest ones need nothing with strict arithmetic.</summary>
    private string Condition(int width)
    {
        string accelerated = $"Vector{EmitContext.Text(width)}.IsHardwareAccelerated";
        return !_context.HasFusedKernels
            ? accelerated
            : width == Tuning.NarrowestVectors ? $"{RuntimeNames.FusedArithmetic}.IsSupported" : $"{accelerated} && Fma.IsSupported";
    }

    private void WriteCall(Entry entry, string method, bool isLast)
    {
        bool returns = entry.Kernel.Returns is not null;
        _writer.Line($"{(returns ? "return " : "")}{Call(entry, method)};");
        if (!returns && !isLast)
        {
            _writer.Line($"return;");
        }
    }

    private void WriteScalar()
    {
        if (_context.RoundsByCast)
        {
            _writer.CommentLine($"A cast rounds every operation to single precision: some runtimes compute in double, and the bits would differ.");
        }

        new KernelPrinter(_context).Print(ScalarKernels.Of(_plan));
        if (_plan.Spec.BatchTerms)
        {
            WriteFillTargets();
        }

        WriteOutputLosses();
    }

    private void WriteOutputLosses()
    {
        if (OutputLosses.AreIn(_plan))
        {
            new KernelPrinter(_context).Print(OutputLosses.Of(_plan));
        }
    }

    /// <summary>Writes the network a second time, in double precision and one number at a time, for its self-test.</summary>
    private void WritePlain()
    {
        _writer.Comment($"The same network in double precision, one number at a time, for the self-test");
        _writer.Open($"internal static class {PlainNetwork.Class}");
        NetworkPlan plain = Planner.Plain(_plan.Spec);
        var context = new EmitContext(plain);
        context.BeginKernels();
        new KernelPrinter(context).Print(PlainNetwork.Of(plain));
        _writer.AppendLines(context.Writer);
        _writer.Close();
    }

    private void Comment(Entry entry)
    {
        _writer.Line();
        foreach (string comment in entry.Comment)
        {
            _writer.CommentLine($"{comment}");
        }
    }
}
