using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Generator.Planning;

/// <summary>
/// The one rule for where straight code is cut into methods: a strand of statements that fits a method is never cut, a longer one is cut evenly,
/// and each of its pieces is a method by itself.
/// </summary>
internal static class Portions
{
    /// <summary>Cuts strands into methods.</summary>
    /// <param name="strands">
    /// What each strand costs in every method that has a piece of it, and the cost of each of its steps; between two steps it may be cut.
    /// </param>
    /// <param name="limit">What a method may cost, unless a single step costs more.</param>
    /// <returns>The pieces of each method, in order.</returns>
    public static IReadOnlyList<IReadOnlyList<Piece>> Cut(IReadOnlyList<(int Fixed, IReadOnlyList<int> Steps)> strands, int limit)
    {
        var methods = new List<IReadOnlyList<Piece>>();
        var current = new List<Piece>();
        int cost = 0;
        void Close()
        {
            if (current.Count > 0)
            {
                methods.Add(current);
            }

            current = new List<Piece>();
            cost = 0;
        }

        for (int strand = 0; strand < strands.Count; strand++)
        {
            (int constant, IReadOnlyList<int> steps) = strands[strand];
            int whole = constant + steps.Sum();
            if (cost + whole > limit)
            {
                Close();
            }

            if (whole > limit)
            {
                methods.AddRange(Pieces(strand, steps, limit - constant).Select(piece => new[] { piece }));
                continue;
            }

            current.Add(new Piece(strand, 0, steps.Count));
            cost += whole;
        }

        Close();
        return methods;
    }

    private static IEnumerable<Piece> Pieces(int strand, IReadOnlyList<int> steps, int limit)
    {
        // Equal shares; what they have no room for goes to one more.
        int whole = steps.Sum();
        int share = Math.Max(steps.Max(), (int)Math.Ceiling(whole / Math.Ceiling(whole / (double)limit)));
        int start = 0;
        int cost = 0;
        for (int step = 0; step < steps.Count; step++)
        {
            if (cost + steps[step] > share)
            {
                yield return new Piece(strand, start, step);
                start = step;
                cost = 0;
            }

            cost += steps[step];
        }

        yield return new Piece(strand, start, steps.Count);
    }
}

/// <summary>Some steps of a strand, from <see cref="Start"/> to before <see cref="End"/>.</summary>
internal sealed record Piece(int Strand, int Start, int End);
