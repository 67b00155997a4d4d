using System.Runtime.CompilerServices;

namespace NetGen.Training;

/// <summary>How methods are compiled in which a training spends its time.</summary>
internal static class HotCode
{
    /// <summary>
    /// Optimised at once: generic code over structs may be called too seldom to be optimised later. 512 is AggressiveOptimization, for which .NET Standard has no
    /// name; runtimes that do not know it ignore it. And never as part of a caller, where the JIT may have no budget left to make the operations on vectors part of
    /// it in turn: whether it did so for the check of a gradient changed from process to process, and with it the time of a whole training of 64-32-10 by a third.
    /// </summary>
    public const MethodImplOptions ByItself = (MethodImplOptions)512 | MethodImplOptions.NoInlining;
}
