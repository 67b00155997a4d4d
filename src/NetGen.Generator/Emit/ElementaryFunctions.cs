using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;

namespace NetGen.Generator.Emit;

/// <summary>
/// The functions that the emitted code calls. A function that is used, and what it needs itself, is written once per class of kernels and
/// vector width; the others do not appear. What does not depend on the arithmetic is shared.
/// </summary>
internal sealed class ElementaryFunctions
{
    private readonly EmitContext _context;
    private readonly ElementaryFunctions? _shared;
    private readonly Dictionary<(string Function, int Bits), (string Name, IReadOnlyList<string> Lines)> _used = new();

    /// <summary>Creates an empty collection.</summary>
    /// <param name="context">The network.</param>
    /// <param name="shared">Where functions go that do not depend on the arithmetic; null if here.</param>
    public ElementaryFunctions(EmitContext context, ElementaryFunctions? shared = null)
    {
        _context = context;
        _shared = shared;
    }

    /// <summary>Notes that a function of one number is needed and returns its name inside <c>Kernels</c>.</summary>
    public string Use(string function) => Find(function, 0) ?? Add(function, 0, function, () => Render(function));

    /// <summary>Notes that a function of a vector, or a helper, is needed and returns its name inside <c>Kernels</c>.</summary>
    public string Use(string function, VectorType vector)
    {
        if (Find(function, vector.Bits) is { } known)
        {
            return known;
        }

        bool namesWidth = function is VectorHelpers.Load or VectorHelpers.LoadAll or VectorHelpers.Broadcast or VectorSquares.Load or nameof(Integer);
        bool isElementary = Catalogue.IsElementary(function);
        return Add(
            function,
            vector.Bits,
            namesWidth ? vector.Helper(function) : function,
            () => isElementary ? RenderBody(Catalogue.Elementary(function), function, vector) : VectorHelpers.Render(function, vector));
    }

    /// <summary>Writes the functions in use, in alphabetical order.</summary>
    public void Write(SourceWriter writer)
    {
        foreach (IReadOnlyList<string> lines in _used
            .OrderBy(used => used.Key.Function, StringComparer.Ordinal)
            .ThenBy(used => used.Key.Bits)
            .Select(used => used.Value.Lines))
        {
            writer.Line();
            foreach (string line in lines)
            {
                if (line.Length == 0)
                {
                    writer.Line();
                }
                else
                {
                    writer.Line($"{line}");
                }
            }
        }
    }

    /// <summary>Where a function is written.</summary>
    private ElementaryFunctions Place(string function) =>
        _shared is not null && function != VectorHelpers.MultiplyAdd && !Catalogue.IsElementary(function) ? _shared : this;

    private string? Find(string function, int bits) =>
        Place(function)._used.TryGetValue((function, bits), out (string Name, IReadOnlyList<string> Lines) known) ? known.Name : null;

    private string Add(string function, int bits, string name, Func<IReadOnlyList<string>> render)
    {
        // Rendering the body notes what it needs in turn.
        Dictionary<(string Function, int Bits), (string Name, IReadOnlyList<string> Lines)> used = Place(function)._used;
        used.Add((function, bits), (name, Array.Empty<string>()));
        used[(function, bits)] = (name, render());
        return name;
    }

    private IReadOnlyList<string> Render(string function)
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
            case nameof(EmitContext.Elements):
                return _context.ElementsFunction;
            default:
                return RenderBody(Catalogue.Elementary(function), function, null);
        }
    }

    private IReadOnlyList<string> RenderBody(ElementaryFunction function, string name, VectorType? vector)
    {
        ExpressionCode code = vector is null ? new ExpressionCode(_context, 1, "") : new VectorCode(_context, 1, vector);
        bool single = _context.Plan.Spec.Number == NumberType.Single;
        string real = vector?.Name ?? _context.T;
        string integer = vector?.Integers ?? (single ? "int" : "long");
        FunctionBody body = function.Body(_context.Plan.Spec.Number);
        var lines = new List<string>();
        lines.AddRange(function.Text.Split('\n').Select(line => "// " + line));
        lines.AddRange(vector is null ? _context.KernelAttribute : new[] { EmitContext.InliningAttribute });
        lines.Add($"internal static {real} {name}({real} {ElementaryFunction.Argument})");
        lines.Add("{");
        IReadOnlyList<(string Name, Expression Value)> result = Parts("result", body.Result);
        foreach ((string local, Expression value) in body.Lines.SelectMany(line => Parts(line.Name, line.Value)).Concat(result.Take(result.Count - 1)))
        {
            string type = vector is not null ? "var" : ExpressionCode.IsInteger(value) ? integer : real;
            lines.Add($"    {type} {local} = {code.Render(value, symbol => symbol)};");
        }

        lines.Add($"    return {code.Render(result[result.Count - 1].Value, symbol => symbol)};");
        lines.Add("}");
        return lines;
    }

    private IReadOnlyList<(string Name, Expression Value)> Parts(string name, Expression value) =>
        _context.RoundsByCast ? NamedParts.Split(name, value) : new[] { (name, value) };
}
