using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.TestKit;

/// <summary>Proves the lowered kernels of a network right, in every form that has them, rather than only in that which the planner chooses.</summary>
public static class KernelProof
{
    /// <summary>Multiply-adds of a network that is unrolled as well: a statement for each takes time.</summary>
    private const int MostUnrolled = 20_000;

    /// <summary>How the names of kernels begin that compute the products of a layer with vectors.</summary>
    private static readonly string[] ProductNames = ["Affine", "ForwardBatch", "InputGradient", "ParameterGradient", "Backward", "Transpose"];

    /// <summary>What is wrong with the kernels of a network of a compilation.</summary>
    /// <param name="compilation">The user's part.</param>
    /// <param name="metadataName">The network's class.</param>
    public static IReadOnlyList<string> Faults(CSharpCompilation compilation, string metadataName) => Faults(GeneratorCost.Spec(compilation, metadataName));

    /// <summary>The same for a declaration.</summary>
    internal static IReadOnlyList<string> Faults(NetworkSpec spec) => Forms(spec)
        .Concat(new[] { false, true }.SelectMany(isFused => Lines(spec, isFused).Concat(Layers(spec, isFused)).Concat(Lanes(spec, isFused))))
        .SelectMany(form => Verify.Faults(form.Kernels).Select(fault => $"{form.Name}: {fault}"))
        .ToList();

    /// <summary>The straight lines of vectors of a network that is so small, for every width that it has, in an arithmetic.</summary>
    internal static IEnumerable<(string Name, IReadOnlyList<KernelFunction> Kernels)> Lines(NetworkSpec spec, bool isFused)
    {
        NetworkPlan plan = Planner.Plan(spec with { IsFused = isFused });
        return plan.IsVectorLine
            ? plan.LineWidths.Select(width => ($"lines of {width} bits{(isFused ? ", fused" : "")}", (IReadOnlyList<KernelFunction>)VectorLine.Kernels(plan, width).ToList()))
            : [];
    }

    /// <summary>The passes of a network with vectors, of a sample and of a batch, with the kernels of each width that it has, in an arithmetic.</summary>
    internal static IEnumerable<(string Name, IReadOnlyList<KernelFunction> Kernels)> Layers(NetworkSpec spec, bool isFused)
    {
        NetworkPlan plan = Planner.Plan(spec with { IsFused = isFused });
        return plan.VectorWidths.Select(width => ($"layers with {width} bits{(isFused ? ", fused" : "")}", Layers(plan, width)));
    }

    /// <summary>The same for a width.</summary>
    internal static IReadOnlyList<KernelFunction> Layers(NetworkPlan plan, int width)
    {
        var passes = new WidthPasses(plan);
        return [.. WidthKernels.Of(plan, width), .. passes.Entries(), .. passes.Passes()];
    }

    /// <summary>The kernels with a sample in every lane of a network that is so small, for every width that it has, in an arithmetic.</summary>
    internal static IEnumerable<(string Name, IReadOnlyList<KernelFunction> Kernels)> Lanes(NetworkSpec spec, bool isFused)
    {
        NetworkPlan plan = Planner.Plan(spec with { IsFused = isFused });
        return plan.LaneWidths.Select(width => ($"lanes of {width} bits{(isFused ? ", fused" : "")}", (IReadOnlyList<KernelFunction>)LaneBatches.Of(plan, width).ToList()));
    }

    /// <summary>The products of the layers of a network with vectors, in a width.</summary>
    internal static IReadOnlyList<KernelFunction> Products(NetworkPlan plan, int width) =>
        WithCalled(WidthKernels.Of(plan, width)
            .Where(kernel => ProductNames.Any(name => kernel.Signature.Name.StartsWith(name, StringComparison.Ordinal)))
            .ToList());

    /// <summary>Kernels, and empty ones for the activations that they call.</summary>
    private static IReadOnlyList<KernelFunction> WithCalled(IReadOnlyList<KernelFunction> kernels)
    {
        HashSet<string> known = [.. kernels.Select(kernel => kernel.Signature.Key)];
        IEnumerable<Signature> missing = kernels.SelectMany(kernel => Called(kernel.Body)).Where(called => known.Add(called.Key));
        return [.. kernels, .. missing.Select(called => new KernelFunction(called, [], []))];
    }

    private static IEnumerable<Signature> Called(IEnumerable<Statement> statements) => statements.SelectMany(statement => statement switch
    {
        Invoke invoke => [invoke.Function],
        Block block => Called(block.All()),
        _ => Enumerable.Empty<Signature>(),
    });

    /// <summary>The kernels of every such form.</summary>
    internal static IEnumerable<(string Name, IReadOnlyList<KernelFunction> Kernels)> Forms(NetworkSpec spec)
    {
        NetworkSpec strict = spec with { IsFused = false };
        yield return ("planned", Lowered(new PlanChoice(VectorWidths: [])));
        yield return ("looped", Lowered(new PlanChoice(MethodShape.LayerByLayer, LayerForm.Looped, [])));
        if (Planner.Plan(strict).MultiplyAdds <= MostUnrolled)
        {
            yield return ("unrolled", Lowered(new PlanChoice(MethodShape.LayerByLayer, LayerForm.Unrolled, [])));
        }

        yield return ("plain", PlainNetwork.Of(Planner.Plain(spec)));

        IReadOnlyList<KernelFunction> Lowered(PlanChoice choice)
        {
            NetworkPlan plan = Planner.Plan(strict, choice);
            IEnumerable<KernelFunction> inline = plan.ForwardIsInline
                ? new[] { false, true }.Select(withTrace => new StraightLine(plan).Forward(withTrace))
                : [];
            return inline.Concat(ScalarKernels.Of(plan)).ToList();
        }
    }
}
