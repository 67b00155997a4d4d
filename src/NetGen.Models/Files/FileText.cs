using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace NetGen.Models;

/// <summary>
/// Text of a file, and its path, in messages. A message goes to terminals and logs, where characters that control them could forge lines or worse, and it is
/// read by people, whom a file must not flood.
/// </summary>
internal static class FileText
{
    private const int LongestMessage = 4_000;
    private const int ShownNames = 20;
    private const int ShownLength = 100;

    /// <summary>A message with nothing in it that controls a terminal, changes the direction of text or begins a line.</summary>
    public static string Harmless(string message)
    {
        string shown = Cut(message, LongestMessage);
        if (!shown.Any(IsHarmful))
        {
            return shown;
        }

        var text = new StringBuilder();
        for (int index = 0; index < shown.Length; index++)
        {
            if (index + 1 < shown.Length && char.IsSurrogatePair(shown[index], shown[index + 1])
                && CharUnicodeInfo.GetUnicodeCategory(shown, index) != UnicodeCategory.Format)
            {
                text.Append(shown, index++, 2);
            }
            else
            {
                Append(text, shown[index]);
            }
        }

        return text.ToString();
    }

    /// <summary>An error of a file with another message.</summary>
    /// <param name="error">What .NET says, which has the path as it is.</param>
    /// <param name="message">Makes the message of its own, and nothing in it that <see cref="Harmless"/> would escape.</param>
    /// <returns>Null if it is none.</returns>
    public static Exception? Named(Exception error, Func<string, string> message)
    {
        string text = message(error.Message);

        // Who logs an exception logs the one inside of it too.
        Exception? inner = Harmless(error.Message) == error.Message ? error : null;
        return error switch
        {
            FileNotFoundException => new FileNotFoundException(text, inner),
            DirectoryNotFoundException => new DirectoryNotFoundException(text, inner),
            PathTooLongException => new PathTooLongException(text, inner),
            IOException => new IOException(text, inner),
            UnauthorizedAccessException => new UnauthorizedAccessException(text, inner),
            _ => null,
        };
    }

    /// <summary>Names for a message, some of which stand for many.</summary>
    public static string List(IReadOnlyList<string> names)
    {
        string list = string.Join(", ", names.Take(ShownNames).Select(Short));
        return names.Count <= ShownNames ? list : $"{list} and {names.Count - ShownNames} more";
    }

    /// <summary>The beginning of a name that is too long for a message, or all of it.</summary>
    public static string Short(string name) => Cut(name, ShownLength);

    /// <summary>A name as C# has it.</summary>
    public static string Literal(string name)
    {
        var text = new StringBuilder("\"");
        foreach (char character in name)
        {
            if (character is '"' or '\\')
            {
                text.Append('\\');
            }

            Append(text, character);
        }

        return text.Append('"').ToString();
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text.Substring(0, length) + "…";

    private static void Append(StringBuilder text, char character)
    {
        if (IsHarmful(character))
        {
            text.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
        }
        else
        {
            text.Append(character);
        }
    }

    private static bool IsHarmful(char character) => CharUnicodeInfo.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse;
}
