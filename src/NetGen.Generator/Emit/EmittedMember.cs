using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;

namespace NetGen.Generator.Emit;

/// <summary>A member that the generator adds to the user's class.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">The types of a method's parameters, or null for anything else.</param>
internal sealed record EmittedMember(string Name, IReadOnlyList<string>? Parameters)
{
    /// <summary>The member that an initialiser reads.</summary>
    public const string Layout = "Layout";

    /// <summary>All members of a network; a test holds this list against the emitted text.</summary>
    public static IReadOnlyList<EmittedMember> Of(string loss, NumberType number, bool selfTest = false)
    {
        string t = number == NumberType.Single ? "float" : "double";
        string values = $"System.ReadOnlySpan<{t}>";
        string result = $"System.Span<{t}>";
        string buffer = $"NetGen.ParameterBuffer<{t}>";
        var members = new List<EmittedMember>();
        void Other(params string[] names) => members.AddRange(names.Select(name => new EmittedMember(name, null)));
        void Method(string name, params string[] parameters) => members.Add(new EmittedMember(name, parameters));

        // The class of kernels is nested in the user's in the floor dialect, and while a network is wrong in any.
        Other("InputCount", "OutputCount", "ParameterCount", "TraceLength", Layout, "Parameters", EmitContext.Kernels);
        Method("CreateGradient");
        Method("Initialize", "ulong");
        Method("Prepare");
        Method("Forward", values, result);
        Method("Forward", values, result, result);
        Method("Activations", values, "int");
        Method("ForwardBatch", values, result);
        Method("Backward", values, values, values, buffer);
        Method("Backward", values, values, values, buffer, result);
        if (selfTest)
        {
            Method(SelfTestMember.Name);
        }

        if (Catalogue.Loss(loss) is not { } formula)
        {
            return members;
        }

        Method("Backward", values, values, buffer);
        Method("Backward", values, values, buffer, result);
        Method("BackwardBatch", values, values, buffer);
        Method("BackwardBatch", values, values, buffer, result);
        Method("SgdStep", values, values, "double");
        Method("SgdStep", values, values, "double", result);
        if (formula.HasLabels)
        {
            Method("Backward", values, "int", buffer);
            Method("BackwardBatch", values, "System.ReadOnlySpan<int>", buffer);
            Method("SgdStep", values, "int", "double");
        }

        return members;
    }
}
