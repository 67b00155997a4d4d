using System.Collections.Generic;

namespace NetGen.Fuzz.Sources;

/// <summary>An attribute whose parts can still be changed.</summary>
internal sealed class AttributeText(string name, IEnumerable<string> arguments)
{
    public string Name { get; set; } = name;

    public List<string> Arguments { get; } = [.. arguments];

    public override string ToString() => Arguments.Count == 0 ? Name : $"{Name}({string.Join(", ", Arguments)})";
}
