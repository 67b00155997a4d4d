using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Generator.Formulas;

/// <summary>
/// All formulas, found by type: a new activation, loss or pair is one new file. Activations and losses go by the name of their
/// class, which is the name of the enum member that users write.
/// </summary>
internal static class Catalogue
{
    private static readonly IReadOnlyDictionary<string, ActivationFormula> Activations = ByTypeName<ActivationFormula>();
    private static readonly IReadOnlyDictionary<string, LossFormula> Losses = ByTypeName<LossFormula>();
    private static readonly IReadOnlyDictionary<string, PairFormula> Pairs = ByTypeName<PairFormula>();

    public static IEnumerable<string> ActivationNames => Activations.Keys;

    public static IEnumerable<string> LossNames => Losses.Keys;

    public static IEnumerable<PairFormula> AllPairs => Pairs.Values;

    public static ActivationFormula Activation(string name) => Activations[name];

    /// <summary>Returns a loss, or null for the name <c>None</c>.</summary>
    public static LossFormula? Loss(string name) => name == "None" ? null : Losses[name];

    public static bool IsActivation(string name) => Activations.ContainsKey(name);

    public static bool IsLoss(string name) => name == "None" || Losses.ContainsKey(name);

    /// <summary>Returns the combined form of an activation and a loss, or null when there is none.</summary>
    public static PairFormula? Pair(string activation, string loss) =>
        Pairs.Values.FirstOrDefault(pair => pair.Activation == activation && pair.Loss == loss);

    private static Dictionary<string, T> ByTypeName<T>() => typeof(T).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(T).IsAssignableFrom(type))
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .ToDictionary(type => type.Name, type => (T)Activator.CreateInstance(type), StringComparer.Ordinal);
}
