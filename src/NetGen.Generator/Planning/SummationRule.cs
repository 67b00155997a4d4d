using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Model;

namespace NetGen.Generator.Planning;

/// <summary>
/// The one rule for the order in which the terms of a sum are added: it follows from the sizes of a layer alone and never from the width
/// of a vector, the number of samples or the form of the code, so that all of them give the same bits. A sum starts with the bias or with 0.
/// </summary>
/// <remarks>
/// A single chain of additions waits for each one: eight chains keep the adders busy. A wide layer has them in its units; a narrow layer
/// splits its sum over the inputs into <em>segments</em>, added in order. A dot product over stored neighbours has <em>lanes</em>: term i goes to
/// lane i mod lanes, and the lanes are added by halves.
/// </remarks>
internal static class SummationRule
{
    /// <summary>
    /// Independent sums that keep the adders busy: a latency of four cycles, two a cycle, on every processor measured here. A narrow layer gets them by cutting
    /// its sums over the inputs into segments.
    /// </summary>
    public const int Chains = 8;

    /// <summary>Fewest terms of such a segment: shorter ones would cost more additions than they save waiting.</summary>
    public const int ShortestSegment = 4;

    /// <summary>Bytes of the widest vector, and of the lanes of a dot product.</summary>
    private const int WidestVector = 64;

    /// <summary>Segments of <c>z = W·x + b</c> where neighbouring units lie side by side.</summary>
    /// <param name="inputs">Terms of the sum.</param>
    /// <param name="units">Units, padded.</param>
    /// <param name="number">The number type.</param>
    /// <returns>A power of two. All segments have inputs / segments terms, the last one the rest as well.</returns>
    public static int Segments(int inputs, int units, NumberType number)
    {
        int vectors = Math.Max(1, units * SizeOf(number) / WidestVector);
        int segments = 1;
        while (segments * 2 * vectors <= Chains && inputs / (segments * 2) >= ShortestSegment)
        {
            segments *= 2;
        }

        return segments;
    }

    /// <summary>Lanes of a dot product over <paramref name="length"/> stored neighbours, padding included.</summary>
    public static int Lanes(int length, NumberType number)
    {
        int lanes = WidestVector / SizeOf(number);
        while (length % lanes != 0)
        {
            lanes /= 2;
        }

        return lanes;
    }

    /// <summary>The terms of each chain of a sum in segments.</summary>
    public static IReadOnlyList<int[]> InSegments(int terms, int segments)
    {
        int length = terms / segments;
        return Enumerable.Range(0, segments)
            .Select(segment => Enumerable.Range(segment * length, segment == segments - 1 ? terms - (segment * length) : length).ToArray())
            .ToList();
    }

    /// <summary>The terms of each chain of a sum in lanes; lanes beyond the last term are empty.</summary>
    public static IReadOnlyList<int[]> InLanes(int terms, int lanes) => Enumerable.Range(0, lanes)
        .Select(lane => Enumerable.Range(0, (terms + lanes - 1 - lane) / lanes).Select(place => (place * lanes) + lane).ToArray())
        .ToList();

    /// <summary>Bytes of a number.</summary>
    public static int SizeOf(NumberType number) => number == NumberType.Double ? sizeof(double) : sizeof(float);
}
