using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the nested class with everything that is not the network's interface. One private name keeps clear of the user's own.
/// </summary>
internal static class KernelClass
{
    public static void Write(EmitContext context)
    {
        SourceWriter writer = context.Writer;
        NetworkPlan plan = context.Plan;
        var layerByLayer = new LayerByLayer(context);
        var straight = new StraightLine(context);
        bool isStraight = plan.Shape == MethodShape.StraightLine;
        writer.Line();
        writer.Doc($"<summary>How the network is computed.</summary>");
        Documentation.WriteGeneratedCode(writer);
        writer.Open($"private static class {EmitContext.Kernels}");
        if (plan.Head is { } head)
        {
            writer.CommentLine($"g += scale · dL/dθ; returns L. With a gradient buffer for g and scale 1 or 1/m this accumulates a gradient; with the");
            writer.CommentLine($"parameters themselves and scale −η it is a step of gradient descent: what reads a layer's weights comes before the");
            writer.CommentLine($"lines that change them.");
            context.WriteKernelAttribute();
            context.OpenMethod(
                $"internal static {context.T} Backpropagate",
                context.InBuffer("parameters"),
                context.Values("input"),
                context.Values("target"),
                context.InBuffer("gradient"),
                context.Scalar("scale"),
                context.InputGradient);
            if (isStraight)
            {
                straight.Backpropagate(head);
            }
            else
            {
                layerByLayer.Backpropagate(head);
            }

            writer.Close();
            writer.Line();
        }

        if (isStraight)
        {
            writer.CommentLine($"g += dL/dθ for a given dL/da{plan.Last.Number}");
            context.WriteKernelAttribute();
            OpenBackward(context);
            straight.Backward();
            writer.Close();
        }
        else
        {
            layerByLayer.Forward();
            layerByLayer.Backward();
            layerByLayer.Layers();
        }

        context.Functions.Write(writer);
        writer.Close();
    }

    /// <summary>Opens the vector-Jacobian product.</summary>
    public static void OpenBackward(EmitContext context) => context.OpenMethod(
        "internal static void Backward",
        context.InBuffer("parameters"),
        context.Values("input"),
        context.Values("trace"),
        context.Values("outputGradient"),
        context.InBuffer("gradient"),
        context.InputGradient);
}
