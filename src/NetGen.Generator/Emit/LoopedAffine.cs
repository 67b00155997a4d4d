using System;
using System.Globalization;
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
            Loop("j", _layer.Units, j =>
            {
                string sum = Dot(_layer.Inputs, j, "x");
                _writer.Line($"z[{j}] = {(_layer.UseBias ? _context.Add($"{B}[{j}]", _context.RoundsByCast ? sum : $"({sum})") : sum)};");
            });
            return;
        }

        int length = _layer.Inputs / _layer.Segments;
        Blocks("j", _layer.Units, (j, lanes) =>
        {
            Each(lanes, lane => $"{T} z{lane} = {(_layer.UseBias ? $"{B}[{At(j, lane)}]" : Zero)};");
            if (_layer.Segments == 1)
            {
                Segment(j, lanes, "z", "0", EmitContext.Text(_layer.Inputs));
            }
            else
            {
                Segment(j, lanes, "z", "0", EmitContext.Text(length));
                int last = length * (_layer.Segments - 1);
                _writer.Open($"for (int start = {length}; start <= {last}; start += {length})");
                _writer.Line($"int end = start == {last} ? {_layer.Inputs} : start + {length};");
                Each(lanes, lane => $"{T} s{lane} = {Zero};");
                Segment(j, lanes, "s", "start", "end");
                Each(lanes, lane => _context.AddTo($"z{lane}", $"s{lane}"));
                _writer.Close();
            }

            Each(lanes, lane => $"z[{At(j, lane)}] = z{lane};");
        });
    }

    /// <summary>Writes <c>dx = Wᵀ·delta</c> for the spans <c>delta</c> and <c>dx</c>.</summary>
    public void InputGradient()
    {
        Loop("i", _layer.Inputs, i =>
        {
            if (!_layer.IsUnitMajor)
            {
                _writer.Line($"dx[{i}] = {Dot(_layer.Units, i, "delta")};");
                return;
            }

            _writer.Line($"{T} sum = {Zero};");
            foreach (int unit in Enumerable.Range(0, _layer.Units))
            {
                string place = unit == 0 ? i : $"{EmitContext.Text(unit * _layer.RowLength)} + {i}";
                _writer.Line($"{_context.AddProduct("sum", $"{W}[{place}]", $"delta[{EmitContext.Text(unit)}]")}");
            }

            _writer.Line($"dx[{i}] = sum;");
        });
    }

    /// <summary>Writes <c>gW += scale·delta ⊗ x</c>, <c>gb += scale·delta</c> for the spans <c>delta</c> and <c>x</c>.</summary>
    public void ParameterGradient()
    {
        string outer = _layer.IsUnitMajor ? "j" : "i";
        string inner = _layer.IsUnitMajor ? "i" : "j";
        (int rows, int columns) = _layer.IsUnitMajor ? (_layer.Units, _layer.Inputs) : (_layer.Inputs, _layer.Units);
        Blocks(outer, rows, (row, lanes) =>
        {
            Each(lanes, lane => _layer.IsUnitMajor
                ? $"{T} s{lane} = {_context.Multiply("scale", $"delta[{At(row, lane)}]")};"
                : $"{T} x{lane} = x[{At(row, lane)}];");
            Each(lanes, lane => $"var row{lane} = g{W}.Slice({Row(row, lane)}, {columns});");
            Loop(inner, columns, column =>
            {
                _writer.Line($"{(_layer.IsUnitMajor ? $"{T} xi = x[{column}];" : $"{T} sj = {_context.Multiply("scale", $"delta[{column}]")};")}");
                Each(lanes, lane => _layer.IsUnitMajor
                    ? _context.AddProduct($"row{lane}[{column}]", $"s{lane}", "xi")
                    : _context.AddProduct($"row{lane}[{column}]", "sj", $"x{lane}"));
            });
        });

        if (_layer.UseBias)
        {
            _writer.Line();
            Loop("j", _layer.Units, j => _writer.Line($"{_context.AddProduct($"g{B}[{j}]", "scale", $"delta[{j}]")}"));
        }
    }

    /// <summary>Adds the products of some inputs to the sums of a block of units.</summary>
    private void Segment(string j, int lanes, string sums, string start, string end)
    {
        void Body(string i)
        {
            _writer.Line($"{T} xi = x[{i}];");
            string row = i == "0" ? j : j == "0" ? EmitContext.Product(i, _layer.RowLength) : $"({EmitContext.Product(i, _layer.RowLength)}) + {j}";
            _writer.Line($"var row = {W}.Slice({row}, {lanes});");
            Each(lanes, lane => _context.AddProduct($"{sums}{lane}", "xi", $"row[{lane}]"));
        }

        if (_layer.Inputs == 1)
        {
            Body("0");
            return;
        }

        _writer.Open($"for (int i = {start}; i < {end}; i++)");
        Body("i");
        _writer.Close();
        _writer.Line();
    }

    /// <summary>Writes the dot product of a weight row with a span, lane by lane, and returns the sum of the lanes.</summary>
    private string Dot(int terms, string row, string values)
    {
        int lanes = _layer.Lanes;
        int used = Math.Min(lanes, terms);
        int whole = terms / lanes * lanes;
        string Product(int lane, string at) => _context.AddProduct($"s{EmitContext.Text(lane)}", $"row[{at}]", $"{values}[{at}]");
        _writer.Line($"var row = {W}.Slice({Row(row, "0")}, {terms});");
        Each(used, lane => $"{T} s{lane} = {Zero};");
        if (whole == lanes)
        {
            Each(lanes, lane => Product(int.Parse(lane), lane));
        }
        else if (whole > 0)
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

        return _context.AddByHalves(Enumerable.Range(0, used).Select(lane => $"s{EmitContext.Text(lane)}").ToArray(), lanes);
    }

    /// <summary>Writes a loop over whole blocks and, where the count is no multiple of the block, the last few on their own.</summary>
    private void Blocks(string index, int count, Action<string, int> body)
    {
        int whole = count / Limits.SumGroup * Limits.SumGroup;
        if (whole > Limits.SumGroup)
        {
            _writer.Open($"for (int {index} = 0; {index} < {whole}; {index} += {Limits.SumGroup})");
            body(index, Limits.SumGroup);
            _writer.Close();
        }
        else if (whole > 0)
        {
            Scoped(whole < count, () => body("0", Limits.SumGroup));
        }

        if (whole < count)
        {
            if (whole > 0)
            {
                _writer.Comment($"What the blocks of {Limits.SumGroup} leave");
            }

            Scoped(whole > 0, () => body(EmitContext.Text(whole), count - whole));
        }
    }

    private void Scoped(bool scoped, Action body)
    {
        if (scoped)
        {
            _writer.Open($"");
        }

        body();
        if (scoped)
        {
            _writer.Close();
        }
    }

    /// <summary>Writes a loop; what happens once needs none.</summary>
    private void Loop(string index, int count, Action<string> body)
    {
        if (count == 1)
        {
            body("0");
            return;
        }

        _writer.Open($"for (int {index} = 0; {index} < {count}; {index}++)");
        body(index);
        _writer.Close();
    }

    /// <summary>The start of a lane's weight row.</summary>
    private string Row(string index, string lane)
    {
        string row = At(index, lane);
        return row.All(char.IsDigit) ? EmitContext.Text(int.Parse(row, CultureInfo.InvariantCulture) * _layer.RowLength)
            : lane == "0" ? EmitContext.Product(row, _layer.RowLength)
            : EmitContext.Product($"({row})", _layer.RowLength);
    }

    private static string At(string index, string lane) => lane == "0" ? index
        : index.All(char.IsDigit) ? EmitContext.Text(int.Parse(index, CultureInfo.InvariantCulture) + int.Parse(lane, CultureInfo.InvariantCulture))
        : $"{index} + {lane}";

    private void Each(int lanes, Func<string, string> line)
    {
        foreach (int lane in Enumerable.Range(0, lanes))
        {
            _writer.Line($"{line(EmitContext.Text(lane))}");
        }
    }
}
