using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Training;

/// <summary>
/// Which elements of a buffer an optimizer may change, and how: all but those of blocks that are not trained, which weight decay would move. Runs are as long as settings are the same, so that
/// without groups one is as a rule the whole buffer.
/// </summary>
internal sealed class TrainedElements
{
    private readonly Run[] _runs;

    /// <param name="layout">The network.</param>
    /// <param name="weightDecay">λ where no group has another.</param>
    /// <param name="groups">What layers have of their own; where several reach a block, the one with the longest name counts.</param>
    /// <param name="decaysOnlyWeights">Whether nothing decays but matrices of weights.</param>
    public TrainedElements(ParameterLayout layout, double weightDecay, IReadOnlyCollection<ParameterGroup> groups, bool decaysOnlyWeights)
    {
        var groupOf = new Dictionary<ParameterBlock, ParameterGroup>();
        foreach (ParameterGroup group in groups.OrderBy(group => group.Layer.Length))
        {
            foreach (ParameterBlock block in layout.BlocksOf(group.Layer))
            {
                groupOf[block] = group;
            }
        }

        var runs = new List<Run>();
        var all = new Settings(1, weightDecay);
        Settings? settings = null;
        int next = 0;

        // From its first parameter to its last a block has the elements to itself; what lies between two belongs to the run before.
        foreach (ParameterBlock block in layout.Blocks.OrderBy(block => block.Element(0)))
        {
            if (!block.IsTrained)
            {
                Add(block.Element(0));
                (settings, next) = (null, block.Element(block.Count - 1) + 1);
                continue;
            }

            ParameterGroup? group = groupOf.GetValueOrDefault(block);
            bool decays = !decaysOnlyWeights || (block.Role == ParameterRole.Weight && block.Shape.Count == 2);
            var own = new Settings(group?.Rate ?? 1, decays ? group?.WeightDecay ?? weightDecay : 0);
            if (settings is not null && settings != own)
            {
                Add(block.Element(0));
                next = block.Element(0);
            }

            settings = own;
        }

        Add(layout.Length);
        _runs = runs.ToArray();
        LargestRate = _runs.Select(run => run.Settings.Rate).DefaultIfEmpty(1).Max();
        LargestWeightDecay = _runs.Select(run => run.Settings.WeightDecay).DefaultIfEmpty().Max();
        LargestShrinkage = _runs.Select(run => run.Settings.Rate * run.Settings.WeightDecay).DefaultIfEmpty().Max();

        void Add(int end)
        {
            if (next < end)
            {
                runs.Add(new Run(next, end, settings ?? all));
            }
        }
    }

    /// <summary>How many runs they are.</summary>
    public int Count => _runs.Length;

    /// <summary>The largest factor of the learning rate.</summary>
    public double LargestRate { get; }

    /// <summary>The largest λ.</summary>
    public double LargestWeightDecay { get; }

    /// <summary>The largest λ times the factor of its learning rate.</summary>
    public double LargestShrinkage { get; }

    /// <summary>What a run has of a range: nothing where the end is not past the start.</summary>
    /// <param name="run">The run, from 0.</param>
    /// <param name="start">The first element of the range.</param>
    /// <param name="end">The element after its last.</param>
    public (int Start, int End) Within(int run, int start, int end) => (Math.Max(_runs[run].Start, start), Math.Min(_runs[run].End, end));

    /// <summary>A step as the elements of a run take it.</summary>
    /// <param name="run">The run, from 0.</param>
    /// <param name="update">The step.</param>
    public Update Of(int run, Update update) =>
        update with { LearningRate = update.LearningRate * _runs[run].Settings.Rate, WeightDecay = _runs[run].Settings.WeightDecay };

    /// <summary>How elements are stepped over.</summary>
    /// <param name="Rate">The factor of the learning rate.</param>
    /// <param name="WeightDecay">λ.</param>
    private readonly record struct Settings(double Rate, double WeightDecay);

    /// <summary>Elements with the same settings.</summary>
    private readonly record struct Run(int Start, int End, Settings Settings);
}
