using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NetGen.Benchmarks.Reporting;

/// <summary>The files that a command was asked for.</summary>
/// <param name="Csv">Gets all cells as comma-separated values.</param>
/// <param name="Json">Gets all cells and what belongs to them.</param>
/// <param name="Page">Gets tables.</param>
internal sealed record OutputFiles(FileInfo? Csv, FileInfo? Json, FileInfo? Page)
{
    /// <param name="rows">The cells.</param>
    /// <param name="json">An object to be written as JSON.</param>
    /// <param name="sections">The new content of some sections of the page.</param>
    public void Write(IEnumerable<CellRow> rows, object json, params (string Section, string Content)[] sections)
    {
        if (Csv is not null)
        {
            SafeFile.Write(Csv, CellFiles.ToCsv(rows));
        }

        if (Json is not null)
        {
            SafeFile.Write(Json, CellFiles.ToJson(json));
        }

        if (Page is not null)
        {
            SafeFile.Write(
                Page, sections.Aggregate(File.ReadAllText(Page.FullName), (page, part) => MarkdownSection.Replace(page, part.Section, part.Content)));
        }
    }
}
