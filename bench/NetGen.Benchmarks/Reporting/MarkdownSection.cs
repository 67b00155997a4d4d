using System;
using System.IO;

namespace NetGen.Benchmarks.Reporting;

/// <summary>The part of a page that a command writes: what lies between two comment lines.</summary>
internal static class MarkdownSection
{
    public static string Begin(string section) => $"<!-- {section}: begin -->";

    public static string End(string section) => $"<!-- {section}: end -->";

    /// <summary>Why a page has no place for a section, or null.</summary>
    public static string? Complaint(FileInfo file, string section)
    {
        if (!File.Exists(file.FullName))
        {
            return $"'{file}' does not exist.";
        }

        return Find(File.ReadAllText(file.FullName), section) is null
            ? $"'{file}' has no line '{Begin(section)}' with a line '{End(section)}' after it."
            : null;
    }

    /// <summary>The page with a new content of the section.</summary>
    /// <exception cref="ArgumentException">The page has no such section.</exception>
    public static string Replace(string page, string section, string content)
    {
        (int start, int end) = Find(page, section) ?? throw new ArgumentException($"The page has no section '{section}'.", nameof(section));
        return $"{page[..start]}\n{content.Trim('\n')}\n\n{page[end..]}";
    }

    /// <summary>From after the line of the first marker to the second marker.</summary>
    private static (int Start, int End)? Find(string page, string section)
    {
        string begin = Begin(section) + "\n";
        int start = page.IndexOf(begin, StringComparison.Ordinal);
        int end = start < 0 ? -1 : page.IndexOf(End(section), start, StringComparison.Ordinal);
        return end < 0 ? null : (start + begin.Length, end);
    }
}
