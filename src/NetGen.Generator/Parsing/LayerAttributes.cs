using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Formulas;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>The attributes that declare a network as a list, each with what reads it: a new kind of layer is a row and a reader.</summary>
internal static class LayerAttributes
{
    private const string Namespace = "NetGen";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<LayerAttribute> All = new LayerAttribute[]
    {
        new("Dense", Role.Layer, Dense),
        new("LayerNorm", Role.Layer, LayerNorm),
        new("RmsNorm", Role.Layer, RmsNorm),
        new("Normalize", Role.Layer, Normalize),
        new("Denormalize", Role.Layer, Denormalize),
        new("SoftmaxGroups", Role.Layer, SoftmaxGroups),
        new("PRelu", Role.Layer, PRelu),
        new("Head", Role.Head),
        new("Repeat", Role.Repeat),
        new(
            "Dropout",
            "draws random numbers while a network is trained, and a network computes the same whenever it is given the same",
            "leave it out, and use weight decay or fewer units against overfitting"),
        new("BatchNorm", "computes a sample from the other samples of its batch, and a network computes every sample by itself", "use [LayerNorm]"),
        new("Lstm", "keeps a state between calls, and a network keeps none", "give it the last few values as inputs of [Dense]"),
        new("Conv2D", "is not generated", "use [Dense], which reads all values of a small image"),
    };

    private static readonly Dictionary<string, LayerAttribute> ByClass = All.ToDictionary(kind => kind.Name + "Attribute");

    /// <summary>The attributes of a class that belong to a list, in the order in which they stand.</summary>
    public static IReadOnlyList<(LayerAttribute Kind, AttributeReader Attribute)> Of(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var found = new List<(LayerAttribute Kind, AttributeReader Attribute)>();
        foreach (AttributeData data in type.GetAttributes())
        {
            if (data.AttributeClass is { Arity: 0, ContainingType: null, ContainingNamespace: { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true } } attribute
                && ByClass.TryGetValue(attribute.Name, out LayerAttribute? kind))
            {
                found.Add((kind, new AttributeReader(data, cancellation)));
            }
        }

        return found;
    }

    /// <summary>Reads a layer, and its activation where the class has it itself.</summary>
    public static DeclaredLayer Read(LayerAttribute kind, AttributeReader attribute, OptionReader options)
    {
        DeclaredLayer layer = kind.Read!(attribute, options);
        if (layer.Activation != Catalogue.Own)
        {
            return layer;
        }

        OwnFormula? own = options.Formulas.Read(attribute.Argument("activation")?.Value as string, FormulaUse.Activation, options.Number, layer.Place("activation"));
        return layer with { Spec = layer.Spec with { Own = own }, IsComplete = layer.IsComplete && own is not null };
    }

    private static DeclaredLayer Dense(AttributeReader layer, OptionReader options)
    {
        int? units = options.Size(layer, "units", "units");
        (string? activation, double? alpha) = Activation(layer, options, position: 1);
        return new DeclaredLayer(
            new Dense(units ?? 1, Known(activation), options.Flag(layer, "UseBias", true), alpha),
            units,
            activation,
            units is not null && activation is not null,
            Places(layer, "units", "activation"),
            Frozen(layer, options));
    }

    private static DeclaredLayer LayerNorm(AttributeReader layer, OptionReader options)
    {
        (string? activation, double? alpha) = Activation(layer, options, position: 0);
        double epsilon = options.Real(layer, "Epsilon", above: 0, "a finite number above 0") ?? new LayerNorm().Epsilon;
        return new DeclaredLayer(
            new LayerNorm(epsilon, options.Flag(layer, "UseWeight", true), options.Flag(layer, "UseBias", true), Known(activation), alpha),
            null,
            activation,
            activation is not null,
            Places(layer, "activation"),
            Frozen(layer, options));
    }

    private static DeclaredLayer RmsNorm(AttributeReader layer, OptionReader options)
    {
        (string? activation, double? alpha) = Activation(layer, options, position: 0);
        double epsilon = options.Real(layer, "Epsilon", above: 0, "a finite number above 0") ?? new RmsNorm().Epsilon;
        return new DeclaredLayer(
            new RmsNorm(epsilon, options.Flag(layer, "UseWeight", true), Known(activation), alpha),
            null,
            activation,
            activation is not null,
            Places(layer, "activation"),
            Frozen(layer, options));
    }

    private static DeclaredLayer Normalize(AttributeReader layer, OptionReader options)
    {
        (string? activation, double? alpha) = Activation(layer, options, position: 0);
        double? clip = options.Real(layer, "Clip", above: 0, "a finite number above 0");
        double epsilon = options.Real(layer, "Epsilon", above: 0, "a finite number above 0") ?? new Normalize().Epsilon;
        return new DeclaredLayer(new Normalize(clip, epsilon, Known(activation), alpha), null, activation, activation is not null, Places(layer, "activation"));
    }

    private static DeclaredLayer Denormalize(AttributeReader layer, OptionReader options)
    {
        (string? activation, double? alpha) = Activation(layer, options, position: 0);
        return new DeclaredLayer(new Denormalize(Known(activation), alpha), null, activation, activation is not null, Places(layer, "activation"));
    }

    private static DeclaredLayer SoftmaxGroups(AttributeReader layer, OptionReader options)
    {
        int? group = options.Size(layer, "group", "units of a group");
        (string? activation, double? alpha) = Activation(layer, options, position: 1);
        return new DeclaredLayer(
            new SoftmaxGroups(group ?? 1, Known(activation), alpha), null, activation, group is not null && activation is not null, Places(layer, "group", "activation"));
    }

    private static DeclaredLayer PRelu(AttributeReader layer, OptionReader options)
    {
        double initial = options.Real(layer, "Initial", double.NegativeInfinity, "a finite number") ?? new PRelu().Initial;
        var spec = new PRelu(!options.Flag(layer, "PerUnit", false), initial);
        return new DeclaredLayer(spec, null, spec.Activation, IsComplete: true, Places(layer), Frozen(layer, options));
    }

    private static (string? Activation, double? Alpha) Activation(AttributeReader layer, OptionReader options, int position)
    {
        string? activation = layer.IsText("activation") ? Catalogue.Own : options.Member(layer, "activation", Catalogue.IsActivation, position: position);
        ActivationFormula? formula = activation is null ? null : Catalogue.Activation(activation);
        (double above, string expected) = formula?.AlphaRange ?? ActivationFormula.AnyAlpha;
        string owner = activation == Catalogue.Own ? "A formula" : $"Activation.{activation}";
        return (activation, options.Real(layer, "Alpha", above, expected, owner, formula is not { DefaultAlpha: null }));
    }

    private static string Known(string? activation) => activation ?? nameof(Formulas.Activations.Identity);

    private static bool Frozen(AttributeReader layer, OptionReader options) => options.Flag(layer, "Frozen", false);

    /// <summary>Places by the names of parameters, given in their order, and of properties.</summary>
    private static Func<string, Location> Places(AttributeReader layer, params string[] parameters) => name => layer.LocationOf(name, Array.IndexOf(parameters, name));
}

/// <summary>An attribute that belongs to a list.</summary>
/// <param name="Name">Its name as users write it.</param>
/// <param name="Role">What it does.</param>
/// <param name="Read">Reads a layer, if it is one.</param>
internal sealed record LayerAttribute(string Name, Role Role, Func<AttributeReader, OptionReader, DeclaredLayer>? Read = null)
{
    /// <summary>An attribute for something that is not generated.</summary>
    /// <param name="name">Its name as users write it.</param>
    /// <param name="reason">Why not.</param>
    /// <param name="remedy">What to write instead.</param>
    public LayerAttribute(string name, string reason, string remedy)
        : this(name, Role.Refused)
    {
        Reason = reason;
        Remedy = remedy;
    }

    /// <summary>Its full name.</summary>
    public string FullName => $"NetGen.{Name}Attribute";

    /// <summary>Why it is not generated.</summary>
    public string Reason { get; } = "";

    /// <summary>What to write instead.</summary>
    public string Remedy { get; } = "";
}

/// <summary>What an attribute of a list does.</summary>
internal enum Role
{
    /// <summary>It adds a layer.</summary>
    Layer,

    /// <summary>It begins an output.</summary>
    Head,

    /// <summary>It repeats layers.</summary>
    Repeat,

    /// <summary>It says that something is not generated.</summary>
    Refused,
}
