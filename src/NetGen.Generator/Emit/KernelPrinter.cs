using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Emit;

/// <summary>Prints lowered kernels as C#. It decides nothing but spelling.</summary>
internal sealed class KernelPrinter
{
    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly ExpressionCode _code;

    public KernelPrinter(EmitContext context)
    {
        _context = context;
        _writer = context.Writer;
        _code = new ExpressionCode(context, units: 1);
    }

    /// <summary>Prints kernels as methods of the class that is being written.</summary>
    public void Print(IEnumerable<KernelFunction> kernels)
    {
        foreach (KernelFunction kernel in kernels)
        {
            _writer.Line();
            foreach (string comment in kernel.Comment)
            {
                _writer.CommentLine($"{comment}");
            }

            if (kernel.IsHot)
            {
                _context.WriteKernelAttribute();
            }

            string returns = !kernel.Signature.Returns ? "void" : _context.T;
            _context.OpenMethod(
                $"{(kernel.IsEntry ? "internal" : "private")} static {returns} {kernel.Signature.Name}",
                kernel.Signature.Parameters.Select(parameter => new Parameter(Type(parameter.Buffer), parameter.Name)).ToArray());
            Print(kernel.Body);
            _writer.Close();
        }
    }

    /// <summary>Prints statements.</summary>
    public void Print(IReadOnlyList<Statement> statements)
    {
        foreach (Statement statement in statements)
        {
            Print(statement);
        }
    }

    private void Print(Statement statement)
    {
        switch (statement)
        {
            case Remark { Continues: false } remark:
                _writer.Comment($"{remark.Text}");
                break;
            case Remark remark:
                _writer.CommentLine($"{remark.Text}");
                break;
            case Gap:
                _writer.Line();
                break;
            case Row row:
                _context.WriteStatements(row.Statements.Select(Simple));
                break;
            case For loop:
                string name = loop.Loop.Name;
                Block($"for (int {name} = {loop.Loop.Start}; {name} < {loop.Loop.End}; {(loop.Loop.Step == 1 ? $"{name}++" : $"{name} += {EmitContext.Text(loop.Loop.Step)}")})", loop.Body);
                break;
            case Scope scope:
                Block("", scope.Body);
                break;
            case WhereWanted wanted:
                Block($"if (!{wanted.Buffer.Name}.IsEmpty)", wanted.Body);
                break;
            case Allocate { Buffer: { Kind: BufferKind.Span } memory }:
                _context.WriteMemory(memory.Name, memory.Length);
                break;
            default:
                _writer.Line($"{Simple(statement)}");
                break;
        }
    }

    private void Block(string header, IReadOnlyList<Statement> body)
    {
        _writer.Open($"{header}");
        Print(body);
        _writer.Close();
    }

    private string Simple(Statement statement) => statement switch
    {
        Let let => $"{_context.T} {let.Local} = {_code.Render(let.Value)};",
        Assign assign => Assignment(assign.Local, assign.Value, left => left is Symbol same && same.Name == assign.Local),
        Store store => Assignment(
            $"{store.Buffer.Name}[{store.Index}]",
            store.Value,
            left => left is Load same && same.Buffer == store.Buffer && same.Index.Equals(store.Index)),
        View view => $"var {view.Part.Name} = {Part(view)};",
        Exactly { Buffer: var buffer } => $"{buffer.Name} = {buffer.Name}.Slice(0, {EmitContext.Text(buffer.Length)});",
        Allocate { Buffer: var buffer } => $"var {buffer.Name} = new {_context.T}[{EmitContext.Text(buffer.Length)}];",
        Copy copy => $"{copy.From.Name}.CopyTo({copy.To.Name});",
        Invoke invoke => $"{invoke.Function.Name}({string.Join(", ", invoke.Arguments.Select(Text))});",
        Return result => $"return {_code.Render(result.Value)};",
        _ => throw new ArgumentOutOfRangeException(nameof(statement), statement, "No C# for this statement."),
    };

    private string Assignment(string target, Expression value, Func<Expression, bool> isTarget) =>
        value is Binary { Operator: BinaryOperator.Add } sum && !_context.RoundsByCast && isTarget(sum.Left)
            ? $"{target} += {_code.Render(sum.Right)};"
            : $"{target} = {_code.Render(value)};";

    private string Part(View view) => view.Of.Kind switch
    {
        BufferKind.Parameters => _context.SpanOver($"{view.Of.Name}.Origin", view.Part.Length),
        BufferKind.Values => _context.Elements(view.Of.Name, view.Part.Length),
        _ => $"{view.Of.Name}.Slice({view.Start}, {EmitContext.Text(view.Part.Length)})",
    };

    private string Text(Argument argument) => argument.Buffer?.Name ?? _code.Render(argument.Value!);

    private string Type(Lowering.Buffer? buffer) => buffer?.Kind switch
    {
        null => _context.T,
        BufferKind.Parameters => _context.Buffer,
        BufferKind.Values => _context.ReadOnlySpan,
        BufferKind.Array => _context.T + "[]",
        _ => _context.Span,
    };
}
