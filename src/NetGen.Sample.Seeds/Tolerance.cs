using System;

namespace NetGen.Sample.Seeds;

/// <summary>The largest errors that rounding explains: in float at least some times that of another float implementation.</summary>
internal static class Tolerance
{
    public static double OfOnePass(SeedCase seedCase, bool isDouble) => isDouble ? 1e-12 : Math.Max(2e-5, 8 * seedCase.Float32Error);

    public static double AfterTraining(double float32Error, bool isDouble) => isDouble ? 1e-9 : Math.Max(1e-4, 10 * float32Error);
}
