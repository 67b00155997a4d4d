using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>A pass over all layers: one kernel, or, where the network is deep, a kernel for each section of the layers and one that calls them.</summary>
internal sealed class SectionedKernel
{
    private readonly IReadOnlyList<Section> _sections;
    private readonly string _name;
    private readonly Func<Section, KernelParameter[]> _parameters;
    private readonly Func<Section, IReadOnlyList<Statement>> _body;
    private readonly KernelOwner _owner;

    /// <summary>Creates a pass.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="name">What the kernels of sections are called, before the numbers of their layers.</param>
    /// <param name="parameters">What such a kernel needs.</param>
    /// <param name="body">What is done for the layers of a section.</param>
    /// <param name="owner">Where they stand. Only passes are worth optimising before their first call: they take in small kernels.</param>
    public SectionedKernel(
        NetworkPlan plan,
        string name,
        Func<Section, KernelParameter[]> parameters,
        Func<Section, IReadOnlyList<Statement>> body,
        KernelOwner owner = KernelOwner.Class)
    {
        _owner = owner;
        _sections = Section.Of(plan);
        _name = name;
        _parameters = parameters;
        _body = body;
    }

    /// <summary>The kernels.</summary>
    /// <param name="signature">That of the pass.</param>
    /// <param name="comment">What it computes.</param>
    /// <param name="before">What stands before the sections.</param>
    /// <param name="backwards">Whether it goes from the last layer to the first.</param>
    public IEnumerable<KernelFunction> Kernels(Signature signature, IReadOnlyList<string> comment, IReadOnlyList<Statement> before, bool backwards)
    {
        IEnumerable<Section> order = backwards ? _sections.Reverse() : _sections;
        IEnumerable<Statement> sections = order.SelectMany(section => section.IsWhole ? _body(section) : new Statement[] { Invoke.WithOwn(Signature(section)) });
        yield return new KernelFunction(signature, comment, before.Concat(sections).ToArray()) { IsHot = IsHot };
        foreach (Section section in _sections.Where(section => !section.IsWhole))
        {
            yield return new KernelFunction(Signature(section), Array.Empty<string>(), _body(section)) { IsHot = IsHot };
        }
    }

    private bool IsHot => _owner == KernelOwner.Pass;

    private Signature Signature(Section section) =>
        new($"{_name}{Notation.Text(section.First.Number)}To{Notation.Text(section.Last.Number)}", _parameters(section)) { Owner = _owner };
}
