using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>The kernels that are called, directly or by others, from those that members of the class call: what only computes outputs needs few of them.</summary>
internal static class NeededKernels
{
    /// <summary>Those of some kernels that are needed; for a network with gradients all of them.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="kernels">The kernels, those that members call first.</param>
    /// <param name="isEntry">Whether members call one.</param>
    public static IEnumerable<KernelFunction> Of(NetworkPlan plan, IEnumerable<KernelFunction> kernels, Func<KernelFunction, bool> isEntry)
    {
        if (!plan.Spec.IsPredictor)
        {
            return kernels;
        }

        List<KernelFunction> all = kernels.ToList();
        ILookup<string, KernelFunction> known = all.ToLookup(kernel => kernel.Signature.Key);
        var needed = new HashSet<string>();
        var waiting = new Stack<string>(all.Where(isEntry).Select(kernel => kernel.Signature.Key));
        while (waiting.Count > 0)
        {
            string next = waiting.Pop();
            if (needed.Add(next))
            {
                foreach (Signature called in Called(known[next]))
                {
                    waiting.Push(called.Key);
                }
            }
        }

        return all.Where(kernel => needed.Contains(kernel.Signature.Key));
    }

    /// <summary>The same where those that members call are the entries of a network without gradients.</summary>
    public static IEnumerable<KernelFunction> Of(NetworkPlan plan, IEnumerable<KernelFunction> kernels)
    {
        var buffers = new NetworkBuffers(plan);
        string[] entries = { buffers.Forward(withTrace: false).Key, buffers.ForwardBatch.Key };
        string traced = buffers.Forward(withTrace: true).Key;

        // Scalar code has one Forward, with a trace.
        return Of(plan, kernels, kernel => entries.Contains(kernel.Signature.Key) || (!plan.IsVectorised && plan.Shape == MethodShape.LayerByLayer && kernel.Signature.Key == traced));
    }

    /// <summary>What some kernels call.</summary>
    public static IEnumerable<Signature> Called(IEnumerable<KernelFunction> kernels) => kernels.SelectMany(kernel => kernel.Body).SelectMany(All).OfType<Invoke>().Select(call => call.Function);

    private static IEnumerable<Statement> All(Statement statement) => Parts(statement).SelectMany(All).Prepend(statement);

    private static IEnumerable<Statement> Parts(Statement statement) => statement switch
    {
        Where { Otherwise: { } otherwise } where => where.Body.Append(otherwise),
        Block block => block.Body,
        Row row => row.Statements,
        _ => Enumerable.Empty<Statement>(),
    };
}
