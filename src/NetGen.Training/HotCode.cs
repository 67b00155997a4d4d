using System.Runtime.CompilerServices;

namespace NetGen.Training;

/// <summary>How methods are compiled in which a training spends its time.</summary>
internal static class HotCode
{
    /// <summary>
    /// Optimised at once. Generic code over structs may be called too seldom to be optimised later. A number, because .NET Standard has no
    /// name for it; runtimes that do not know it ignore it.
    /// </summary>
    public const MethodImplOptions AggressiveOptimization = (MethodImplOptions)512;
}
