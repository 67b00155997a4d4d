using System;
using System.Collections.Concurrent;
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
    /// <summary>What was rendered: the texts depend on little, and most networks of a project need the same.</summary>
    private static readonly ConcurrentDictionary<BodyKey, Body> Bodies = new();

    private readonly EmitContext _context;
    private readonly ElementaryFunctions? _shared;

    /// <summary>What is used, by the width of its vectors in units of 128 bits, 0 for a number.</summary>
    private readonly Dictionary<string, (string Name, IReadOnlyList<string> Lines)>[] _used =
        Enumerable.Range(0, 5).Select(_ => new Dictionary<string, (string Name, IReadOnlyList<string> Lines)>()).ToArray();

    /// <summary>What the body being rendered has called.</summary>
    private List<(string Function, VectorType? Vector)>? _calls;

    /// <summary>Creates an empty collection.</summary>
    /// <param name="context">The network.</param>
    /// <param name="shared">Where functions go that do not depend on the arithmetic; null if here.</param>
    public ElementaryFunctions(EmitContext context, ElementaryFunctions? shared = null)
    {
        _context = context;
        _shared = shared;
    }

    /// <summary>Notes that a function of one number is needed and returns its name inside <c>Kernels</c>.</summary>
    public string Use(string function)
    {
        _calls?.Add((function, null));
        return Find(function, 0) ?? Add(function);
    }

    /// <summary>Notes that a function of a vector, or a helper, is needed and returns its name inside <c>Kernels</c>.</summary>
    public string Use(string function, VectorType vector)
    {
        _calls?.Add((function, vector));
        return Find(function, vector.Bits) ?? Add(function, vector);
    }

    /// <summary>Writes the functions in use, in alphabetical order.</summary>
    public void Write(SourceWriter writer)
    {
        foreach (IReadOnlyList<string> lines in _used
            .SelectMany(used => used)
            .OrderBy(used => used.Key, StringComparer.Ordinal)
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

    private string? Find(string function, int bits) =>
        _used[bits / 128].TryGetValue(function, out (string Name, IReadOnlyList<string> Lines) known)
        || (_shared is not null && _shared._used[bits / 128].TryGetValue(function, out known))
            ? known.Name
            : null;

    private string Add(string function) => Add(function, 0, function, () => Render(function));

    private string Add(string function, VectorType vector)
    {
        bool namesWidth = function is VectorHelpers.Load or VectorHelpers.LoadAll or VectorHelpers.Broadcast or VectorSquares.Load or nameof(Integer);
        return Add(
            function,
            vector.Bits,
            namesWidth ? vector.Helper(function) : function,
            () => Catalogue.IsElementary(function) ? RenderBody(function, vector) : VectorHelpers.Render(function, vector));
    }

    private string Add(string function, int bits, string name, Func<IReadOnlyList<string>> render)
    {
        bool isShared = _shared is not null && function is not (VectorHelpers.MultiplyAdd or VectorHelpers.NegativeMultiplyAdd) && !Catalogue.IsElementary(function);
        Dictionary<string, (string Name, IReadOnlyList<string> Lines)> used = (isShared ? _shared! : this)._used[bits / 128];

        // Rendering the body notes what it needs in turn.
        used.Add(function, (name, Array.Empty<string>()));
        used[function] = (name, render());
        return name;
    }

    private IReadOnlyList<string> Render(string function)
    {
        string t = _context.T;
        bool single = _context.Plan.Spec.Number == NumberType.Single;
        string integer = single ? "int" : "long";
        string convert = "global::System.BitConverter." + (single ? "SingleToInt32Bits" : "DoubleToInt64Bits");
        string Magnitude(string x) => $"global::System.{(single ? "MathF" : "Math")}.Abs({x})";
        string back = "global::System.BitConverter." + (single ? "Int32BitsToSingle" : "Int64BitsToDouble");
        switch (function)
        {
            case nameof(BitsOf):
                return new[] { $"internal static {integer} {function}({t} x) => {convert}(x);" };
            case nameof(RealOf):
                return new[] { $"internal static {t} {function}({integer} x) => {back}(x);" };
            case nameof(Function.Abs):
                return new[] { "// |x|", $"internal static {t} {function}({t} x) => {(single ? "global::System.MathF" : "global::System.Math")}.Abs(x);" };
            case nameof(Flush) or Small.FlushInner:
                return new[] { $"internal static {t} {function}({t} x) => {Magnitude("x")} < {_context.Number(Small.Bound(single, function == Small.FlushInner))} ? {_context.Number(0)} : x;" };
            case nameof(Damp) or Small.DampInner:
                string size = Magnitude(_context.Rounded($"{_context.Multiply("g", _context.Number(Small.Scale(single)))} * slope"));
                string kept = $"({size} < {_context.Number(Small.Bound(single, function == Small.DampInner) * Small.Scale(single))} ? {_context.Number(0)} : slope)";
                return new[]
                {
                    "// g times slope, and 0 where that is small; scaled up to compare, so that nothing is subnormal",
                    $"internal static {t} {function}({t} g, {t} slope) => {_context.Rounded($"g * {kept}")};",
                };
            case nameof(EmitContext.Elements):
                return _context.ElementsFunction;
            default:
                return RenderBody(function, null);
        }
    }

    private IReadOnlyList<string> RenderBody(string function, VectorType? vector)
    {
        var key = new BodyKey(function, _context.Plan.Spec.Number, vector, _context.IsFused, _context.RoundsByCast, _context.Plan.Spec.Target.AggressiveOptimization);
        if (Bodies.TryGetValue(key, out Body body))
        {
            foreach ((string called, VectorType? width) in body.Calls)
            {
                _ = width is null ? Use(called) : Use(called, width);
            }

            return body.Lines;
        }

        List<(string Function, VectorType? Vector)>? caller = _calls;
        _calls = new();
        body = new Body(RenderBody(Catalogue.Elementary(function), function, vector), _calls);
        _calls = caller;
        Bodies.TryAdd(key, body);
        return body.Lines;
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
        IReadOnlyList<(string Name, Expression Value)> result = NamedParts.Split("result", body.Result, _context);
        foreach ((string local, Expression value) in body.Lines.SelectMany(line => NamedParts.Split(line.Name, line.Value, _context)).Concat(result.Take(result.Count - 1)))
        {
            string type = vector is not null ? "var" : ExpressionCode.IsInteger(value) ? integer : real;
            lines.Add($"    {type} {local} = {code.Render(value, symbol => symbol)};");
        }

        lines.Add($"    return {code.Render(result[result.Count - 1].Value, symbol => symbol)};");
        lines.Add("}");
        return lines;
    }

    /// <summary>All that the text of a body depends on.</summary>
    private sealed record BodyKey(string Function, NumberType Number, VectorType? Vector, bool IsFused, bool RoundsByCast, bool AggressiveOptimization);

    /// <summary>The lines of a body and what it calls.</summary>
    private sealed record Body(IReadOnlyList<string> Lines, IReadOnlyList<(string Function, VectorType? Vector)> Calls);
}
