using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;
using Index = NetGen.Generator.Lowering.Index;

namespace NetGen.TestKit;

/// <summary>
/// What is known of integers beside the smallest and the largest value of each: that some exceed others. That an index is not negative is shown by putting less in the place of what it
/// counts, until the rest has no negative value.
/// </summary>
internal sealed class Bounds
{
    /// <summary>Replacements, one after another.</summary>
    private const int MostReplaced = 8;

    private readonly List<Fact> _facts = new();
    private readonly Dictionary<string, int> _multiples = new();

    /// <summary>How much is known, to go back to.</summary>
    public int Known => _facts.Count;

    /// <summary>Forgets all that came to be known after something.</summary>
    public void Forget(int known) => _facts.RemoveRange(known, _facts.Count - known);

    /// <summary>Forgets what a variable was a multiple of: its name is declared anew.</summary>
    public void Forget(string variable) => _multiples.Remove(variable);

    /// <summary>An integer is a multiple of a number.</summary>
    public void Divides(int number, string count) => _multiples[count] = number;

    /// <summary>A number that an integer is known to be a multiple of.</summary>
    public int Multiple(Count count) => _multiples.TryGetValue(count.Name, out int number) ? number : 1;

    /// <summary>An integer is at least something.</summary>
    public void AtLeast(Count count, Index least) => _facts.Add(new Fact(count, 1, least + -1, 1));

    /// <summary>An integer exceeds another, and both are multiples of a number.</summary>
    public void Exceeds(Count count, Index less, int multiple) => _facts.Add(new Fact(count, 1, less, multiple));

    /// <summary>A loop ends before what it goes up to.</summary>
    public void Inside(Loop loop)
    {
        if (loop.Upto is { } count)
        {
            _facts.Add(new Fact(count, loop.Factor, loop, loop.IsAligned ? loop.Step : 1));
        }
    }

    /// <summary>Whether an index has no negative value, as far as that can be shown.</summary>
    public bool IsNatural(Index index) => IsNatural(index, MostReplaced);

    private bool IsNatural(Index index, int replacements) => index.Least >= 0 || (replacements > 0 && index.Terms
        .Where(term => term.Factor > 0)
        .Any(term => Less(term.Variable, term.Factor).Any(less => IsNatural(index - (Index.Of(term.Variable) * term.Factor) + less, replacements - 1))));

    /// <summary>What is not more than a multiple of a variable.</summary>
    private IEnumerable<Index> Less(IVariable variable, int factor)
    {
        Count? count = (variable as WholeGroups)?.Of ?? variable as Count;
        if (count is null)
        {
            yield break;
        }

        int multiple = (variable as WholeGroups)?.Size ?? Multiple(count);
        foreach (Fact fact in _facts.Where(fact => fact.Of == count && factor % fact.Factor == 0))
        {
            // What exceeds a multiple of a number, and is one itself, exceeds it by that number.
            int more = fact.Factor * multiple % fact.Multiple == 0 ? fact.Multiple : 1;
            yield return (fact.Less + more) * (factor / fact.Factor);
        }

        if (variable is WholeGroups)
        {
            // Groups of half the size end no later.
            yield return (multiple > 2 && multiple % 2 == 0 ? (Index)new WholeGroups(count, multiple / 2) : count) * factor;
        }
    }

    /// <summary>So many times an integer exceeds something that is a multiple of a number.</summary>
    private sealed record Fact(Count Of, int Factor, Index Less, int Multiple);
}
