using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>How functions of one number are compiled.</summary>
internal static class Methods
{
    /// <summary>With all optimisation before the first call, where the framework has that.</summary>
    public const MethodImplOptions Optimized =
#if NET
        MethodImplOptions.AggressiveOptimization;
#else
        default;
#endif
}
