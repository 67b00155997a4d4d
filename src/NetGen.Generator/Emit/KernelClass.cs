using System.Linq;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the nested class with everything that is not the network's interface. One private name keeps clear of the user's own. With
/// fused arithmetic the class has a second one inside, with the same methods, and its own ones hand over to it where the hardware can.
/// </summary>
internal sealed class KernelClass
{
    private const string Fused = "Fused";

    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly NetworkPlan _plan;

    private KernelClass(EmitContext context)
    {
        _context = context;
        _writer = context.Writer;
        _plan = context.Plan;
    }

    private Parameter Parameters => _context.InBuffer("parameters");

    public static void Write(EmitContext context)
    {
        SourceWriter writer = context.Writer;
        writer.Line();
        writer.Doc($"<summary>How the network is computed.</summary>");
        Documentation.WriteGeneratedCode(writer);
        writer.Open($"private static class {EmitContext.Kernels}");
        var kernels = new KernelClass(context);
        if (context.HasFusedKernels)
        {
            writer.CommentLine($"Known when the method is compiled: the branch that asks for it costs nothing.");
            writer.Line($"private static bool HasFusedMultiplyAdd =>");
            writer.Line($"    global::System.Runtime.Intrinsics.X86.Fma.IsSupported || global::System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported;");
            writer.Line();
        }

        kernels.WriteKernels();
        if (context.HasFusedKernels)
        {
            context.BeginFusedKernels();
            writer.Comment($"The same, with every product rounded together with the addition after it");
            writer.Open($"private static class {Fused}");
            kernels.WriteKernels();
            writer.Close();
        }

        writer.Close();
    }

    private void WriteKernels()
    {
        if (_plan.Head is { } head)
        {
            _writer.CommentLine($"g += scale · dL/dθ; returns L. With a gradient buffer for g and scale 1 or 1/m this accumulates a gradient; with the");
            _writer.CommentLine($"parameters themselves and scale −η it is a step of gradient descent: what reads a layer's weights comes before the");
            _writer.CommentLine($"lines that change them.");
            OpenEntry(
                $"{_context.T} Backpropagate",
                Parameters,
                _context.Values("input"),
                _context.Values("target"),
                _context.InBuffer("gradient"),
                _context.Scalar("scale"),
                _context.InputGradient);
            if (_plan.Shape == MethodShape.StraightLine)
            {
                new StraightLine(_context).Backpropagate(head);
            }
            else
            {
                new LayerByLayer(_context).Backpropagate(head);
            }

            _writer.Close();
            _writer.Line();
        }

        if (_plan.Shape == MethodShape.StraightLine)
        {
            WriteStraightLine();
        }
        else
        {
            WriteLayerByLayer();
        }

        _context.Functions.Write(_writer);
    }

    private void WriteStraightLine()
    {
        var straight = new StraightLine(_context);
        if (!_context.ForwardIsInline)
        {
            OpenEntry("void Forward", Parameters, _context.Values("input"), _context.Result("output"));
            straight.Forward(withTrace: false, "parameters", "");
            _writer.Close();
            OpenEntry("void Forward", Parameters, _context.Values("input"), _context.Result("output"), _context.Result("trace"));
            straight.Forward(withTrace: true, "parameters", "");
            _writer.Close();
        }

        OpenBackward();
        straight.Backward();
        _writer.Close();
    }

    private void WriteLayerByLayer()
    {
        var layers = new LayerByLayer(_context);
        OpenEntry("void Forward", Parameters, _context.Values("input"), _context.Result("output"), _context.Result("trace"));
        layers.Forward();
        _writer.Close();
        layers.Propagate();
        OpenBackward();
        layers.Backward();
        _writer.Close();
        layers.BackwardLayers();
        layers.Layers();
    }

    private void OpenBackward()
    {
        _writer.Comment($"g += dL/dθ for a given dL/da{_plan.Last.Number}");
        OpenEntry(
            "void Backward",
            Parameters,
            _context.Values("input"),
            _context.Values("trace"),
            _context.Values("outputGradient"),
            _context.InBuffer("gradient"),
            _context.InputGradient);
    }

    /// <summary>Opens a method that the network's members call.</summary>
    private void OpenEntry(string method, params Parameter[] parameters)
    {
        if (_plan.Shape == MethodShape.StraightLine)
        {
            _context.WriteKernelAttribute();
        }

        _context.OpenMethod("internal static " + method, parameters);
        if (!_context.HasFusedKernels || _context.IsFused)
        {
            return;
        }

        string name = method.Substring(method.IndexOf(' ') + 1);
        string call = $"{Fused}.{name}({string.Join(", ", parameters.Select(parameter => parameter.Name))});";
        bool returns = !method.StartsWith("void", System.StringComparison.Ordinal);
        _writer.Open($"if (HasFusedMultiplyAdd)");
        _writer.Line($"{(returns ? "return " : "")}{call}");
        if (!returns)
        {
            _writer.Line($"return;");
        }

        _writer.Close();
    }
}
