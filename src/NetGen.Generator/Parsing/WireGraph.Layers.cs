using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Activations;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>The layers: each member of <c>Signal</c> with what it adds.</summary>
internal sealed partial class WireGraph
{
    private const string Sharing = "sharesWith";

    private readonly Dictionary<string, int> _named = new();

    /// <summary>Adds a layer.</summary>
    /// <param name="member">The member of <c>Signal</c>.</param>
    /// <param name="signal">The signal that it is called on.</param>
    /// <param name="call">The call.</param>
    public WireSignal OfSignal(string member, WireSignal signal, WireCall call)
    {
        string activation = Activation(call, out double? alpha);
        bool useWeight = call.Flag("useWeight", true);
        bool useBias = call.Flag("useBias", true);
        switch (member)
        {
            case "Dense":
                int? units = Count(call, "units", "units");
                return Add(new Dense(units ?? 1, activation, useBias, alpha), new[] { signal }, call, NextName(call), units, units is not null);
            case "Experts":
                return AddExperts(signal, activation, alpha, useBias, call);
            case "LayerNorm":
                return Add(new LayerNorm(Above(call, "epsilon") ?? new LayerNorm().Epsilon, useWeight, useBias, activation, alpha), call, signal);
            case "RmsNorm":
                return Add(new RmsNorm(Above(call, "epsilon") ?? new RmsNorm().Epsilon, useWeight, activation, alpha), call, signal);
            case "Normalize":
                return Add(new Normalize(Above(call, "clip"), Above(call, "epsilon") ?? new Normalize().Epsilon, activation, alpha), call, signal);
            case "Denormalize":
                return Add(new Denormalize(activation, alpha), call, signal);
            case "SoftmaxGroups":
                int? group = Count(call, "group", "units of a group");
                return Add(new SoftmaxGroups(group ?? 1, activation, alpha), new[] { signal }, call, NextName(call), isComplete: group is not null);
            case "PRelu":
                return Add(new PRelu(!call.Flag("perUnit", false), Finite(call, "initial", double.NegativeInfinity, "a finite number") ?? new PRelu().Initial), call, signal);
            case "GaussianLogDensity":
                return Add(new GaussianLogDensity(), call, call.Signal("value"), signal, call.Signal("logStd"));
            case "TanhGaussianLogDensity":
                return Add(new TanhGaussianLogDensity(), call, call.Signal("value"), signal, call.Signal("logStd"));
            case "Entropy":
                return Add(new Entropy(), call, signal);
            case "Add":
                return Add(new Add(activation, alpha), call, signal, call.Signal("other"));
            case "Subtract":
                return Add(new Subtract(activation, alpha), call, signal, call.Signal("other"));
            case "Multiply":
                return Add(new Multiply(activation, alpha), call, signal, call.Signal("other"));
            case "Concat":
                WireSignal[] parts = call.Signals("others").Prepend(signal).ToArray();
                return Add(new Concat(parts.Length), call, parts);
            case "Activate":
                return Add(new Concat(1, activation, alpha), call, signal);
            default:
                return Add(new Slice(call.Integer("start"), call.Integer("count"), activation, alpha), call, signal);
        }
    }

    /// <summary>Adds a dense layer for each value of a gate, and what blends them.</summary>
    private WireSignal AddExperts(WireSignal signal, string activation, double? alpha, bool useBias, WireCall call)
    {
        WireSignal gate = call.Signal("gate");
        int? units = Count(call, "units", "units");
        string name = NextName(call);
        var expert = new Dense(units ?? 1, nameof(Identity), useBias);
        int experts = Size(gate) ?? 1;
        bool isComplete = units is not null;
        if (experts > MostNodes - Nodes)
        {
            _findings.Add(Descriptors.OutOfRange, call.Place("gate"), "The number of experts", experts, $"so small that there are at most {MostNodes} nodes");
            return Add(new Concat(2, activation, alpha), new[] { signal, gate }, call, name, units, isComplete: false);
        }

        IEnumerable<WireSignal> blended = Enumerable.Range(0, experts)
            .Select(index => Add(expert, new[] { signal }, call, $"{name}.{Number(index)}", units, isComplete, "." + Number(index))).ToList().Prepend(gate);
        return Add(new Blend(experts, activation, alpha), blended.ToArray(), call, name, units, isComplete);
    }

    private WireSignal Add(LayerSpec spec, WireCall call, params WireSignal[] reads) => Add(spec, reads, call, NextName(call));

    /// <param name="spec">The layer.</param>
    /// <param name="reads">What it reads.</param>
    /// <param name="call">The call.</param>
    /// <param name="name">Its name.</param>
    /// <param name="units">Values that it computes, where the call says it.</param>
    /// <param name="isComplete">Whether all of it could be read.</param>
    /// <param name="part">What stands behind the name of the call in that of the layer.</param>
    private WireSignal Add(LayerSpec spec, IReadOnlyList<WireSignal> reads, WireCall call, string name, int? units = null, bool isComplete = true, string part = "")
    {
        spec = spec.Activation == Catalogue.Own ? spec with { Own = call.Own("activation") } : spec;
        int?[] sizes = reads.Select(Size).ToArray();
        int? size = units;
        int? owner = null;
        IReadOnlyList<BlockSpec> blocks = new BlockSpec[0];
        if (sizes.All(known => known is not null))
        {
            int[] inputs = sizes.Select(known => known!.Value).ToArray();
            if (spec.Mistake(inputs) is { } mistake)
            {
                _findings.Add(Descriptors.SizesDoNotFit, call.Place(""), mistake);
                isComplete = false;
            }
            else if (isComplete)
            {
                size = spec.Size(inputs);
                blocks = spec.Parameters(inputs);
                owner = blocks.Count > 0 ? Owner(spec, inputs, call, part) : null;
            }
        }
        else
        {
            isComplete = false;
        }

        // A layer that shares them has none in files.
        CheckName(name, call, owner is null ? blocks.Select(block => block.Name).ToList() : new List<string>());
        bool isFrozen = owner is { } shared ? _layers[shared].Layer.IsFrozen : call.Flag("frozen", false);
        if (call.Has("name"))
        {
            _named[name] = _layers.Count;
        }

        _layers.Add(new WireLayer(name, new DeclaredLayer(spec, size, spec.Activation, isComplete, call.Place, isFrozen), reads, size, owner));
        return new WireSignal(IsInput: false, _layers.Count - 1);
    }

    private static bool HasParameters(LayerSpec spec, int[] inputs) => spec.Parameters(inputs).Count > 0;

    /// <summary>The layer whose parameters one has too, or null: it must be the same layer, of as many values.</summary>
    private int? Owner(LayerSpec spec, int[] inputs, WireCall call, string part)
    {
        if (call.Text(Sharing) is not { } given)
        {
            return null;
        }

        if (call.Has("frozen"))
        {
            Refuse($"A layer with {Sharing}", "frozen", call);
        }

        int? read = _named.TryGetValue(given + part, out int owner) && _layers[owner].Reads.Count == 1 ? Size(_layers[owner].Reads[0]) : null;
        if (HasGaps && !_named.ContainsKey(given + part))
        {
            return null;
        }

        if (read is not { } values || !HasParameters(_layers[owner].Layer.Spec, new[] { values }))
        {
            _findings.Add(Descriptors.OutOfRange, call.Place(Sharing), Sharing, $"'{given}'", "the name that was given to an earlier layer with parameters");
            return null;
        }

        LayerSpec other = _layers[owner].Layer.Spec;
        if (other != spec || values != inputs[0])
        {
            string equal = spec.Text == other.Text && values == inputs[0] ? string.Join(" and ", Differing(spec, other)) : "sizes and arguments";
            string mistake = $"{spec.Text} of {inputs[0]} values cannot have the parameters of '{given}', {other.Text} of {values} values: {equal} must be the same";
            _findings.Add(Descriptors.SizesDoNotFit, call.Place(Sharing), mistake);
            return null;
        }

        return _layers[owner].SharesWith ?? owner;
    }

    /// <summary>The arguments in which two layers of one kind differ.</summary>
    private static IEnumerable<string> Differing(LayerSpec one, LayerSpec other) => one.GetType().GetProperties()
        .Where(property => property.CanWrite && !Equals(property.GetValue(one), property.GetValue(other)))
        .Select(property => property.Name == nameof(PRelu.IsShared) ? "perUnit" : char.ToLowerInvariant(property.Name[0]) + property.Name.Substring(1));

    /// <summary>The name of a call: the one that was given, or its number.</summary>
    private string NextName(WireCall call)
    {
        int number = _calls++;
        if (call.Text("name") is not { } name)
        {
            return NetworkGraph.LayerName(number);
        }

        if (FileNames.Other(name) is { } expected)
        {
            _findings.Add(Descriptors.OutOfRange, call.Place("name"), "The name of a layer", $"'{name}'", expected);
        }

        return name;
    }

    private string Activation(WireCall call, out double? alpha)
    {
        string activation = Member(call, "activation", Catalogue.IsActivation, nameof(Identity)) ?? nameof(Identity);
        ActivationFormula formula = Catalogue.Activation(activation);
        (double above, string expected) = formula.AlphaRange;
        alpha = call.Real("alpha") is null ? null
            : formula.DefaultAlpha is null ? Refuse("Activation." + activation, "alpha", call)
            : Finite(call, "alpha", above, expected);
        return activation;
    }

    /// <summary>A layer.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Layer">What was declared.</param>
    /// <param name="Reads">What it reads.</param>
    /// <param name="Size">Values that it computes, or null where they are not known.</param>
    /// <param name="SharesWith">The number of the layer whose parameters it has too, or null.</param>
    private sealed record WireLayer(string Name, DeclaredLayer Layer, IReadOnlyList<WireSignal> Reads, int? Size, int? SharesWith);
}
