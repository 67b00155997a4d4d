using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;

namespace NetGen.Generator.Lowering;

/// <summary>
/// Distributes the steps of a formula among loops over the units, in as few loops as the sums and maxima allow: a step joins the first loop in which everything it
/// needs is known. A quantity needed in a later loop is computed again when that is cheap, else stored.
/// </summary>
internal sealed class StepSchedule
{
    private readonly int _units;
    private readonly Func<string, object?> _place;
    private readonly Dictionary<string, Step> _steps = new();
    private readonly Dictionary<string, int> _loops = new();
    private readonly HashSet<string> _stored;

    /// <summary>Distributes the steps.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="units">Units of the layer.</param>
    /// <param name="place">Where a quantity of each unit lies, or is to lie, or null; what is computed for such a place and is a result is stored there.</param>
    /// <param name="results">The quantities that are wanted in their places.</param>
    /// <param name="isVector">
    /// Whether a step is computed for several units at once, which then have loops of their own: loops over vectors are even and loops over units odd. Null where none is.
    /// </param>
    public StepSchedule(
        IEnumerable<Step> steps, int units, Func<string, object?> place, IEnumerable<string> results, Func<StepSchedule, Step, bool>? isVector = null)
    {
        _units = units;
        _place = place;
        Needed = steps.Where(step => !IsNoOp(step)).ToList();
        foreach (Step step in Needed)
        {
            _steps[step.Name] = step;
            _loops[step.Name] = Loop(step, isVector);
        }

        Count = Needed.Where(IsInLoop).Max(step => (int?)_loops[step.Name] + 1) ?? 0;
        _stored = new HashSet<string>(results.Where(_steps.ContainsKey));
        for (int loop = 0; loop < Count; loop++)
        {
            foreach (string name in ReadIn(loop).Where(name => IsEach(name) && _loops[name] < loop && !IsRecomputed(name)))
            {
                _stored.Add(name);
            }
        }
    }

    /// <summary>The steps that compute anything.</summary>
    public IReadOnlyList<Step> Needed { get; }

    /// <summary>How many loops there are.</summary>
    public int Count { get; }

    /// <summary>The quantities that are stored, of which some have no place yet.</summary>
    public IEnumerable<string> Stored => _stored;

    /// <summary>Whether a quantity is stored.</summary>
    public bool IsStored(string name) => _stored.Contains(name);

    /// <summary>The loop of a step; for one that happens once, the loop before which it does.</summary>
    public int LoopOf(Step step) => _loops[step.Name];

    /// <summary>What happens once, before a loop.</summary>
    public IEnumerable<Step> Before(int loop) => Needed.Where(step => step.Kind == StepKind.Once && _loops[step.Name] == loop);

    /// <summary>What a loop computes first.</summary>
    public List<Step> In(int loop) => Needed.Where(step => IsInLoop(step) && _loops[step.Name] == loop).ToList();

    /// <summary>What it computes again, for some quantities that it reads.</summary>
    public IEnumerable<Step> Again(IReadOnlyCollection<string> read, int loop) =>
        Needed.Where(step => read.Contains(step.Name) && IsEach(step.Name) && _loops[step.Name] < loop && IsRecomputed(step.Name));

    /// <summary>The quantities that a loop reads, those of recomputed steps included.</summary>
    public IReadOnlyCollection<string> ReadIn(int loop)
    {
        var seen = new List<string>();
        var known = new HashSet<string>();
        var open = new Queue<string>(In(loop).SelectMany(step => step.Value.Symbols()));
        while (open.Count > 0)
        {
            string name = open.Dequeue();
            if (!known.Add(name))
            {
                continue;
            }

            seen.Add(name);
            if (IsEach(name) && _loops[name] < loop && IsRecomputed(name))
            {
                foreach (string inner in _steps[name].Value.Symbols())
                {
                    open.Enqueue(inner);
                }
            }
        }

        return seen;
    }

    /// <summary>Whether a step needs a quantity, by itself or through others.</summary>
    public bool Reads(Step step, string name) => step.Value.Symbols()
        .Any(symbol => symbol == name || (_steps.TryGetValue(symbol, out Step? before) && Reads(before, name)));

    /// <summary>A step, or, where it is a sum whose terms call a function, one that computes the terms and one that adds them.</summary>
    public static IEnumerable<Step> TermsFirst(Step step)
    {
        if (step.Kind != StepKind.Sum || !step.Value.CallsFunction())
        {
            return new[] { step };
        }

        string term = step.Name + "Term";
        return new[] { Step.Each(term, step.Value), step with { Value = Expression.Symbol(term) } };
    }

    /// <summary>Whether a step goes over the units and leaves one number.</summary>
    public static bool IsReduction(Step step) => step.Kind is StepKind.Sum or StepKind.Max;

    private static bool IsInLoop(Step step) => step.Kind != StepKind.Once;

    private int Loop(Step step, Func<StepSchedule, Step, bool>? isVector)
    {
        IEnumerable<Step> needed = step.Value.Symbols().Where(_steps.ContainsKey).Select(name => _steps[name]);
        if (isVector is null)
        {
            return needed.Select(before => _loops[before.Name] + (IsReduction(before) ? 1 : 0)).DefaultIfEmpty(0).Max();
        }

        bool isInVectors = step.Kind == StepKind.Once || isVector(this, step);
        int pair = needed
            .Select(before => (_loops[before.Name] / 2)
                + (IsReduction(before) || (isInVectors && before.Kind == StepKind.Each && !isVector(this, before)) ? 1 : 0))
            .DefaultIfEmpty(0)
            .Max();
        return (2 * pair) + (isInVectors ? 0 : 1);
    }

    /// <summary>A step that renames a quantity that lies where its result belongs.</summary>
    private bool IsNoOp(Step step) => step.Kind == StepKind.Each
        && step.Value.Fold(_units) is Symbol symbol
        && _place(symbol.Name) is { } source
        && source.Equals(_place(step.Name));

    private bool IsRecomputed(string name) => _place(name) is null && !_stored.Contains(name) && _steps[name].Value.IsCheap();

    private bool IsEach(string name) => _steps.TryGetValue(name, out Step? step) && step.Kind == StepKind.Each;
}
