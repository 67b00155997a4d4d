using System.Linq;

namespace NetGen.Generator.Model;

/// <summary>
/// A valid declaration, as the parser hands it on. Immutable and equal by value, all members too, and free of anything of Roslyn:
/// the incremental pipeline caches on this equality. Activations and losses go by the names of the enum members that users write,
/// which are also the names of their classes in <c>Formulas</c>: the generator never loads the attribute assembly.
/// </summary>
/// <param name="Type">The user's class.</param>
/// <param name="Graph">What it computes.</param>
/// <param name="Number">The number type.</param>
/// <param name="IsFused">Multiply-adds may round once where the hardware can.</param>
/// <param name="Unrolling">Which products are straight statements.</param>
/// <param name="Target">What the consumer can compile.</param>
/// <param name="SelfTest">The class can test itself.</param>
/// <param name="BatchTerms">Batches may have weights, and say which classes are possible.</param>
internal sealed record NetworkSpec(
    TypeSpec Type,
    NetworkGraph Graph,
    NumberType Number,
    bool IsFused,
    Unrolling Unrolling,
    TargetSpec Target,
    bool SelfTest = false,
    bool BatchTerms = false)
{
    /// <summary>What it has from a file, or null.</summary>
    public ModelWeights? Weights { get; init; }

    /// <summary>The class declares its layers, and has their first parameters from a file.</summary>
    public bool HasModelFile { get; init; }

    /// <summary>Whether its parameters begin as those of a file.</summary>
    public bool BeginsAsFile => HasModelFile || Weights is not null;

    /// <summary>It computes outputs and nothing else, with the parameters of its file, which all of its kind share.</summary>
    public bool IsPredictor { get; init; }

    /// <summary>Whether there can be one for all, which takes a constructor without parameters.</summary>
    public bool CanBeShared { get; init; }

    /// <summary>The outputs that are whole numbers.</summary>
    public EquatableArray<ChosenOutput> Choices { get; init; }

    /// <summary>What is good to know about the file that it was made of.</summary>
    public EquatableArray<string> Remarks { get; init; }

    /// <summary>The declaration that its file amounts to, line by line.</summary>
    public EquatableArray<string> Declaration { get; init; }

    /// <summary>Values in one sample of all inputs.</summary>
    public int Inputs => Graph.Inputs.Sum(input => input.Layer.Size(default(EquatableArray<int>)));

    /// <summary>The loss of the first output, which is the only one of most networks.</summary>
    public LossSpec Loss => Graph.Output.Loss;
}

/// <summary>A network with the limits that its declaration sets for what it may cost.</summary>
/// <param name="Spec">The network.</param>
/// <param name="MaxParameters">Most parameters, or null.</param>
/// <param name="MaxStackBytes">Most bytes of stack memory per call, or null.</param>
internal sealed record NetworkDeclaration(NetworkSpec Spec, int? MaxParameters, int? MaxStackBytes);

/// <summary>The user's class.</summary>
/// <param name="Namespace">Its namespace as written in source, empty for the global one.</param>
/// <param name="ContainingTypes">Headers of the types around it, outermost first, such as <c>partial struct Outer</c>.</param>
/// <param name="Name">Its name as written in source, <c>@</c> included where it is a keyword.</param>
/// <param name="HintName">Name of the generated file.</param>
internal sealed record TypeSpec(string Namespace, EquatableArray<string> ContainingTypes, string Name, string HintName);

/// <summary>What the consumer's compilation can see, as far as the generated text depends on it.</summary>
/// <param name="Dialect">What language and library the text may use.</param>
/// <param name="Contract">Which contracts the class can implement.</param>
/// <param name="AggressiveOptimization"><c>MethodImplOptions.AggressiveOptimization</c> exists.</param>
/// <param name="MustClear">Memory of the stack is not zero at first: the consumer uses <c>SkipLocalsInit</c>.</param>
internal sealed record TargetSpec(Dialect Dialect, Contract Contract, bool AggressiveOptimization, bool MustClear = false);

/// <summary>The two kinds of text.</summary>
internal enum Dialect
{
    /// <summary>
    /// C# 9 and netstandard2.1: one number at a time, in small methods, every operation of single precision rounded by a cast, since the runtime may be
    /// one that computes in double.
    /// </summary>
    Floor,

    /// <summary>C# 11 and .NET 8: vectors of 128, 256 and 512 bits, their multiply-adds, <c>Unsafe</c>, static abstract members to choose among them.</summary>
    Modern,
}

/// <summary>The <c>INetwork</c> interfaces that a consumer has.</summary>
internal enum Contract
{
    /// <summary>None.</summary>
    None,

    /// <summary>Those with instance members.</summary>
    Instance,

    /// <summary>Also the one with static members, and a language that has them.</summary>
    Static,
}

/// <summary>Which products of a network are straight statements rather than loops, as users write it.</summary>
internal enum Unrolling
{
    Auto,
    Full,
    Never,
}

/// <summary>The number type of a network.</summary>
internal enum NumberType
{
    Single,
    Double,
}
