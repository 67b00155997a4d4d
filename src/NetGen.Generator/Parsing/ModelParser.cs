using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Activations;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>Reads the declaration of a class that is the network of a model file. What is in the file is not looked at, for that takes longer than a key may.</summary>
internal sealed class ModelParser
{
    public const string ModelAttribute = "NetGen.ModelAttribute";

    private readonly INamedTypeSymbol _type;
    private readonly CSharpCompilation _compilation;
    private readonly Findings _findings = new();
    private readonly AttributeReader _attribute;

    private ModelParser(INamedTypeSymbol type, CSharpCompilation compilation, AttributeReader attribute)
    {
        _type = type;
        _compilation = compilation;
        _attribute = attribute;
    }

    /// <summary>A network with the members of a class whose file cannot be read.</summary>
    public static NetworkSpec StandIn(ModelDeclaration declaration) => Spec(
        declaration, NetworkGraph.Chain(new Input(1), new LayerSpec[] { new Dense(1, nameof(Identity)) }, new LossSpec(Catalogue.NoLoss)));

    /// <summary>The network of a declaration with a graph.</summary>
    public static NetworkSpec Spec(ModelDeclaration declaration, NetworkGraph graph) =>
        new(declaration.Type, graph, declaration.Number, declaration.IsFused, Unrolling.Auto, declaration.Target)
        {
            IsPredictor = !declaration.IsTrainable,
            CanBeShared = declaration.CanBeShared && !declaration.IsTrainable,
        };

    /// <summary>Reads the declaration on a type.</summary>
    public static ModelReading Read(INamedTypeSymbol type, CSharpCompilation compilation, CancellationToken cancellation)
    {
        (ModelParser? parser, ModelDeclaration? declaration) = Parse(type, compilation, cancellation);
        return new ModelReading(TypeNames.Name(type), declaration, new EquatableArray<string>(parser?._findings.Errors.Select(Findings.Text) ?? Enumerable.Empty<string>()));
    }

    /// <summary>The errors of the declaration on a type, at their places.</summary>
    /// <param name="type">The class.</param>
    /// <param name="compilation">The compilation that it belongs to.</param>
    /// <param name="wrong">What is wrong with its file, and which members it has that are named by it.</param>
    /// <param name="cancellation">Stops it.</param>
    public static IEnumerable<Diagnostic> Errors(INamedTypeSymbol type, CSharpCompilation compilation, WrongModel wrong, CancellationToken cancellation)
    {
        EquatableArray<ModelFault> faults = wrong.Faults;
        (ModelParser? parser, _) = Parse(type, compilation, cancellation);
        if (parser is null)
        {
            return Enumerable.Empty<Diagnostic>();
        }

        IReadOnlyList<Func<string, Location>> layers = faults.Any(fault => fault.Layer >= 0) ? DeclarationParser.LayerPlaces(type, compilation, cancellation) : Array.Empty<Func<string, Location>>();
        foreach (ModelFault fault in faults)
        {
            Location place = fault.Layer >= 0 && fault.Layer < layers.Count ? layers[fault.Layer]("") : parser._attribute.LocationOf("file", 0);
            parser._findings.Add(Descriptors.Of(fault.Id), place, fault.Arguments.ToArray<object>());
        }

        if (wrong.Taken is { } network)
        {
            parser.CheckMembers(NetworkMember.OfModelValues(network));
        }

        return parser._findings.Errors;
    }

    private static (ModelParser? Parser, ModelDeclaration? Declaration) Parse(INamedTypeSymbol type, CSharpCompilation compilation, CancellationToken cancellation)
    {
        AttributeData[] attributes = TypeNames.Attributes(type, ModelAttribute).ToArray();
        if (attributes.Length != 1 || type.TypeKind != TypeKind.Class)
        {
            return (null, null);
        }

        var parser = new ModelParser(type, compilation, new AttributeReader(attributes[0], cancellation));
        return (parser, parser.Parse(cancellation));
    }

    private ModelDeclaration? Parse(CancellationToken cancellation)
    {
        TargetProbe probe = TargetProbe.Of(_compilation);
        bool hasLayers = TypeNames.HasAttribute(_type, DeclarationParser.NetworkAttribute);
        foreach (string option in new[] { "Trainable", "Precision", "Arithmetic", "MaxParameters" }.Where(option => hasLayers && _attribute.HasProperty(option)))
        {
            _findings.Add(Descriptors.ParameterDoesNotApply, _attribute.LocationOf(option), "A model whose layers are declared", option);
        }

        if (!hasLayers)
        {
            CheckClass(probe);
        }

        var options = new OptionReader(_findings, new FormulaReader(_type, _compilation, _findings, cancellation));
        string? precision = options.Member(_attribute, "Precision", name => Enum.TryParse<NumberType>(name, out _), nameof(NumberType.Single));
        string? arithmetic = options.Member(_attribute, "Arithmetic", name => name is "Strict" or "Fused", "Strict");
        bool isDeterministic = options.Flag(_attribute, "Deterministic", false);
        bool isTrainable = options.Flag(_attribute, "Trainable", false);
        int? maxParameters = _attribute.Property("MaxParameters")?.Value is int and not 0 ? options.Limit(_attribute, "MaxParameters") : null;
        EquatableArray<WantedOutput>? outputs = Outputs();
        if (_attribute.Argument("file")?.Value is not string file
            || !options.IsComplete
            || !TypeNames.AreComplete(_type)
            || !TypeNames.AreAccessible(_type)
            || !_type.GetMembers(_type.Name).IsEmpty
            || _findings.Errors.Any(error => !Descriptors.LeavesMembers(error.Descriptor)))
        {
            return null;
        }

        TargetSpec target = probe.For(_type);
        bool canBeShared = !_type.IsAbstract && _type.InstanceConstructors.Any(constructor => constructor.Parameters.Length == 0);
        var declaration = new ModelDeclaration(
            TypeNames.Describe(_type),
            target,
            file,
            outputs,
            isDeterministic,
            isTrainable,
            precision is null ? NumberType.Single : (NumberType)Enum.Parse(typeof(NumberType), precision),
            arithmetic == "Fused",
            maxParameters,
            canBeShared);
        if (hasLayers)
        {
            // What is wrong with the layers is said of the network.
            return !_findings.HasErrors && DeclarationParser.Read(_type, _compilation, cancellation) is { Errors.Count: 0, IsComplete: true, Declaration: { } network }
                ? declaration with { Declared = network.Spec }
                : null;
        }

        foreach (ISymbol hider in HiddenWords.Find(_type, _compilation))
        {
            _findings.Add(Descriptors.HiddenWord, hider.Locations.FirstOrDefault() ?? TypeNames.Place(_type), hider.ToDisplayString(), hider.Name, _type.Name);
        }

        // Those that the file names are looked for where it has been read.
        CheckMembers(NetworkMember.OfModel(declaration.Number, declaration.IsTrainable, declaration.Target.Dialect));
        return _findings.HasErrors ? null : declaration;
    }

    /// <summary>Whether the class can be a network; where its layers are declared, that is said of those.</summary>
    private void CheckClass(TargetProbe probe)
    {
        new ClassChecks(_type, _attribute.Declaration, _findings).Check();
        if (probe.Missing is { } missing)
        {
            _findings.Add(Descriptors.UnsupportedTarget, _attribute.Location, _type.Name, missing.What, missing.Remedy);
        }
    }

    /// <summary>The outputs that are wanted; null for all.</summary>
    private EquatableArray<WantedOutput>? Outputs()
    {
        if (_attribute.Texts("Outputs") is not { } texts)
        {
            return null;
        }

        var outputs = new List<WantedOutput>();
        foreach (string text in texts)
        {
            int split = text.LastIndexOf(" as ", StringComparison.Ordinal);
            var output = new WantedOutput(split < 0 ? text.Trim() : text.Substring(0, split).Trim(), split < 0 ? null : text.Substring(split + 4).Trim());
            if (output.Name.Length == 0 || (output.As is { } name && !SyntaxFacts.IsValidIdentifier(name)))
            {
                _findings.Add(Descriptors.OutOfRange, _attribute.LocationOf("Outputs"), "An output", $"'{text}'", "a name of the file, or one with a name for it here: \"continuous_actions as Move\"");
            }
            else if (outputs.Any(other => other.Name == output.Name))
            {
                _findings.Add(Descriptors.NameTaken, _attribute.LocationOf("Outputs"), output.Name, "output");
            }

            outputs.Add(output);
        }

        if (outputs.Count == 0)
        {
            _findings.Add(Descriptors.OutOfRange, _attribute.LocationOf("Outputs"), "The list of outputs", "empty", "the names of those that are wanted; without the list all are");
        }

        return new EquatableArray<WantedOutput>(outputs);
    }

    private void CheckMembers(IReadOnlyList<NetworkMember> members)
    {
        foreach ((Location place, string member) in MemberConflicts.Find(_type, members).Distinct())
        {
            _findings.Add(Descriptors.MemberExists, place, _type.Name, member);
        }
    }
}
