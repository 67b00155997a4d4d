using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Parsing;

/// <summary>A limit that a declaration exceeds.</summary>
/// <param name="Rule">The diagnostic.</param>
/// <param name="Argument">The argument that asks for too much.</param>
/// <param name="Layer">The layer whose argument it is, or -1 for the network's.</param>
/// <param name="Details">What the message says after the name of the class.</param>
internal sealed record Excess(DiagnosticDescriptor Rule, string Argument, int Layer, params object[] Details);

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
        for (int count = 1; count <= spec.Layers.Count; count++)
        {
            // A larger buffer cannot be planned either.
            long elements = Planner.BufferLength(spec.Inputs, spec.Layers.Take(count));
            if (elements > Limits.BufferElements)
            {
                yield return TooLarge(count - 1, elements, "parameters, padding included", Limits.BufferElements);
                yield break;
            }
        }

        NetworkPlan plan = Planner.Plan(spec);
        long stack = StackUse.OfCall(plan);
        if (stack > Limits.StackBytes)
        {
            yield return TooLarge(FirstTooLarge(plan), stack, "bytes of stack memory per call", Limits.StackBytes);
        }

        if (spec.Unrolling == Unrolling.Full && plan.MultiplyAdds > Limits.UnrolledNetworkMultiplyAdds)
        {
            yield return new Excess(Descriptors.TooLargeToUnroll, "Unroll", -1, plan.MultiplyAdds, Limits.UnrolledNetworkMultiplyAdds);
        }

        if (plan.ParameterCount > declaration.MaxParameters)
        {
            yield return Declared("MaxParameters", declaration.MaxParameters.Value, plan.ParameterCount, "parameters");
        }

        if (stack > declaration.MaxStackBytes)
        {
            yield return Declared("MaxStackBytes", declaration.MaxStackBytes.Value, stack, "bytes of stack memory per call");
        }
    }

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

    private static Excess TooLarge(int layer, long value, string what, long limit) =>
        new(Descriptors.TooLarge, layer < 0 ? "inputs" : "units", layer, value, what, limit);

    private static Excess Declared(string property, int limit, long value, string what) =>
        new(Descriptors.LimitExceeded, property, -1, value, what, property, limit);
}
