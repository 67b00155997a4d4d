using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

// With vectors of every width, a sample and a batch of several blocks have the bits of code that computes one number at a time, whatever is given.
public sealed partial class GraphNetworkTests
{
    private static readonly double[] Special = [double.NaN, double.PositiveInfinity, -0.0, 1e30, double.NegativeInfinity, 1e-42];

    [Fact]
    public void Vectors_give_random_graphs_the_same_bits()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            CheckVectors(seed, layers: seed % 8 == 1 ? 70 : 8, seed % 4 < 2 ? NumberType.Single : NumberType.Double);
        }
    }

    /// <summary>Each sample adds the parts of all layers that share a parameter before the next one does.</summary>
    [Fact]
    public void Vectors_give_graphs_that_share_parameters_the_same_bits()
    {
        int shared = 0;
        for (int seed = 3; seed < 80; seed += 4)
        {
            NetworkPlan plan = CheckVectors(seed, layers: 20, seed % 8 == 3 ? NumberType.Single : NumberType.Double);
            shared += plan.SharesParameters && plan.VectorWidths.Count > 0 ? 1 : 0;
        }

        Assert.InRange(shared, 8, 20);
    }

    /// <summary>A large batch in fused arithmetic takes dL/dx from transposed weights, in another order than a sample by itself.</summary>
    [Fact]
    public void Transposed_weights_give_graphs_the_same_gradients()
    {
        int added = 0;
        for (int seed = 0; seed < 12; seed++)
        {
            NetworkPlan plan = Planner.Plan(GraphNetworks.Spec(Random(seed, layers: 8), NumberType.Double, Dialect.Modern) with { IsFused = true });
            (double[] parameters, double[] x, double[] y) = Numbers(plan, seed, samples: 37);
            IReadOnlyList<KernelFunction> kernels = KernelProof.Layers(plan, plan.VectorWidths[0]);
            Assert.Empty(Verify.Faults(kernels));
            GraphResults each = GraphNetworks.Run(plan, kernels, parameters, x, y, Rate);
            AssertClose(each.All, GraphNetworks.Run(plan, kernels, parameters, x, y, Rate, inBatches: true).All, 1e-9, 1);
            added += plan.TransposedLayers.Count(layer => layer.AddsInputGradient);
        }

        Assert.InRange(added, 3, 60);
    }

    private static NetworkPlan CheckVectors(int seed, int layers, NumberType number)
    {
        NetworkSpec spec = GraphNetworks.Spec(Random(seed, layers), number, Dialect.Modern);
        NetworkPlan scalar = Planner.Plan(spec, new PlanChoice(VectorWidths: []));
        NetworkPlan plan = Planner.Plan(spec);
        (double[] parameters, double[] x, double[] y) = Numbers(plan, seed, samples: seed % 3 == 0 ? 37 : 3);
        if (seed % 5 == 4)
        {
            x[seed % x.Length] = Special[seed / 5 % Special.Length];
        }

        string expected = Bits(GraphNetworks.Run(scalar, ScalarKernels.Of(scalar), parameters, x, y, Rate).All);
        Assert.Equal(plan.SharesParameters && plan.Layers.Count > Budgets.MethodLayers, plan.VectorWidths.Count == 0);
        foreach (int width in plan.VectorWidths)
        {
            IReadOnlyList<KernelFunction> kernels = KernelProof.Layers(plan, width);
            Assert.Empty(Verify.Faults(kernels));
            foreach (bool inBatches in new[] { false, true })
            {
                Assert.Equal(expected, Bits(GraphNetworks.Run(plan, kernels, parameters, x, y, Rate, inBatches).All));
            }
        }

        return plan;
    }
}
