using System;
using System.Collections.Generic;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>A sum over the units of a layer in the order of a dot product, as loops over lanes in memory: unit j goes to lane j mod lanes, and the lanes are added by halves.</summary>
internal sealed class Lanes
{
    /// <summary>Prepares a sum.</summary>
    /// <param name="name">What its memory is called.</param>
    /// <param name="layer">The layer.</param>
    public Lanes(string name, LayerPlan layer)
    {
        Memory = new Buffer(name, layer.UnitLanes);
    }

    /// <summary>The lanes.</summary>
    public Buffer Memory { get; }

    /// <summary>Goes over the units in their order.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="body">What happens for a unit, whose lane it is told.</param>
    public static IEnumerable<Statement> Over(LayerPlan layer, Func<Index, Index, IReadOnlyList<Statement>> body)
    {
        int lanes = layer.UnitLanes;
        int whole = layer.Units / lanes * lanes;
        if (whole > 0)
        {
            foreach (Statement statement in Loops.Over("k", 0, whole, lanes, k => Row(k, lanes)))
            {
                yield return statement;
            }
        }

        if (whole < layer.Units)
        {
            foreach (Statement statement in Row(whole, layer.Units - whole))
            {
                yield return statement;
            }
        }

        IReadOnlyList<Statement> Row(Index first, int count) => count == 1
            ? new[] { new Scope(body(first, 0)) }
            : new List<Statement>(Loops.Over("lane", count, lane => body(first + lane, lane)));
    }

    /// <summary>Adds the lanes; the first has the sum then.</summary>
    public IEnumerable<Statement> Fold()
    {
        for (int half = Memory.Length / 2; half > 0; half /= 2)
        {
            int upper = half;
            foreach (Statement statement in Loops.Over("lane", half, lane => new[] { Store.Add(Memory, lane, new Load(Memory, lane + upper)) }))
            {
                yield return statement;
            }
        }
    }
}
