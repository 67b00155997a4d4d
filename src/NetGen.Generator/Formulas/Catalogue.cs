using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas.Own;
using NetGen.Generator.Model;

namespace NetGen.Generator.Formulas;

/// <summary>
/// All formulas, found by type: a new activation, loss or pair is one new file. Activations and losses go by the name of their
/// class, which is the name of the enum member that users write.
/// </summary>
internal static class Catalogue
{
    /// <summary>The name that stands for no loss.</summary>
    public const string NoLoss = Model.LossSpec.None;

    /// <summary>The name of an activation or a loss that the class itself has, which a declaration does not say.</summary>
    public const string Own = "Own";

    private static readonly IReadOnlyDictionary<string, Type> Activations = ByName<ActivationFormula>();
    private static readonly IReadOnlyDictionary<string, Type> Losses = ByName<LossFormula>();
    private static readonly IReadOnlyList<PairFormula> Pairs = ByName<PairFormula>().Values.Select(Create<PairFormula>).ToList();

    private static readonly IReadOnlyDictionary<string, Type> ElementaryFunctions = ByName<ElementaryFunction>();

    public static IEnumerable<string> ActivationNames => Activations.Keys;

    public static IEnumerable<string> LossNames => Losses.Keys;

    public static IEnumerable<PairFormula> AllPairs => Pairs;

    /// <summary>Returns the activation of a layer.</summary>
    public static ActivationFormula Activation(LayerSpec layer) => layer.Own is { } own ? new OwnActivation(own) : Activation(layer.Activation, layer.Alpha);

    /// <summary>Returns an activation with its parameter α, or with its default; in the place of <see cref="Own"/>, one that has what all of those have.</summary>
    public static ActivationFormula Activation(string name, double? alpha = null)
    {
        if (name == Own)
        {
            return new OwnActivation(null);
        }

        ActivationFormula formula = Create<ActivationFormula>(Activations[name]);
        formula.Alpha = alpha ?? formula.DefaultAlpha ?? 0;
        return formula;
    }

    /// <summary>Returns the loss of an output; null for <see cref="NoLoss"/>.</summary>
    public static LossFormula? Loss(LossSpec loss) => loss.Own is { } own ? new OwnLoss(own) : Loss(loss.Name, loss.Delta, loss.LabelSmoothing);

    /// <summary>Returns a loss with its parameter δ, or with its default, and the smoothing of its targets; null for <see cref="NoLoss"/>; in the place of <see cref="Own"/>, one that has what all of those have.</summary>
    public static LossFormula? Loss(string name, double? delta = null, double labelSmoothing = 0)
    {
        if (name is NoLoss or Own)
        {
            return name == Own ? new OwnLoss(null) : null;
        }

        LossFormula formula = Create<LossFormula>(Losses[name]);
        formula.Delta = delta ?? formula.DefaultDelta ?? 0;
        formula.LabelSmoothing = labelSmoothing;
        return formula;
    }

    /// <summary>Returns an elementary function.</summary>
    public static ElementaryFunction Elementary(string name) => Create<ElementaryFunction>(ElementaryFunctions[name]);

    public static IEnumerable<string> ElementaryNames => ElementaryFunctions.Keys;

    public static bool IsElementary(string name) => ElementaryFunctions.ContainsKey(name);

    public static bool IsActivation(string name) => Activations.ContainsKey(name);

    public static bool IsLoss(string name) => name == NoLoss || Losses.ContainsKey(name);

    /// <summary>Returns the combined form of an activation and a loss, or null when there is none.</summary>
    public static PairFormula? Pair(string activation, string loss) =>
        Pairs.FirstOrDefault(pair => pair.Activation == activation && pair.Loss == loss);

    private static T Create<T>(Type type) => (T)Activator.CreateInstance(type);

    private static Dictionary<string, Type> ByName<T>() => typeof(T).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(T).IsAssignableFrom(type) && type.GetConstructor(Type.EmptyTypes) is not null)
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .ToDictionary(type => type.Name, StringComparer.Ordinal);
}
