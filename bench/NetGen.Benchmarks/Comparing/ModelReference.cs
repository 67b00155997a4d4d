using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;
using NetGen.Models.Tests;

namespace NetGen.Benchmarks.Comparing;

/// <summary>A model as the importer reads it, in double precision. ONNX Runtime, which reads the file itself, confirms it.</summary>
internal sealed class ModelReference(ModelGraph graph) : Reference
{
    public override double[] Forward(double[] input) =>
        GraphValues.Of(graph, graph.Outputs.Single(), new Dictionary<string, double[]> { [graph.Inputs.Single().InputName] = input });

    /// <summary>None: it is not trained.</summary>
    public override double[] Gradient(double[] input, double[] target) => [];

    /// <summary>No: at a kink values are the same from both sides, and only derivatives differ.</summary>
    public override bool IsNearKink(double[] input, double margin) => false;
}
