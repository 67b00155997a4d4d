using System.Collections.Generic;

namespace NetGen.Generator.Emit;

/// <summary>Writes a sum of any number of terms in statements that are not too long to read; the terms are added one by one, in their order.</summary>
internal static class SumStatements
{
    /// <summary>Characters of the terms in one statement.</summary>
    private const int Longest = 400;

    /// <summary>Writes the statements.</summary>
    /// <param name="context">The network.</param>
    /// <param name="local">The name of the sum.</param>
    /// <param name="terms">Its terms, as they are spelled between signs.</param>
    public static void Write(EmitContext context, string local, IEnumerable<string> terms)
    {
        string start = $"{context.T} {local} = ";
        string sum = "";
        foreach (string term in terms)
        {
            if (sum.Length > 0 && sum.Length + term.Length > Longest)
            {
                context.Writer.Line($"{start}{sum};");
                start = $"{local} = ";
                sum = local;
            }

            sum += sum.Length == 0 ? term : " + " + term;
        }

        context.Writer.Line($"{start}{sum};");
    }
}
