using System.Collections.Generic;
using NetGen.Models.Graphs;

namespace NetGen.Models.Loading;

/// <summary>Which layers of a model are computed from which.</summary>
internal sealed class Dependence
{
    private readonly LayeredModel _model;

    /// <param name="model">The model.</param>
    public Dependence(LayeredModel model) => _model = model;

    /// <summary>Whether each of some layers is computed from the one before it, so that there is one order in which they can be.</summary>
    /// <param name="layers">Their indices, ascending.</param>
    public bool IsOrdered(IReadOnlyList<int> layers)
    {
        for (int index = 1; index < layers.Count; index++)
        {
            if (!Reaches(layers[index], layers[index - 1]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a layer is computed from an earlier one: what it reads, and so on, has smaller indices.</summary>
    private bool Reaches(int layer, int earlier)
    {
        var seen = new HashSet<int>();
        var waiting = new Stack<int>();
        waiting.Push(layer);
        while (waiting.Count > 0)
        {
            int next = waiting.Pop();
            if (next == earlier)
            {
                return true;
            }

            foreach (int input in _model.Layers[next].Inputs)
            {
                if (input >= earlier && seen.Add(input))
                {
                    waiting.Push(input);
                }
            }
        }

        return false;
    }
}
