using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NetGen.Generator.Model;
using NetGen.Models.Graphs;

namespace NetGen.Generator.Importing;

/// <summary>The names that inputs and outputs of a model have in C#: <c>obs_0</c> is <c>Obs0</c>.</summary>
internal sealed class ModelNames
{
    private readonly Dictionary<string, string> _inputs;
    private readonly Dictionary<string, string> _outputs;

    /// <summary>Finds the names.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="wanted">What outputs are to be called, or null.</param>
    /// <exception cref="InvalidDataException">Two inputs or two outputs would have one name.</exception>
    public ModelNames(ModelGraph graph, IReadOnlyList<WantedOutput>? wanted)
    {
        _inputs = Distinct("inputs", graph.Inputs.Select(input => (input.InputName, Identifier(input.InputName, "Input"))));
        _outputs = Distinct("outputs", graph.Outputs.Select(output => (output.Name, wanted?.FirstOrDefault(one => one.Name == output.Name)?.As ?? Identifier(output.Name, "Output"))));
    }

    /// <summary>The name of an input.</summary>
    public string Input(string name) => _inputs[name];

    /// <summary>The name of an output.</summary>
    public string Output(string name) => _outputs[name];

    private static Dictionary<string, string> Distinct(string what, IEnumerable<(string Name, string Here)> names)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string here) in names)
        {
            if (known.FirstOrDefault(other => NamedMembers.Start(other.Value) == NamedMembers.Start(here)) is { Key: { } other })
            {
                throw new InvalidDataException($"its {what} '{other}' and '{name}' would both be called {here}" + (what == "outputs" ? $"; give one another name: Outputs = new[] {{ \"{name} as …\" }}" : ""));
            }

            known.Add(name, here);
        }

        return known;
    }

    /// <summary>A name in the way of C#, with a word before it where it would begin with a digit.</summary>
    private static string Identifier(string name, string before)
    {
        var text = new StringBuilder();
        bool starts = true;
        foreach (char character in name)
        {
            if (!char.IsLetterOrDigit(character))
            {
                starts = true;
                continue;
            }

            text.Append(starts ? char.ToUpperInvariant(character) : character);
            starts = false;
        }

        return text.Length == 0 || char.IsDigit(text[0]) ? before + text : text.ToString();
    }
}
