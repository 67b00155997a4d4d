using System.Collections.Generic;

namespace NetGen.Generator.Emit;

/// <summary>Writes a sum of any number of terms in statements that are not too long to read; the terms are added one by one, in their order.</summary>
internal static class SumStatements
{
    /// <summary>Characters of the terms in one statement.</summary>
    private const int Longest = 400;

    /// <summary>Returns the statements.</summary>
    /// <param name="type">The type of the sum.</param>
    /// <param name="local">Its name.</param>
    /// <param name="terms">Its terms, as they are spelled between signs.</param>
    public static IEnumerable<string> Of(string type, string local, IEnumerable<string> terms)
    {
        string start = $"{type} {local} = ";
        string sum = "";
        foreach (string term in terms)
        {
            if (sum.Length > 0 && sum.Length + term.Length > Longest)
            {
                yield return $"{start}{sum};";
                start = $"{local} = ";
                sum = local;
            }

            sum += sum.Length == 0 ? term : " + " + term;
        }

        yield return $"{start}{sum};";
    }
}
