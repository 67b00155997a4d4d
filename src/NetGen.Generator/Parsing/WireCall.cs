using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>What a parameter of a member of <c>Wiring</c> or <c>Signal</c> takes.</summary>
internal enum WireType
{
    Integer,
    Real,
    Flag,
    Text,
    Activation,
    Loss,
    Reduction,
    Signal,
    Signals,
}

/// <summary>A parameter of a member of <c>Wiring</c> or <c>Signal</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it takes.</param>
/// <param name="IsOptional">Whether it may be left out.</param>
internal sealed record WireParameter(string Name, WireType Type, bool IsOptional = true);

/// <summary>A value of an enum of NetGen's.</summary>
/// <param name="Type">The enum.</param>
/// <param name="Member">The member, or the number that none has.</param>
internal sealed record WireMember(string Type, string Member);

/// <summary>A formula that the class itself has.</summary>
/// <param name="Formula">The formula.</param>
internal sealed record WireFormula(OwnFormula Formula);

/// <summary>A value of the network while it is read.</summary>
/// <param name="IsInput">Whether it is an input.</param>
/// <param name="Index">Its number among the inputs, or among the layers.</param>
internal sealed record WireSignal(bool IsInput, int Index);

/// <summary>The parameter of the method.</summary>
internal sealed record WireParameterValue;

/// <summary>The value of a local that a statement would have given it which could not be read. Nothing is said of what reads it.</summary>
internal sealed record WireUnknown;

/// <summary>A call that was read, with its arguments by the names of parameters.</summary>
internal sealed class WireCall
{
    private readonly Dictionary<string, (object? Value, Location Place)> _arguments = new();
    private readonly Location _place;

    /// <summary>Prepares a call.</summary>
    /// <param name="place">The name of the member, or the operator.</param>
    public WireCall(Location place)
    {
        _place = place;
    }

    /// <summary>Adds an argument.</summary>
    public void Add(string parameter, object? value, Location place) => _arguments[parameter] = (value, place);

    /// <summary>Whether an argument was given.</summary>
    public bool Has(string parameter) => _arguments.ContainsKey(parameter);

    /// <summary>The place of an argument, or of the call where it was left out. Parameters of layers have the names of properties of attributes.</summary>
    public Location Place(string parameter)
    {
        foreach (KeyValuePair<string, (object? Value, Location Place)> argument in _arguments)
        {
            if (string.Equals(argument.Key, parameter, System.StringComparison.OrdinalIgnoreCase))
            {
                return argument.Value.Place;
            }
        }

        return _place;
    }

    public int Integer(string parameter) => (int)_arguments[parameter].Value!;

    public double? Real(string parameter) => Value(parameter) switch
    {
        int whole => whole,
        double real => real,
        _ => null,
    };

    public bool Flag(string parameter, bool fallback) => Value(parameter) is bool flag ? flag : fallback;

    public string? Text(string parameter) => Value(parameter) as string;

    public string? Member(string parameter) => Own(parameter) is not null ? Catalogue.Own : (Value(parameter) as WireMember)?.Member;

    /// <summary>The formula of the class that is an argument, or null.</summary>
    public OwnFormula? Own(string parameter) => (Value(parameter) as WireFormula)?.Formula;

    public WireSignal Signal(string parameter) => (WireSignal)_arguments[parameter].Value!;

    public IReadOnlyList<WireSignal> Signals(string parameter) => Value(parameter) as IReadOnlyList<WireSignal> ?? new WireSignal[0];

    private object? Value(string parameter) => _arguments.TryGetValue(parameter, out (object? Value, Location Place) argument) ? argument.Value : null;
}

/// <summary>The members of <c>Wiring</c> and <c>Signal</c> with their parameters, in order. A test compares them with the library's.</summary>
internal static class WireMembers
{
    private static readonly WireParameter Activation = new("activation", WireType.Activation);
    private static readonly WireParameter Alpha = new("alpha", WireType.Real);
    private static readonly WireParameter Bias = new("useBias", WireType.Flag);
    private static readonly WireParameter Weight = new("useWeight", WireType.Flag);
    private static readonly WireParameter Epsilon = new("epsilon", WireType.Real);
    private static readonly WireParameter Name = new("name", WireType.Text);
    private static readonly WireParameter Frozen = new("frozen", WireType.Flag);
    private static readonly WireParameter Sharing = new("sharesWith", WireType.Text);
    private static readonly WireParameter Other = new("other", WireType.Signal, IsOptional: false);
    private static readonly WireParameter[] WithOther = { Other, Activation, Alpha, Name };
    private static readonly WireParameter[] OfDensity = { Required("value", WireType.Signal), Required("logStd", WireType.Signal), Name };

    /// <summary>What a call does not take beside a formula of the class.</summary>
    public static readonly IReadOnlyList<string> NotBesideFormulas = new[] { "alpha", "delta", "labelSmoothing" };

    /// <summary>Members of <c>Wiring</c>.</summary>
    public static readonly IReadOnlyDictionary<string, WireParameter[]> Wiring = new Dictionary<string, WireParameter[]>
    {
        ["Input"] = new[] { Required("name", WireType.Text), Required("size", WireType.Integer) },
        ["Parameter"] = new[] { Required("name", WireType.Text), Required("size", WireType.Integer), new("initial", WireType.Real) },
        ["Output"] = new[]
        {
            Required("name", WireType.Text), Required("signal", WireType.Signal), new("loss", WireType.Loss), new("weight", WireType.Real),
            new("reduction", WireType.Reduction), new("delta", WireType.Real), new("labelSmoothing", WireType.Real),
        },
    };

    /// <summary>Members of <c>Signal</c>.</summary>
    public static readonly IReadOnlyDictionary<string, WireParameter[]> Signal = new Dictionary<string, WireParameter[]>
    {
        ["Dense"] = new[] { Required("units", WireType.Integer), Activation, Bias, Alpha, Name, Frozen, Sharing },
        ["Experts"] = new[] { Required("gate", WireType.Signal), Required("units", WireType.Integer), Activation, Bias, Alpha, Name, Frozen, Sharing },
        ["LayerNorm"] = new[] { Activation, Epsilon, Weight, Bias, Alpha, Name, Frozen, Sharing },
        ["RmsNorm"] = new[] { Activation, Epsilon, Weight, Alpha, Name, Frozen, Sharing },
        ["Normalize"] = new[] { new("clip", WireType.Real), Activation, Epsilon, Alpha, Name, Sharing },
        ["Denormalize"] = new[] { Activation, Alpha, Name, Sharing },
        ["SoftmaxGroups"] = new[] { Required("group", WireType.Integer), Activation, Alpha, Name },
        ["PRelu"] = new[] { new("perUnit", WireType.Flag), new("initial", WireType.Real), Name, Frozen, Sharing },
        ["GaussianLogDensity"] = OfDensity,
        ["TanhGaussianLogDensity"] = OfDensity,
        ["Entropy"] = new[] { Name },
        ["Activate"] = new[] { Required("activation", WireType.Activation), Alpha, Name },
        ["Add"] = WithOther,
        ["Subtract"] = WithOther,
        ["Multiply"] = WithOther,
        ["Concat"] = new[] { new WireParameter("others", WireType.Signals) },
        ["Slice"] = new[] { Required("start", WireType.Integer), Required("count", WireType.Integer), Activation, Alpha, Name },
    };

    private static WireParameter Required(string name, WireType type) => new(name, type, IsOptional: false);
}
