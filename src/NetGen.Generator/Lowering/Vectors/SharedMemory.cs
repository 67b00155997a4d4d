using System.Collections.Generic;
using System.Linq;

namespace NetGen.Generator.Lowering;

/// <summary>Stack memory with several values one after another: whoever is given the first finds them all.</summary>
internal sealed class SharedMemory
{
    private readonly List<string> _names;
    private readonly Dictionary<string, (int Offset, int Length)> _places;
    private readonly Index _times;
    private readonly Condition? _where;
    private int _length;
    private int _once;

    /// <summary>Creates memory without values.</summary>
    /// <param name="times">How often each value is there.</param>
    /// <param name="where">Where there is such memory; null for everywhere.</param>
    public SharedMemory(Index times, Condition? where = null)
        : this(times, where, new List<string>(), new Dictionary<string, (int Offset, int Length)>())
    {
    }

    private SharedMemory(Index times, Condition? where, List<string> names, Dictionary<string, (int Offset, int Length)> places)
    {
        _times = times;
        _where = where;
        _names = names;
        _places = places;
    }

    /// <summary>All of it, under the name of the first value.</summary>
    public Buffer Whole => Of(_names[0], (_times * _length) + _once);

    /// <summary>A value.</summary>
    public Buffer this[string name] => name == _names[0] ? Whole : Of(name, IsOnce(name) ? _once : _times * _places[name].Length);

    /// <summary>The same memory for who is only asked where it is there.</summary>
    public SharedMemory WhereThere => new(_times, null, _names, _places) { _length = _length, _once = _once };

    /// <summary>Whether it has a value.</summary>
    public bool Has(string name) => _places.ContainsKey(name);

    /// <summary>How long a value is, once.</summary>
    public int LengthOf(string name) => _places[name].Length;

    /// <summary>Adds a value.</summary>
    public void Add(string name, int length)
    {
        _names.Add(name);
        _places.Add(name, (_length, length));
        _length += length;
    }

    /// <summary>Gives the place of a value to one more, where the two are not there at the same time.</summary>
    public void Share(string name, string with)
    {
        _names.Add(name);
        _places.Add(name, _places[with]);
    }

    /// <summary>Adds a value that is there once, after all others.</summary>
    public void AddOnce(string name, int length)
    {
        _names.Add(name);
        _places.Add(name, (_length, length));
        _once = length;
    }

    /// <summary>References to some values, where there is one to the first.</summary>
    public IEnumerable<Statement> Views(System.Func<string, bool> isNamed) =>
        _names.Skip(1).Where(isNamed).Select(name => new View(this[name], Whole, _times * _places[name].Offset));

    private bool IsOnce(string name) => _places[name].Offset == _length;

    private Buffer Of(string name, Index size) => new(name, size, BufferKind.Reference) { OnlyWhere = _where };
}
