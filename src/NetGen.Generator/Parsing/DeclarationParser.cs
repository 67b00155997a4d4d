using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Emit;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Parsing;

/// <summary>
/// Reads a declaration: all of it or everything that is wrong with it. The generator takes the specification, the analyzer the
/// diagnostics. Where the source does not compile the compiler speaks, and the result is neither.
/// </summary>
internal sealed class DeclarationParser
{
    public const string NetworkAttribute = "NetGen.NetworkAttribute";
    public const string DenseAttribute = "NetGen.DenseAttribute";

    private readonly INamedTypeSymbol _type;
    private readonly CSharpCompilation _compilation;
    private readonly List<Diagnostic> _diagnostics = new();
    private bool _isComplete = true;

    private DeclarationParser(INamedTypeSymbol type, CSharpCompilation compilation)
    {
        _type = type;
        _compilation = compilation;
    }

    /// <summary>Reads the declaration on a type.</summary>
    /// <returns>A specification, or null with the diagnostics that say why; null and none where there is no declaration.</returns>
    public static (NetworkSpec? Spec, IReadOnlyList<Diagnostic> Diagnostics) Parse(
        INamedTypeSymbol type, CSharpCompilation compilation, CancellationToken cancellation)
    {
        var parser = new DeclarationParser(type, compilation);
        NetworkSpec? spec = parser.Parse(cancellation);
        return (parser._diagnostics.Count == 0 ? spec : null, parser._diagnostics);
    }

    private NetworkSpec? Parse(CancellationToken cancellation)
    {
        AttributeReader[] Readers(string name) => _type.GetAttributes()
            .Where(data => data.AttributeClass?.ToDisplayString() == name)
            .Select(data => new AttributeReader(data, cancellation))
            .ToArray();
        AttributeReader[] networks = Readers(NetworkAttribute);
        AttributeReader[] layers = Readers(DenseAttribute);
        if (networks.Length == 0)
        {
            if (layers.Length > 0)
            {
                Report(Descriptors.LayerWithoutNetwork, layers[0].Location, _type.Name);
            }

            return null;
        }

        AttributeReader network = networks[0];
        CheckType(network);
        CheckTarget(network);
        cancellation.ThrowIfCancellationRequested();

        int inputs = ReadSize(network, "inputs", "inputs");
        string precision = ReadEnum(network, "Precision", name => Enum.TryParse<NumberType>(name, out _)) ?? nameof(NumberType.Single);
        var number = (NumberType)Enum.Parse(typeof(NumberType), precision);
        List<LayerSpec> specs = ReadLayers(network, layers, number);
        string loss = ReadEnum(network, "Loss", Catalogue.IsLoss) ?? "None";
        string reduction = ReadEnum(network, "Reduction", name => name is "Mean" or "Sum") ?? "Mean";
        string arithmetic = ReadEnum(network, "Arithmetic", name => name is "Strict" or "Fused") ?? "Strict";
        string unroll = ReadEnum(network, "Unroll", name => Enum.TryParse<Unrolling>(name, out _)) ?? nameof(Unrolling.Auto);
        bool selfTest = network.Property("SelfTest")?.Value is true;
        bool hasDelta = Catalogue.Loss(loss)?.DefaultDelta is not null;
        double? delta = ReadParameter(network, "Delta", "Loss." + loss, hasDelta, number, 0, "a finite number above 0");
        if (networks.Length > 1 || !TypeNames.AreComplete(_type) || !_isComplete)
        {
            return null;
        }

        CheckLoss(network, loss, specs);
        CheckCost(network, layers, inputs, specs, number);
        CheckMembers(loss, number, selfTest);
        if (_diagnostics.Count > 0)
        {
            return null;
        }

        return new NetworkSpec(
            TypeNames.Describe(_type),
            inputs,
            new EquatableArray<LayerSpec>(specs),
            loss,
            reduction == "Sum",
            delta,
            number,
            arithmetic == "Fused",
            (Unrolling)Enum.Parse(typeof(Unrolling), unroll),
            TargetProbe.Probe(_compilation),
            selfTest);
    }

    private void CheckType(AttributeReader network)
    {
        Location name = NameOf(network.Declaration);
        string? unsupported = this switch
        {
            { _type.TypeKind: not TypeKind.Class } => "not a class",
            { _type.IsRecord: true } => "a record, whose copies would share their parameters",
            { _type.IsStatic: true } => "static",
            _ => null,
        };
        if (unsupported is not null)
        {
            Report(Descriptors.UnsupportedType, name, _type.Name, unsupported);
        }

        if (network.Declaration is not null && !HasModifier(network.Declaration, "partial"))
        {
            Report(Descriptors.NotPartial, name, _type.Name);
        }

        foreach (SyntaxNode declaration in network.Declaration?.AncestorsAndSelf() ?? Enumerable.Empty<SyntaxNode>())
        {
            if (declaration is not TypeDeclarationSyntax type)
            {
                continue;
            }

            if (HasModifier(type, "file"))
            {
                Report(Descriptors.UnsupportedType, NameOf(type), type.Identifier.ValueText, "local to its file, where a generated file cannot reach it");
            }

            if (type.TypeParameterList is { } parameters)
            {
                Report(Descriptors.Generic, parameters.GetLocation(), type.Identifier.ValueText);
            }

            if (type != network.Declaration && !HasModifier(type, "partial"))
            {
                Report(Descriptors.ContainingTypeNotPartial, NameOf(type), type.Identifier.ValueText, _type.Name);
            }
        }
    }

    private void CheckTarget(AttributeReader network)
    {
        if (TargetProbe.Missing(_compilation) is { } missing)
        {
            Report(Descriptors.UnsupportedTarget, network.Location, _type.Name, missing);
        }
    }

    private List<LayerSpec> ReadLayers(AttributeReader network, AttributeReader[] layers, NumberType number)
    {
        var specs = new List<LayerSpec>();
        if (layers.Length == 0)
        {
            Report(Descriptors.NoLayer, network.Location, _type.Name);
        }

        foreach (AttributeReader layer in layers)
        {
            if (layer.Declaration != network.Declaration)
            {
                Report(Descriptors.SpreadAttributes, layer.Location, _type.Name);
            }

            int units = ReadSize(layer, "units", "units");
            string? activation = ReadEnum(layer, "activation", Catalogue.IsActivation, position: 1);
            bool useBias = layer.Property("UseBias")?.Value is not false;
            _isComplete &= activation is not null;
            bool hasAlpha = activation is null || Catalogue.Activation(activation).DefaultAlpha is not null;
            double? alpha = ReadParameter(layer, "Alpha", $"Activation.{activation}", hasAlpha, number, double.NegativeInfinity, "a finite number");
            specs.Add(new LayerSpec(units, activation ?? "Identity", useBias, alpha));
        }

        return specs;
    }

    private int ReadSize(AttributeReader attribute, string parameter, string what)
    {
        if (attribute.Argument(parameter)?.Value is not int size)
        {
            _isComplete = false;
            return 1;
        }

        if (size < 1)
        {
            Report(Descriptors.InvalidSize, attribute.LocationOf(parameter, 0), what, size);
            _isComplete = false;
        }

        return size;
    }

    /// <summary>
    /// Reads an enum by the name of its member. A value without a member, or with one that this generator does not know, is reported;
    /// a property that was not set gives null.
    /// </summary>
    private string? ReadEnum(AttributeReader attribute, string name, Func<string, bool> isKnown, int position = -1)
    {
        TypedConstant? constant = position >= 0 ? attribute.Argument(name) : attribute.Property(name);
        if (constant is not { Type: { } type, Value: { } value })
        {
            _isComplete &= position < 0 && !attribute.HasProperty(name);
            return null;
        }

        string? member = type.GetMembers().OfType<IFieldSymbol>()
            .FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, value))?.Name;
        if (member is not null && isKnown(member))
        {
            return member;
        }

        Report(Descriptors.UndefinedValue, attribute.LocationOf(name, position), member ?? value, type.ToDisplayString());
        _isComplete = false;
        return null;
    }

    /// <summary>Reads a real parameter that may be set only where it applies, and must be finite and above a bound as a number of the network's type.</summary>
    private double? ReadParameter(AttributeReader attribute, string name, string owner, bool applies, NumberType number, double above, string expected)
    {
        if (!attribute.HasProperty(name))
        {
            return null;
        }

        if (!applies)
        {
            Report(Descriptors.ParameterDoesNotApply, attribute.LocationOf(name), owner, name);
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
            Report(Descriptors.InvalidParameter, attribute.LocationOf(name), name, value.ToString(CultureInfo.InvariantCulture), expected + type);
            return null;
        }

        return value;
    }

    private void CheckLoss(AttributeReader network, string loss, List<LayerSpec> layers)
    {
        if (Catalogue.Loss(loss) is not { HasReduction: true } && network.HasProperty("Reduction"))
        {
            Report(Descriptors.ReductionDoesNotApply, network.LocationOf("Reduction"), "Loss." + loss);
        }

        if (layers.Count > 0 && Catalogue.Loss(loss) is { } formula && !formula.Accepts(layers.Last().Activation))
        {
            Report(Descriptors.LossDoesNotFit, network.LocationOf("Loss"), "Loss." + loss, formula.Needs!, layers.Last().Activation);
        }
    }

    private void CheckCost(AttributeReader network, AttributeReader[] layers, int inputs, List<LayerSpec> specs, NumberType number)
    {
        for (int count = 1; count <= specs.Count; count++)
        {
            IEnumerable<LayerSpec> soFar = specs.Take(count);
            long elements = Planner.BufferLength(inputs, soFar);
            long stack = Planner.StackBytes(soFar, number);
            if (elements > Limits.BufferElements)
            {
                Report(Descriptors.TooLarge, layers[count - 1].LocationOf("units", 0), _type.Name, elements, "parameters, padding included", Limits.BufferElements);
                return;
            }

            if (stack > Limits.StackBytes)
            {
                Report(Descriptors.TooLarge, layers[count - 1].LocationOf("units", 0), _type.Name, stack, "bytes of stack per call", Limits.StackBytes);
                return;
            }
        }
    }

    private void CheckMembers(string loss, NumberType number, bool selfTest)
    {
        foreach (ISymbol hider in HiddenWords.Find(_type, _compilation))
        {
            Location place = hider.Locations.FirstOrDefault(location => location.IsInSource) ?? TypeNames.Place(_type);
            Report(Descriptors.HiddenWord, place, hider.ToDisplayString(), hider.Name, _type.Name);
        }

        foreach ((Location place, string member) in MemberConflicts.Find(_type, EmittedMember.Of(loss, number, selfTest)))
        {
            Report(Descriptors.MemberExists, place, _type.Name, member);
        }
    }

    private static bool HasModifier(SyntaxNode? declaration, string modifier) =>
        declaration is MemberDeclarationSyntax member && member.Modifiers.Any(token => token.ValueText == modifier);

    private static Location NameOf(SyntaxNode? declaration) =>
        (declaration as BaseTypeDeclarationSyntax)?.Identifier.GetLocation() ?? Location.None;

    private void Report(DiagnosticDescriptor descriptor, Location location, params object[] arguments) =>
        _diagnostics.Add(Diagnostic.Create(descriptor, location, arguments));
}
