using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the network a second time for the self-test: outputs and loss in double precision, as plain loops over parameters in canonical order, from
/// the same formulas.
/// </summary>
internal sealed class PlainNetwork
{
    public const string Class = "Plain";
    public const string Method = "Evaluate";

    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly NetworkPlan _plan;

    private PlainNetwork(EmitContext context)
    {
        _context = context;
        _writer = context.Writer;
        _plan = context.Plan;
    }

    /// <summary>Writes the class.</summary>
    public static void Write(EmitContext network)
    {
        SourceWriter writer = network.Writer;
        writer.Comment($"The same network in double precision, one number at a time, for the self-test");
        writer.Open($"internal static class {Class}");
        var context = new EmitContext(Planner.Plain(network.Plan.Spec));
        context.BeginKernels();
        new PlainNetwork(context).WriteMethods();
        writer.AppendLines(context.Writer);
        writer.Close();
    }

    private void WriteMethods()
    {
        IReadOnlyList<Section> sections = Section.Of(_plan);
        Section last = sections[sections.Count - 1];
        _writer.Comment($"Writes a{_plan.Last.Number} to the output and returns L, or 0 without a loss; the parameters p are in canonical order");
        _writer.Open($"internal static double {Method}(double[] p, double[] x, double[] y, double[] output)");
        foreach (Section section in sections.Where(section => section != last))
        {
            WriteOutput(section.Last);
            _writer.Line($"{Name(section)}(p, {Notation.Input(section.First)}, a{section.Last.Number});");
        }

        WriteLayers(last);
        _writer.Line($"return {(_plan.Head is null ? _context.Number(0) : Quantity.Loss)};");
        _writer.Close();
        foreach (Section section in sections.Where(section => section != last))
        {
            _writer.Line();
            _writer.Open($"private static void {Name(section)}(double[] p, double[] {Notation.Input(section.First)}, double[] a{section.Last.Number})");
            WriteLayers(section);
            _writer.Close();
        }
    }

    private void WriteLayers(Section section)
    {
        foreach (LayerPlan layer in section.Layers)
        {
            WriteLayer(layer, hasOutput: layer == section.Last);
        }
    }

    private void WriteOutput(LayerPlan layer) => _writer.Line($"var a{layer.Number} = new double[{layer.Units}];");

    /// <summary>Writes a loop; what happens once needs none.</summary>
    private void Loop(string index, int count, Action<string> body)
    {
        if (count == 1)
        {
            body("0");
            return;
        }

        _writer.Open($"for (int {index} = 0; {index} < {count}; {index}++)");
        body(index);
        _writer.Close();
    }

    /// <summary>The sum of a number and indices, without what is 0.</summary>
    private static string Sum(int number, params string[] indices) =>
        string.Join(" + ", indices.Prepend(EmitContext.Text(number)).Where(index => index != "0").DefaultIfEmpty("0"));

    private static string Name(Section section) => $"{Method}{EmitContext.Text(section.First.Number)}To{EmitContext.Text(section.Last.Number)}";

    private void WriteLayer(LayerPlan layer, bool hasOutput)
    {
        string n = EmitContext.Text(layer.Number);
        bool isLast = layer == _plan.Last;
        string a = isLast ? "output" : "a" + n;
        _writer.Comment($"{Notation.Forward(layer)}");
        _writer.Line($"var z{n} = new double[{layer.Units}];");
        if (!hasOutput)
        {
            WriteOutput(layer);
        }

        Loop("j", layer.Units, j =>
        {
            string bias = layer.UseBias ? $"p[{Sum(layer.FirstParameter + layer.MultiplyAdds, j)}]" : _context.Number(0);
            _writer.Line($"double dot{n} = {bias};");
            string row = j == "0" ? j : layer.Inputs == 1 ? j : $"({EmitContext.Product(j, layer.Inputs)})";
            Loop("i", layer.Inputs, i => _writer.Line($"dot{n} += p[{Sum(layer.FirstParameter, row, i)}] * {Notation.Input(layer)}[{i}];"));
            _writer.Line();
            _writer.Line($"z{n}[{j}] = dot{n};");
        });
        _writer.Line();
        IReadOnlyList<Step> steps = layer.Forward;
        if (isLast && _plan.Head is { } head)
        {
            _writer.Comment($"L = {head.LossText}");
            steps = head.Parts.SelectMany(part => part.Steps).ToList().Toward(Quantity.A, Quantity.Loss);
        }

        var looped = new LoopedSteps(_context, layer);
        looped.Span(Quantity.Z, "z" + n);
        looped.Span(Quantity.A, a);
        looped.Span(Quantity.Y, "y");
        looped.Write(steps, Quantity.A);
        _writer.Line();
    }
}
