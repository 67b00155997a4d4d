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
        _code = context.Code;
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
                _context.WriteKernelAttribute(kernel.IsApart);
            }

            Signature signature = kernel.Signature;
            string access = kernel.IsContract ? "public" : kernel.IsEntry ? "internal" : "private";
            (string parameter, string constraint) = signature.Owner == KernelOwner.Pass ? ("<K>", VectorClass.Constraint) : ("", "");
            _context.OpenMethod($"{access} static {Returns(signature)} {signature.Name}{parameter}", constraint, Parameters(signature));
            Print(kernel.Body);
            _writer.Close();
        }
    }

    /// <summary>The type that a kernel returns.</summary>
    public string Returns(Signature kernel) => kernel.Returns is { } kind ? Type(kind) : "void";

    /// <summary>The parameters of a kernel.</summary>
    public Parameter[] Parameters(Signature kernel) => kernel.Parameters.Select(parameter => new Parameter(Type(parameter), parameter.Name)).ToArray();

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
                Block($"for ({Head(loop.Loop)})", loop.Body);
                break;
            case Scope scope:
                Block("", scope.Body);
                break;
            case WhereWanted wanted:
                Block($"if (!{wanted.Buffer.Name}.IsEmpty)", wanted.Body);
                break;
            case WhereTrue condition:
                Block($"if ({condition.Flag})", condition.Body);
                break;
            case Allocate { Buffer: { Kind: BufferKind.Span } memory }:
                _context.WriteMemory(memory.Name, memory.Length);
                break;
            case Allocate { Buffer: { Kind: BufferKind.Reference } memory }:
                Print(new AllocateTogether(memory.Name + "0", new[] { memory }));
                break;
            case AllocateTogether together:
                var scratch = new Scratch(_context);
                foreach (Lowering.Buffer buffer in together.Buffers)
                {
                    scratch.Add(buffer.Name, buffer.Length);
                }

                scratch.Write(together.Memory);
                break;
            case Let or Store { Type: not null }:
                // The longest part goes to the line without becoming part of another string first.
                (string before, string value, string after) = Parts(statement);
                _writer.Line($"{before}{value}{after}");
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
        Let or Store { Type: not null } => Joined(Parts(statement)),
        Assign { Value: MultiplyAdd { X: var x, Y: var y, Z: Symbol sum } } assign when sum.Name == assign.Local && !_context.IsFused =>
            $"{assign.Local} += {Render(new Binary(BinaryOperator.Multiply, x, y), assign.Type)};",
        Assign assign => Assignment(assign.Local, assign.Value, assign.Type, left => left is Symbol same && same.Name == assign.Local),
        Store store => Assignment(
            _context.Place(store.Buffer, store.Index),
            store.Value,
            null,
            left => left is Load same && same.Buffer == store.Buffer && same.Index.Equals(store.Index)),
        View { Part: { Kind: BufferKind.Reference } part } view => $"ref {_context.T} {part.Name} = ref {First(view.Of, view.Start)};",
        LetWhole count => $"int {count.Whole.Name} = {count.Of.Name} - ({count.Of.Name} % {EmitContext.Text(count.Group)});",
        LetSquares squares => LoadSquares(squares),
        Move move => $"{move.Reference.Name} = ref {_context.At(move.Reference.Name, move.Step.ToString())};",
        View view => $"var {view.Part.Name} = {Part(view)};",
        Exactly { Buffer: var buffer } => $"{buffer.Name} = {buffer.Name}.Slice(0, {EmitContext.Text(buffer.Length)});",
        Allocate { Buffer: var buffer } => $"var {buffer.Name} = new {_context.T}[{EmitContext.Text(buffer.Length)}];",
        Clear { Buffer: var buffer, First: var first } => $"{_context.SpanOver(_context.At(buffer.Name, first), buffer.Length - first)}.Clear();",
        StoreSquares squares => StoreSquares(squares),
        Remaining remaining => $"int {remaining.Count.Name} = {_context.Minimum($"{remaining.Loop.EndText} - {remaining.Loop.Name}", EmitContext.Text(remaining.Loop.Step))};",
        Copy copy => $"{Numbers(copy.From, copy.Length)}.CopyTo({Numbers(copy.To, copy.To.Kind == BufferKind.Reference ? copy.Length ?? copy.From.Length : null)});",
        Invoke invoke => Call(invoke),
        Return result => $"return {Render(result.Value, null)};",
        _ => throw new ArgumentOutOfRangeException(nameof(statement), statement, "No C# for this statement."),
    };

    private static string Joined((string Before, string Value, string After) parts) => parts.Before + parts.Value + parts.After;

    /// <summary>A declaration, or a vector that is stored.</summary>
    private (string Before, string Value, string After) Parts(Statement statement) => statement switch
    {
        Let let => ($"{(let.Type is null ? _context.T : "var")} {let.Local} = ", Render(let.Value, let.Type), ";"),
        Store { Type: { } type } store => (
            _context.Functions.Use(VectorHelpers.Store, type) + "(",
            Render(store.Value, type),
            $", ref {_context.Vectors.Place(store.Buffer.Name, store.Index.ToString())});"),
        _ => throw new ArgumentOutOfRangeException(nameof(statement), statement, "Neither declares nor stores a vector."),
    };

    private string Assignment(string target, Expression value, VectorType? type, Func<Expression, bool> isTarget) =>
        value is Binary { Operator: BinaryOperator.Add } sum && !_context.RoundsByCast && isTarget(sum.Left)
            ? $"{target} += {Render(sum.Right, type)};"
            : $"{target} = {Render(value, type)};";

    private string Render(Expression value, VectorType? type) => (type is null ? _code : _context.CodeOf(type)).Render(value);

    /// <summary>A place in memory, as an expression that <c>ref</c> may stand before.</summary>
    private string First(Lowering.Buffer buffer, Lowering.Index index) => _context.At(
        buffer.Kind switch
        {
            BufferKind.Reference => buffer.Name,
            BufferKind.Parameters => $"{buffer.Name}.Origin",
            _ => _context.FirstOf(buffer.Name),
        },
        index.ToString());

    private string Part(View view) => view.Of.Kind switch
    {
        BufferKind.Parameters => _context.SpanOver($"{view.Of.Name}.Origin", view.Part.Length),
        BufferKind.Values => _context.Elements(view.Of.Name, view.Part.Length),
        _ => $"{view.Of.Name}.Slice({view.Start}, {EmitContext.Text(view.Part.Length)})",
    };

    /// <summary>A buffer, or its first numbers, as a span.</summary>
    private string Numbers(Lowering.Buffer buffer, Lowering.Index? length) =>
        buffer.Kind == BufferKind.Reference ? _context.SpanOver(buffer.Name, (length ?? buffer.Length).ToString())
        : length is null ? buffer.Name
        : $"{buffer.Name}.Slice(0, {length})";

    private string LoadSquares(LetSquares squares)
    {
        string columns = string.Join(", ", squares.Columns.Select(name => $"out var {name}"));
        return $"{_context.Functions.Use(VectorHelpers.LoadSquares, squares.Type)}(ref {_context.Place(squares.Buffer, squares.Index)}, {EmitContext.Text(squares.Row)}, {columns});";
    }

    private string StoreSquares(StoreSquares squares)
    {
        string columns = string.Join(", ", squares.Columns.Select(column => Render(column, squares.Type)));
        return $"{_context.Functions.Use(VectorHelpers.StoreSquares, squares.Type)}({columns}, ref {_context.Place(squares.Buffer, squares.Index)}, {EmitContext.Text(squares.Row)});";
    }

    private static string Head(Loop loop)
    {
        string end = loop.Step > 0 ? $"< {loop.EndText}" : $">= {EmitContext.Text(loop.End + 1)}";
        string step = loop.Step == 1 ? "++" : loop.Step > 0 ? $" += {EmitContext.Text(loop.Step)}" : $" -= {EmitContext.Text(-loop.Step)}";
        return $"int {loop.Name} = {loop.StartText}; {loop.Name} {end}; {loop.Name}{step}";
    }

    private string Call(Invoke invoke)
    {
        Signature called = invoke.Function;
        string result = invoke.Result is null ? "" : $"{(invoke.DeclaresResult ? Returns(called) + " " : "")}{invoke.Result} = ";
        string name = called.Owner switch
        {
            KernelOwner.Pass => called.Name + "<K>",
            KernelOwner.Width => "K." + called.Name,
            _ => called.Name,
        };
        return $"{result}{name}({string.Join(", ", invoke.Arguments.Zip(called.Parameters, Text))});";
    }

    private string Text(Argument argument, KernelParameter parameter) => argument switch
    {
        { Integer: { } integer } => EmitContext.Text(integer),
        { Buffer: { } buffer } => parameter.Buffer?.Kind == BufferKind.Reference ? $"ref {First(buffer, 0)}" : buffer.Name,
        _ => Render(argument.Value!, null),
    };

    private string Type(NumberKind kind) => kind switch
    {
        NumberKind.Double => "double",
        NumberKind.Integer => "int",
        NumberKind.Flag => "bool",
        _ => _context.T,
    };

    private string Type(KernelParameter parameter) => parameter.Buffer?.Kind switch
    {
        null => Type(parameter.Kind),
        BufferKind.Parameters => _context.Buffer,
        BufferKind.Values => _context.ReadOnlySpan,
        BufferKind.Array => _context.T + "[]",
        BufferKind.Reference => "ref " + _context.T,
        _ => _context.Span,
    };
}
