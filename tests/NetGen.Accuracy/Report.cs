using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using NetGen.TestKit;

namespace NetGen.Accuracy;

/// <summary>Writes the measurements as a Markdown page.</summary>
internal static class Report
{
    public static string Write(IReadOnlyList<Row> rows, long step, string command)
    {
        var page = new StringBuilder();
        page.Append("# Accuracy of the elementary functions\n\n");
        page.Append($"{Processor.Name}, {RuntimeInformation.FrameworkDescription}, `{command}`\n\n");
        string inputs = step == 1 ? "all 2³² floats" : $"one float in {step}";
        long samples = (DoubleFormat.InputCount + step - 1) / step;
        page.Append(CultureInfo.InvariantCulture, $"Errors in units in the last place (ulp): largest / mean. Single precision: {inputs}. ");
        page.Append(CultureInfo.InvariantCulture, $"Double precision: {samples} inputs, half over all exponents, half over those from 2⁻⁶⁰ to 2¹⁰.\n\n");
        page.Append("| function | precision | NetGen strict | NetGen fused | MathF, Math | TensorPrimitives | worst input (strict) |\n");
        page.Append("|---|---|---|---|---|---|---|\n");
        foreach (Row row in rows)
        {
            string[] cells =
            [
                row.Function, row.Precision, Cell(row.Strict), Cell(row.Fused), Cell(row.Platform), Cell(row.Tensor), Worst(row),
            ];
            page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells)} |\n");
        }

        page.Append(
            """

            - The error is |result − exact| / ulp, with the ulp of the number nearest to the exact value. A correctly rounded result has at most
              0.5. The mean is over all inputs with a finite result, the flat parts of the functions included.
            - *wrong* counts results of the wrong kind, which have no error in ulp: NaN or an infinity in place of a number, or a number in place
              of them, or anything but the limit at ±0 and ±∞. *NaN lost* counts inputs NaN whose result is not NaN.
            - Exact values: for floats, double arithmetic that is right to 10⁻¹³; for doubles, double-double arithmetic. Where Erfc, Exp, Sigmoid, Softplus
              and SoftplusTail would be subnormal, 0 is right. Where Sin and Cos have no bounded error, beyond 2²⁰, they are those of ±2²⁰.
            - The column MathF, Math has `T.ExpM1` and `T.LogP1`, which .NET computes as `Exp(x) - 1` and `Log(x + 1)`. A dash: no such function.

            """.ReplaceLineEndings("\n"));
        return page.ToString();
    }

    /// <summary>An error in ulp, or as a power of ten where digits mean nothing any more.</summary>
    public static string Number(double value) => value.ToString(value < 10_000 ? "0.000" : "0.0e+0", CultureInfo.InvariantCulture);

    private static string Cell(Tally? tally)
    {
        if (tally is null)
        {
            return "–";
        }

        string wrong = tally.Wrong > 0 ? string.Create(CultureInfo.InvariantCulture, $", {tally.Wrong} wrong") : "";
        string lost = tally.LostNaNs > 0 ? string.Create(CultureInfo.InvariantCulture, $", {tally.LostNaNs} NaN lost") : "";
        return $"{Number(tally.Maximum)} / {Number(tally.Mean)}{wrong}{lost}";
    }

    private static string Worst(Row row)
    {
        double x = row.Strict.Worst;
        return row.Precision == SingleFormat.Name
            ? string.Create(CultureInfo.InvariantCulture, $"{(float)x} (0x{BitConverter.SingleToUInt32Bits((float)x):X8})")
            : string.Create(CultureInfo.InvariantCulture, $"{x} (0x{BitConverter.DoubleToUInt64Bits(x):X16})");
    }
}
