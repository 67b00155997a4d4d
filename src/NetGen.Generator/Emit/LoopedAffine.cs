using System;
using System.Linq;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the products of a layer as loops with literal bounds, several sums at a time. The order of every sum is <see cref="SummationRule"/>'s.
/// </summary>
internal sealed class LoopedAffine
{
    private readonly EmitContext _context;
    private readonly LayerPlan _layer;
    private readonly SourceWriter _writer;

    public LoopedAffine(EmitContext context, LayerPlan layer)
    {
        _context = context;
        _layer = layer;
        _writer = context.Writer;
    }

    private string W => $"W{EmitContext.Text(_layer.Number)}";

    private string B => $"b{EmitContext.Text(_layer.Number)}";

    private string T => _context.T;

    private string Zero => _context.Number(0);

    /// <summary>Writes <c>z = W·x + b</c> for the spans <c>x</c> and <c>z</c>.</summary>
    public void Forward()
    {
        if (_layer.IsUnitMajor)
        {
            _writer.Open($"for (int j = 0; j < {_layer.Units}; j++)");
            string sum = Dot(_layer.Inputs, "j", "x");
            _writer.Line($"z[j] = {(_layer.UseBias ? _context.Add($"{B}[j]", _context.RoundsByCast ? sum : $"({sum})") : sum)};");
            _writer.Close();
            return;
        }

        int length = _layer.Inputs / _layer.Segments;
        Blocks("j", _layer.Units, lanes =>
        {
            Each(lanes, lane => $"{T} z{lane} = {(_layer.UseBias ? $"{B}[{At("j", lane)}]" : Zero)};");
            if (_layer.Segments == 1)
            {
                Segment(lanes, "z", "0", EmitContext.Text(_layer.Inputs));
            }
            else
            {
                Segment(lanes, "z", "0", EmitContext.Text(length));
                int last = length * (_layer.Segments - 1);
                _writer.Open($"for (int start = {length}; start <= {last}; start += {length})");
                _writer.Line($"int end = start == {last} ? {_layer.Inputs} : start + {length};");
                Each(lanes, lane => $"{T} s{lane} = {Zero};");
                Segment(lanes, "s", "start", "end");
                Each(lanes, lane => _context.AddTo($"z{lane}", $"s{lane}"));
                _writer.Close();
            }

            Each(lanes, lane => $"z[{At("j", lane)}] = z{lane};");
        });
    }

    /// <summary>Writes <c>dx = Wᵀ·delta</c> for the spans <c>delta</c> and <c>dx</c>.</summary>
    public void InputGradient()
    {
        _writer.Open($"for (int i = 0; i < {_layer.Inputs}; i++)");
        if (_layer.IsUnitMajor)
        {
            _writer.Line($"{T} sum = {Zero};");
            foreach (int unit in Enumerable.Range(0, _layer.Units))
            {
                _writer.Line($"{_context.AddProduct("sum", $"{W}[{(unit == 0 ? "i" : $"{EmitContext.Text(unit * _layer.RowLength)} + i")}]", $"delta[{EmitContext.Text(unit)}]")}");
            }

            _writer.Line($"dx[i] = sum;");
        }
        else
        {
            _writer.Line($"dx[i] = {Dot(_layer.Units, "i", "delta")};");
        }

        _writer.Close();
    }

    /// <summary>Writes <c>gW += scale·delta ⊗ x</c>, <c>gb += scale·delta</c> for the spans <c>delta</c> and <c>x</c>.</summary>
    public void ParameterGradient()
    {
        string outer = _layer.IsUnitMajor ? "j" : "i";
        string inner = _layer.IsUnitMajor ? "i" : "j";
        (int rows, int columns) = _layer.IsUnitMajor ? (_layer.Units, _layer.Inputs) : (_layer.Inputs, _layer.Units);
        Blocks(outer, rows, lanes =>
        {
            Each(lanes, lane => _layer.IsUnitMajor ? $"{T} s{lane} = {_context.Multiply("scale", $"delta[{At("j", lane)}]")};" : $"{T} x{lane} = x[{At("i", lane)}];");
            Each(lanes, lane => $"var row{lane} = g{W}.Slice({Row(outer, lane)}, {columns});");
            _writer.Open($"for (int {inner} = 0; {inner} < {columns}; {inner}++)");
            _writer.Line($"{(_layer.IsUnitMajor ? $"{T} xi = x[i];" : $"{T} sj = {_context.Multiply("scale", "delta[j]")};")}");
            Each(lanes, lane => _layer.IsUnitMajor
                ? _context.AddProduct($"row{lane}[i]", $"s{lane}", "xi")
                : _context.AddProduct($"row{lane}[j]", "sj", $"x{lane}"));
            _writer.Close();
        });

        if (_layer.UseBias)
        {
            _writer.Line();
            _writer.Open($"for (int j = 0; j < {_layer.Units}; j++)");
            _writer.Line($"{_context.AddProduct($"g{B}[j]", "scale", "delta[j]")}");
            _writer.Close();
        }
    }

    /// <summary>Adds the products of some inputs to the sums of a block of units.</summary>
    private void Segment(int lanes, string sums, string start, string end)
    {
        _writer.Open($"for (int i = {start}; i < {end}; i++)");
        _writer.Line($"{T} xi = x[i];");
        _writer.Line($"var row = {W}.Slice((i * {_layer.RowLength}) + j, {lanes});");
        Each(lanes, lane => _context.AddProduct($"{sums}{lane}", "xi", $"row[{lane}]"));
        _writer.Close();
        _writer.Line();
    }

    /// <summary>Writes the dot product of a weight row with a span, lane by lane, and returns the sum of the lanes.</summary>
    private string Dot(int terms, string row, string values)
    {
        int lanes = _layer.Lanes;
        int whole = terms / lanes * lanes;
        string Product(int lane, string at) => _context.AddProduct($"s{EmitContext.Text(lane)}", $"row[{at}]", $"{values}[{at}]");
        _writer.Line($"var row = {W}.Slice({row} * {_layer.RowLength}, {terms});");
        Each(lanes, lane => $"{T} s{lane} = {Zero};");
        if (whole > 0)
        {
            _writer.Open($"for (int k = 0; k < {whole}; k += {lanes})");
            for (int lane = 0; lane < lanes; lane++)
            {
                _writer.Line($"{Product(lane, lane == 0 ? "k" : $"k + {EmitContext.Text(lane)}")}");
            }

            _writer.Close();
            _writer.Line();
        }

        for (int lane = 0; lane < terms - whole; lane++)
        {
            _writer.Line($"{Product(lane, EmitContext.Text(whole + lane))}");
        }

        return _context.AddByHalves(Enumerable.Range(0, lanes).Select(lane => $"s{EmitContext.Text(lane)}").ToArray(), lanes);
    }

    /// <summary>Writes a loop over whole blocks and, where the count is no multiple of the block, the last few on their own.</summary>
    private void Blocks(string index, int count, Action<int> body)
    {
        int whole = count / Limits.SumGroup * Limits.SumGroup;
        if (whole > 0)
        {
            _writer.Open($"for (int {index} = 0; {index} < {whole}; {index} += {Limits.SumGroup})");
            body(Limits.SumGroup);
            _writer.Close();
        }

        if (whole < count)
        {
            if (whole > 0)
            {
                _writer.Line();
            }

            _writer.CommentLine($"What the blocks of {Limits.SumGroup} leave");
            _writer.Open($"");
            _writer.Line($"const int {index} = {whole};");
            body(count - whole);
            _writer.Close();
        }
    }

    /// <summary>The start of a lane's weight row.</summary>
    private string Row(string index, string lane) => lane == "0"
        ? $"{index} * {EmitContext.Text(_layer.RowLength)}"
        : $"({index} + {lane}) * {EmitContext.Text(_layer.RowLength)}";

    private static string At(string index, string lane) => lane == "0" ? index : $"{index} + {lane}";

    private void Each(int lanes, Func<string, string> line)
    {
        foreach (int lane in Enumerable.Range(0, lanes))
        {
            _writer.Line($"{line(EmitContext.Text(lane))}");
        }
    }
}
