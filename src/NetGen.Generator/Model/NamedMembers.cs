using System.Collections.Generic;
using System.Linq;

namespace NetGen.Generator.Model;

/// <summary>The members of a class that tell where its inputs and outputs lie: those of outputs are there where it has several of either, those of inputs where it has several inputs.</summary>
internal static class NamedMembers
{
    /// <summary>Those of the inputs, in order: <c>StateInput</c>.</summary>
    public static IEnumerable<string> Inputs(NetworkGraph graph) => Of(graph.Inputs.Skip(1).Any(), graph.Inputs.Select(input => input.Name), "Input");

    /// <summary>Those of the outputs, in order: <c>ValueOutput</c>.</summary>
    public static IEnumerable<string> Outputs(NetworkGraph graph) => Of(graph.HasNamedValues, graph.Outputs.Select(output => output.Name), "Output");

    /// <summary>What the name of a member begins with: names that differ in the case of the first letter alone have one.</summary>
    public static string Start(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    private static IEnumerable<string> Of(bool areThere, IEnumerable<string> names, string suffix) =>
        areThere ? names.Select(name => Start(name) + suffix) : Enumerable.Empty<string>();
}
