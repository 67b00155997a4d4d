using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Generator.Model;

/// <summary>A member that the generator adds to the user's class.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">The types of a method's parameters, or null for anything else.</param>
internal sealed record NetworkMember(string Name, IReadOnlyList<string>? Parameters)
{
    /// <summary>The member that an initialiser reads.</summary>
    public const string Layout = "Layout";

    /// <summary>The class of the kernels, where it is nested in the user's.</summary>
    public const string Kernels = "Kernels";

    /// <summary>The member by which a network tests itself.</summary>
    public const string SelfTest = "SelfTest";

    /// <summary>The member by which a network tells the losses of its outputs.</summary>
    public const string OutputLosses = "OutputLosses";

    private static readonly ConcurrentDictionary<(NumberType Number, bool HasLoss, bool HasLabels, bool SelfTest, Dialect Dialect, bool BatchTerms), IReadOnlyList<NetworkMember>> Known = new();

    /// <summary>All members of a network; a test holds this list against the emitted text.</summary>
    /// <param name="number">The number type.</param>
    /// <param name="hasLoss">Whether it has a loss.</param>
    /// <param name="hasLabels">Whether targets may be given as classes.</param>
    /// <param name="selfTest">Whether it can test itself.</param>
    /// <param name="dialect">The dialect: in that of the floor the class of the kernels is nested in the user's.</param>
    /// <param name="batchTerms">Whether batches may have weights.</param>
    public static IReadOnlyList<NetworkMember> Of(NumberType number, bool hasLoss, bool hasLabels, bool selfTest, Dialect dialect, bool batchTerms = false) => Known.GetOrAdd(
        (number, hasLoss, hasLabels, selfTest, dialect, batchTerms), static key => List(key.Number, key.HasLoss, key.HasLabels, key.SelfTest, key.Dialect, key.BatchTerms));

    /// <summary>Those of a network whose first parameters are a file's.</summary>
    public static IReadOnlyList<NetworkMember> OfModelFile { get; } = new[] { new NetworkMember("ModelWeights", null), new NetworkMember("LoadModelWeights", new string[0]) };

    /// <summary>The members of a class that is the network of a model file, whatever is in it.</summary>
    public static IReadOnlyList<NetworkMember> OfModel(NumberType number, bool isTrainable, Dialect dialect)
    {
        if (isTrainable)
        {
            return Of(number, hasLoss: false, hasLabels: false, selfTest: false, dialect).Concat(OfModelFile).ToList();
        }

        string[] predicting = { "InputCount", "OutputCount", "ParameterCount", Layout, "Parameters", Kernels, "Prepare", "ForwardBatch" };
        return Of(number, hasLoss: false, hasLabels: false, selfTest: false, dialect)
            .Where(member => predicting.Contains(member.Name) || (member.Name == "Forward" && member.Parameters!.Count == 2))
            .Concat(new[] { OfModelFile[0], new NetworkMember("Shared", null), new NetworkMember("CopyParametersTo", new[] { $"System.Span<{Type(number)}>" }) })
            .ToList();
    }

    /// <summary>The members of the network of a model file that are named by what is in it, and those that are there because of that.</summary>
    public static IReadOnlyList<NetworkMember> OfModelValues(NetworkSpec spec)
    {
        NetworkGraph graph = spec.Graph;
        IReadOnlyList<NamedForm> forms = spec.IsPredictor ? NamedForm.OfPredictor(graph, graph.InputValues(), graph.OutputValues(), spec.Choices) : NamedForm.Of(graph);
        return NamedMembers.Inputs(graph).Concat(NamedMembers.Outputs(graph)).Select(name => new NetworkMember(name, null)).Concat(forms.Select(form => Of(form, spec.Number))).ToList();
    }

    /// <summary>A member that takes each input and output as a span of its own.</summary>
    public static NetworkMember Of(NamedForm form, NumberType number)
    {
        string t = Type(number);
        return new NetworkMember(form.Name, form.Parameters.Select(parameter => parameter.Part switch
        {
            NamedPart.Gradient => $"NetGen.ParameterBuffer<{t}>",
            NamedPart.Rate => "double",
            _ => parameter.Group is not null ? "System.Span<int>" : parameter.IsResult ? $"System.Span<{t}>" : $"System.ReadOnlySpan<{t}>",
        }).ToList());
    }

    /// <summary>The members that tell the losses of several outputs.</summary>
    public static IEnumerable<NetworkMember> LossesOf(NumberType number, bool batchTerms)
    {
        string t = Type(number);
        string[] parameters = { $"System.ReadOnlySpan<{t}>", $"System.ReadOnlySpan<{t}>", $"System.Span<{t}>" };
        yield return new NetworkMember(OutputLosses, parameters);
        if (batchTerms)
        {
            yield return new NetworkMember(OutputLosses, parameters.Append($"NetGen.BatchTerms<{t}>").ToArray());
        }
    }

    private static string Type(NumberType number) => number == NumberType.Single ? "float" : "double";

    private static IReadOnlyList<NetworkMember> List(NumberType number, bool hasLoss, bool hasLabels, bool selfTest, Dialect dialect, bool batchTerms)
    {
        string t = Type(number);
        string values = $"System.ReadOnlySpan<{t}>";
        string result = $"System.Span<{t}>";
        string buffer = $"NetGen.ParameterBuffer<{t}>";
        var members = new List<NetworkMember>();
        void Other(params string[] names) => members.AddRange(names.Select(name => new NetworkMember(name, null)));
        void Method(string name, params string[] parameters) => members.Add(new NetworkMember(name, parameters));

        Other("InputCount", "OutputCount", "ParameterCount", "TraceLength", Layout, "Parameters");
        if (dialect == Dialect.Floor)
        {
            Other(Kernels);
        }

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
            Method(SelfTest);
        }

        if (!hasLoss)
        {
            return members;
        }

        Method("Backward", values, values, buffer);
        Method("Backward", values, values, buffer, result);
        Method("BackwardBatch", values, values, buffer);
        Method("BackwardBatch", values, values, buffer, result);
        Method("SgdStep", values, values, "double");
        Method("SgdStep", values, values, "double", result);
        if (hasLabels)
        {
            Method("Backward", values, "int", buffer);
            Method("BackwardBatch", values, "System.ReadOnlySpan<int>", buffer);
            Method("SgdStep", values, "int", "double");
        }

        if (batchTerms)
        {
            string terms = $"NetGen.BatchTerms<{t}>";
            Method("BackwardBatch", values, values, buffer, terms);
            Method("BackwardBatch", values, values, buffer, result, terms);
            if (hasLabels)
            {
                Method("BackwardBatch", values, "System.ReadOnlySpan<int>", buffer, terms);
            }
        }

        return members;
    }
}
