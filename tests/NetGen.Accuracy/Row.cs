using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using NetGen.TestKit;

namespace NetGen.Accuracy;

/// <summary>The errors of one function in one precision.</summary>
/// <param name="Function">The function.</param>
/// <param name="Precision">The number format.</param>
/// <param name="Strict">NetGen with plain operations.</param>
/// <param name="Fused">NetGen with fused multiply-adds.</param>
/// <param name="Platform">MathF or Math, if it has the function.</param>
/// <param name="Tensor">TensorPrimitives, if it has the function.</param>
internal sealed record Row(string Function, string Precision, Tally Strict, Tally Fused, Tally? Platform, Tally? Tensor)
{
    /// <summary>The measurements, all functions in single precision first.</summary>
    public static IEnumerable<Measurement> All(long step) =>
        LibraryFunctions.Names.Select(name => Single(name, step)).Concat(LibraryFunctions.Names.Select(name => Double(name, step)));

    private static Measurement Single(string name, long step) =>
        Create<float, SingleFormat>(name, SingleReference.Get(name), fused => LibraryFunctions.Single(name, fused), step);

    private static Measurement Double(string name, long step) =>
        Create<double, DoubleFormat>(name, DoubleReference.Get(name), fused => LibraryFunctions.Double(name, fused), step);

    private static Measurement Create<T, TFormat>(string name, Exact exact, Func<bool, Func<T, T>> emitted, long step)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TFormat : struct, IFormat<T> => new(name, TFormat.Name, Sweep<T, TFormat>.Chunks, chunkDone =>
        {
            BlockFunction<T>?[] libraries =
            [
                Libraries.OneByOne(emitted(false)),
                Libraries.OneByOne(emitted(true)),
                Libraries.Platform<T>(name),
                Libraries.Tensor<T>(name),
            ];
            var tallies = new Queue<Tally>(Sweep<T, TFormat>.Run(exact, libraries.OfType<BlockFunction<T>>().ToArray(), step, chunkDone));
            Tally?[] columns = libraries.Select(library => library is null ? null : tallies.Dequeue()).ToArray();
            return new Row(name, TFormat.Name, columns[0]!, columns[1]!, columns[2], columns[3]);
        });
}

/// <summary>The work behind a row.</summary>
/// <param name="Function">The function.</param>
/// <param name="Precision">The number format.</param>
/// <param name="Chunks">How often progress is reported.</param>
/// <param name="Run">Does the work; the argument is called, from any thread, whenever a chunk is done.</param>
internal sealed record Measurement(string Function, string Precision, int Chunks, Func<Action, Row> Run);
