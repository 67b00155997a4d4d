using System;
using System.Linq;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the products of a layer as loops with literal bounds, four sums at a time: each value loaded serves four of them. Every
/// sum runs over its index in order, like the unrolled form's.
/// </summary>
internal sealed class LoopedAffine
{
    private const int Block = 4;

    private readonly EmitContext _context;
    private readonly LayerPlan _layer;

    public LoopedAffine(EmitContext context, LayerPlan layer)
    {
        _context = context;
        _layer = layer;
    }

    private string W => $"W{EmitContext.Text(_layer.Number)}";

    private string B => $"b{EmitContext.Text(_layer.Number)}";

    /// <summary>Writes <c>z = W·x + b</c> for the spans <c>x</c> and <c>z</c>.</summary>
    public void Forward() => Blocks("j", _layer.Units, lanes =>
    {
        SourceWriter writer = _context.Writer;
        Each(lanes, lane => $"{_context.T} z{lane} = {(_layer.UseBias ? $"{B}[{At("j", lane)}]" : $"x[0] * {W}[{At("j", lane)}]")};");
        writer.Open($"for (int i = {(_layer.UseBias ? 0 : 1)}; i < {_layer.Inputs}; i++)");
        writer.Line($"{_context.T} xi = x[i];");
        writer.Line($"var row = {W}.Slice((i * {_layer.RowLength}) + j, {lanes});");
        Each(lanes, lane => _context.AddProduct($"z{lane}", "xi", $"row[{lane}]"));
        writer.Close();
        Each(lanes, lane => $"z[{At("j", lane)}] = z{lane};");
    });

    /// <summary>Writes <c>dx = Wᵀ·delta</c> for the spans <c>delta</c> and <c>dx</c>.</summary>
    public void InputGradient() => Blocks("i", _layer.Inputs, lanes =>
    {
        SourceWriter writer = _context.Writer;
        Each(lanes, lane => $"var row{lane} = {W}.Slice({Row(lane)}, {_layer.Units});");
        Each(lanes, lane => $"{_context.T} dx{lane} = row{lane}[0] * delta[0];");
        writer.Open($"for (int j = 1; j < {_layer.Units}; j++)");
        writer.Line($"{_context.T} dj = delta[j];");
        Each(lanes, lane => _context.AddProduct($"dx{lane}", $"row{lane}[j]", "dj"));
        writer.Close();
        Each(lanes, lane => $"dx[{At("i", lane)}] = dx{lane};");
    });

    /// <summary>Writes <c>gW += scale·delta ⊗ x</c>, <c>gb += scale·delta</c> for the spans <c>delta</c> and <c>x</c>.</summary>
    public void ParameterGradient()
    {
        SourceWriter writer = _context.Writer;
        Blocks("i", _layer.Inputs, lanes =>
        {
            Each(lanes, lane => $"{_context.T} x{lane} = x[{At("i", lane)}];");
            Each(lanes, lane => $"var row{lane} = g{W}.Slice({Row(lane)}, {_layer.Units});");
            writer.Open($"for (int j = 0; j < {_layer.Units}; j++)");
            writer.Line($"{_context.T} sj = scale * delta[j];");
            Each(lanes, lane => _context.AddProduct($"row{lane}[j]", "sj", $"x{lane}"));
            writer.Close();
        });

        if (_layer.UseBias)
        {
            writer.Line();
            writer.Open($"for (int j = 0; j < {_layer.Units}; j++)");
            writer.Line($"{_context.AddProduct($"g{B}[j]", "scale", "delta[j]")}");
            writer.Close();
        }
    }

    /// <summary>Writes a loop over whole blocks and, where the count is no multiple of the block, the last few on their own.</summary>
    private void Blocks(string index, int count, Action<int> body)
    {
        SourceWriter writer = _context.Writer;
        int whole = count / Block * Block;
        if (whole > 0)
        {
            writer.Open($"for (int {index} = 0; {index} < {whole}; {index} += {Block})");
            body(Block);
            writer.Close();
        }

        if (whole < count)
        {
            if (whole > 0)
            {
                writer.Line();
            }

            writer.CommentLine($"What the blocks of {Block} leave");
            writer.Open($"");
            writer.Line($"const int {index} = {whole};");
            body(count - whole);
            writer.Close();
        }
    }

    /// <summary>The start of a lane's weight row.</summary>
    private string Row(string lane) => lane == "0"
        ? $"i * {EmitContext.Text(_layer.RowLength)}"
        : $"(i + {lane}) * {EmitContext.Text(_layer.RowLength)}";

    private static string At(string index, string lane) => lane == "0" ? index : $"{index} + {lane}";

    private void Each(int lanes, Func<string, string> line)
    {
        foreach (int lane in Enumerable.Range(0, lanes))
        {
            _context.Writer.Line($"{line(EmitContext.Text(lane))}");
        }
    }
}
