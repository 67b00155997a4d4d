using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;
using Buffer = NetGen.Generator.Lowering.Buffer;
using Index = NetGen.Generator.Lowering.Index;

namespace NetGen.TestKit;

/// <summary>What is proven where a batch is taken apart: of blocks of samples, of what is so or not, and of memory that depends on it.</summary>
internal sealed partial class Verify
{
    private void Examine(Blocks blocks)
    {
        Number(blocks.Of.Name);
        if (blocks.First.Least != 0 || blocks.First.Most < blocks.Of.Most || blocks.Samples.Least != 1 || blocks.Samples.Most < blocks.Size)
        {
            Fault($"takes blocks of {blocks.Size} by {blocks.First} and {blocks.Samples}");
        }

        int known = _bounds.Known;
        _turns++;
        _scopes.Push(new Dictionary<string, Buffer?>());
        Integer(blocks.First);
        Integer(blocks.Samples);
        _bounds.Divides(blocks.Size, blocks.First.Name);
        _bounds.AtLeast(blocks.Of, (Index)blocks.First + blocks.Samples);
        foreach (Count room in _rooms.Where(room => room.Of.Equals(blocks.Of) && room.Room.Most >= blocks.Size).Select(room => room.Room))
        {
            // A block has no more than there are, nor more than its size; what is not less than that, and a multiple of a group, is not less than whole groups.
            _bounds.AtLeast(room, new WholeGroups(blocks.Samples, room.Values.Aggregate(Divisor)));
        }

        Scoped(blocks.Body);
        _scopes.Pop();
        _turns--;
        _bounds.Forget(known);
    }

    private void Examine(Where where)
    {
        Known(where.Condition);
        Assuming(where.Condition, () => Scoped(where.Body));
        if (where.Otherwise is { } otherwise)
        {
            Assuming(!where.Condition, () => Scoped([otherwise]));
        }

        if (Moves.Of(where.Body).Count > 0 || (where.Otherwise is { } other && Moves.Of(other.Body).Count > 0))
        {
            Fault("moves a reference where something is so, and else not");
        }
    }

    /// <summary>Each of the two places must have what the reference is to have, where it is chosen.</summary>
    private void Examine(Choose choose)
    {
        Known(choose.When);
        Assuming(choose.When, () => Inside(choose.Of, choose.Start, choose.Part.Size));
        Assuming(!choose.When, () =>
        {
            if (choose.Filled is { } filled)
            {
                Examine(filled);
            }

            Inside(choose.Otherwise, 0, choose.Part.Size);
        });
        if (choose.Part.Kind != BufferKind.Reference || _readOnly.ContainsKey(choose.Otherwise.Name) || choose.Part.Repeats is not null)
        {
            Fault($"takes {choose.Part.Name} from {choose.Of.Name} or {choose.Otherwise.Name}, which it cannot");
        }

        Declare(choose.Part.Name, choose.Part);
        ReadOnly(choose.Part, choose.Of, choose.When);
    }

    private void Examine(OneHot labels)
    {
        Number(labels.Samples.Name);
        Inside(labels.Labels, labels.First, labels.Samples);
        Inside(labels.Targets, 0, (Index)labels.Samples * labels.Units);
        Writable(labels.Targets);
        if (labels.Labels.Kind != BufferKind.Labels)
        {
            Fault($"takes {labels.Labels.Name} for classes");
        }
    }

    private void Examine(FillTargets fill)
    {
        Number(fill.Samples.Name);
        Inside(fill.Rows, 0, (Index)fill.Samples * fill.Length);
        int outputs = fill.Outputs.Sum(output => output.Layer.Units);
        foreach ((Buffer? buffer, int values) in new (Buffer?, int)[] { (fill.Targets, outputs), (fill.Labels, 1), (fill.Weights, 1), (fill.Allowed, outputs) })
        {
            // What is empty is left out.
            if (buffer is not null && Find(buffer) is { } declared)
            {
                Within(declared, fill.First * values, (Index)fill.Samples * values);
            }
        }

        Writable(fill.Rows);
        if (fill.Labels is { Kind: not BufferKind.Labels } || fill.Allowed.Kind != BufferKind.Flags)
        {
            Fault($"takes {fill.Labels?.Name} for classes or {fill.Allowed.Name} for what is allowed");
        }
    }

    private void ExamineInteger(Statement statement)
    {
        switch (statement)
        {
            case LetNumber number:
                Integer(number.Count);
                _numbers[number.Count.Name] = number.Value;
                if (number.Value < number.Count.Least || number.Value > number.Count.Most)
                {
                    Fault($"has {number.Value} for {number.Count}");
                }

                break;
            case LetFlag flag:
                Known(flag.Value);
                Declare(flag.Flag, null);
                _flags[flag.Flag] = flag.Value;
                break;
            case LetRoom room:
                Number(room.Of.Name);
                Integer(room.Room);
                if (room.Room.Values.Count == 0 || room.Room.Least != room.Room.Values[0] || room.Room.Most != room.Room.Values[room.Room.Values.Count - 1]
                    || room.Room.Values.Zip(room.Room.Values.Skip(1), (less, more) => less >= more).Any(isWrong => isWrong))
                {
                    Fault($"has {room}, whose values are others");
                }

                _rooms.Add(room);
                break;
            case LetSum sum:
                Declare(sum.Sum, null);
                break;
            case LetWhole whole:
                Number(whole.Of.Name);
                Integer(whole.Whole);
                if (whole.Whole.Least != 0 || whole.Whole.Most < whole.Of.Most || (whole.Group & (whole.Group - 1)) != 0)
                {
                    Fault($"has {whole}, where not all may be whole groups");
                }

                _bounds.Divides(whole.Group, whole.Whole.Name);
                _bounds.AtLeast(whole.Of, (Index)whole.Whole + whole.Less);
                break;
        }
    }

    /// <summary>
    /// A reference goes on by a step that is known when the kernel runs, once in each turn of a loop over groups of samples, to the memory for the next group; after that it is not used, for
    /// there may be no further one.
    /// </summary>
    private void Examine(Move move)
    {
        Inside(move.Reference, 0, 0);
        Counts(move.Step);
        if (!_moves.Of(move.Reference.Name).Equals(0) || move.Step.Loops.Any() || move.Step.Constant != 0 || move.Step.Terms.Count != 1)
        {
            Fault($"moves {move.Reference.Name} by {move.Step} from somewhere inside of it");
        }
        else if (Find(move.Reference)?.Repeats is not { } repeats || !move.Step.Equals(repeats.Step) || _loops.Count != 1 || _turns > 0 || _depth != _loopDepth
            || _loops[0] is not { IsAligned: true, Start: 0, Factor: 1 } loop || loop.Upto != repeats.Samples || loop.Step < repeats.Group)
        {
            Fault($"moves {move.Reference.Name} by {move.Step}, where there may be nothing");
        }

        _gone.Add(move.Reference.Name);
    }

    private void Allocates(Buffer buffer)
    {
        if (_loops.Count > 0 || _turns > 0)
        {
            Fault($"allocates {buffer.Name} in every turn of a loop");
        }

        if (buffer.OnlyWhere is { } where)
        {
            Known(where);
        }

        Counts(buffer.Size);
        Declare(buffer.Name, buffer);
    }

    /// <summary>A part of what is only read is only read, too, when it is such a part.</summary>
    private void ReadOnly(Buffer part, Buffer of, Condition? when)
    {
        if (_readOnly.TryGetValue(of.Name, out Condition? before))
        {
            _readOnly[part.Name] = before is null ? when : when is null ? before : null;
        }
    }

    private static int Divisor(int x, int y) => y == 0 ? x : Divisor(y, x % y);

    /// <summary>What a condition speaks of has a value.</summary>
    private void Known(Condition condition)
    {
        switch (condition)
        {
            case IsSet set:
                Number(set.Flag);
                break;
            case IsBefore before:
                Number(before.First.Name);
                Number(before.End.Name);
                break;
            case IsAtLeast least:
                Number(least.Count.Name);
                break;
            case Both both:
                Known(both.First);
                Known(both.Second);
                break;
            case IsGiven given when !Find(given.Buffer, out _):
                Fault($"uses {given.Buffer} before it is declared");
                break;
        }
    }

    private void AssumingAny(Condition? condition, System.Action examine)
    {
        if (condition is null)
        {
            examine();
        }
        else
        {
            Known(condition);
            Assuming(condition, examine);
        }
    }

    /// <summary>Examines something where a condition holds.</summary>
    private void Assuming(Condition condition, System.Action examine)
    {
        int known = _bounds.Known;
        List<Condition> added = All(condition).Where(_holds.Add).ToList();
        foreach (IsBefore before in added.OfType<IsBefore>().Where(before => !before.IsNot))
        {
            _bounds.Exceeds(before.End, before.First, _bounds.Multiple(before.First));
        }

        examine();
        _holds.ExceptWith(added);
        _bounds.Forget(known);
    }

    /// <summary>All that holds where a condition does.</summary>
    private IEnumerable<Condition> All(Condition condition) => condition switch
    {
        Both { IsNot: true } => new[] { condition },
        Both both => All(both.First).Concat(All(both.Second)),
        IsSet { IsNot: false } set when _flags.TryGetValue(set.Flag, out Condition? meaning) => All(meaning).Append(condition),
        _ => new[] { condition },
    };

    /// <summary>Whether a condition is known not to hold.</summary>
    private bool IsFalse(Condition condition) => condition is Both { IsNot: false } both ? IsFalse(both.First) || IsFalse(both.Second) : _holds.Contains(!condition);
}
