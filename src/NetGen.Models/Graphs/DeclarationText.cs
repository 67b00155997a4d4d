using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Models.Graphs;

/// <summary>The declaration in C# that a model amounts to: attributes where it is a list of layers, else a method <c>Wire</c>.</summary>
internal sealed class DeclarationText
{
    private const string Indent = "    ";

    private readonly LayeredModel _model;
    private readonly FormulaText _formulas = new();
    private readonly List<string> _lines = new();

    private DeclarationText(LayeredModel model) => _model = model;

    /// <summary>The lines of a file with the class.</summary>
    /// <param name="model">The model.</param>
    /// <param name="className">The name of the class.</param>
    /// <param name="nameSpace">The namespace; null for none.</param>
    public static IReadOnlyList<string> Lines(LayeredModel model, string className, string? nameSpace = null)
    {
        IReadOnlyList<string> declaration = Class(model, "public sealed partial class " + className);
        var lines = new List<string>();
        if (declaration.Any(line => line.Contains("Math.")))
        {
            lines.Add("using System;");
        }

        lines.Add("using NetGen;");
        lines.Add("");
        if (nameSpace is null)
        {
            lines.AddRange(declaration);
            return lines;
        }

        lines.Add("namespace " + nameSpace);
        lines.Add("{");
        lines.AddRange(declaration.Select(line => line.Length == 0 ? line : Indent + line));
        lines.Add("}");
        return lines;
    }

    /// <summary>The lines of the class.</summary>
    /// <param name="model">The model.</param>
    /// <param name="header">Its modifiers and name.</param>
    public static IReadOnlyList<string> Class(LayeredModel model, string header)
    {
        var text = new DeclarationText(model);
        if (text.IsList())
        {
            text.WriteList(header);
        }
        else
        {
            text.WriteGraph(header);
        }

        return text._lines;
    }

    /// <summary>Whether it is one input and layers one after another, each with an attribute.</summary>
    private bool IsList() => _model.Layers.Count > 1
        && _model.Layers.Skip(1).Select((layer, index) =>
            layer.Kind is LayerKind.Dense or LayerKind.Normalize or LayerKind.LayerNorm or LayerKind.SoftmaxGroups
            && layer.SharesWith is null && layer.Inputs.Count == 1 && layer.Inputs[0] == index).All(follows => follows)
        && _model.Outputs.Count == 1 && _model.Outputs[0].Layer == _model.Layers.Count - 1;

    private void WriteList(string header)
    {
        WriteChoices("");
        _lines.Add($"[Network({_model.Layers[0].Size})]");
        foreach (ModelLayer layer in _model.Layers.Skip(1))
        {
            var arguments = new Arguments();
            ModelActivation activation = layer.Activation;
            arguments.AddIf(layer.Kind == LayerKind.Dense, () => layer.Size.ToString());
            arguments.AddIf(layer.Kind == LayerKind.SoftmaxGroups, () => layer.Group.ToString());
            arguments.AddIf(!activation.IsIdentity, () => activation.Name is { } name ? "Activation." + name : $"nameof({_formulas.Name(activation.Formula!)})");
            WriteOptions(arguments, layer, name => char.ToUpperInvariant(name[0]) + name.Substring(1) + " = ");
            arguments.AddIf(activation.Alpha is not null, () => "Alpha = " + FormulaText.Number(activation.Alpha!.Value));
            arguments.AddIf(layer.IsFrozen, () => "Frozen = true");
            _lines.Add($"[{layer.Kind}{arguments.InParentheses(isOptional: true)}]");
        }

        _lines.Add(header);
        _lines.Add("{");
        WriteFormulas();
        _lines.Add("}");
    }

    private void WriteGraph(string header)
    {
        IReadOnlyList<string> body = new WireText(_model, _formulas, WriteOptions).Statements();
        _lines.Add("[Network]");
        _lines.Add(header);
        _lines.Add("{");
        WriteFormulas();
        if (_formulas.Methods.Any())
        {
            _lines.Add("");
        }

        _lines.Add(Indent + "static void Wire(Wiring w)");
        _lines.Add(Indent + "{");
        _lines.AddRange(body.Select(line => Indent + Indent + line));
        WriteChoices(Indent + Indent);
        _lines.Add(Indent + "}");
        _lines.Add("}");
    }

    private void WriteFormulas() => _lines.AddRange(_formulas.Methods.Select(method => Indent + method));

    private void WriteChoices(string indent)
    {
        foreach (LayeredOutput output in _model.Outputs.Where(output => output.ChoiceGroup is not null))
        {
            string of = output.ChoiceGroup == _model.Layers[output.Layer].Size ? "" : $"of each {output.ChoiceGroup} values ";
            _lines.Add($"{indent}// {output.Name} is {of}the index of the largest, which the caller finds.");
        }
    }

    /// <summary>What a layer has beside its size and its activation, where it is not the default.</summary>
    /// <param name="arguments">The list that it goes to.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="before">What stands before the value of an option.</param>
    private static void WriteOptions(Arguments arguments, ModelLayer layer, Func<string, string> before)
    {
        arguments.AddIf(layer.Clip is not null, () => before("clip") + FormulaText.Number(layer.Clip!.Value));
        arguments.AddIf(layer.Kind == LayerKind.LayerNorm && layer.Epsilon != 1e-5, () => before("epsilon") + FormulaText.Number(layer.Epsilon));
        arguments.AddIf(layer.Kind == LayerKind.LayerNorm && !layer.UseWeight, () => before("useWeight") + "false");
        arguments.AddIf(layer.Kind is LayerKind.Dense or LayerKind.LayerNorm && !layer.UseBias, () => before("useBias") + "false");
    }

    /// <summary>Arguments one after another.</summary>
    internal sealed class Arguments
    {
        private readonly List<string> _texts = new();

        /// <summary>Adds an argument that is there.</summary>
        public void AddIf(bool isThere, Func<string> text)
        {
            if (isThere)
            {
                _texts.Add(text());
            }
        }

        /// <summary>The arguments in parentheses.</summary>
        /// <param name="isOptional">None need no parentheses.</param>
        public string InParentheses(bool isOptional = false) => isOptional && _texts.Count == 0 ? "" : $"({string.Join(", ", _texts)})";
    }
}
