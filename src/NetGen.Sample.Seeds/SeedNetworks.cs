using System;
using System.Collections.Generic;

namespace NetGen.Sample.Seeds;

/// <summary>A declared network in both precisions.</summary>
internal sealed record SeedNetwork(Func<ITrainable<double>> CreateDouble, Func<ITrainable<float>> CreateSingle);

/// <summary>The declared networks by seed and shape.</summary>
internal static class SeedNetworks
{
    private static readonly Dictionary<string, SeedNetwork> Networks = new()
    {
        ["S0 2-2-3"] = new(() => new S0Double223(), () => new S0Single223()),
        ["S0 4-5-3"] = new(() => new S0Double453(), () => new S0Single453()),
        ["S1 2-3-2"] = new(() => new S1Double232(), () => new S1Single232()),
        ["S2 2-3-1"] = new(() => new S2Double231(), () => new S2Single231()),
        ["S2 3-4-2"] = new(() => new S2Double342(), () => new S2Single342()),
        ["S2 1-1-1"] = new(() => new S2Double111(), () => new S2Single111()),
        ["S3 2-3-1"] = new(() => new S3Double231(), () => new S3Single231()),
        ["S3 3-5-2"] = new(() => new S3Double352(), () => new S3Single352()),
        ["S4 3-5-4-3"] = new(() => new S4Double3543(), () => new S4Single3543()),
        ["S4 2-6-5-1"] = new(() => new S4Double2651(), () => new S4Single2651()),
        ["S4 4-7-3-2"] = new(() => new S4Double4732(), () => new S4Single4732()),
        ["S4 3-4-4-4-2"] = new(() => new S4Double34442(), () => new S4Single34442()),
    };

    public static IReadOnlyCollection<SeedNetwork> All => Networks.Values;

    public static SeedNetwork Find(string seed, string shape) => Networks[$"{seed} {shape}"];
}
