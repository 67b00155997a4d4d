using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>What all parts of the emitter share while they write one network.</summary>
internal sealed class EmitContext
{
    public const string Kernels = "Kernels";

    /// <summary>The class inside <see cref="Kernels"/> whose kernels round products together with additions.</summary>
    public const string Fused = "Fused";

    /// <summary>The attribute of a function small enough to be part of its caller.</summary>
    public const string InliningAttribute = "[" + MethodImpl + "(" + MethodImpl + "Options.AggressiveInlining)]";

    private const string MethodImpl = "global::System.Runtime.CompilerServices.MethodImpl";

    /// <summary>Where a list of parameters is broken.</summary>
    private const int LineLength = 110;

    private const string MemoryMarshal = "global::System.Runtime.InteropServices.MemoryMarshal";

    public EmitContext(NetworkPlan plan)
    {
        Plan = plan;
        T = plan.Spec.Number == NumberType.Single ? "float" : "double";
        Span = $"global::System.Span<{T}>";
        ReadOnlySpan = $"global::System.ReadOnlySpan<{T}>";
        Buffer = $"global::NetGen.ParameterBuffer<{T}>";
        Helpers = new ElementaryFunctions(this);
        Functions = new ElementaryFunctions(this, Helpers);
    }

    public NetworkPlan Plan { get; }

    public SourceWriter Writer { get; } = new();

    /// <summary>The functions of the class of kernels being written.</summary>
    public ElementaryFunctions Functions { get; private set; }

    /// <summary>The functions that all classes of kernels share.</summary>
    public ElementaryFunctions Helpers { get; }

    /// <summary>The kernels being written contract multiply-adds.</summary>
    public bool IsFused { get; private set; }

    /// <summary>The network has fused kernels beside the strict ones.</summary>
    public bool HasFusedKernels => Plan.Spec is { IsFused: true, Target.FusedMultiplyAdd: true };

    /// <summary>Forward stands in the user's class itself; a choice of kernels would come between, and a self-test has parameters of its own.</summary>
    public bool ForwardIsInline => Plan.Shape == MethodShape.StraightLine && !HasFusedKernels && !Plan.IsVectorised && !Plan.Spec.SelfTest;

    /// <summary>Begins the fused kernels, whose functions are their own.</summary>
    public void BeginFusedKernels()
    {
        IsFused = true;
        Functions = new ElementaryFunctions(this, Helpers);
    }

    /// <summary><c>x·y + z</c>, rounded once in fused kernels.</summary>
    public string MultiplyAdd(string x, string y, string z) => IsFused
        ? $"{(Plan.Spec.Number == NumberType.Single ? "global::System.MathF" : "global::System.Math")}.FusedMultiplyAdd({x}, {y}, {z})"
        : $"{z} + {x} * {y}";

    /// <summary>A statement that adds <c>x·y</c> to a variable.</summary>
    public string AddProduct(string variable, string x, string y) =>
        IsFused ? $"{variable} = {MultiplyAdd(x, y, variable)};" : $"{variable} += {x} * {y};";

    /// <summary>An integer literal as wide as the number type; bit patterns in hexadecimal.</summary>
    public string Integer(long value)
    {
        bool single = Plan.Spec.Number == NumberType.Single;
        if (value == (single ? int.MinValue : long.MinValue))
        {
            return single ? "int.MinValue" : "long.MinValue";
        }

        string text = value > byte.MaxValue
            ? "0x" + value.ToString("X", CultureInfo.InvariantCulture)
            : value.ToString(CultureInfo.InvariantCulture);
        return single ? text : text + "L";
    }

    /// <summary>The number type, <c>float</c> or <c>double</c>.</summary>
    public string T { get; }

    public string Span { get; }

    public string ReadOnlySpan { get; }

    public string Buffer { get; }

    public string Number(double value) => Literal.Of(value, Plan.Spec.Number);

    /// <summary>Opens a method; a long list of parameters gets a line for each.</summary>
    public void OpenMethod(string method, params Parameter[] parameters) => OpenMethod(method, "", parameters);

    /// <summary>Opens a method with a constraint on its type parameter.</summary>
    public void OpenMethod(string method, string constraint, params Parameter[] parameters)
    {
        string line = $"{method}({string.Join<Parameter>(", ", parameters)}){constraint}";
        if (line.Length <= LineLength)
        {
            Writer.Open($"{line}");
            return;
        }

        Writer.Line($"{method}(");
        foreach (Parameter parameter in parameters.Take(parameters.Length - 1))
        {
            Writer.Line($"    {parameter},");
        }

        Writer.Open($"    {parameters.Last()}){constraint}");
    }

    /// <summary>Opens a method of the network's interface, with its documentation.</summary>
    /// <param name="summary">What it does.</param>
    /// <param name="returns">What it returns, or null.</param>
    /// <param name="method">Everything before the parameters.</param>
    /// <param name="isKernel">Whether it computes by itself, rather than check and call.</param>
    /// <param name="parameters">The parameters.</param>
    public void OpenPublic(string summary, string? returns, string method, bool isKernel, params Parameter[] parameters)
    {
        Documentation.Write(Writer, summary, returns, parameters);
        if (isKernel)
        {
            WriteKernelAttribute();
        }

        OpenMethod("public " + method, parameters);
    }

    /// <summary>The first of several values in memory.</summary>
    public Parameter Reference(string name) => new("ref " + T, name);

    /// <summary>A parameter that is read.</summary>
    public Parameter Values(string name, string text = "") => new(ReadOnlySpan, name, text);

    /// <summary>A parameter that is written.</summary>
    public Parameter Result(string name, string text = "") => new(Span, name, text);

    /// <summary>A buffer in the shape of the parameters.</summary>
    public Parameter InBuffer(string name, string text = "") => new(Buffer, name, text);

    /// <summary>A number.</summary>
    public Parameter Scalar(string name, string text = "") => new(T, name, text);

    /// <summary>The place where dL/dx goes.</summary>
    public Parameter InputGradient => Result("inputGradient", $"Receives dL/dx, {Documentation.Values(Plan.Spec.Inputs)}; overlaps nothing.");

    /// <summary>The attribute that has a method optimised before its first call, where the consumer has it.</summary>
    public IEnumerable<string> KernelAttribute
    {
        get
        {
            return Plan.Spec.Target.AggressiveOptimization
                ? new[] { $"[{MethodImpl}({MethodImpl}Options.AggressiveOptimization)]" }
                : Enumerable.Empty<string>();
        }
    }

    /// <summary>Writes that attribute.</summary>
    public void WriteKernelAttribute()
    {
        foreach (string attribute in KernelAttribute)
        {
            Writer.Line($"{attribute}");
        }
    }

    /// <summary>
    /// Writes the locals <c>W1</c>, <c>b1</c>, … of a layer as slices of a span. With literal bounds the JIT knows every length
    /// and leaves out the bounds checks.
    /// </summary>
    public void WriteSlices(LayerPlan layer, string span, string prefix)
    {
        WriteWeightSlice(layer, span, prefix);
        if (layer.UseBias)
        {
            Writer.Line($"var {prefix}b{layer.Number} = {span}.Slice({layer.BiasOffset}, {layer.PaddedUnits});");
        }
    }

    /// <summary>Writes the local <c>W1</c>, … of a layer as a slice of a span.</summary>
    public void WriteWeightSlice(LayerPlan layer, string span, string prefix) =>
        Writer.Line($"var {prefix}W{layer.Number} = {span}.Slice({layer.WeightOffset}, {layer.WeightLength});");

    /// <summary>Writes <c>p</c>, all parameters, from a buffer.</summary>
    public void WriteParameters(string buffer) =>
        Writer.Line($"var p = {MemoryMarshal}.CreateReadOnlySpan(ref {buffer}.Origin, {Plan.BufferLength});");

    /// <summary>Writes <c>g</c>, the buffer that receives gradients.</summary>
    public void WriteGradient(string buffer) =>
        Writer.Line($"var g = {MemoryMarshal}.CreateSpan(ref {buffer}.Origin, {Plan.BufferLength});");

    /// <summary>A place in memory some elements after another, as an expression that <c>ref</c> may stand before.</summary>
    public string At(string reference, string offset) =>
        offset == "0" ? reference : $"{Functions.Use(VectorHelpers.At, new VectorType(128, Plan.Spec.Number))}(ref {reference}, {offset})";

    /// <summary>The same, by a number of elements that is known.</summary>
    public string At(string reference, int offset) => At(reference, Text(offset));

    /// <summary>The first element of a span, as an expression that <c>ref</c> may stand before.</summary>
    public static string FirstOf(string span) => $"{MemoryMarshal}.GetReference({span})";

    /// <summary>A span over values in memory.</summary>
    public string SpanOver(string reference, int length) => $"{MemoryMarshal}.CreateSpan(ref {reference}, {Text(length)})";

    /// <summary>An integer as text.</summary>
    public static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
