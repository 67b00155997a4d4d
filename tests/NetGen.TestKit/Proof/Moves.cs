using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;
using Index = NetGen.Generator.Lowering.Index;

namespace NetGen.TestKit;

/// <summary>How far references have gone on from where they were declared, whatever turn the loops are in.</summary>
internal sealed class Moves
{
    private readonly Dictionary<string, Index> _moved = new();

    /// <summary>How far a reference has gone on.</summary>
    public Index Of(string reference) => _moved.TryGetValue(reference, out Index? moved) ? moved : 0;

    /// <summary>Lets a reference go on.</summary>
    public void Add(string reference, Index step) => _moved[reference] = Of(reference) + step;

    /// <summary>Forgets a reference, whose name is declared anew.</summary>
    public void Remove(string reference) => _moved.Remove(reference);

    /// <summary>Goes through the body of a loop once, for all turns: a reference that moves in it has done so in each turn before.</summary>
    public void Around(For loop, Action body)
    {
        Dictionary<string, int> inTurn = Of(loop.Body);
        Dictionary<string, Index> before = inTurn.Keys.ToDictionary(reference => reference, Of);
        int turns = loop.Loop.Turns;
        Index earlier = turns > 1 ? new Loop("turn", 0, turns) : 0;
        foreach (string reference in inTurn.Keys)
        {
            // Told by the variable of the loop, where that is what other things are told by.
            Add(reference, loop.Loop.IsAligned && loop.Loop.Start == 0 && inTurn[reference] % loop.Loop.Step == 0
                ? (Index)loop.Loop * (inTurn[reference] / loop.Loop.Step)
                : earlier * inTurn[reference]);
        }

        body();

        // A loop that ends at run time may have had any number of turns.
        Index all = loop.Loop.Counts.Any() ? new Loop("turn", 0, turns + 1) : turns;
        foreach (string reference in inTurn.Keys)
        {
            _moved[reference] = before[reference] + (all * inTurn[reference]);
        }
    }

    /// <summary>How far the references go that statements do not declare themselves.</summary>
    public static Dictionary<string, int> Of(IReadOnlyList<Statement> statements)
    {
        var moved = new Dictionary<string, int>();
        var own = new HashSet<string>();
        void Add(string reference, int step)
        {
            if (!own.Contains(reference))
            {
                moved[reference] = (moved.TryGetValue(reference, out int before) ? before : 0) + step;
            }
        }

        foreach (Statement statement in statements)
        {
            switch (statement)
            {
                case View view:
                    own.Add(view.Part.Name);
                    break;
                case Move move:
                    Add(move.Reference.Name, move.Step.Constant);
                    break;
                case For loop:
                    foreach (KeyValuePair<string, int> inner in Of(loop.Body))
                    {
                        Add(inner.Key, inner.Value * loop.Loop.Turns);
                    }

                    break;
                case Scope or Blocks:
                    foreach (KeyValuePair<string, int> inner in Of(((Block)statement).Body))
                    {
                        Add(inner.Key, inner.Value);
                    }

                    break;
            }
        }

        return moved;
    }
}
