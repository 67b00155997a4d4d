using System;
using System.Collections.Generic;

namespace NetGen.Fuzz.Checks;

/// <summary>What was found of a case.</summary>
/// <param name="Problems">What is wrong with what NetGen does.</param>
/// <param name="CompilerFault">What the compiler threw at the user's part alone, where it did: then nothing can be said of NetGen.</param>
internal sealed record Verdict(IReadOnlyList<string> Problems, string? CompilerFault = null)
{
    /// <summary>
    /// Checks a case, whatever is thrown meanwhile. An exception is a problem, also one of the compiler at generated text: whoever declares the network cannot build.
    /// It is the compiler's fault alone if it throws without NetGen as well.
    /// </summary>
    /// <param name="check">Finds the problems.</param>
    /// <param name="compileAlone">Has the compiler compile the user's part.</param>
    public static Verdict Of(Func<IReadOnlyList<string>> check, Action compileAlone)
    {
        if (Thrown(() => check(), out IReadOnlyList<string>? problems) is not { } exception)
        {
            return new Verdict(problems!);
        }

        return Thrown(
            () =>
            {
                compileAlone();
                return true;
            },
            out _) is { } fault ? new Verdict([], $"{fault}") : new Verdict([$"It throws: {exception}"]);
    }

    private static Exception? Thrown<T>(Func<T> action, out T? result)
    {
        result = default;
        try
        {
            result = action();
            return null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return exception;
        }
    }
}
