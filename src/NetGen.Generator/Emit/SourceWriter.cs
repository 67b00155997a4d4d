using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes indented C#. Lines end in <c>\n</c> and values are formatted independently of the culture, so that the same plan gives
/// the same bytes on every machine. Real numbers go through <see cref="Literal"/>.
/// </summary>
internal sealed class SourceWriter
{
    private StringBuilder _text = new();
    private int _depth;
    private bool _closed;
    private bool _empty;

    /// <summary>Writes an empty line, unless the line before is one.</summary>
    public void Line()
    {
        if (!_empty)
        {
            _text.Append('\n');
            _empty = true;
        }
    }

    /// <summary>Writes a line.</summary>
    public void Line(FormattableString line) => Raw(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes a line that opens a block, and the brace; an empty line stands for none.</summary>
    public void Open(FormattableString line)
    {
        if (line.Format.Length > 0)
        {
            Line(line);
        }

        Line($"{{");
        _depth++;

        // No empty line follows a brace.
        _empty = true;
    }

    /// <summary>Closes the innermost block. An empty line sets it apart from what follows in the same block.</summary>
    public void Close()
    {
        _depth--;
        _closed = false;
        Line($"}}");
        _closed = true;
    }

    /// <summary>Closes the innermost block, which is part of an expression, and ends the statement.</summary>
    public void CloseStatement(string end)
    {
        _depth--;
        _closed = false;
        Line($"}}{end}");
    }

    /// <summary>Writes an empty line and a comment.</summary>
    public void Comment(FormattableString comment)
    {
        Line();
        CommentLine(comment);
    }

    /// <summary>Writes a comment.</summary>
    public void CommentLine(FormattableString comment) => Raw("// " + comment.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes a line of an XML documentation comment; the caller escapes text that is not markup.</summary>
    public void Doc(FormattableString line) => Raw("/// " + line.ToString(CultureInfo.InvariantCulture));

    /// <summary>The lines that something writes, for <see cref="Append"/>: what is to come before them may follow from them.</summary>
    public string Capture(Action write)
    {
        (StringBuilder text, bool closed, bool empty) = (_text, _closed, _empty);
        _text = new StringBuilder();
        (_closed, _empty) = (false, false);
        write();
        string captured = _text.ToString();
        (_text, _closed, _empty) = (text, closed, empty);
        return captured;
    }

    /// <summary>Writes captured lines, which end with a block or a statement.</summary>
    public void Append(string captured)
    {
        _text.Append(captured);
        _closed = captured.EndsWith("}\n", StringComparison.Ordinal);
        _empty = false;
    }

    /// <summary>Writes the lines of another writer, deeper by as much as this one is.</summary>
    public void AppendLines(SourceWriter other)
    {
        foreach (string line in other.ToString().TrimEnd('\n').Split('\n'))
        {
            if (line.Length == 0)
            {
                Line();
            }
            else
            {
                Raw(line);
            }
        }
    }

    public override string ToString() => _text.ToString();

    /// <summary>Escapes text for XML documentation.</summary>
    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    private void Raw(string line)
    {
        if (_closed)
        {
            Line();
        }

        _text.Append(string.Concat(Enumerable.Repeat("    ", _depth))).Append(line).Append('\n');
        _closed = false;
        _empty = false;
    }
}
