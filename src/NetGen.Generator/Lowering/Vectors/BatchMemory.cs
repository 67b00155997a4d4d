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

    private readonly NetworkPlan _plan;
    private readonly SharedMemory _values;

    /// <summary>The samples for which there is memory, where that depends on how many there are.</summary>
    private readonly Count? _rows;

    private readonly int _group;

    private BatchMemory(NetworkPlan plan, int block, bool inLanes, Func<LayerPlan, IEnumerable<string>> quantities)
    {
        _plan = plan;
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
        }

        if (plan.CopiesInput)
        {
            _values.Add(Input, plan.First.RowLength);
        }

        X = plan.CopiesInput ? _values[Input] : new Buffer(Input, (Index)Samples * plan.Spec.Inputs, BufferKind.Reference);
    }

    /// <summary>The samples of a block.</summary>
    public Count Samples { get; }

    /// <summary>Their inputs.</summary>
    public Buffer X { get; }

    /// <summary>z of every layer, in whose place its activation is computed.</summary>
    public static BatchMemory OfForward(NetworkPlan plan) => new(plan, plan.ForwardBlockSamples, plan.OutputInLanes, _ => new[] { Quantity.Z });

    /// <summary>What the gradient needs of every layer.</summary>
    public static BatchMemory OfGradient(NetworkPlan plan) => new(plan, plan.BlockSamples, plan.LossInLanes, layer =>
        new[] { HasZ(plan, layer) ? Quantity.Z : "", layer == plan.Last ? "" : Quantity.A, Quantity.Delta }.Where(quantity => quantity.Length > 0));

    /// <summary>Whether the gradient has a place for z of a layer beside that for a.</summary>
    public static bool HasZ(NetworkPlan plan, LayerPlan layer) => layer == plan.Last || layer.TraceZ is not null;

    /// <summary>A quantity of a layer.</summary>
    public Buffer Of(string quantity, LayerPlan layer) => _values[quantity + Notation.Text(layer.Number)];

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
        foreach (Statement view in _values.Views(name => !Section.IsDivided(_plan) || name == Input || named.Any(value => value.Name == name)))
        {
            yield return view;
        }
    }

    /// <summary>What the kernel of a section needs: the first value in memory says where all are.</summary>
    public IEnumerable<KernelParameter> Parameters(Section section, Buffer p)
    {
        yield return p;
        if (section.First.ReadsInput)
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

    /// <summary>References to the values of a section, and of the layer before it, in the kernel of the section.</summary>
    public IEnumerable<Statement> Views(Section section)
    {
        if (section.IsWhole)
        {
            return Enumerable.Empty<Statement>();
        }

        IEnumerable<LayerPlan> layers = section.First.ReadsInput ? section.Layers : section.Layers.Prepend(_plan.Before(section.First));
        HashSet<string> names = new(layers.SelectMany(layer => new[] { Quantity.Z, Quantity.A, Quantity.Delta }.Select(quantity => quantity + Notation.Text(layer.Number))));
        return _values.Views(names.Contains);
    }
}
