using System;
using System.Collections.Generic;

namespace NetGen.Generator.Emit;

/// <summary>Breaks a line that is too long: code at the outermost operator or comma that fits last, a comment at a blank.</summary>
internal static class LineBreaks
{
    private const string Deeper = "    ";

    /// <summary>What code is broken at: after a comma or an arrow, else before the operator.</summary>
    private static readonly string[] Operators = { " => ", ", ", " = ", " ? ", " : ", " + ", " - ", " | ", " && " };

    /// <summary>The lines of a line of code, those after the first one deeper; a line that has no place to be broken at stays too long.</summary>
    public static IEnumerable<string> OfCode(string line, int length)
    {
        string indentation = line.Substring(0, Blanks(line, 0)) + Deeper;
        string before = "";
        int start = 0;
        while (before.Length + line.Length - start > length && Place(line, start, before.Length, length, indentation.Length) is { } place)
        {
            int end = place;
            while (end > start && line[end - 1] == ' ')
            {
                end--;
            }

            yield return before + line.Substring(start, end - start);
            before = indentation;
            start = place + Blanks(line, place);
        }

        yield return before + line.Substring(start);
    }

    /// <summary>The lines of a line of a comment.</summary>
    /// <param name="line">The line.</param>
    /// <param name="prefix">What makes it a comment.</param>
    /// <param name="length">The most characters.</param>
    public static IEnumerable<string> OfComment(string line, string prefix, int length)
    {
        string start = line.Substring(0, line.IndexOf(prefix, StringComparison.Ordinal) + prefix.Length);
        string rest = line;
        while (rest.Length > length)
        {
            int place = rest.LastIndexOf(' ', length);
            if (place <= start.Length)
            {
                break;
            }

            yield return rest.Substring(0, place);
            rest = start + rest.Substring(place + 1);
        }

        yield return rest;
    }

    private static int Blanks(string line, int start)
    {
        int count = 0;
        while (start + count < line.Length && line[start + count] == ' ')
        {
            count++;
        }

        return count;
    }

    /// <summary>Where the line goes on: the last place that fits of those in the fewest parentheses, else after one of these; null if there is none.</summary>
    /// <param name="line">The line.</param>
    /// <param name="from">Where a piece of it begins.</param>
    /// <param name="before">How many blanks will stand before the piece.</param>
    /// <param name="length">The most characters of the two.</param>
    /// <param name="indentation">As many characters at the start, where it is not broken.</param>
    private static int? Place(string line, int from, int before, int length, int indentation)
    {
        int start = from - before + indentation;
        int last = from - before + length;
        int? place = null;
        int? parenthesis = null;
        int depth = 0;
        int fewest = int.MaxValue;
        bool isText = false;
        for (int index = from; index <= last; index++)
        {
            char character = line[index];
            isText ^= character == '"' && line[index - 1] != '\\';
            depth += character is '(' or '[' or '{' ? 1 : character is ')' or ']' or '}' ? -1 : 0;
            if (isText || index < start)
            {
                continue;
            }

            // A text would not fit behind it either.
            if (character == '(' && index < last && line[index + 1] != '"')
            {
                parenthesis = index + 1;
            }

            if (depth > fewest)
            {
                continue;
            }

            foreach (string text in Operators)
            {
                int end = text is ", " or " => " or " = " ? index + text.Length : index;
                if (end - 1 <= last && string.CompareOrdinal(line, index, text, 0, text.Length) == 0)
                {
                    place = end;
                    fewest = depth;
                }
            }
        }

        return place ?? parenthesis;
    }
}
