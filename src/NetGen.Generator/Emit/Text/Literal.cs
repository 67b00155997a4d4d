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
    public static string Of(double value, NumberType number)
    {
        bool single = number == NumberType.Single;
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            string name = double.IsNaN(value) ? "NaN" : value > 0 ? "PositiveInfinity" : "NegativeInfinity";
            return (single ? "float." : "double.") + name;
        }

        return single ? ((float)value).ToString("G9", CultureInfo.InvariantCulture) + "f" : Double(value);
    }

    /// <summary>Writes a finite double that cannot be mistaken for an integer.</summary>
    public static string Double(double value)
    {
        string text = value.ToString("G17", CultureInfo.InvariantCulture);
        return text.Any(c => c is '.' or 'E') ? text : text + ".0";
    }
}
