using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Generator.Model;

/// <summary>
/// A member that takes each input and each output of a sample as a span of its own. It is there where values go by names, beside the member that takes them one after
/// another. It has a name of its own, for spans are told apart by their order alone: <c>Forward(x, y, z)</c> is one with a trace already.
/// </summary>
/// <param name="Member">The member that it calls.</param>
/// <param name="ReturnsLoss">Whether it returns the loss.</param>
/// <param name="Parameters">Its parameters, in order.</param>
internal sealed record NamedForm(string Member, bool ReturnsLoss, IReadOnlyList<NamedParameter> Parameters)
{
    private const string Suffix = "Named";

    /// <summary>The input that says of each action whether it is legal, 1 if so, as files of ML-Agents call it.</summary>
    private const string Masks = "ActionMasks";

    /// <summary>What no value is called by: parameters that are no values, and variables.</summary>
    private static readonly string[] Reserved = { "trace", "gradient", "learningRate", "inputs", "outputs", "targets", "outputGradients", "inputGradients" };

    /// <summary>Its name.</summary>
    public string Name => Member + Suffix;

    /// <summary>An input that callers do not give, and that is 1 throughout: a mask where all actions are legal. Null if they give all.</summary>
    public NamedValues? AllLegal { get; init; }

    /// <summary>Those of a network.</summary>
    public static IReadOnlyList<NamedForm> Of(NetworkGraph graph) => Of(graph, graph.InputValues(), graph.OutputValues());

    /// <summary>Those of what only computes outputs.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="outputs">Its outputs.</param>
    /// <param name="choices">The outputs that are whole numbers.</param>
    public static IReadOnlyList<NamedForm> OfPredictor(NetworkGraph graph, IReadOnlyList<NamedValues> inputs, IReadOnlyList<NamedValues> outputs, IReadOnlyList<ChosenOutput> choices)
    {
        if (!graph.HasNamedValues && choices.Count == 0)
        {
            return Array.Empty<NamedForm>();
        }

        IEnumerable<NamedParameter> results = outputs.Select((output, index) => new NamedParameter(NamedPart.Output, Camel(output.Name), output)
        {
            Group = choices.FirstOrDefault(choice => choice.Output == index)?.Group,
        });
        NamedForm Of(IEnumerable<NamedValues> given) =>
            new("Forward", ReturnsLoss: false, Distinct(given.Select(input => new NamedParameter(NamedPart.Input, Camel(input.Name), input)).Concat(results)));
        return inputs.Count > 1 && inputs.FirstOrDefault(input => input.Name == Masks) is { } masks
            ? new[] { Of(inputs), Of(inputs.Where(input => input != masks)) with { AllLegal = masks } }
            : new[] { Of(inputs) };
    }

    /// <summary>Those of a network with the sizes that are known of it.</summary>
    public static IReadOnlyList<NamedForm> Of(NetworkGraph graph, IReadOnlyList<NamedValues> inputs, IReadOnlyList<NamedValues> outputs)
    {
        if (!graph.HasNamedValues)
        {
            return Array.Empty<NamedForm>();
        }

        NamedValues[] targets = outputs.Where((_, index) => graph.Outputs[index].Loss.Name != LossSpec.None).ToArray();
        var forms = new List<NamedForm>();
        var newTrace = new NamedParameter(NamedPart.NewTrace, "trace");
        var trace = new NamedParameter(NamedPart.Trace, "trace");
        var gradient = new NamedParameter(NamedPart.Gradient, "gradient");
        void Add(string member, bool returnsLoss, params IEnumerable<NamedParameter>[] parts) => forms.Add(new NamedForm(member, returnsLoss, Distinct(parts.SelectMany(part => part))));
        IEnumerable<NamedParameter> One(NamedParameter parameter) => new[] { parameter };
        IEnumerable<NamedParameter> Each(NamedPart part, IEnumerable<NamedValues> values, string suffix = "") => values.Select(one => new NamedParameter(part, Camel(one.Name) + suffix, one));
        IEnumerable<NamedParameter> given = Each(NamedPart.Input, inputs);
        IEnumerable<NamedParameter> inputGradients = Each(NamedPart.InputGradient, inputs, "Gradient");
        var names = new HashSet<string>(inputs.Select(input => Camel(input.Name)), StringComparer.Ordinal);

        // Of an input and an output with one name, xGradient belongs to the input x in every member, as x does.
        IEnumerable<NamedParameter> outputGradients = outputs.Select(output =>
            new NamedParameter(NamedPart.OutputGradient, Camel(output.Name) + (names.Contains(Camel(output.Name)) ? "OutputGradient" : "Gradient"), output));
        IEnumerable<NamedParameter> results = Each(NamedPart.Output, outputs);
        Add("Forward", false, given, results);
        Add("Forward", false, given, results, One(newTrace));
        Add("Backward", false, given, One(trace), outputGradients, One(gradient));
        Add("Backward", false, given, One(trace), outputGradients, One(gradient), inputGradients);
        if (targets.Length > 0)
        {
            IEnumerable<NamedParameter> wanted = Each(NamedPart.Target, targets, "Target");
            Add("Backward", true, given, wanted, One(gradient));
            Add("Backward", true, given, wanted, One(gradient), inputGradients);
            Add("SgdStep", true, given, wanted, One(new NamedParameter(NamedPart.Rate, "learningRate")));
        }

        return forms;
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);

    /// <summary>Parameters that each have a name of their own: an input and an output may have one name.</summary>
    private static IReadOnlyList<NamedParameter> Distinct(IEnumerable<NamedParameter> parameters)
    {
        var taken = new HashSet<string>(Reserved, StringComparer.Ordinal);
        var all = new List<NamedParameter>();
        foreach (NamedParameter parameter in parameters)
        {
            string name = parameter.Name;
            while (parameter.Values is not null && !taken.Add(name))
            {
                name += parameter.Part == NamedPart.Output && name == parameter.Name ? "Output" : "_";
            }

            all.Add(parameter with { Name = name });
        }

        return all;
    }
}

/// <summary>A parameter of such a member.</summary>
/// <param name="Part">What it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Values">The values that it takes, if it takes some of a sample.</param>
internal sealed record NamedParameter(NamedPart Part, string Name, NamedValues? Values = null)
{
    /// <summary>Where it is whole numbers: of each group of so many values which is the largest.</summary>
    public int? Group { get; init; }

    /// <summary>How many values or whole numbers it takes.</summary>
    public int Count => Group is { } group ? Values!.Count / group : Values!.Count;

    /// <summary>Whether it is written.</summary>
    public bool IsResult => Part is NamedPart.Output or NamedPart.InputGradient or NamedPart.NewTrace;
}

/// <summary>What a parameter of such a member is.</summary>
internal enum NamedPart
{
    Input,
    Output,
    NewTrace,
    Trace,
    Target,
    OutputGradient,
    Gradient,
    InputGradient,
    Rate,
}
