using System.Linq;
using NetGen.Generator.Lowering;
using Buffer = NetGen.Generator.Lowering.Buffer;
using Index = NetGen.Generator.Lowering.Index;

namespace NetGen.TestKit;

/// <summary>What is proven of places in memory.</summary>
internal sealed partial class Verify
{
    /// <summary>Elements from an index on must lie inside a buffer that is in scope.</summary>
    private void Inside(Buffer buffer, Index index, Index count)
    {
        if (Find(buffer) is not { } declared)
        {
            return;
        }

        if (!declared.Size.Equals(buffer.Size) || declared.Kind != buffer.Kind)
        {
            Fault($"takes {declared} for {buffer}");
        }

        if ((declared.MayBeEmpty && !_holds.Contains(new IsGiven(buffer.Name))) || (declared.OnlyWhere is { } where && !_holds.Contains(where)))
        {
            Fault($"uses {buffer.Name} where it may be empty");
        }

        Within(declared, index, count);
    }

    /// <summary>The buffer of a name; null, and a fault, where there is none.</summary>
    private Buffer? Find(Buffer buffer)
    {
        if (!Find(buffer.Name, out Buffer? declared))
        {
            Fault($"uses {buffer.Name} before it is declared");
        }
        else if (declared is null)
        {
            Fault($"uses the number {buffer.Name} as a buffer");
        }

        return declared;
    }

    private void Within(Buffer declared, Index index, Index count)
    {
        Index place = index + _moves.Of(declared.Name);
        Counts(index);
        Counts(count);
        if (_gone.Contains(declared.Name))
        {
            Fault($"uses {declared.Name} after it has gone on to what may not be there");
        }
        else if (index.Loops.Concat(count.Loops).Any(loop => !_loops.Contains(loop)))
        {
            Fault($"uses {declared.Name}[{index}] outside of the loop");
        }
        else if (!count.Equals(0) && !(_bounds.IsNatural(place) && _bounds.IsNatural(declared.Size - place - count)))
        {
            Fault(System.FormattableString.Invariant($"uses elements {place.Least} to {(place + count + -1).Most} of {declared.Name}[{index}], which has {declared.Size}"));
        }
    }

    private void Counts(Index index)
    {
        foreach (Count count in index.Counts)
        {
            Number(count.Name);
        }
    }

    private void Writable(Buffer buffer)
    {
        if (_readOnly.TryGetValue(buffer.Name, out Condition? when) && (when is null || !IsFalse(when)))
        {
            Fault($"writes to {buffer.Name}, which it has for reading");
        }
    }
}
