using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace NetGen.Models.Graphs;

/// <summary>The names that inputs and outputs of a model have in C#: <c>obs_0</c> is <c>Obs0</c>.</summary>
internal sealed class ModelNames
{
    private readonly Dictionary<string, string> _inputs;
    private readonly Dictionary<string, string> _outputs;

    /// <summary>Finds the names.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="outputNames">What some outputs are to be called, by their names in the file; or null.</param>
    /// <exception cref="InvalidDataException">Two inputs or two outputs would have one name.</exception>
    public ModelNames(ModelGraph graph, IReadOnlyDictionary<string, string>? outputNames = null)
    {
        _inputs = Distinct("inputs", graph.Inputs.Select(input => (input.InputName, Identifier(input.InputName, "Input"))));
        _outputs = Distinct("outputs", graph.Outputs.Select(output => (output.Name, outputNames is not null && outputNames.TryGetValue(output.Name, out string? here) ? here : Identifier(output.Name, "Output"))));
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
            if (known.FirstOrDefault(other => Start(other.Value) == Start(here)) is { Key: { } other })
            {
                throw new InvalidDataException($"its {what} '{other}' and '{name}' would both be called {here}" + (what == "outputs" ? $"; give one another name: Outputs = new[] {{ \"{name} as …\" }}" : ""));
            }

            known.Add(name, here);
        }

        return known;
    }

    /// <summary>What the names of members begin with: names that differ in the case of the first letter alone have one.</summary>
    private static string Start(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

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
