using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Emit;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.TestKit;

/// <summary>One small network at every stage of the generator, for readers: what each stage makes of it is asked of the stage.</summary>
public static class Explanation
{
    private const string Declaration =
        """
        using NetGen;

        [Network(2, Loss.HalfSquaredError)]
        [Dense(3, Activation.Tanh)]
        [Dense(1)]
        public sealed partial class SmallNet { }
        """;

    /// <summary>The stages, first to last.</summary>
    public static string Text
    {
        get
        {
            CSharpCompilation compilation = Compiled.Compilation([("SmallNet.cs", Declaration)], Form.Scalar, LanguageVersion.CSharp9);
            NetworkSpec spec = GeneratorCost.Spec(compilation, "SmallNet");
            NetworkPlan plan = Planner.Plan(spec);
            KernelFunction forward = new StraightLine(plan).Forward(withTrace: false);
            IReadOnlyList<KernelFunction> kernels = [forward, .. ScalarKernels.Of(plan)];
            var text = new StringBuilder();
            Section(text, "Declaration", Declaration.Split('\n'));
            Section(text, "Model: the graph", Graph(spec.Graph));
            Section(text, "Formulas and Layers: the mathematics", plan.Layers.SelectMany(Mathematics));
            Section(text, "Planning: the layout, and the order of every sum", plan.Layers.SelectMany(Layout).Prepend($"{plan.Shape}; {plan.BufferLength} elements of parameters, {plan.TraceLength} of trace"));
            Section(text, "Lowering: Forward in the kernel IR", KernelText.Of(forward));
            IReadOnlyList<string> faults = Verify.Faults(kernels);
            Section(text, "Verify: what is not proven", faults.Count == 0 ? [$"nothing, of {kernels.Count} kernels: {string.Join(", ", kernels.Select(kernel => kernel.Signature.Name))}"] : faults);
            Section(text, "Emit: Forward in the class", Method(NetworkEmitter.Emit(plan), "public void Forward("));
            return text.ToString();
        }
    }

    private static void Section(StringBuilder text, string title, IEnumerable<string> lines)
    {
        text.Append(text.Length > 0 ? "\n" : "").Append("--- ").Append(title).Append(" ---\n");
        foreach (string line in lines)
        {
            text.Append(line.TrimEnd()).Append('\n');
        }
    }

    private static IEnumerable<string> Graph(NetworkGraph graph)
    {
        IReadOnlyList<int> sizes = graph.Sizes();
        for (int index = 0; index < graph.Nodes.Count; index++)
        {
            GraphNode node = graph.Nodes[index];
            string reads = node.Inputs.Count == 0 ? "" : $", reads node {string.Join(", ", node.Inputs)}";
            yield return $"node {index} {node.Name}: {node.Layer.Text}, {Count(sizes[index], "value")}{reads}";
            foreach (BlockSpec block in node.Layer.Parameters(node.Inputs.Select(input => sizes[input]).ToArray()))
            {
                yield return $"    {node.Name}.{block.Name} {string.Concat(block.Shape.Select(size => $"[{size}]"))}";
            }
        }

        foreach (GraphOutput output in graph.Outputs)
        {
            yield return $"{output.Name} is node {output.Node}, with the loss {output.Loss.Name}";
        }
    }

    private static IEnumerable<string> Mathematics(LayerPlan layer)
    {
        yield return $"{Notation.Title(layer)}: {Notation.Forward(layer)}; {Notation.Delta(layer)}";
        foreach (Einsum einsum in layer.Spec.Forward.Cast<Einsum>())
        {
            yield return $"    forward {Written(einsum)}";
        }

        foreach (Einsum einsum in layer.Spec.Adjoint.Cast<Einsum>())
        {
            yield return $"    adjoint {Written(einsum)}";
        }
    }

    private static string Written(Einsum einsum)
    {
        string reduced = string.Concat(einsum.Reduced);
        string start = einsum.Start is { } term ? $"{Written(term)} + " : "";
        return $"{Written(einsum.Result)} = {start}{(reduced.Length > 0 ? $"Σ{reduced} " : "")}{string.Join(" · ", einsum.Factors.Select(Written))}";
    }

    private static string Written(TensorTerm term) => $"{term.Name}[{string.Join(",", term.Indices.AsEnumerable())}]";

    private static IEnumerable<string> Layout(LayerPlan layer)
    {
        foreach (BlockPlan block in layer.Blocks)
        {
            yield return $"{block.Name}: elements {block.Offset} to {block.Offset + block.Length - 1}{(block.Block.IsMatrix ? $", row {(block.IsUnitMajor ? "of a unit" : "of an input")} every {block.RowLength}" : "")}";
        }

        yield return $"    {Notation.Affine(layer)}: {Written(Contraction.Forward(layer))}";
        yield return $"    {Notation.InputGradient(layer)}: {Written(Contraction.InputGradient(layer))}";
    }

    private static string Written(Contraction contraction)
    {
        SumOrder order = contraction.Order;
        string begin = !order.WithBias ? "0 first" : order.InLanes ? "0 first, the bias last" : "the bias first";
        return $"{Count(contraction.Results, "sum")} of {Count(contraction.Terms, "term")}, {begin}, in {Count(order.Count, order.InLanes ? "lane" : "segment")}; "
            + $"weights {contraction.ResultStride} apart from sum to sum, {contraction.TermStride} from term to term";
    }

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    /// <summary>The lines of the first method whose head begins like this.</summary>
    private static IEnumerable<string> Method(string text, string head)
    {
        string[] lines = text.Split('\n');
        int first = Array.FindIndex(lines, line => line.TrimStart().StartsWith(head, StringComparison.Ordinal));
        int indentation = lines[first].Length - lines[first].TrimStart().Length;
        int last = Array.FindIndex(lines, first, line => line == new string(' ', indentation) + "}");
        return lines[first..(last + 1)].Select(line => line.Length > indentation ? line[indentation..] : "");
    }
}
