using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using NetGen.Models.Graphs;

namespace NetGen.Models.Tests;

/// <summary>A compiled class that is the network of a model file, with room for the values of one sample.</summary>
internal sealed class ModelClass
{
    private readonly ModelGraph _graph;
    private readonly Run _run;
    private readonly float[][] _inputs;
    private readonly float[][] _outputs;
    private readonly int[][] _choices;

    /// <param name="assembly">Where it is.</param>
    /// <param name="index">Its number there; see <see cref="Text"/>.</param>
    /// <param name="graph">What it computes.</param>
    public ModelClass(Assembly assembly, int index, ModelGraph graph)
    {
        _graph = graph;
        _run = assembly.GetType("Model" + index)!.GetMethod("Run")!.CreateDelegate<Run>();
        _inputs = [.. graph.Inputs.Select(input => new float[input.Size])];
        _outputs = [.. graph.Outputs.Select(output => new float[graph.Nodes[output.Node].Size])];
        _choices = [.. graph.Outputs.Select(output => new int[graph.Nodes[output.Node].Size])];
    }

    private delegate void Run(float[][] inputs, float[][] outputs, int[][] choices);

    /// <summary>The text of a class, whose method takes an array for each input and each output.</summary>
    /// <param name="index">A number for its name.</param>
    /// <param name="path">The file.</param>
    /// <param name="graph">What is in it.</param>
    /// <param name="options">More of the attribute, behind the name of the file.</param>
    public static string Text(int index, string path, ModelGraph graph, string options = "")
    {
        bool hasNames = graph.Inputs.Skip(1).Any() || graph.Outputs.Count > 1 || graph.Outputs.Any(result => result.IsInteger);
        IEnumerable<string> inputs = graph.Inputs.Select((_, input) => $"inputs[{input}]");
        IEnumerable<string> outputs = graph.Outputs.Select((result, number) => result.IsInteger ? $"choices[{number}]" : $"outputs[{number}]");
        string folder = Path.GetFileName(Path.GetDirectoryName(path)!);
        return $$"""
            [Model("{{folder}}/{{Path.GetFileName(path)}}"{{options}})]
            public sealed partial class Model{{index}}
            {
                public static void Run(float[][] inputs, float[][] outputs, int[][] choices) => Shared.Forward{{(hasNames ? "Named" : "")}}({{string.Join(", ", inputs.Concat(outputs))}});
            }

            """;
    }

    /// <summary>Takes the values of a sample.</summary>
    public void Load(IReadOnlyDictionary<string, double[]> inputs)
    {
        foreach ((float[] values, InputNode input) in _inputs.Zip(_graph.Inputs))
        {
            for (int index = 0; index < values.Length; index++)
            {
                values[index] = (float)inputs[input.InputName][index];
            }
        }
    }

    /// <summary>Computes all outputs of the sample that was taken.</summary>
    public void Invoke() => _run(_inputs, _outputs, _choices);

    /// <summary>The values of an output for a sample.</summary>
    public double[] Values(ModelOutput output, IReadOnlyDictionary<string, double[]> inputs)
    {
        Load(inputs);
        Invoke();
        int index = _graph.Outputs.ToList().IndexOf(output);
        return output.IsInteger ? Array.ConvertAll(_choices[index], value => (double)value) : Array.ConvertAll(_outputs[index], value => (double)value);
    }
}
