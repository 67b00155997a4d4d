using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace NetGen.Determinism;

/// <summary>All networks, each with what to run for its hash.</summary>
internal static class Cases
{
    public static IReadOnlyList<(string Name, Func<ulong, ulong> Hash)> All { get; } =
    [
        Of<float>(new Network00()),
        Of<float>(new Network01()),
        Of<double>(new Network02()),
        Of<float>(new Network03()),
        Of<float>(new Network04()),
        Of<double>(new Network05()),
        Of<float>(new Network06()),
        Of<float>(new Network07()),
        Of<double>(new Network08()),
        Of<float>(new Network09()),
        Of<float>(new Network10()),
        Of<double>(new Network11()),
        Of<float>(new Network12()),
        Of<float>(new Network13()),
        Of<double>(new Network14()),
        Of<float>(new Network15()),
        Of<float>(new Network16()),
        Of<double>(new Network17()),
        Of<float>(new Network18()),
        Of<float>(new Network19()),
        Of<double>(new Network20()),
        Of<float>(new Network21()),
        Of<float>(new Network22()),
        Of<double>(new Network23()),
        Of<float>(new Network24()),
        Of<float>(new Network25()),
        Of<double>(new Network26()),
        Of<float>(new Network27()),
        Of<float>(new Network28()),
        Of<double>(new Network29()),
        Of<float>(new Network30()),
        Of<float>(new Network31()),
        Of<double>(new Network32()),
        Of<float>(new Network33()),
        Of<float>(new Network34()),
        Of<double>(new Network35()),
        Of<float>(new Network36()),
        Of<float>(new Network37()),
        Of<double>(new Network38()),
        Of<float>(new Network39()),
        Of<float>(new Network40()),
        Of<double>(new Network41()),
        Of<float>(new Network42()),
        Of<float>(new Network43()),
        Of<double>(new Network44()),
        Of<float>(new Network45()),
        Of<float>(new Network46()),
        Of<double>(new Network47()),
    ];

    private static (string Name, Func<ulong, ulong> Hash) Of<T>(ITrainable<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IEnumerable<int> units = network.Parameters.Layout.Layers.Select(layer => layer.Units);
        string shape = string.Join('-', units.Prepend(network.Parameters.Layout.Layers[0].Inputs));
        return ($"{network.GetType().Name} {shape} {typeof(T).Name}", seed => Exercise.Run(network, seed));
    }
}
