using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>Calls of the kernels that each vector width has, for one sample.</summary>
internal sealed class WidthCalls
{
    private readonly NetworkPlan _plan;
    private readonly VectorWidth _any;

    public WidthCalls(NetworkPlan plan)
    {
        _plan = plan;

        // What the kernels are given is the same in every width.
        _any = new VectorWidth(plan, Tuning.NarrowestVectors);
    }

    public Invoke Affine(LayerPlan layer, Buffer p, Buffer x, Buffer z) => Call(layer, "Affine", ("p", p), ("x", x), (Quantity.Z, z));

    public Invoke Activation(LayerPlan layer, Buffer z, Buffer a) => CallFor(layer, "Activation", (Quantity.Z, z), (Quantity.A, a));

    public Invoke Delta(LayerPlan layer, Buffer z, Buffer a, Buffer delta) => CallFor(
        layer, "Delta", VectorSteps.DeltaPlaces(layer).Select(place => (place, place == Quantity.Z ? z : place == Quantity.A ? a : delta)).ToArray());

    public Invoke Backward(LayerPlan layer, Buffer p, Buffer x, Buffer delta, Buffer dx, Buffer g) =>
        Scaled(layer, "Backward", ("p", p), ("x", x), (Quantity.Delta, delta), ("dx", dx), ("g", g));

    public Invoke InputGradient(LayerPlan layer, Buffer p, Buffer delta, Buffer dx) => Call(layer, "InputGradient", ("p", p), (Quantity.Delta, delta), ("dx", dx));

    public Invoke ParameterGradient(LayerPlan layer, Buffer x, Buffer delta, Buffer g) => Scaled(layer, "ParameterGradient", ("x", x), (Quantity.Delta, delta), ("g", g));

    /// <summary>Computes the output, the loss, which is declared, and delta.</summary>
    public Invoke Loss(Buffer z, Buffer target, Buffer delta)
    {
        Signature signature = Products(_plan.Last).Signature("Loss", ofBatch: false, Quantity.Z, Quantity.Y, Quantity.Delta);
        return new Invoke(signature with { Owner = KernelOwner.Width, Returns = NumberKind.Number }, z, target, delta) { Result = Quantity.Loss, DeclaresResult = true };
    }

    private Invoke Call(LayerPlan layer, string name, params (string Name, Buffer Value)[] arguments) => Call(layer, name, false, arguments);

    /// <summary>A call that goes through one sample of what may be many.</summary>
    private Invoke CallFor(LayerPlan layer, string name, params (string Name, Buffer Value)[] arguments) => Call(layer, name, true, arguments, ("samples", Argument.Of(1)));

    private Invoke Scaled(LayerPlan layer, string name, params (string Name, Buffer Value)[] arguments) =>
        Call(layer, name, false, arguments, ("scale", Expression.Symbol("scale")));

    private Invoke Call(
        LayerPlan layer, string name, bool ofBatch, IReadOnlyList<(string Name, Buffer Value)> buffers, params (string Name, Argument Value)[] numbers)
    {
        IReadOnlyList<(string Name, Argument Value)> all = buffers.Select(buffer => (buffer.Name, (Argument)buffer.Value)).Concat(numbers).ToList();
        Signature signature = Products(layer).Signature(name + Notation.Text(layer.Number), ofBatch, all.Select(argument => argument.Name).ToArray());
        return new Invoke(signature with { Owner = KernelOwner.Width }, all.Select(argument => argument.Value).ToArray());
    }

    private VectorProducts Products(LayerPlan layer) => VectorProducts.Of(_plan, _any, layer);
}
