using System.Collections.Generic;
using NetGen.Generator.Formulas;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;

namespace NetGen.Generator.Emit;

/// <summary>
/// What generated code calls. Functions stand in classes of NetGen.dll that carry the version of their bits: a later version of the library never changes the numbers of a
/// network that is compiled already. Small operations on vectors have no bits that could change; kernels call them by their names alone. The most frequent ones are the
/// runtime's own: the JIT has them as instructions, while of a method of the library it takes note at each call, which for a large kernel is more than half of the time that
/// compiling takes, and beyond some hundreds of calls it stops making them part of the kernel. Where these are generic and frequent, the text says for which type, rather than have
/// the C# compiler infer it at every call.
/// </summary>
internal sealed class RuntimeNames
{
    /// <summary>Functions whose operations round one by one.</summary>
    public const string Strict = "Strict1";

    /// <summary>Functions whose products round together with the additions after them.</summary>
    public const string Fused = "Fused1";

    /// <summary>The arithmetic of kernels that take one: products round by themselves, and functions are <see cref="Strict"/>.</summary>
    public const string StrictArithmetic = "StrictArithmetic1";

    /// <summary>The arithmetic of kernels that take one: products round together with the additions after them, and functions are <see cref="Fused"/>.</summary>
    public const string FusedArithmetic = "FusedArithmetic1";

    /// <summary>What every such arithmetic has.</summary>
    public const string Arithmetic = "IArithmetic";

    private readonly EmitContext _context;

    /// <summary>Names that were put together already: a network has each thousands of times.</summary>
    private readonly Dictionary<(string Function, int Bits, bool IsFused, bool TakesArithmetic, bool UsesShortNames), string> _known = new();

    /// <summary>Creates the names.</summary>
    /// <param name="context">The network.</param>
    public RuntimeNames(EmitContext context)
    {
        _context = context;
    }

    /// <summary>The name of a function of a vector, of a small operation, or of a function of one number.</summary>
    /// <param name="function">The function.</param>
    /// <param name="vector">The vector; null for one number.</param>
    public string Use(string function, VectorType? vector = null)
    {
        (string, int, bool, bool, bool) key = (function, vector?.Bits ?? 0, _context.IsFused, _context.TakesArithmetic, _context.UsesShortNames);
        if (!_known.TryGetValue(key, out string? name))
        {
            name = vector is null ? Find(function) : Find(function, vector);
            _known.Add(key, name);
        }

        return name;
    }

    private string Find(string function)
    {
        bool single = _context.Plan.Spec.Number == NumberType.Single;
        return function switch
        {
            nameof(BitsOf) => _context.Name("System", "BitConverter") + (single ? ".SingleToInt32Bits" : ".DoubleToInt64Bits"),
            nameof(RealOf) => _context.Name("System", "BitConverter") + (single ? ".Int32BitsToSingle" : ".Int64BitsToDouble"),
            nameof(Function.Abs) or nameof(Function.Sqrt) => $"{_context.MathClass}.{function}",
            VectorHelpers.MultiplyAdd => _context.TakesArithmetic ? Own(function) : $"{_context.MathClass}.FusedMultiplyAdd",
            nameof(EmitContext.Elements) => $"{_context.Name("NetGen.Runtime", "Floor")}.{function}",
            _ => Versioned(function),
        };
    }

    private string Find(string function, VectorType vector) =>
        Catalogue.IsElementary(function) || IsSmall(function) ? Versioned(function) : function switch
        {
            VectorHelpers.Load => $"{vector.Static}.LoadUnsafe<{_context.T}>",
            VectorHelpers.Store => $"{vector.Static}.StoreUnsafe<{_context.T}>",
            VectorHelpers.Broadcast or nameof(Integer) => vector.Static + ".Create",
            VectorHelpers.At => $"Unsafe.Add<{_context.T}>",
            VectorHelpers.Choose => vector.Static + ".ConditionalSelect",
            VectorHelpers.AtMost => vector.Static + ".LessThanOrEqual",
            VectorHelpers.Below => vector.Static + ".LessThan",
            VectorHelpers.Same => vector.Static + ".Equals",
            VectorHelpers.Element => vector.Static + ".GetElement",
            VectorHelpers.Lower => vector.Static + ".GetLower",
            VectorHelpers.Upper => vector.Static + ".GetUpper",
            nameof(BitsOf) => vector.Static + (_context.Plan.Spec.Number == NumberType.Single ? ".AsInt32" : ".AsInt64"),
            nameof(RealOf) => vector.Static + (_context.Plan.Spec.Number == NumberType.Single ? ".AsSingle" : ".AsDouble"),
            nameof(Function.Abs) or nameof(Function.Sqrt) => $"{vector.Static}.{function}",
            VectorHelpers.First => Own(function),
            VectorHelpers.MultiplyAdd or VectorHelpers.NegativeMultiplyAdd or VectorHelpers.WithoutMinusZero when _context.TakesArithmetic => Own(function),
            VectorHelpers.MultiplyAdd when vector.Bits == 512 => "Avx512F.FusedMultiplyAdd",
            VectorHelpers.MultiplyAdd when vector.Bits == 256 => "Fma.MultiplyAdd",
            VectorHelpers.LoadAll or VectorHelpers.LoadSquares => vector.Helper(function),
            _ => function,
        };

    /// <summary>What makes small numbers 0 has no product to contract.</summary>
    private static bool IsSmall(string function) => function is nameof(Flush) or Small.FlushInner or nameof(Damp) or Small.DampInner;

    private string Versioned(string function) => _context.TakesArithmetic && !IsSmall(function)
        ? Own(function)
        : $"{_context.Name("NetGen.Runtime", _context.IsFused && !IsSmall(function) ? Fused : Strict)}.{function}";

    /// <summary>What belongs to the arithmetic that the kernels being written take.</summary>
    private static string Own(string function) => $"{EmitContext.Arithmetic}.{function}";
}
