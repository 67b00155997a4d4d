using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
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
        _a = string.Join(", ", _plan.Outputs.Select(output => $"a{EmitContext.Text(output.Layer.Number)}"));
    }

    public void Write()
    {
        bool isInline = _plan.ForwardIsInline || _plan.IsVectorised;
        Parameter input = _context.Values("input");
        Parameter output = _context.Result("output");
        Documentation.WriteInherited(_context, $"Computes {_a}, which may overlap x.");
        _context.WritePublic("void Forward", isInline, () => WriteBody(withTrace: false), input, output);
        if (!_plan.Spec.IsPredictor)
        {
            Documentation.WriteInherited(_context, $"Computes {_a}, which may overlap x, and keeps what Backward needs.");
            _context.WritePublic("void Forward", isInline, () => WriteBody(withTrace: true), input, output, _context.Result("trace"));
            WriteActivations();
        }

        Documentation.WriteInherited(_context, $"Computes {_a} of every sample of a batch.");
        _context.WritePublic("void ForwardBatch", isKernel: _plan.IsVectorised, WriteBatch, _context.Values("inputs"), _context.Result("outputs"));
    }

    private void WriteActivations()
    {
        Documentation.WriteInherited(_context, "The outputs of a hidden layer, in the order of its units: a part of the trace, not a copy.");
        string activations = _context.Computed($"{Require}.Activations(trace, TraceLength, {NetworkMember.Layout}, layer)");
        _context.WriteExpression($"public {_context.ReadOnlySpan} Activations", activations, _context.Values("trace"), new Parameter("int", "layer"));
    }

    private void WriteBatch()
    {
        _writer.Line($"int m = {Require}.Samples(inputs.Length, InputCount, \"inputs\");");
        _writer.Line($"{Require}.BatchLength(outputs.Length, m, OutputCount, \"outputs\");");
        if (_plan.IsVectorised)
        {
            _writer.Line($"{_context.KernelsName}.ForwardBatch(Parameters, inputs, outputs, m);");
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

        if (_plan.ForwardIsInline)
        {
            _writer.Line();
            new KernelPrinter(_context).Print(new StraightLine(_plan).Forward(withTrace).Body);
            return;
        }

        bool needsTrace = _plan.Shape == MethodShape.LayerByLayer && !_plan.IsVectorised;
        if (needsTrace && !withTrace)
        {
            _context.WriteMemory("trace", _plan.Spec.IsPredictor ? EmitContext.Text(_plan.TraceLength) : "TraceLength");
        }

        string trace = withTrace || needsTrace ? ", trace" : "";
        _writer.Line($"{_context.KernelsName}.Forward(Parameters, input, output{trace});");
    }
}
