using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// The products of a layer for one sample with vectors, without a loop and with literal places: <c>p</c> the parameters, <c>g</c> the buffer that receives a
/// gradient, <c>x</c>, <c>z</c>, <c>delta</c>, <c>dx</c> values padded like the layer. The order of every sum is <see cref="SummationRule"/>'s.
/// </summary>
internal abstract class StraightKernel
{
    protected StraightKernel(EmitContext context, VectorText text, LayerPlan layer)
    {
        Writer = context.Writer;
        Context = context;
        Text = text;
        Layer = layer;
    }

    protected SourceWriter Writer { get; }

    protected EmitContext Context { get; }

    protected VectorText Text { get; }

    protected LayerPlan Layer { get; }

    /// <summary>Chooses by how the weights are stored.</summary>
    public static StraightKernel Of(EmitContext context, VectorText text, LayerPlan layer) => layer.IsUnitMajor
        ? new StraightUnitMajor(context, text, layer)
        : new StraightInputMajor(context, text, layer);

    /// <summary><c>z = W·x + b</c>.</summary>
    public abstract IReadOnlyList<Strand> Forward();

    /// <summary><c>dx = Wᵀ·delta</c>, <c>g += scale·delta ⊗ x</c>, or one of them.</summary>
    public abstract IReadOnlyList<Strand> Backward(bool inputGradient, bool parameterGradient);

    /// <summary>The gradient of the bias, <c>gb += scale·delta</c>.</summary>
    protected IEnumerable<Strand> BiasGradient()
    {
        if (!Layer.UseBias)
        {
            yield break;
        }

        yield return Strand.Of(() => { }, Vectors(Layer.PaddedUnits).Select(vector => Step(1, 2, () =>
        {
            int place = Layer.BiasOffset + vector.Start;
            string sum = $"{Text.Load(vector.Type, "g", place)} + {Text.Load(vector.Type, "delta", vector.Start)} * {Text.Broadcast(vector.Type, "scale")}";
            Writer.Line($"{Text.Store(vector.Type, Keep(vector.Type, vector.Start, Layer.Units, sum), "g", place)}");
        })).ToList());
    }

    /// <summary>Every vector of a padded length, widest first.</summary>
    protected IEnumerable<(VectorType Type, int Start)> Vectors(int length) =>
        Blocks(length, length, 1).Select(block => (block.Type, block.Start));

    /// <summary>Every block of a padded length, each by itself; vectors with padding stand alone.</summary>
    protected IEnumerable<VectorBlock> Blocks(int length, int used, int size) => Text.Width.Blocks(length, used, size).SelectMany(block =>
        Enumerable.Range(0, (block.End - block.Start) / block.Step)
            .Select(index => block with { Start = block.Start + (index * block.Step), End = block.Start + ((index + 1) * block.Step) }));

    /// <summary>A vector with zeros in the padding, so that neither infinities nor NaN get there.</summary>
    protected string Keep(VectorType type, int start, int used, string value) => start + type.Count > used
        ? Text.KeepFirst(type, value, Math.Max(0, used - start))
        : value;

    /// <summary>What statements cost in a method.</summary>
    /// <param name="products">Their products of vectors.</param>
    /// <param name="values">
    /// The values that they name, store, broadcast or fold. Each is a local of the JIT, which stops inlining at 512 of them, hence the weight.
    /// </param>
    protected static int Cost(int products, int values) => products + (2 * values);

    /// <summary>Some statements.</summary>
    protected static StrandStep Step(int products, int values, Action write) => new(Cost(products, values), write);

    /// <summary>The values of dot products: their sums, and the folding at the end.</summary>
    protected static int DotValues(int dots, int lanes) => (dots * (lanes + 3)) + 4;

    /// <summary>A sum in a line of its own.</summary>
    protected static IReadOnlyList<StrandSum> Sum(VectorType type, string name, string start) => new[] { new StrandSum(name, start, type) };

    /// <summary>A name with the number of one of several lanes.</summary>
    protected static string Lane(string name, int lane, int lanes) => lanes == 1 ? name : $"{name}_{EmitContext.Text(lane)}";
}
