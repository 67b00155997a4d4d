using System.Linq;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Densities as nodes.</summary>
public sealed partial class WireTests
{
    [Fact]
    public void Densities_read_values_means_and_deviations()
    {
        NetworkGraph graph = Read("""
            var mean = w.Input("x", 2);
            var logStd = w.Parameter("LogStd", 2);
            var action = w.Input("action", 2);
            w.Output("y", mean.GaussianLogDensity(action, logStd));
            w.Output("z", mean.TanhGaussianLogDensity(action, logStd, "squashed"));
            w.Output("h", mean.Entropy("h"));
            """);
        Assert.Equal(
            [
                Node(1, new GaussianLogDensity(), 1, 0, 2),
                Node(2, new TanhGaussianLogDensity(), 1, 0, 2) with { Name = "squashed" },
                Node(3, new Entropy(), 0) with { Name = "h" },
            ],
            graph.Nodes.Skip(3));
    }
}
