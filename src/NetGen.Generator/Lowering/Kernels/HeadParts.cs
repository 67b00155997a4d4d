using System;
using System.Collections.Generic;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>The output, the loss and the delta in straight code: one after another, each under its formula.</summary>
internal static class HeadParts
{
    /// <summary>Lowers them.</summary>
    /// <param name="head">What they are.</param>
    /// <param name="lower">Lowers steps.</param>
    public static IEnumerable<Statement> Lower(this HeadPlan head, Func<IReadOnlyList<Step>, IEnumerable<Statement>> lower)
    {
        foreach (HeadPart part in head.Parts)
        {
            // The output of a linear layer has a name already; a delta gets one.
            if (!part.Steps.OnlyRename() || part == head.Parts[head.Parts.Count - 1])
            {
                yield return new Remark(part.Comment);
            }

            foreach (Statement statement in lower(part.Steps))
            {
                yield return statement;
            }
        }
    }
}
