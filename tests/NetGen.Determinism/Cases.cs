using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Determinism
{
    /// <summary>All networks, each with what to run for its hash.</summary>
    internal static class Cases
    {
        private static readonly (string Name, Func<ulong, ulong> Hash)[] Random =
        {
            Of(new Network00(), NumberFormats.Single),
            Of(new Network01(), NumberFormats.Single),
            Of(new Network02(), NumberFormats.Double),
            Of(new Network03(), NumberFormats.Single),
            Of(new Network04(), NumberFormats.Single),
            Of(new Network05(), NumberFormats.Double),
            Of(new Network06(), NumberFormats.Single),
            Of(new Network07(), NumberFormats.Single),
            Of(new Network08(), NumberFormats.Double),
            Of(new Network09(), NumberFormats.Single),
            Of(new Network10(), NumberFormats.Single),
            Of(new Network11(), NumberFormats.Double),
            Of(new Network12(), NumberFormats.Single),
            Of(new Network13(), NumberFormats.Single),
            Of(new Network14(), NumberFormats.Double),
            Of(new Network15(), NumberFormats.Single),
            Of(new Network16(), NumberFormats.Single),
            Of(new Network17(), NumberFormats.Double),
            Of(new Network18(), NumberFormats.Single),
            Of(new Network19(), NumberFormats.Single),
            Of(new Network20(), NumberFormats.Double),
            Of(new Network21(), NumberFormats.Single),
            Of(new Network22(), NumberFormats.Single),
            Of(new Network23(), NumberFormats.Double),
            Of(new Network24(), NumberFormats.Single),
            Of(new Network25(), NumberFormats.Single),
            Of(new Network26(), NumberFormats.Double),
            Of(new Network27(), NumberFormats.Single),
            Of(new Network28(), NumberFormats.Single),
            Of(new Network29(), NumberFormats.Double),
            Of(new Network30(), NumberFormats.Single),
            Of(new Network31(), NumberFormats.Single),
            Of(new Network32(), NumberFormats.Double),
            Of(new Network33(), NumberFormats.Single),
            Of(new Network34(), NumberFormats.Single),
            Of(new Network35(), NumberFormats.Double),
            Of(new Network36(), NumberFormats.Single),
            Of(new Network37(), NumberFormats.Single),
            Of(new Network38(), NumberFormats.Double),
            Of(new Network39(), NumberFormats.Single),
            Of(new Network40(), NumberFormats.Single),
            Of(new Network41(), NumberFormats.Double),
            Of(new Network42(), NumberFormats.Single),
            Of(new Network43(), NumberFormats.Single),
            Of(new Network44(), NumberFormats.Double),
            Of(new Network45(), NumberFormats.Single),
            Of(new Network46(), NumberFormats.Single),
            Of(new Network47(), NumberFormats.Double),
        };

        // With the seed of the network that it is but for Unroll, so that the same bits show as the same hash.
        private static readonly (ulong Seed, (string Name, Func<ulong, ulong> Hash) Run)[] Unrolled =
        {
            (21, Of(new Network20Never(), NumberFormats.Double)),
            (41, Of(new Network40Never(), NumberFormats.Single)),
            (49, Of(new WideNetwork(), NumberFormats.Single)),
            (49, Of(new WideNetworkFull(), NumberFormats.Single)),
        };

        private static readonly (string Name, Func<ulong, ulong> Hash)[] Graphs =
        {
            OfGraph(new ActorCritic(), NumberFormats.Single),
            OfGraph(new ThreeHeads(), NumberFormats.Double),
            OfGraph(new Norms(), NumberFormats.Single),
            OfGraph(new RepeatedNorms(), NumberFormats.Double),
            OfGraph(new FrozenTrunk(), NumberFormats.Single),
            OfGraph(new Critic(), NumberFormats.Single),
            OfGraph(new Gates(), NumberFormats.Double),
            OfGraph(new Policy(), NumberFormats.Single),
            OfGraph(new DeepSums(), NumberFormats.Single),
            OfGraph(new WideSums(), NumberFormats.Single),
            OfGraph(new SmoothChain(), NumberFormats.Single),
            OfGraph(new OwnChain(), NumberFormats.Double),
            OfGraph(new WeightedClasses(), NumberFormats.Single),
            OfGraph(new WeightedHeads(), NumberFormats.Double),
            OfGraph(new SharedExperts(), NumberFormats.Single),
            OfGraph(new Densities(), NumberFormats.Double),
        };

        /// <summary>A line for each network, its name and the hash of all it computes.</summary>
        public static IEnumerable<string> Lines() => Random
            .Select((run, index) => (Seed: (ulong)index + 1, Run: run))
            .Concat(Unrolled)
            .Concat(Graphs.Select((run, index) => (Seed: (ulong)index + 101, Run: run)))
            .Select(one => FormattableString.Invariant($"{one.Run.Name} {one.Run.Hash(one.Seed):x16}"));

        private static (string Name, Func<ulong, ulong> Hash) Of<T>(ITrainable<T> network, NumberFormat<T> format)
            where T : unmanaged
        {
            IReadOnlyList<LayerLayout> layers = network.Parameters.Layout.Layers;
            return Of(network, string.Join("-", layers.Select(layer => layer.Units).Prepend(layers[0].Inputs)), format);
        }

        private static (string Name, Func<ulong, ulong> Hash) OfGraph<T>(ITrainable<T> network, NumberFormat<T> format)
            where T : unmanaged
        {
            ParameterLayout layout = network.Parameters.Layout;
            return Of(network, FormattableString.Invariant($"{layout.InputCount}->{layout.OutputCount}:{layout.ParameterCount}"), format);
        }

        private static (string Name, Func<ulong, ulong> Hash) Of<T>(ITrainable<T> network, string shape, NumberFormat<T> format)
            where T : unmanaged =>
            ($"{network.GetType().Name} {shape} {typeof(T).Name}", seed => new Exercise<T>(network, format).Run(seed));
    }
}
