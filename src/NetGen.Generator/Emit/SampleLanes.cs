using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the passes of a batch of a tiny network with a sample in every lane of a vector: the straight line of one sample, in which each value is a
/// vector over a group of samples and each parameter the same number in all lanes. The lanes do not meet, so every sum has the order that it has for one
/// sample; the gradient of the parameters is added up sample by sample afterwards.
/// </summary>
internal sealed class SampleLanes
{
    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly NetworkPlan _plan;
    private readonly VectorWidth _width;
    private readonly KernelPrinter _printer;

    private SampleLanes(EmitContext context, int width)
    {
        _context = context;
        _writer = context.Writer;
        _plan = context.Plan;
        _width = new VectorWidth(_plan, width);
        _printer = new KernelPrinter(context);
    }

    private int Inputs => _plan.Spec.Inputs;

    private int Outputs => _plan.Last.Units;

    /// <summary>Writes the class with the passes for vectors of a width.</summary>
    public static void Write(EmitContext context, int width)
    {
        var lanes = new SampleLanes(context, width);
        context.Writer.Line();
        context.Writer.CommentLine($"A batch with a sample in every lane of vectors of {width} bits{context.OfArithmetic}");
        context.Writer.Open($"internal static class {context.WithArithmetic($"Lanes{EmitContext.Text(width)}")}");
        lanes.Write();
        context.Writer.Close();
    }

    /// <summary>
    /// Writes the branch for batches of which lanes would be mostly empty: one sample after another, with the same bits. Labels have become targets before.
    /// </summary>
    public static void WriteFewSamples(EmitContext context, Entry entry)
    {
        SourceWriter writer = context.Writer;
        int inputs = context.Plan.Spec.Inputs;
        int outputs = context.Plan.Last.Units;
        string Slice(string span, int values) => $"{span}.Slice({Times("s", values)}, {EmitContext.Text(values)})";
        bool returns = entry.Returns != "void";
        writer.Open($"if (m < {Tuning.LaneBatch})");
        if (returns)
        {
            writer.Line($"double loss = 0;");
        }

        writer.Open($"for (int s = 0; s < m; s++)");
        if (returns)
        {
            writer.Line($"{context.Span} inputGradient = inputGradients.IsEmpty ? default : {Slice("inputGradients", inputs)};");
            writer.Line($"loss += Backpropagate(parameters, {Slice("inputs", inputs)}, {Slice("targets", outputs)}, gradient, scale, inputGradient);");
        }
        else
        {
            writer.Line($"Forward(parameters, {Slice("inputs", inputs)}, {Slice("outputs", outputs)});");
        }

        writer.Close();
        writer.Line();
        writer.Line($"{(returns ? "return loss;" : "return;")}");
        writer.Close();
        writer.Line();
    }

    private void Write()
    {
        LaneKernels kernels = LanePasses.Of(_plan, _width);
        WriteForward(kernels.Forward);
        if (kernels.Backpropagate is { } backpropagate)
        {
            WriteBackpropagate(backpropagate);
        }

        _printer.Print(kernels.Kernels);
    }

    private void WriteForward(LanePass pass)
    {
        _context.WriteKernelAttribute();
        _context.OpenMethod(
            "internal static void ForwardBatch",
            _context.InBuffer("parameters"),
            _context.Values("inputs"),
            _context.Result("outputs"),
            new Parameter("int", "m"));
        WriteMemory(pass.Step, inputGradient: false);
        OpenBlocks("outputs");
        Copy("inputs", "x", Inputs);
        _writer.Close();
        _writer.Line();
        _printer.Print(pass.Calls.Select(Invoke.WithOwn).ToList());
        _writer.Open($"if (first >= whole)");
        CopyBack("y", "outputs", Outputs);
        _writer.Close();
        _writer.Close();
        _writer.Close();
    }

    private void WriteBackpropagate(LanePass pass)
    {
        _writer.Line();
        _context.WriteKernelAttribute();
        _context.OpenMethod(
            "internal static double BackpropagateBatch", Entry.BatchParameters(_context));
        WriteMemory(pass.Step, inputGradient: true);
        _writer.Line($"bool withInputGradient = !inputGradients.IsEmpty;");
        _writer.Line($"double loss = 0;");
        OpenBlocks("targets", _plan.HasLabels ? " && labels.IsEmpty" : "");
        Copy("inputs", "x", Inputs);
        if (!_plan.HasLabels)
        {
            Copy("targets", "y", Outputs);
        }

        _writer.Close();
        _writer.Line();
        if (_plan.HasLabels)
        {
            _writer.Open($"if (!labels.IsEmpty)");
            _writer.Line($"OneHot(labels.Slice(first, samples), {Span("y", Outputs)});");
            _writer.CloseBefore("else if (first >= whole)");
            Copy("targets", "y", Outputs);
            _writer.Close();
            _writer.Line();
        }

        string gradient = _context.At(_context.FirstOf("inputGradients"), Times("first", Inputs));
        _writer.Line($"ref {_context.T} dx = ref withInputGradient && first < whole ? ref {gradient} : ref lastDx;");
        _printer.Print(pass.Calls.Select(Invoke.WithOwn).ToList());
        _writer.Line($"loss = ParameterGradient(ref x, ref t, ref gradient.Origin, {LanePasses.Step.Name}, samples, loss);");
        _writer.Open($"if (withInputGradient && first >= whole)");
        CopyBack("dx", "inputGradients", Inputs);
        _writer.Close();
        _writer.Close();
        _writer.Line();
        _writer.Line($"return loss;");
        _writer.Close();
    }

    /// <summary>Writes the memory for a block of samples, and for inputs and outputs with room for whole vectors.</summary>
    private void WriteMemory(int step, bool inputGradient)
    {
        int groups = Tuning.LaneSamples / _width.Widest.Count;
        _writer.Line($"const int {LanePasses.Step.Name} = {step};");
        var scratch = new Scratch(_context);
        scratch.Add("t", groups * step);
        scratch.Add("lastX", groups * LaneRows.Length(_width.Widest, Inputs, _width.Widest.Count));
        scratch.Add("lastY", groups * LaneRows.Length(_width.Widest, Outputs, _width.Widest.Count));
        if (inputGradient)
        {
            scratch.Add("lastDx", groups * LaneRows.Length(_width.Widest, Inputs, _width.Widest.Count));
        }

        scratch.Write("scratch");
        _writer.Line($"ref {_context.T} p = ref parameters.Origin;");
    }

    /// <summary>
    /// Opens the loop over blocks, and the branch for the last samples: vectors that would reach beyond the caller's memory get memory of their own.
    /// </summary>
    /// <param name="outputs">The caller's outputs or targets.</param>
    /// <param name="condition">When these are read or written where they lie.</param>
    private void OpenBlocks(string outputs, string condition = "")
    {
        bool exceeds = LaneRows.Exceeds(_width.Widest, Inputs) || LaneRows.Exceeds(_width.Widest, Outputs);
        _writer.Line($"int whole = {(exceeds ? "(m - 1)" : "m")} & -{Tuning.LaneSamples};");
        _context.OpenBlocks(Tuning.LaneSamples);
        _writer.Line($"ref {_context.T} x = ref first < whole ? ref {_context.At(_context.FirstOf("inputs"), Times("first", Inputs))} : ref lastX;");
        _writer.Line($"ref {_context.T} y = ref first < whole{condition} ? ref {_context.At(_context.FirstOf(outputs), Times("first", Outputs))} : ref lastY;");
        _writer.Open($"if (first >= whole)");
    }

    private void Copy(string from, string to, int values) => _writer.Line(
        $"{from}.Slice({Times("first", values)}, {Times("samples", values)}).CopyTo({Span(to, values)});");

    private void CopyBack(string from, string to, int values) => _writer.Line(
        $"{Span(from, values)}.CopyTo({to}.Slice({Times("first", values)}, {Times("samples", values)}));");

    private string Span(string place, int values) =>
        _context.SpanOver(place, Times("samples", values));

    private static string Times(string index, int values) => values == 1 ? index : $"{index} * {EmitContext.Text(values)}";
}
