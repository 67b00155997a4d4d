using System.Collections.Generic;
using NetGen.Generator.Formulas;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using NetGen.TestKit;
using Xunit;
using Buffer = NetGen.Generator.Lowering.Buffer;
using Index = NetGen.Generator.Lowering.Index;

namespace NetGen.Generator.Tests;

/// <summary>What the proof of lowered kernels finds where a batch is taken apart, and what it lets pass.</summary>
public sealed class VerifyBatchTests
{
    private const int Units = 3;

    private const int Block = 8;

    private static readonly Expression One = 1;
    private static readonly Count M = new("m", int.MaxValue);
    private static readonly Count First = new("first", int.MaxValue, 0);
    private static readonly Count Samples = new("samples", Block);
    private static readonly Count Whole = new("whole", int.MaxValue, 0);
    private static readonly Count Step = new("step", 100);
    private static readonly Buffer X = new("x", (Index)M * Units, BufferKind.Values);
    private static readonly Buffer Y = new("y", (Index)M * Units);
    private static readonly Buffer Wanted = new("wanted", (Index)M * Units, MayBeEmpty: true);
    private static readonly Buffer Labels = new("labels", M, BufferKind.Labels, MayBeEmpty: true);
    private static readonly Buffer Targets = new("targets", (Index)M * Units, BufferKind.Values) { OnlyWhere = !new IsGiven("labels") };
    private static readonly Buffer Own = new("own", Block * Units, BufferKind.Reference);
    private static readonly Buffer Part = new("part", (Index)Samples * Units, BufferKind.Reference);
    private static readonly Buffer Group = new("group", 5, BufferKind.Reference) { Repeats = new Repetition(Step, Samples, 4) };
    private static readonly Buffer Memory = new("memory", 11, BufferKind.Reference);
    private static readonly Signature Entry = new("Entry", X, Y, Wanted, Labels, Targets, M);
    private static readonly Signature Rows = new("Rows", new Buffer("rows", (Index)new WholeGroups(Samples, 4) * Units, BufferKind.Reference), Samples);
    private static readonly Signature Exact = new("Exact", new Buffer("rows", (Index)Samples * Units, BufferKind.Reference), Samples);
    private static readonly Signature Groups = new("Groups", Group, Step, Samples);
    private static readonly Count Room = new("room", Block, 4) { Values = new EquatableArray<int>([4, Block]) };
    private static readonly Signature WithRoom = new("Room", (KernelParameter)Room with { AtLeast = new WholeGroups(Samples, 4) }, Samples);
    private static readonly Buffer There = new("there", Block * Units, BufferKind.Reference) { OnlyWhere = new IsSet("isWanted") };
    private static readonly Signature Either = new("Either", Number("first"), Number("second"), new KernelParameter("isFirst", null, NumberKind.Flag));
    private static readonly Loop Sample = new("s", Samples);
    private static readonly Loop EachFour = new("s", Samples, 4);
    private static readonly Condition IsWhole = new IsBefore(First, Whole);
    private static readonly Condition HasLabels = new IsGiven("labels");
    private static readonly Store Mark = new(Own, 0, One);

    public static TheoryData<string, string> Faults() => new()
    {
        { "a block that is not there", "takes blocks of 9" },
        { "a first block before 0", "takes blocks of 8" },
        { "past the samples of a block", "of x[(first * 3) + (s * 3) + 3], which has m * 3" },
        { "past the samples of a batch", "of x[first * 3], which has m * 3" },
        { "whole groups of what has none", "of x[first * 3], which has m * 3" },
        { "a block after it", "uses first before it has a value" },
        { "a sample too many", "of own[(s * 3) + 3], which has 24" },
        { "more groups than there are", "of part[0], which has samples * 3" },
        { "more samples than a kernel takes", "calls Exact with m for samples" },
        { "no sample", "calls Exact with first for samples" },
        { "samples that are a number", "calls Exact with something else for samples" },
        { "samples that nobody knows", "calls Rows, which takes" },
        { "from too far", "of own[9], which has 24" },
        { "what may not be given", "uses wanted where it may be empty" },
        { "what is not given", "uses wanted where it may be empty" },
        { "targets where there may be labels", "uses targets where it may be empty" },
        { "targets where there are labels", "uses targets where it may be empty" },
        { "what another flag says", "uses wanted where it may be empty" },
        { "a flag that changes", "changes isWanted, by which places are told" },
        { "a count that changes", "changes samples, by which places are told" },
        { "a condition on nothing", "uses nothing before it is declared" },
        { "a choice of too little", "of x[first * 3], which has m * 3" },
        { "a choice of too little for it", "of two[0], which has 6" },
        { "a choice of what is read", "writes to part, which it has for reading" },
        { "a choice of what is read for it", "which it cannot" },
        { "a choice of what may be empty", "uses wanted where it may be empty" },
        { "groups of what is not whole", "where not all may be whole groups" },
        { "groups that are no power of two", "where not all may be whole groups" },
        { "classes past the last", "of labels[first + 1], which has m" },
        { "classes of more than there is room for", "of two[0], which has 6" },
        { "classes into what is read", "writes to x, which it has for reading" },
        { "classes of no labels", "uses labels where it may be empty" },
        { "numbers for classes", "takes y for classes" },
        { "a number out of bounds", "has 101 for" },
        { "groups of too little", "uses elements 0 to 11 of memory[0], which has 11" },
        { "groups of unknown steps", "calls Groups with steps of step through memory, which are not known" },
        { "a group after the last", "uses group after it has gone on" },
        { "a group in the next loop", "uses group after it has gone on" },
        { "groups that go on too often", "where there may be nothing" },
        { "groups that go on by another step", "where there may be nothing" },
        { "groups that go on now and then", "where there may be nothing" },
        { "groups of what is there once", "where there may be nothing" },
        { "groups that are views of what is there once", "of which there is more" },
        { "memory in every block", "allocates own in every turn of a loop" },
        { "several memories in every block", "allocates own in every turn of a loop" },
        { "a copy past the samples", "of x[(first * 3) + 1], which has m * 3" },
        { "a copy to past the samples", "of y[(first * 3) + 1], which has m * 3" },
        { "a call that may write to what is read", "writes to part, which it has for reading" },
        { "room of other values", "whose values are others" },
        { "room for fewer than a block", "of rows[0], which has room * 3" },
        { "room for no whole groups", "of rows[0], which has room * 3" },
        { "less room than a kernel asks for", "calls Room with samples for room" },
        { "memory that is not there", "uses there where it may be empty" },
        { "a part of memory that is not there", "uses there where it may be empty" },
        { "a kernel with memory that is not there", "uses there where it may be empty" },
        { "memory on a condition of nothing", "uses nothing before it has a value" },
        { "classes where there are none", "uses labels where it may be empty" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    [Trait("Category", "Quick")]
    public void Finds(string what, string message) => Assert.Contains(message, string.Join("\n", Verify.Faults(Kernels(what))));

    [Fact]
    [Trait("Category", "Quick")]
    public void Lets_pass_what_is_right()
    {
        Statement[] body =
        [
            new AllocateTogether("memories", [Own, Memory]),
            new LetNumber(Step, 6),
            new Invoke(Groups, Memory, Argument.Of(Step), Argument.Of(5)),
            new LetFlag("isWanted", new IsGiven("wanted")),
            new LetWhole(Whole, M, Block, Less: 1),
            new LetRoom(Room, M),
            new Allocate(Rooms(Room)),
            new AllocateTogether("some", [There]),
            new View(There with { Name = "element", Size = 1 }, There, 2),
            In(
                new Invoke(Rows, Rooms(Room), Argument.Of(Samples)),
                new Invoke(WithRoom, Argument.Of(Room), Argument.Of(Samples)),
                new Where(new IsSet("isWanted"), [new Invoke(Rows, There, Argument.Of(Samples))]),
                new Choose(Part with { Name = "chosen" }, !HasLabels, Targets, (Index)First * Units, Own) { Filled = new OneHot(Labels, First, Samples, Own, Units) },
                new Choose(Part, IsWhole, X, (Index)First * Units, Own),
                new Where(!IsWhole, [new Copy(X, Part, (Index)Samples * Units) { Start = (Index)First * Units }, new Store(Part, 0, One)]),
                new Where(HasLabels, [new OneHot(Labels, First, Samples, Own, Units)], new Scope([new Copy(Targets, Own, (Index)Samples * Units) { Start = (Index)First * Units }])),
                new Invoke(Exact, Part, Argument.Of(Samples)),
                new Invoke(Rows, Own, Argument.Of(Samples)),
                new Invoke(Exact, Argument.From(Own, 21), Argument.Of(1)),
                new Where(new IsSet("isWanted"), [new Copy(Own, Wanted, (Index)Samples * Units) { Place = (Index)First * Units }]),
                new For(Sample, [new Store(Y, ((Index)First * Units) + ((Index)Sample * Units) + 2, One), new Store(Own, ((Index)Sample * Units) + 2, One)])),
        ];
        Assert.Empty(Verify.Faults(Kernels(body)));
    }

    private static Blocks In(params Statement[] body) => new(First, Samples, M, Block, body);

    private static KernelFunction[] Kernels(string what)
    {
        Statement[] own = [new Allocate(Own), new Allocate(Memory), new LetNumber(Step, 7), new LetFlag("isWanted", new IsGiven("wanted")), new LetWhole(Whole, M, Block)];
        return what.StartsWith("groups that go on", System.StringComparison.Ordinal) || what.StartsWith("a group", System.StringComparison.Ordinal)
            ? Kernels([], Wrong(what))
            : Kernels(what is "groups of unknown steps" or "several memories in every block" or "memory in every block" or "groups of what is not whole" or "a number out of bounds"
                ? Wrong(what)
                : [.. own, .. Wrong(what)]);
    }

    private static KernelFunction[] Kernels(IReadOnlyList<Statement> entry, IReadOnlyList<Statement>? groups = null) =>
    [
        new(Entry, [], entry),
        new(Rows, [], [new For(EachFour, [new Store(Rows.Parameters[0].Buffer!, ((Index)EachFour * Units) + ((4 * Units) - 1), One)])]),
        new(Exact, [], [new For(Sample, [new Let("z", new Load(Exact.Parameters[0].Buffer!, ((Index)Sample * Units) + (Units - 1)))])]),
        new(WithRoom, [], []),
        new(Either, [], [new Choose(Number("chosen"), new IsSet("isFirst"), Number("first"), 0, Number("second")), new Store(Number("chosen"), 0, One)]),
        new(Groups, [], groups ?? [new For(EachFour, [new Store(Group, 4, One), new Move(Group, Step)])]),
    ];

    private static Statement[] Wrong(string what)
    {
        Index place = (Index)First * Units;
        var afterwards = new For(new Loop("k", 0, 2), [new Store(Group, 0, One)]);
        Buffer two = new("two", 2 * Units, BufferKind.Reference);
        return what switch
        {
            "a block that is not there" => [new Blocks(First, Samples, M, Block + 1, [Mark])],
            "a first block before 0" => [new Blocks(First with { Least = -1 }, Samples, M, Block, [])],
            "past the samples of a block" => [In(new For(Sample, [new Let("z", new Load(X, place + ((Index)Sample * Units) + Units))]))],
            "past the samples of a batch" => [In(new Let("z", new Load(X, place + Units)), new View(Part with { Size = Block * Units }, X, place))],
            "whole groups of what has none" => [In(new View(Part with { Size = (Index)new WholeGroups(Samples, 4) * Units }, X, place))],
            "a block after it" => [In(Mark), new View(Part with { Size = Units }, X, place)],
            "a sample too many" => [In(new For(Sample, [new Store(Own, ((Index)Sample * Units) + Units, One)]))],
            "more groups than there are" => [In(new View(Part, X, place), new Invoke(Rows, Part, Argument.Of(Samples)))],
            "more samples than a kernel takes" => [new Invoke(Exact, Own, Argument.Of(M))],
            "no sample" => [In(new Invoke(Exact, Own, Argument.Of(First)))],
            "samples that are a number" => [new Invoke(Exact, Own, One)],
            "samples that nobody knows" => [In(new Invoke(Rows, Own, Argument.Of((Index)Samples + -1)))],
            "from too far" => [In(new Invoke(Exact, Argument.From(Own, 9), Argument.Of(Samples)))],
            "what may not be given" => [In(new Copy(Own, Wanted, (Index)Samples * Units) { Place = place })],
            "what is not given" => [new Where(!new IsGiven("wanted"), [new Store(Wanted, 0, One)])],
            "targets where there may be labels" => [new Let("z", new Load(Targets, 0))],
            "targets where there are labels" => [new Where(HasLabels, [new Let("z", new Load(Targets, 0))])],
            "what another flag says" => [new LetFlag("isOther", new IsAtLeast(M, 2)), new Where(new IsSet("isOther"), [new Store(Wanted, 0, One)])],
            "a flag that changes" => [new Assign("isWanted", One)],
            "a count that changes" => [In(new Assign("samples", One))],
            "a condition on nothing" => [new Where(new IsGiven("nothing"), [])],
            "a choice of too little" => [In(new Choose(Part with { Size = (Block + 1) * Units }, IsWhole, X, place, Own))],
            "a choice of too little for it" => [new Allocate(two), In(new Choose(Part, IsWhole, X, place, two))],
            "a choice of what is read" => [In(new Choose(Part, IsWhole, X, place, Own), new Store(Part, 0, One))],
            "a choice of what is read for it" => [new Choose(Part with { Size = 1 }, new IsSet("isWanted"), Y, 0, X)],
            "a choice of what may be empty" => [In(new Choose(Part, IsWhole, Wanted, place, Own))],
            "groups of what is not whole" => [new LetWhole(Whole with { Least = 1 }, M, Block)],
            "groups that are no power of two" => [new LetWhole(Whole with { Name = "other" }, M, 6)],
            "classes past the last" => [In(new Where(HasLabels, [new OneHot(Labels, (Index)First + 1, Samples, Own, Units)]))],
            "classes of more than there is room for" => [new Allocate(two), In(new Where(HasLabels, [new OneHot(Labels, First, Samples, two, Units)]))],
            "classes into what is read" => [In(new Where(HasLabels, [new OneHot(Labels, First, Samples, X, Units)]))],
            "classes of no labels" => [In(new OneHot(Labels, First, Samples, Own, Units))],
            "numbers for classes" => [In(new OneHot(Y, First, Samples, Own, Units))],
            "a number out of bounds" => [new LetNumber(Step, 101)],
            "groups of too little" => [new Invoke(Groups, Memory, Argument.Of(Step), Argument.Of(5))],
            "groups of unknown steps" => [new Allocate(Memory), new Invoke(Groups, Memory, Argument.Of(6), Argument.Of(5))],
            "a group after the last" => [new For(EachFour, [new Move(Group, Step), new Store(Group, 0, One)])],
            "a group in the next loop" => [new For(EachFour, [new Move(Group, Step)]), afterwards],
            "groups that go on too often" => [new For(new Loop("i", 0, 2), [new For(EachFour, [new Move(Group, Step)])])],
            "groups that go on by another step" => [new For(EachFour, [new Move(Group, Samples)])],
            "groups that go on now and then" => [new For(EachFour, [new Scope([new Move(Group, Step)])])],
            "groups of what is there once" => [new For(new Loop("i", M, 4), [new Move(Memory, Step)])],
            "groups that are views of what is there once" => [new View(Group with { Name = "some" }, Memory, 0)],
            "memory in every block" => [In(new Allocate(Own))],
            "several memories in every block" => [In(new AllocateTogether("memories", [Own, Memory]))],
            "a copy past the samples" => [In(new Copy(X, Own, (Index)Samples * Units) { Start = place + 1 })],
            "a call that may write to what is read" => [new View(Part with { Size = 1 }, X, 0), new Invoke(Either, Own, Part with { Size = 1 }, Expression.Symbol("isWanted"))],
            "room of other values" => [new LetRoom(Room with { Least = 1 }, M)],
            "room for fewer than a block" => Roomy(Room with { Most = 4, Values = new EquatableArray<int>([4]) }),
            "room for no whole groups" => Roomy(Room with { Least = 6, Most = 12, Values = new EquatableArray<int>([6, 12]) }),
            "less room than a kernel asks for" => [In(new Invoke(WithRoom, Argument.Of(Samples), Argument.Of(Samples)))],
            "memory that is not there" => [new Allocate(There), new Store(There, 0, One)],
            "a part of memory that is not there" => [new Allocate(There), new View(Part with { Size = 1 }, There, 0)],
            "a kernel with memory that is not there" => [new Allocate(There), In(new Invoke(Exact, There, Argument.Of(Samples)))],
            "memory on a condition of nothing" => [new Allocate(There with { OnlyWhere = new IsSet("nothing") })],
            "classes where there are none" => [In(new Choose(Part, HasLabels, X, place, Own) { Filled = new OneHot(Labels, First, Samples, Own, Units) })],
            _ => [In(new Copy(Own, Y, (Index)Samples * Units) { Place = place + 1 })],
        };
    }

    private static Buffer Number(string name) => new(name, 1, BufferKind.Reference);

    private static Statement[] Roomy(Count room) => [new LetRoom(room, M), new Allocate(Rooms(room)), In(new Invoke(Rows, Rooms(room), Argument.Of(Samples)))];

    private static Buffer Rooms(Count room) => new("rows", (Index)room * Units, BufferKind.Reference);
}
