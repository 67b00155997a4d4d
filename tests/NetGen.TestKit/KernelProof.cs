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

    /// <summary>What is wrong with the kernels of a network of a compilation.</summary>
    /// <param name="compilation">The user's part.</param>
    /// <param name="metadataName">The network's class.</param>
    public static IReadOnlyList<string> Faults(CSharpCompilation compilation, string metadataName) => Faults(GeneratorCost.Spec(compilation, metadataName));

    /// <summary>The same for a declaration.</summary>
    internal static IReadOnlyList<string> Faults(NetworkSpec spec) => Forms(spec).Concat(Lines(spec, isFused: false)).Concat(Lines(spec, isFused: true))
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
