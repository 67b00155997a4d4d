using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>
/// The steps of a formula with a sample in every lane of a vector. Those over few units are straight; the quantities of
/// more units lie in memory, and what exists for each unit is computed in a loop: one copy of the code for all of them.
/// </summary>
internal sealed class LaneSteps
{
    private readonly LayerPlan _layer;
    private readonly LaneMemory _memory;
    private readonly StraightSteps _straight;
    private readonly Dictionary<string, string> _renamed = new();
    private readonly HashSet<string> _inMemory = new();

    public LaneSteps(LayerPlan layer, LaneMemory memory, bool isFused)
    {
        _layer = layer;
        _memory = memory;
        _straight = new StraightSteps(layer, new Rounding(ByCast: false, isFused), memory.Type);
    }

    private bool IsLong => _layer.Units > Tuning.LaneLocals;

    private VectorType Type => _memory.Type;

    /// <summary>Declares what a quantity of each unit is.</summary>
    public void Given(string quantity, Func<int, Expression> unit)
    {
        _straight.Given(quantity, unit);
        _inMemory.Remove(quantity);
    }

    /// <summary>Declares what a loss reads of the targets, given each value of them.</summary>
    public void GivenTargets(Func<int, Expression> value, OutputPlan output, bool hasTerms)
    {
        Given(Quantity.Y, value);
        if (hasTerms)
        {
            Given(Quantity.SampleWeight, _ => value(output.Layer.Units));
            Given(Quantity.Allowed, unit => value(output.Layer.Units + 1 + unit));
        }
    }

    /// <summary>Declares that a quantity of each unit lies in memory.</summary>
    public void GivenInMemory(string quantity, string place)
    {
        _straight.Given(quantity, _memory.Lane(place));
        _inMemory.Add(quantity);
    }

    /// <summary>A quantity of each unit.</summary>
    public Func<int, Expression> Of(string quantity) => _straight.Of(quantity);

    /// <summary>The name of the memory for a quantity of each unit: that of another one of which it is only a new name.</summary>
    public string Place(string quantity) => _renamed.TryGetValue(quantity, out string place) ? place : LaneMemory.Lanes(quantity, _layer.Number);

    /// <summary>Stores a quantity of each unit, unless it is there, and reads it from memory from then on.</summary>
    public IEnumerable<Statement> Keep(string quantity)
    {
        string place = LaneMemory.Lanes(quantity, _layer.Number);
        IEnumerable<Statement> statements = _memory.Store(place, _layer.Units, Of(quantity), Place(quantity));
        GivenInMemory(quantity, place);
        return statements;
    }

    /// <summary>Lowers steps, one after another.</summary>
    public IReadOnlyList<Statement> Lower(IEnumerable<Step> steps)
    {
        var statements = new List<Statement>();
        var loop = new List<Step>();
        foreach (Step step in IsLong ? steps.SelectMany(StepSchedule.TermsFirst) : steps)
        {
            if (step.Kind == StepKind.Each && step.Value.Fold(_layer.Units) is Symbol same && _straight.Has(same.Name))
            {
                if (loop.Any(waiting => waiting.Name == same.Name))
                {
                    // What reads the new name must find it in memory.
                    statements.AddRange(LoopOver(loop));
                }

                _straight.Given(step.Name, Of(same.Name));
                _renamed[step.Name] = Place(same.Name);
                if (_inMemory.Contains(same.Name))
                {
                    _inMemory.Add(step.Name);
                }
            }
            else if (step.Kind == StepKind.Each && IsLong)
            {
                loop.Add(step);
                _straight.Given(step.Name, _memory.Lane(Place(step.Name)));
            }
            else
            {
                statements.AddRange(LoopOver(loop));
                statements.AddRange(StepSchedule.IsReduction(step) && IsLong ? Reduction(step) : Straight(step));
            }
        }

        statements.AddRange(LoopOver(loop));
        return statements;
    }

    /// <summary>A step in lines of its own. What it reads from memory more than once gets a name: a formula that spells its place each time is too long to read.</summary>
    private IEnumerable<Statement> Straight(Step step)
    {
        var statements = new List<Statement>();
        if (step.Kind is StepKind.Each or StepKind.Sum)
        {
            foreach (string repeated in NamedParts.Repeated(step.Value).Where(_inMemory.Contains).ToList())
            {
                statements.AddRange(_straight.Declare(repeated, Of(repeated)));
                _inMemory.Remove(repeated);
            }
        }

        statements.AddRange(_straight.Lower(step));
        _inMemory.Remove(step.Name);
        return statements;
    }

    /// <summary>One loop for several steps, which are done then.</summary>
    private IReadOnlyList<Statement> LoopOver(List<Step> steps)
    {
        if (steps.Count == 0)
        {
            return Array.Empty<Statement>();
        }

        var places = new List<(string Name, string Place)>();
        var statements = new List<Statement>();
        var computed = new HashSet<string>();
        foreach (Step step in steps)
        {
            statements.AddRange(Stored(step, symbol => !computed.Contains(symbol), places));
            computed.Add(step.Name);
        }

        foreach (Step step in steps)
        {
            _memory.Reserve(Place(step.Name), _layer.Units);
        }

        statements.Add(Loop(0, places, unit => steps.SelectMany(step => new Statement[]
        {
            new Let(InLoop(step.Name).Name, _straight.Value(step, InLoop), Type),
            new Store(_memory.Use(Place(step.Name)), unit, InLoop(step.Name), Type),
        })));
        steps.Clear();
        return statements;
    }

    /// <summary>A sum or maximum over the units, from the first one on: one copy of the code for all but that.</summary>
    private IReadOnlyList<Statement> Reduction(Step step)
    {
        var places = new List<(string Name, string Place)>();
        var statements = new List<Statement>(Stored(step, _ => true, places));
        Expression first = _straight.OfUnit(step, 0);
        string local = _straight.Scalar(step.Name);
        statements.Add(new Let(local, first, Type));
        Expression value = _straight.Value(step, InLoop);
        statements.Add(Loop(1, places, _ => step.Kind == StepKind.Sum
            ? new Statement[] { Assign.Add(local, value, Type) }
            : new Statement[] { new Let(InLoop(step.Name).Name, value, Type), new Assign(local, LoopSteps.Larger(InLoop(step.Name), local), Type) }));
        return statements;
    }

    /// <summary>Stores what a step reads of each unit.</summary>
    private IEnumerable<Statement> Stored(Step step, Func<string, bool> isRead, List<(string Name, string Place)> places) =>
        step.Value.Symbols().Where(symbol => _straight.Has(symbol) && isRead(symbol)).Distinct().Except(places.Select(place => place.Name)).ToList().SelectMany(symbol =>
        {
            places.Add((symbol, Place(symbol)));
            return _memory.Store(Place(symbol), _layer.Units, Of(symbol));
        }).ToList();

    private For Loop(int firstUnit, IReadOnlyList<(string Name, string Place)> places, Func<Index, IEnumerable<Statement>> body)
    {
        var loop = new Loop("j", firstUnit * Type.Count, _layer.Units * Type.Count, Type.Count);
        IEnumerable<Statement> read = places.Select(place => new Let(InLoop(place.Name).Name, new LoadVector(Type, _memory.Use(place.Place), loop), Type));
        return new For(loop, read.Concat(body(loop)).ToArray());
    }

    /// <summary>A quantity of the unit whose turn it is.</summary>
    private static Symbol InLoop(string quantity) => new(quantity + "j");
}
