using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>
/// Reads a declaration, and all that there is to say about it. The generator takes the declaration and its errors, the analyzer the other diagnostics.
/// Where the source does not compile the compiler speaks, and the result may be neither.
/// </summary>
internal sealed class DeclarationParser
{
    public const string NetworkAttribute = "NetGen.NetworkAttribute";

    private readonly INamedTypeSymbol _type;
    private readonly CSharpCompilation _compilation;
    private readonly Findings _findings = new();
    private readonly OptionReader _options;
    private NetworkSpec? _standIn;

    private DeclarationParser(INamedTypeSymbol type, CSharpCompilation compilation, CancellationToken cancellation)
    {
        _type = type;
        _compilation = compilation;
        _options = new OptionReader(_findings, new FormulaReader(type, compilation, _findings, cancellation));
    }

    /// <summary>Whether the declaration can be generated, as far as it was looked at.</summary>
    private bool IsRight => !_findings.HasErrors && _options.IsComplete;

    /// <summary>
    /// Reads the declaration on a type. What it costs is not looked at, for that takes a plan, and every network is read after every key.
    /// </summary>
    public static NetworkReading Read(INamedTypeSymbol type, CSharpCompilation compilation, CancellationToken cancellation)
    {
        var parser = new DeclarationParser(type, compilation, cancellation);
        Reading? reading = parser.Parse(cancellation);
        bool leavesMembers = parser._findings.Errors.All(error => Descriptors.LeavesMembers(error.Descriptor));
        return new NetworkReading(
            TypeNames.Name(type),
            reading?.Declaration,
            leavesMembers ? parser._standIn : null,
            new EquatableArray<string>(parser._findings.Errors.Select(Findings.Text)),
            reading is not null && parser._options.IsComplete);
    }

    /// <summary>The errors of the declaration on a type, at their places.</summary>
    /// <param name="type">The class.</param>
    /// <param name="compilation">The compilation that it belongs to.</param>
    /// <param name="excesses">The limits that it is known to exceed.</param>
    /// <param name="cancellation">Stops it.</param>
    public static IReadOnlyList<Diagnostic> Errors(
        INamedTypeSymbol type, CSharpCompilation compilation, IEnumerable<Excess> excesses, CancellationToken cancellation)
    {
        var parser = new DeclarationParser(type, compilation, cancellation);
        parser.Parse(cancellation)?.Cost.Report(excesses);
        return parser._findings.Errors.ToList();
    }

    /// <summary>Says what there is to say about the declaration on a type beside its errors.</summary>
    /// <param name="type">The class.</param>
    /// <param name="compilation">The compilation that it belongs to.</param>
    /// <param name="cost">Finds out what a network costs.</param>
    /// <param name="cancellation">Stops it.</param>
    public static IEnumerable<Diagnostic> Advise(
        INamedTypeSymbol type, CSharpCompilation compilation, Func<NetworkDeclaration, NetworkCost> cost, CancellationToken cancellation)
    {
        var parser = new DeclarationParser(type, compilation, cancellation);
        if (parser.Parse(cancellation) is { } reading && parser.IsRight && cost(reading.Declaration) is { Excesses.Count: 0 } known)
        {
            parser.Advise(reading, known);
        }

        return parser._findings.All.Where(finding => !Descriptors.IsError(finding.Descriptor));
    }

    /// <summary>The places of the layers of the declaration on a type, in order, by what is looked for.</summary>
    public static IReadOnlyList<Func<string, Location>> LayerPlaces(INamedTypeSymbol type, CSharpCompilation compilation, CancellationToken cancellation) =>
        new DeclarationParser(type, compilation, cancellation).Parse(cancellation)?.Declared is { } declared
            ? declared.Nodes.Skip(declared.FirstLayer).Select(node => node.Layer.Place).ToArray()
            : Array.Empty<Func<string, Location>>();

    private Reading? Parse(CancellationToken cancellation)
    {
        // The compiler itself refuses the attributes on anything but a class.
        if (_type.TypeKind != TypeKind.Class)
        {
            return null;
        }

        AttributeReader[] networks = TypeNames.Attributes(_type, NetworkAttribute).Select(data => new AttributeReader(data, cancellation)).ToArray();
        IReadOnlyList<(LayerAttribute Kind, AttributeReader Attribute)> list = LayerAttributes.Of(_type, cancellation);
        if (networks.Length == 0)
        {
            if (list.Count > 0)
            {
                _findings.Add(Descriptors.LayerWithoutNetwork, list[0].Attribute.Location, _type.Name);
            }

            return null;
        }

        AttributeReader network = networks[0];
        var classChecks = new ClassChecks(_type, network.Declaration, _findings);
        classChecks.Check();
        CheckTarget(network);
        cancellation.ThrowIfCancellationRequested();

        string? precision = _options.Member(network, "Precision", name => Enum.TryParse<NumberType>(name, out _), nameof(NumberType.Single));
        NumberType number = precision is null ? NumberType.Double : (NumberType)Enum.Parse(typeof(NumberType), precision);
        _options.Number = number;
        int? inputs = _options.Size(network, "inputs", "inputs");
        DeclaredLoss loss = _options.Loss(network, hasWeight: false);
        DeclaredNetwork declared = Wire(network, list, loss, cancellation) ?? new LayerList(_type.Name, _options, _findings).Read(network, inputs, loss, list);
        string? arithmetic = _options.Member(network, "Arithmetic", name => name is "Strict" or "Fused", "Strict");
        string? unroll = _options.Member(network, "Unroll", name => Enum.TryParse<Unrolling>(name, out _), nameof(Unrolling.Auto));
        bool selfTest = _options.Flag(network, "SelfTest", false);
        bool batchTerms = BatchTerms(network, declared);
        int? maxParameters = _options.Limit(network, "MaxParameters");
        int? maxStackBytes = _options.Limit(network, "MaxStackBytes");
        var networkChecks = new NetworkChecks(declared, _findings);
        networkChecks.Check();

        // The compiler refuses a member with the name of its class, and the class could not be named beside it.
        if (networks.Length > 1 || !TypeNames.AreComplete(_type) || !TypeNames.AreAccessible(_type) || !_type.GetMembers(_type.Name).IsEmpty)
        {
            return null;
        }

        TargetSpec target = TargetProbe.Of(_compilation).For(_type);
        bool hasModelFile = TypeNames.HasAttribute(_type, ModelParser.ModelAttribute);
        CheckMembers([.. MemberConflicts.Members(declared.Graph, number, selfTest, target.Dialect, batchTerms), .. hasModelFile ? NetworkMember.OfModelFile : []]);
        var spec = new NetworkSpec(
            TypeNames.Describe(_type),
            declared.Graph,
            precision is null ? NumberType.Single : number,
            arithmetic == "Fused",
            unroll is null ? Unrolling.Auto : (Unrolling)Enum.Parse(typeof(Unrolling), unroll),
            target,
            selfTest,
            batchTerms)
        {
            HasModelFile = hasModelFile,
        };
        _standIn = declared.IsComplete && IsRight ? spec : StandIns.Complete(_type, spec, declared.Loss.Name is null || declared.IsLossMisplaced || networkChecks.IsLossInDoubt);
        if (!declared.IsComplete)
        {
            return null;
        }

        return new Reading(
            new NetworkDeclaration(spec, maxParameters, maxStackBytes), declared, network, classChecks, networkChecks, new CostChecks(_type.Name, network, declared, _findings));
    }

    /// <summary>Whether batches have terms, which need a loss.</summary>
    private bool BatchTerms(AttributeReader network, DeclaredNetwork declared)
    {
        bool isWanted = _options.Flag(network, "BatchTerms", false);
        if (!isWanted || !declared.IsComplete || declared.Graph.Outputs.Any(output => output.Loss.Name != Catalogue.NoLoss))
        {
            return isWanted;
        }

        _findings.Add(Descriptors.ParameterDoesNotApply, network.LocationOf("BatchTerms"), "A network without a loss", "BatchTerms");
        return false;
    }

    /// <summary>Says what is good to know about a network that is right.</summary>
    private void Advise(Reading reading, NetworkCost cost)
    {
        reading.Class.Advise();
        reading.Network.Advise();
        reading.Cost.Advise(cost);
        AdviseOnTarget(reading.Attribute, reading.Declaration.Spec);
    }

    /// <summary>The network that the method declares, or null where there is none.</summary>
    private DeclaredNetwork? Wire(
        AttributeReader network, IReadOnlyList<(LayerAttribute Kind, AttributeReader Attribute)> list, DeclaredLoss loss, CancellationToken cancellation)
    {
        bool hasInputs = network.HasParameter("inputs") != false;
        if (WireReader.Find(_type, cancellation) is not { } method)
        {
            if (!hasInputs && (list.Count > 0 || !WireReader.ReportNearMiss(_type, _findings)))
            {
                _findings.Add(Descriptors.NoInputs, network.Location, _type.Name, "neither inputs nor a method Wire");
            }

            return null;
        }

        List<Location> others = list.Select(item => item.Attribute.Location).ToList();
        if (hasInputs && network.HasParameter("inputs") == true)
        {
            others.Insert(0, network.LocationOf("inputs", 0));
        }

        foreach (Location place in others)
        {
            _findings.Add(Descriptors.WireAndAttributes, place, _type.Name);
        }

        return WireReader.Read(method, _type, _compilation, loss, isAlone: others.Count == 0, _options, _findings, cancellation);
    }

    private void CheckTarget(AttributeReader network)
    {
        if (TargetProbe.Of(_compilation).Missing is { } missing)
        {
            _findings.Add(Descriptors.UnsupportedTarget, network.Location, _type.Name, missing.What, missing.Remedy);
        }
    }

    private void AdviseOnTarget(AttributeReader network, NetworkSpec spec)
    {
        if (TargetProbe.Of(_compilation).MissingForModern is not { } missing)
        {
            return;
        }

        _findings.Add(Descriptors.NoVectors, network.Location, _type.Name, missing);
        if (spec.IsFused)
        {
            _findings.Add(Descriptors.FusedWithoutEffect, network.LocationOf("Arithmetic"), _type.Name, missing);
        }
    }

    private void CheckMembers(IReadOnlyList<NetworkMember> members)
    {
        foreach (ISymbol hider in HiddenWords.Find(_type, _compilation))
        {
            // What another project has, whose source an editor sees, is not this project's to mend there.
            Location place = hider.Locations.FirstOrDefault(location => _compilation.ContainsSyntaxTree(location.SourceTree)) ?? TypeNames.Place(_type);
            _findings.Add(Descriptors.HiddenWord, place, hider.ToDisplayString(), hider.Name, _type.Name);
        }

        // A field collides with each overload of a method.
        foreach ((Location place, string member) in MemberConflicts.Find(_type, members).Distinct())
        {
            _findings.Add(Descriptors.MemberExists, place, _type.Name, member);
        }
    }

    /// <summary>A declaration that could be read, and what looks at it.</summary>
    private sealed record Reading(
        NetworkDeclaration Declaration, DeclaredNetwork Declared, AttributeReader Attribute, ClassChecks Class, NetworkChecks Network, CostChecks Cost);
}
