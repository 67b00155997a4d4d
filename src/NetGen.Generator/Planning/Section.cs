using System.Collections.Generic;
using System.Linq;

namespace NetGen.Generator.Planning;

/// <summary>Layers one after another that one method of a pass goes through.</summary>
/// <param name="Layers">The layers.</param>
/// <param name="IsWhole">Whether they are all that the network has.</param>
internal sealed record Section(IReadOnlyList<LayerPlan> Layers, bool IsWhole)
{
    public LayerPlan First => Layers[0];

    public LayerPlan Last => Layers[Layers.Count - 1];

    /// <summary>The layers that those of the section read, in order.</summary>
    public IEnumerable<LayerPlan> Sources(NetworkPlan plan) => Layers.SelectMany(plan.SourcesOf).Distinct().OrderBy(layer => layer.Number);

    /// <summary>The layers of the section, and those that they read, of which another section or the caller knows, in order.</summary>
    public IReadOnlyList<LayerPlan> Passed(NetworkPlan plan) => Layers.Union(Sources(plan))
        .Where(layer => layer.IsOutput || !Layers.Contains(layer) || layer.Readers.Any(reader => reader > Last.Number))
        .OrderBy(layer => layer.Number)
        .ToArray();

    /// <summary>Cuts the layers of a network: a pass has a few calls and locals for each, and a method must not have many.</summary>
    public static IReadOnlyList<Section> Of(NetworkPlan plan)
    {
        int most = Most(plan);
        var sections = new List<Section>();
        for (int first = 0; first < plan.Layers.Count; first += most)
        {
            sections.Add(new Section(plan.Layers.Skip(first).Take(most).ToArray(), !IsDivided(plan)));
        }

        return sections;
    }

    /// <summary>Whether a network has several sections.</summary>
    public static bool IsDivided(NetworkPlan plan) => plan.Layers.Count > Most(plan);

    private static int Most(NetworkPlan plan) => plan.IsVectorised ? Budgets.MethodLayers : Budgets.ScalarMethodLayers;
}
