using System.Collections.Generic;

namespace NetGen.Generator;

/// <summary>The names of the pipeline's steps, under which the compiler's driver reports why each ran.</summary>
internal static class PipelineSteps
{
    /// <summary>The model of each type with the attribute, null where its declaration has an error.</summary>
    public const string Declarations = "NetGen.Declarations";

    /// <summary>The network in it, null also where it costs too much.</summary>
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

    /// <summary>The steps from the model on.</summary>
    public static readonly IReadOnlyList<string> FromModel = new[] { Declarations, Specs, HintNames, AllHintNames, Clashes, Named, Inputs, Sources };
}
