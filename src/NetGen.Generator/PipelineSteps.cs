using System.Collections.Generic;

namespace NetGen.Generator;

/// <summary>The names of the pipeline's steps, under which the compiler's driver reports why each ran.</summary>
internal static class PipelineSteps
{
    /// <summary>The model of each type with the attribute.</summary>
    public const string Readings = "NetGen.Readings";

    /// <summary>What becomes of it: the network or the stub of one to generate, and what is wrong.</summary>
    public const string Verdicts = "NetGen.Verdicts";

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

    /// <summary>Each type whose text could not be written, null for others.</summary>
    public const string Failed = "NetGen.Failed";

    /// <summary>The same together.</summary>
    public const string AllFailed = "NetGen.AllFailed";

    /// <summary>Those whose text could not be written.</summary>
    public const string FailedNetworks = "NetGen.FailedNetworks";

    /// <summary>Those with an error and those whose text could not be written.</summary>
    public const string WrongAndFailed = "NetGen.WrongAndFailed";

    /// <summary>Each type with an error, null for others.</summary>
    public const string Wrong = "NetGen.Wrong";

    /// <summary>The same together.</summary>
    public const string AllWrong = "NetGen.AllWrong";

    /// <summary>Those with an error.</summary>
    public const string WrongNetworks = "NetGen.WrongNetworks";

    /// <summary>Each type with a layer that has no network, null for others.</summary>
    public const string LoneLayers = "NetGen.LoneLayers";

    /// <summary>The same together.</summary>
    public const string AllLoneLayers = "NetGen.AllLoneLayers";

    /// <summary>Those of the kinds so far, with those of one more.</summary>
    public const string MoreLoneLayers = "NetGen.MoreLoneLayers";

    /// <summary>Those without a network.</summary>
    public const string WrongLayers = "NetGen.WrongLayers";

    /// <summary>All types with an error.</summary>
    public const string WrongClasses = "NetGen.WrongClasses";

    /// <summary>The same with the compilation in which their places are found: this step alone holds one.</summary>
    public const string Places = "NetGen.Places";

    /// <summary>Each model file of the project.</summary>
    public const string ModelSources = "NetGen.ModelSources";

    /// <summary>All of them together.</summary>
    public const string AllModelSources = "NetGen.AllModelSources";

    /// <summary>Those that are there.</summary>
    public const string KnownModelSources = "NetGen.KnownModelSources";

    /// <summary>What each class with a model file says.</summary>
    public const string ModelReadings = "NetGen.ModelReadings";

    /// <summary>The same with all model files.</summary>
    public const string ModelReadingsAndSources = "NetGen.ModelReadingsAndSources";

    /// <summary>Each such class with its file.</summary>
    public const string ModelRequests = "NetGen.ModelRequests";

    /// <summary>What becomes of it: this step alone reads files.</summary>
    public const string ModelVerdicts = "NetGen.ModelVerdicts";

    /// <summary>The classes that have a member which is named by what is in their file: found again after each key, among those alone whose files have names for values.</summary>
    public const string TakenMembers = "NetGen.TakenMembers";

    /// <summary>What becomes of each class, with its members looked at.</summary>
    public const string CheckedModels = "NetGen.CheckedModels";

    /// <summary>The steps from the model on that know nothing of a compilation.</summary>
    public static readonly IReadOnlyList<string> FromModel = new[]
    {
        Readings, Verdicts, HintNames, AllHintNames, Clashes, Named, Inputs, Sources, Failed, AllFailed, FailedNetworks, Wrong, AllWrong, WrongNetworks,
        WrongAndFailed, LoneLayers, AllLoneLayers, MoreLoneLayers, WrongLayers, WrongClasses,
    };
}
