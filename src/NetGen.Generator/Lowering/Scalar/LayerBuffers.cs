using System.Collections.Generic;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>The parameters of a layer, or their places in the buffer that receives a gradient.</summary>
/// <param name="Weights">The weights, row by row.</param>
/// <param name="Bias">The bias, padded, or null.</param>
internal sealed record LayerBuffers(Buffer Weights, Buffer? Bias)
{
    /// <summary>The places <c>W1</c>, <c>b1</c> of a layer, or <c>gW1</c>, <c>gb1</c> with a prefix.</summary>
    public static LayerBuffers Of(LayerPlan layer, string prefix = "") => new(
        new Buffer($"{prefix}W{Notation.Text(layer.Number)}", layer.WeightLength),
        layer.UseBias ? new Buffer($"{prefix}b{Notation.Text(layer.Number)}", layer.PaddedUnits) : null);

    /// <summary>
    /// Declares them as parts of a buffer. With literal bounds the JIT knows every length and leaves out the bounds checks.
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="of">All parameters.</param>
    /// <param name="withBias">Whether the bias is needed.</param>
    public IEnumerable<Statement> Views(LayerPlan layer, Buffer of, bool withBias = true)
    {
        yield return new View(Weights, of, layer.WeightOffset);
        if (withBias && Bias is not null)
        {
            yield return new View(Bias, of, layer.BiasOffset);
        }
    }
}
