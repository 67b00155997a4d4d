using System.Collections.Generic;
using System.Linq;
using NetGen.Benchmarks.Reporting;

namespace NetGen.Hosts.Running;

/// <summary>The table of what runs where.</summary>
internal static class HostReport
{
    public const string Section = "hosts";

    private static readonly string[] Headings = ["host", "runtime", "vectors", "compiles", "runs", "reference values", "strict hash", "bytes per call"];

    public static Report Create(Session session)
    {
        var rows = new List<IReadOnlyList<string>>();
        var missing = new List<string>();
        foreach (Host host in Host.All)
        {
            Outcome compiles = session.Checks.Run($"{host.Name} compiles", () =>
            {
                if (host.Unavailable(session) is { } why)
                {
                    missing.Add($"{host.Name} was not available: {why}.");
                    throw new NotAvailableException(why);
                }

                host.Build(session);
                return null;
            });
            if (compiles == Outcome.Skipped)
            {
                continue;
            }

            HostOutput? output = null;
            if (compiles == Outcome.Passed)
            {
                session.Checks.Run($"{host.Name} runs", () =>
                {
                    output = new HostOutput(host.Run(session));
                    return output.Succeeded ? $"{output["runtime"]}; golden {output["golden"]}; {output["bytes"]} bytes; hash {output["hash"]}" : throw new ToolException(output.Complaint);
                });
            }

            rows.Add(Row(host, compiles == Outcome.Passed, output));
        }

        var table = new ReportTable("One program on every host", Headings.Length, Headings, rows);
        table.Show(session.Console);
        return new Report(Section, table, "dotnet run -c Release --project tests/NetGen.Hosts -- run", string.Join(' ', missing));
    }

    private static IReadOnlyList<string> Row(Host host, bool compiles, HostOutput? output) => output is null
        ? [host.Name, .. Enumerable.Repeat(ReportTable.None, 2), compiles ? "yes" : "no", "no", .. Enumerable.Repeat(ReportTable.None, 3)]
        : [host.Name, output["runtime"], output["vectors"], "yes", output.Ran ? "yes" : "no", output["golden"], output["hash"], output["bytes"]];
}
