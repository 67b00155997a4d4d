using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>A pass over all layers with vectors: statements of one method, or, where the network is deep, a method for each section of the layers and calls of them.</summary>
internal sealed class SectionedPass
{
    private readonly EmitContext _context;
    private readonly string _name;
    private readonly Func<Section, IEnumerable<Parameter>> _parameters;
    private readonly Action<Section> _body;
    private readonly IReadOnlyList<Section> _sections;

    /// <summary>Creates a pass.</summary>
    /// <param name="context">The network.</param>
    /// <param name="name">What the methods of sections are called, before the numbers of their layers.</param>
    /// <param name="parameters">What such a method needs.</param>
    /// <param name="body">Writes what is done for the layers of a section.</param>
    /// <param name="isNeeded">Whether there is anything to do for a layer; null says that there is for each.</param>
    public SectionedPass(
        EmitContext context, string name, Func<Section, IEnumerable<Parameter>> parameters, Action<Section> body, Func<LayerPlan, bool>? isNeeded = null)
    {
        _context = context;
        _name = name;
        _parameters = parameters;
        _body = body;
        _sections = Section.Of(context.Plan).Where(section => section.Layers.Any(isNeeded ?? (_ => true))).ToList();
    }

    /// <summary>Writes the pass from the first layer to the last.</summary>
    public void Body() => Write(_sections);

    /// <summary>Writes the pass from the last layer to the first.</summary>
    public void BodyBackwards() => Write(_sections.Reverse());

    /// <summary>Writes the methods that the body calls.</summary>
    public void Methods()
    {
        foreach (Section section in _sections.Where(section => !section.IsWhole))
        {
            _context.Writer.Line();
            _context.WriteKernelAttribute();
            _context.OpenMethod($"private static void {Name(section)}", VectorClass.Constraint, _parameters(section).ToArray());
            _body(section);
            _context.Writer.Close();
        }
    }

    private void Write(IEnumerable<Section> sections)
    {
        foreach (Section section in sections)
        {
            if (section.IsWhole)
            {
                _body(section);
            }
            else
            {
                _context.Writer.Line($"{Name(section)}({string.Join(", ", _parameters(section).Select(parameter => parameter.Argument))});");
            }
        }
    }

    private string Name(Section section) =>
        $"{_name}{EmitContext.Text(section.First.Number)}To{EmitContext.Text(section.Last.Number)}<K>";
}
