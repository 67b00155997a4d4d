using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Emit;

/// <summary>Prints lowered kernels as C#. It decides nothing but spelling.</summary>
internal sealed partial class KernelPrinter
{
    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly ExpressionCode _code;

    /// <summary>Where the statements of a row end.</summary>
    private readonly List<int> _ends = new();

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
            string access = kernel.IsContract ? "public" : kernel is { IsEntry: true, Signature.Owner: KernelOwner.Class } ? "internal" : "private";
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
                PrintRow(row);
                break;
            case For loop:
                Block($"for ({Head(loop.Loop)})", loop.Body);
                break;
            case Scope scope:
                Block("", scope.Body);
                break;
            case Where where:
                Print(where);
                break;
            case Blocks blocks:
                // No sum exceeds the number of samples, which may be the largest integer.
                string samples = _context.Minimum($"{blocks.Of.Name} - {blocks.First.Name}", EmitContext.Text(blocks.Size));
                _writer.Open($"for (int {blocks.First.Name} = 0; {blocks.First.Name} < {blocks.Of.Name}; {blocks.First.Name} += {samples})");
                _writer.Line($"int {blocks.Samples.Name} = {samples};");
                Print(blocks.Body);
                _writer.Close();
                break;
            case Allocate { Buffer: { Kind: BufferKind.Span } memory }:
                _context.WriteSpan(memory.Name, Memory(memory));
                break;
            case Allocate { Buffer: { Kind: BufferKind.Reference } memory }:
                Print(new AllocateTogether(memory.Name + "0", new[] { memory }));
                break;
            case AllocateTogether together:
                Print(together);
                break;
            default:
                int start = _writer.Parts.Length;
                Add(statement);
                _writer.EndLine(start);
                break;
        }
    }

    private void PrintRow(Row row)
    {
        int start = _writer.Parts.Length;
        _ends.Clear();
        foreach (Statement statement in row.Statements)
        {
            Add(statement);
            _ends.Add(_writer.Parts.Length);
            _writer.Add($" ");
        }

        _writer.EndRow(start, _ends);
    }

    private void Block(string header, IReadOnlyList<Statement> body)
    {
        _writer.Open($"{header}");
        Print(body);
        _writer.Close();
    }

    /// <summary>Adds a statement of one line to the line that is being put together.</summary>
    private void Add(Statement statement)
    {
        switch (statement)
        {
            case Let let:
                _writer.Add($"{(let.Type is null ? _context.T : "var")} {let.Local} = {Code(let.Value, let.Type)};");
                break;
            case Assign { Value: MultiplyAdd { X: var x, Y: var y, Z: Symbol sum } } assign when sum.Name == assign.Local && !_context.IsFused:
                _writer.Add($"{assign.Local} += ");
                CodeOf(assign.Type).WriteBinary(BinaryOperator.Multiply, x, y);
                _writer.Add($";");
                break;
            case Assign assign:
                _writer.Add($"{assign.Local}");
                AddAssigned(assign.Value, assign.Type, assign.Value is Binary { Left: Symbol same } && same.Name == assign.Local);
                break;
            case Store { Type: { } type } store:
                _writer.Add($"{_context.Functions.Use(VectorHelpers.Store, type)}({Code(store.Value, type)}, ref ");
                _code.WriteVectorPlace(store.Buffer, store.Index);
                _writer.Add($");");
                break;
            case Store store:
                _code.WritePlace(store.Buffer, store.Index);
                AddAssigned(store.Value, null, store.Value is Binary { Left: Load place } && place.Buffer == store.Buffer && place.Index.Equals(store.Index));
                break;
            case LetSquares squares:
                _writer.Add($"{_context.Functions.Use(VectorHelpers.LoadSquares, squares.Type)}(ref ");
                _code.WritePlace(squares.Buffer, squares.Index);
                _writer.Add($", {squares.Row}");
                foreach (string column in squares.Columns)
                {
                    _writer.Add($", out var {column}");
                }

                _writer.Add($");");
                break;
            case StoreSquares squares:
                _writer.Add($"{_context.Functions.Use(VectorHelpers.StoreSquares, squares.Type)}(");
                foreach (Expression column in squares.Columns)
                {
                    _writer.Add($"{Code(column, squares.Type)}, ");
                }

                _writer.Add($"ref ");
                _code.WritePlace(squares.Buffer, squares.Index);
                _writer.Add($", {squares.Row});");
                break;
            case Invoke invoke:
                AddCall(invoke);
                break;
            case Return result:
                _writer.Add($"return {Code(result.Value, null)};");
                break;
            default:
                _writer.Add($"{Simple(statement)}");
                break;
        }
    }

    private void AddAssigned(Expression value, VectorType? type, bool isChange)
    {
        if (isChange && value is Binary { Operator: BinaryOperator.Add } sum && !_context.RoundsByCast)
        {
            _writer.Add($" += {Code(sum.Right, type)};");
        }
        else
        {
            _writer.Add($" = {Code(value, type)};");
        }
    }

    private CodePart Code(Expression value, VectorType? type) => new(CodeOf(type), value);

    private ExpressionCode CodeOf(VectorType? type) => type is null ? _code : _context.CodeOf(type);

    /// <summary>What stands once in a kernel, or a few times.</summary>
    private string Simple(Statement statement) => statement switch
    {
        View { Part: { Kind: BufferKind.Reference } part } view => $"ref {_context.T} {part.Name} = ref {First(view.Of, view.Start)};",
        Choose choose => $"ref {_context.T} {choose.Part.Name} = ref {Text(choose.When)} ? ref {First(choose.Of, choose.Start)} : ref {(choose.Filled is { } filled ? Targets(filled) : First(choose.Otherwise, 0))};",
        OneHot labels => Targets(labels) + ";",
        FillTargets fill => Targets(fill) + ";",
        LetRoom room => $"int {room.Room.Name} = {Room(room)};",
        LetNumber number => $"const int {number.Count.Name} = {EmitContext.Text(number.Value)};",
        LetFlag flag => $"bool {flag.Flag} = {Text(flag.Value)};",
        LetSum sum => $"double {sum.Sum} = 0;",
        LetWhole count => $"int {count.Whole.Name} = {(count.Less == 0 ? count.Of.Name : $"({count.Of.Name} - {EmitContext.Text(count.Less)})")} & -{EmitContext.Text(count.Group)};",
        View view => $"var {view.Part.Name} = {Part(view)};",
        Move move => $"{move.Reference.Name} = ref {_context.At(move.Reference.Name, move.Step.ToString())};",
        Exactly { Buffer: var buffer } => $"{buffer.Name} = {buffer.Name}.Slice(0, {EmitContext.Text(buffer.Length)});",
        Allocate { Buffer: var buffer } => $"var {buffer.Name} = new {_context.T}[{EmitContext.Text(buffer.Length)}];",
        Clear { Buffer: { Kind: BufferKind.Span } span, First: 0 } => $"{span.Name}.Clear();",
        Clear { Buffer: var buffer, First: var first } => $"{_context.SpanOver(_context.At(buffer.Name, first), buffer.Length - first)}.Clear();",
        Remaining remaining => $"int {remaining.Count.Name} = {_context.Minimum($"{remaining.Loop.EndText} - {remaining.Loop.Name}", EmitContext.Text(remaining.Loop.Step))};",
        Copy copy => $"{Slice(copy.From, copy.Start, copy.Length)}.CopyTo({Slice(copy.To, copy.Place, copy.To.Kind == BufferKind.Reference || copy.Place is not null ? copy.Length ?? copy.From.Size : null)});",
        _ => throw new ArgumentOutOfRangeException(nameof(statement), statement, "No C# for this statement."),
    };

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

    /// <summary>A buffer, or some of its numbers, as a span.</summary>
    private string Slice(Lowering.Buffer buffer, Lowering.Index? start, Lowering.Index? length) => buffer.Kind == BufferKind.Reference
        ? _context.SpanOver(First(buffer, start ?? 0), (length ?? buffer.Size).ToString())
        : length is null || (start is null && length.Equals(buffer.Size)) ? buffer.Name : $"{buffer.Name}.Slice({start ?? 0}, {length})";

    private static string Head(Loop loop)
    {
        string end = loop.Step > 0 ? $"< {loop.EndText}" : $">= {EmitContext.Text(loop.End + 1)}";
        string step = loop.Step == 1 ? "++" : loop.Step > 0 ? $" += {EmitContext.Text(loop.Step)}" : $" -= {EmitContext.Text(-loop.Step)}";
        return $"int {loop.Name} = {loop.StartText}; {loop.Name} {end}; {loop.Name}{step}";
    }

    private void AddCall(Invoke invoke)
    {
        Signature called = invoke.Function;
        if (invoke.Result is { } result)
        {
            _writer.Add($"{(invoke.DeclaresResult ? Returns(called) + " " : "")}{result} {(invoke.AddsResult ? "+=" : "=")} ");
        }

        _writer.Add($"{(called.Owner == KernelOwner.Width ? "K." : "")}{called.Name}{(called.Owner == KernelOwner.Pass ? "<K>" : "")}(");
        for (int index = 0; index < invoke.Arguments.Count; index++)
        {
            _writer.Add($"{(index == 0 ? "" : ", ")}");
            AddArgument(invoke.Arguments[index], called.Parameters[index]);
        }

        _writer.Add($");");
    }

    private void AddArgument(Argument argument, KernelParameter parameter)
    {
        switch (argument)
        {
            case { Integer: { } integer }:
                _writer.Add($"{integer}");
                break;
            case { Buffer: { } buffer } when parameter.Buffer?.Kind == BufferKind.Reference:
                _writer.Add($"ref {First(buffer, argument.Start ?? 0)}");
                break;
            case { Buffer: { } buffer }:
                _writer.Add($"{(argument.Start is null ? buffer.Name : Slice(buffer, argument.Start, parameter.Buffer!.Size))}");
                break;
            default:
                _writer.Add($"{Code(argument.Value!, null)}");
                break;
        }
    }

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
        BufferKind.Labels => _context.Name("System", "ReadOnlySpan<int>"),
        BufferKind.Flags => _context.Name("System", "ReadOnlySpan<bool>"),
        BufferKind.Array => _context.T + "[]",
        BufferKind.Reference => "ref " + _context.T,
        _ => _context.Span,
    };
}
