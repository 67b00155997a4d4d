using System;
using System.Globalization;
using System.Linq;
using NetGen.Generator.Model;

namespace NetGen.Generator.Emit;

/// <summary>
/// The only place that writes a real number. G9 and G17 read back exactly and give the same text in every compiler host, which
/// the shortest form does not.
/// </summary>
internal static class Literal
{
    public static string Of(double value, NumberType number) => number == NumberType.Single
        ? ((float)Finite(value)).ToString("G9", CultureInfo.InvariantCulture) + "f"
        : Double(value);

    /// <summary>Writes a double that cannot be mistaken for an integer.</summary>
    public static string Double(double value)
    {
        string text = Finite(value).ToString("G17", CultureInfo.InvariantCulture);
        return text.Any(c => c is '.' or 'E') ? text : text + ".0";
    }

    private static double Finite(double value) => double.IsNaN(value) || double.IsInfinity(value)
        ? throw new ArgumentOutOfRangeException(nameof(value), value, "A literal is finite.")
        : value;
}
