using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace NetGen.Generator.Tests;

/// <summary>
/// A source text that shows what is wrong with it: the tokens that a diagnostic marks stand between ⟦ and ⟧, and a correction is written ⟪wrong⇒right⟫.
/// </summary>
internal sealed class MarkedSource
{
    private const string Using = "using NetGen;\n";

    public MarkedSource(string marked)
    {
        marked = (marked.Contains("using NetGen;") ? "" : Using) + marked;
        Right = Regex.Replace(marked, "⟪[^⇒⟫]*⇒([^⟫]*)⟫", "$1").Replace("⟦", "").Replace("⟧", "");

        var wrong = new StringBuilder();
        var open = new Stack<int>();
        var spans = new List<TextSpan>();
        foreach (char c in Regex.Replace(marked, "⟪([^⇒⟫]*)⇒[^⟫]*⟫", "$1"))
        {
            switch (c)
            {
                case '⟦':
                    open.Push(wrong.Length);
                    break;
                case '⟧':
                    spans.Add(TextSpan.FromBounds(open.Pop(), wrong.Length));
                    break;
                default:
                    wrong.Append(c);
                    break;
            }
        }

        Wrong = wrong.ToString();
        Spans = spans.OrderBy(span => span.Start).ThenBy(span => span.Length).ToList();
    }

    /// <summary>The text with its mistakes.</summary>
    public string Wrong { get; }

    /// <summary>The corrected text.</summary>
    public string Right { get; }

    /// <summary>The marked places in the text with its mistakes, in order.</summary>
    public IReadOnlyList<TextSpan> Spans { get; }
}
