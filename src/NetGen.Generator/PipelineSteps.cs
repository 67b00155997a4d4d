using System.Collections.Generic;

namespace NetGen.Generator;

/// <summary>The names of the pipeline's steps, under which the compiler's driver reports why each ran.</summary>
internal static class PipelineSteps
{
    /// <summary>What was read from each syntax tree of the compilation, without binding anything.</summary>
    public const string Files = "NetGen.Files";

    /// <summary>The files with attributes on types.</summary>
    public const string Candidates = "NetGen.Candidates";

    /// <summary>The files that may declare networks, each with the compilation that binds them.</summary>
    public const string Bindings = "NetGen.Bindings";

    /// <summary>The model of each type with an attribute, null where it is no network.</summary>
    public const string Readings = "NetGen.Readings";

    /// <summary>The models of the networks.</summary>
    public const string Specs = "NetGen.Specs";

    /// <summary>The name of the file that each network asks for.</summary>
    public const string HintNames = "NetGen.HintNames";

    /// <summary>All names of files together.</summary>
    public const string AllHintNames = "NetGen.AllHintNames";

    /// <summary>The names that differ in case only.</summary>
    public const string Clashes = "NetGen.Clashes";

    /// <summary>Each model with those names.</summary>
    public const string Named = "NetGen.Named";

    /// <summary>Each model with the name that its file gets.</summary>
    public const string Inputs = "NetGen.Inputs";

    /// <summary>The generated texts.</summary>
    public const string Sources = "NetGen.Sources";

    /// <summary>The steps that see the compiler's objects, as the driver hands them over. All others hold values of NetGen's own.</summary>
    public static readonly IReadOnlyList<string> BeforeModel = new[] { Files, Candidates, Bindings };

    /// <summary>The steps from the model on.</summary>
    public static readonly IReadOnlyList<string> FromModel = new[] { Readings, Specs, HintNames, AllHintNames, Clashes, Named, Inputs, Sources };
}
