using System;
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

    private const int StatementsInLine = 4;

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

    /// <summary>Adds to the line that is being put together.</summary>
    public void Add([InterpolatedStringHandlerArgument("")] LineHandler part) => _ = part;

    /// <summary>Writes the line that was put together.</summary>
    /// <param name="start">Where its parts begin.</param>
    public void EndLine(int start)
    {
        Raw("", start, Parts.Length, canBreak: true);
        Parts.Truncate(start);
    }

    /// <summary>Writes statements of the same shape that were put together, a blank after each: four or two in a line where so many fit, else each by itself.</summary>
    /// <param name="start">Where the parts of the first begin.</param>
    /// <param name="ends">Where the blanks stand.</param>
    public void EndRow(int start, IReadOnlyList<int> ends)
    {
        int longest = 0;
        for (int index = 0; index < ends.Count; index++)
        {
            longest = Math.Max(longest, ends[index] - (index == 0 ? start : ends[index - 1] + 1));
        }

        int inLine = StatementsInLine;
        while (inLine > 1 && !Fits((inLine * longest) + inLine - 1))
        {
            inLine /= 2;
        }

        for (int first = 0; first < ends.Count; first += inLine)
        {
            Raw("", first == 0 ? start : ends[first - 1] + 1, ends[Math.Min(first + inLine, ends.Count) - 1], canBreak: true);
        }

        Parts.Truncate(start);
    }

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

    /// <summary>Ends a line that was put together, and takes it from the parts.</summary>
    private void Raw(string prefix, LineHandler line, bool canBreak = true)
    {
        Raw(prefix, line.Start, Parts.Length, canBreak);
        Parts.Truncate(line.Start);
    }

    private void Raw(string prefix, int start, int end, bool canBreak)
    {
        if (_closed)
        {
            Line();
        }

        if (!canBreak || Fits(prefix.Length + end - start))
        {
            _text.Append(Indentation(4 * _depth));
            _text.Append(prefix);
            Parts.CopyTo(_text, start, end);
            _text.Append('\n');
        }
        else
        {
            WritePieces(Parts.Text(start, end), prefix);
        }

        _closed = false;
        _empty = false;
    }

    private void WritePieces(string line, string prefix)
    {
        int indentation = 4 * _depth;
        bool isCode = prefix.Length == 0;
        IEnumerable<(int, int)> pieces = isCode ? LineBreaks.OfCode(line, indentation, LineLength) : LineBreaks.OfComment(line, indentation + prefix.Length, LineLength);
        foreach ((int start, int end) in pieces)
        {
            _text.Append(Indentation(indentation + (isCode && start > 0 ? LineBreaks.Deeper(line) : 0)));
            _text.Append(prefix);
            _text.Append(line, start, end);
            _text.Append('\n');
        }
    }

    private string Indentation(int blanks)
    {
        while (_indentations.Count <= blanks / 4)
        {
            _indentations.Add(new string(' ', 4 * _indentations.Count));
        }

        return _indentations[blanks / 4];
    }
}
