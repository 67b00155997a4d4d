using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Emit;

/// <summary>Writes what is left of a network that is wrong: its members stand, so that nothing is reported but what is wrong, and throw.</summary>
internal static class Stub
{
    private const string Error = "Error";

    /// <summary>What a member does.</summary>
    public static string Throw(EmitContext context) => $"throw {context.KernelsName}.{Error}";

    /// <summary>Writes the remarks of the class.</summary>
    public static void WriteRemarks(EmitContext context) =>
        context.Writer.Doc($"<remarks>Not generated: {SourceWriter.Escape(context.Reason!)}</remarks>");

    /// <summary>Writes what stands in the place of the kernels.</summary>
    public static void WriteKernels(EmitContext context) => context.Writer.Line($"internal static global::System.Exception {Error} => {Exception(context)};");

    /// <summary>What is thrown, for a file that has no kernels beside it.</summary>
    public static string Exception(EmitContext context) => $"new global::System.InvalidOperationException({SymbolDisplay.FormatLiteral(context.Reason!, quote: true)})";
}
