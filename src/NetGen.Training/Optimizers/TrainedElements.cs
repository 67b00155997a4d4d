using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Training;

/// <summary>Which elements of a buffer an optimizer may change: all but those of blocks that are not trained, which weight decay would move.</summary>
internal sealed class TrainedElements
{
    private readonly (int Start, int End)[] _runs;

    public TrainedElements(ParameterLayout layout)
    {
        var runs = new List<(int Start, int End)>();
        int next = 0;

        // From its first parameter to its last a block has the elements to itself.
        foreach (ParameterBlock block in layout.Blocks.Where(block => !block.IsTrained).OrderBy(block => block.Element(0)))
        {
            Add(block.Element(0));
            next = block.Element(block.Count - 1) + 1;
        }

        Add(layout.Length);
        _runs = runs.ToArray();

        void Add(int end)
        {
            if (next < end)
            {
                runs.Add((next, end));
            }
        }
    }

    /// <summary>How many runs they are.</summary>
    public int Count => _runs.Length;

    /// <summary>What a run has of a range: nothing where the end is not past the start.</summary>
    /// <param name="run">The run, from 0.</param>
    /// <param name="start">The first element of the range.</param>
    /// <param name="end">The element after its last.</param>
    public (int Start, int End) Within(int run, int start, int end) => (Math.Max(_runs[run].Start, start), Math.Min(_runs[run].End, end));
}
