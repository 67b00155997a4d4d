using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using NetGen.Generator.Emit;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.TestKit;

/// <summary>Networks from graphs that no attribute declares: their text, and what it computes, with and without a compiler.</summary>
internal static class GraphNetworks
{
    /// <summary>A network of a graph.</summary>
    public static NetworkSpec Spec(NetworkGraph graph, NumberType number, Dialect dialect = Dialect.Floor, string name = "Net", bool selfTest = false) => new(
        new TypeSpec("Graphs", default, name, $"Graphs.{name}.g.cs"),
        graph,
        number,
        IsFused: false,
        Unrolling.Auto,
        new TargetSpec(dialect, dialect == Dialect.Modern ? Contract.Static : Contract.Instance, AggressiveOptimization: dialect == Dialect.Modern),
        selfTest);

    /// <summary>Compiles networks together.</summary>
    /// <returns>Their classes.</returns>
    public static IReadOnlyList<Type> Compile(IEnumerable<(NetworkGraph Graph, NumberType Number)> networks, Dialect dialect)
    {
        NetworkSpec[] specs = [.. networks.Select((network, index) => Spec(network.Graph, network.Number, dialect, $"Net{index}", selfTest: true))];
        bool isFloor = dialect == Dialect.Floor;
        CSharpCompilation compilation = Compiled.Compilation(
            $"namespace Graphs {{ {string.Concat(specs.Select(spec => $"public sealed partial class {spec.Type.Name} {{ }} "))} }}",
            isFloor ? LanguageVersion.CSharp9 : LanguageVersion.Latest,
            isFloor ? Compiled.References("netstandard2.1") : null,
            onlyCode: true);
        compilation = compilation.AddSyntaxTrees(specs.Select(spec => CSharpSyntaxTree.ParseText(
            NetworkEmitter.Emit(Planner.Plan(spec)), (CSharpParseOptions)compilation.SyntaxTrees[0].Options, spec.Type.HintName)));
        using var image = new MemoryStream();
        EmitResult result = compilation.WithAssemblyName($"Graphs-{Guid.NewGuid():N}").Emit(image);
        Diagnostic[] diagnostics = [.. result.Diagnostics.Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden)];
        if (diagnostics.Length > 0)
        {
            throw new InvalidOperationException(string.Join("\n", diagnostics.Take(10)));
        }

        image.Position = 0;
        Assembly assembly = AssemblyLoadContext.Default.LoadFromStream(image);
        return [.. specs.Select(spec => assembly.GetType($"Graphs.{spec.Type.Name}", throwOnError: true)!)];
    }

    /// <summary>What a compiled network computes for a batch.</summary>
    public static GraphResults Run<T>(Type type, double[] parameters, double[] inputs, double[] targets, double rate)
        where T : unmanaged
    {
        var network = (ITrainable<T>)Activator.CreateInstance(type)!;
        network.Parameters.CopyFrom(Numbers<T>(parameters));
        T[] x = Numbers<T>(inputs);
        T[] y = Numbers<T>(targets);
        int inputCount = network.Parameters.Layout.InputCount;
        int outputCount = network.Parameters.Layout.OutputCount;
        int m = x.Length / inputCount;
        var outputs = new T[y.Length];
        network.ForwardBatch(x, outputs);
        ParameterBuffer<T> gradient = network.CreateGradient();
        T[] inputGradient = Numbers<T>(Unwritten(x.Length));
        T loss = network.BackwardBatch(x, y, gradient, inputGradient);
        var slopes = new T[parameters.Length];
        gradient.CopyTo(slopes);

        // The vector-Jacobian product, for the first sample and its target as dL/da.
        var trace = new T[network.TraceLength];
        var output = new T[outputCount];
        network.Forward(x.AsSpan(0, inputCount), output, trace);
        gradient.Clear();
        T[] productInput = Numbers<T>(Unwritten(inputCount));
        network.Backward(x.AsSpan(0, inputCount), trace, y.AsSpan(0, outputCount), gradient, productInput);
        var product = new T[parameters.Length];
        gradient.CopyTo(product);
        network.SgdStep(x.AsSpan(0, inputCount), y.AsSpan(0, outputCount), (T)Convert.ChangeType(rate, typeof(T)));
        var stepped = new T[parameters.Length];
        network.Parameters.CopyTo(stepped);
        return new GraphResults(Doubles(outputs), Convert.ToDouble(loss), Doubles(slopes), Doubles(inputGradient), Doubles([.. output, .. product, .. productInput]), Doubles(stepped));
    }

    /// <summary>The same by the interpreter, for kernels of some form; those that take a batch are given one where they are asked for.</summary>
    public static GraphResults Run(
        NetworkPlan plan, IReadOnlyList<KernelFunction> kernels, double[] parameters, double[] inputs, double[] targets, double rate, bool inBatches = false)
    {
        var interpreter = new Interpreter(kernels, plan.Spec.Number, plan.Spec.IsFused);
        double Rounded(double value) => plan.Spec.Number == NumberType.Single ? (float)value : value;
        int[] elements = Elements(plan);
        double[] buffer = new double[plan.BufferLength];
        Array.ForEach(Enumerable.Range(0, elements.Length).ToArray(), index => buffer[elements[index]] = parameters[index]);
        int inputCount = plan.Spec.Inputs;
        int outputCount = plan.OutputCount;
        int m = inputs.Length / inputCount;
        double[] gradient = new double[buffer.Length];
        double[] trace = new double[plan.TraceLength];
        var outputs = new List<double>();
        var inputGradients = new List<double>();
        double loss = 0;
        if (inBatches)
        {
            double[] all = new double[m * outputCount];
            double[] allGradients = new double[inputs.Length];
            interpreter.Run("ForwardBatch", Memory(buffer), Memory(inputs), Memory(all), (double)m);
            loss = interpreter.Run("BackpropagateBatch", Memory(buffer), Memory(inputs), Memory(targets), Memory(gradient), (double)m, Rounded(Rounded(1) / m), Memory(allGradients));
            outputs.AddRange(all);
            inputGradients.AddRange(allGradients);
        }

        for (int sample = 0; sample < m && !inBatches; sample++)
        {
            double[] output = new double[outputCount];
            double[] inputGradient = Unwritten(inputCount);
            double[] x = inputs[(sample * inputCount)..((sample + 1) * inputCount)];
            double[] y = targets[(sample * outputCount)..((sample + 1) * outputCount)];
            interpreter.Run("Forward", Memory(buffer), Memory(x), Memory(output), Memory(trace));
            loss += interpreter.Run("Backpropagate", Memory(buffer), Memory(x), Memory(y), Memory(gradient), Rounded(Rounded(1) / m), Memory(inputGradient));
            outputs.AddRange(output);
            inputGradients.AddRange(inputGradient);
        }

        double[] product = new double[buffer.Length];
        double[] productInput = Unwritten(inputCount);
        double[] first = new double[outputCount];
        interpreter.Run("Forward", Memory(buffer), Memory(inputs[..inputCount]), Memory(first), Memory(trace));
        interpreter.Run("Backward", Memory(buffer), Memory(inputs[..inputCount]), Memory(trace), Memory(targets[..outputCount]), Memory(product), Memory(productInput));
        interpreter.Run("Backpropagate", Memory(buffer), Memory(inputs[..inputCount]), Memory(targets[..outputCount]), Memory(buffer), Rounded(-rate), Memory(new double[inputCount]));
        double[] Canonical(double[] values) => Array.ConvertAll(elements, element => values[element]);
        return new GraphResults([.. outputs], Rounded(loss / m), Canonical(gradient), [.. inputGradients], [.. first, .. Canonical(product), .. productInput], Canonical(buffer));
    }

    /// <summary>Element of each parameter in canonical order.</summary>
    public static int[] Elements(NetworkPlan plan) => [.. plan.Blocks.SelectMany(block => Enumerable.Range(0, block.Count)
        .Select(index => block.Offset + (block.Block.IsMatrix ? block.Element(index % block.Block.Columns, index / block.Block.Columns) : index)))];

    /// <summary>Memory in which something else was before.</summary>
    private static double[] Unwritten(int count) => [.. Enumerable.Repeat(double.NaN, count)];

    private static object Memory(double[] numbers) => (Interpreter.Memory)numbers;

    private static T[] Numbers<T>(double[] values) => Array.ConvertAll(values, value => (T)Convert.ChangeType(value, typeof(T)));

    private static double[] Doubles<T>(T[] values) => Array.ConvertAll(values, value => Convert.ToDouble(value));
}

/// <summary>What a network computes for a batch.</summary>
/// <param name="Outputs">The outputs.</param>
/// <param name="Loss">The mean loss.</param>
/// <param name="Gradient">Its gradient by the parameters, in canonical order.</param>
/// <param name="InputGradient">That of each sample's loss by its input.</param>
/// <param name="Product">Output and vector-Jacobian products of the first sample, with its target as dL/da.</param>
/// <param name="Stepped">The parameters after a step with the first sample.</param>
internal sealed record GraphResults(double[] Outputs, double Loss, double[] Gradient, double[] InputGradient, double[] Product, double[] Stepped)
{
    /// <summary>All of it.</summary>
    public IEnumerable<double> All => [.. Outputs, Loss, .. Gradient, .. InputGradient, .. Product, .. Stepped];
}
