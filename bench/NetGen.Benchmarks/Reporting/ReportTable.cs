using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Spectre.Console;

namespace NetGen.Benchmarks.Reporting;

/// <summary>A table that can be shown in a terminal and written into a page.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="TextColumns">Number of columns with words; those after them hold numbers.</param>
/// <param name="Headings">One for each column.</param>
/// <param name="Rows">As many cells each; an empty row separates.</param>
internal sealed record ReportTable(string Title, int TextColumns, IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Stands where there is no number.</summary>
    public const string None = "–";

    /// <summary>A number with three or four digits that matter.</summary>
    public static string Number(double? value) =>
        value is { } number
            ? number.ToString(number >= 100 ? "0" : number >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture)
            : None;

    /// <summary>A ratio, marked as such.</summary>
    public static string Times(double? value) => value is null ? None : Number(value) + "×";

    public void Show(IAnsiConsole console)
    {
        Table table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape(Title), new Style(decoration: Decoration.Bold));
        for (int column = 0; column < Headings.Count; column++)
        {
            var heading = new TableColumn(Markup.Escape(Headings[column])) { NoWrap = column < TextColumns };
            table.AddColumn(column < TextColumns ? heading : heading.RightAligned());
        }

        foreach (IReadOnlyList<string> row in Rows)
        {
            if (row.Count == 0)
            {
                table.AddEmptyRow();
            }
            else
            {
                table.AddRow(row.Select(cell => new Text(cell)));
            }
        }

        console.Write(table);
        console.WriteLine();
    }

    public string ToMarkdown()
    {
        var text = new StringBuilder($"**{Title}**\n\n");
        AppendRow(text, Headings);
        AppendRow(text, Headings.Select((_, column) => column < TextColumns ? "---" : "--:"));
        foreach (IReadOnlyList<string> row in Rows.Where(row => row.Count > 0))
        {
            AppendRow(text, row.Select(cell => cell.Replace("|", "\\|", System.StringComparison.Ordinal)));
        }

        return text.Append('\n').ToString();
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) => text.Append($"| {string.Join(" | ", cells)} |\n");
}
