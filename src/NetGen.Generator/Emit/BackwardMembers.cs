using System.Linq;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>Writes the vector-Jacobian product, with and without the input's gradient.</summary>
internal static class BackwardMembers
{
    private const string Require = "global::NetGen.Require";

    public static void Write(EmitContext context)
    {
        NetworkPlan plan = context.Plan;
        string a = $"a{EmitContext.Text(plan.Last.Number)}";
        string summary = $"The vector-Jacobian product: adds dL/dθ for a given dL/d{a} to <paramref name=\"gradient\"/>";
        Parameter[] parameters =
        {
            context.Values("input", $"x as in Forward, {Documentation.Values(plan.Spec.Inputs)}."),
            context.Values("trace", $"What Forward kept, {Documentation.Values(plan.TraceLength)}."),
            context.Values("outputGradient", $"dL/d{a} of the caller's loss L, {Documentation.Values(plan.Last.Units)}."),
            context.InBuffer("gradient", "dL/dθ is added to it."),
        };

        context.WritePublic(
            summary + ".", null, "void Backward", isKernel: plan.IsVectorised, () => WriteBody(context, withInputGradient: false), parameters);
        context.WritePublic(
            summary + " and computes dL/dx.",
            null,
            "void Backward",
            isKernel: plan.IsVectorised,
            () => WriteBody(context, withInputGradient: true),
            parameters.Append(context.InputGradient).ToArray());
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
        writer.Line($"{EmitContext.Kernels}.Backward(Parameters, input, trace, outputGradient, gradient, {inputGradient});");
    }
}
