using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>The values of a block of samples in stack memory, and how the methods that go through sections of the layers find them.</summary>
internal sealed class BatchMemory
{
    private const string Rows = "rows";

    private readonly EmitContext _context;
    private readonly NetworkPlan _plan;
    private readonly Scratch _values;

    /// <summary>The numbers of samples for which there may be memory.</summary>
    private readonly IReadOnlyList<int> _rows;

    private BatchMemory(EmitContext context, Scratch values, int block, bool inLanes)
    {
        _context = context;
        _plan = context.Plan;
        _values = values;
        if (_plan.CopiesInput)
        {
            values.Add("x", _plan.First.RowLength);
        }

        var rows = new List<int>();
        for (int samples = Math.Max(_plan.SampleGroup, inLanes ? _plan.WidestLanes : 1); samples < block; samples *= 2)
        {
            rows.Add(samples);
        }

        rows.Add(block);
        _rows = rows;
    }

    /// <summary>z of every layer, in whose place its activation is computed.</summary>
    public static BatchMemory OfForward(EmitContext context)
    {
        var values = new Scratch(context);
        foreach (LayerPlan layer in context.Plan.Layers)
        {
            values.Add($"z{EmitContext.Text(layer.Number)}", layer.PaddedUnits);
        }

        return new BatchMemory(context, values, context.Plan.ForwardBlockSamples, context.Plan.OutputInLanes);
    }

    /// <summary>What the gradient needs of every layer.</summary>
    public static BatchMemory OfGradient(EmitContext context)
    {
        var values = new Scratch(context);
        foreach (LayerPlan layer in context.Plan.Layers)
        {
            string n = EmitContext.Text(layer.Number);
            if (HasZ(context.Plan, layer))
            {
                values.Add($"z{n}", layer.PaddedUnits);
            }

            if (layer != context.Plan.Last)
            {
                values.Add($"a{n}", layer.PaddedUnits);
            }

            values.Add($"delta{n}", layer.PaddedUnits);
        }

        return new BatchMemory(context, values, context.Plan.BlockSamples, context.Plan.LossInLanes);
    }

    /// <summary>Whether the gradient has a place for z of a layer beside that for a.</summary>
    public static bool HasZ(NetworkPlan plan, LayerPlan layer) => layer == plan.Last || layer.TraceZ is not null;

    /// <summary>Writes the memory, with a reference for each value, or, where sections have methods of their own, for those that the caller names.</summary>
    public void Write(params string[] named)
    {
        if (_rows.Count > 1)
        {
            string smaller = string.Concat(_rows.Take(_rows.Count - 1).Select(samples => $"m <= {EmitContext.Text(samples)} ? {EmitContext.Text(samples)} : "));
            _context.Writer.Comment($"Samples for which there is memory: what has a constant size is cleared several times as fast");
            _context.Writer.Line($"int {Rows} = {smaller}{_rows[_rows.Count - 1]};");
        }

        _context.Writer.Line($"ref {_context.T} p = ref parameters.Origin;");
        _values.Write("scratch", Rows, _rows, Section.IsDivided(_plan) ? named.Append("x").Contains : null);
    }

    /// <summary>What the method of a section needs: the first value in memory says where all are.</summary>
    public IEnumerable<Parameter> Parameters(Section section)
    {
        yield return _context.Reference("p");
        if (section.First.ReadsInput)
        {
            yield return _context.Reference("x");
        }

        yield return _context.Reference(_values.First);
        if (_rows.Count > 1)
        {
            yield return new Parameter("int", Rows);
        }

        yield return new Parameter("int", "samples");
    }

    /// <summary>Writes references for the values of a section, and of the layer before it, in the method of the section.</summary>
    public void WriteReferences(Section section)
    {
        if (!section.IsWhole)
        {
            IEnumerable<LayerPlan> layers = section.First.ReadsInput ? section.Layers : section.Layers.Prepend(_plan.Before(section.First));
            HashSet<string> names = new(layers.SelectMany(layer => new[] { "z", "a", "delta" }.Select(quantity => quantity + EmitContext.Text(layer.Number))));
            _values.WriteReferences(Rows, _rows, names.Contains);
        }
    }
}
