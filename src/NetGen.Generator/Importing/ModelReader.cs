using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;
using NetGen.Models;
using NetGen.Models.Graphs;
using NetGen.Models.Importing;
using NetGen.Models.Onnx;
using NetGen.Models.Tensors;

namespace NetGen.Generator.Importing;

/// <summary>Makes a network of a model file, or says why it cannot.</summary>
internal static class ModelReader
{
    /// <summary>Most parameters that become part of an assembly.</summary>
    public const int MostParameters = 1 << 20;

    /// <summary>Most bytes that are read of a file: far more than can be compiled.</summary>
    public const int MostBytes = 64 << 20;

    /// <summary>Most lines of the declaration that a comment has.</summary>
    private const int MostLines = 40;

    /// <summary>Reads a model.</summary>
    /// <param name="declaration">What is wanted of it.</param>
    /// <param name="source">The file.</param>
    /// <param name="specOf">Makes a network of a graph.</param>
    /// <returns>The network, or all that is wrong.</returns>
    public static (NetworkSpec? Spec, IEnumerable<ModelFault> Faults) Read(ModelDeclaration declaration, ModelSource source, Func<NetworkGraph, NetworkSpec> specOf)
    {
        string name = Path.GetFileName(declaration.File);
        try
        {
            byte[] bytes = ModelFolder.ReadModel(source.Path, MostBytes);
            if (TensorFile.IsOne(bytes, name))
            {
                return DeclaredTensors.Read(declaration, source, TensorFile.Read(bytes));
            }

            OnnxModel model = OnnxReader.Read(bytes, new FilesBeside(name, source));
            bool keeps = declaration.Declared?.Graph.Nodes.Any(node => node.Layer is Normalize) == true;
            var options = new ImportOptions(declaration.Outputs?.Select(output => output.Name).ToArray(), declaration.IsDeterministic, keeps);
            ImportedModel imported = OnnxImporter.Import(model, options);
            if (imported.Graph.Parameters > (declaration.MaxParameters ?? MostParameters))
            {
                throw new InvalidDataException(declaration.MaxParameters is { } most
                    ? $"it has {imported.Graph.Parameters} parameters, and MaxParameters allows {most}"
                    : $"it has {imported.Graph.Parameters} parameters, and a model in an assembly can have {MostParameters}");
            }

            Dictionary<string, string>? outputNames = declaration.Outputs?.Where(output => output.As is not null).ToDictionary(output => output.Name, output => output.As!);
            LayeredModel layers = LayerBuilder.Build(imported.Graph, new ModelNames(imported.Graph, outputNames));
            ModelNetwork network = ModelNetwork.Of(layers);
            IReadOnlyList<int>? order = declaration.Declared is null ? Enumerable.Range(0, network.Graph.Nodes.Count).ToArray() : ModelOrder.Of(declaration.Declared.Graph, network.Graph);
            if (order is null)
            {
                const string Remedy = "change the declaration, or leave it out and have the file declare the layers";
                return (null, ModelComparison.Of(declaration.Declared!.Graph, network.Graph).Select(difference => ModelFault.Differs(declaration.File, difference.InFile, difference.Declared, Remedy, difference.Layer)));
            }

            string key = string.Join("|", source.Hash, declaration.IsDeterministic, string.Join(",", options.Outputs ?? new string[0]));
            var weights = new ModelWeights(key, order.SelectMany(node => network.Blocks[node]).ToArray());
            if (declaration.Declared is not null)
            {
                return (declaration.Declared with { Weights = weights }, Enumerable.Empty<ModelFault>());
            }

            NetworkSpec spec = specOf(network.Graph) with
            {
                Weights = weights,
                Choices = new EquatableArray<ChosenOutput>(network.Choices),
                Remarks = EquatableArray<string>.Of(Origin(name, model).Concat(imported.Remarks).ToArray()),
                Declaration = EquatableArray<string>.Of(Beginning(DeclarationText.Class(layers, "public sealed partial class " + declaration.Type.Name)).ToArray()),
            };
            return spec.Choices.Count > 0 && declaration.IsTrainable
                ? throw new InvalidDataException("an output is a choice, which has no derivative; a trainable network has outputs that are computed before it: name them in Outputs")
                : (spec, Enumerable.Empty<ModelFault>());
        }
        catch (InvalidDataException exception)
        {
            return (null, new[] { new ModelFault("NETGEN034", EquatableArray<string>.Of(name, exception.Message)) });
        }
    }

    /// <summary>A declaration as far as readers of a comment want it.</summary>
    private static IEnumerable<string> Beginning(IReadOnlyList<string> lines) => lines.Count <= MostLines
        ? lines
        : lines.Take(MostLines).Concat(new[] { "… netgen declare prints all of it" });

    private static IEnumerable<string> Origin(string name, OnnxModel model)
    {
        yield return $"Made from {name}{(model.Producer.Length > 0 ? $", written by {model.Producer}" : "")}.";
    }
}
