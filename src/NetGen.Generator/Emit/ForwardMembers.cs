using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>Writes Forward, with and without a trace, and for a batch.</summary>
internal sealed class ForwardMembers
{
    private const string Require = "global::NetGen.Require";

    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly NetworkPlan _plan;
    private readonly string _a;

    public ForwardMembers(EmitContext context)
    {
        _context = context;
        _writer = context.Writer;
        _plan = context.Plan;
        _a = $"a{EmitContext.Text(_plan.Last.Number)}";
    }

    public void Write()
    {
        bool isInline = _context.ForwardIsInline || _plan.IsVectorised;
        string summary = $"Computes <c>{Documentation.Formula(_plan)}</c>";
        Parameter input = _context.Values("input", $"x, {Documentation.Values(_plan.Spec.Inputs)}.");
        Parameter output = _context.Result(
            "output", $"Receives {_a}, {Documentation.Values(_plan.Last.Units)}; may overlap <paramref name=\"input\"/>.");
        Parameter trace = _context.Result("trace", $"Receives {Documentation.Values(_plan.TraceLength)}; overlaps nothing.");

        _context.WritePublic(summary + ".", null, "void Forward", isInline, () => WriteBody(withTrace: false), input, output);
        _context.WritePublic(summary + " and keeps what Backward needs.", null, "void Forward", isInline, () => WriteBody(withTrace: true), input, output, trace);
        WriteActivations();
        _context.WritePublic(
            $"Computes {_a} of every sample of a batch.",
            null,
            "void ForwardBatch",
            isKernel: _plan.IsVectorised,
            WriteBatch,
            _context.Values("inputs", $"The samples, one after another, each {Documentation.Values(_plan.Spec.Inputs)}."),
            _context.Result("outputs", $"Receives {_a} of every sample, each {Documentation.Values(_plan.Last.Units)}; overlaps nothing."));
    }

    private void WriteActivations()
    {
        int last = _plan.Layers.Count - 1;
        string layers = last == 0
            ? "None fits: the network has no hidden layer"
            : $"The index of the layer as in <see cref=\"{EmittedMember.Layout}\"/>, 0 to {EmitContext.Text(last - 1)}";
        Parameter[] parameters =
        {
            _context.Values("trace", $"What Forward kept, {Documentation.Values(_plan.TraceLength)}."),
            new("int", "layer", layers + ". The outputs of the last layer are what Forward writes."),
        };
        Documentation.Write(
            _context,
            "The outputs of a hidden layer, in the order of its units: a part of <paramref name=\"trace\"/>, not a copy.",
            "A value for each unit.",
            parameters);
        string activations = _context.Computed($"{Require}.Activations(trace, TraceLength, {EmittedMember.Layout}, layer)");
        _context.WriteExpression($"public {_context.ReadOnlySpan} Activations", activations, parameters);
    }

    private void WriteBatch()
    {
        _writer.Line($"int m = {Require}.Samples(inputs.Length, InputCount, \"inputs\");");
        _writer.Line($"{Require}.BatchLength(outputs.Length, m, OutputCount, \"outputs\");");
        if (_plan.IsVectorised)
        {
            _writer.Line($"{EmitContext.Kernels}.ForwardBatch(Parameters, inputs, outputs, m);");
        }
        else
        {
            _writer.Open($"for (int s = 0; s < m; s++)");
            _writer.Line($"Forward(inputs.Slice(s * InputCount, InputCount), outputs.Slice(s * OutputCount, OutputCount));");
            _writer.Close();
        }
    }

    private void WriteBody(bool withTrace)
    {
        _writer.Line($"{Require}.Length(input.Length, InputCount, \"input\");");
        _writer.Line($"{Require}.Length(output.Length, OutputCount, \"output\");");
        if (withTrace)
        {
            _writer.Line($"{Require}.Length(trace.Length, TraceLength, \"trace\");");
        }

        if (_context.ForwardIsInline)
        {
            _writer.Line();
            new StraightLine(_context).Forward(withTrace);
            return;
        }

        bool needsTrace = _plan.Shape == MethodShape.LayerByLayer && !_plan.IsVectorised;
        if (needsTrace && !withTrace)
        {
            _context.WriteMemory("trace", "TraceLength");
        }

        string trace = withTrace || needsTrace ? ", trace" : "";
        _writer.Line($"{EmitContext.Kernels}.Forward(Parameters, input, output{trace});");
    }
}
