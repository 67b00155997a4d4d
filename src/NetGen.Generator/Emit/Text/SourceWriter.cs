using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes indented C#. Lines end in <c>\n</c> and values are formatted independently of the culture, so that the same plan gives
/// the same bytes on every machine. Real numbers go through <see cref="Literal"/>.
/// </summary>
internal sealed class SourceWriter
{
    /// <summary>The longest line, where it can be broken.</summary>
    private const int LineLength = 160;

    private readonly List<string> _indentations = new();
    private readonly TextBuffer _text = TextBuffer.Rent();
    private int _depth;
    private bool _closed;
    private bool _empty;

    /// <summary>Parts of lines that are being put together, those of an inner line after those of the line around it.</summary>
    public TextBuffer Parts { get; } = new();

    /// <summary>Whether so many characters fit in a line.</summary>
    public bool Fits(int length) => (4 * _depth) + length <= LineLength;

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
    public void Line([InterpolatedStringHandlerArgument("")] LineHandler line) => Raw("", line);

    /// <summary>Writes a line that opens a block, and the brace; an empty line stands for none.</summary>
    public void Open([InterpolatedStringHandlerArgument("")] LineHandler line)
    {
        if (Parts.Length > line.Start)
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

    /// <summary>Closes the innermost block and opens another that goes with it.</summary>
    public void CloseBefore(string next)
    {
        CloseStatement("");
        Open($"{next}");
    }

    /// <summary>Closes the innermost block, which is part of an expression, and ends the statement.</summary>
    public void CloseStatement(string end)
    {
        _depth--;
        _closed = false;
        Line($"}}{end}");
    }

    /// <summary>Writes an empty line and a comment.</summary>
    public void Comment([InterpolatedStringHandlerArgument("")] LineHandler comment)
    {
        Line();
        CommentLine(comment);
    }

    /// <summary>Writes a comment.</summary>
    public void CommentLine([InterpolatedStringHandlerArgument("")] LineHandler comment) => Raw("// ", comment);

    /// <summary>Writes a line of an XML documentation comment; the caller escapes text that is not markup.</summary>
    public void Doc([InterpolatedStringHandlerArgument("")] LineHandler line) => Raw("/// ", line);

    /// <summary>The same for a line that must stay one: a row of a table, a tag.</summary>
    public void DocLine([InterpolatedStringHandlerArgument("")] LineHandler line) => Raw("/// ", line, canBreak: false);

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
                Line($"{line}");
            }
        }
    }

    /// <summary>The text so far.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>Returns the text. Nothing can be written after it.</summary>
    public string Complete()
    {
        string text = _text.ToString();
        _text.Leave();
        return text;
    }

    /// <summary>Escapes text for XML documentation.</summary>
    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    private void RawInParts(string line, string prefix)
    {
        foreach (string part in prefix.Length == 0 ? LineBreaks.OfCode(line, LineLength) : LineBreaks.OfComment(line, prefix, LineLength))
        {
            _text.Append(part);
            _text.Append('\n');
        }
    }

    private void Raw(string prefix, LineHandler line, bool canBreak = true)
    {
        if (_closed)
        {
            Line();
        }

        while (_indentations.Count <= _depth)
        {
            _indentations.Add(new string(' ', 4 * _indentations.Count));
        }

        if (!canBreak || Fits(prefix.Length + Parts.Length - line.Start))
        {
            _text.Append(_indentations[_depth]);
            _text.Append(prefix);
            Parts.MoveTo(_text, line.Start);
            _text.Append('\n');
        }
        else
        {
            RawInParts(_indentations[_depth] + prefix + Parts.Take(line.Start), prefix);
        }

        _closed = false;
        _empty = false;
    }
}
