using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;
using static NetGen.Generator.Planning.Notation;

namespace NetGen.Generator.Lowering;

/// <summary>
/// The kernels of a layer: from what it reads to z, from delta to a part of the gradient of each node that it reads, and to the gradient of its parameters. What a kernel is
/// given follows from what its computation reads.
/// </summary>
internal sealed class LayerKernels
{
    private static readonly Expression Scale = Expression.Symbol("scale");

    private readonly LayerPlan _layer;
    private readonly NetworkBuffers _buffers;
    private readonly Buffer _z;
    private readonly Buffer _delta;
    private readonly bool _arePadded;
    private readonly StepVectors? _vectors;

    /// <summary>Prepares the kernels of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="buffers">The buffers of the network.</param>
    /// <param name="arePadded">Whether values lie behind references, padded, as vectors have them. Padding is 0.</param>
    /// <param name="vectors">The vectors in which its steps are computed, or null for numbers.</param>
    public LayerKernels(LayerPlan layer, NetworkBuffers buffers, bool arePadded = false, StepVectors? vectors = null)
    {
        // A layer of fewer units than a vector has is not worth any.
        _vectors = layer.Units >= Tuning.FewestUnitsInVectors ? vectors : null;
        _layer = layer;
        _buffers = buffers;
        _arePadded = arePadded;
        _z = Laid(new Buffer(Quantity.Z, layer.Units));
        _delta = Laid(new Buffer(Quantity.Delta, layer.Units));
    }

    /// <summary>Computes z, and what the trace keeps beside it.</summary>
    public Invoke Forward(Buffer z) => Call(ToZ(z));

    /// <summary>Computes a part of the gradient of a node that the layer reads.</summary>
    /// <param name="input">Which of the nodes.</param>
    /// <param name="delta">dL/dz.</param>
    /// <param name="gradient">Receives it, or has it added where there is another part already.</param>
    public Invoke InputGradient(int input, Buffer delta, Buffer gradient) => Call(ToInput(input, delta, gradient));

    /// <summary>Adds to the gradient of the parameters, where the layer has any that are trained.</summary>
    public IEnumerable<Statement> ParameterGradient(Buffer delta) => _layer.IsTrained ? new[] { Call(ToParameters(delta)) } : Array.Empty<Statement>();

    /// <summary>The kernels.</summary>
    public IEnumerable<KernelFunction> All() => Each().SelectMany(Lower);

    /// <summary>The kernels before their bodies, and what lowers each.</summary>
    public IEnumerable<(KernelFunction Kernel, Func<IEnumerable<KernelFunction>> Lower)> Contracts() => Each().Select(kernel =>
        (new KernelFunction(Signature(kernel), new[] { kernel.Comment }, Array.Empty<Statement>()), (Func<IEnumerable<KernelFunction>>)(() => Lower(kernel))));

    private IEnumerable<Kernel> Each()
    {
        IEnumerable<Kernel> kernels = _layer.Reads.Select((read, input) => ToInput(input, _delta, Formal(Quantity.GradientOf(Quantity.Input(input)), read))).Prepend(ToZ(_z));
        return _layer.IsTrained ? kernels.Append(ToParameters(_delta)) : kernels;
    }

    private IEnumerable<KernelFunction> Lower(Kernel kernel) => _layer.Spec.IsProduct ? Product(kernel)
        : kernel.Computations[0] is Arrangement arrangement ? new[] { Arranged(kernel, arrangement) }
        : UnitByUnit(kernel);

    private Buffer Formal(string name, ReadPlan read) => Laid(new Buffer(name, read.Values));

    /// <summary>A buffer as the values of a layer lie.</summary>
    private Buffer Laid(Buffer buffer) => _arePadded ? buffer.Padded() : buffer;

    /// <summary>The same for what is kept, of which one value stays one.</summary>
    private Buffer Laid(KeptQuantity kept)
    {
        Buffer buffer = NetworkBuffers.Of(kept, _layer);
        return _arePadded ? buffer.Padded(kept) : buffer;
    }

    private Buffer AllParameters => _arePadded ? _buffers.P with { Kind = BufferKind.Reference } : _buffers.Parameters;

    private Buffer AllGradients => _arePadded ? _buffers.G with { Kind = BufferKind.Reference } : _buffers.Gradient;

    private Kernel ToZ(Buffer z) => new(
        (_layer.Spec.IsProduct ? "Affine" : "Forward") + Text(_layer.Number),
        Affine(_layer) + (_layer.Spec.IsProduct ? $". The weight from input i to unit j is {WeightPlace(_layer)}." : ""),
        _layer.Spec.Forward,
        Operands(_layer.Spec.Forward, _delta).Append(new Span(Quantity.Z, _z, z)).Concat(_layer.Kept.Select(Kept)).ToArray());

    private Kernel ToInput(int input, Buffer delta, Buffer gradient)
    {
        Computation[] adjoint = { _layer.InputAdjoint(input) };
        string name = Quantity.GradientOf(Quantity.Input(input));
        return new Kernel(
            $"InputGradient{Text(_layer.Number)}{(input == 0 ? "" : "Of" + Text(input + 1))}",
            Notation.InputGradient(_layer, input),
            adjoint,
            Operands(adjoint, delta).Append(new Span(name, Formal(name, _layer.Reads[input]), gradient)).ToArray());
    }

    private Kernel ToParameters(Buffer delta) => new(
        "ParameterGradient" + Text(_layer.Number),
        $"g += scale · dL/dθ: {Notation.ParameterGradient(_layer)}",
        _layer.ParameterAdjoint.ToArray(),
        Operands(_layer.ParameterAdjoint, delta).ToArray(),
        ToParameters: true);

    /// <summary>What some computations read, apart from parameters.</summary>
    private IEnumerable<Span> Operands(IEnumerable<Computation> computations, Buffer delta)
    {
        var read = new HashSet<string>(computations.SelectMany(computation => computation.Operands));
        return _layer.Reads.Select((node, input) => new Span(Quantity.Input(input), Formal(Quantity.Input(input), node), Laid(_buffers.InputOf(node))))
            .Concat(_layer.Kept.Select(Kept))
            .Append(new Span(Quantity.Z, _z, Laid(NetworkBuffers.Of(Quantity.Z, _layer))))
            .Append(new Span(Quantity.Delta, _delta, delta))
            .Where(span => read.Contains(span.Quantity));
    }

    private Span Kept(KeptQuantity kept) => new(kept.Name, Laid(kept), Laid(kept));

    /// <summary>The blocks of parameters that a kernel reads.</summary>
    private IEnumerable<BlockPlan> Read(Kernel kernel) =>
        _layer.Blocks.Where(block => kernel.Computations.Any(computation => computation.Operands.Contains(block.Block.Name)));

    private Signature Signature(Kernel kernel)
    {
        IEnumerable<KernelParameter> spans = kernel.Spans.Select(span => (KernelParameter)span.Formal);
        return new Signature(
            kernel.Name,
            (kernel.ToParameters ? spans.Prepend(AllGradients).Append(KernelParameter.Number("scale"))
                : Read(kernel).Any() ? spans.Prepend(AllParameters)
                : spans).ToArray());
    }

    private Invoke Call(Kernel kernel)
    {
        IEnumerable<Argument> spans = kernel.Spans.Select(span => (Argument)span.Given);
        return new Invoke(
            Signature(kernel),
            (kernel.ToParameters ? spans.Prepend(AllGradients).Append(Scale) : Read(kernel).Any() ? spans.Prepend(AllParameters) : spans).ToArray());
    }

    /// <summary>A kernel of products: loops, or straight statements.</summary>
    private IEnumerable<KernelFunction> Product(Kernel kernel)
    {
        LayerBuffers parameters = LayerBuffers.Of(_layer, kernel.ToParameters ? "g" : "");
        Buffer first = kernel.Spans[0].Formal;
        Buffer second = kernel.Spans[1].Formal;
        Rounding rounding = _buffers.Rounding;
        bool isForward = second == _z;
        IEnumerable<Statement> places = (kernel.ToParameters
            ? parameters.Views(_layer, _buffers.G).Prepend(new View(_buffers.G, _buffers.Gradient, 0))
            : parameters.Views(_layer, _buffers.P, withBias: isForward).Prepend(new View(_buffers.P, _buffers.Parameters, 0))).Concat(Lengths(kernel));
        var function = new KernelFunction(Signature(kernel), new[] { kernel.Comment }, places.ToArray()) { IsHot = true };
        return _layer.Form == LayerForm.Unrolled
            ? Divide.Into(function, Straight(), Budgets.FloorMethodMultiplyAdds)
            : new[] { function with { Body = function.Body.Concat(Looped()).ToArray() } };

        Expression At(int index) => new Load(first, index);
        string Local(int index) => $"{second.Name}_{Text(index)}";
        IReadOnlyList<Statement> Looped() => kernel.ToParameters ? LoopProducts.ParameterGradient(_layer, parameters, first, second)
            : isForward ? LoopProducts.Forward(_layer, parameters, first, second, rounding)
            : LoopProducts.InputGradient(_layer, parameters, first, second, rounding);
        IReadOnlyList<Strand> Straight() => kernel.ToParameters
            ? StraightProducts.ParameterGradient(_layer, parameters, unit => "s" + Text(unit), At, unit => new Binary(BinaryOperator.Multiply, Scale, new Load(second, unit)))
            : isForward ? StraightProducts.Forward(_layer, parameters, At, Local, second, rounding)
            : StraightProducts.InputGradient(_layer, parameters, At, Local, second, rounding);
    }

    /// <summary>A kernel of an arrangement.</summary>
    private KernelFunction Arranged(Kernel kernel, Arrangement arrangement)
    {
        QuantityPlace Of(string quantity) => new(kernel.Spans.Single(span => span.Quantity == quantity).Formal, Adds: Adds(quantity));
        IEnumerable<Statement> body = RangeCopies.Lower(RangePlan.Of(arrangement, _layer), Of(arrangement.Result), Of);
        IEnumerable<Statement> padding = Padding(arrangement.Result, Of(arrangement.Result));
        return new KernelFunction(Signature(kernel), new[] { kernel.Comment }, Lengths(kernel).Concat(body).Concat(padding).ToArray()) { IsHot = true };
    }

    /// <summary>
    /// Whether a quantity is the gradient of what the layer reads, of which there is another part already. That of an input goes to the caller, who has no padding: a pass adds it there.
    /// </summary>
    private bool Adds(string quantity) => _layer.Reads.Where((read, input) => !read.IsFirstPart && !(_arePadded && read.IsInput) && quantity == Quantity.GradientOf(Quantity.Input(input))).Any();

    /// <summary>A kernel of steps. A gradient of parameters is linear in delta, which is scaled therefore, as in products.</summary>
    private KernelFunction[] UnitByUnit(Kernel kernel)
    {
        UnitFormula[] formulas = kernel.Computations.Cast<UnitFormula>().ToArray();
        List<Step> steps = formulas.SelectMany(formula => formula.Steps).ToList();
        bool IsSingle(string quantity) => formulas[0].OverInputs && quantity is (Quantity.Z or Quantity.Delta);
        Dictionary<string, QuantityPlace> places = kernel.Spans.ToDictionary(span => span.Quantity, span => new QuantityPlace(span.Formal, Adds: Adds(span.Quantity), IsSingle: IsSingle(span.Quantity)));
        var body = new List<Statement>();
        void Blocks(IEnumerable<BlockPlan> blocks, Buffer of, Buffer view, Func<string, string> quantity)
        {
            foreach (BlockPlan block in blocks)
            {
                if (body.Count == 0 && !_arePadded)
                {
                    body.Add(new View(view, of, 0));
                }

                string name = quantity(block.Block.Name);
                places[name] = new QuantityPlace(Laid(new Buffer(kernel.ToParameters ? "g" + block.Block.Name : name, block.Count)), Adds: kernel.ToParameters, IsSingle: block.Count == 1);
                body.Add(new View(places[name].Buffer, _arePadded ? of : view, block.Offset));
            }
        }

        if (kernel.ToParameters)
        {
            Blocks(_layer.Blocks, AllGradients, _buffers.G, Quantity.GradientOf);
            Expression Scaled(string name) => name == Quantity.Delta ? new Binary(BinaryOperator.Multiply, Scale, Expression.Symbol(name)) : Expression.Symbol(name);
            steps = steps.Select(step => step with { Value = step.Value.Replace(Scaled) }).ToList();
        }
        else
        {
            Blocks(Read(kernel), AllParameters, _buffers.P, name => name);
        }

        body.AddRange(Lengths(kernel));
        body.AddRange(Steps(_layer, formulas, steps, _buffers.Rounding, places, _vectors));
        body.AddRange(formulas.SelectMany(formula => formula.Results).Where(places.ContainsKey).SelectMany(result => Padding(result, places[result])));
        return new[] { new KernelFunction(Signature(kernel), new[] { kernel.Comment }, body) { IsHot = true } };
    }

    /// <summary>The steps of formulas for what has a place.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="formulas">The formulas.</param>
    /// <param name="steps">Their steps as they are to be computed.</param>
    /// <param name="rounding">How the kernel rounds.</param>
    /// <param name="places">Where quantities lie.</param>
    /// <param name="vectors">The vectors, or null for numbers. Groups, which may be smaller than a vector, and sums to one value go by numbers.</param>
    public static IEnumerable<Statement> Steps(
        LayerPlan layer,
        IReadOnlyList<UnitFormula> formulas,
        IReadOnlyList<Step> steps,
        Rounding rounding,
        IReadOnlyDictionary<string, QuantityPlace> places,
        StepVectors? vectors = null)
    {
        var all = places.Select(place => (Quantity: place.Key, Place: place.Value)).ToList();
        all.AddRange(formulas.SelectMany(formula => formula.Elements).Distinct()
            .Select(element => (element.Name, places[element.Quantity] with { Start = element.Index + (places[element.Quantity].Start ?? 0), IsSingle = true })));
        string[] results = steps.Select(step => step.Name).Intersect(all.Select(place => place.Quantity)).ToArray();
        if (formulas[0].Group is { } group)
        {
            return LoopSteps.LowerGroups(layer, group, steps, results, rounding, all);
        }

        if (vectors is null || formulas[0].OverInputs)
        {
            return LoopSteps.Lower(layer, formulas[0].Over(layer.Inputs, layer.Units), steps, results, rounding, all);
        }

        (IReadOnlyList<Statement> memory, IReadOnlyList<Statement> loops) = LoopSteps.Lower(layer, steps, results, vectors, all);
        return memory.Concat(loops);
    }

    private IEnumerable<Statement> Lengths(Kernel kernel) => _arePadded ? Array.Empty<Statement>() : kernel.Spans.Select(span => new Exactly(span.Formal));

    /// <summary>Clears the padding of a result, which lies where there may be anything.</summary>
    private IEnumerable<Statement> Padding(string quantity, QuantityPlace place)
    {
        int used = _layer.Reads.Where((_, input) => quantity == Quantity.GradientOf(Quantity.Input(input))).Select(read => read.Values)
            .Concat(_layer.Kept.Where(kept => kept.Name == quantity).Select(kept => kept.Values))
            .DefaultIfEmpty(_layer.Units).First();
        return _arePadded && (_vectors is not null || !place.Adds) && place.Buffer.Length > used ? new[] { new Clear(place.Buffer, used) } : Array.Empty<Statement>();
    }

    /// <summary>A kernel before its body.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Comment">What it computes.</param>
    /// <param name="Computations">The same in full.</param>
    /// <param name="Spans">What it reads and writes.</param>
    /// <param name="ToParameters">Whether it adds to the gradient of parameters.</param>
    private sealed record Kernel(
        string Name, string Comment, IReadOnlyList<Computation> Computations, IReadOnlyList<Span> Spans, bool ToParameters = false);

    /// <summary>Numbers that a kernel reads or writes.</summary>
    /// <param name="Quantity">What they are.</param>
    /// <param name="Formal">How the kernel calls them.</param>
    /// <param name="Given">What a pass gives for it.</param>
    private sealed record Span(string Quantity, Buffer Formal, Buffer Given);
}
