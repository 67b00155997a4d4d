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

    public override IEnumerable<string> Results => Steps.Select(step => step.Name);

    public override IEnumerable<string> Operands => Steps.SelectMany(step => step.Value.Symbols()).Distinct().Except(Results);
}
