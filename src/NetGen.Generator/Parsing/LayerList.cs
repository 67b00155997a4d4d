using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Formulas;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>
/// Reads a network that is declared by attributes: layers in the order in which they stand, each of which reads the one before it. What stands before the first head
/// is the trunk, which all heads read; without a head it is the network.
/// </summary>
internal sealed class LayerList
{
    /// <summary>Most layers that a list may have once they are repeated.</summary>
    public const int MostLayers = 1024;

    /// <summary>What the layers before the first head are called by.</summary>
    private const string Trunk = "layers";

    private readonly string _type;
    private readonly OptionReader _options;
    private readonly Findings _findings;
    private readonly List<DeclaredNode> _nodes = new();
    private readonly List<int?> _sizes = new();
    private readonly List<DeclaredOutput> _outputs = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>The last node of the trunk, once there is a head.</summary>
    private int? _trunk;

    /// <summary>The first layer since the last head, or since the input, and what it and those after it are called by.</summary>
    private (int First, string Prefix) _run = (1, Trunk);

    /// <summary>The head that is open.</summary>
    private (string Name, AttributeReader Attribute, DeclaredLoss Loss)? _head;

    private bool _isComplete = true;

    /// <summary>Prepares the reading.</summary>
    /// <param name="type">The class.</param>
    /// <param name="options">Reads arguments.</param>
    /// <param name="findings">Receives what is wrong.</param>
    public LayerList(string type, OptionReader options, Findings findings)
    {
        _type = type;
        _options = options;
        _findings = findings;
    }

    /// <summary>Reads a network.</summary>
    /// <param name="network">The attribute of the network.</param>
    /// <param name="inputs">Number of inputs, or null where it could not be read.</param>
    /// <param name="loss">The loss that stands there.</param>
    /// <param name="attributes">The attributes of the list.</param>
    public DeclaredNetwork Read(
        AttributeReader network, int? inputs, DeclaredLoss loss, IReadOnlyList<(LayerAttribute Kind, AttributeReader Attribute)> attributes)
    {
        _nodes.Add(new DeclaredNode(NetworkGraph.OnlyInput, DeclaredLayer.Input(inputs, name => network.LocationOf(name, name == "inputs" ? 0 : -1)), default));
        _sizes.Add(inputs);
        // Without inputs another error says what to write.
        if (attributes.Count == 0 && network.HasParameter("inputs") != false)
        {
            _findings.Add(Descriptors.NoLayer, network.Location, _type);
        }

        foreach ((LayerAttribute kind, AttributeReader attribute) in attributes)
        {
            if (attribute.Declaration != network.Declaration)
            {
                _findings.Add(Descriptors.SpreadAttributes, attribute.Location, _type);
            }

            Read(kind, attribute);
        }

        CloseHead();
        if (_nodes.Count == 1)
        {
            Add(DeclaredLayer.None(network.Location));
        }

        bool isMisplaced = _trunk is not null && loss.Name is { } name && name != Catalogue.NoLoss;
        if (_trunk is null)
        {
            _outputs.Add(new DeclaredOutput(NetworkGraph.OnlyOutput, _nodes.Count - 1, loss));
        }
        else if (isMisplaced)
        {
            _findings.Add(Descriptors.LossOfNetwork, loss.Place(DeclaredLoss.Argument), _type, loss.Text, "[Head(name, loss)]");
        }

        return new DeclaredNetwork(_nodes, _outputs, _isComplete && _nodes.All(node => node.Layer.IsComplete), isMisplaced);
    }

    private void Read(LayerAttribute kind, AttributeReader attribute)
    {
        switch (kind.Role)
        {
            case Role.Layer:
                Add(LayerAttributes.Read(kind, attribute, _options));
                break;
            case Role.Head:
                CloseHead();
                OpenHead(attribute);
                break;
            case Role.Repeat:
                Repeat(attribute);
                break;
            default:
                _findings.Add(Descriptors.LayerNotGenerated, attribute.Location, kind.Name, kind.Reason, kind.Remedy);
                break;
        }
    }

    private void Add(DeclaredLayer layer)
    {
        int source = _nodes.Count == _run.First ? _trunk ?? 0 : _nodes.Count - 1;
        string number = (_nodes.Count - _run.First).ToString(CultureInfo.InvariantCulture);
        if (layer.IsComplete && _sizes[source] is { } values && layer.Spec.Mistake(new[] { values }) is { } mistake)
        {
            // What it reads goes through instead, so that the network keeps its sizes.
            _findings.Add(Descriptors.SizesDoNotFit, layer.Place(""), mistake);
            layer = layer with { Spec = new Concat(1, layer.Spec.Activation, layer.Spec.Alpha), IsComplete = false };
        }

        _nodes.Add(new DeclaredNode($"{_run.Prefix}.{number}", layer, EquatableArray<int>.Of(source)));
        _sizes.Add(layer.Units ?? (layer.IsComplete && _sizes[source] is { } known ? layer.Spec.Size(new[] { known }) : null));
    }

    private void OpenHead(AttributeReader attribute)
    {
        _trunk ??= _nodes.Count - 1;
        string? name = attribute.Argument("name")?.Value as string;
        if (name is null && !attribute.IsNull("name"))
        {
            _isComplete = false;
        }
        else if (!SyntaxFacts.IsValidIdentifier(name))
        {
            _findings.Add(Descriptors.OutOfRange, attribute.LocationOf("name", 0), "The name of a head", name is null ? "null" : $"'{name}'", "an identifier of C#");
        }
        else if (FileNames.Fault(name!) is { } fault)
        {
            _findings.Add(Descriptors.OutOfRange, attribute.LocationOf("name", 0), "The name of a head", fault.What, fault.Expected);
        }
        else if (FileNames.Other(name!) is { } expected)
        {
            _findings.Add(Descriptors.OutOfRange, attribute.LocationOf("name", 0), "The name of a head", $"'{name}'", expected);
        }
        else if (name == Trunk && _trunk > 0)
        {
            // Both would have parameters called layers.0.weight.
            _findings.Add(Descriptors.NameTaken, attribute.LocationOf("name", 0), name, "list of layers");
        }
        else if (!_names.Add(NamedMembers.Start(name!)))
        {
            _findings.Add(Descriptors.NameTaken, attribute.LocationOf("name", 0), name, "head");
        }

        // Another name stands in for one that members cannot be called by.
        string known = SyntaxFacts.IsValidIdentifier(name) ? name! : "head" + _outputs.Count.ToString(CultureInfo.InvariantCulture);
        _head = (known, attribute, _options.Loss(attribute, hasWeight: true));
        _run = (_nodes.Count, known);
    }

    private void CloseHead()
    {
        if (_head is not { } head)
        {
            return;
        }

        if (_nodes.Count == _run.First)
        {
            _findings.Add(Descriptors.HeadWithoutLayer, head.Attribute.Location, head.Name);
        }

        _outputs.Add(new DeclaredOutput(head.Name, _nodes.Count - 1, head.Loss));
        _head = null;
    }

    private void Repeat(AttributeReader attribute)
    {
        int there = _nodes.Count - _run.First;
        int? times = Count(attribute, "times", 0, int.MaxValue);
        int? layers = Count(attribute, "layers", 1, there);
        if (times is null || layers is null)
        {
            return;
        }

        // No product of the two overflows.
        if (there + ((times.Value - 1L) * layers.Value) > MostLayers)
        {
            _findings.Add(Descriptors.OutOfRange, attribute.LocationOf("times", 0), "times", times, $"so small that there are at most {MostLayers} layers");
            return;
        }

        for (int copy = 1; copy < times; copy++)
        {
            for (int layer = 0; layer < layers; layer++)
            {
                Add(_nodes[_nodes.Count - layers.Value].Layer);
            }
        }
    }

    /// <summary>Reads a number of a repetition, from 1 on.</summary>
    private int? Count(AttributeReader attribute, string name, int position, int most)
    {
        if (attribute.Argument(name)?.Value is not int count)
        {
            _isComplete = false;
            return null;
        }

        if (count < 1 || count > most)
        {
            string range = most == int.MaxValue ? "at least 1" : most == 0 ? "behind the layers that it repeats" : $"from 1 to {most}, the layers before it";
            _findings.Add(Descriptors.OutOfRange, attribute.LocationOf(name, position), name, count, range);
            return null;
        }

        return count;
    }
}
