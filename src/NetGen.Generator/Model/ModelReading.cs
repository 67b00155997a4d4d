namespace NetGen.Generator.Model;

/// <summary>What stands on a class with the attribute of a model, as far as it could be read. It knows no place.</summary>
/// <param name="Class">The class, by which the places of its errors are found again.</param>
/// <param name="Declaration">What is wanted, or null where too little could be read.</param>
/// <param name="Errors">What is wrong with it, each with its id.</param>
internal sealed record ModelReading(ClassName Class, ModelDeclaration? Declaration, EquatableArray<string> Errors);

/// <summary>A class that is the network of a model file.</summary>
/// <param name="Type">The class.</param>
/// <param name="Target">What the consumer can compile.</param>
/// <param name="File">The file, by the end of its path.</param>
/// <param name="Outputs">The outputs that are wanted; null for all.</param>
/// <param name="IsDeterministic">Noise is left out.</param>
/// <param name="IsTrainable">It has gradients, and parameters for each network.</param>
/// <param name="Number">The number type.</param>
/// <param name="IsFused">Multiply-adds may round once where the hardware can.</param>
/// <param name="MaxParameters">Most parameters, or null.</param>
/// <param name="CanBeShared">The class has a constructor without parameters.</param>
internal sealed record ModelDeclaration(
    TypeSpec Type,
    TargetSpec Target,
    string File,
    EquatableArray<WantedOutput>? Outputs,
    bool IsDeterministic,
    bool IsTrainable,
    NumberType Number,
    bool IsFused,
    int? MaxParameters,
    bool CanBeShared)
{
    /// <summary>The network that the class declares beside the file, which then only brings its parameters; or null.</summary>
    public NetworkSpec? Declared { get; init; }
}

/// <summary>An output that is wanted.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="As">Its name here, or null for the same.</param>
internal sealed record WantedOutput(string Name, string? As);

/// <summary>A model file of the project.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Hash">Its SHA-256, by which it is another one or the same; that of each file beside it follows.</param>
/// <param name="Beside">The paths of the files beside it that the project names.</param>
internal sealed record ModelSource(string Path, string Hash, EquatableArray<string> Beside);

/// <summary>What a class is to be made of.</summary>
/// <param name="Reading">The class.</param>
/// <param name="Source">The file; null where there is none.</param>
/// <param name="Fault">Why there is none.</param>
internal sealed record ModelRequest(ModelReading Reading, ModelSource? Source, ModelFault? Fault);

/// <summary>What is wrong with a model.</summary>
/// <param name="Id">The diagnostic.</param>
/// <param name="Arguments">What its message says.</param>
/// <param name="Layer">The declared layer that it is about, from 0, or -1.</param>
internal sealed record ModelFault(string Id, EquatableArray<string> Arguments, int Layer = -1)
{
    /// <summary>A file that has something otherwise than the class declares it.</summary>
    public static ModelFault Differs(string file, string inFile, string declared, string remedy, int layer) => new("NETGEN035", EquatableArray<string>.Of(file, inFile, declared, remedy), layer);
}

/// <summary>What becomes of a class.</summary>
/// <param name="Class">The class.</param>
/// <param name="Spec">The network, or null.</param>
/// <param name="Stub">What is generated where there is none, or null for nothing.</param>
/// <param name="Faults">What is wrong with the file.</param>
/// <param name="IsWrong">Something is wrong with the declaration.</param>
/// <param name="HasLayers">The class declares the network itself: only its parameters are generated.</param>
internal sealed record ModelVerdict(ClassName Class, NetworkSpec? Spec, StubSpec? Stub, EquatableArray<ModelFault> Faults, bool IsWrong, bool HasLayers)
{
    /// <summary>The network whose members, named by what is in the file, the class has already; null where it has none of them.</summary>
    public NetworkSpec? Taken { get; init; }

    /// <summary>Where the class has something to be reported.</summary>
    public WrongModel? Wrong => Faults.Count > 0 || IsWrong || Taken is not null ? new WrongModel(Class, Faults, Taken) : null;

    /// <summary>What becomes of a class that has such a member: nothing can be added to it.</summary>
    public ModelVerdict WithoutMembers() => this with { Spec = null, Taken = Spec };
}

/// <summary>A class with an error.</summary>
/// <param name="Class">The class.</param>
/// <param name="Faults">What is wrong with its file.</param>
/// <param name="Taken">The network with members that the class has already, or null.</param>
internal sealed record WrongModel(ClassName Class, EquatableArray<ModelFault> Faults, NetworkSpec? Taken);
