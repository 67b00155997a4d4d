using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>Calls of the kernels that each vector width has.</summary>
internal sealed class WidthCalls
{
    /// <summary>What they are called and given, which is said where they are.</summary>
    private readonly Dictionary<string, Signature> _kernels;

    public WidthCalls(NetworkPlan plan)
    {
        Kernels = WidthKernels.Signatures(plan).ToList();
        _kernels = Kernels.ToDictionary(kernel => kernel.Name);
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<Signature> Kernels { get; }

    /// <summary>Calls a kernel.</summary>
    public Invoke Of(string kernel, params Argument[] arguments) => new(_kernels[kernel], arguments);

    /// <summary>Calls the kernel of a layer.</summary>
    public Invoke Of(string kernel, LayerPlan layer, params Argument[] arguments) => Of(kernel + Notation.Text(layer.Number), arguments);

    /// <summary>Calls a kernel as another call has it.</summary>
    public Invoke Of(Invoke call) => Of(call.Function.Name, call.Arguments.ToArray());

    /// <summary>The activation of a layer, where it has one that is not in its sums.</summary>
    public IEnumerable<Statement> Activation(LayerPlan layer, Buffer z, Buffer a, Index samples) =>
        VectorSteps.HasActivation(layer) ? new[] { Of("Activation", layer, z, a, Argument.Of(samples)) } : Enumerable.Empty<Statement>();

    /// <summary>dL/dz of a layer in the place of dL/da, where it has another name only.</summary>
    public IEnumerable<Statement> Delta(LayerPlan layer, Buffer z, Buffer a, Buffer delta, Index samples) => !VectorSteps.HasDelta(layer)
        ? Enumerable.Empty<Statement>()
        : new[]
        {
            Of("Delta", layer, VectorSteps.DeltaPlaces(layer).Select(place => (Argument)(place == Quantity.Z ? z : place == Quantity.A ? a : delta)).Append(Argument.Of(samples)).ToArray()),
        };
}
