using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Parsing;

/// <summary>Checks what a network will cost, against the limits of every network and those of its declaration.</summary>
internal sealed class CostChecks
{
    private readonly string _name;
    private readonly AttributeReader _network;
    private readonly IReadOnlyList<DeclaredLayer> _layers;
    private readonly Findings _findings;

    /// <summary>Prepares the checks.</summary>
    /// <param name="name">The class.</param>
    /// <param name="network">The attribute.</param>
    /// <param name="layers">The layers.</param>
    /// <param name="findings">Receives what is wrong.</param>
    public CostChecks(string name, AttributeReader network, IReadOnlyList<DeclaredLayer> layers, Findings findings)
    {
        _name = name;
        _network = network;
        _layers = layers;
        _findings = findings;
    }

    /// <summary>Most parameters that the declaration allows, or null.</summary>
    public int? MaxParameters { get; set; }

    /// <summary>Most bytes of stack memory that the declaration allows, or null.</summary>
    public int? MaxStackBytes { get; set; }

    /// <summary>Checks a network whose declaration could be read.</summary>
    public void Check(NetworkSpec spec)
    {
        for (int count = 1; count <= spec.Layers.Count; count++)
        {
            // A larger buffer cannot be planned either.
            long elements = Planner.BufferLength(spec.Inputs, spec.Layers.Take(count));
            if (elements > Limits.BufferElements)
            {
                TooLarge(UnitsOf(count - 1), elements, "parameters, padding included", Limits.BufferElements);
                return;
            }
        }

        NetworkPlan plan = Planner.Plan(spec);
        CheckStack(plan);
        if (spec.Unrolling == Unrolling.Full && plan.MultiplyAdds > Limits.UnrolledNetworkMultiplyAdds)
        {
            _findings.Add(Descriptors.TooLargeToUnroll, _network.LocationOf("Unroll"), _name, plan.MultiplyAdds, Limits.UnrolledNetworkMultiplyAdds);
        }

        CheckLimit("MaxParameters", MaxParameters, plan.ParameterCount, "parameters");
        CheckLimit("MaxStackBytes", MaxStackBytes, StackUse.OfCall(plan), "bytes of stack memory per call");
    }

    /// <summary>Says what is good to know about a network that is right.</summary>
    public void Advise(NetworkSpec spec)
    {
        if (spec.Unrolling != Unrolling.Full)
        {
            return;
        }

        string[] loops = Planner.Plan(spec with { Unrolling = Unrolling.Auto }).Layers
            .Where(layer => layer.Form == LayerForm.Looped)
            .Select(layer => layer.Number.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .ToArray();
        if (loops.Length > 0)
        {
            _findings.Add(Descriptors.UnrolledLoops, _network.LocationOf("Unroll"), _name, string.Join(", ", loops));
        }
    }

    private void CheckStack(NetworkPlan plan)
    {
        long stack = StackUse.OfCall(plan);
        if (stack <= Limits.StackBytes)
        {
            return;
        }

        // The first size that is too much, when the values are added up on their way through the network.
        long sum = StackUse.OfInput(plan);
        Location place = _network.LocationOf("inputs", 0);
        for (int index = 0; index < plan.Layers.Count && sum <= Limits.StackBytes; index++)
        {
            sum += StackUse.OfLayer(plan, plan.Layers[index]);
            place = UnitsOf(index);
        }

        TooLarge(place, stack, "bytes of stack memory per call", Limits.StackBytes);
    }

    private void CheckLimit(string property, int? limit, long value, string what)
    {
        if (value > limit)
        {
            _findings.Add(Descriptors.LimitExceeded, _network.LocationOf(property), _name, value, what, property, limit);
        }
    }

    private void TooLarge(Location place, long value, string what, long limit) =>
        _findings.Add(Descriptors.TooLarge, place, _name, value, what, limit);

    private Location UnitsOf(int layer) => _layers[layer].Attribute.LocationOf("units", 0);
}
