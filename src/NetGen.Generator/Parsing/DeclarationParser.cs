using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Formulas;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>
/// Reads a declaration, and all that there is to say about it. The generator takes the declaration and its errors, the analyzer the other diagnostics.
/// Where the source does not compile the compiler speaks, and the result may be neither.
/// </summary>
internal sealed class DeclarationParser
{
    public const string NetworkAttribute = "NetGen.NetworkAttribute";

    /// <summary>The attribute that declares a layer.</summary>
    public const string LayerAttribute = "NetGen.DenseAttribute";

    private readonly INamedTypeSymbol _type;
    private readonly CSharpCompilation _compilation;
    private readonly Findings _findings = new();
    private bool _isComplete = true;
    private NetworkSpec? _standIn;

    private DeclarationParser(INamedTypeSymbol type, CSharpCompilation compilation)
    {
        _type = type;
        _compilation = compilation;
    }

    /// <summary>Whether the declaration can be generated, as far as it was looked at.</summary>
    private bool IsRight => !_findings.HasErrors && _isComplete;

    /// <summary>
    /// Reads the declaration on a type. What it costs is not looked at, for that takes a plan, and every network is read after every key.
    /// </summary>
    public static NetworkReading Read(INamedTypeSymbol type, CSharpCompilation compilation, CancellationToken cancellation)
    {
        var parser = new DeclarationParser(type, compilation);
        Reading? reading = parser.Parse(cancellation);
        bool leavesMembers = parser._findings.Errors.All(error => Descriptors.LeavesMembers(error.Descriptor));
        return new NetworkReading(
            TypeNames.Name(type),
            reading?.Declaration,
            leavesMembers ? parser._standIn : null,
            new EquatableArray<string>(parser._findings.Errors.Select(Findings.Text)),
            reading is not null && parser._isComplete);
    }

    /// <summary>The errors of the declaration on a type, at their places.</summary>
    /// <param name="type">The class.</param>
    /// <param name="compilation">The compilation that it belongs to.</param>
    /// <param name="excesses">The limits that it is known to exceed.</param>
    /// <param name="cancellation">Stops it.</param>
    public static IReadOnlyList<Diagnostic> Errors(
        INamedTypeSymbol type, CSharpCompilation compilation, IEnumerable<Excess> excesses, CancellationToken cancellation)
    {
        var parser = new DeclarationParser(type, compilation);
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
        var parser = new DeclarationParser(type, compilation);
        if (parser.Parse(cancellation) is { } reading && parser.IsRight && cost(reading.Declaration) is { Excesses.Count: 0 } known)
        {
            parser.Advise(reading, known);
        }

        return parser._findings.All.Where(finding => !Descriptors.IsError(finding.Descriptor));
    }

    private Reading? Parse(CancellationToken cancellation)
    {
        // The compiler itself refuses the attributes on anything but a class.
        if (_type.TypeKind != TypeKind.Class)
        {
            return null;
        }

        AttributeReader[] Readers(string name) => TypeNames.Attributes(_type, name).Select(data => new AttributeReader(data, cancellation)).ToArray();
        AttributeReader[] networks = Readers(NetworkAttribute);
        AttributeReader[] layerAttributes = Readers(LayerAttribute);
        if (networks.Length == 0)
        {
            if (layerAttributes.Length > 0)
            {
                _findings.Add(Descriptors.LayerWithoutNetwork, layerAttributes[0].Location, _type.Name);
            }

            return null;
        }

        AttributeReader network = networks[0];
        var classChecks = new ClassChecks(_type, network.Declaration, _findings);
        classChecks.Check();
        CheckTarget(network);
        cancellation.ThrowIfCancellationRequested();

        string? precision = ReadEnum(network, "Precision", name => Enum.TryParse<NumberType>(name, out _), nameof(NumberType.Single));
        NumberType number = precision is null ? NumberType.Double : (NumberType)Enum.Parse(typeof(NumberType), precision);
        int? inputs = ReadSize(network, "inputs", "inputs");
        List<DeclaredLayer> layers = ReadLayers(network, layerAttributes, number);
        string? loss = ReadLoss(network);
        string? reduction = ReadEnum(network, "Reduction", name => name is "Mean" or "Sum", "Mean");
        string? arithmetic = ReadEnum(network, "Arithmetic", name => name is "Strict" or "Fused", "Strict");
        string? unroll = ReadEnum(network, "Unroll", name => Enum.TryParse<Unrolling>(name, out _), nameof(Unrolling.Auto));
        bool selfTest = network.Property("SelfTest")?.Value is true;
        bool mayHaveDelta = loss is null || Catalogue.Loss(loss)?.DefaultDelta is not null;
        double? delta = ReadParameter(network, "Delta", "Loss." + loss, mayHaveDelta, number, 0, "a finite number above 0");
        int? maxParameters = ReadLimit(network, "MaxParameters");
        int? maxStackBytes = ReadLimit(network, "MaxStackBytes");
        var networkChecks = new NetworkChecks(network, inputs, layers, loss, _findings);
        networkChecks.Check();

        // The compiler refuses a member with the name of its class, and the class could not be named beside it.
        if (networks.Length > 1 || !TypeNames.AreComplete(_type) || !TypeNames.AreAccessible(_type) || !_type.GetMembers(_type.Name).IsEmpty)
        {
            return null;
        }

        TargetSpec target = TargetProbe.Of(_compilation).For(_type);
        CheckMembers(loss ?? Catalogue.NoLoss, number, target.Dialect, selfTest);
        bool isReadable = inputs is not null && layers.Count > 0 && layers.All(layer => layer.IsComplete);
        var spec = new NetworkSpec(
            TypeNames.Describe(_type),
            NetworkGraph.Chain(
                new Input(inputs ?? 1),
                layers.Count > 0 ? layers.Select(layer => layer.Spec) : new[] { DeclaredLayer.None },
                new LossSpec(loss ?? Catalogue.NoLoss, reduction == "Sum", delta)),
            precision is null ? NumberType.Single : number,
            arithmetic == "Fused",
            unroll is null ? Unrolling.Auto : (Unrolling)Enum.Parse(typeof(Unrolling), unroll),
            target,
            selfTest);
        _standIn = isReadable && IsRight ? spec : StandIns.Complete(_type, spec, loss is null || networkChecks.IsLossInDoubt);
        if (!isReadable)
        {
            return null;
        }

        return new Reading(
            new NetworkDeclaration(spec, maxParameters, maxStackBytes), network, classChecks, networkChecks, new CostChecks(_type.Name, network, layers, _findings));
    }

    /// <summary>Says what is good to know about a network that is right.</summary>
    private void Advise(Reading reading, NetworkCost cost)
    {
        reading.Class.Advise();
        reading.Network.Advise();
        reading.Cost.Advise(cost);
        AdviseOnTarget(reading.Attribute, reading.Declaration.Spec);
    }

    /// <summary>Reads the loss, from the constructor or from the property, which is set after it.</summary>
    private string? ReadLoss(AttributeReader network) => network.HasProperty("Loss") || !network.HasArgument("loss", 1)
        ? ReadEnum(network, "Loss", Catalogue.IsLoss, Catalogue.NoLoss)
        : ReadEnum(network, "loss", Catalogue.IsLoss, position: 1);

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

    private List<DeclaredLayer> ReadLayers(AttributeReader network, AttributeReader[] attributes, NumberType number)
    {
        if (attributes.Length == 0)
        {
            _findings.Add(Descriptors.NoLayer, network.Location, _type.Name);
        }

        var layers = new List<DeclaredLayer>();
        foreach (AttributeReader layer in attributes)
        {
            if (layer.Declaration != network.Declaration)
            {
                _findings.Add(Descriptors.SpreadAttributes, layer.Location, _type.Name);
            }

            int? units = ReadSize(layer, "units", "units");
            string? activation = ReadEnum(layer, "activation", Catalogue.IsActivation, position: 1);
            bool useBias = layer.Property("UseBias")?.Value is not false;
            bool mayHaveAlpha = activation is null || Catalogue.Activation(activation).DefaultAlpha is not null;
            double? alpha = ReadParameter(layer, "Alpha", $"Activation.{activation}", mayHaveAlpha, number, double.NegativeInfinity, "a finite number");
            layers.Add(new DeclaredLayer(layer, units, activation, useBias, alpha));
        }

        return layers;
    }

    private int? ReadSize(AttributeReader attribute, string parameter, string what)
    {
        if (attribute.Argument(parameter)?.Value is not int size)
        {
            return null;
        }

        if (size < 1)
        {
            _findings.Add(Descriptors.InvalidSize, attribute.LocationOf(parameter, 0), what, size);
            return null;
        }

        return size;
    }

    /// <summary>Reads a limit, which is an integer above 0; null where there is none.</summary>
    private int? ReadLimit(AttributeReader attribute, string name)
    {
        if (attribute.Property(name)?.Value is not int limit)
        {
            _isComplete &= !attribute.HasProperty(name);
            return null;
        }

        if (limit < 1)
        {
            _findings.Add(Descriptors.OutOfRange, attribute.LocationOf(name), name, limit, "at least 1");
            return null;
        }

        return limit;
    }

    /// <summary>
    /// Reads an enum by the name of its member. A value without a member, or with one that this generator does not know, is reported; then, and where
    /// the source does not compile, the result is null.
    /// </summary>
    private string? ReadEnum(AttributeReader attribute, string name, Func<string, bool> isKnown, string? fallback = null, int position = -1)
    {
        TypedConstant? constant = position >= 0 ? attribute.Argument(name) : attribute.Property(name);
        if (constant is not { Type: { } type, Value: { } value })
        {
            bool isLeftOut = fallback is not null && !attribute.HasProperty(name);
            _isComplete &= isLeftOut;
            return isLeftOut ? fallback : null;
        }

        string? member = EnumMembers.NameOf(type, value);
        if (member is not null && isKnown(member))
        {
            return member;
        }

        _findings.Add(Descriptors.UndefinedValue, attribute.LocationOf(name, position), member ?? value, type.ToDisplayString());
        return null;
    }

    /// <summary>Reads a real parameter that may be set only where it applies, and must be above a bound and finite in the number type.</summary>
    private double? ReadParameter(
        AttributeReader attribute, string name, string owner, bool applies, NumberType number, double above, string expected)
    {
        if (!attribute.HasProperty(name))
        {
            return null;
        }

        if (!applies)
        {
            _findings.Add(Descriptors.ParameterDoesNotApply, attribute.LocationOf(name), owner, name);
            return null;
        }

        if (attribute.Property(name)?.Value is not double value)
        {
            _isComplete = false;
            return null;
        }

        double rounded = number == NumberType.Single ? (float)value : value;
        if (!(rounded > above) || double.IsInfinity(rounded))
        {
            string type = rounded.Equals(value) ? "" : " in single precision";
            _findings.Add(Descriptors.OutOfRange, attribute.LocationOf(name), name, value.ToString(CultureInfo.InvariantCulture), expected + type);
            return null;
        }

        return value;
    }

    private void CheckMembers(string loss, NumberType number, Dialect dialect, bool selfTest)
    {
        foreach (ISymbol hider in HiddenWords.Find(_type, _compilation))
        {
            // What another project has, whose source an editor sees, is not this project's to mend there.
            Location place = hider.Locations.FirstOrDefault(location => _compilation.ContainsSyntaxTree(location.SourceTree)) ?? TypeNames.Place(_type);
            _findings.Add(Descriptors.HiddenWord, place, hider.ToDisplayString(), hider.Name, _type.Name);
        }

        // A field collides with each overload of a method.
        foreach ((Location place, string member) in MemberConflicts.Find(_type, MemberConflicts.Members(loss, number, selfTest, dialect)).Distinct())
        {
            _findings.Add(Descriptors.MemberExists, place, _type.Name, member);
        }
    }

    /// <summary>A declaration that could be read, and what looks at it.</summary>
    private sealed record Reading(
        NetworkDeclaration Declaration, AttributeReader Attribute, ClassChecks Class, NetworkChecks Network, CostChecks Cost);
}
