using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Parsing;

/// <summary>Says where in the source a network costs too much.</summary>
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

    /// <summary>Reports the limits that a network exceeds whose declaration could be read.</summary>
    public void Report(IEnumerable<Excess> excesses)
    {
        foreach (Excess excess in excesses)
        {
            AttributeReader attribute = excess.Layer < 0 ? _network : _layers[excess.Layer].Attribute;
            int position = excess.Argument is "inputs" or "units" ? 0 : -1;
            _findings.Add(Descriptors.Of(excess.Rule), attribute.LocationOf(excess.Argument, position), excess.Details.ToArray<object>());
        }
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
            .Select(layer => layer.Number.ToString(CultureInfo.InvariantCulture))
            .ToArray();
        if (loops.Length > 0)
        {
            _findings.Add(Descriptors.UnrolledLoops, _network.LocationOf("Unroll"), _name, string.Join(", ", loops));
        }
    }
}
