using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Parsing;

/// <summary>
/// Holds what a network will cost against the limits of every network and those of its declaration. This needs a plan, but nothing of the source:
/// the generator asks only when the declaration is another one.
/// </summary>
internal static class CostLimits
{
    /// <summary>The limits that a declaration exceeds.</summary>
    public static IEnumerable<Excess> Exceeded(NetworkDeclaration declaration)
    {
        NetworkSpec spec = declaration.Spec;
        if (Planner.FirstTooLarge(spec.Graph) is { } tooLarge)
        {
            yield return TooLarge(spec, tooLarge.Layer, tooLarge.Elements, "parameters, padding included", Limits.BufferElements);
            yield break;
        }

        NetworkPlan plan = Planner.Plan(spec);
        long stack = StackUse.OfCall(plan);
        if (stack > Limits.StackBytes)
        {
            yield return TooLarge(spec, FirstTooLarge(plan), stack, "bytes of stack memory per call", Limits.StackBytes);
        }

        if (spec.Unrolling == Unrolling.Full && plan.MultiplyAdds > Limits.UnrolledNetworkMultiplyAdds)
        {
            yield return Excess(Descriptors.TooLargeToUnroll, "Unroll", -1, spec, plan.MultiplyAdds, Limits.UnrolledNetworkMultiplyAdds);
        }

        if (plan.ParameterCount > declaration.MaxParameters)
        {
            yield return Declared(spec, "MaxParameters", declaration.MaxParameters.Value, plan.ParameterCount, "parameters");
        }

        if (stack > declaration.MaxStackBytes)
        {
            yield return Declared(spec, "MaxStackBytes", declaration.MaxStackBytes.Value, stack, "bytes of stack memory per call");
        }
    }

    /// <summary>What is said of an excess.</summary>
    public static string Text(Excess excess) => Findings.Text(Diagnostic.Create(Descriptors.Of(excess.Rule), Location.None, excess.Details.ToArray<object>()));

    /// <summary>The first layer that is too much when the values are added up on their way through the network; -1 if the inputs are.</summary>
    private static int FirstTooLarge(NetworkPlan plan)
    {
        long sum = StackUse.OfInput(plan);
        int layer = -1;
        while (layer + 1 < plan.Layers.Count && sum <= Limits.StackBytes)
        {
            layer++;
            sum += StackUse.OfLayer(plan, plan.Layers[layer]);
        }

        return layer;
    }

    private static Excess TooLarge(NetworkSpec spec, int layer, long value, string what, long limit) =>
        Excess(Descriptors.TooLarge, layer < 0 ? "inputs" : "units", layer, spec, value, what, limit);

    private static Excess Declared(NetworkSpec spec, string property, int limit, long value, string what) =>
        Excess(Descriptors.LimitExceeded, property, -1, spec, value, what, property, limit);

    private static Excess Excess(DiagnosticDescriptor rule, string argument, int layer, NetworkSpec spec, params object[] details) => new(
        rule.Id,
        argument,
        layer,
        new EquatableArray<string>(details.Select(detail => Convert.ToString(detail, CultureInfo.InvariantCulture)).Prepend(spec.Type.Name.TrimStart('@'))));
}
