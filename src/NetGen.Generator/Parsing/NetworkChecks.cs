using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Activations;
using NetGen.Generator.Formulas.Losses;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>
/// Checks whether layers and losses make sense together. What must fail is an error; what can be computed but is surely not meant is a warning. Whatever
/// could not be read is left out, so that one mistake does not hide another.
/// </summary>
internal sealed class NetworkChecks
{
    private readonly DeclaredNetwork _network;
    private readonly IReadOnlyList<int?> _sizes;
    private readonly ILookup<int, int> _readers;
    private readonly Findings _findings;

    /// <summary>Prepares the checks.</summary>
    /// <param name="network">The network.</param>
    /// <param name="findings">Receives what is wrong.</param>
    public NetworkChecks(DeclaredNetwork network, Findings findings)
    {
        _network = network;
        _sizes = network.Sizes();
        _readers = network.Nodes.SelectMany((node, index) => node.Inputs.Select(input => (Input: input, Reader: index))).ToLookup(edge => edge.Input, edge => edge.Reader);
        _findings = findings;
    }

    /// <summary>A loss is missing where something is said of it, or is one that does not fit.</summary>
    public bool IsLossInDoubt { get; private set; }

    public void Check()
    {
        for (int index = _network.FirstLayer; index < _network.Nodes.Count; index++)
        {
            CheckSoftmax(index);
            CheckSlope(_network.Nodes[index].Layer);
            CheckLinear(index);
            if (_network.Nodes[index].Layer is { Spec.Own: { } own } layer)
            {
                CheckFormula(own, "z", LocationOfActivation(layer));
            }
        }

        foreach (DeclaredOutput output in _network.Outputs.Where(output => output.Loss.Name is not null))
        {
            CheckOutput(output);
        }
    }

    /// <summary>Says what is good to know about a network that is right.</summary>
    public void Advise()
    {
        for (int input = 0; input < _network.FirstLayer; input++)
        {
            if (!_readers[input].Any() && _network.Outputs.All(output => output.Node != input))
            {
                _findings.Add(Descriptors.InputUnused, _network.Nodes[input].Layer.Place("name"), _network.Nodes[input].Name);
            }
        }

        foreach (DeclaredOutput output in _network.Outputs)
        {
            if (output.Loss.Weight == 0)
            {
                _findings.Add(Descriptors.WithoutWeight, output.Loss.Place("Weight"), output.Name);
            }

            if (output.Loss.Name == nameof(BinaryCrossEntropy) && Layer(output).Activation == nameof(HardSigmoid))
            {
                _findings.Add(Descriptors.SaturatedProbability, output.Loss.Place(DeclaredLoss.Argument), output.Loss.Text);
            }
        }
    }

    private DeclaredLayer Layer(DeclaredOutput output) => _network.Nodes[output.Node].Layer;

    private void CheckOutput(DeclaredOutput output)
    {
        LossFormula? loss = Catalogue.Loss(output.Loss.Name!);
        if (loss is not { HasReduction: true } && output.Loss.IsReductionSet)
        {
            _findings.Add(Descriptors.ReductionDoesNotApply, output.Loss.Place("Reduction"), output.Loss.Text);
        }

        IsLossInDoubt |= loss is null && (output.Loss.IsReductionSet || output.Loss.IsDeltaSet);
        if (loss is not null && Layer(output).Activation is { } activation)
        {
            CheckLoss(output, loss, activation);
        }

        if (output.Loss.Own is { } formula)
        {
            CheckFormula(formula, "the output", output.Loss.Place(DeclaredLoss.Argument));
        }

        if (output.Loss.Own is { } own && UnstableFormulas.OfLoss(own, Layer(output).Activation) is { } advice)
        {
            _findings.Add(Descriptors.UnstableFormula, output.Loss.Place(DeclaredLoss.Argument), advice.What, advice.Better);
        }
    }

    private void CheckLoss(DeclaredOutput output, LossFormula loss, string activation)
    {
        Location place = output.Loss.Place(DeclaredLoss.Argument);
        if (!loss.Accepts(activation))
        {
            _findings.Add(Descriptors.LossDoesNotFit, place, output.Loss.Text, loss.Needs!, Layer(output).Spec.Own is { } own ? "the formula " + own.Name : "Activation." + activation);
            IsLossInDoubt = true;
            return;
        }

        bool isCategorical = loss is CategoricalCrossEntropyWithLogits;
        if (!isCategorical && loss is not BinaryCrossEntropyWithLogits)
        {
            return;
        }

        if (isCategorical && _sizes[output.Node] == 1)
        {
            _findings.Add(Descriptors.OneClass, place, output.Loss.Text);
        }

        // The logarithms of a distribution are logits of the same distribution.
        if (!(isCategorical && activation == nameof(LogSoftmax)) && Bounds(Layer(output)) is { } bounds)
        {
            _findings.Add(Descriptors.BoundedLogits, LocationOfActivation(Layer(output)), output.Loss.Text, activation, bounds);
        }
    }

    private void CheckFormula(OwnFormula own, string what, Location place)
    {
        if (!own.Nodes.Any(node => node is { Operator: FormulaOperator.Variable, Index: 0 }))
        {
            _findings.Add(Descriptors.FormulaConstant, place, own.Name, what);
        }
    }

    private void CheckSoftmax(int index)
    {
        DeclaredLayer layer = _network.Nodes[index].Layer;
        if (_sizes[index] == 1 && layer.Activation is nameof(Softmax) or nameof(LogSoftmax))
        {
            _findings.Add(Descriptors.SoftmaxOverOneUnit, LocationOfActivation(layer), layer.Activation, layer.Activation == nameof(Softmax) ? 1 : 0);
        }
    }

    private void CheckSlope(DeclaredLayer layer)
    {
        double? slope = layer.Spec.Alpha;
        string? fault = (layer.Activation, slope) switch
        {
            (nameof(LeakyRelu) or nameof(Elu), < 0) => "falls where z is below 0",
            (nameof(LeakyRelu), 1) => "is the identity",
            (nameof(LeakyRelu), > 1) => "is steeper below 0 than above; Alpha is the slope below 0, not its inverse",
            _ => null,
        };
        if (fault is not null)
        {
            _findings.Add(Descriptors.UnusualSlope, layer.Place("Alpha"), layer.Activation!, slope!.Value.ToString(CultureInfo.InvariantCulture), fault);
        }
    }

    /// <summary>
    /// Two dense layers, of which the second alone reads the first, which has no activation, are one, unless the first is a bottleneck: that limits the rank, which may be meant.
    /// </summary>
    private void CheckLinear(int index)
    {
        DeclaredNode node = _network.Nodes[index];
        int[] readers = _readers[index].ToArray();
        if (node.Layer is { Spec: Dense, Activation: nameof(Identity) } && readers.Length == 1 && _network.Nodes[readers[0]].Layer.Spec is Dense
            && _sizes[readers[0]] is { } next && _sizes[node.Inputs[0]] is { } before && _sizes[index] >= Math.Min(before, next)
            && _network.Outputs.All(output => output.Node != index))
        {
            int first = _network.FirstLayer - 1;
            _findings.Add(Descriptors.LinearLayers, LocationOfActivation(node.Layer), index - first, readers[0] - first);
        }
    }

    /// <summary>The bounds of a layer's values in words, or null where there is none.</summary>
    private static string? Bounds(DeclaredLayer layer)
    {
        (double low, double high) = Catalogue.Activation(layer.Activation!, layer.Spec.Alpha).Range;
        string Text(double bound) => bound.ToString("0.##", CultureInfo.InvariantCulture);
        return (double.IsInfinity(low), double.IsInfinity(high)) switch
        {
            (true, true) => null,
            (false, true) => $"no value below {Text(low)}",
            (true, false) => $"no value above {Text(high)}",
            _ => $"values from {Text(low)} to {Text(high)} alone",
        };
    }

    private static Location LocationOfActivation(DeclaredLayer layer) => layer.Place("activation");
}
