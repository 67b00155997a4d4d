using System;
using System.Collections.Generic;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>A method of <c>Kernels</c> that the members of a network with vectors call.</summary>
/// <param name="Comment">What it does, in lines.</param>
/// <param name="Returns">The type that it returns.</param>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Batch">Writes its body with vectors, whose kernels are <c>K</c>, where it takes a batch; what takes one sample is lowered.</param>
internal sealed record Entry(IReadOnlyList<string> Comment, string Returns, string Name, Parameter[] Parameters, Action? Batch = null)
{
    /// <summary>Whether its kernels have a sample in every lane of a vector, and are all of it.</summary>
    public bool InLanes { get; init; }

    /// <summary>The parameters of <c>BackpropagateBatch</c>.</summary>
    public static Parameter[] BatchParameters(EmitContext context)
    {
        var parameters = new List<Parameter> { context.InBuffer("parameters"), context.Values("inputs"), context.Values("targets") };
        if (context.Plan.HasLabels)
        {
            parameters.Add(context.Labels());
        }

        parameters.AddRange(new[] { context.InBuffer("gradient"), new Parameter("int", "m"), context.Scalar("scale"), context.Result("inputGradients") });
        return parameters.ToArray();
    }

    /// <summary>The methods that a network with vectors needs.</summary>
    public static IEnumerable<Entry> All(EmitContext context)
    {
        NetworkPlan plan = context.Plan;
        Parameter parameters = context.InBuffer("parameters");
        Parameter input = context.Values("input");
        Parameter gradient = context.InBuffer("gradient");
        if (plan.Head is not null)
        {
            yield return new Entry(
                ScalarKernels.BackpropagateComment,
                context.T,
                "Backpropagate",
                new[] { parameters, input, context.Values("target"), gradient, context.Scalar("scale"), context.InputGradient });
        }

        yield return new Entry(
            new string[0],
            "void",
            "Forward",
            new[] { parameters, input, context.Result("output") });
        yield return new Entry(
            new string[0],
            "void",
            "Forward",
            new[] { parameters, input, context.Result("output"), context.Result("trace") });
        yield return new Entry(
            ScalarKernels.BackwardComment(plan),
            "void",
            "Backward",
            new[] { parameters, input, context.Values("trace"), context.Values("outputGradient"), gradient, context.InputGradient });
        yield return new Entry(
            new[] { "The outputs of m samples" },
            "void",
            "ForwardBatch",
            new[] { parameters, context.Values("inputs"), context.Result("outputs"), new Parameter("int", "m") },
            () => new VectorBatches(context).Forward())
        {
            InLanes = plan.BatchInLanes,
        };

        if (plan.Head is not null)
        {
            yield return new Entry(
                new[] { "g += scale · Σ dL/dθ over m samples, with targets" + (plan.HasLabels ? " or labels" : "") + "; returns Σ L, in double precision whatever the network's" },
                "double",
                "BackpropagateBatch",
                BatchParameters(context),
                () => new VectorBatches(context).Backpropagate())
            {
                InLanes = plan.BatchInLanes,
            };
        }
    }
}
