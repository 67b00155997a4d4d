using System.Collections.Generic;

namespace NetGen.Generator.Emit;

/// <summary>Breaks a line that is too long: code at the outermost operator or comma that fits last, a comment at a blank.</summary>
internal static class LineBreaks
{
    private const int Indentation = 4;

    /// <summary>What code is broken at: after a comma or an arrow, else before the operator.</summary>
    private static readonly string[] Operators = { " => ", ", ", " = ", " ? ", " : ", " + ", " - ", " | ", " && " };

    /// <summary>The pieces of a line of code, of which those after the first begin deeper; a line that has no place to be broken at stays too long.</summary>
    /// <param name="line">The line.</param>
    /// <param name="indentation">How many blanks stand before it.</param>
    /// <param name="length">The most characters.</param>
    public static IEnumerable<(int Start, int End)> OfCode(string line, int indentation, int length)
    {
        int before = indentation;
        int deeper = indentation + Deeper(line);
        int start = 0;
        while (before + line.Length - start > length && Place(line, start, before, length, deeper) is { } place)
        {
            int end = place;
            while (end > start && line[end - 1] == ' ')
            {
                end--;
            }

            yield return (start, end);
            before = deeper;
            start = place + Blanks(line, place);
        }

        yield return (start, line.Length);
    }

    /// <summary>The pieces of a line of a comment.</summary>
    /// <param name="line">The line, without what stands before each of its pieces.</param>
    /// <param name="before">How many characters these are.</param>
    /// <param name="length">The most characters.</param>
    public static IEnumerable<(int Start, int End)> OfComment(string line, int before, int length)
    {
        int start = 0;
        while (before + line.Length - start > length)
        {
            int place = line.LastIndexOf(' ', start + length - before, length - before + 1);
            if (place <= start)
            {
                break;
            }

            yield return (start, place);
            start = place + 1;
        }

        yield return (start, line.Length);
    }

    /// <summary>How many blanks more a line of code has where it goes on.</summary>
    public static int Deeper(string line) => Blanks(line, 0) + Indentation;

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
            isText ^= character == '"' && (index == 0 || line[index - 1] != '\\');
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

            // What is broken at begins with one of these.
            if (depth > fewest || character is not (' ' or ','))
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
