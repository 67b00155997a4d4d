using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Diagnostics;

/// <summary>All diagnostics. Each id has a page in <c>docs/diagnostics</c> and is never used again for something else.</summary>
internal static class Descriptors
{
    private const string Category = "NetGen";
    private const string Pages = "https://github.com/netgen-dotnet/netgen/blob/main/docs/diagnostics/";

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
        "With this layer '{0}' needs {1} {2}, and {3} is the limit; make the layers smaller");

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
        "{0} needs {1}, and the last layer has Activation.{2}; change one of the two");

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
        "'{0}' is {1}; a network holds parameters of its own, so declare it as an ordinary partial class");

    public static readonly DiagnosticDescriptor ReductionDoesNotApply = Error(
        "NETGEN013",
        "The loss has no choice of reduction",
        "{0} has one definition and ignores Reduction; remove it");

    public static readonly DiagnosticDescriptor UnsupportedTarget = Error(
        "NETGEN014",
        "The project cannot compile a network",
        "'{0}' needs {1}; target net8.0 or netstandard2.1 or later with C# 9 or later");

    public static readonly DiagnosticDescriptor InvalidParameter = Error(
        "NETGEN015",
        "The parameter of an activation or loss is out of range",
        "{0} is {1}; it must be {2}");

    public static readonly DiagnosticDescriptor ParameterDoesNotApply = Error(
        "NETGEN016",
        "The activation or loss has no such parameter",
        "{0} has no parameter {1}; remove it");

    public static readonly DiagnosticDescriptor HiddenWord = Error(
        "NETGEN020",
        "A name hides a word that generated code uses",
        "'{0}' hides the word '{1}' of C#, which the code generated for '{2}' uses; rename it");

    private static DiagnosticDescriptor Error(string id, string title, string message) => new(
        id: id,
        title: title,
        messageFormat: message,
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + id + ".md");
}
