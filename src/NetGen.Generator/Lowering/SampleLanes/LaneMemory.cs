using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>
/// The memory <c>t</c> for a group of samples, one in each lane of a vector; it is zero at first. Quantities lie unit by unit, a vector each, or
/// where a later product wants it sample by sample, padded like a layer.
/// </summary>
internal sealed class LaneMemory
{
    private readonly Dictionary<string, (int Start, Buffer Buffer)> _places = new();
    private readonly SortedSet<string> _used = new(StringComparer.Ordinal);

    public LaneMemory(VectorType type)
    {
        Type = type;
    }

    /// <summary>The vectors.</summary>
    public VectorType Type { get; }

    /// <summary>Elements in use.</summary>
    public int Length { get; private set; }

    /// <summary>The place of a quantity and its first element.</summary>
    public (int Start, Buffer Buffer) this[string name] => _places[name];

    /// <summary>The name of the memory for a vector of each unit.</summary>
    public static string Lanes(string quantity, int layer) => layer == 0 ? "xLanes" : $"{quantity}{Notation.Text(layer)}Lanes";

    /// <summary>The name of the memory for the units of each sample.</summary>
    public static string Rows(string quantity, int layer) => $"{quantity}{Notation.Text(layer)}Rows";

    /// <summary>Declares the places that the kernel being lowered uses, and begins another.</summary>
    /// <param name="memory">As much of the memory as it uses.</param>
    /// <param name="groups">Where there is memory for further groups; null where all groups use the same.</param>
    public IReadOnlyList<Statement> Views(out Buffer memory, Repetition? groups = null)
    {
        var places = _used.Select(name => _places[name]).ToList();
        var all = new Buffer("t", places.Select(place => place.Start + place.Buffer.Length).DefaultIfEmpty().Max(), BufferKind.Reference) { Repeats = groups };
        _used.Clear();
        memory = all;
        return places.Select(place => new View(place.Buffer, all, place.Start)).ToList();
    }

    /// <summary>The vector of a unit.</summary>
    public Func<int, Expression> Lane(string name) => unit => new LoadVector(Type, Use(name), unit * Type.Count);

    /// <summary>Gives free what lies from an element on, once nothing reads it.</summary>
    public void Release(int length)
    {
        foreach (string name in _places.Where(place => place.Value.Start >= length).Select(place => place.Key).ToList())
        {
            _places.Remove(name);
        }

        Length = length;
    }

    /// <summary>A place, which the kernel being lowered uses.</summary>
    public Buffer Use(string name)
    {
        _used.Add(name);
        return _places[name].Buffer;
    }

    /// <summary>Sets memory for a vector of each unit aside.</summary>
    public Buffer Reserve(string name, int units) => ReserveElements(name, ParameterRule.PaddedUnits(units) * Type.Count);

    /// <summary>Sets memory for some elements aside.</summary>
    public Buffer ReserveElements(string name, int length)
    {
        _places.Add(name, (Length, new Buffer(name, length, BufferKind.Reference)));
        Length += length;
        return Use(name);
    }

    /// <summary>Stores a vector of each unit, unless it is there already.</summary>
    /// <param name="name">The name of its place.</param>
    /// <param name="units">How many vectors.</param>
    /// <param name="value">The vector of a unit.</param>
    /// <param name="same">The name of another quantity of which this is only a new name: where that has a place, both are there.</param>
    public IEnumerable<Statement> Store(string name, int units, Func<int, Expression> value, string? same = null)
    {
        if (_places.ContainsKey(name))
        {
            Use(name);
            return Array.Empty<Statement>();
        }

        if (same is not null && _places.TryGetValue(same, out (int Start, Buffer Buffer) place))
        {
            _places.Add(name, (place.Start, place.Buffer with { Name = name }));
            return Array.Empty<Statement>();
        }

        Buffer memory = Reserve(name, units);
        return Enumerable.Range(0, units).Select(unit => new Store(memory, unit * Type.Count, value(unit), Type)).ToList();
    }
}
