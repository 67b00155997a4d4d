using System.Globalization;
using System.Text;

namespace NetGen.Training;

/// <summary>Text as JSON has it.</summary>
internal static class JsonText
{
    /// <summary>A text between quotation marks.</summary>
    public static string Quote(string text) => $"\"{Escape(text)}\"";

    /// <summary>A text with what must not stand between quotation marks escaped.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            if (character is '"' or '\\')
            {
                escaped.Append('\\').Append(character);
            }
            else if (character < ' ')
            {
                escaped.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                escaped.Append(character);
            }
        }

        return escaped.ToString();
    }
}
