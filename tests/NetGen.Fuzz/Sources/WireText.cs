using System.Collections.Generic;
using System.Linq;

namespace NetGen.Fuzz.Sources;

/// <summary>A method that declares a network, whose lines can still be changed.</summary>
internal sealed class WireText
{
    /// <summary>Constants of the class.</summary>
    public List<string> Constants { get; } = [];

    /// <summary>The statements; those between a brace that opens and the one that closes it are one loop.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>The inputs, in order.</summary>
    public List<(string Name, int Size)> Inputs { get; } = [];

    /// <summary>The outputs, in order.</summary>
    public List<(string Name, int Size)> Outputs { get; } = [];

    /// <summary>The method and its constants as members of a class.</summary>
    /// <param name="prefix">What stands before the names of types.</param>
    public string Members(string prefix) => string.Join('\n', Constants.Append($"static void Wire({prefix}Wiring w)\n{{").Concat(Lines.Select(line => "    " + line)).Append("}"));
}
