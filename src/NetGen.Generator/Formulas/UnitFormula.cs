using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Model;

namespace NetGen.Generator.Formulas;

/// <summary>What a layer computes unit by unit, with sums over its units: all that it reads has a value for each unit, or one for the layer.</summary>
/// <param name="Text">As it is printed, with quantities in braces, such as <c>{z} = {x} + {x2}</c>.</param>
/// <param name="Steps">How it is computed.</param>
internal sealed record UnitFormula(string Text, IReadOnlyList<Step> Steps) : Computation
{
    public UnitFormula(string text, params Step[] steps)
        : this(text, (IReadOnlyList<Step>)steps)
    {
    }

    /// <summary>Units of a group, where it goes over each group of neighbouring units by itself; null where they are all one. Its sums are not in lanes then.</summary>
    public int? Group { get; init; }

    /// <summary>
    /// Whether it goes over the values of the first node that the layer reads: z, of which there is one, is a sum over these, none of its sums is in lanes, and all nodes that it reads have as many.
    /// </summary>
    public bool OverInputs { get; init; }

    /// <summary>How many values it goes over.</summary>
    /// <param name="inputs">Values of the first node that the layer reads.</param>
    /// <param name="units">Values that the layer computes.</param>
    public int Over(int inputs, int units) => OverInputs ? inputs : units;

    /// <summary>Single values of quantities that the steps call by names of their own.</summary>
    public IReadOnlyList<QuantityElement> Elements { get; init; } = new QuantityElement[0];

    public override IEnumerable<string> Results => Steps.Select(step => QuantityOf(step.Name)).Distinct();

    public override IEnumerable<string> Operands => Steps.SelectMany(step => step.Value.Symbols()).Distinct().Except(Steps.Select(step => step.Name)).Select(QuantityOf).Distinct();

    private string QuantityOf(string name) => Elements.FirstOrDefault(element => element.Name == name)?.Quantity ?? name;
}

/// <summary>A single value of a quantity.</summary>
/// <param name="Name">How a formula calls it.</param>
/// <param name="Quantity">The quantity.</param>
/// <param name="Index">Which of its values, from 0.</param>
internal sealed record QuantityElement(string Name, string Quantity, int Index);
