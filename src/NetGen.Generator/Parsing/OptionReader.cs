using System;
using System.Globalization;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>Reads the arguments of attributes, each with the error that belongs to it. What could not be read is null.</summary>
internal sealed class OptionReader
{
    private readonly Findings _findings;

    /// <summary>Prepares the reading.</summary>
    /// <param name="findings">Receives what is wrong.</param>
    /// <param name="formulas">Reads formulas that the class has itself.</param>
    public OptionReader(Findings findings, FormulaReader formulas)
    {
        _findings = findings;
        Formulas = formulas;
    }

    /// <summary>Reads formulas that the class has itself.</summary>
    public FormulaReader Formulas { get; }

    /// <summary>Whether nothing was left out because it does not compile.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>The number type of the network, in which real numbers must be finite.</summary>
    public NumberType Number { get; set; }

    /// <summary>Reads a size, which is an integer above 0.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="parameter">The parameter of its constructor.</param>
    /// <param name="what">What it is the number of.</param>
    /// <param name="position">The position of the parameter.</param>
    public int? Size(AttributeReader attribute, string parameter, string what, int position = 0)
    {
        if (attribute.Argument(parameter)?.Value is not int size)
        {
            return null;
        }

        if (size < 1)
        {
            _findings.Add(Descriptors.InvalidSize, attribute.LocationOf(parameter, position), what, size);
            return null;
        }

        return size;
    }

    /// <summary>Reads a limit, which is an integer above 0; null where there is none.</summary>
    public int? Limit(AttributeReader attribute, string name)
    {
        if (attribute.Property(name)?.Value is not int limit)
        {
            IsComplete &= !attribute.HasProperty(name);
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
    public string? Member(AttributeReader attribute, string name, Func<string, bool> isKnown, string? fallback = null, int position = -1)
    {
        TypedConstant? constant = position >= 0 ? attribute.Argument(name) : attribute.Property(name);
        if (constant is not { Type: { } type, Value: { } value })
        {
            bool isLeftOut = fallback is not null && !attribute.HasProperty(name);
            IsComplete &= isLeftOut;
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

    /// <summary>Reads a real property that may be set only where it applies, and must be above a bound, below another, and finite in the number type; null where it is not set.</summary>
    public double? Real(AttributeReader attribute, string name, double above, string expected, string owner = "", bool applies = true, double below = double.PositiveInfinity)
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
            IsComplete = false;
            return null;
        }

        if (Fault(name, value, above, expected, Number, below) is { } fault)
        {
            _findings.Add(Descriptors.OutOfRange, attribute.LocationOf(name), fault);
            return null;
        }

        return value;
    }

    /// <summary>Reads a loss with what belongs to it: its name from the constructor, where it is the second argument, or from the property, which is set after it.</summary>
    /// <param name="attribute">The attribute of a network or of a head.</param>
    /// <param name="hasWeight">Whether it may say a weight.</param>
    public DeclaredLoss Loss(AttributeReader attribute, bool hasWeight)
    {
        bool isArgument = hasWeight || (!attribute.HasProperty("Loss") && attribute.HasArgument("loss", 1));
        bool isOwn = isArgument && attribute.IsText("loss");
        string? loss = isOwn ? Catalogue.Own
            : isArgument ? Member(attribute, "loss", Catalogue.IsLoss, position: 1) : Member(attribute, "Loss", Catalogue.IsLoss, Catalogue.NoLoss);
        OwnFormula? own = isOwn ? Formulas.Read(attribute.Argument("loss")?.Value as string, FormulaUse.Loss, Number, attribute.LocationOf("loss", 1)) : null;
        IsComplete &= !isOwn || own is not null;
        string owner = isOwn ? "A formula" : "Loss." + loss;
        string? reduction = Member(attribute, "Reduction", name => name is "Mean" or "Sum", "Mean");
        bool mayHaveDelta = loss is null || Catalogue.Loss(loss)?.DefaultDelta is not null;
        double? delta = Real(attribute, "Delta", above: 0, "a finite number above 0", owner, mayHaveDelta);
        double? weight = hasWeight ? Real(attribute, "Weight", double.NegativeInfinity, "a finite number", owner, loss != Catalogue.NoLoss) : null;
        bool maySmooth = loss is null || Catalogue.Loss(loss) is { HasLabelSmoothing: true };
        double? smoothing = Real(attribute, "LabelSmoothing", above: 0, "above 0 and below 1", owner, maySmooth, below: 1);
        return new DeclaredLoss(
            loss, reduction, delta, weight ?? 1, attribute.HasProperty("Reduction"), attribute.HasProperty("Delta"),
            name => name != DeclaredLoss.Argument ? attribute.LocationOf(name)
                : attribute.HasProperty("Loss") ? attribute.LocationOf("Loss") : attribute.LocationOf("loss", 1))
        {
            Own = own,
            LabelSmoothing = smoothing ?? 0,
        };
    }

    /// <summary>Reads a property that is true or false.</summary>
    public bool Flag(AttributeReader attribute, string name, bool fallback) => attribute.Property(name)?.Value is bool value ? value : fallback;

    /// <summary>What is wrong with a real number, as the message has it, or null.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="value">The number.</param>
    /// <param name="above">What it must be above, once it is rounded.</param>
    /// <param name="expected">The same in words.</param>
    /// <param name="number">The number type.</param>
    /// <param name="below">What it must be below.</param>
    public static object[]? Fault(string name, double value, double above, string expected, NumberType number, double below = double.PositiveInfinity)
    {
        double rounded = number == NumberType.Single ? (float)value : value;
        if (rounded > above && rounded < below && !double.IsInfinity(rounded))
        {
            return null;
        }

        string type = rounded.Equals(value) ? "" : " in single precision";
        return new object[] { name, value.ToString(CultureInfo.InvariantCulture), expected + type };
    }
}
