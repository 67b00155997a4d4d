using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NetGen.Models.Graphs;

/// <summary>The statements of a method <c>Wire</c>: the layers in their order, which is that of the parameters, those that only the next one reads in one chain of calls with it.</summary>
internal sealed class WireText
{
    private readonly LayeredModel _model;
    private readonly FormulaText _formulas;
    private readonly Action<DeclarationText.Arguments, ModelLayer, Func<string, string>> _writeOptions;
    private readonly int[] _readers;
    private readonly string[] _variables;
    private readonly List<string> _statements = new();
    private readonly List<string> _calls = new();
    private int _last = -1;
    private int _count;
    private int _inputs;

    /// <param name="model">The model.</param>
    /// <param name="formulas">Receives its formulas.</param>
    /// <param name="writeOptions">Writes what a layer has beside its size and its activation.</param>
    public WireText(LayeredModel model, FormulaText formulas, Action<DeclarationText.Arguments, ModelLayer, Func<string, string>> writeOptions)
    {
        _model = model;
        _formulas = formulas;
        _writeOptions = writeOptions;
        _readers = new int[model.Layers.Count];
        _variables = new string[model.Layers.Count];
        foreach (int read in model.Layers.SelectMany(layer => layer.Inputs).Concat(model.Outputs.Select(output => output.Layer)))
        {
            _readers[read]++;
        }
    }

    /// <summary>The statements, without the indentation that all have.</summary>
    public IReadOnlyList<string> Statements()
    {
        if (_model.Layers.Any(layer => layer.Kind == LayerKind.Parameter))
        {
            _statements.Add("// Parameters without a layer are constants of the file; here they would be trained.");
        }

        for (int index = 0; index < _model.Layers.Count; index++)
        {
            Add(_model.Layers[index], index);
        }

        Close();
        _statements.AddRange(_model.Outputs.Select(output => $"w.Output(\"{output.Name}\", {_variables[output.Layer]});"));
        return _statements;
    }

    private void Add(ModelLayer layer, int index)
    {
        bool goesOn = layer.Inputs.Count > 0 && layer.Inputs[0] == _last && _last == index - 1 && _readers[_last] == 1 && layer.Inputs.Count(input => input == _last) == 1;
        if (!goesOn)
        {
            Close();
            _calls.Add(layer.Inputs.Count == 0 ? "w" : _variables[layer.Inputs[0]]);
        }

        _last = index;
        Call(layer, index);
    }

    /// <summary>Ends the statement, whose value the last layer is.</summary>
    private void Close()
    {
        if (_calls.Count == 0)
        {
            return;
        }

        bool isInput = _model.Layers[_last].Kind == LayerKind.Input;
        _variables[_last] = (isInput ? "x" : "h") + (isInput ? _inputs++ : _last).ToString(CultureInfo.InvariantCulture);
        string begin = $"Signal {_variables[_last]} = {_calls[0]}";
        if (_calls.Count <= 3)
        {
            _statements.Add(begin + string.Concat(_calls.Skip(1)) + ";");
        }
        else
        {
            _statements.Add(begin + _calls[1]);
            _statements.AddRange(_calls.Skip(2).Select((call, index) => "    " + call + (index == _calls.Count - 3 ? ";" : "")));
        }

        _calls.Clear();
    }

    private void Call(ModelLayer layer, int index)
    {
        string name = LayerNames.Numbered(_count);
        if (layer.Kind == LayerKind.Input)
        {
            _calls.Add($".Input(\"{layer.Name}\", {layer.Size})");
            return;
        }

        _count++;
        if (layer.Kind == LayerKind.Parameter)
        {
            _calls.Add($".Parameter(\"{layer.Name}\", {layer.Size})");
            return;
        }

        ModelActivation activation = layer.Activation;
        bool isActivation = layer.Kind == LayerKind.Concat && layer.Inputs.Count == 1;
        bool takesIt = isActivation || (layer.Kind != LayerKind.Concat && (activation.Name is not null || layer.Kind == LayerKind.Dense));
        var arguments = new DeclarationText.Arguments();
        switch (layer.Kind)
        {
            case LayerKind.Dense:
                arguments.AddIf(true, () => layer.Size.ToString(CultureInfo.InvariantCulture));
                break;
            case LayerKind.SoftmaxGroups:
                arguments.AddIf(true, () => layer.Group.ToString(CultureInfo.InvariantCulture));
                break;
            case LayerKind.Slice:
                arguments.AddIf(true, () => $"{layer.Start}, {layer.Size}");
                break;
        }

        foreach (int other in layer.Inputs.Skip(1))
        {
            arguments.AddIf(true, () => _variables[other]);
        }

        // The first argument of a normalisation is another.
        string before = layer.Kind == LayerKind.Normalize ? "activation: " : "";
        bool isWritten = takesIt && !activation.IsIdentity;
        arguments.AddIf(isWritten, () => activation.Name is { } known ? $"{before}Activation.{known}" : _formulas.Name(activation.Formula!));
        _writeOptions(arguments, layer, option => option + ": ");
        arguments.AddIf(isWritten && activation.Alpha is not null, () => "alpha: " + FormulaText.Number(activation.Alpha!.Value));
        bool isShared = _model.Layers.Any(other => other.SharesWith == index);
        arguments.AddIf(layer.Blocks.Count > 0 && (layer.Name != name || isShared), () => $"name: \"{layer.Name}\"");
        arguments.AddIf(layer.IsFrozen, () => "frozen: true");
        arguments.AddIf(layer.SharesWith is not null, () => $"sharesWith: \"{_model.Layers[layer.SharesWith!.Value].Name}\"");
        _calls.Add($".{(isActivation ? "Activate" : layer.Kind.ToString())}{arguments.InParentheses()}");
        if (!takesIt && !activation.IsIdentity)
        {
            _count++;
            _calls.Add($".Activate({(activation.Name is { } known ? $"Activation.{known}" : _formulas.Name(activation.Formula!))}{(activation.Alpha is { } alpha ? ", alpha: " + FormulaText.Number(alpha) : "")})");
        }
    }
}
