namespace NetGen.Generator.Model;

/// <summary>
/// What stands on a class with the attribute, right or wrong, as far as it could be read. It knows no place: a declaration that moves is equal to what it was.
/// </summary>
/// <param name="Class">The class, by which the places of its errors are found again.</param>
/// <param name="Declaration">The network with its limits, or null where too little could be read.</param>
/// <param name="StandIn">A network that has the members which the class would have, for stubs of them; null where nothing can be added to the class.</param>
/// <param name="Errors">What is wrong with it, each with its id.</param>
/// <param name="IsComplete">All of it could be read; otherwise the compiler says why not.</param>
/// <param name="Failure">The exception that ended reading, or null.</param>
internal sealed record NetworkReading(
    ClassName Class, NetworkDeclaration? Declaration, NetworkSpec? StandIn, EquatableArray<string> Errors, bool IsComplete, string? Failure = null);

/// <summary>How a class is found again in another compilation.</summary>
/// <param name="Simple">Its own name.</param>
/// <param name="Full">Its name with all that is around it.</param>
internal sealed record ClassName(string Simple, string Full);

/// <summary>What becomes of a declaration.</summary>
/// <param name="Class">The class.</param>
/// <param name="Spec">The network to generate, or null.</param>
/// <param name="Stub">What is generated where there is none, or null for nothing.</param>
/// <param name="Errors">Number of errors.</param>
/// <param name="Excesses">The limits that it exceeds, which are among the errors.</param>
/// <param name="Failure">The exception that came in the way, one of the errors, or null.</param>
internal sealed record NetworkVerdict(ClassName Class, NetworkSpec? Spec, StubSpec? Stub, int Errors, EquatableArray<Excess> Excesses, string? Failure = null)
{
    public TypeSpec? Type => (Spec ?? Stub?.StandIn)?.Type;
}

/// <summary>A network that is not generated: its members exist, so that nothing else is reported than what is wrong, and throw.</summary>
/// <param name="StandIn">A network with the same members.</param>
/// <param name="Reason">What is wrong.</param>
internal sealed record StubSpec(NetworkSpec StandIn, string Reason);

/// <summary>What was written for a class.</summary>
/// <param name="HintName">The name of the file; empty for none.</param>
/// <param name="Text">Its text.</param>
/// <param name="Failed">The class, where an exception came in the way.</param>
internal sealed record GeneratedFile(string HintName, string Text, WrongClass? Failed = null);

/// <summary>A class with an error.</summary>
/// <param name="Class">The class.</param>
/// <param name="Excesses">The limits that it exceeds: only a plan could tell them.</param>
/// <param name="Failure">The exception that came in the way, or null.</param>
internal sealed record WrongClass(ClassName Class, EquatableArray<Excess> Excesses, string? Failure = null);

/// <summary>What a network costs, as far as there is something to say about it.</summary>
/// <param name="Excesses">The limits that it exceeds.</param>
/// <param name="SlowLayers">The numbers of the layers that would be faster as loops than unrolled, which is what the declaration asks for.</param>
internal sealed record NetworkCost(EquatableArray<Excess> Excesses, EquatableArray<int> SlowLayers);

/// <summary>A limit that a declaration exceeds.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Argument">The argument that asks for too much.</param>
/// <param name="Layer">The layer whose argument it is, or -1 for the network's.</param>
/// <param name="Details">What the message says.</param>
internal sealed record Excess(CostLimit Limit, string Argument, int Layer, EquatableArray<string> Details);

/// <summary>What limits the cost of a network.</summary>
internal enum CostLimit
{
    /// <summary>What can be generated.</summary>
    Size,

    /// <summary>What compilers can take of straight statements.</summary>
    Unrolling,

    /// <summary>What its declaration allows.</summary>
    Declared,
}
