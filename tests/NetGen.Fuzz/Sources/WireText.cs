using System.Collections.Generic;
using System.Linq;

namespace NetGen.Fuzz.Sources;

/// <summary>A method that declares a network, whose lines can still be changed.</summary>
internal sealed class WireText
{
    /// <summary>Constants of the class, and the formulas that it has itself.</summary>
    public List<string> Constants { get; } = [];

    /// <summary>The statements; those between a brace that opens and the one that closes it are one loop.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>The inputs, in order.</summary>
    public List<(string Name, int Size)> Inputs { get; } = [];

    /// <summary>The outputs, in order.</summary>
    public List<(string Name, int Size)> Outputs { get; } = [];

    /// <summary>The name of an activation of the class's own, which is there from then on.</summary>
    public string Activation() => Method("Bent", "double z", "z > 0.5 ? z : 0.25 + (0.5 * global::NetGen.StrictMath.Sin(z) * global::NetGen.StrictMath.Erf(z))");

    /// <summary>The name of a loss of the class's own, likewise.</summary>
    public string Loss() => Method("Cauchy", "double a, double y", "global::NetGen.StrictMath.Log1p((a - y) * (a - y))");

    private string Method(string name, string parameters, string value)
    {
        string method = $"private static double {name}({parameters}) => {value};";
        if (!Constants.Contains(method))
        {
            Constants.Add(method);
        }

        return name;
    }

    /// <summary>The method and what it names as members of a class.</summary>
    /// <param name="prefix">What stands before the names of types.</param>
    public string Members(string prefix) => string.Join('\n', Constants.Append($"static void Wire({prefix}Wiring w)\n{{").Concat(Lines.Select(line => "    " + line)).Append("}"));
}
