using NetGen.Generator.Lowering;
using NetGen.Generator.Model;

namespace NetGen.Generator.Emit;

/// <summary>Writes the member by which a network tests itself: it hands its kernels to the library, which compares them with the network in double precision.</summary>
internal static class SelfTestMember
{
    public static void Write(EmitContext context)
    {
        SourceWriter writer = context.Writer;
        Documentation.Write(
            context,
            "Compares the derivatives of the network with finite differences in double precision, its outputs with the same network in double precision, and batches with their samples. "
                + "Nothing changes: the parameters are copied, and where all are 0 initial values stand in for them.",
            "A report. It is the same on every call with the same parameters.");
        string member = $"public global::NetGen.SelfTestReport {NetworkMember.SelfTest}() =>";
        if (context.Reason is not null)
        {
            writer.Line($"{member} {Stub.Throw(context)};");
            return;
        }

        writer.Line($"{member} new global::NetGen.SelfTestRun<{context.T}>(Parameters, TraceLength, {context.KernelsName}.{PlainNetwork.Class}.{PlainNetwork.Method})");
        writer.Open($"");
        string kernels = context.KernelsName;
        writer.Line($"Forward = (parameters, input, output, trace) => {kernels}.Forward(parameters, input, output, trace),");
        writer.Line($"Product = (parameters, input, trace, outputGradient, gradient, inputGradient) =>");
        writer.Line($"    {kernels}.Backward(parameters, input, trace, outputGradient, gradient, inputGradient),");
        if (context.Plan.IsVectorised)
        {
            writer.Line($"ForwardBatch = (parameters, inputs, outputs, m) => {kernels}.ForwardBatch(parameters, inputs, outputs, m),");
        }

        if (context.Plan.HasLoss)
        {
            writer.Line($"Gradient = (parameters, input, target, gradient, scale, inputGradient) =>");
            if (context.Plan.Spec.BatchTerms)
            {
                writer.Line($"{{");
                writer.Line($"    var rows = new {context.T}[{EmitContext.Text(context.Plan.TargetCount)}];");
                writer.Line($"    {kernels}.FillTargets(rows, target, default, default, default, 0, 1);");
                writer.Line($"    return {kernels}.Backpropagate(parameters, input, rows, gradient, scale, inputGradient);");
                writer.Line($"}},");
            }
            else
            {
                writer.Line($"    {kernels}.Backpropagate(parameters, input, target, gradient, scale, inputGradient),");
            }

            if (context.Plan.IsVectorised)
            {
                string targets = (context.Plan.HasLabels ? "targets, default" : "targets") + (context.Plan.Spec.BatchTerms ? ", default, default" : "");
                writer.Line($"GradientBatch = (parameters, inputs, targets, gradient, m, scale, inputGradients) =>");
                writer.Line($"    {context.Narrowed($"{kernels}.BackpropagateBatch(parameters, inputs, {targets}, gradient, m, scale, inputGradients)")},");
            }
        }

        writer.CloseStatement(".Report();");
    }
}
