using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Formulas;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>The network that a method declares, as it grows: calls become nodes, whose sizes are checked at once.</summary>
internal sealed partial class WireGraph
{
    /// <summary>Most nodes that a method may declare.</summary>
    public const int MostNodes = 1024;

    private readonly string _type;
    private readonly OptionReader _options;
    private readonly Findings _findings;
    private readonly List<(string Name, DeclaredLayer Layer, int? Size)> _inputs = new();
    private readonly List<WireLayer> _layers = new();
    private readonly List<(string Name, WireSignal Signal, DeclaredLoss Loss, Location Place)> _outputs = new();
    private readonly HashSet<string> _nodeNames = new(StringComparer.Ordinal);
    private readonly FileNames _fileNames = new();
    private readonly HashSet<string> _inputNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> _outputNames = new(StringComparer.Ordinal);

    /// <summary>Begins a network.</summary>
    /// <param name="type">The class.</param>
    /// <param name="options">Knows the number type.</param>
    /// <param name="findings">Receives what is wrong.</param>
    public WireGraph(string type, OptionReader options, Findings findings)
    {
        _type = type;
        _options = options;
        _findings = findings;
    }

    /// <summary>Layers that were called for, by which those are named that were given no name.</summary>
    private int _calls;

    /// <summary>Whether something was not read, such as the layer that another one means.</summary>
    public bool HasGaps { get; set; }

    /// <summary>Number of nodes so far.</summary>
    public int Nodes => _inputs.Count + _layers.Count;

    /// <summary>Whether the class has a method of a name.</summary>
    public bool HasFormula(string name) => _options.Formulas.Has(name);

    /// <summary>Reads a formula of the class.</summary>
    public OwnFormula? Formula(string name, FormulaUse use, Location place) => _options.Formulas.Read(name, use, _options.Number, place);

    /// <summary>Values of a signal, or null where they are not known.</summary>
    public int? Size(WireSignal signal) => signal.IsInput ? _inputs[signal.Index].Size : _layers[signal.Index].Size;

    /// <summary>Adds what a call of a member of <c>Wiring</c> says.</summary>
    public WireSignal? OfWiring(string member, WireCall call)
    {
        if (member == "Input")
        {
            string name = Identifier(_inputNames, "input", "input" + Number(_inputs.Count), call, out bool isFree);
            if (isFree)
            {
                CheckName(name, call, new string[0]);
            }

            int? size = Count(call, "size", "inputs");
            _inputs.Add((name, DeclaredLayer.Input(size, call.Place), size));
            return new WireSignal(IsInput: true, _inputs.Count - 1);
        }

        if (member == "Parameter")
        {
            int? size = Count(call, "size", "values");
            double initial = Finite(call, "initial", double.NegativeInfinity, "a finite number") ?? 0;
            return Add(new Parameter(size ?? 1, initial), new WireSignal[0], call, NextName(call), size, size is not null);
        }

        AddOutput(call);
        return null;
    }

    /// <summary>The network, once all of the method was read.</summary>
    /// <param name="place">The name of the method.</param>
    /// <param name="isRead">Whether all of it could be read.</param>
    /// <param name="none">What the class says of a loss.</param>
    public DeclaredNetwork Finish(Location place, bool isRead, DeclaredLoss none)
    {
        if (!isRead || !CheckEnds(place) || !_inputs.All(input => input.Layer.IsComplete) || !_layers.All(layer => layer.Layer.IsComplete))
        {
            return Ends(place, none with { Name = isRead ? none.Name : null });
        }

        int Index(WireSignal signal) => signal.IsInput ? signal.Index : _inputs.Count + signal.Index;
        IEnumerable<DeclaredNode> nodes = _inputs.Select(input => new DeclaredNode(input.Name, input.Layer, default))
            .Concat(_layers.Select(layer => new DeclaredNode(layer.Name, layer.Layer, new EquatableArray<int>(layer.Reads.Select(Index)), _inputs.Count + layer.SharesWith)));
        IEnumerable<DeclaredOutput> outputs = _outputs.Select(output => new DeclaredOutput(output.Name, Index(output.Signal), output.Loss));
        return new DeclaredNetwork(nodes.ToList(), outputs.ToList(), IsComplete: true);
    }

    /// <summary>In place of a graph that is wrong one with its inputs and outputs, as far as they are known: it has the members that the class would have.</summary>
    private DeclaredNetwork Ends(Location place, DeclaredLoss none)
    {
        List<DeclaredNode> nodes = _inputs.Select(input => new DeclaredNode(input.Name, input.Layer, default)).ToList();
        if (nodes.Count == 0)
        {
            nodes.Add(new DeclaredNode(NetworkGraph.OnlyInput, DeclaredLayer.Input(null, _ => place), default));
        }

        var outputs = new List<DeclaredOutput>();
        foreach ((string name, WireSignal signal, DeclaredLoss loss, _) in _outputs)
        {
            DeclaredLayer layer = signal.IsInput ? _inputs[signal.Index].Layer : _layers[signal.Index].Layer;
            var spec = new Dense(Size(signal) ?? 1, layer.Spec.Activation, UseBias: true, layer.Spec.Alpha);
            nodes.Add(new DeclaredNode(name + ".output", layer with { Spec = spec, IsComplete = false }, EquatableArray<int>.Of(0)));
            outputs.Add(new DeclaredOutput(name, nodes.Count - 1, loss));
        }

        if (outputs.Count == 0)
        {
            nodes.Add(new DeclaredNode(NetworkGraph.LayerName(0), DeclaredLayer.None(place), EquatableArray<int>.Of(0)));
            outputs.Add(new DeclaredOutput(NetworkGraph.OnlyOutput, nodes.Count - 1, none));
        }

        return new DeclaredNetwork(nodes, outputs, IsComplete: false);
    }

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);

    private void AddOutput(WireCall call)
    {
        string name = Identifier(_outputNames, "output", "output" + Number(_outputs.Count), call, out _);
        string? loss = Member(call, "loss", Catalogue.IsLoss, Catalogue.NoLoss);
        string? reduction = Member(call, "reduction", known => known is "Mean" or "Sum", "Mean");
        double? delta = null;
        if (call.Has("delta") && loss is not null)
        {
            delta = Catalogue.Loss(loss)?.DefaultDelta is null ? Refuse("Loss." + loss, "delta", call) : Above(call, "delta");
        }

        double? smoothing = null;
        if (call.Has("labelSmoothing") && loss is not null)
        {
            smoothing = Catalogue.Loss(loss) is { HasLabelSmoothing: true } ? Finite(call, "labelSmoothing", 0, "above 0 and below 1", below: 1) : Refuse("Loss." + loss, "labelSmoothing", call);
        }

        double? weight = call.Has("weight") && loss == Catalogue.NoLoss ? Refuse("Loss." + loss, "weight", call) : Finite(call, "weight", double.NegativeInfinity, "a finite number");
        var declared = new DeclaredLoss(loss, reduction, delta, weight ?? 1, call.Has("reduction"), call.Has("delta"), call.Place) { LabelSmoothing = smoothing ?? 0, Own = call.Own("loss") };
        _outputs.Add((name, call.Signal("signal"), declared, call.Place("name")));
    }

    /// <summary>Checks that there are ends, and that every layer leads to one.</summary>
    /// <returns>Whether that is so.</returns>
    private bool CheckEnds(Location place)
    {
        if (_inputs.Count == 0 || _outputs.Count == 0)
        {
            (string what, string remedy) = _inputs.Count == 0 ? ("input", "w.Input(name, size)") : ("output", "w.Output(name, signal, loss)");
            _findings.Add(Descriptors.WireWithoutEnd, place, _type, what, remedy);
            return false;
        }

        HashSet<WireSignal> read = new(_layers.SelectMany(layer => layer.Reads).Concat(_outputs.Select(output => output.Signal)));
        List<DeclaredLayer> unused = _layers.Where((_, index) => !read.Contains(new WireSignal(IsInput: false, index))).Select(layer => layer.Layer).ToList();
        foreach (DeclaredLayer layer in unused)
        {
            _findings.Add(Descriptors.SignalUnused, layer.Place(""), layer.Spec.Text);
        }

        return unused.Count == 0;
    }

    private double? Refuse(string owner, string parameter, WireCall call)
    {
        _findings.Add(Descriptors.ParameterDoesNotApply, call.Place(parameter), owner, parameter);
        return null;
    }

    private double? Above(WireCall call, string parameter) => Finite(call, parameter, 0, "a finite number above 0");

    private double? Finite(WireCall call, string parameter, double above, string expected, double below = double.PositiveInfinity)
    {
        if (call.Real(parameter) is { } value && OptionReader.Fault(parameter, value, above, expected, _options.Number, below) is { } fault)
        {
            _findings.Add(Descriptors.OutOfRange, call.Place(parameter), fault);
            return null;
        }

        return call.Real(parameter);
    }

    private int? Count(WireCall call, string parameter, string what)
    {
        int count = call.Integer(parameter);
        if (count >= 1)
        {
            return count;
        }

        _findings.Add(Descriptors.InvalidSize, call.Place(parameter), what, count);
        return null;
    }

    private string? Member(WireCall call, string parameter, Func<string, bool> isKnown, string fallback)
    {
        string member = call.Member(parameter) ?? fallback;
        if (isKnown(member) || call.Own(parameter) is not null)
        {
            return member;
        }

        _findings.Add(Descriptors.UndefinedValue, call.Place(parameter), member, $"NetGen.{char.ToUpperInvariant(parameter[0])}{parameter.Substring(1)}");
        return null;
    }

    /// <summary>The name of an input or output, or another where it is none: members of the class are called by it.</summary>
    private string Identifier(HashSet<string> taken, string what, string fallback, WireCall call, out bool isFree)
    {
        string name = call.Text("name") ?? "";
        isFree = false;
        if (!SyntaxFacts.IsValidIdentifier(name))
        {
            _findings.Add(Descriptors.OutOfRange, call.Place("name"), $"The name of an {what}", $"'{name}'", "an identifier of C#");
            return fallback;
        }

        if (FileNames.Fault(name) is { } fault)
        {
            _findings.Add(Descriptors.OutOfRange, call.Place("name"), $"The name of an {what}", fault.What, fault.Expected);
            return fallback;
        }

        isFree = taken.Add(NamedMembers.Start(name));
        if (!isFree)
        {
            _findings.Add(Descriptors.NameTaken, call.Place("name"), name, what);
        }

        return name;
    }

    /// <summary>Checks the name of a node, which has some blocks of parameters of its own.</summary>
    private void CheckName(string name, WireCall call, IReadOnlyList<string> blocks)
    {
        if (name.Length == 0)
        {
            _findings.Add(Descriptors.OutOfRange, call.Place("name"), "The name of a layer", "''", "a name, by which files know its parameters");
        }
        else if (FileNames.Fault(call.Text("name") ?? "") is { } fault)
        {
            _findings.Add(Descriptors.OutOfRange, call.Place("name"), "The name of a layer", fault.What, fault.Expected);
        }
        else if (!_nodeNames.Add(name))
        {
            _findings.Add(Descriptors.NameTaken, call.Place("name"), name, "node");
        }
        else if (blocks.Count > 0 && _fileNames.Add(name, blocks) is { } taken)
        {
            _findings.Add(Descriptors.NameTaken, call.Place("name"), taken.Name, taken.What);
        }
    }
}
