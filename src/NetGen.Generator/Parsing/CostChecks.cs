using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>Says where in the source a network costs too much.</summary>
internal sealed class CostChecks
{
    private readonly string _name;
    private readonly AttributeReader _attribute;
    private readonly DeclaredNetwork _network;
    private readonly Findings _findings;

    /// <summary>Prepares the checks.</summary>
    /// <param name="name">The class.</param>
    /// <param name="attribute">The attribute of the network.</param>
    /// <param name="network">The network.</param>
    /// <param name="findings">Receives what is wrong.</param>
    public CostChecks(string name, AttributeReader attribute, DeclaredNetwork network, Findings findings)
    {
        _name = name;
        _attribute = attribute;
        _network = network;
        _findings = findings;
    }

    /// <summary>Reports the limits that a network exceeds whose declaration could be read.</summary>
    public void Report(IEnumerable<Excess> excesses)
    {
        foreach (Excess excess in excesses)
        {
            _findings.Add(Descriptor(excess), Place(excess), excess.Details.ToArray<object>());
        }
    }

    /// <summary>What is said of an excess.</summary>
    public static string Text(Excess excess) => Findings.Text(Diagnostic.Create(Descriptor(excess), Location.None, excess.Details.ToArray<object>()));

    /// <summary>Says what is good to know about a network that is right.</summary>
    public void Advise(NetworkCost cost)
    {
        if (cost.SlowLayers.Count > 0)
        {
            string layers = string.Join(", ", cost.SlowLayers.Select(layer => layer.ToString(CultureInfo.InvariantCulture)));
            _findings.Add(Descriptors.UnrolledLoops, _attribute.LocationOf("Unroll"), _name, layers);
        }
    }

    private static DiagnosticDescriptor Descriptor(Excess excess) => excess.Limit switch
    {
        CostLimit.Size => Descriptors.TooLarge,
        CostLimit.Unrolling => Descriptors.TooLargeToUnroll,
        _ => Descriptors.LimitExceeded,
    };

    private Location Place(Excess excess) => excess switch
    {

        // Behind the nodes that are declared are those of outputs that layers read.
        { Layer: >= 0 } => _network.Nodes[Math.Min(_network.FirstLayer + excess.Layer, _network.Nodes.Count - 1)].Layer.Place(excess.Argument),
        { Argument: "inputs" } => _network.Nodes[0].Layer.Place(excess.Argument),
        _ => _attribute.LocationOf(excess.Argument),
    };
}
