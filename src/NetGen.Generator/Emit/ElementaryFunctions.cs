using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;

namespace NetGen.Generator.Emit;

/// <summary>
/// The elementary functions that the emitted code calls. A function that is used, and what it needs itself, is written once per
/// class of kernels; the others do not appear.
/// </summary>
internal sealed class ElementaryFunctions
{
    private readonly EmitContext _context;
    private readonly SortedDictionary<string, string[]> _used = new(StringComparer.Ordinal);

    public ElementaryFunctions(EmitContext context)
    {
        _context = context;
    }

    /// <summary>Notes that a function is needed and returns its name inside <c>Kernels</c>.</summary>
    public string Use(string function)
    {
        if (!_used.ContainsKey(function))
        {
            // Rendering the body notes what it needs in turn.
            _used.Add(function, Array.Empty<string>());
            _used[function] = Render(function).ToArray();
        }

        return function;
    }

    /// <summary>Writes the functions in use, in alphabetical order.</summary>
    public void Write(SourceWriter writer)
    {
        foreach (string[] lines in _used.Values)
        {
            writer.Line();
            foreach (string line in lines)
            {
                writer.Line($"{line}");
            }
        }
    }

    private IEnumerable<string> Render(string function)
    {
        string t = _context.T;
        bool single = _context.Plan.Spec.Number == NumberType.Single;
        string integer = single ? "int" : "long";
        string convert = "global::System.BitConverter." + (single ? "SingleToInt32Bits" : "DoubleToInt64Bits");
        string back = "global::System.BitConverter." + (single ? "Int32BitsToSingle" : "Int64BitsToDouble");
        switch (function)
        {
            case nameof(BitsOf):
                return new[] { $"internal static {integer} {function}({t} x) => {convert}(x);" };
            case nameof(RealOf):
                return new[] { $"internal static {t} {function}({integer} x) => {back}(x);" };
            case nameof(Function.Abs):
                return new[] { "// |x|", $"internal static {t} {function}({t} x) => {(single ? "global::System.MathF" : "global::System.Math")}.Abs(x);" };
            default:
                return RenderBody(Catalogue.Elementary(function), function, integer);
        }
    }

    private IEnumerable<string> RenderBody(ElementaryFunction function, string name, string integer)
    {
        var code = new ExpressionCode(_context, 1, "");
        FunctionBody body = function.Body(_context.Plan.Spec.Number);
        var lines = new List<string>();
        lines.AddRange(function.Text.Split('\n').Select(line => "// " + line));
        lines.AddRange(_context.KernelAttribute);
        lines.Add($"internal static {_context.T} {name}({_context.T} {ElementaryFunction.Argument})");
        lines.Add("{");
        foreach ((string local, Expression value) in body.Lines)
        {
            string type = ExpressionCode.IsInteger(value) ? integer : _context.T;
            lines.Add($"    {type} {local} = {code.Render(value, symbol => symbol)};");
        }

        lines.Add($"    return {code.Render(body.Result, symbol => symbol)};");
        lines.Add("}");
        return lines;
    }
}
