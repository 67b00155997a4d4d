using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Benchmarks.Comparing;
using NetGen.Models.Graphs;
using NetGen.Models.Importing;
using NetGen.Models.Onnx;

namespace NetGen.Benchmarks.Networks;

/// <summary>A network whose file has all there is to know of it: with one input and one output, and never trained here.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="File">The file.</param>
/// <param name="Description">What it is.</param>
internal sealed record ModelShape(string Name, string File, string Description) : NetworkShape(Name)
{
    // Read when it is asked for: most commands only name it.
    private readonly Lazy<ModelGraph> _graph = new(() => OnnxImporter.Import(OnnxReader.Read(System.IO.File.ReadAllBytes(PathOf(File)), external: null), new ImportOptions()).Graph);

    /// <summary>Where the file is.</summary>
    public string Path => PathOf(File);

    /// <summary>What the importer makes of it.</summary>
    public ModelGraph Graph => _graph.Value;

    public override string Description { get; } = Description;

    public override int Inputs => Graph.Inputs.Single().Size;

    public override int Outputs => Graph.Nodes[Graph.Outputs.Single().Node].Size;

    public override long MultiplyAdds => Graph.Nodes.OfType<DenseNode>().Sum(dense => (long)dense.Weight.Length);

    // What a gradient needs.
    public override long FirstMultiplyAdds => 0;

    public override int FirstUnits => 0;

    public override int ParameterCount => (int)Graph.Parameters;

    /// <summary>None: the file has the parameters.</summary>
    public override IEnumerable<ParameterRange> Ranges => [];

    public override void FillTarget(Span<float> target, Random random) => target.Clear();

    public override Reference CreateReference(ReadOnlySpan<float> parameters) => new ModelReference(Graph);

    private static string PathOf(string file) => System.IO.Path.Combine(AppContext.BaseDirectory, "models", file);
}
