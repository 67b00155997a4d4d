using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the kernels of one vector width as a struct without fields, and the interface that they share. The passes take the struct as a type
/// parameter, which costs nothing at run time and lets them stand in the text once.
/// </summary>
internal static class VectorClass
{
    /// <summary>What is said of the type parameter of a pass.</summary>
    public const string Constraint = " where K : struct, IVectors";

    /// <summary>Writes the interface.</summary>
    public static void WriteInterface(EmitContext context, IEnumerable<Signature> kernels)
    {
        context.Writer.Line();
        context.Writer.CommentLine($"What the passes ask of the kernels of each vector width");
        context.Writer.Open($"internal interface IVectors");
        var printer = new KernelPrinter(context);
        foreach (Signature signature in kernels)
        {
            context.Writer.Line($"static abstract {printer.Returns(signature)} {signature.Name}({string.Join<Parameter>(", ", printer.Parameters(signature))});");
        }

        context.Writer.Close();
    }

    /// <summary>Writes the kernels of a width.</summary>
    /// <param name="context">The network.</param>
    /// <param name="width">The width.</param>
    /// <param name="kernels">Those that the passes ask for.</param>
    public static void Write(EmitContext context, int width, IReadOnlyCollection<Signature> kernels)
    {
        context.Writer.Line();
        context.Writer.CommentLine($"The kernels with vectors of {width} bits{context.OfArithmetic}");
        context.Writer.Open($"internal readonly struct {context.WithArithmetic($"Vectors{EmitContext.Text(width)}", " : IVectors")}");
        HashSet<string> asked = new(kernels.Select(kernel => kernel.Key));
        new KernelPrinter(context).Print(NeededKernels.Of(context.Plan, WidthKernels.Of(context.Plan, width), kernel => asked.Contains(kernel.Signature.Key)));
        context.Writer.Close();
    }
}
