using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>The buffers that the kernels of a network share, under the names that they have in all of them; scalar kernels as spans, those of vectors as references to them.</summary>
internal sealed class NetworkBuffers
{
    /// <summary>The sum of the losses of several outputs.</summary>
    public const string TotalLoss = "totalLoss";

    private readonly NetworkPlan _plan;

    public NetworkBuffers(NetworkPlan plan)
    {
        _plan = plan;
        int length = plan.BufferLength;
        Parameters = new Buffer("parameters", length, BufferKind.Parameters);
        Gradient = new Buffer("gradient", length, BufferKind.Parameters);
        P = new Buffer("p", length);
        G = new Buffer("g", length);
        Input = new Buffer("input", plan.Spec.Inputs, BufferKind.Values);
        Target = new Buffer("target", plan.TargetCount, BufferKind.Values);
        Output = new Buffer("output", plan.OutputCount);
        OutputGradient = new Buffer("outputGradient", plan.OutputCount, BufferKind.Values);
        InputGradient = new Buffer("inputGradient", plan.Spec.Inputs, MayBeEmpty: true);
        Trace = new Buffer("trace", plan.TraceLength);
        KeptTrace = Trace with { Kind = BufferKind.Values };
        X = new Buffer("x", plan.Spec.Inputs);
        Y = new Buffer("y", plan.TargetCount);
        Rounding = new Rounding(plan.RoundsByCast);
        Backpropagate = new Signature(
            "Backpropagate",
            new KernelParameter[] { Parameters, Input, Target, Gradient, KernelParameter.Number("scale"), InputGradient },
            Returns: NumberKind.Number);
        Inputs = Input with { Name = "inputs", Size = (Index)Batch * plan.Spec.Inputs };
        Outputs = Output with { Name = "outputs", Size = (Index)Batch * plan.OutputCount };
        Labels = new Buffer("labels", Batch, BufferKind.Labels, MayBeEmpty: true);
        Targets = Target with { Name = "targets", Size = Outputs.Size, OnlyWhere = plan.HasLabels ? !new IsGiven(Labels.Name) : null };
        InputGradients = InputGradient with { Name = "inputGradients", Size = Inputs.Size };
        ForwardBatch = new Signature("ForwardBatch", Parameters, Inputs, Outputs, Batch);
        KernelParameter[] labels = plan.HasLabels ? new KernelParameter[] { Labels } : System.Array.Empty<KernelParameter>();
        Weights = new Buffer("weights", Batch, BufferKind.Values, MayBeEmpty: true);
        Allowed = new Buffer("allowed", Outputs.Size, BufferKind.Flags, MayBeEmpty: true);
        KernelParameter[] terms = plan.Spec.BatchTerms ? new KernelParameter[] { Weights, Allowed } : System.Array.Empty<KernelParameter>();
        BackpropagateBatch = new Signature(
            "BackpropagateBatch",
            new KernelParameter[] { Parameters, Inputs, Targets }
                .Concat(labels)
                .Concat(terms)
                .Concat(new KernelParameter[] { Gradient, Batch, KernelParameter.Number("scale"), InputGradients })
                .ToArray(),
            Returns: NumberKind.Double);
        Backward = new Signature("Backward", Parameters, Input, KeptTrace, OutputGradient, Gradient, InputGradient);
    }

    /// <summary>All parameters, as members have them.</summary>
    public Buffer Parameters { get; }

    /// <summary>The buffer that receives a gradient, as members have it.</summary>
    public Buffer Gradient { get; }

    /// <summary>All parameters.</summary>
    public Buffer P { get; }

    /// <summary>The buffer that receives a gradient.</summary>
    public Buffer G { get; }

    public Buffer Input { get; }

    public Buffer Target { get; }

    public Buffer Output { get; }

    public Buffer OutputGradient { get; }

    /// <summary>Receives dL/dx where it is asked for.</summary>
    public Buffer InputGradient { get; }

    public Buffer Trace { get; }

    /// <summary>The trace where it is only read.</summary>
    public Buffer KeptTrace { get; }

    public Buffer X { get; }

    public Buffer Y { get; }

    /// <summary>The samples of a batch: as many as there is memory for.</summary>
    public Count Batch { get; } = new("m", int.MaxValue);

    public Buffer Inputs { get; }

    public Buffer Outputs { get; }

    /// <summary>The targets of a batch, where there are no labels.</summary>
    public Buffer Targets { get; }

    /// <summary>The classes of the samples of a batch, where these are given.</summary>
    public Buffer Labels { get; }

    /// <summary>The weights of the samples of a batch, where they have any.</summary>
    public Buffer Weights { get; }

    /// <summary>What is allowed of the outputs of every sample, where not all is.</summary>
    public Buffer Allowed { get; }

    /// <summary>Receives dL/dx of every sample where it is asked for.</summary>
    public Buffer InputGradients { get; }

    public Signature ForwardBatch { get; }

    public Signature BackpropagateBatch { get; }

    public Rounding Rounding { get; }

    public Signature Backpropagate { get; }

    public Signature Backward { get; }

    /// <summary>Forward, with or without a trace.</summary>
    public Signature Forward(bool withTrace) => new(
        "Forward", new KernelParameter[] { Parameters, Input, Output }.Concat(withTrace ? new KernelParameter[] { Trace } : System.Array.Empty<KernelParameter>()).ToArray());

    /// <summary>The values of an output in those of all outputs: the buffer itself where it is the only one.</summary>
    public static Buffer PartOf(Buffer all, OutputPlan output) =>
        output.Number is { } number ? new Buffer(all.Name + Notation.Text(number), output.Layer.Units) : all;

    /// <summary>Declares such a part.</summary>
    public static IEnumerable<Statement> Part(Buffer all, OutputPlan output) =>
        output.Number is null ? Enumerable.Empty<Statement>() : new[] { new View(PartOf(all, output), all, output.Start) };

    /// <summary>Memory for the targets of a block that are not read where the caller has them; null where there are none.</summary>
    public Buffer? MadeTargets(int samples) => _plan.Spec.BatchTerms ? new Buffer("targetRows", samples * _plan.TargetCount)
        : _plan.HasLabels ? new Buffer("classes", samples * _plan.OutputCount) { OnlyWhere = new IsGiven(Labels.Name) }
        : null;

    /// <summary>Makes what the kernels read in place of targets, for some samples.</summary>
    public FillTargets FillTargets(Index first, Count samples, Buffer rows) => new(Targets, _plan.HasLabels ? Labels : null, Weights, Allowed, first, samples, rows, _plan.Outputs);

    /// <summary>What a loss reads of an output's targets, and where.</summary>
    /// <param name="y">Those of the output.</param>
    /// <param name="output">The output.</param>
    /// <param name="hasTerms">Whether there is more than targets.</param>
    public static IEnumerable<(string Quantity, QuantityPlace Place)> TargetPlaces(Buffer y, OutputPlan output, bool hasTerms)
    {
        yield return (Quantity.Y, y);
        if (hasTerms)
        {
            yield return (Quantity.SampleWeight, new QuantityPlace(y, output.Layer.Units, IsSingle: true));
            yield return (Quantity.Allowed, new QuantityPlace(y, output.Layer.Units + 1));
        }
    }

    /// <summary>A quantity of each unit of a layer, such as <c>z1</c>.</summary>
    public static Buffer Of(string quantity, LayerPlan layer) => new(quantity + Notation.Text(layer.Number), layer.Units);

    /// <summary>A quantity that a trace keeps beside z and a, such as <c>kept3Normalized</c>: no variable of a formula is called so.</summary>
    public static Buffer Of(KeptQuantity kept, LayerPlan layer) =>
        new($"kept{Notation.Text(layer.Number)}{char.ToUpperInvariant(kept.Name[0])}{kept.Name.Substring(1)}", kept.Values);

    /// <summary>Declares <c>z</c> or <c>a</c> of a layer as a part of a trace, where it holds it.</summary>
    public static IEnumerable<Statement> Traced(string quantity, LayerPlan layer, Buffer trace) =>
        (quantity == "z" ? layer.TraceZ : layer.TraceA) is { } place ? new[] { new View(Of(quantity, layer), trace, place) } : Enumerable.Empty<Statement>();

    /// <summary>Declares the other quantities of a layer that a trace holds.</summary>
    public static IEnumerable<Statement> Kept(LayerPlan layer, Buffer trace) => layer.Kept.Select(kept => new View(Of(kept, layer), trace, kept.Place));

    /// <summary>A node that a layer reads: an input or the output of another layer.</summary>
    public Buffer InputOf(ReadPlan read) => read.Given is { } given ? InputOf(given, read.Values) : Of("a", _plan.Layer(read.Layer));

    /// <summary>An input: <c>x</c> where it is the only one, else <c>x1</c>, <c>x2</c>.</summary>
    public Buffer InputOf(GivenValues given, int count) => given.Number is { } number ? new Buffer(X.Name + Notation.Text(number), count) : X;

    /// <summary>The inputs that some layers read, each with one that does.</summary>
    public IEnumerable<(ReadPlan Read, Buffer Buffer)> ReadInputs(IEnumerable<LayerPlan> layers) => layers.SelectMany(layer => layer.Reads)
        .Where(read => read.IsInput)
        .GroupBy(read => read.Given)
        .OrderBy(reads => reads.Key!.Start)
        .Select(reads => (reads.First(), InputOf(reads.First()).Padded()));

    /// <summary>Those that some layers read as vectors have them.</summary>
    public IReadOnlyList<Buffer> VectorInputs(IEnumerable<LayerPlan> layers) => !_plan.IsPlain ? ReadInputs(layers).Select(input => input.Buffer).ToArray()
        : layers.Any(layer => layer.ReadsInput) ? new[] { new Buffer(X.Name, _plan.CopiesInput ? _plan.First.RowLength : _plan.Spec.Inputs, BufferKind.Reference) }
        : new Buffer[0];

    /// <summary>Gives the caller a part of dL/dx, the first one or one more.</summary>
    public IEnumerable<Statement> GiveInputGradient(Buffer dx, ReadPlan read)
    {
        int start = read.Given!.Start;
        return read.IsFirstPart
            ? new[] { new Copy(dx, InputGradient, read.Values) { Place = read.Given.Number is null ? null : start } }
            : Loops.Over("i", read.Values, i => new[] { Store.Add(InputGradient, i + start, new Load(dx, i)) });
    }

    /// <summary>The inputs that no layer reads.</summary>
    public IEnumerable<NamedValues> Unread()
    {
        HashSet<int> read = new(_plan.Layers.SelectMany(layer => layer.Reads).Where(read => read.IsInput).Select(read => read.Given!.Start));
        return _plan.Spec.Graph.InputValues().Where(input => !read.Contains(input.Start));
    }

    /// <summary>dL/dx of such an input.</summary>
    public static Buffer UnreadOf(NamedValues input) => new("unread" + Notation.Text(input.Start), input.Count);

    /// <summary>dL/dx of inputs that no layer reads, which is 0.</summary>
    public IEnumerable<Statement> UnreadInputs()
    {
        Statement[] clear = Unread().SelectMany(input => new Statement[] { new View(UnreadOf(input), InputGradient, input.Start), new Clear(UnreadOf(input), 0) }).ToArray();
        return clear.Length > 0 ? new[] { Where.Wanted(InputGradient, clear) } : Enumerable.Empty<Statement>();
    }

    /// <summary>Declares those of several inputs that some layers read, as parts of x.</summary>
    public IEnumerable<Statement> EachInput(IEnumerable<LayerPlan> layers) => ReadInputs(layers)
        .Where(input => input.Read.Given!.Number is not null)
        .Select(input => new View(InputOf(input.Read), X, input.Read.Given!.Start));
}
