using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Runtime;

/// <summary>What kernels without vectors call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Floor
{
    /// <summary>The values of a span whose length has been checked, to be indexed: some builds of Mono lack the indexer of <c>ReadOnlySpan</c>.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="values">The span.</param>
    /// <param name="count">How many values it has.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<T> Elements<T>(ReadOnlySpan<T> values, int count) => MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(values), count);
}
