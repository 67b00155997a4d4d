using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using NetGen.TestKit;
using Xunit;
using Buffer = NetGen.Generator.Lowering.Buffer;
using Index = NetGen.Generator.Lowering.Index;

namespace NetGen.Generator.Tests;

/// <summary>What the proof of lowered kernels finds, and what it lets pass.</summary>
public sealed class VerifyTests
{
    private static readonly Buffer X = new("x", 6);
    private static readonly Buffer Values = new("values", 6, BufferKind.Values);
    private static readonly Buffer Wanted = new("wanted", 6, MayBeEmpty: true);
    private static readonly Signature Inner = new("Inner", new Buffer("six", 6));
    private static readonly Expression One = 1;
    private static readonly Count Count = new("count", 6);
    private static readonly Signature Outer = new("Outer", X, Values, Wanted, KernelParameter.Number("scale"), Count);
    private static readonly VectorType Pair = new(128, NumberType.Double);
    private static readonly Expression Splat = VectorOperation.Splat(Pair, One);

    public static TheoryData<string, string> Faults() => new()
    {
        { "past the end", "uses elements 6 to 6 of x[6], which has 6" },
        { "past the end in the last turn", "uses elements 1 to 6 of x[j + 1], which has 6" },
        { "before the start", "uses elements -1 to 4 of x[j + -1], which has 6" },
        { "a stride too long", "uses elements 0 to 6 of x[j * 3], which has 6" },
        { "a view too long", "uses elements 4 to 6 of x[4], which has 6" },
        { "a loop's index after it", "uses x[j] outside of the loop" },
        { "a local before it", "uses z before it has a value" },
        { "a local of another block", "uses z before it has a value" },
        { "a buffer before it", "uses other before it is declared" },
        { "a name twice", "declares x twice" },
        { "a buffer of another length", "takes Buffer" },
        { "a store to what is read", "writes to values, which it has for reading" },
        { "a buffer that may be empty", "uses wanted where it may be empty" },
        { "a call with a short buffer", "uses elements 0 to 5 of short[0], which has 3" },
        { "a call of nothing", "calls Missing, which is not among the kernels" },
        { "a call with a number", "calls Inner with something else for six" },
        { "no result", "does not return its result" },
        { "statements after the result", "goes on after its end" },
        { "too many locals", "has 406 locals, of which 400 are allowed" },
        { "too many products", "has 251 multiplications, of which 250 are allowed" },
        { "a store to a part of what is read", "writes to part, which it has for reading" },
        { "a copy to what is read", "writes to values, which it has for reading" },
        { "a call that writes to what is read", "writes to part, which it has for reading" },
        { "memory in a loop", "allocates other in every turn of a loop" },
        { "a copy of more than fits", "copies x, which a caller may give longer" },
        { "a loop's name twice", "declares j twice" },
        { "a loop's name for a local", "declares j twice" },
        { "a result inside of a block", "returns from inside of a block" },
        { "a kernel twice", "Inner is there twice" },
        { "a reference past the end in the last turn", "uses elements 2 to 6 of r[2], which has 6" },
        { "a reference past the end after a loop", "uses elements 6 to 6 of r[0], which has 6" },
        { "a reference past the end after a loop in a loop", "uses elements 6 to 6 of r[0], which has 6" },
        { "a reference past the end after a loop that ends at run time", "uses elements 0 to 6 of r[0], which has 6" },
        { "a move of a span", "has a statement of an unknown kind, Move" },
        { "a count before it", "uses m before it has a value" },
        { "groups that are not whole", "where not all may be whole groups" },
        { "squares past the end", "uses elements 2 to 6 of r[2], which has 6" },
        { "a call with an integer for a number", "calls Outer with something else for scale" },
        { "squares stored past the end", "uses elements 2 to 6 of r[2], which has 6" },
        { "squares stored to what is read", "writes to values, which it has for reading" },
        { "what is left of another loop", "for what is left of j" },
        { "a flag before it", "uses flag before it has a value" },
        { "a reference that may have moved", "moves a reference where something is so, and else not" },
        { "a reference that may have moved in a scope", "moves a reference where something is so, and else not" },
        { "a reference that may have moved else", "moves a reference where something is so, and else not" },
        { "a run-time step before it", "uses m before it has a value" },
        { "a run-time step from inside", "moves r by count from somewhere inside of it" },
        { "a reference past the end in a loop downwards", "uses elements 0 to 6 of r[i], which has 6" },
        { "a copy of a count that is too large", "uses elements 0 to 11 of r[0], which has 6" },
        { "a result of a kernel without", "takes the result of Inner, which has none" },
        { "a call with a reference for a span", "calls Inner with r, which is of another kind than six" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    [Trait("Category", "Quick")]
    public void Finds(string what, string message)
    {
        Assert.Contains(message, string.Join("\n", Verify.Faults([.. Kernels(what.Contains("result", System.StringComparison.Ordinal), Wrong(what)), .. what == "a kernel twice" ? [new(Inner, [], [])] : System.Array.Empty<KernelFunction>()])));
    }

    [Fact]
    [Trait("Category", "Quick")]
    public void Lets_pass_what_is_right()
    {
        var loop = new Loop("j", 0, 6, 2);
        View r = new(new Buffer("r", 6, BufferKind.Reference), X, 0);
        Statement[] body =
        [
            new For(loop, [new Store(X, (Index)loop + 1, new Load(Values, loop))]),
            Where.Wanted(Wanted, [new Store(Wanted, 5, One), new Invoke(Inner, Wanted)]),
            new Scope([new Let("z", One), new Assign("z", Expression.Symbol("z") + 1)]),
            new Scope([new Let("z", One)]),
            new View(new Buffer("part", 2), X, 4),
            new Invoke(Inner, X),
            r,
            For(Loop.Down("i", 2, 2), i => new StoreSquares(Pair, [Splat, Splat], r.Part, i, 2)),
            For(new Loop("i", Count, 3), i => new Remaining(new Count("left", 3), i)),
            new Where(new IsSet("scale"), [new View(r.Part with { Name = "q" }, X, 0), new Copy(r.Part, X, Count)]),
            new For(new Loop("i", 0, 2), [new For(new Loop("k", 0, 3), [new Store(r.Part, 0, One), new Move(r.Part, 1)])]),
            new LetWhole(new Count("whole", 6, 0), Count, 2),
            new For(new Loop("s", new Count("whole", 6, 0), Count), [new View(r.Part with { Name = "q" }, X, 0), new Move(r.Part with { Name = "q" }, 6)]),
        ];
        Assert.Empty(Verify.Faults(Kernels(returns: false, body)));
    }

    private static KernelFunction[] Kernels(bool returns, IReadOnlyList<Statement> body) =>
    [
        new(Outer with { Returns = returns ? NumberKind.Number : null }, [], body),
        new(Inner, [], [new Store(Inner.Parameters[0].Buffer!, 0, One)]),
    ];

    private static Statement[] Wrong(string what)
    {
        var loop = new Loop("j", 0, 6);
        var z = Expression.Symbol("z");
        Buffer other = new("other", 2);
        Buffer small = new("short", 3);
        Buffer part = new("part", 6);
        View r = new(new Buffer("r", 6, BufferKind.Reference), X, 0);
        return what switch
        {
            "past the end" => [new Store(X, 6, One)],
            "past the end in the last turn" => [new For(loop, [new Store(X, (Index)loop + 1, One)])],
            "before the start" => [new For(loop, [new Store(X, (Index)loop + -1, One)])],
            "a stride too long" => [For(3, third => new Store(X, (Index)third * 3, One))],
            "a view too long" => [new View(new Buffer("part", 3), X, 4)],
            "a loop's index after it" => [new For(loop, [new Store(X, loop, One)]), new Store(X, loop, One)],
            "a local before it" => [new Store(X, 0, z)],
            "a local of another block" => [new Scope([new Let("z", One)]), new Store(X, 0, z)],
            "a buffer before it" => [new Store(other, 0, One)],
            "a name twice" => [new Scope([new Let("x", One)])],
            "a buffer of another length" => [new Store(X with { Size = 5 }, 0, One)],
            "a store to what is read" => [new Store(Values, 0, One)],
            "a buffer that may be empty" => [new Store(Wanted, 0, One)],
            "a call with a short buffer" => [new Allocate(small), new Invoke(Inner, small)],
            "a call of nothing" => [new Invoke(new Signature("Missing"))],
            "a call with a number" => [new Invoke(Inner, One)],
            "a store to a part of what is read" => [new View(part, Values, 0), new Store(part, 0, One)],
            "a copy to what is read" => [new Allocate(other), new Copy(other, Values)],
            "a call that writes to what is read" => [new View(part, Values, 0), new Invoke(Inner, part)],
            "memory in a loop" => [new For(loop, [new Allocate(other)])],
            "a copy of more than fits" => [new Copy(X, Wanted)],
            "a loop's name twice" => [new For(loop, [new For(new Loop("j", 0, 2), [])])],
            "a loop's name for a local" => [new For(loop, [new Let("j", One)])],
            "a result inside of a block" => [new Scope([new Return(One)])],
            "no result" or "a kernel twice" => [],
            "statements after the result" => [new Return(One), new Store(X, 0, One)],
            "a reference past the end in the last turn" => [r, new For(new Loop("j", 0, 3), [new Store(r.Part, 2, One), new Move(r.Part, 2)])],
            "squares stored past the end" => [r, new StoreSquares(Pair, [Splat, Splat], r.Part, 2, 3)],
            "squares stored to what is read" => [new StoreSquares(Pair, [Splat, Splat], Values, 0, 2)],
            "what is left of another loop" => [new Remaining(new Count("left", 6), loop)],
            "a flag before it" => [new Where(new IsSet("flag"), [])],
            "a reference that may have moved" => [r, new Where(new IsSet("scale"), [new Move(r.Part, 1)])],
            "a reference that may have moved in a scope" => [r, new Where(new IsSet("scale"), [new Scope([new Move(r.Part, 1)])])],
            "a reference that may have moved else" => [r, new Where(new IsSet("scale"), [], new Scope([new Move(r.Part, 1)]))],
            "a run-time step before it" => [r, new Move(r.Part, new Count("m", 6))],
            "a run-time step from inside" => [r, new Move(r.Part, 1), new Move(r.Part, Count)],
            "a reference past the end in a loop downwards" => [r, For(Loop.Down("i", 6, 3), i => new Store(r.Part, i, One))],
            "a copy of a count that is too large" => [r, new Copy(r.Part, r.Part, (Index)Count * 2)],
            "a result of a kernel without" => [new Invoke(Inner, X) { Result = "scale" }],
            "a reference past the end after a loop" => [r, new For(new Loop("j", 0, 3), [new Move(r.Part, 2)]), new Store(r.Part, 0, One)],
            "a reference past the end after a loop in a loop" =>
                [r, new For(new Loop("j", 0, 2), [new Scope([new For(new Loop("i", 0, 3), [new Move(r.Part, 1)])])]), new Store(r.Part, 0, One)],
            "a reference past the end after a loop that ends at run time" => [r, new For(new Loop("j", Count), [new Move(r.Part, 1)]), new Store(r.Part, 0, One)],
            "a move of a span" => [new Move(X, 1)],
            "a count before it" => [new For(new Loop("j", new Count("m", 6)), [])],
            "groups that are not whole" => [new LetWhole(new Count("whole", 6, 0), Count, 3)],
            "squares past the end" => [r, new LetSquares(new VectorType(128, NumberType.Single), ["a", "b"], r.Part, 2, 1)],
            "a call with an integer for a number" => [new Invoke(Outer, X, Values, Wanted, Argument.Of(1), Argument.Of(1))],
            "a call with a reference for a span" => [r, new Invoke(Inner, r.Part)],
            "too many locals" => Enumerable.Range(0, 401).Select(number => new Let($"z{number}", One)).ToArray<Statement>(),
            _ => [new Store(X, 0, Enumerable.Range(0, 251).Aggregate(One, (sum, _) => new Binary(BinaryOperator.Add, sum, new Binary(BinaryOperator.Multiply, One, One))))],
        };
    }

    private static For For(int count, System.Func<Loop, Statement> body) => For(new Loop("j", 0, count), body);

    private static For For(Loop loop, System.Func<Loop, Statement> body) => new(loop, [body(loop)]);
}
