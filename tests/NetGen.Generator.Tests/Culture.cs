using System;
using System.Globalization;

namespace NetGen.Generator.Tests;

/// <summary>The language of the user.</summary>
internal static class Culture
{
    /// <summary>Runs something as if the user had another.</summary>
    public static T Under<T>(CultureInfo culture, Func<T> run)
    {
        (CultureInfo before, CultureInfo beforeOfTexts) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
            return run();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeOfTexts);
        }
    }
}
