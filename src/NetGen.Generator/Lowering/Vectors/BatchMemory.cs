using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>The values of a block of samples in stack memory, and how the kernels of sections find them.</summary>
internal sealed class BatchMemory
{
    private const string Input = "x";

    /// <summary>Where a part of dL/dx of a sample lies that the caller gets.</summary>
    private const string PartName = "part";

    private readonly NetworkPlan _plan;
    private readonly SharedMemory _values;

    /// <summary>Whether a has the place of z.</summary>
    private readonly bool _isInPlace;

    /// <summary>The samples for which there is memory, where that depends on how many there are.</summary>
    private readonly Count? _rows;

    private readonly int _group;

    private BatchMemory(NetworkPlan plan, int block, bool inLanes, bool isInPlace, Func<LayerPlan, IEnumerable<string>> quantities)
    {
        _plan = plan;
        _isInPlace = isInPlace;
        Samples = new Count("samples", block);
        _group = Math.Max(plan.SampleGroup, inLanes ? plan.WidestLanes : 1);
        var rows = new List<int>();
        for (int samples = _group; samples < block; samples *= 2)
        {
            rows.Add(samples);
        }

        _rows = rows.Count > 0 ? new Count("rows", block, rows[0]) { Values = new EquatableArray<int>(rows.Append(block)) } : null;
        _values = new SharedMemory(_rows is null ? block : _rows);
        foreach (LayerPlan layer in plan.Layers)
        {
            foreach (string quantity in quantities(layer))
            {
                _values.Add(quantity + Notation.Text(layer.Number), layer.PaddedUnits);
            }

            if (!isInPlace && layer.LendsOutput)
            {
                _values.Share(Quantity.A + Notation.Text(layer.Number), Quantity.Delta + Notation.Text(layer.Number));
            }

            foreach (KeptQuantity kept in layer.Kept)
            {
                _values.Add(NetworkBuffers.Of(kept, layer).Name, ParameterRule.PaddedUnits(kept.Values));
            }
        }

        if (plan.CopiesInput)
        {
            foreach ((string name, int length) in plan.IsPlain
                ? new[] { (Input, plan.First.RowLength) }
                : new NetworkBuffers(plan).VectorInputs(plan.Layers).Select(input => (input.Name, input.Length)))
            {
                _values.Add(name, length);
            }
        }

        if (!isInPlace && plan.LossInLanes && plan.Outputs.Count > 1)
        {
            _values.Add(LanePasses.Losses, 1);
        }

        if (!isInPlace && StackUse.PartLength(plan) is > 0 and int part)
        {
            _values.AddOnce(PartName, part);
        }

        X = plan.CopiesInput && plan.IsPlain ? _values[Input] : new Buffer(Input, (Index)Samples * plan.Spec.Inputs, BufferKind.Reference);
    }

    /// <summary>The samples of a block.</summary>
    public Count Samples { get; }

    /// <summary>Their inputs, where they are not each in memory of its own.</summary>
    public Buffer X { get; }

    /// <summary>A part of dL/dx of one sample.</summary>
    public Buffer Part => _values[PartName];

    /// <summary>The losses of all outputs of each sample.</summary>
    public Buffer Losses => _values[LanePasses.Losses];

    /// <summary>z of every layer, in whose place its activation is computed.</summary>
    public static BatchMemory OfForward(NetworkPlan plan) => new(plan, plan.ForwardBlockSamples, plan.OutputInLanes, isInPlace: true, _ => new[] { Quantity.Z });

    /// <summary>What the gradient needs of every layer.</summary>
    public static BatchMemory OfGradient(NetworkPlan plan) => new(plan, plan.BlockSamples, plan.LossInLanes, isInPlace: false, layer =>
        new[] { HasZ(layer) ? Quantity.Z : "", layer.IsOutput || layer.LendsOutput ? "" : Quantity.A, Quantity.Delta }.Where(quantity => quantity.Length > 0));

    /// <summary>Whether the gradient has a place for z of a layer beside that for a.</summary>
    public static bool HasZ(LayerPlan layer) => layer.IsOutput || layer.TraceZ is not null;

    /// <summary>A quantity of a layer.</summary>
    public Buffer Of(string quantity, LayerPlan layer) => _values[quantity + Notation.Text(layer.Number)];

    /// <summary>What a layer reads first.</summary>
    public Buffer InputOf(LayerPlan layer, NetworkBuffers buffers) => !layer.ReadsInput ? Of(_isInPlace ? Quantity.Z : Quantity.A, _plan.Before(layer))
        : _plan.IsPlain ? X
        : _values[buffers.InputOf(layer.Reads[0]).Name];

    /// <summary>An input of a graph.</summary>
    public Buffer InputOf(Buffer input) => _values[input.Name];

    /// <summary>A call for one sample of a block: what lies in this memory is given from its row on.</summary>
    public Invoke OfSample(Invoke call, Index sample) => call with { Arguments = call.Arguments.Select(argument => RowOf(argument, sample)).ToArray() };

    private Argument RowOf(Argument argument, Index sample)
    {
        if (argument.Buffer is not { } buffer)
        {
            return argument;
        }

        string name = _isInPlace && buffer.Name[0] == Quantity.A[0] && !_values.Has(buffer.Name) ? Quantity.Z + buffer.Name.Substring(1) : buffer.Name;
        return name == PartName || !_values.Has(name) ? argument : Argument.From(_values[name], sample * _values.LengthOf(name));
    }

    /// <summary>Declares the parameters and the memory, with a reference for each value, or, where sections have kernels of their own, for those that the caller names.</summary>
    public IEnumerable<Statement> Declare(NetworkBuffers buffers, Buffer p, params Buffer[] named)
    {
        if (_rows is not null)
        {
            yield return new Remark("Samples for which there is memory: what has a constant size is cleared several times as fast");
            yield return new LetRoom(_rows, buffers.Batch);
        }

        yield return new View(p, buffers.Parameters, 0);
        yield return new AllocateTogether("scratch", new[] { _values.Whole });
        HashSet<string> whole = new((_plan.IsPlain ? new[] { Input } : buffers.VectorInputs(_plan.Layers).Select(input => input.Name)).Append(LanePasses.Losses));
        foreach (Statement view in _values.Views(name => !Section.IsDivided(_plan) || whole.Contains(name) || named.Any(value => value.Name == name)))
        {
            yield return view;
        }
    }

    /// <summary>What the kernel of a section needs: the first value in memory says where all are.</summary>
    public IEnumerable<KernelParameter> Parameters(Section section, Buffer p)
    {
        yield return p;
        if (_plan.IsPlain && section.First.ReadsInput)
        {
            yield return X;
        }

        yield return _values.Whole;
        if (_rows is not null)
        {
            yield return (KernelParameter)_rows with { AtLeast = new WholeGroups(Samples, _group) };
        }

        yield return Samples;
    }

    /// <summary>References to the values of a section, and of the layers that it reads, in the kernel of the section.</summary>
    public IEnumerable<Statement> Views(Section section)
    {
        if (section.IsWhole)
        {
            return Enumerable.Empty<Statement>();
        }

        HashSet<string> names = new(section.Layers.Union(section.Sources(_plan)).SelectMany(layer => new[] { Quantity.Z, Quantity.A, Quantity.Delta }
            .Select(quantity => quantity + Notation.Text(layer.Number))
            .Concat(layer.Kept.Select(kept => NetworkBuffers.Of(kept, layer).Name))));
        if (!_plan.IsPlain)
        {
            names.Add(PartName);
            names.UnionWith(new NetworkBuffers(_plan).VectorInputs(section.Layers).Select(input => input.Name));
        }

        return _values.Views(names.Contains);
    }
}
