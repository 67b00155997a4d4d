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

    /// <summary>
    /// And never as part of a caller, where the JIT may have no budget left to make the operations on vectors part of it in turn: whether it did so for the check
    /// of a gradient changed from process to process, and with it the time of a whole training of 64-32-10 by a third.
    /// </summary>
    public const MethodImplOptions ByItself = AggressiveOptimization | MethodImplOptions.NoInlining;
}
