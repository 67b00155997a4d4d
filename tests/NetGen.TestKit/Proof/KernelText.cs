using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Emit;
using NetGen.Generator.Formulas;
using NetGen.Generator.Lowering;
using Buffer = NetGen.Generator.Lowering.Buffer;

namespace NetGen.TestKit;

/// <summary>Lowered kernels as they are before they are spelled in C#, a line for each statement, for whoever looks at what a lowering makes.</summary>
internal static class KernelText
{
    /// <summary>The lines of a kernel.</summary>
    public static IEnumerable<string> Of(KernelFunction kernel) => Of(kernel.Body)
        .Select(line => "    " + line)
        .Prepend($"kernel {kernel.Signature.Name}({string.Join(", ", kernel.Signature.Parameters.Select(parameter => parameter.Buffer is { } buffer ? Of(buffer) : parameter.Name))})");

    /// <summary>The lines of statements.</summary>
    public static IEnumerable<string> Of(IEnumerable<Statement> statements) => statements.SelectMany(Of);

    private static IEnumerable<string> Of(Statement statement) => statement switch
    {
        Let let => [$"let {let.Local} = {Of(let.Value)}"],
        Assign assign => [$"{assign.Local} := {Of(assign.Value)}"],
        Store store => [$"{store.Buffer.Name}[{store.Index}] := {Of(store.Value)}"],
        View view => [$"view {Of(view.Part)} = {view.Of.Name} from {view.Start}"],
        Exactly exactly => [$"length of {Of(exactly.Buffer)}"],
        Allocate allocate => [$"allocate {Of(allocate.Buffer)}"],
        Copy copy => [$"copy {copy.From.Name} to {copy.To.Name}"],
        For loop => Block($"for {loop.Loop.Name} = {loop.Loop.Start}, {loop.Loop.Start + loop.Loop.Step} .. {loop.Loop.Last}", loop.Body),
        Scope scope => Block("scope", scope.Body),
        Where { Condition: IsGiven wanted } where => Block($"where {wanted.Buffer} is wanted", where.Body),
        Row row => [string.Join("; ", row.Statements.SelectMany(Of))],
        Invoke invoke => [$"call {invoke.Function.Name}({string.Join(", ", invoke.Arguments.Select(argument => argument.Buffer?.Name ?? Of(argument.Value!)))})"],
        Return result => [$"return {Of(result.Value)}"],
        Remark remark => [$"# {remark.Text}"],
        Gap => [],
        _ => throw new ArgumentOutOfRangeException(nameof(statement), statement, "No text for this statement."),
    };

    private static IEnumerable<string> Block(string head, IReadOnlyList<Statement> body) => Of(body).Select(line => "    " + line).Prepend(head);

    private static string Of(Buffer buffer) => $"{buffer.Name}[{buffer.Size}]";

    /// <summary>Every operation in parentheses: what rounds together, or after what, is not left to the reader.</summary>
    private static string Of(Expression expression) => expression switch
    {
        Load load => $"{load.Buffer.Name}[{load.Index}]",
        Symbol symbol => symbol.Name,
        Constant constant => FormattableString.Invariant($"{constant.Value}"),
        Binary binary => $"({Of(binary.Left)} {ExpressionCode.Sign(binary.Operator)} {Of(binary.Right)})",
        Negate negate => $"(-{Of(negate.Operand)})",
        Apply apply => $"{apply.Function}({Of(apply.Argument)})",
        Flush flush => $"{flush.Name()}({Of(flush.Operand)})",
        Damp damp => $"{damp.Name()}({Of(damp.Gradient)}, {Of(damp.Slope)})",
        Select select => $"({Of(select.Value)} {Sign(select.Comparison)} {Of(select.Bound)} ? {Of(select.WhenTrue)} : {Of(select.WhenFalse)})",
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression, "No text for this expression."),
    };

    private static string Sign(Comparison comparison) => comparison switch
    {
        Comparison.AtMost => "<=",
        Comparison.Below => "<",
        _ => "=",
    };
}
