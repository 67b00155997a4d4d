using System.Linq;

namespace NetGen.Generator.Emit;

/// <summary>Writes the vector-Jacobian product, with and without the input's gradient.</summary>
internal static class BackwardMembers
{
    private const string Require = "global::NetGen.Require";

    public static void Write(EmitContext context)
    {
        bool isKernel = context.Plan.IsVectorised;
        Parameter[] parameters = { context.Values("input"), context.Values("trace"), context.Values("outputGradient"), context.InBuffer("gradient") };
        Documentation.WriteInherited(context, "The vector-Jacobian product: adds dL/dθ for a given dL/da.");
        context.WritePublic("void Backward", isKernel, () => WriteBody(context, withInputGradient: false), parameters);
        Documentation.WriteInherited(context, "The vector-Jacobian product: adds dL/dθ for a given dL/da and computes dL/dx.");
        context.WritePublic("void Backward", isKernel, () => WriteBody(context, withInputGradient: true), parameters.Append(context.InputGradient).ToArray());
    }

    private static void WriteBody(EmitContext context, bool withInputGradient)
    {
        SourceWriter writer = context.Writer;
        writer.Line($"{Require}.Length(input.Length, InputCount, \"input\");");
        writer.Line($"{Require}.Length(trace.Length, TraceLength, \"trace\");");
        writer.Line($"{Require}.Length(outputGradient.Length, OutputCount, \"outputGradient\");");
        writer.Line($"{Require}.Buffer(gradient, Layout, \"gradient\");");
        if (withInputGradient)
        {
            writer.Line($"{Require}.Length(inputGradient.Length, InputCount, \"inputGradient\");");
        }

        string inputGradient = withInputGradient ? "inputGradient" : "default";
        writer.Line($"{context.KernelsName}.Backward(Parameters, input, trace, outputGradient, gradient, {inputGradient});");
    }
}
