using System.Collections.Generic;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>A method of <c>Kernels</c> that the members of a network with vectors call.</summary>
/// <param name="Comment">What it does, in lines.</param>
/// <param name="Kernel">What it is called and given.</param>
/// <param name="IsBatch">Whether it takes a batch.</param>
internal sealed record Entry(IReadOnlyList<string> Comment, Signature Kernel, bool IsBatch = false)
{
    /// <summary>The methods that a network with vectors needs.</summary>
    public static IEnumerable<Entry> All(NetworkPlan plan)
    {
        var buffers = new NetworkBuffers(plan);
        if (plan.HasLoss)
        {
            yield return new Entry(ScalarKernels.BackpropagateComment, buffers.Backpropagate);
        }

        yield return new Entry(new string[0], buffers.Forward(withTrace: false));
        if (!plan.Spec.IsPredictor)
        {
            yield return new Entry(new string[0], buffers.Forward(withTrace: true));
            yield return new Entry(ScalarKernels.BackwardComment(plan), buffers.Backward);
        }

        yield return new Entry(new[] { "The outputs of m samples" }, buffers.ForwardBatch, IsBatch: true);
        if (plan.HasLoss)
        {
            string targets = "with targets" + (plan.HasLabels ? " or labels" : "");
            yield return new Entry(
                new[] { $"g += scale · Σ dL/dθ over m samples, {targets}; returns Σ L, in double precision whatever the network's" }, buffers.BackpropagateBatch, IsBatch: true);
        }
    }
}
