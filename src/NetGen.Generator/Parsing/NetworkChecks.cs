using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Activations;
using NetGen.Generator.Formulas.Losses;

namespace NetGen.Generator.Parsing;

/// <summary>
/// Checks whether layers and loss make sense together. What must fail is an error; what can be computed but is surely not meant is a warning. Whatever
/// could not be read is left out, so that one mistake does not hide another.
/// </summary>
internal sealed class NetworkChecks
{
    private readonly AttributeReader _network;
    private readonly int? _inputs;
    private readonly IReadOnlyList<DeclaredLayer> _layers;
    private readonly string? _loss;
    private readonly Findings _findings;

    /// <summary>Prepares the checks.</summary>
    /// <param name="network">The attribute.</param>
    /// <param name="inputs">Number of inputs, if it could be read.</param>
    /// <param name="layers">The layers.</param>
    /// <param name="loss">The loss, if it could be read.</param>
    /// <param name="findings">Receives what is wrong.</param>
    public NetworkChecks(AttributeReader network, int? inputs, IReadOnlyList<DeclaredLayer> layers, string? loss, Findings findings)
    {
        _network = network;
        _inputs = inputs;
        _layers = layers;
        _loss = loss;
        _findings = findings;
    }

    /// <summary>A loss is missing where something is said of it, or is one that does not fit.</summary>
    public bool IsLossInDoubt { get; private set; }

    private string LossText => "Loss." + _loss;

    private Location LossLocation => _network.HasProperty("Loss") ? _network.LocationOf("Loss") : _network.LocationOf("loss", 1);

    public void Check()
    {
        for (int index = 0; index < _layers.Count; index++)
        {
            CheckSoftmax(_layers[index]);
            CheckSlope(_layers[index]);
            CheckLinear(index);
        }

        if (_loss is null)
        {
            return;
        }

        LossFormula? loss = Catalogue.Loss(_loss);
        if (loss is not { HasReduction: true } && _network.HasProperty("Reduction"))
        {
            _findings.Add(Descriptors.ReductionDoesNotApply, _network.LocationOf("Reduction"), LossText);
        }

        IsLossInDoubt = loss is null && (_network.HasProperty("Reduction") || _network.HasProperty("Delta"));
        if (loss is not null && _layers.Count > 0)
        {
            CheckLoss(loss, _layers[_layers.Count - 1]);
        }
    }

    /// <summary>Says what is good to know about a network that is right.</summary>
    public void Advise()
    {
        if (_loss == nameof(BinaryCrossEntropy) && _layers.Last().Activation == nameof(HardSigmoid))
        {
            _findings.Add(Descriptors.SaturatedProbability, LossLocation, LossText);
        }
    }

    private void CheckLoss(LossFormula loss, DeclaredLayer last)
    {
        if (last.Activation is not { } activation)
        {
            return;
        }

        if (!loss.Accepts(activation))
        {
            _findings.Add(Descriptors.LossDoesNotFit, LossLocation, LossText, loss.Needs!, activation);
            IsLossInDoubt = true;
            return;
        }

        bool isCategorical = loss is CategoricalCrossEntropyWithLogits;
        if (!isCategorical && loss is not BinaryCrossEntropyWithLogits)
        {
            return;
        }

        if (isCategorical && last.Units == 1)
        {
            _findings.Add(Descriptors.OneClass, LossLocation, LossText);
        }

        // The logarithms of a distribution are logits of the same distribution.
        if (!(isCategorical && activation == nameof(LogSoftmax)) && Bounds(last) is { } bounds)
        {
            _findings.Add(Descriptors.BoundedLogits, LocationOfActivation(last), LossText, activation, bounds);
        }
    }

    private void CheckSoftmax(DeclaredLayer layer)
    {
        if (layer is { Units: 1, Activation: nameof(Softmax) or nameof(LogSoftmax) })
        {
            _findings.Add(Descriptors.SoftmaxOverOneUnit, LocationOfActivation(layer), layer.Activation, layer.Activation == nameof(Softmax) ? 1 : 0);
        }
    }

    private void CheckSlope(DeclaredLayer layer)
    {
        string? fault = (layer.Activation, layer.Alpha) switch
        {
            (nameof(LeakyRelu) or nameof(Elu), < 0) => "falls where z is below 0",
            (nameof(LeakyRelu), 1) => "is the identity",
            (nameof(LeakyRelu), > 1) => "is steeper below 0 than above; Alpha is the slope below 0, not its inverse",
            _ => null,
        };
        if (fault is not null)
        {
            string alpha = layer.Alpha!.Value.ToString(CultureInfo.InvariantCulture);
            _findings.Add(Descriptors.UnusualSlope, layer.Attribute.LocationOf("Alpha"), layer.Activation!, alpha, fault);
        }
    }

    /// <summary>Two linear layers in a row are one, unless the first is a bottleneck: that limits the rank, which may be meant.</summary>
    private void CheckLinear(int index)
    {
        DeclaredLayer layer = _layers[index];
        int? inputs = index == 0 ? _inputs : _layers[index - 1].Units;
        if (layer.Activation == nameof(Identity) && index + 1 < _layers.Count && _layers[index + 1].Units is { } next
            && inputs is { } before && layer.Units >= System.Math.Min(before, next))
        {
            _findings.Add(Descriptors.LinearLayers, LocationOfActivation(layer), index + 1, index + 2);
        }
    }

    /// <summary>The bounds of a layer's values in words, or null where there is none.</summary>
    private static string? Bounds(DeclaredLayer layer)
    {
        (double low, double high) = Catalogue.Activation(layer.Activation!, layer.Alpha).Range;
        string Text(double bound) => bound.ToString("0.##", CultureInfo.InvariantCulture);
        return (double.IsInfinity(low), double.IsInfinity(high)) switch
        {
            (true, true) => null,
            (false, true) => $"no value below {Text(low)}",
            (true, false) => $"no value above {Text(high)}",
            _ => $"values from {Text(low)} to {Text(high)} alone",
        };
    }

    private static Location LocationOfActivation(DeclaredLayer layer) => layer.Attribute.LocationOf("activation", 1);
}
