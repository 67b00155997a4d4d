using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;
using static NetGen.Generator.Planning.Notation;

namespace NetGen.Generator.Lowering;

/// <summary>
/// The products of a layer with vectors, for one sample and for a batch, as kernels over references: <c>p</c> the parameters, <c>g</c> the buffer that receives
/// a gradient, <c>x</c>, <c>z</c>, <c>delta</c>, <c>dx</c> values padded like the layer, in a batch one sample after another. One sample goes through loops, or
/// through straight statements with literal places. The order of every sum is <see cref="SummationRule"/>'s.
/// </summary>
internal abstract class VectorProducts
{
    protected static readonly Expression Scale = Expression.Symbol("scale");

    protected VectorProducts(NetworkPlan plan, VectorWidth width, LayerPlan layer)
    {
        Plan = plan;
        Width = width;
        Layer = layer;
        Lanes = width.LanesOf(layer.Lanes);
    }

    protected NetworkPlan Plan { get; }

    protected VectorWidth Width { get; }

    protected LayerPlan Layer { get; }

    /// <summary>The vectors that hold the lanes of a dot product.</summary>
    protected (VectorType Type, int Count) Lanes { get; }

    /// <summary>Elements from one sample's x to the next one's.</summary>
    protected int InputStride => Plan.InputStride(Layer);

    /// <summary>Elements from one sample's dx to the next one's.</summary>
    protected int InputGradientStride => ParameterRule.PaddedUnits(Layer.Inputs);

    /// <summary>The layer reads the samples where the caller has them.</summary>
    protected bool ReadsCaller => Layer.ReadsInput && !Plan.CopiesInput;

    /// <summary>Samples of a batch that go through the layer together.</summary>
    protected Count Samples => SamplesOf(Plan);

    /// <summary>Samples of a batch that go through a layer together.</summary>
    public static Count SamplesOf(NetworkPlan plan) => new("samples", Math.Max(plan.BlockSamples, plan.ForwardBlockSamples));

    /// <summary>Chooses by how the weights are stored.</summary>
    public static VectorProducts Of(NetworkPlan plan, VectorWidth width, LayerPlan layer) =>
        layer.IsUnitMajor ? new UnitMajorProducts(plan, width, layer) : new InputMajorProducts(plan, width, layer);

    /// <summary>What a kernel takes.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="ofBatch">Whether it is for every sample of a batch.</param>
    /// <param name="parameters">What its parameters are called.</param>
    public Signature Signature(string name, bool ofBatch, params string[] parameters) => new(name, parameters.Select(parameter => parameter switch
    {
        "samples" => Samples,
        "scale" => KernelParameter.Number("scale"),
        _ => (KernelParameter)(ofBatch ? All(parameter) : One(parameter)),
    }).ToArray());

    /// <summary><c>z = W·x + b</c>.</summary>
    public IEnumerable<KernelFunction> Forward(KernelFunction kernel) => Lower(kernel, ForwardStrands, Forward);

    /// <summary><c>dx = Wᵀ·delta</c>, <c>g += scale·delta ⊗ x</c>, or one of them.</summary>
    public IEnumerable<KernelFunction> Backward(KernelFunction kernel, bool inputGradient, bool parameterGradient) => Lower(
        kernel,
        () => BackwardStrands(inputGradient, parameterGradient).Concat(parameterGradient ? BiasGradientStrands() : Array.Empty<Strand>()),
        () => Backward(inputGradient, parameterGradient).Concat(parameterGradient ? BiasGradient() : Array.Empty<Statement>()));

    /// <summary><c>z = W·x + b</c> of every sample.</summary>
    public abstract IEnumerable<Statement> ForwardBatch();

    /// <summary><c>dx = Wᵀ·delta</c> of every sample.</summary>
    public abstract IEnumerable<Statement> InputGradientBatch();

    /// <summary>Fills <c>columns</c>, whose memory is zero, with the weights unit by unit in rows of inputs.</summary>
    public virtual IEnumerable<Statement> Transpose() => throw new InvalidOperationException("The weights are stored unit by unit.");

    /// <summary><c>dx = Wᵀ·delta</c> of every sample from such columns.</summary>
    public virtual IEnumerable<Statement> InputGradientColumns() => throw new InvalidOperationException("The weights are stored unit by unit.");

    /// <summary><c>g += scale·delta ⊗ x</c> over all samples, first sample first; leaves <c>scale·delta</c> in place of delta.</summary>
    public IEnumerable<Statement> ParameterGradientBatch() => ScaleDelta().Concat(WeightGradientBatch()).Concat(BiasGradientBatch());

    protected abstract IEnumerable<Statement> Forward();

    protected abstract IEnumerable<Strand> ForwardStrands();

    protected abstract IEnumerable<Statement> Backward(bool inputGradient, bool parameterGradient);

    protected abstract IEnumerable<Strand> BackwardStrands(bool inputGradient, bool parameterGradient);

    protected abstract IEnumerable<Statement> WeightGradientBatch();

    /// <summary>A parameter with the values of one sample, or what there is once.</summary>
    protected Buffer One(string name) => new(name, LengthOf(name), BufferKind.Reference);

    /// <summary>A parameter with the values of every sample, or what there is once. Memory has room for whole groups; the caller's ends with the last sample.</summary>
    protected Buffer All(string name) => name is "x" or "z" or "delta" or "dx"
        ? new(name, (name == "x" && ReadsCaller ? (Index)Samples : new WholeGroups(Samples, Plan.SampleGroup)) * LengthOf(name), BufferKind.Reference)
        : One(name);

    private int LengthOf(string name) => name switch
    {
        "p" or "g" => Plan.BufferLength,
        "x" => InputStride,
        "dx" => InputGradientStride,
        "columns" => (int)Layer.TransposedLength,
        Quantity.Y => Layer.Units,
        _ => Layer.PaddedUnits,
    };

    /// <summary>A reference to where some elements of a buffer begin.</summary>
    protected static View Reference(string name, Buffer of, Index start) => new(new Buffer(name, of.Size - start, BufferKind.Reference), of, start);

    protected static Expression Local(string name) => Expression.Symbol(name);

    /// <summary>A name with a number where there are several.</summary>
    protected static string Numbered(string name, int index, int count, string separator = "") => count == 1 ? name : $"{name}{separator}{Text(index)}";

    /// <summary>A loop over blocks of whole vectors.</summary>
    /// <param name="length">Padded elements.</param>
    /// <param name="used">Elements without padding.</param>
    /// <param name="size">Vectors of a block.</param>
    /// <param name="body">A block, given its first element.</param>
    /// <param name="declares">Whether the body declares locals, which blocks must then keep apart.</param>
    protected IEnumerable<Statement> Blocks(int length, int used, int size, Func<VectorBlock, Index, IEnumerable<Statement>> body, bool declares = true)
    {
        IReadOnlyList<VectorBlock> blocks = Width.Blocks(length, used, size);
        return blocks.SelectMany(block =>
        {
            if (block.IsLoop)
            {
                var loop = new Loop("j", block.Start, block.End, block.Step);
                return new Statement[] { new For(loop, body(block, loop).ToArray()) };
            }

            IEnumerable<Statement> statements = body(block, block.Start);
            return blocks.Count > 1 && declares ? new Statement[] { Gap.Line, new Scope(statements.ToArray()) } : statements;
        });
    }

    /// <summary>Every block of a padded length by itself, as straight code has them.</summary>
    protected IEnumerable<VectorBlock> EachBlock(int length, int used, int size) => Width.Blocks(length, used, size).SelectMany(block =>
        Enumerable.Range(0, (block.End - block.Start) / block.Step)
            .Select(index => block with { Start = block.Start + (index * block.Step), End = block.Start + ((index + 1) * block.Step) }));

    /// <summary>
    /// A loop over groups of samples. The memory has room for whole groups: what is computed beyond the last sample is never read.
    /// </summary>
    /// <param name="group">Samples of a group, a divisor of <see cref="NetworkPlan.SampleGroup"/>.</param>
    /// <param name="body">A group, given its first sample.</param>
    /// <param name="samples">How many samples, or null for all.</param>
    protected For EachSample(int group, Func<Index, IEnumerable<Statement>> body, Count? samples = null)
    {
        var loop = new Loop("s", samples ?? Samples, group);
        return new For(loop, body(loop).ToArray());
    }

    /// <summary>A vector of a block with zeros in the padding.</summary>
    protected static Expression Keep(VectorBlock block, int offset, Expression vector) => VectorOperation.Keep(block.Type, vector, block.Used - offset);

    /// <summary>A product added to a vector in memory.</summary>
    /// <param name="type">The type of the vector.</param>
    /// <param name="memory">The memory.</param>
    /// <param name="place">Where.</param>
    /// <param name="product">The factors.</param>
    /// <param name="used">Elements from its first to the padding: any number.</param>
    protected static Store AddTo(VectorType type, Buffer memory, Index place, (Expression X, Expression Y) product, int used) =>
        new(memory, place, VectorOperation.Keep(type, new MultiplyAdd(product.X, product.Y, new LoadVector(type, memory, place)), used), type);

    /// <summary>The sums of some dot products over their lanes, as they are stored from a place on.</summary>
    protected static IEnumerable<Statement> StoreSums(
        VectorType type, IEnumerable<IReadOnlyList<string>> dots, Buffer memory, Index place, Func<VectorType, Expression, int, Expression>? end = null)
    {
        VectorType narrow = type with { Bits = 128 };
        return VectorOperation.SumLanes(type, dots.Select(lanes => lanes.Select(Local).ToArray()))
            .Select((sum, index) => new Store(memory, place + (index * narrow.Count), end is null ? sum : end(narrow, sum, index * narrow.Count), narrow));
    }

    /// <summary>A vector of dx stored, or, where there is another part already, added to it.</summary>
    protected Store StoreGradient(VectorType type, Buffer dx, Index place, Expression sums) => new(dx, place, WithOtherParts(type, dx, place, sums), type);

    /// <summary>What is there where it is another part, and a vector of sums.</summary>
    protected Expression WithOtherParts(VectorType type, Buffer dx, Index place, Expression sums) =>
        Layer.AddsInputGradient ? new Binary(BinaryOperator.Add, new LoadVector(type, dx, place), sums) : sums;

    /// <summary>Scaled delta: <c>scale·delta</c>.</summary>
    protected static Expression Scaled(VectorType type, Expression delta) => new Binary(BinaryOperator.Multiply, VectorOperation.Splat(type, Scale), delta);

    /// <summary>Statements between which a strand is not cut.</summary>
    /// <param name="products">Their products of vectors.</param>
    /// <param name="values">The values that they name, store, broadcast or fold.</param>
    /// <param name="statements">The statements.</param>
    protected static StrandStep Step(int products, int values, IEnumerable<Statement> statements) => new(Cost(products, values), statements.ToArray());

    /// <summary>What statements cost in a method. Each value is a local of the JIT, which stops inlining at 512 of them, hence the weight.</summary>
    protected static int Cost(int products, int values) => products + (2 * values);

    /// <summary>The values of dot products: their sums, and the folding at the end.</summary>
    protected static int DotValues(int dots, int lanes) => (dots * (lanes + 3)) + 4;

    /// <summary>Sums, each in a line of its own.</summary>
    protected static IReadOnlyList<IReadOnlyList<Let>> Lines(IEnumerable<Let> sums) => sums.Select(sum => new[] { sum }).ToList();

    private IEnumerable<KernelFunction> Lower(KernelFunction kernel, Func<IEnumerable<Strand>> straight, Func<IEnumerable<Statement>> loops) =>
        Layer.Form == LayerForm.Unrolled
            ? Divide.Into(kernel, straight().ToList(), Budgets.PortionCost, namesRepeat: true)
            : new[] { kernel with { Body = loops().ToArray() } };

    /// <summary>The gradient of the bias of one sample, <c>gb += scale·delta</c>.</summary>
    private IEnumerable<Statement> BiasGradient()
    {
        if (!Layer.UseBias)
        {
            return Array.Empty<Statement>();
        }

        View gb = Reference("gb", One("g"), Layer.BiasOffset);
        return new Statement[] { Gap.Line, gb }.Concat(Blocks(
            Layer.PaddedUnits, Layer.Units, 1, (block, start) => new[] { AddDelta(block, start, gb.Part, start) }, declares: false));
    }

    private IEnumerable<Strand> BiasGradientStrands() => !Layer.UseBias
        ? Array.Empty<Strand>()
        : new[]
        {
            Strand.Of(
                Array.Empty<Statement>(),
                EachBlock(Layer.PaddedUnits, Layer.PaddedUnits, 1)
                    .Select(block => block with { Used = Layer.Units - block.Start })
                    .Select(block => Step(1, 2, new[] { AddDelta(block, block.Start, One("g"), Layer.BiasOffset + block.Start) }))
                    .ToList()),
        };

    private Store AddDelta(VectorBlock block, Index start, Buffer memory, Index place)
    {
        Expression scaled = new Binary(BinaryOperator.Multiply, new LoadVector(block.Type, One("delta"), start), VectorOperation.Splat(block.Type, Scale));
        return new Store(memory, place, Keep(block, 0, new Binary(BinaryOperator.Add, new LoadVector(block.Type, memory, place), scaled)), block.Type);
    }

    /// <summary><c>delta = scale·delta</c> of every sample.</summary>
    private IEnumerable<Statement> ScaleDelta()
    {
        VectorType type = Width.Dividing(Layer.PaddedUnits);
        Buffer delta = All("delta");
        var loop = new Loop("j", Samples, type.Count, Layer.PaddedUnits);
        yield return new For(loop, new[]
        {
            new Store(delta, loop, new Binary(BinaryOperator.Multiply, new LoadVector(type, delta, loop), VectorOperation.Splat(type, Scale)), type),
        });
        yield return Gap.Line;
    }

    /// <summary>The gradient of the bias over all samples, first sample first.</summary>
    private IEnumerable<Statement> BiasGradientBatch()
    {
        if (!Layer.UseBias)
        {
            return Array.Empty<Statement>();
        }

        View gb = Reference("gb", All("g"), Layer.BiasOffset);
        return new Statement[] { Gap.Line, gb }.Concat(Blocks(Layer.PaddedUnits, Layer.Units, 1, (block, start) => new Statement[]
        {
            new Let("sum", new LoadVector(block.Type, gb.Part, start), block.Type),
            EachSample(1, s => new[] { Assign.Add("sum", new LoadVector(block.Type, All("delta"), (s * Layer.PaddedUnits) + start), block.Type) }),
            Gap.Line,
            new Store(gb.Part, start, Keep(block, 0, Local("sum")), block.Type),
        }));
    }
}
