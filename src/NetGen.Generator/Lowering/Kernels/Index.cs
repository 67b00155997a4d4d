using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>An integer that indices may depend on.</summary>
internal interface IVariable
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>The smallest value.</summary>
    int Least { get; }

    /// <summary>The largest value.</summary>
    int Most { get; }
}

/// <summary>An integer that is known when a kernel runs.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Most">Its largest value.</param>
/// <param name="Least">Its smallest value.</param>
internal sealed record Count(string Name, int Most, int Least = 1) : IVariable
{
    /// <summary>The values that it may have, smallest first, where they are few; else none.</summary>
    public EquatableArray<int> Values { get; init; }
}

/// <summary>As many of something as fill whole groups: memory has room for them, whatever is computed beyond the last one.</summary>
/// <param name="Of">How many there are.</param>
/// <param name="Size">How many a group has.</param>
internal sealed record WholeGroups(Count Of, int Size) : IVariable
{
    public string Name => $"{Of.Name}, up to whole groups of {Notation.Text(Size)},";

    public int Least => RoundedUp(Of.Least, Size);

    public int Most => RoundedUp(Of.Most, Size);

    /// <summary>A number, up to whole groups.</summary>
    public static int RoundedUp(int count, int size) => (count + size - 1) / size * size;
}

/// <summary>
/// The variable of a loop, which takes every <see cref="Step"/>-th value from <see cref="Start"/> to before <see cref="End"/>, or downwards where the step is negative. Two loops are never
/// the same.
/// </summary>
internal sealed class Loop : IVariable
{
    private readonly Count? _first;
    private readonly Count? _count;
    private readonly int _factor;

    /// <summary>A loop whose end is known when it runs.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="count">What it goes up to.</param>
    /// <param name="step">From one value to the next.</param>
    /// <param name="factor">The end is as many times the count.</param>
    public Loop(string name, Count count, int step = 1, int factor = 1)
        : this(name, 0, count.Most * factor, step)
    {
        _count = count;
        _factor = factor;
    }

    /// <summary>A loop whose start is known when it runs as well; it may have no turn.</summary>
    public Loop(string name, Count start, Count end)
        : this(name, end)
    {
        _first = start;
    }

    public Loop(string name, int start, int end, int step = 1)
    {
        if (step > 0 ? start >= end : start <= end || step == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(end), end, $"The loop over {name} from {start} in steps of {step} has no turn.");
        }

        Name = name;
        Start = start;
        End = end;
        Step = step;
    }

    public string Name { get; }

    /// <summary>The first value, or less.</summary>
    public int Start { get; }

    /// <summary>What it ends before, at most: upwards or downwards.</summary>
    public int End { get; }

    public int Step { get; }

    /// <summary>What it ends before, divided by <see cref="Factor"/>, where that is known only when it runs.</summary>
    public Count? Upto => _count;

    /// <summary>The end is as many times that count.</summary>
    public int Factor => _factor;

    /// <summary>Whether each value is known to be a multiple of the step.</summary>
    public bool IsAligned => _first is null && Step > 0 && Start % Step == 0;

    /// <summary>What it needs to be known.</summary>
    public IEnumerable<Count> Counts => new[] { _first, _count }.OfType<Count>();

    /// <summary>How often it turns, at most.</summary>
    public int Turns => ((End - Math.Sign(Step) - Start) / Step) + 1;

    /// <summary>The first value, in C#.</summary>
    public string StartText => _first?.Name ?? Notation.Text(Start);

    /// <summary>What it ends before, in C#.</summary>
    public string EndText => _count is null ? Notation.Text(End) : _factor == 1 ? _count.Name : $"{_count.Name} * {Notation.Text(_factor)}";

    /// <summary>The first value, where counts have values.</summary>
    public int StartValue(Func<Count, int> count) => _first is null ? Start : count(_first);

    /// <summary>What it ends before, where counts have values.</summary>
    public int EndValue(Func<Count, int> count) => _count is null ? End : count(_count) * _factor;

    /// <summary>The last value.</summary>
    public int Last => Start + ((End - Math.Sign(Step) - Start) / Step * Step);

    public int Least => Math.Min(Start, Last);

    public int Most => Math.Max(Start, Last);

    /// <summary>A loop down to 0.</summary>
    public static Loop Down(string name, int start, int step) => new(name, start, -1, -step);
}

/// <summary>
/// An index that is affine in the variables of the loops around it and what else is known when a kernel runs, Σ factor · variable + constant: it can be added to and multiplied with numbers, its
/// values have known bounds, and it is printed in one way, without what is 0 or a factor 1.
/// </summary>
internal sealed class Index : IEquatable<Index>
{
    private static readonly (IVariable, int)[] NoTerms = Array.Empty<(IVariable, int)>();
    private static readonly Index[] Numbers = Enumerable.Range(0, 1024).Select(number => new Index(NoTerms, number)).ToArray();

    private readonly IReadOnlyList<(IVariable Variable, int Factor)> _terms;

    private Index(IReadOnlyList<(IVariable Variable, int Factor)> terms, int constant)
    {
        _terms = terms;
        Constant = constant;
    }

    /// <summary>What is added to the variables.</summary>
    public int Constant { get; }

    /// <summary>Whether the index is known when the code is written.</summary>
    public bool IsNumber => _terms.Count == 0;

    /// <summary>The loops whose variables it depends on.</summary>
    public IEnumerable<Loop> Loops => _terms.Select(term => term.Variable).OfType<Loop>();

    /// <summary>What else it depends on.</summary>
    public IEnumerable<Count> Counts => _terms.Select(term => term.Variable is WholeGroups groups ? groups.Of : term.Variable).OfType<Count>();

    /// <summary>The variables, and how often each counts.</summary>
    public IReadOnlyList<(IVariable Variable, int Factor)> Terms => _terms;

    /// <summary>The index as the number that it is.</summary>
    public int Number => IsNumber ? Constant : throw new InvalidOperationException($"{this} is known only when a kernel runs.");

    /// <summary>The smallest value.</summary>
    public long Least => Constant + _terms.Sum(term => (long)term.Factor * (term.Factor > 0 ? term.Variable.Least : term.Variable.Most));

    /// <summary>The largest value.</summary>
    public long Most => Constant + _terms.Sum(term => (long)term.Factor * (term.Factor > 0 ? term.Variable.Most : term.Variable.Least));

    public static implicit operator Index(int number) => number >= 0 && number < Numbers.Length ? Numbers[number] : new Index(NoTerms, number);

    public static implicit operator Index(Loop loop) => new(new (IVariable, int)[] { (loop, 1) }, 0);

    public static implicit operator Index(Count count) => Of(count);

    public static implicit operator Index(WholeGroups groups) => Of(groups);

    public static Index operator -(Index left, Index right) => left + (right * -1);

    public static Index operator +(Index left, Index right)
    {
        if (right.IsNumber || left.IsNumber)
        {
            IReadOnlyList<(IVariable, int)> some = right.IsNumber ? left._terms : right._terms;
            return some.Count == 0 ? left.Constant + right.Constant : new Index(some, left.Constant + right.Constant);
        }

        List<(IVariable Variable, int Factor)> terms = left._terms.ToList();
        foreach ((IVariable variable, int factor) in right._terms)
        {
            int same = terms.FindIndex(term => term.Variable.Equals(variable));
            if (same < 0)
            {
                terms.Add((variable, factor));
            }
            else if (terms[same].Factor + factor == 0)
            {
                terms.RemoveAt(same);
            }
            else
            {
                terms[same] = (variable, terms[same].Factor + factor);
            }
        }

        return new Index(terms, left.Constant + right.Constant);
    }

    public static Index operator *(Index index, int factor) => index.IsNumber || factor == 0
        ? index.Constant * factor
        : factor == 1 ? index : new Index(index._terms.Select(term => (term.Variable, term.Factor * factor)).ToArray(), index.Constant * factor);

    /// <summary>A variable.</summary>
    public static Index Of(IVariable variable) => new(new[] { (variable, 1) }, 0);

    /// <summary>The index with something else in place of its variables.</summary>
    public Index With(Func<IVariable, Index> value) => _terms.Aggregate((Index)Constant, (sum, term) => sum + (value(term.Variable) * term.Factor));

    /// <summary>The value where the variables have values.</summary>
    public int Value(Func<IVariable, int> variable) => Constant + _terms.Sum(term => term.Factor * variable(term.Variable));

    public bool Equals(Index? other) => other is not null && Constant == other.Constant && _terms.Count == other._terms.Count
        && _terms.All(term => other._terms.Contains(term));

    public override bool Equals(object? obj) => Equals(obj as Index);

    public override int GetHashCode() => _terms.Aggregate(Constant, (hash, term) => hash + (term.Factor * term.Variable.Name.Length));

    /// <summary>The index in C#.</summary>
    public override string ToString()
    {
        if (IsNumber)
        {
            return Notation.Text(Constant);
        }

        int common = _terms[0].Factor;
        if (Constant == 0 && common != 1 && _terms.Count > 1 && _terms.All(term => term.Factor == common))
        {
            return $"({string.Join(" + ", _terms.Select(term => term.Variable.Name))}) * {Notation.Text(common)}";
        }

        bool isAlone = _terms.Count == 1 && Constant == 0;
        IEnumerable<string> parts = _terms.Select(term => term.Factor == 1 ? term.Variable.Name
            : isAlone ? $"{term.Variable.Name} * {Notation.Text(term.Factor)}"
            : $"({term.Variable.Name} * {Notation.Text(term.Factor)})");
        return string.Join(" + ", Constant == 0 ? parts : parts.Append(Notation.Text(Constant)));
    }
}
