using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the products of a layer with vectors, for one sample and for a batch, as the bodies of methods over references: <c>p</c> the
/// parameters, <c>g</c> the buffer that receives a gradient, <c>x</c>, <c>z</c>, <c>delta</c>, <c>dx</c> values padded like the layer, in a batch one sample after
/// another. The order of every sum is <see cref="SummationRule"/>'s.
/// </summary>
internal abstract class VectorKernel
{
    protected VectorKernel(EmitContext context, VectorText text, LayerPlan layer)
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

    /// <summary>Elements from one sample's x to the next one's.</summary>
    protected int InputStride => Context.Plan.InputStride(Layer);

    /// <summary>The layer reads the samples where the caller has them.</summary>
    protected bool ReadsCaller => Layer.ReadsInput && !Context.Plan.CopiesInput;

    /// <summary>Chooses by how the weights are stored.</summary>
    public static VectorKernel Of(EmitContext context, VectorText text, LayerPlan layer) => layer.IsUnitMajor
        ? new UnitMajorKernel(context, text, layer)
        : new InputMajorKernel(context, text, layer);

    /// <summary>Writes <c>z = W·x + b</c>.</summary>
    public abstract void Forward();

    /// <summary>Writes <c>z = W·x + b</c> of every sample.</summary>
    public abstract void ForwardBatch();

    /// <summary>Writes <c>dx = Wᵀ·delta</c>, <c>g += scale·delta ⊗ x</c>, or one of them.</summary>
    public abstract void Backward(bool inputGradient, bool parameterGradient);

    /// <summary>Writes <c>dx = Wᵀ·delta</c> of every sample.</summary>
    public abstract void InputGradientBatch();

    /// <summary>Writes <c>columns</c>, the weights unit by unit in rows of inputs; its memory is zero.</summary>
    public virtual void Transpose() => throw new InvalidOperationException("The weights are stored unit by unit.");

    /// <summary>Writes <c>dx = Wᵀ·delta</c> of every sample from such columns.</summary>
    public virtual void InputGradientColumns() => throw new InvalidOperationException("The weights are stored unit by unit.");

    /// <summary>Writes <c>g += scale·delta ⊗ x</c> over all samples, first sample first; leaves <c>scale·delta</c> in place of delta.</summary>
    public abstract void ParameterGradientBatch();

    /// <summary>Writes a loop over blocks of whole vectors; the body's references start at the block.</summary>
    /// <param name="length">Padded elements.</param>
    /// <param name="used">Elements without padding.</param>
    /// <param name="size">Vectors of a block.</param>
    /// <param name="body">Writes a block, given the text of its first element.</param>
    /// <param name="declares">Whether the body declares locals, which blocks must then keep apart.</param>
    protected void Blocks(int length, int used, int size, Action<VectorBlock, string> body, bool declares = true)
    {
        IReadOnlyList<VectorBlock> blocks = Text.Width.Blocks(length, used, size);
        foreach (VectorBlock block in blocks)
        {
            string start = EmitContext.Text(block.Start);
            if (block.IsLoop)
            {
                Writer.Open($"for (int j = {start}; j < {block.End}; j += {block.Step})");
                body(block, "j");
                Writer.Close();
            }
            else if (blocks.Count > 1 && declares)
            {
                Writer.Line();
                Writer.Open($"");
                body(block, start);
                Writer.Close();
            }
            else
            {
                body(block, start);
            }
        }
    }

    /// <summary>
    /// Writes a loop over groups of samples. The scratch has room for whole groups: what is computed beyond the last sample is never read.
    /// </summary>
    /// <param name="group">Samples of a group, a divisor of <see cref="NetworkPlan.SampleGroup"/>.</param>
    /// <param name="body">Writes a group.</param>
    protected void Samples(int group, Action<int> body)
    {
        Writer.Open($"for (int s = 0; s < samples; s += {group})");
        body(group);
        Writer.Close();
    }

    /// <summary>Writes the gradient of the bias of one sample, <c>gb += scale·delta</c>.</summary>
    protected void BiasGradient()
    {
        if (!Layer.UseBias)
        {
            return;
        }

        Writer.Line();
        Writer.Line($"ref {Context.T} gb = ref {Context.At("g", Layer.BiasOffset)};");
        void Write(VectorBlock block, string start)
        {
            string sum = $"{Text.Load(block.Type, "gb", start)} + {Text.Load(block.Type, "delta", start)} * {Text.Broadcast(block.Type, "scale")}";
            Writer.Line($"{Text.Store(block.Type, Text.Keep(block, 0, sum), "gb", start)}");
        }

        Blocks(Layer.PaddedUnits, Layer.Units, 1, Write, declares: false);
    }

    /// <summary>Writes <c>delta = scale·delta</c> of every sample.</summary>
    protected void ScaleDelta()
    {
        VectorType type = Text.Width.Dividing(Layer.PaddedUnits);
        Writer.Open($"for (int j = 0; j < samples * {Layer.PaddedUnits}; j += {type.Count})");
        Writer.Line($"{Text.Store(type, $"{Text.Load(type, "delta", "j")} * {Text.Broadcast(type, "scale")}", "delta", "j")}");
        Writer.Close();
        Writer.Line();
    }

    /// <summary>Writes the gradient of the bias over all samples, first sample first.</summary>
    protected void BiasGradientBatch()
    {
        if (!Layer.UseBias)
        {
            return;
        }

        Writer.Line();
        Writer.Line($"ref {Context.T} gb = ref {Context.At("g", Layer.BiasOffset)};");
        Blocks(Layer.PaddedUnits, Layer.Units, 1, (block, start) =>
        {
            Writer.Line($"var sum = {Text.Load(block.Type, "gb", start)};");
            Writer.Open($"for (int s = 0; s < samples; s++)");
            Writer.Line($"sum += {Text.Load(block.Type, Context.At("delta", EmitContext.Product("s", Layer.PaddedUnits)), start)};");
            Writer.Close();
            Writer.Line();
            Writer.Line($"{Text.Store(block.Type, Text.Keep(block, 0, "sum"), "gb", start)}");
        });
    }

    /// <summary>An index times a number, computed where the index is known.</summary>
    protected static string Times(string index, int number) =>
        IsNumber(index) ? EmitContext.Text(Value(index) * number) : EmitContext.Product(index, number);

    /// <summary>The sum of two indices.</summary>
    protected static string Joined(string first, string second) => IsNumber(second) ? Sum(first, Value(second)) : first == "0" ? second : $"{first} + {second}";

    /// <summary>Writes a loop; what happens once needs none.</summary>
    protected void Loop(string index, int start, int end, int step, Action<string> body)
    {
        if (end - start <= step)
        {
            body(EmitContext.Text(start));
            return;
        }

        Writer.Open($"for (int {index} = {start}; {index} < {end}; {(step == 1 ? $"{index}++" : $"{index} += {EmitContext.Text(step)}")})");
        body(index);
        Writer.Close();
    }

    /// <summary>Whether an index is known when the code is written.</summary>
    protected static bool IsNumber(string index) => index.All(char.IsDigit);

    /// <summary>The sum of an index and a number, computed where both are known.</summary>
    protected static string Sum(string index, int number) =>
        IsNumber(index) ? EmitContext.Text(Value(index) + number) : number == 0 ? index : $"{index} + {EmitContext.Text(number)}";

    /// <summary>An index that is known when the code is written.</summary>
    protected static int Value(string index) => int.Parse(index, CultureInfo.InvariantCulture);

    protected void Each(int count, Func<int, string> line)
    {
        foreach (int index in Enumerable.Range(0, count))
        {
            Writer.Line($"{line(index)}");
        }
    }
}
