using System;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Formulas.Activations;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>A layer as it was declared, with its places in the source.</summary>
/// <param name="Spec">The layer; what could not be read is such that the network has the members it would have.</param>
/// <param name="Units">Number of units where the declaration says it and it could be read.</param>
/// <param name="Activation">The activation, or null where it could not be read.</param>
/// <param name="IsComplete">Whether all of it could be read.</param>
/// <param name="Place">The place of an argument, or of the whole where it was left out.</param>
/// <param name="IsFrozen">Whether its parameters are not trained.</param>
internal sealed record DeclaredLayer(
    LayerSpec Spec, int? Units, string? Activation, bool IsComplete, Func<string, Location> Place, bool IsFrozen = false)
{
    /// <summary>The layer of a network that declares none.</summary>
    public static DeclaredLayer None(Location place) => new(new Dense(1, nameof(Identity)), null, null, IsComplete: false, _ => place);

    /// <summary>What a network is given.</summary>
    /// <param name="values">Number of values, or null where it could not be read.</param>
    /// <param name="place">The place of an argument.</param>
    public static DeclaredLayer Input(int? values, Func<string, Location> place) => new(new Input(values ?? 1), values, null, values is not null, place);
}

/// <summary>A loss as it was declared, with its places in the source. What could not be read, or was reported, is null.</summary>
/// <param name="Name">The loss.</param>
/// <param name="Reduction">How it combines outputs.</param>
/// <param name="Delta">Its parameter δ, or null for its default.</param>
/// <param name="Weight">What it is multiplied by.</param>
/// <param name="IsReductionSet">Whether the declaration says how outputs are combined.</param>
/// <param name="IsDeltaSet">Whether the declaration says δ.</param>
/// <param name="Place">The place of an argument, or of the whole where it was left out.</param>
internal sealed record DeclaredLoss(
    string? Name, string? Reduction, double? Delta, double Weight, bool IsReductionSet, bool IsDeltaSet, Func<string, Location> Place)
{
    /// <summary>The name of the argument that names the loss.</summary>
    public const string Argument = "loss";

    /// <summary>The loss of each value where the class itself has it.</summary>
    public OwnFormula? Own { get; init; }

    /// <summary>As users write it.</summary>
    public string Text => Own is { } own ? own.Name : "Loss." + Name;

    /// <summary>The loss without its place.</summary>
    public LossSpec Spec => new(Name ?? Formulas.Catalogue.NoLoss, Reduction == "Sum", Delta, Weight, LabelSmoothing) { Own = Own };

    /// <summary>The part of a target that is spread evenly over all classes.</summary>
    public double LabelSmoothing { get; init; }
}
