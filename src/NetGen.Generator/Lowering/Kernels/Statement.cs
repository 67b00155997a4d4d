using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>A statement of a kernel.</summary>
internal abstract record Statement;

/// <summary>Declares a variable.</summary>
/// <param name="Local">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Type">The type of a vector, or null for a number.</param>
internal sealed record Let(string Local, Expression Value, VectorType? Type = null) : Statement;

/// <summary>Gives a variable another value.</summary>
/// <param name="Local">The variable.</param>
/// <param name="Value">Its new value.</param>
/// <param name="Type">The type of a vector, or null for a number.</param>
internal sealed record Assign(string Local, Expression Value, VectorType? Type = null) : Statement
{
    /// <summary>Adds to a variable.</summary>
    public static Assign Add(string local, Expression term, VectorType? type = null) =>
        new(local, new Binary(BinaryOperator.Add, Expression.Symbol(local), term), type);

    /// <summary>Adds a product of the network to a variable.</summary>
    public static Assign AddProduct(VectorType type, string local, Expression x, Expression y) => new(local, new MultiplyAdd(x, y, Expression.Symbol(local)), type);
}

/// <summary>Writes a number to memory, or a vector of neighbours.</summary>
/// <param name="Buffer">The memory.</param>
/// <param name="Index">Where.</param>
/// <param name="Value">What is written.</param>
/// <param name="Type">The type of a vector, or null for a number.</param>
internal sealed record Store(Buffer Buffer, Index Index, Expression Value, VectorType? Type = null) : Statement
{
    /// <summary>Adds to a number in memory.</summary>
    public static Store Add(Buffer buffer, Index index, Expression term) =>
        new(buffer, index, new Binary(BinaryOperator.Add, new Load(buffer, index), term));
}

/// <summary>Declares a part of a buffer under a name of its own.</summary>
internal sealed record View(Buffer Part, Buffer Of, Index Start) : Statement;

/// <summary>Declares one of two places in memory under a name of its own.</summary>
/// <param name="Part">The reference.</param>
/// <param name="When">When it is the first.</param>
/// <param name="Of">The buffer that has the first.</param>
/// <param name="Start">Where it is.</param>
/// <param name="Otherwise">The other, from its start.</param>
internal sealed record Choose(Buffer Part, Condition When, Buffer Of, Index Start, Buffer Otherwise) : Statement
{
    /// <summary>What is written to the other before, where that is chosen.</summary>
    public OneHot? Filled { get; init; }
}

/// <summary>Makes targets of classes: 1 at the class of a sample, 0 elsewhere.</summary>
/// <param name="Labels">The classes.</param>
/// <param name="First">The first sample.</param>
/// <param name="Samples">How many.</param>
/// <param name="Targets">Receives the targets.</param>
/// <param name="Units">Numbers of a target.</param>
internal sealed record OneHot(Buffer Labels, Index First, Count Samples, Buffer Targets, int Units) : Statement;

/// <summary>Makes what the kernels of a network with terms of batches read in place of targets.</summary>
/// <param name="Targets">The targets, where there are no labels.</param>
/// <param name="Labels">The classes; null where there never are any.</param>
/// <param name="Weights">The weights of the samples.</param>
/// <param name="Allowed">What is allowed.</param>
/// <param name="First">The first sample.</param>
/// <param name="Samples">How many.</param>
/// <param name="Rows">Receives them.</param>
/// <param name="Outputs">The outputs, of which each has a part.</param>
internal sealed record FillTargets(
    Buffer Targets, Buffer? Labels, Buffer Weights, Buffer Allowed, Index First, Count Samples, Buffer Rows, IReadOnlyList<OutputPlan> Outputs) : Statement
{
    /// <summary>Numbers for a sample.</summary>
    public int Length => Outputs.Sum(output => output.TargetLength);
}

/// <summary>Declares an integer that is known when the code is written.</summary>
internal sealed record LetNumber(Count Count, int Value) : Statement;

/// <summary>Declares for how many things there is memory: the smallest number that it may be which is not less than theirs, and else the largest.</summary>
internal sealed record LetRoom(Count Room, Count Of) : Statement;

/// <summary>Declares whether something is so.</summary>
internal sealed record LetFlag(string Flag, Condition Value) : Statement;

/// <summary>Declares a sum of double precision, which is 0.</summary>
internal sealed record LetSum(string Sum) : Statement;

/// <summary>Declares how many of several things are in whole groups.</summary>
/// <param name="Whole">How many.</param>
/// <param name="Of">How many there are.</param>
/// <param name="Group">How many a group has: a power of two.</param>
/// <param name="Less">How many are not counted.</param>
internal sealed record LetWhole(Count Whole, Count Of, int Group, int Less = 0) : Statement;

/// <summary>Declares vectors with the columns of some rows in memory: element e of vector c is that at index + e·row + c.</summary>
/// <param name="Type">The type of the vectors.</param>
/// <param name="Columns">Their names.</param>
/// <param name="Buffer">The memory.</param>
/// <param name="Index">Where the first row begins.</param>
/// <param name="Row">Elements from one row to the next.</param>
internal sealed record LetSquares(VectorType Type, IReadOnlyList<string> Columns, Buffer Buffer, Index Index, int Row) : Statement;

/// <summary>Writes vectors to memory as the columns of such rows.</summary>
/// <param name="Type">The type of the vectors.</param>
/// <param name="Columns">The vectors.</param>
/// <param name="Buffer">The memory.</param>
/// <param name="Index">Where the first row begins.</param>
/// <param name="Row">Elements from one row to the next.</param>
internal sealed record StoreSquares(VectorType Type, IReadOnlyList<Expression> Columns, Buffer Buffer, Index Index, int Row) : Statement;

/// <summary>Declares how many values a loop is to take from its variable on: its step, or what is left before its end.</summary>
internal sealed record Remaining(Count Count, Loop Loop) : Statement;

/// <summary>Lets a reference go some elements further on.</summary>
internal sealed record Move(Buffer Reference, Index Step) : Statement;

/// <summary>Tells the compiler the length of a buffer that a function was given: one check here lets it leave out the others.</summary>
internal sealed record Exactly(Buffer Buffer) : Statement;

/// <summary>Declares memory of the stack, which is 0; behind a reference, it starts a cache line, and has room for a vector after its end.</summary>
internal sealed record Allocate(Buffer Buffer) : Statement;

/// <summary>Declares memory of the stack for several buffers one after another, all 0, of which the first starts a cache line; there is room for a vector after the last.</summary>
/// <param name="Memory">What the whole is called.</param>
/// <param name="Buffers">The buffers, which are behind references.</param>
internal sealed record AllocateTogether(string Memory, IReadOnlyList<Buffer> Buffers) : Statement;

/// <summary>Sets what a buffer has from an element on to 0.</summary>
internal sealed record Clear(Buffer Buffer, int First) : Statement;

/// <summary>Copies a buffer, or its first numbers.</summary>
/// <param name="From">What is copied.</param>
/// <param name="To">Where to.</param>
/// <param name="Length">How many numbers, or null for all.</param>
internal sealed record Copy(Buffer From, Buffer To, Index? Length = null) : Statement
{
    /// <summary>The first that is copied, where that is not the first of all.</summary>
    public Index? Start { get; init; }

    /// <summary>Where it goes, where that is not the start.</summary>
    public Index? Place { get; init; }
}

/// <summary>Statements that hold others.</summary>
internal abstract record Block(IReadOnlyList<Statement> Body) : Statement
{
    /// <summary>All that it holds, whichever is executed.</summary>
    public virtual IEnumerable<Statement> All() => Body;
}

/// <summary>Repeats statements.</summary>
internal sealed record For(Loop Loop, IReadOnlyList<Statement> Body) : Block(Body);

/// <summary>Keeps the variables of some statements to themselves.</summary>
internal sealed record Scope(IReadOnlyList<Statement> Body) : Block(Body);

/// <summary>Statements for where something is so.</summary>
/// <param name="Condition">What.</param>
/// <param name="Body">The statements.</param>
/// <param name="Otherwise">What happens where it is not.</param>
internal sealed record Where(Condition Condition, IReadOnlyList<Statement> Body, Block? Otherwise = null) : Block(Body)
{
    public override IEnumerable<Statement> All() => Otherwise is null ? Body : Body.Append(Otherwise);

    /// <summary>Statements for a buffer that may be empty, where it is not.</summary>
    public static Where Wanted(Buffer buffer, IReadOnlyList<Statement> body) => new(new IsGiven(buffer.Name), body);
}

/// <summary>Takes several things through in blocks: of each, the first is not less than 0 and not past the last, there is at least one in it, and none is past the last.</summary>
/// <param name="First">The first of a block: a multiple of its size.</param>
/// <param name="Samples">How many a block has.</param>
/// <param name="Of">How many there are.</param>
/// <param name="Size">How many a block has at most.</param>
/// <param name="Body">What is done with a block.</param>
internal sealed record Blocks(Count First, Count Samples, Count Of, int Size, IReadOnlyList<Statement> Body) : Block(Body);

/// <summary>Statements of the same shape that may share a line.</summary>
internal sealed record Row(IReadOnlyList<Statement> Statements) : Statement
{
    public static Row Of(IEnumerable<Statement> statements) => new(statements.ToArray());
}

/// <summary>Calls another kernel.</summary>
internal sealed record Invoke(Signature Function, IReadOnlyList<Argument> Arguments) : Statement
{
    /// <summary>The variable that gets its result; null where nobody needs that.</summary>
    public string? Result { get; init; }

    /// <summary>Whether the call declares that variable.</summary>
    public bool DeclaresResult { get; init; }

    /// <summary>Whether the result is added to the variable.</summary>
    public bool AddsResult { get; init; }

    public Invoke(Signature kernel, params Argument[] arguments)
        : this(kernel, (IReadOnlyList<Argument>)arguments)
    {
    }

    /// <summary>Calls a kernel with what the caller has under the same names.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="others">What is given for a parameter under another name.</param>
    public static Invoke WithOwn(Signature kernel, params (string Parameter, Argument Value)[] others) => new(kernel, kernel.Parameters
        .Select(parameter => others.FirstOrDefault(other => other.Parameter == parameter.Name).Value ?? (Argument)parameter)
        .ToArray());

    /// <summary>What is given for a parameter.</summary>
    public Argument? ArgumentOf(string parameter) => Arguments.Zip(Function.Parameters, (argument, own) => own.Name == parameter ? argument : null).FirstOrDefault(argument => argument is not null);

    /// <summary>A number of elements that the kernel states by its own counts, as the caller knows it; null where it is not to be known.</summary>
    public Index? InCaller(Index size)
    {
        bool isKnown = true;
        Index Given(Count count)
        {
            Index? value = ArgumentOf(count.Name)?.Integer;
            isKnown &= value is not null;
            return value ?? 0;
        }

        Index Groups(WholeGroups groups)
        {
            Index value = Given(groups.Of);
            isKnown &= value.IsNumber || (value.Terms.Count == 1 && value.Constant == 0 && value.Terms[0].Factor == 1 && value.Terms[0].Variable is Count);
            return !isKnown ? 0 : value.IsNumber ? WholeGroups.RoundedUp(value.Constant, groups.Size) : new WholeGroups((Count)value.Terms[0].Variable, groups.Size);
        }

        Index known = size.With(variable => variable is WholeGroups groups ? Groups(groups) : variable is Count count ? Given(count) : Index.Of(variable));
        return isKnown ? known : null;
    }
}

/// <summary>Ends the kernel with its result.</summary>
internal sealed record Return(Expression Value) : Statement;

/// <summary>A line for the reader.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Continues">It goes with the line before, rather than begin a paragraph.</param>
internal sealed record Remark(string Text, bool Continues = false) : Statement
{
    /// <summary>A line that begins a paragraph, if there is something to say: of a layer that reads nothing and is not trained there is not.</summary>
    public static IEnumerable<Statement> Of(string text) => text.Length > 0 ? new[] { new Remark(text) } : Enumerable.Empty<Statement>();
}

/// <summary>An empty line.</summary>
internal sealed record Gap : Statement
{
    public static readonly Gap Line = new();
}

/// <summary>A buffer, a number or an integer that a kernel is given.</summary>
internal sealed record Argument(Buffer? Buffer, Expression? Value, Index? Integer = null)
{
    /// <summary>The first element that the kernel is given, where that is not the first of the buffer.</summary>
    public Index? Start { get; init; }

    /// <summary>An integer.</summary>
    public static Argument Of(Index integer) => new(null, null, integer);

    /// <summary>A buffer from an element on.</summary>
    public static Argument From(Buffer buffer, Index start) => new(buffer, null) { Start = start };

    /// <summary>What the caller has under the same name.</summary>
    public static explicit operator Argument(KernelParameter parameter) => parameter.Buffer is { } buffer ? buffer
        : parameter.Count is { } count ? Of(count)
        : Expression.Symbol(parameter.Name);

    public static implicit operator Argument(Buffer buffer) => new(buffer, null);

    public static implicit operator Argument(Expression value) => new(null, value);
}

/// <summary>What a parameter is that is no buffer.</summary>
internal enum NumberKind
{
    /// <summary>A number of the network's type.</summary>
    Number,

    /// <summary>A number of double precision.</summary>
    Double,

    /// <summary>An integer.</summary>
    Integer,

    /// <summary>Whether something is so.</summary>
    Flag,
}

/// <summary>A parameter: a buffer, whose length is part of the contract, or something else.</summary>
internal sealed record KernelParameter(string Name, Buffer? Buffer, NumberKind Kind = NumberKind.Number)
{
    public static implicit operator KernelParameter(Buffer buffer) => new(buffer.Name, buffer);

    public static implicit operator KernelParameter(Count count) => new(count.Name, null, NumberKind.Integer) { Count = count };

    /// <summary>An integer, with the values that it may have.</summary>
    public Count? Count { get; init; }

    /// <summary>What such an integer is not less than; null where that is not asked for.</summary>
    public Index? AtLeast { get; init; }

    /// <summary>A number.</summary>
    public static KernelParameter Number(string name) => new(name, null);
}

/// <summary>Where a kernel stands.</summary>
internal enum KernelOwner
{
    /// <summary>In a class, with those that call it.</summary>
    Class,

    /// <summary>Among the passes, which take the kernels of a width as a type parameter.</summary>
    Pass,

    /// <summary>Among the kernels of a width.</summary>
    Width,
}

/// <summary>What a caller needs to know of a kernel.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Returns">What it returns, or null for nothing.</param>
internal sealed record Signature(string Name, IReadOnlyList<KernelParameter> Parameters, NumberKind? Returns = null)
{
    public Signature(string name, params KernelParameter[] parameters)
        : this(name, (IReadOnlyList<KernelParameter>)parameters)
    {
    }

    /// <summary>Where it stands.</summary>
    public KernelOwner Owner { get; init; }

    /// <summary>What tells it from other kernels: some have the same name.</summary>
    public string Key => $"{Name}/{Notation.Text(Parameters.Count)}";
}

/// <summary>A function of numbers in memory.</summary>
/// <param name="Signature">Its name and parameters.</param>
/// <param name="Comment">What it computes, in lines.</param>
/// <param name="Body">Its statements.</param>
internal sealed record KernelFunction(Signature Signature, IReadOnlyList<string> Comment, IReadOnlyList<Statement> Body)
{
    /// <summary>Whether it is worth optimising before its first call.</summary>
    public bool IsHot { get; init; }

    /// <summary>Whether the members of the network call it.</summary>
    public bool IsEntry { get; init; }

    /// <summary>Whether it is asked for by an interface, as the kernels of each vector width are.</summary>
    public bool IsContract { get; init; }

    /// <summary>Whether the JIT must not make it part of its caller.</summary>
    public bool IsApart { get; init; }
}
