using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// The memory <c>t</c> for a group of samples, one in each lane of a vector; it is zero at first. Quantities lie unit by unit, a vector each, or
/// where a later product wants it sample by sample, padded like a layer.
/// </summary>
internal sealed class LaneMemory
{
    private readonly EmitContext _context;
    private readonly VectorText _text;
    private readonly Dictionary<string, int> _places = new();
    private readonly SortedSet<string> _used = new(StringComparer.Ordinal);

    public LaneMemory(EmitContext context, VectorText text)
    {
        _context = context;
        _text = text;
    }

    /// <summary>Elements in use.</summary>
    public int Length { get; private set; }

    /// <summary>The first element of a quantity.</summary>
    public int this[string name] => _places[name];

    /// <summary>Writes the body of a method after a reference to each place that it uses.</summary>
    public void WriteBody(Action body)
    {
        _used.Clear();
        _context.Writer.Body(body, before: () =>
        {
            foreach (string name in _used)
            {
                _context.Writer.Line($"ref {_context.T} {name} = ref {_context.At("t", _places[name])};");
            }
        });
    }

    /// <summary>How the vector of a unit is read.</summary>
    public Func<int, string> Lane(string name) => unit => _text.Load(_text.Widest, Use(name), unit * _text.Widest.Count);

    /// <summary>Gives free what lies from an element on, once nothing reads it.</summary>
    public void Release(int length)
    {
        foreach (string name in _places.Where(place => place.Value >= length).Select(place => place.Key).ToList())
        {
            _places.Remove(name);
        }

        Length = length;
    }

    /// <summary>Notes that the method being written uses a place, and returns its name.</summary>
    public string Use(string name)
    {
        _used.Add(name);
        return name;
    }

    /// <summary>Sets memory for a vector of each unit aside.</summary>
    public string Reserve(string name, int units) => ReserveElements(name, ParameterRule.PaddedUnits(units) * _text.Widest.Count);

    /// <summary>Sets memory for some elements aside.</summary>
    public string ReserveElements(string name, int length)
    {
        _places.Add(name, Length);
        Length += length;
        return Use(name);
    }

    /// <summary>Writes what stores a vector of each unit, unless it is there already, and returns the name of its place.</summary>
    /// <param name="name">The name.</param>
    /// <param name="units">How many vectors.</param>
    /// <param name="value">The vector of a unit.</param>
    /// <param name="same">The name of another quantity of which this is only a new name: where that has a place, both are there.</param>
    public string Store(string name, int units, Func<int, string> value, string? same = null)
    {
        if (!_places.ContainsKey(name) && same is not null && _places.TryGetValue(same, out int place))
        {
            _places.Add(name, place);
            return name;
        }

        if (!_places.ContainsKey(name))
        {
            Reserve(name, units);
            for (int unit = 0; unit < units; unit++)
            {
                _context.Writer.Line($"{_text.Store(_text.Widest, value(unit), name, unit * _text.Widest.Count)}");
            }
        }

        return Use(name);
    }
}
