using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Generator.Model;

namespace NetGen.Generator.Planning;

/// <summary>
/// Holds what a network will cost against the limits of every network and those of its declaration. This needs a plan, but nothing of the source:
/// the generator asks only when the declaration is another one.
/// </summary>
internal static class CostLimits
{
    /// <summary>The limits that a declaration exceeds, and what else it costs more than it need.</summary>
    public static NetworkCost Of(NetworkDeclaration declaration)
    {
        var excesses = new EquatableArray<Excess>(Exceeded(declaration));
        return new NetworkCost(excesses, excesses.Count == 0 ? new EquatableArray<int>(SlowLayers(declaration.Spec)) : default);
    }

    /// <summary>The limits that a declaration exceeds.</summary>
    public static IEnumerable<Excess> Exceeded(NetworkDeclaration declaration)
    {
        NetworkSpec spec = declaration.Spec;
        if (Planner.FirstTooLarge(spec.Graph) is { } tooLarge)
        {
            yield return TooLarge(spec, tooLarge.Layer, tooLarge.Elements, "parameters, padding included", Budgets.BufferElements);
            yield break;
        }

        NetworkPlan plan = Planner.Plan(spec);
        long stack = StackUse.OfCall(plan);
        if (stack > Budgets.StackBytes)
        {
            yield return TooLarge(spec, FirstTooLarge(plan), stack, "bytes of stack memory per call", Budgets.StackBytes);
        }

        if (spec.Unrolling == Unrolling.Full && plan.MultiplyAdds > Budgets.UnrolledNetworkMultiplyAdds)
        {
            yield return Excess(CostLimit.Unrolling, "Unroll", -1, spec, plan.MultiplyAdds, Budgets.UnrolledNetworkMultiplyAdds);
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

    private static IEnumerable<int> SlowLayers(NetworkSpec spec) => spec.Unrolling == Unrolling.Full
        ? Planner.Plan(spec with { Unrolling = Unrolling.Auto }).Layers.Where(layer => layer.Form == LayerForm.Looped).Select(layer => layer.Number)
        : Enumerable.Empty<int>();

    /// <summary>The first layer that is too much when the values are added up on their way through the network; -1 if the inputs are.</summary>
    private static int FirstTooLarge(NetworkPlan plan)
    {
        long sum = StackUse.OfInput(plan);
        int layer = -1;
        while (layer + 1 < plan.Layers.Count && sum <= Budgets.StackBytes)
        {
            layer++;
            sum += StackUse.OfLayer(plan, plan.Layers[layer]);
        }

        return layer;
    }

    private static Excess TooLarge(NetworkSpec spec, int layer, long value, string what, long limit) =>
        Excess(CostLimit.Size, layer < 0 ? "inputs" : "units", layer, spec, value, what, limit);

    private static Excess Declared(NetworkSpec spec, string property, int limit, long value, string what) =>
        Excess(CostLimit.Declared, property, -1, spec, value, what, property, limit);

    private static Excess Excess(CostLimit exceeded, string argument, int layer, NetworkSpec spec, params object[] details) => new(
        exceeded,
        argument,
        layer,
        new EquatableArray<string>(details.Select(detail => Convert.ToString(detail, CultureInfo.InvariantCulture)).Prepend(spec.Type.Name.TrimStart('@'))));
}
