using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Models;

namespace NetGen.Tool;

/// <summary>What is in a model, for readers.</summary>
internal static class Inspection
{
    /// <summary>The lines.</summary>
    public static string Text(ModelFile model)
    {
        IEnumerable<string> lines =
        [
            model.Format == ModelFormat.Safetensors ? "safetensors"
                : model.Producer.Length > 0 ? $"ONNX, written by {model.Producer}"
                : "ONNX, which does not say who wrote it",
            .. model.Inputs.Select(input => $"input   {Value(input)}"),
            .. model.Outputs.Select(output => $"output  {Value(output)}"),
            .. model.Tensors.Select(tensor => $"layer   {tensor.Name}  {string.Join("×", tensor.Shape)}"),
            $"{model.ParameterCount.ToString("N0", CultureInfo.InvariantCulture)} parameters",
            .. model.Remarks,
        ];
        return string.Concat(lines.Select(line => line + Environment.NewLine));
    }

    private static string Value(ModelValue value) => $"{value.Name}  {value.Size} {(value.IsInteger ? "whole " : "")}{(value.Size == 1 ? "number" : "numbers")}";
}
