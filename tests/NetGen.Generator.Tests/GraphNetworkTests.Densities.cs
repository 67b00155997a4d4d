using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Networks with densities and entropies.</summary>
public sealed partial class GraphNetworkTests
{
    /// <summary>Densities, which are sums over what they read, have the same bits in every kind of kernel, and are proven right.</summary>
    [Theory]
    [InlineData("Single")]
    [InlineData("Double")]
    [Trait("Category", "Quick")]
    public void Densities_have_the_same_bits_in_every_form(string number)
    {
        GraphCase[] densities = [.. Cases.Where(HasDensity)];
        Assert.Equal(15, GraphCase.All("distributions").Count);
        foreach (GraphCase golden in densities)
        {
            NetworkSpec spec = GraphNetworks.Spec(golden.Graph, Enum.Parse<NumberType>(number), Dialect.Modern);
            Assert.Empty(KernelProof.Faults(spec));
            NetworkPlan plan = Planner.Plan(spec);
            Assert.DoesNotContain(Emit.NetworkEmitter.Emit(plan).Split('\n'), line => line.Contains("//", StringComparison.Ordinal) && line.Contains("{x", StringComparison.Ordinal));
            NetworkPlan scalar = Planner.Plan(spec, new PlanChoice(VectorWidths: []));
            Assert.InRange(StackBytes(scalar), 1, StackUse.OfSample(scalar));
            string Run(NetworkPlan of, IReadOnlyList<KernelFunction> kernels, bool inBatches) =>
                Bits(GraphNetworks.Run(of, kernels, golden.Parameters, golden.Inputs, golden.Targets, golden.Step.Rate, inBatches).All);
            string expected = Run(scalar, ScalarKernels.Of(scalar), false);
            Assert.All(plan.VectorWidths, width => Assert.All([false, true], inBatches => Assert.Equal(expected, Run(plan, KernelProof.Layers(plan, width), inBatches))));
        }
    }
}
