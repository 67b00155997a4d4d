using System;
using NetGen.TestKit;

namespace NetGen.Explain;

internal static class Program
{
    private static void Main() => Console.Write(Explanation.Text);
}
