using System;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Diagnostics;

/// <summary>
/// All diagnostics: errors up to NETGEN049, warnings up to NETGEN079, then remarks. Each id has a page in <c>docs/diagnostics</c> and is never used
/// again for something else.
/// </summary>
internal static class Descriptors
{
    private const string Category = "NetGen";
    private const string Repository = "https://github.com/netgen-dotnet/netgen";
    private const string Pages = Repository + "/blob/main/docs/diagnostics/";

    public static readonly DiagnosticDescriptor NotPartial = Error(
        "NETGEN001",
        "A network class must be partial",
        "'{0}' is not partial, so the network cannot be added to it; write 'partial class {0}'");

    public static readonly DiagnosticDescriptor NoLayer = Error(
        "NETGEN002",
        "A network needs a layer",
        "'{0}' declares no layer; add [Dense(units, Activation.…)] for each layer below [Network]");

    public static readonly DiagnosticDescriptor SpreadAttributes = Error(
        "NETGEN003",
        "The attributes of a network must stand together",
        "The layers of '{0}' are spread over several partial declarations, which have no order; move this attribute to the declaration with [Network]");

    public static readonly DiagnosticDescriptor InvalidSize = Error(
        "NETGEN004",
        "A size must be at least 1",
        "The number of {0} is {1}; it must be at least 1");

    public static readonly DiagnosticDescriptor TooLarge = Error(
        "NETGEN005",
        "The network is too large",
        "With this size '{0}' needs {1} {2}, and {3} is the limit; make the network smaller");

    public static readonly DiagnosticDescriptor Generic = Error(
        "NETGEN006",
        "A network class must not be generic",
        "'{0}' is generic; a network has fixed sizes and number types, so neither it nor a type around it may have type parameters");

    public static readonly DiagnosticDescriptor ContainingTypeNotPartial = Error(
        "NETGEN007",
        "The types around a network class must be partial",
        "'{0}' contains the network '{1}' but is not partial, so the network cannot be added; make '{0}' partial");

    public static readonly DiagnosticDescriptor LossDoesNotFit = Error(
        "NETGEN008",
        "The loss does not fit the last activation",
        "{0} needs {1}, and the last layer has {2}; change one of the two");

    public static readonly DiagnosticDescriptor MemberExists = Error(
        "NETGEN009",
        "The class already has a member that is generated",
        "'{0}' already has '{1}', which NetGen generates; rename or remove it");

    public static readonly DiagnosticDescriptor UndefinedValue = Error(
        "NETGEN010",
        "The value is not defined",
        "'{0}' is not a defined value of {1}; use one of its members");

    public static readonly DiagnosticDescriptor LayerWithoutNetwork = Error(
        "NETGEN011",
        "A layer needs a network",
        "'{0}' has a layer but no [Network(inputs)], so nothing is generated; add [Network(inputs)] above the layers");

    public static readonly DiagnosticDescriptor UnsupportedType = Error(
        "NETGEN012",
        "A network must be an ordinary class",
        "'{0}' is {1}; {2}");

    public static readonly DiagnosticDescriptor ReductionDoesNotApply = Error(
        "NETGEN013",
        "The loss has no choice of reduction",
        "{0} has one definition and ignores Reduction; remove it");

    public static readonly DiagnosticDescriptor UnsupportedTarget = Error(
        "NETGEN014",
        "The project cannot compile a network",
        "'{0}' needs {1}; {2}");

    public static readonly DiagnosticDescriptor OutOfRange = Error(
        "NETGEN015",
        "A value is out of range",
        "{0} is {1}; it must be {2}");

    public static readonly DiagnosticDescriptor ParameterDoesNotApply = Error(
        "NETGEN016",
        "The activation or loss has no such parameter",
        "{0} has no parameter {1}; remove it");

    public static readonly DiagnosticDescriptor BaseIsNetwork = Error(
        "NETGEN017",
        "A network must not derive from another network",
        "'{0}' derives from the network '{1}', whose members would be hidden; hold a '{1}' in a field instead");

    public static readonly DiagnosticDescriptor LimitExceeded = Error(
        "NETGEN018",
        "The network exceeds a limit of its declaration",
        "'{0}' has {1} {2}, and {3} allows {4}; make the network smaller or the limit larger");

    public static readonly DiagnosticDescriptor TooLargeToUnroll = Error(
        "NETGEN019",
        "The network is too large to be unrolled",
        "'{0}' has {1} multiply-adds, and Unroll.Full allows {2}, above which compilers take minutes; use Unroll.Auto");

    public static readonly DiagnosticDescriptor HiddenWord = Error(
        "NETGEN020",
        "A name hides a word that generated code uses",
        "'{0}' hides the word '{1}' of C#, which the code generated for '{2}' uses; rename it");

    public static readonly DiagnosticDescriptor GeneratorFailed = Error(
        "NETGEN021",
        "The generator failed",
        "NetGen failed to generate '{0}' ({1}); this is a fault of NetGen, not of the declaration: please report it with the declaration at " + Repository + "/issues");

    public static readonly DiagnosticDescriptor LayerNotGenerated = Error(
        "NETGEN022",
        "The layer is not generated",
        "[{0}] {1}; {2}");

    public static readonly DiagnosticDescriptor HeadWithoutLayer = Error(
        "NETGEN023",
        "A head needs a layer",
        "The head '{0}' has no layer; add [Dense(units)] below it");

    public static readonly DiagnosticDescriptor NameTaken = Error(
        "NETGEN024",
        "A name stands for one thing",
        "'{0}' is the name of another {1}; give each a name of its own");

    public static readonly DiagnosticDescriptor LossOfNetwork = Error(
        "NETGEN025",
        "The loss stands where its output does",
        "The outputs of '{0}' have names, and {1} does not say whose it is; move it to {2}");

    public static readonly DiagnosticDescriptor WireNotRead = Error(
        "NETGEN026",
        "Wire is read and not run",
        "'{0}' is not among what NetGen reads in Wire: calls of Wiring and Signal, locals, constants, operators, for loops over integers, and nameof");

    public static readonly DiagnosticDescriptor SizesDoNotFit = Error(
        "NETGEN027",
        "Sizes do not fit together",
        "{0}");

    public static readonly DiagnosticDescriptor WireAndAttributes = Error(
        "NETGEN028",
        "A network is declared by Wire or by attributes",
        "'{0}' has a method Wire, which declares inputs and layers alone; remove this, or the method");

    public static readonly DiagnosticDescriptor NoInputs = Error(
        "NETGEN029",
        "A network needs inputs",
        "'{0}' has {1}; write [Network(inputs)] above layers, or 'static void Wire(Wiring w)'");

    public static readonly DiagnosticDescriptor SignalUnused = Error(
        "NETGEN030",
        "A layer leads to an output",
        "Nothing reads {0}, and it is no output; remove it, or go on from what it returns");

    public static readonly DiagnosticDescriptor WireTooLong = Error(
        "NETGEN031",
        "Wire declares too much",
        "Wire takes more than {0} statements, or declares more than {1} nodes; let this loop have fewer turns");

    public static readonly DiagnosticDescriptor WireWithoutEnd = Error(
        "NETGEN032",
        "Wire needs an input and an output",
        "Wire of '{0}' declares no {1}; call {2}");

    public static readonly DiagnosticDescriptor FormulaNotFound = Error(
        "NETGEN040",
        "A formula is a method of its class",
        "{0} is no static method of '{1}'; write 'static float {2}', or name an activation or loss by its enum");

    public static readonly DiagnosticDescriptor FormulaSignature = Error(
        "NETGEN041",
        "A formula computes a number from numbers",
        "'{0}' cannot be {1}, since it {2}; write 'static float {3}'");

    public static readonly DiagnosticDescriptor FormulaNotRead = Error(
        "NETGEN042",
        "A formula is read and not run",
        "'{0}' is not among what NetGen reads in a formula: real numbers, locals, + - * /, ?:, comparisons, functions that it has itself, and static methods of these");

    public static readonly DiagnosticDescriptor FormulaRecursive = Error(
        "NETGEN043",
        "A formula ends",
        "'{0}' calls itself, and a formula is written out; write it without");

    public static readonly DiagnosticDescriptor FormulaDividesByZero = Error(
        "NETGEN044",
        "A formula divides by 0",
        "The divisor is the constant 0, so that '{0}' is no number; divide by something else");

    public static readonly DiagnosticDescriptor FormulaTooLong = Error(
        "NETGEN045",
        "A formula is too long",
        "'{0}' takes more than {1} operations, those of the methods that it calls included; make it shorter");

    public static readonly DiagnosticDescriptor SoftmaxOverOneUnit = Warning(
        "NETGEN050",
        "Softmax over one unit is constant",
        "Activation.{0} over one unit is always {1}, and nothing can be learned through it; for a yes-or-no answer use Activation.Sigmoid");

    public static readonly DiagnosticDescriptor OneClass = Warning(
        "NETGEN051",
        "A categorical loss over one class is constant",
        "{0} over one class has the gradient 0, whatever the network computes; for a yes-or-no answer use Loss.BinaryCrossEntropyWithLogits");

    public static readonly DiagnosticDescriptor BoundedLogits = Warning(
        "NETGEN052",
        "The last activation bounds the logits",
        "{0} takes logits of any size, and Activation.{1} gives {2}, so that most probabilities are out of reach; use Activation.Identity");

    public static readonly DiagnosticDescriptor LinearLayers = Warning(
        "NETGEN053",
        "A layer without an activation adds nothing",
        "Without an activation between them layers {0} and {1} can do no more than one layer; give layer {0} an activation or remove it");

    public static readonly DiagnosticDescriptor UnusualSlope = Warning(
        "NETGEN054",
        "The parameter makes another function of the activation",
        "Activation.{0} with Alpha = {1} {2}");

    public static readonly DiagnosticDescriptor ZeroStart = Warning(
        "NETGEN055",
        "A network is trained without being initialised",
        "All weights of the new '{0}' are 0, and units that begin alike learn alike, if anything; call {1}.Initialize(seed) before, or load parameters");

    public static readonly DiagnosticDescriptor InputUnused = Warning(
        "NETGEN056",
        "An input leads to no output",
        "Nothing reads the input '{0}', so that its values change nothing; remove it, or let a layer read it");

    public static readonly DiagnosticDescriptor FormulaConstant = Warning(
        "NETGEN057",
        "A formula does not depend on what it is of",
        "'{0}' does not read {1}, so that its derivative is 0 and nothing is learned through it; let it read its first value");

    public static readonly DiagnosticDescriptor UnstableFormula = Warning(
        "NETGEN060",
        "A formula loses digits",
        "{0} loses digits, or is infinite, where {1} is right; write {1}");

    public static readonly DiagnosticDescriptor NotSealed = Info(
        "NETGEN080",
        "The network class is not sealed",
        "'{0}' is not sealed; unless classes derive from it, seal it: calls through an interface then cost less");

    public static readonly DiagnosticDescriptor UnrolledLoops = Info(
        "NETGEN081",
        "Loops are faster than what is unrolled",
        "Unroll.Full unrolls layers of '{0}' that are faster as loops, which Unroll.Auto makes of them: {1}");

    public static readonly DiagnosticDescriptor NoVectors = Info(
        "NETGEN082",
        "The network is computed without vectors",
        "'{0}' is computed one number at a time, since vectors need {1}");

    public static readonly DiagnosticDescriptor FusedWithoutEffect = Info(
        "NETGEN083",
        "Fused arithmetic has no effect",
        "'{0}' is computed as with Arithmetic.Strict, since fused arithmetic needs {1}");

    public static readonly DiagnosticDescriptor SaturatedProbability = Info(
        "NETGEN084",
        "The loss may become infinite",
        "{0} is infinite, with the gradient 0, where Activation.HardSigmoid gives 0 or 1 wrongly; Activation.Sigmoid gives neither");

    public static readonly DiagnosticDescriptor WithoutWeight = Info(
        "NETGEN085",
        "A loss has the weight 0",
        "The loss of '{0}' has the weight 0, so that nothing is learned from it; OutputLosses tells it all the same");

    public static readonly DiagnosticDescriptor ModelNotFound = Error(
        "NETGEN033",
        "The model file is not one of the project's",
        "'{0}' is the network of '{1}', and {2}; write {3}");

    public static readonly DiagnosticDescriptor ModelNotRead = Error(
        "NETGEN034",
        "The model file cannot be read",
        "{0}: {1}");

    public static readonly DiagnosticDescriptor ModelDiffers = Error(
        "NETGEN035",
        "The model file has other layers than are declared",
        "'{0}' has {1}, declared is {2}; {3}");

    /// <summary>Errors that leave no doubt about which members the class would have, but for sizes.</summary>
    private static readonly DiagnosticDescriptor[] WithMembers =
    {
        NoLayer, SpreadAttributes, InvalidSize, TooLarge, LossDoesNotFit, UndefinedValue, ReductionDoesNotApply, OutOfRange, ParameterDoesNotApply, LimitExceeded, TooLargeToUnroll,
        LayerNotGenerated, HeadWithoutLayer, LossOfNetwork, WireNotRead, SizesDoNotFit, WireAndAttributes, NoInputs, SignalUnused, WireTooLong, WireWithoutEnd,
        FormulaNotFound, FormulaSignature, FormulaNotRead, FormulaRecursive, FormulaDividesByZero, FormulaTooLong,
    };

    /// <summary>All of them, in order.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = typeof(Descriptors)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => field.GetValue(null))
        .OfType<DiagnosticDescriptor>()
        .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal)
        .ToImmutableArray();

    /// <summary>The diagnostic with an id.</summary>
    public static DiagnosticDescriptor Of(string id) => All.Single(descriptor => descriptor.Id == id);

    /// <summary>Whether a class with this error can have the members of a network all the same.</summary>
    public static bool LeavesMembers(DiagnosticDescriptor error) => WithMembers.Contains(error);

    /// <summary>Whether a diagnostic is an error by nature; what a user makes of its severity does not make wrong code right.</summary>
    public static bool IsError(DiagnosticDescriptor descriptor) => descriptor.DefaultSeverity == DiagnosticSeverity.Error;

    private static DiagnosticDescriptor Error(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Info(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Info);

    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity) => new(
        id: id,
        title: title,
        messageFormat: message,
        category: Category,
        defaultSeverity: severity,
        isEnabledByDefault: true,
        helpLinkUri: Pages + id + ".md");
}
