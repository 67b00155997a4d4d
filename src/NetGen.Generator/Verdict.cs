using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Model;
using NetGen.Generator.Parsing;
using NetGen.Generator.Planning;

namespace NetGen.Generator;

/// <summary>Decides what becomes of a declaration that was read. This takes a plan, and is asked only when the declaration is another one.</summary>
internal static class Verdict
{
    public static NetworkVerdict Of(NetworkReading reading)
    {
        // What it costs can be said whatever the options are that could not be read.
        var excesses = new EquatableArray<Excess>(reading.Declaration is { } declaration ? CostLimits.Exceeded(declaration) : Enumerable.Empty<Excess>());
        List<string> errors = reading.Errors.Concat(excesses.Select(CostChecks.Text)).ToList();
        if (errors.Count == 0 && reading.IsComplete)
        {
            return new NetworkVerdict(reading.Class, reading.Declaration!.Spec, null, 0, excesses);
        }

        return new NetworkVerdict(reading.Class, null, Stub(reading, errors), errors.Count, excesses);
    }

    /// <summary>What becomes of a declaration that the generator failed on.</summary>
    public static NetworkVerdict Failed(NetworkReading reading, string failure)
    {
        List<string> errors = reading.Errors.Append(Findings.Text(Failure.Error(Location.None, reading.Class.Simple, failure))).ToList();
        return new NetworkVerdict(reading.Class, null, Stub(reading, errors), errors.Count, default, failure);
    }

    private static StubSpec? Stub(NetworkReading reading, IReadOnlyList<string> errors) =>
        reading.StandIn is { } standIn ? new StubSpec(standIn, Reason(reading.Class, errors)) : null;

    /// <summary>The first error stands for all: whoever reads it has them in the list of errors.</summary>
    private static string Reason(ClassName type, IReadOnlyList<string> errors) => errors.Count switch
    {
        0 => $"The declaration of the network '{type.Simple}' does not compile",
        1 => errors[0],
        _ => $"{errors[0]} (and {errors.Count - 1} more)",
    };
}
