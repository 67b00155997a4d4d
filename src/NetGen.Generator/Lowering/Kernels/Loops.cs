using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>Loops around statements; what happens once needs none.</summary>
internal static class Loops
{
    /// <summary>A loop from 0 to before a number.</summary>
    public static IEnumerable<Statement> Over(string name, int count, Func<Index, IReadOnlyList<Statement>> body) => Over(name, 0, count, 1, body);

    /// <summary>A loop.</summary>
    public static IEnumerable<Statement> Over(string name, int start, int end, int step, Func<Index, IReadOnlyList<Statement>> body)
    {
        if (end <= start)
        {
            throw new ArgumentOutOfRangeException(nameof(end), end, $"The loop over {name} has no turn.");
        }

        if (end - start <= step)
        {
            return body(start);
        }

        var loop = new Loop(name, start, end, step);
        return new[] { new For(loop, body(loop)) };
    }

    /// <summary>A loop over whole blocks and, where the count is no multiple of the block, the last few on their own.</summary>
    /// <param name="name">The variable: the first of a block.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="size">How many a block has.</param>
    /// <param name="body">A block: its first and how many it has.</param>
    public static IEnumerable<Statement> InBlocks(string name, int count, int size, Func<Index, int, IEnumerable<Statement>> body)
    {
        int whole = count / size * size;
        bool isDivided = whole > 0 && whole < count;
        if (whole > size)
        {
            var loop = new Loop(name, 0, whole, size);
            yield return new For(loop, body(loop, size).ToArray());
        }
        else if (whole > 0)
        {
            foreach (Statement statement in Scoped(isDivided, body(0, size)))
            {
                yield return statement;
            }
        }

        if (isDivided)
        {
            yield return new Remark($"What the blocks of {Notation.Text(size)} leave");
        }

        if (whole < count)
        {
            foreach (Statement statement in Scoped(isDivided, body(whole, count - whole)))
            {
                yield return statement;
            }
        }
    }

    private static IEnumerable<Statement> Scoped(bool isScoped, IEnumerable<Statement> body) => isScoped ? new[] { new Scope(body.ToArray()) } : body;
}
