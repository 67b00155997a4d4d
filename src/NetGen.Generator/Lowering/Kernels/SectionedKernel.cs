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
    /// <param name="isNeeded">Whether there is anything to do for a layer; null says that there is for each.</param>
    public SectionedKernel(
        NetworkPlan plan,
        string name,
        Func<Section, KernelParameter[]> parameters,
        Func<Section, IReadOnlyList<Statement>> body,
        KernelOwner owner = KernelOwner.Class,
        Func<LayerPlan, bool>? isNeeded = null)
    {
        _owner = owner;
        _sections = isNeeded is null ? Section.Of(plan) : Section.Of(plan).Where(section => section.Layers.Any(isNeeded)).ToList();
        _name = name;
        _parameters = parameters;
        _body = body;
    }

    /// <summary>The kernels.</summary>
    /// <param name="signature">That of the pass.</param>
    /// <param name="comment">What it computes.</param>
    /// <param name="before">What stands before the sections.</param>
    /// <param name="backwards">Whether it goes from the last layer to the first.</param>
    public IEnumerable<KernelFunction> Kernels(Signature signature, IReadOnlyList<string> comment, IReadOnlyList<Statement> before, bool backwards) =>
        Sections().Prepend(new KernelFunction(signature, comment, before.Concat(Statements(backwards)).ToArray()) { IsHot = IsHot });

    /// <summary>What is done for all layers, or the calls of the kernels that do it.</summary>
    /// <param name="backwards">Whether it goes from the last layer to the first.</param>
    /// <param name="others">What such a kernel is given that the caller has as something else.</param>
    public IEnumerable<Statement> Statements(bool backwards, params (string Parameter, Argument Value)[] others) =>
        (backwards ? _sections.Reverse() : _sections).SelectMany(section => section.IsWhole ? _body(section) : new[] { Invoke.WithOwn(Signature(section), others) });

    /// <summary>The kernels of sections.</summary>
    public IEnumerable<KernelFunction> Sections() => _sections.Where(section => !section.IsWhole)
        .Select(section => new KernelFunction(Signature(section), Array.Empty<string>(), _body(section)) { IsHot = IsHot });

    private bool IsHot => _owner == KernelOwner.Pass;

    private Signature Signature(Section section) =>
        new($"{_name}{Notation.Text(section.First.Number)}To{Notation.Text(section.Last.Number)}", _parameters(section)) { Owner = _owner };
}
